"""Incidents under their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from geomap.days import MAX_SPREAD_DAYS, by_day, days_of
from geomap.model import Incident
from tests.support.sample import sample_days, sample_incidents, synthetic_incidents

FIRST = date(2024, 5, 1)


def made(sub: str, precision: str, days: int | None) -> Incident:
    (incident,) = synthetic_incidents(1, 1)
    end = None if days is None else FIRST + timedelta(days - 1)
    return replace(incident, sub_event_type=sub, date=FIRST, date_end=end, date_precision=precision)  # type: ignore[arg-type]


def test_what_lasts_stands_under_each_of_its_days() -> None:
    assert days_of(made("Armed clash", "range", 3)) == (FIRST, FIRST + timedelta(1), FIRST + timedelta(2))


def test_what_is_only_undated_between_two_days_stands_under_the_first() -> None:
    assert days_of(made("Disrupted weapons use", "range", 2)) == (FIRST,)


def test_one_day_is_one_day() -> None:
    assert days_of(made("Agreement", "day", None)) == (FIRST,)


@pytest.mark.parametrize("precision", ["month", "year", "unknown"])
def test_what_has_no_day_stands_under_none(precision: str) -> None:
    incident = made("Armed clash", precision, 2)
    assert by_day([incident]) == ({}, [incident])
    assert days_of(replace(incident, date=None, date_precision="day")) == ()


def test_what_is_spread_over_weeks_stands_under_none() -> None:
    assert len(days_of(made("Armed clash", "range", MAX_SPREAD_DAYS))) == MAX_SPREAD_DAYS
    assert days_of(made("Armed clash", "range", MAX_SPREAD_DAYS + 1)) == ()
    assert days_of(made("Agreement", "range", MAX_SPREAD_DAYS + 1)) == ()


def test_days_and_their_incidents_are_in_order_whatever_came_first() -> None:
    incidents = synthetic_incidents(60, 5)
    days, undated = by_day(incidents)
    assert list(days) == sorted(days)
    assert by_day(reversed(incidents)) == (days, undated)
    assert {i.id for group in days.values() for i in group} | {i.id for i in undated} == {i.id for i in incidents}


def test_the_gold_days_are_those_that_the_sample_has() -> None:
    assert set(by_day(sample_incidents())[0]) == set(sample_days()[0])
