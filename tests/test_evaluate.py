"""Evaluation: the annotators' own figures, to the last digit, on any prediction."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from geomap.evaluate import Difference, evaluate, figures_of, headline
from geomap.model import Issue
from geomap.pipeline import analyze
from geomap.readers import read
from geomap.record import document_record
from geomap.settings import Analysts

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "data" / "gold"
Docs = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold() -> Docs:
    return {row["doc"]: row for row in map(json.loads, (GOLD / "seeds.jsonl").read_text("utf-8").splitlines())}


@pytest.fixture(scope="module")
def predicted() -> Docs:
    found = (item for item in analyze(read(ROOT / "seeds"), Analysts()) if not isinstance(item, Issue))
    return {a.document.id: document_record(a) for a in found}


def spoiled(docs: Docs, seed: int) -> Docs:
    """A prediction with mistakes of every kind."""
    chance, made = random.Random(seed), copy.deepcopy(docs)
    for row in made.values():
        key = "claims" if "claims" in row else "incidents"
        row["mentions"] = [m for m in row["mentions"] if chance.random() < 0.9]
        row[key] = [c for c in row[key] if chance.random() < 0.8]
        for m in row["mentions"]:
            if chance.random() < 0.2:
                m["role"] = chance.choice(["location", "actor", "nationality", "background"])
            if chance.random() < 0.1:
                m["place"] = None
            if chance.random() < 0.1:
                m["start"], m["end"] = m["start"] + 3, m["end"] + 3
        for c in row[key]:
            if chance.random() < 0.2:
                c["event_type"] = "Battles"
            if chance.random() < 0.2:
                c["date"] = "2020-09-26"
            if chance.random() < 0.3:
                c["places"] = [chance.choice(["Armenia", "Tartar"])]
            if chance.random() < 0.3:
                c["reported_by"] = chance.choice([[], ["Lebanese Ministry of Health"], ["Armenian army"], ["Artsakh"]])
            if chance.random() < 0.2:
                c["denied_by"] = ["Armenia"]
            if chance.random() < 0.3:
                c["casualties"] = [{"kind": "killed", "count": chance.choice([2, None]), "side": "Azerbaijani forces"}]
            if chance.random() < 0.2:
                c["equipment"] = [{"item": "drone", "count": 3, "side": "Armenian army"}]
        spans = [(b["start"], b["end"]) for b in row.get("background", [])]
        row[key] += [dict(row[key][0], start=s, end=e) for s, e in spans if row[key]]
    if chance.random() < 0.5:
        made.pop(next(iter(made)))
    return made


def test_the_figures_are_the_scorers(scorer: ModuleType, gold: Docs, predicted: Docs) -> None:
    assert evaluate(gold, predicted, 0).figures == scorer.score(gold, predicted)
    assert list(evaluate(gold, predicted, 0).figures) == list(scorer.score(gold, predicted))


@pytest.mark.parametrize("seed", range(20))
def test_the_figures_of_wrong_predictions_are_the_scorers(
    scorer: ModuleType, gold: Docs, predicted: Docs, seed: int
) -> None:
    for source in (predicted, gold):
        wrong = spoiled(source, seed)
        assert evaluate(gold, wrong, 0).figures == scorer.score(gold, wrong)


def test_gold_is_right_about_itself(gold: Docs) -> None:
    found = evaluate(gold, gold)
    assert found.differences == []
    for name in found.figures:
        if name not in ("documents", "history_leaks"):
            assert headline(found.figures, name) == 1.0, name
    assert set(found.intervals.values()) == {(1.0, 1.0), (0.0, 0.0)}


def test_nothing_predicted_is_nothing_right(gold: Docs) -> None:
    found = evaluate(gold, {}, 0)
    assert found.figures["mention"]["f1"] == 0.0
    assert next(d.kind for d in found.differences if d.document == "000") == "no prediction for this document"


def test_no_document_gives_no_figure() -> None:
    found = evaluate({}, {})
    assert found.figures["mention"]["f1"] is None
    assert found.intervals == {}


def test_intervals_hold_the_figure_and_are_the_same_each_time(gold: Docs, predicted: Docs) -> None:
    found, again = evaluate(gold, spoiled(predicted, 1)), evaluate(gold, spoiled(predicted, 1))
    assert found.intervals == again.intervals
    for name, (low, high) in found.intervals.items():
        value = headline(found.figures, name)
        assert value is not None
        assert low <= value <= high, name


def test_differences_tell_where_and_what(gold: Docs) -> None:
    wrong = copy.deepcopy(gold)
    wrong["000"]["mentions"][0]["role"] = "background"
    wrong["003"]["incidents"][0]["date"] = None
    first = gold["000"]["mentions"][0]
    differences = evaluate(gold, wrong, 0).differences
    assert differences[0] == Difference("000", "role", first["text"], first["start"], first["role"], "background")
    assert str(differences[0]) == f"000:21 · role · {first['text']} · gold actor · got background"
    assert differences[1].kind == "date"
    assert differences[1].quote
    assert len(differences) == 2


def test_each_missed_count_has_its_difference(gold: Docs, predicted: Docs) -> None:
    found = evaluate(gold, spoiled(predicted, 3), 0)
    kinds = [d.kind for d in found.differences]
    figures = found.figures
    assert kinds.count("missed mention") == figures["mention"]["gold"] - figures["mention"]["tp"]
    assert kinds.count("extra mention") == figures["mention"]["pred"] - figures["mention"]["tp"]
    missed = kinds.count("missed incident") + kinds.count("missed key incident")
    assert missed == figures["incident"]["gold"] - figures["incident"]["tp"]
    extra = kinds.count("extra incident") + kinds.count("extra incident (history)")
    assert extra == figures["incident"]["pred"] - figures["incident"]["tp"]
    for kind in ("casualty", "equipment"):
        assert kinds.count(f"missed {kind}") == figures[kind]["gold"] - figures[kind]["tp"]
        assert kinds.count(f"extra {kind}") == figures[kind]["pred"] - figures[kind]["tp"]


def test_figures_of_no_counts_are_none() -> None:
    from collections import Counter

    assert headline(figures_of(Counter()), "key_recall") is None


def test_who_acts_is_counted_name_by_name_and_a_state_counts_as_its_forces() -> None:
    event = {"start": 0, "end": 9, "text": "x", "event_type": "Battles", "sub_event_type": "Armed clash"}
    wanted = {**event, "actors": ["Armenian forces"], "targets": []}
    given = {**event, "actors": ["Armenia", "Turkey"], "targets": ["x"]}
    gold = {"a": {"doc": "a", "mentions": [], "incidents": [wanted]}}
    parts = evaluate(gold, {"a": {"doc": "a", "mentions": [], "claims": [given]}}, 0).parts
    assert [parts["actor"][count] for count in ("tp", "pred", "gold")] == [1, 2, 1]
    assert [parts["target"][count] for count in ("tp", "pred", "gold")] == [0, 1, 0]
