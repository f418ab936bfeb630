"""Unused objects are looked for less often while articles are read, and as often as before when they have been."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from geomap.collecting import collect_seldom, collecting_seldom
from geomap.pipeline import analyze
from geomap.settings import Analysts


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_it_is_seldom_only_as_long_as_it_lasts() -> None:
    gc.set_threshold(700, 10, 10)
    with collecting_seldom():
        assert gc.get_threshold()[0] > 700
        assert gc.get_threshold()[1:] == (10, 10)
    assert gc.get_threshold() == (700, 10, 10)


def test_it_is_as_before_when_reading_fails() -> None:
    gc.set_threshold(700, 10, 10)
    with pytest.raises(ValueError, match="no"), collecting_seldom():
        raise ValueError("no")
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("first", [0, 1_000_000])
def test_who_wants_it_still_more_seldom_or_never_has_it_so(first: int) -> None:
    gc.set_threshold(first, 10, 10)
    collect_seldom()
    assert gc.get_threshold()[0] == first


def test_a_run_leaves_it_as_it_was() -> None:
    gc.set_threshold(700, 10, 10)
    assert not list(analyze([], Analysts()))
    assert gc.get_threshold() == (700, 10, 10)
