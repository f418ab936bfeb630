"""Merging the claims that are read from the five articles gives the gold events, as far as they are read."""

from __future__ import annotations

from collections import Counter

import pytest

from geomap.merge import merge
from tests.support.read_events import day_pages, pages, pairs_of, read

#: Repeats of an event, and events under a day that is not theirs, that reading still leaves on all pages.
MOST_REPEATED, MOST_MISDATED = 6, 3


def test_pairs_of_claims_that_tell_one_event() -> None:
    told = read()
    pairs = pairs_of(merge(told.claims), told.event_of)
    assert pairs.f1 >= 0.9
    assert pairs.precision >= 0.88


@pytest.mark.parametrize("day", ["2020-09-27", "2020-09-28", "2022-09-13"])
def test_a_day_page_holds_its_events(day: str) -> None:
    told = read()
    found = {name for _, name in pages(merge(told.claims), told.event_of)[day]}
    assert found >= {row["event"] for row in day_pages()[day]}


def test_no_page_has_an_event_that_nobody_told() -> None:
    told = read()
    shown = pages(merge(told.claims), told.event_of)
    gold = {day: {row["event"] for row in rows} for day, rows in day_pages().items()}
    assert all(name for page in shown.values() for _, name in page)
    assert sum(name not in gold.get(day, ()) for day, page in shown.items() for _, name in page) <= MOST_MISDATED
    repeats = (n - 1 for page in shown.values() for n in Counter(name for _, name in page).values())
    assert sum(repeats) <= MOST_REPEATED
