"""ACLED's shape: its columns, its codes, its rules."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geomap.codebook import EVENT_TYPE_OF
from geomap.geo import LonLat
from geomap.model import Casualty, ClaimPlace, Figure, Incident, Place, RivalFigure
from geomap.parties import interaction
from geomap.writers import acled
from tests.support.sample import sample_incidents

TOWN = ClaimPlace(Place("goris", "Goris", LonLat(46.34, 39.51), "PPL", "AM"), 1)
OTHER = ClaimPlace(Place("kapan", "Kapan", LonLat(46.41, 39.2), "PPL", "AM"), 1)
COUNTRY = ClaimPlace(Place("armenia", "Armenia", LonLat(45, 40), "PCLI", "AM"), 3)
THEATRE = {
    "actor": [
        {"name": "Armenian forces", "side": "Armenia", "kind": "state", "country": "AM"},
        {"name": "Azerbaijani forces", "side": "Azerbaijan", "kind": "state", "country": "AZ"},
        {"name": "Rebels", "side": "Rebels", "kind": "rebel", "country": "AM"},
        {"name": "Red Crescent", "side": "Red Crescent", "kind": "medical"},
    ]
}


def rows(incidents: Sequence[Incident], path: Path, hxl: bool = False) -> list[dict[str, str]]:
    acled.write(incidents, path, theatres=[THEATRE], hxl=hxl)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def clash(**changes: object) -> Incident:
    model = sample_incidents()[0]
    base = replace(
        model,
        event_type="Battles",
        sub_event_type="Armed clash",
        date=date(2022, 9, 13),
        date_end=date(2022, 9, 13),
        date_precision="day",
        places=(TOWN,),
        actors=("Azerbaijani forces", "Armenian forces"),
        targets=(),
        figures=(),
        denied_by=(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def figure(*rivals: tuple[int | None, str], cumulative: bool = False, side: str = "Armenia") -> Figure:
    told = tuple(
        RivalFigure(Casualty("killed", count, wording, side, "military", cumulative), "c", "x", None, count or 0, count)
        for count, wording in rivals
    )
    known = [count for count, _ in rivals if count is not None]
    best = known[-1] if known else None
    return Figure(
        "killed", side, "military", min(known, default=None), best, max(known, default=None), cumulative, told
    )


def test_it_has_acleds_31_columns_in_order(tmp_path: Path) -> None:
    path = acled.write(sample_incidents(), tmp_path / "x.csv")
    header = path.read_text("utf-8-sig").splitlines()[0].split(",")
    assert len(header) == 31
    assert header[:3] == ["event_id_cnty", "event_date", "year"]
    assert header[-3:] == ["fatalities", "tags", "timestamp"]


def test_its_values_are_acleds_words(tmp_path: Path) -> None:
    acled.write(sample_incidents(), tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as lines:
        found = list(csv.DictReader(lines))
    assert len({row["event_id_cnty"] for row in found}) == len(found), "ids are unique"
    for row in found:
        assert EVENT_TYPE_OF[row["sub_event_type"]] == row["event_type"]
        assert row["time_precision"] in "123"
        assert row["geo_precision"] in "123"
        assert int(row["fatalities"]) >= 0
        assert date.fromisoformat(row["event_date"]).year == int(row["year"])


def test_a_battle_of_five_days_is_five_rows_and_its_dead_are_split(tmp_path: Path) -> None:
    five = clash(date_end=date(2022, 9, 17), date_precision="range", figures=(figure((7, "exact")),))
    found = rows([five], tmp_path / "x.csv")
    assert [row["event_date"] for row in found] == [f"2022-09-{day}" for day in range(13, 18)]
    assert [row["fatalities"] for row in found] == ["3", "1", "1", "1", "1"], "the remainder goes to day one"
    assert {row["time_precision"] for row in found} == {"1"}


def test_a_single_moment_loosely_dated_is_one_row_at_the_middle(tmp_path: Path) -> None:
    loose = clash(
        event_type="Strategic developments",
        sub_event_type="Agreement",
        date_end=date(2022, 9, 17),
        date_precision="range",
    )
    (row,) = rows([loose], tmp_path / "x.csv")
    assert (row["event_date"], row["time_precision"]) == ("2022-09-15", "2")


def test_a_month_is_its_middle_and_a_year_is_not_coded(tmp_path: Path) -> None:
    month = clash(date=date(2022, 9, 1), date_end=None, date_precision="month")
    (row,) = rows([month], tmp_path / "x.csv")
    assert (row["event_date"], row["time_precision"]) == ("2022-09-15", "3")
    assert rows([clash(date_precision="year")], tmp_path / "x.csv") == []
    assert rows([clash(date=None, date_end=None, date_precision="unknown")], tmp_path / "x.csv") == []


def test_each_place_has_its_row_and_a_country_none(tmp_path: Path) -> None:
    found = rows([clash(places=(TOWN, OTHER, COUNTRY))], tmp_path / "x.csv")
    assert [row["location"] for row in found] == ["Goris", "Kapan"]
    assert rows([clash(places=(COUNTRY,))], tmp_path / "x.csv") == []
    assert rows([clash(places=())], tmp_path / "x.csv") == []


@pytest.mark.parametrize(
    ("figures", "dead"),
    [
        ([], 0),
        ([figure((16, "exact"), (32, "exact"))], 16),
        ([figure((None, "dozens"))], 12),
        ([figure((None, "several"))], 3),
        ([figure((None, "hundreds"))], 100),
        ([figure((None, "none_given"))], 0),
        ([figure((None, "none_given"), (5, "at_least"))], 5),
        ([figure((49, "exact")), figure((50, "exact"), side="Azerbaijan")], 99),
        ([figure((9, "exact"), cumulative=True)], 9),
    ],
)
def test_of_rival_figures_the_lowest_counts(figures: list[Figure], dead: int, tmp_path: Path) -> None:
    (row,) = rows([clash(figures=tuple(figures))], tmp_path / "x.csv")
    assert int(row["fatalities"]) == dead


def test_a_running_total_of_weeks_is_nobodys_toll(tmp_path: Path) -> None:
    long = clash(date=date(2022, 9, 1), date_end=date(2022, 9, 20), figures=(figure((900, "exact"), cumulative=True),))
    assert {row["fatalities"] for row in rows([replace(long, date_precision="range")], tmp_path / "x.csv")} == {"0"}


def test_foreign_forces_are_external_and_civilians_are_named_by_country(tmp_path: Path) -> None:
    (row,) = rows([clash()], tmp_path / "x.csv")
    assert (row["actor1"], row["inter1"]) == ("Military Forces of Azerbaijan", "External/Other forces")
    assert (row["actor2"], row["inter2"]) == ("Military Forces of Armenia", "State forces")
    assert row["interaction"] == "State forces-External/Other forces"
    shelling = clash(
        event_type="Explosions/Remote violence",
        sub_event_type="Shelling/artillery/missile attack",
        actors=("Azerbaijani forces",),
        targets=("civilians", "Goris"),
    )
    (row,) = rows([shelling], tmp_path / "x.csv")
    assert (row["actor2"], row["inter2"]) == ("Civilians (Armenia)", "Civilians")
    assert row["interaction"] == "External/Other forces-Civilians"
    assert row["civilian_targeting"] == "Civilians targeted"


def test_allies_are_associated_and_a_battle_targets_no_civilians(tmp_path: Path) -> None:
    (row,) = rows([clash(targets=("Rebels", "civilians"))], tmp_path / "x.csv")
    assert row["assoc_actor_2"] == "Rebels; Civilians (Armenia)"
    assert row["civilian_targeting"] == ""


def test_protesters_and_rioters_are_what_the_event_says(tmp_path: Path) -> None:
    protest = clash(event_type="Protests", sub_event_type="Peaceful protest", actors=("Students",))
    (row,) = rows([protest], tmp_path / "x.csv")
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("Students", "Protesters", "Protesters only")
    assert row["disorder_type"] == "Demonstrations"


def test_a_crowd_is_of_no_size_told_and_an_outlet_of_its_scale(tmp_path: Path) -> None:
    model = clash()
    claim = replace(model.claims[0], source=replace(model.claims[0].source, outlet="Armenpress", url=""))
    protest = replace(model, event_type="Protests", sub_event_type="Peaceful protest", claims=(claim,))
    battle, march = rows([model, protest], tmp_path / "x.csv")
    assert march["tags"].startswith("crowd size=no report; status=")
    assert battle["tags"].startswith("status=")
    assert march["source_scale"] == "National"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("State forces", "", "State forces only"),
        ("", "", ""),
        ("Rebel group", "State forces", "State forces-Rebel group"),
        ("Civilians", "State forces", "State forces-Civilians"),
        ("Civilians", "External/Other forces", "External/Other forces-Civilians"),
    ],
)
def test_interactions_are_in_acleds_order(first: str, second: str, expected: str) -> None:
    assert interaction(first, second) == expected


def test_the_ids_and_rows_do_not_change_with_the_company(tmp_path: Path) -> None:
    alone = rows([clash()], tmp_path / "a.csv")
    among = rows([clash(id="0" * 12, places=(OTHER,)), clash()], tmp_path / "b.csv")
    assert alone[0] in among
