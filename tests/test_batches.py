"""Figures on the annotated passages of ``tests/batches``.

The passages are written for the purpose: ``ar-01`` on Armenia and Azerbaijan, the others on the wars that the theatres
know; some are whole articles. All but ``ar-17``, ``ar-20``, ``ar-23``, ``ar-32`` and ``ar-33`` are training data of the
models, so the figures say that nothing is broken, not how well new articles are read. The floors are measured
figures less some slack for models that are trained anew.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from geomap.codebook import CASUALTY_KINDS, CASUALTY_STATUS, EQUIPMENT, EVENT_TYPE_OF, FEATURES, QUALIFIERS, ROLES
from geomap.record import document_record
from tests.support.reading import DATA, analyzer, record, rows

FILES = sorted((Path(__file__).parent / "batches").glob("ar-*.jsonl"))
#: From this file on most passages are whole articles, and fewer.
WHOLE_ARTICLES = 18
#: Over all passages: measured figures less 0.03.
FLOORS = {
    "mention": 0.95,
    "role_accuracy": 0.92,
    "resolved_25km": 0.92,
    "literal_resolved_25km": 0.88,
    "incident": 0.90,
    "key_recall": 0.92,
    "sub_type_accuracy": 0.95,
    "date_accuracy": 0.90,
    "incident_place_accuracy": 0.86,
    "reporter_accuracy": 0.77,
    "casualty": 0.65,
    "equipment": 0.53,
    "denial": 0.72,
}


@cache
def scorer() -> ModuleType:
    """The annotators' own scorer."""
    spec = importlib.util.spec_from_file_location("score", DATA / "gold" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def predicted(path: Path) -> dict[str, dict[str, Any]]:
    return {row["doc"]: document_record(analyzer().analyze(record(row))) for row in rows(path)}


def gold(path: Path) -> dict[str, dict[str, Any]]:
    return {row["doc"]: row for row in rows(path)}


@cache
def figures(paths: tuple[Path, ...]) -> dict[str, float]:
    """Figures over all passages of some files; F1 where a figure has one."""
    expected = {key: row for path in paths for key, row in gold(path).items()}
    found = {key: row for path in paths for key, row in predicted(path).items()}
    scores = scorer().score(expected, found)
    return {name: value["f1"] if isinstance(value, dict) else value for name, value in scores.items()}


def test_all_files_of_passages_and_whole_articles_are_there() -> None:
    assert [path.stem for path in FILES] == [f"ar-{n:02}" for n in range(1, 34)]
    assert all(len(gold(path)) >= (60 if int(path.stem[3:]) < WHOLE_ARTICLES else 32) for path in FILES)
    assert sum(len(gold(path)) for path in FILES) == sum(len(rows(path)) for path in FILES)


@pytest.mark.parametrize("name", FLOORS)
def test_a_figure_over_all_passages_is_above_its_floor(name: str) -> None:
    assert figures(tuple(FILES))[name] >= FLOORS[name]


def test_little_of_what_is_history_is_told_as_news() -> None:
    assert figures(tuple(FILES))["history_leaks"] <= 0.05


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_is_far_below_the_others(path: Path) -> None:
    found = figures((path,))
    assert found["published"] == 1.0
    assert found["mention"] >= 0.92
    assert found["role_accuracy"] >= 0.78
    assert found["resolved_25km"] >= 0.84
    assert found["incident"] >= 0.6
    assert found["sub_type_accuracy"] >= 0.88


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_annotations_quote_their_text_and_keep_to_the_vocabularies(path: Path) -> None:
    for row in rows(path):
        text = row["text"]
        for part in (*row["mentions"], *row["incidents"]):
            assert text[part["start"] : part["end"]] == part["text"]
        for mention in row["mentions"]:
            assert mention["role"] in ROLES
            assert mention["feature"] in FEATURES
        for incident in row["incidents"]:
            assert EVENT_TYPE_OF[incident["sub_event_type"]] == incident["event_type"]
            for casualty in incident["casualties"]:
                assert casualty["kind"] in CASUALTY_KINDS
                assert casualty["qualifier"] in QUALIFIERS
                assert casualty["status"] in CASUALTY_STATUS
            assert all(item["item"] in EQUIPMENT for item in incident["equipment"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_found_quotes_the_text(path: Path) -> None:
    found = predicted(path)
    for key, row in gold(path).items():
        text = row["text"]
        for part in (*found[key]["mentions"], *found[key]["claims"]):
            assert text[part["start"] : part["end"]] == part["text"]
            assert part["text"]
