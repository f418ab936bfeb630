"""Places and traps that were listed without a look at the gazetteer: how many are found, and where.

The lists are in ``tests/data/gazetteer``; how they were made, their first scores and what was mended since is told in
``docs/gazetteer.md``. ``python -m tests.support.heldout -v`` prints every fault.
"""

from __future__ import annotations

import pytest

from geomap.settings import load_gazetteer
from tests.support.heldout import LISTS, TRAPS, Score, found, in_sentence, listed, trapped, traps


def told(score: Score) -> str:
    """What is wrong, for the message of a failing test."""
    return f"{score.label}: {score.share:.3f}\n" + "\n".join(score.faults)


def test_the_lists_are_as_long_as_they_should_be() -> None:
    assert sum(len(listed(name)) for name in LISTS) >= 490
    assert sum(len(traps(name)) for name in TRAPS) >= 210


def test_a_place_of_the_south_caucasus_is_found_by_each_arabic_spelling() -> None:
    there, _ = found("south-caucasus", "ar", sentences=True)
    assert there.share >= 0.97, told(there)


def test_a_place_of_another_theatre_is_found_by_each_arabic_spelling() -> None:
    there, _ = found("other-theatres", "ar", sentences=True)
    assert there.share >= 0.97, told(there)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", LISTS)
def test_a_place_is_found_by_its_english_and_russian_names(name: str, language: str) -> None:
    there, near = found(name, language)
    assert there.share >= 0.97, told(there)
    assert near.share >= 0.93, told(near)


def test_what_is_found_lies_where_it_should() -> None:
    scores = [found(name, "ar", sentences=True)[1] for name in LISTS]
    right, total = sum(s.right for s in scores), sum(s.total for s in scores)
    assert right / total >= 0.95, "\n".join(map(told, scores))


def test_settlements_with_a_second_source_lie_within_five_km() -> None:
    gazetteer = load_gazetteer()
    wrong = []
    for name in LISTS:
        for want in listed(name):
            place = in_sentence(gazetteer, want, want.names["ar"][0]) if want.point != "memory" else None
            if place is not None and not want.near(place):
                wrong.append((place.id, want.names["en"][:1]))
    assert wrong == []


def test_traps_are_read_right() -> None:
    scores = [trapped(name) for name in TRAPS]
    right, total = sum(s.right for s in scores), sum(s.total for s in scores)
    assert right / total >= 0.95, "\n".join(map(told, scores))
