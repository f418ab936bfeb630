"""Lines with dates on the pages: disputed borders, fronts, ceasefire lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geo import BBox
from geomap.paths import data_path
from geomap.writers.html import write_pages
from geomap.writers.html.basemap import packs
from geomap.writers.html.labels import load_labels
from geomap.writers.html.lines import Line, near, placed, read_lines
from tests.support.hostile import HOSTILE
from tests.support.sample import sample_days
from tests.writers.test_html import data_of

KARABAKH = BBox(45.0, 39.0, 48.0, 41.0)
ENGLISH = load_labels("en")
CURATED = {place.id: place for place in Gazetteer.from_file()}


def captions(view: BBox, *days: date) -> dict[str, int]:
    """Caption -> whether it was over, of what a page shows near the view."""
    return {row[0]: row[1] for row in near(placed(read_lines(), CURATED), view, days, ENGLISH)}


def test_every_line_has_names_dates_and_a_source() -> None:
    for feature in json.loads(data_path("lines.geojson").read_text("utf-8"))["features"]:
        given = feature["properties"]
        assert set(given["names"]) == {"en", "ar"}
        assert given["since"]
        assert given["source"]


def test_every_line_of_the_gazetteer_is_there() -> None:
    assert {line.place for line in read_lines()} - {""} <= CURATED.keys()
    assert len(placed(read_lines(), CURATED)) == len(read_lines())


def test_every_disputed_line_of_a_pack_has_a_name_and_its_arcs_are_no_borders() -> None:
    known = {line.id for line in read_lines() if line.box}
    for pack in packs():
        raw = json.loads(pack.text)
        assert raw["disputed"].keys() <= known
        assert not {n for arcs in raw["disputed"].values() for n in arcs} & set(raw["borders"])
    everywhere = {name for pack in packs() for name in json.loads(pack.text)["disputed"]}
    assert everywhere == known


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(1993, 5, 1), {}),
        (date(2020, 9, 27), {"Line of contact, 1994–2020": 0}),
        (date(2022, 9, 13), {"Line of contact, 1994–2020": 1, "Line of contact (rough), 2020–2023": 0}),
        (date(2024, 1, 1), {"Line of contact, 1994–2020": 1, "Line of contact (rough), 2020–2023": 1}),
    ],
)
def test_the_day_decides_which_lines_hold_are_over_or_not_yet_there(day: date, shown: dict[str, int]) -> None:
    assert captions(KARABAKH, day) == shown


def test_on_the_period_page_a_line_holds_that_held_on_one_of_its_days() -> None:
    assert captions(KARABAKH, date(2020, 9, 27), date(2022, 9, 13)) == {
        "Line of contact, 1994–2020": 0,
        "Line of contact (rough), 2020–2023": 0,
    }


def test_only_lines_near_the_view_are_named() -> None:
    assert set(captions(BBox(35, 32.8, 36, 33.4), date(2024, 1, 1))) == {
        "Cyprus, ceasefire line, since 1974",
        "Golan, disengagement line, since 1974",
        "Green Line of 1949, since 1949",
        "West Bank, line of 1967, since 1967",
    }


def test_captions_are_in_the_language_of_the_page() -> None:
    line = Line("x", {"en": "Front", "ar": "جبهة"}, since="1994-05-12", until="2020")
    assert line.caption(load_labels("ar")) == "جبهة، 1994–2020"
    assert replace(line, since="").caption(ENGLISH) == "Front, until 2020"
    assert Line("x", {"en": "Front"}).caption(load_labels("ar")) == "Front"


def payload(out: Path, **options: Any) -> Mapping[str, Any]:
    days, undated = sample_days()
    day = date(2022, 9, 13)
    (path,) = write_pages(days, undated, out, only=[day], gazetteer_labels=list(CURATED.values()), **options)
    return data_of(path.read_text("utf-8"))


def own_file(folder: Path, **properties: object) -> Path:
    path = folder / "own.geojson"
    line = {"type": "LineString", "coordinates": [[46.0, 39.0], [46.5, 39.5]]}
    feature = {"type": "Feature", "geometry": line, "properties": {"name": "Mine", **properties}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    return path


def test_a_page_draws_its_own_lines_or_none_in_their_place(tmp_path: Path) -> None:
    usual = payload(tmp_path)
    assert (usual["disputed"], len(usual["dated"])) == (True, 2)
    none = payload(tmp_path, lines=())
    assert (none["disputed"], none["ownLines"], none["dated"]) == (False, False, [])
    own = payload(tmp_path, lines=read_lines(own_file(tmp_path, since=2019)), language="en")
    assert (own["disputed"], own["ownLines"]) == (False, True)
    assert own["dated"] == [["Mine, since 2019", 0, [[[46.0, 39.0], [46.5, 39.5]]]]]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_of_a_line_stays_text(tmp_path: Path, text: str) -> None:
    own = payload(tmp_path, lines=read_lines(own_file(tmp_path, names={"en": text})), language="en")
    assert own["dated"][0][0] == text
    page = (tmp_path / "2022-09-13.html").read_text("utf-8")
    assert page.count("<script") == payload_scripts(tmp_path / "plain")


def payload_scripts(out: Path) -> int:
    """How many script elements the page has without such a line."""
    payload(out, lines=())
    return (out / "2022-09-13.html").read_text("utf-8").count("<script")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no JSON", "not a GeoJSON FeatureCollection"),
        ("[]", "not a GeoJSON FeatureCollection"),
        ('{"features": [{"geometry": null, "properties": {}}]}', "line-1: not a dated line (no geometry)"),
        (
            '{"features": [{"id": "a", "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
            "a: .*'Point' is no line",
        ),
        ('{"features": [{"geometry": {"type": "LineString", "coordinates": [[1, 2]]}}]}', "less than two points"),
        ('{"features": [{"geometry": {"type": "LineString", "coordinates": [[1, 2], [1, 92]]}}]}', "off the Earth"),
    ],
)
def test_a_wrong_file_of_lines_is_refused_with_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "lines.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=says.replace("(", r"\(").replace(")", r"\)")) as raised:
        read_lines(path)
    assert str(raised.value).startswith(str(path))


def test_a_wrong_date_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="month must be"):
        read_lines(own_file(tmp_path, since="2019-13-01"))
    with pytest.raises(InputError, match="'May' is no day or year"):
        read_lines(own_file(tmp_path, until="May"))


def test_a_missing_file_of_lines_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_lines(tmp_path / "none.geojson")
