"""UCDP GED's shape: its columns, its codes, its rules."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.anchors import anchors
from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat
from geomap.model import ClaimPlace, Incident, Place
from geomap.writers import ucdp
from geomap.writers.ucdp import priogrid
from tests.support.sample import sample_incidents, synthetic_incidents


def rows(incidents: Sequence[Incident], path: Path) -> list[dict[str, str]]:
    ucdp.write(incidents, path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_it_has_ucdps_49_columns_in_order(tmp_path: Path) -> None:
    header = ucdp.write([], tmp_path / "x.csv").read_text("utf-8-sig").strip().split(",")
    assert len(header) == 49
    assert header[:4] == ["id", "relid", "year", "active_year"]
    assert header[-5:] == ["best", "high", "low", "gwnoa", "gwnob"]


def test_the_sums_hold_in_every_row(tmp_path: Path) -> None:
    found = rows([*sample_incidents(), *synthetic_incidents(300, 60, length=20)], tmp_path / "x.csv")
    assert len(found) > 50
    for row in found:
        best, low, high = (int(row[name]) for name in ("best", "low", "high"))
        assert best == sum(int(row[f"deaths_{part}"]) for part in ("a", "b", "civilians", "unknown"))
        assert best >= 1
        assert low <= best <= high
        assert row["where_prec"] in "1234567"
        assert row["date_prec"] in "12345"
        assert row["geom_wkt"] == f"POINT ({row['longitude']} {row['latitude']})"
        assert 1 <= int(row["priogrid_gid"]) <= 259_200


def test_only_events_with_a_death_and_a_place_are_coded(tmp_path: Path) -> None:
    incidents = sample_incidents()
    dead = [i for i in incidents if any(f.kind == "killed" and f.best for f in i.figures)]
    assert len(rows(incidents, tmp_path / "x.csv")) == len(dead)
    assert rows([replace(dead[0], places=())], tmp_path / "x.csv") == []
    assert rows([replace(dead[0], date=None, date_end=None)], tmp_path / "x.csv") == []


def test_this_war_has_ucdps_own_numbers(tmp_path: Path) -> None:
    (row,) = (r for r in rows(sample_incidents(), tmp_path / "x.csv") if r["best"] == "100")
    assert (row["conflict_new_id"], row["dyad_new_id"], row["side_a_new_id"], row["side_b_new_id"]) == (
        "388",
        "833",
        "64",
        "338",
    )
    assert row["conflict_name"] == "Azerbaijan: Artsakh (Nagorno-Karabakh)"
    assert (row["deaths_a"], row["deaths_b"], row["deaths_unknown"]) == ("50", "49", "1"), "Armenia's fall under side b"
    assert (row["low"], row["high"], row["type_of_violence"], row["where_prec"]) == ("99", "100", "1", "5")


def test_one_side_tells_the_dyad_only_where_no_other_fights(tmp_path: Path) -> None:
    model = next(i for i in sample_incidents() if any(f.kind == "killed" and f.best for f in i.figures))
    figures = tuple(replace(f, side="unknown") for f in model.figures)
    model = replace(model, event_type="Battles", actors=("Armenian forces",), targets=(), figures=figures)
    town = Place("x", "X", LonLat(46.7, 39.9), "PPL", "AZ")
    for country, dyad in (("AZ", "833"), ("RU", "")):
        place = ClaimPlace(replace(town, country=country), 1)
        (row,) = rows([replace(model, places=(place,))], tmp_path / "x.csv")
        assert row["dyad_new_id"] == dyad


def test_places_known_roughly_have_ucdps_own_points(tmp_path: Path) -> None:
    model = next(i for i in sample_incidents() if any(f.kind == "killed" and f.best for f in i.figures))
    region = Place("az-nagorno-karabakh", "Nagorno-Karabakh", LonLat(46.7, 39.9), "RGN", "AZ")
    (row,) = rows([replace(model, places=(ClaimPlace(region, 3),))], tmp_path / "x.csv")
    assert (row["latitude"], row["longitude"], row["where_prec"]) == ("40.0", "46.583333", "5")
    assert row["geom_wkt"] == "POINT (46.583333 40.0)"
    assert row["priogrid_gid"] == str(ucdp.priogrid(40.0, 46.583333))
    (row,) = rows([replace(model, places=(ClaimPlace(replace(region, id="x"), 3),))], tmp_path / "x.csv")
    assert (row["latitude"], row["longitude"], row["where_prec"]) == ("39.9", "46.7", "4")


def test_every_anchor_is_a_place_of_the_gazetteer() -> None:
    gazetteer = Gazetteer.from_file()
    assert all(gazetteer.get(place) is not None for place in anchors())


def test_a_source_is_written_as_ucdp_writes_one(tmp_path: Path) -> None:
    (row,) = (r for r in rows(sample_incidents(), tmp_path / "x.csv") if r["best"] == "223")
    first, *_ = row["source_article"].split(";")
    assert first.startswith('"Outlet B,2020-09-27,')
    assert row["number_of_sources"] == "3"
    assert row["event_clarity"] == "2", "a running total is an aggregate"


def test_an_attack_on_civilians_is_one_sided(tmp_path: Path) -> None:
    model = next(i for i in sample_incidents() if any(f.best == 6 for f in i.figures))
    attack = replace(
        model, event_type="Violence against civilians", sub_event_type="Attack", actors=("Azerbaijani forces",)
    )
    (row,) = rows([attack], tmp_path / "x.csv")
    assert (row["type_of_violence"], row["dyad_name"]) == ("3", "Government of Azerbaijan - Civilians")
    assert (row["side_a_new_id"], row["dyad_new_id"], row["deaths_civilians"]) == ("64", "", "6")


def test_a_dyad_is_active_from_25_dead_in_a_year(tmp_path: Path) -> None:
    found = rows(sample_incidents(), tmp_path / "x.csv")
    assert {row["active_year"] for row in found} == {"1"}
    few = replace(next(i for i in sample_incidents() if any(f.best == 6 for f in i.figures)), id="a" * 12)
    assert [row["active_year"] for row in rows([few], tmp_path / "x.csv")] == ["0"]


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90.0, -180.0, 1), (-90.0, 179.99, 720), (89.99, 179.99, 259_200), (90.0, 180.0, 259_200), (0.25, 0.25, 129_961)],
)
def test_priogrid_cells_are_counted_from_the_south_west(latitude: float, longitude: float, cell: int) -> None:
    assert priogrid(latitude, longitude) == cell
