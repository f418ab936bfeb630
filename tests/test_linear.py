"""Linear models: sums of weights, probabilities, reasons, and a strict file format."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.codebook import EVENT_TYPE_OF
from geomap.errors import DataError
from geomap.geoparse.roles import CLASSES
from geomap.linear import Linear, load, model_for, softmax
from geomap.paths import data_files

MODEL = Linear(("no", "yes"), (0.5, 0.0), {"hot": (-1.0, 1.0), "cold": (1.0, -1.0), "flat": (0.2, 0.2)})
SHIPPED = [path.stem for path in data_files("models/ar", ".json")]
floats = st.floats(-50, 50, allow_nan=False)


def test_scores_are_the_bias_and_the_weights_of_the_features_that_hold() -> None:
    assert MODEL.scores([]) == [0.5, 0.0]
    assert MODEL.scores(["hot", "flat"]) == pytest.approx([-0.3, 1.2])


def test_a_feature_counts_as_often_as_it_is_given() -> None:
    assert MODEL.scores(["hot", "hot"]) == pytest.approx([-1.5, 2.0])


def test_an_unknown_feature_says_nothing() -> None:
    assert MODEL.scores(["hot", "never seen"]) == MODEL.scores(["hot"])


def test_scoring_does_not_change_the_model() -> None:
    MODEL.scores(["hot"])
    assert MODEL.bias == (0.5, 0.0)


def test_probabilities_follow_the_scores() -> None:
    no, yes = MODEL.probabilities(["hot"])
    assert yes / no == pytest.approx(math.exp(1.5))


@pytest.mark.parametrize("classes", [1, 2, 3, 6])
def test_probabilities_are_the_softmax_of_the_scores(classes: int) -> None:
    rows = {name: tuple((k * step) % 7 / 4 - 1 for k in range(classes)) for name, step in (("a", 3), ("b", 5))}
    model = Linear(tuple("uvwxyz"[:classes]), (0.25,) * classes, rows)
    assert model.probabilities(["a", "b", "a"]) == pytest.approx(softmax(model.scores(["a", "b", "a"])))


@given(st.lists(floats, min_size=1, max_size=8))
@settings(deadline=None)
def test_probabilities_are_positive_and_add_up_to_one(scores: list[float]) -> None:
    shares = softmax(scores)
    assert sum(shares) == pytest.approx(1)
    assert all(share >= 0 for share in shares)


@given(st.lists(floats, min_size=2, max_size=8), floats)
@settings(deadline=None)
def test_a_constant_on_all_scores_changes_no_probability(scores: list[float], more: float) -> None:
    assert softmax([s + more for s in scores]) == pytest.approx(softmax(scores))


def test_large_scores_do_not_overflow() -> None:
    assert softmax([10_000.0, 0.0]) == [1.0, 0.0]


def test_reasons_are_the_features_that_speak_for_the_class_the_strongest_first() -> None:
    assert MODEL.reasons(["hot", "cold", "flat", "never seen"], 1) == [("hot", 1.0)]
    assert MODEL.reasons(["hot", "cold"], 0) == [("cold", 1.0)]
    assert len(MODEL.reasons(["hot"] * 5, 1, most=2)) == 2


def written(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "model.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_a_file_holds_hundredths(tmp_path: Path) -> None:
    path = written(tmp_path, {"classes": ["a", "b"], "bias": [50, 0], "weights": {"f": [-100, 25]}})
    assert load(path) == Linear(("a", "b"), (0.5, 0.0), {"f": (-1.0, 0.25)})


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        {"classes": ["a"], "bias": [0]},
        {"classes": ["a"], "bias": ["x"], "weights": {}},
        {"classes": ["a"], "bias": [0], "weights": {"f": 3}},
        {"classes": ["a", "b"], "bias": [0], "weights": {}},
        {"classes": ["a", "b"], "bias": [0, 0], "weights": {"f": [1]}},
    ],
)
def test_a_broken_file_is_an_error_that_says_what_to_do(tmp_path: Path, content: object) -> None:
    path = written(tmp_path, content)
    with pytest.raises(DataError, match="geomap learn") as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        load(tmp_path / "none.json")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_models_load_and_are_finite(name: str) -> None:
    model = model_for(f"ar/{name}")
    assert len(model.classes) >= 2
    assert all(math.isfinite(w) for row in (model.bias, *model.weights.values()) for w in row)
    assert any(any(row) for row in model.weights.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_models_are_written_in_order_so_that_a_change_is_a_small_difference(name: str) -> None:
    path = next(p for p in data_files("models/ar", ".json") if p.stem == name)
    weights = list(json.loads(path.read_text("utf-8"))["weights"])
    assert weights == sorted(weights)


def test_shipped_models_decide_in_the_vocabularies() -> None:
    assert set(model_for("ar/roles").classes) == set(CLASSES)
    assert set(model_for("ar/types").classes) - {"none"} <= set(EVENT_TYPE_OF)
    assert "event" in model_for("ar/heads").classes
    assert "one" in model_for("ar/links").classes
    assert "yes" in model_for("ar/sides").classes
    assert set(model_for("ar/statuses").classes) == {"military", "civilian", "unknown"}


def test_a_model_is_loaded_once() -> None:
    assert model_for("ar/roles") is model_for("ar/roles")
