"""Which incidents a run or an export keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geomap.days import days_of, listed
from geomap.errors import UsageError
from geomap.geo import LonLat
from geomap.model import ClaimPlace, Incident, Place
from geomap.selection import Selection
from tests.support.sample import sample_incidents

DAY = date(2020, 9, 28)


@pytest.fixture(scope="module")
def incidents() -> list[Incident]:
    return sample_incidents()


def test_all_are_kept_where_nothing_is_said(incidents: list[Incident]) -> None:
    assert Selection().of(incidents) == incidents


def test_a_day_keeps_what_stands_under_it(incidents: list[Incident]) -> None:
    kept = Selection(day=DAY).of(incidents)
    assert kept == [i for i in incidents if DAY in days_of(i)]
    assert 0 < len(kept) < len(incidents)


def test_a_period_keeps_what_stands_under_one_of_its_days(incidents: list[Incident]) -> None:
    kept = Selection(first=date(2020, 9, 28), last=date(2022, 1, 1)).of(incidents)
    assert kept
    assert all(any(date(2020, 9, 28) <= d <= date(2022, 1, 1) for d in days_of(i)) for i in kept)
    assert Selection(first=date(2020, 9, 28)).of(incidents)[-1].date == date(2022, 9, 13)


def test_what_is_of_no_single_day_is_kept_only_where_no_time_is_asked_for(incidents: list[Incident]) -> None:
    undated = replace(incidents[0], date=None, date_end=None, date_precision="unknown")
    assert Selection().of([undated]) == [undated]
    assert Selection(first=date(1900, 1, 1)).of([undated]) == []


@pytest.mark.parametrize("names", [("Battles",), ("battles",), ("Armed clash", "Government regains territory")])
def test_types_and_sub_types_are_known_in_any_case(incidents: list[Incident], names: tuple[str, ...]) -> None:
    kept = Selection(types=names).of(incidents)
    assert {i.event_type for i in kept} == {"Battles"}


def test_a_box_keeps_what_has_a_place_in_it(incidents: list[Incident]) -> None:
    kept = Selection(bbox=(46.9, 40.3, 47.0, 40.4)).of(incidents)
    assert kept
    assert all("Tartar" in [p.place.name for p in i.places] for i in kept)
    nowhere = replace(incidents[0], places=())
    assert Selection(bbox=(-180.0, -90.0, 180.0, 90.0)).of([nowhere]) == []


def test_a_box_may_cross_the_date_line(incidents: list[Incident]) -> None:
    fiji = ClaimPlace(Place("x", "X", LonLat(-179.9, -17), "PPL"), 1)
    incident = replace(incidents[0], places=(fiji,))
    assert Selection(bbox=(179.0, -20.0, -179.0, -10.0)).of([incident]) == [incident]
    assert Selection(bbox=(0.0, -20.0, 179.0, -10.0)).of([incident]) == []


def test_confidence_asked_for_is_the_least(incidents: list[Incident]) -> None:
    kept = Selection(min_confidence=0.9).of(incidents)
    assert 0 < len(kept) < len(incidents)
    assert min(i.confidence for i in kept) >= 0.9


def test_all_that_is_asked_for_must_hold(incidents: list[Incident]) -> None:
    both = Selection(day=DAY, types=("Battles",)).of(incidents)
    assert both == [i for i in Selection(day=DAY).of(incidents) if i.event_type == "Battles"]


@pytest.mark.parametrize(
    ("selection", "says"),
    [
        (Selection(first=DAY, last=date(2020, 1, 1)), "ends before it begins"),
        (Selection(types=("Battle",)), "no such type of event ('Battle')"),
        (Selection(types=("air strike",)), "Did you mean 'Air/drone strike'?"),
        (Selection(types=("x",)), "One of Battles, "),
    ],
)
def test_what_makes_no_sense_is_refused(selection: Selection, says: str) -> None:
    with pytest.raises(UsageError) as told:
        selection.check()
    assert says in str(told.value)


def test_of_many_days_a_message_names_the_first_and_the_last() -> None:
    days = [date(2020, 9, d) for d in range(1, 31)]
    assert listed(days).startswith("2020-09-01, 2020-09-02, ")
    assert listed(days).endswith(", …, 2020-09-30")
    assert len(listed(days).split(", ")) == 13
    assert listed(days[:2]) == "2020-09-01, 2020-09-02"
    assert listed([]) == "none"
