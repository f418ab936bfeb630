"""The strict check: every fault with file, line, value and remedy, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from geomap.errors import DataError
from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat
from geomap.model import Issue, Place
from geomap.paths import data_path
from geomap.places.check import check_text
from geomap.places.reading import read_text
from geomap.places.sharing import rule_between
from geomap.places.writing import text_of
from tests.support.gazetteer import feature, text


def faults(*features: dict[str, Any], curated: bool = True) -> list[Issue]:
    return check_text("p.geojson", text(*features), curated)[1]


def test_the_curated_file_is_sound_and_in_its_canonical_form() -> None:
    path = data_path("places.geojson")
    rows, found = check_text(str(path), read_text(path))
    assert found == []
    assert text_of(row.feature for row in rows) == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"point": [46.3, 312]}, "latitude 312 is off the Earth"),
        ({"point": [546.3, 12]}, "longitude 546.3 is off the Earth"),
        ({"point": ["46", "39"]}, "no point"),
        ({"geometry": {"type": "Point", "coordinates": [46.3, 312]}}, "latitude 312 is off the Earth"),
        ({"geometry": {"type": "Circle", "coordinates": [1, 2]}}, "bad geometry ('Circle')"),
        ({"geometry": None}, "bad geometry (None)"),
        ({"geometry": {"type": "Polygon", "coordinates": [[[46, 39], [47, 39], [47, 40]]]}}, "open or too short ring"),
        ({"geometry": {"type": "Polygon", "coordinates": [[46, 39], [47, 39]]}}, "bad geometry"),
        ({"geometry": {"type": "LineString", "coordinates": [[46, 39], [46, "x"]]}}, "is no position"),
        ({"geometry": {"type": "LineString", "coordinates": [[46, 39]]}}, "a line of one point"),
        ({"feature_code": "town"}, "bad feature_code 'town'"),
        ({"feature_code": ""}, "bad feature_code ''"),
        ({"colour": "red"}, "unknown property 'colour'"),
        ({"name": ""}, "bad name ''"),
        ({"radius_km": 0}, "bad radius_km (0)"),
        ({"radius_km": 9000}, "bad radius_km (9000)"),
        ({"radius_km": "3"}, "bad radius_km ('3')"),
        ({"population": -4}, "bad population (-4)"),
        ({"country": "Armenia"}, "bad country 'Armenia'"),
        ({"country": "QQ"}, "unknown country 'QQ'"),
        ({"country": "FR"}, "lies outside FR"),
        ({"needs_cue": "yes"}, "bad needs_cue ('yes')"),
        ({"names": {"ar": "غوريس"}}, "bad names in 'ar'"),
        ({"names": ["غوريس"]}, "bad names"),
        ({"parents": ["am-nowhere"]}, "unknown parent 'am-nowhere'"),
        ({"names": {"ar": ["ﻏﻮﺭﻳﺲ"]}}, "presentation form"),
        ({"names": {"ar": ["غوریس"]}}, "look-alike letter (U+06CC"),
        ({"names": {"en": ["Gоris"]}}, "U+043E CYRILLIC SMALL LETTER O"),
        ({"names": {"ru": ["Гopиc"]}}, "LATIN SMALL LETTER"),
        ({"names": {"ar": ["غو\u200fريس"]}}, "invisible"),
        ({"names": {"ar": ["غـوريس"]}}, "ARABIC TATWEEL"),
        ({"names": {"ar": ["غوريس "]}}, "a space too many"),
        ({"names": {"az": ["S\u0327us\u0327a"]}}, "composed form"),
        ({"names": {"ar": ["أغدام", "اغدام"]}}, "fold to one"),
    ],
)
def test_each_fault_is_told_with_its_line_and_a_remedy(changes: dict[str, Any], message: str) -> None:
    found = faults(feature("am-aaa", name="Aaa", names={}), feature(**changes))
    assert [i.where for i in found] == ["p.geojson:3"], found
    assert message in found[0].message
    assert found[0].level == "error"
    assert found[0].hint


def test_ids_are_slugs_and_each_its_own() -> None:
    assert "bad id 'Goris'" in faults(feature("Goris"))[0].message
    assert "duplicate id 'am-goris', first in p.geojson:2" in faults(feature(), feature())[0].message


def test_lines_are_sorted_and_hold_one_feature() -> None:
    assert "not sorted" in faults(feature("am-b", name="B", names={}), feature("am-a", name="A", names={}))[0].message
    joined = text(feature("am-a", name="A", names={}), feature("am-b", name="B", names={})).replace(",\n{", ",{")
    assert "shares its line" in check_text("p.geojson", joined)[1][0].message
    assert faults(feature("am-b", name="B", names={}), feature("am-a", name="A", names={}), curated=False) == []


def test_all_faults_are_told_at_once() -> None:
    bad = [feature(f"am-{c}", name=c.upper(), names={}, feature_code="x") for c in "abc"]
    assert len(faults(*bad)) == 3


def test_a_broken_line_is_named() -> None:
    broken = text(feature("am-a"), feature("am-b")).replace('"am-b"', '"am-b')
    assert check_text("p.geojson", broken)[1][0].where == "p.geojson:3"


def test_two_places_of_one_name_need_a_rule() -> None:
    (found,) = faults(feature("am-a"), feature("am-b"))
    assert found.where == "p.geojson:3"
    assert "'goris', 'غوريس' with am-a (p.geojson:2)" in found.message
    for change in ({"feature_code": "ADM1"}, {"needs_cue": True}, {"population": 5000}, {"feature_code": "PPLA"}):
        assert faults(feature("am-a"), feature("am-b", **change)) == [], change
    assert faults(feature("am-a"), feature("am-b", parents=["am-a"])) == []


@pytest.mark.parametrize("needs", [False, True])
def test_a_rule_holds_both_ways(needs: bool) -> None:
    a = Place("a", "A", LonLat(1, 1), "PPL", "AM")
    b = Place("b", "A", LonLat(2, 2), "PPL", "AM", needs_cue=needs)
    assert rule_between(a, b) == rule_between(b, a)
    assert (rule_between(a, b) is not None) == needs


def test_an_island_may_lie_off_its_country_and_a_past_state_has_no_box() -> None:
    off = {"geometry": {"type": "Point", "coordinates": [38.0, 12.0]}, "country": "YE", "names": {}}
    assert faults(feature(feature_code="PPL", **off))
    assert faults(feature(feature_code="PCLH", **(off | {"country": "SU"}))) == []


def test_a_broken_file_stops_a_run_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GEOMAP_DATA", str(tmp_path))
    (tmp_path / "places.geojson").write_text(text(feature("am-a"), feature("am-b")), "utf-8")
    with pytest.raises(DataError, match=r"places\.geojson:3: am-b shares the name .* no rule"):
        Gazetteer.from_file()
    assert not list(tmp_path.rglob("*.places"))
