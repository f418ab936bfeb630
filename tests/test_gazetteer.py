"""The curated places: each found by each of its names, loaded fast, and sound."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.errors import DataError
from geomap.gazetteer import Gazetteer, layered, place_keys
from geomap.geo import LonLat, distance_km
from geomap.model import Place
from geomap.places import index as indexes
from geomap.places.folding import fold_names
from geomap.places.layers import layer_issues
from geomap.text import fold_name
from tests.support.gazetteer import feature, text

CURATED = Gazetteer.from_file()


def write(path: Path, *features: Any) -> Path:
    path.write_text(text(*features), "utf-8")
    return path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class TestCurated:
    def test_every_place_is_found_by_each_of_its_names(self) -> None:
        for place in CURATED:
            for name in (place.name, *(n for names in place.names.values() for n in names)):
                assert place in CURATED.find(name), (place.id, name)

    def test_every_name_is_found_by_its_first_word(self) -> None:
        for key, ids in CURATED.names().items():
            first, *rest = key.split(" ")
            assert any(n.key == key and n.rest == tuple(rest) and n.places == ids for n in CURATED.starting_with(first))

    def test_the_longest_name_comes_first(self) -> None:
        for name in ("نهر", "مطار", "border"):
            lengths = [len(n.rest) for n in CURATED.starting_with(name)]
            assert lengths == sorted(lengths, reverse=True)

    def test_nothing_is_found_by_a_name_that_none_bears(self) -> None:
        assert CURATED.find("لا مكان بهذا الاسم") == []
        assert CURATED.find("") == []
        assert CURATED.starting_with("لامكان") == ()

    def test_both_sides_names_are_one_place(self) -> None:
        for one, other in [
            ("Stepanakert", "Khankendi"),
            ("Martakert", "Aghdara"),
            ("Shusha", "Shushi"),
            ("كارفاتشار", "كلبجار"),
        ]:
            assert CURATED.find(one)[0] in CURATED.find(other), (one, other)

    def test_every_place_tells_its_source(self) -> None:
        assert [p.id for p in CURATED if not p.evidence] == []

    def test_points_have_at_most_four_decimals(self) -> None:
        assert [p.id for p in CURATED if any(round(c, 4) != c for c in p.lonlat)] == []

    def test_countries_are_found_by_code(self) -> None:
        armenia = CURATED.country("AM")
        assert armenia is not None
        assert armenia.feature_code == "PCLI"
        assert CURATED.country(None) is None
        assert CURATED.country("XX") is None

    def test_known_faults_of_the_sources_are_not_ours(self) -> None:
        kapan, aghdam, lachin = (CURATED.places[i] for i in ("am-kapan", "az-agdam", "az-lachin-international-airport"))
        assert kapan.country == "AM"
        assert aghdam.feature_code == "PPLA2"
        assert distance_km(lachin.lonlat, CURATED.places["az-lachin"].lonlat) < 30
        assert "585939" not in CURATED.places["az-khojavend"].evidence

    def test_names_that_mislead_need_a_cue(self) -> None:
        for name in ("بردة", "فضولي", "جبرائيل", "الكوت"):
            assert any(p.needs_cue for p in CURATED.find(name)), name

    def test_lines_and_areas_are_where_they_should_be(self) -> None:
        border, contact, karabakh = (
            CURATED.places[i] for i in ("border-am-az", "az-line-of-contact", "az-nagorno-karabakh")
        )
        assert border.geometry is not None
        assert border.geometry["type"] == "MultiLineString"
        assert contact.geometry is not None
        assert contact.geometry["type"] == "LineString"
        assert karabakh.geometry is not None
        shapely = pytest.importorskip("shapely.geometry")
        area = shapely.shape(karabakh.geometry)
        for inside in ("az-stepanakert", "az-shusha", "az-martakert", "az-hadrut", "az-askeran"):
            assert area.contains(shapely.Point(CURATED.places[inside].lonlat)), inside
        for outside in ("az-agdam", "az-fuzuli", "az-lachin", "az-kalbajar", "az-tartar", "az-jabrayil"):
            assert not area.contains(shapely.Point(CURATED.places[outside].lonlat)), outside

    def test_areas_are_valid_and_hold_their_points(self) -> None:
        shapely = pytest.importorskip("shapely.geometry")
        areas = [p for p in CURATED if p.geometry and "Polygon" in p.geometry["type"]]
        assert len(areas) >= 60
        for place in areas:
            shape = shapely.shape(place.geometry)
            assert shape.is_valid, place.id
            assert shape.exterior.is_ccw, place.id
            assert shape.contains(shapely.Point(place.lonlat)), place.id


class TestLoading:
    def test_the_copy_on_disk_changes_nothing(self, tmp_path: Path, cache: Path) -> None:
        path = write(tmp_path / "p.geojson", feature(), feature("am-sisian", name="Sisian", names={"ar": ["سيسيان"]}))
        first, second = Gazetteer.from_file(path), Gazetteer.from_file(path)
        assert list(cache.rglob("*.places"))
        assert isinstance(second.places, indexes.Places)
        assert dict(first.places) == dict(second.places)
        assert first.names() == second.names()
        assert [p.names for p in first] == [p.names for p in second]
        assert first.find("سيسيان") == second.find("سيسيان") != []

    def test_a_changed_file_is_read_anew(self, tmp_path: Path) -> None:
        path = write(tmp_path / "p.geojson", feature())
        assert Gazetteer.from_file(path).find("غوريس")
        write(path, feature(names={"ar": ["كوريس"]}))
        assert not Gazetteer.from_file(path).find("غوريس")

    def test_a_damaged_copy_is_made_again(self, tmp_path: Path, cache: Path) -> None:
        path = write(tmp_path / "p.geojson", feature())
        Gazetteer.from_file(path)
        (copy,) = cache.rglob("*.places")
        copy.write_bytes(copy.read_bytes()[:-9] + b"deadbeef!")
        assert Gazetteer.from_file(path).find("غوريس")

    def test_a_cache_that_cannot_be_written_is_no_harm(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "file"))
        assert Gazetteer.from_file(write(tmp_path / "p.geojson", feature())).find("غوريس")

    def test_places_made_when_asked_for_are_a_dict_in_all_else(self, tmp_path: Path) -> None:
        path = write(tmp_path / "p.geojson", feature(), feature("am-sisian", name="Sisian", names={}))
        Gazetteer.from_file(path)
        places = Gazetteer.from_file(path).places
        assert len(places) == 2
        assert "am-goris" in places
        assert "am-nowhere" not in places
        assert places.get("am-nowhere") is None
        assert places["am-goris"] is places["am-goris"]
        assert list(places) == ["am-goris", "am-sisian"]
        goris = places["am-goris"]
        assert places == dict(places)
        assert places["am-goris"] is goris
        assert pickle.loads(pickle.dumps(places)) == places
        with pytest.raises(KeyError):
            places["am-nowhere"]

    def test_any_geojson_will_do(self, tmp_path: Path) -> None:
        path = tmp_path / "p.geojson"
        path.write_text(json.dumps({"features": [feature()], "type": "FeatureCollection"}, indent=2), "utf-8")
        assert [p.id for p in Gazetteer.from_file(path)] == ["am-goris"]

    def test_of_two_layers_the_later_wins(self, tmp_path: Path) -> None:
        mine = write(tmp_path / "b.geojson", feature(radius_km=9))
        both = layered([Gazetteer.from_file(write(tmp_path / "a.geojson", feature())), Gazetteer.from_file(mine)])
        assert [p.radius_km for p in both] == [9.0]
        assert len(both.find("غوريس")) == 1

    def test_what_a_layer_changes_is_told(self, tmp_path: Path) -> None:
        below = Gazetteer.from_file(write(tmp_path / "a.geojson", feature(), feature("am-b", name="B", names={})))
        moved = feature(geometry={"type": "Point", "coordinates": [46.4, 39.51]})
        twin = feature("am-twin", name="B", names={})
        layer = Gazetteer.from_file(write(tmp_path / "b.geojson", moved, twin))
        told = [(i.level, i.message) for i in layer_issues("b.geojson", below, layer)]
        assert told == [
            ("info", "am-goris takes the place of the one below, 5.1 km away"),
            ("warning", "am-twin shares the name 'b' with am-b, and no rule tells them apart"),
        ]

    @pytest.mark.parametrize("content", ["", "[]", "{}", '{"type":"Feature"}', '{"features":[1]}', '{"features":[}'])
    def test_what_is_no_collection_is_refused(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "p.geojson"
        path.write_text(content, "utf-8")
        with pytest.raises(DataError, match=r"p\.geojson"):
            Gazetteer.from_file(path)

    def test_the_curated_file_must_be_sound_wherever_it_lies(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path / "places.geojson", feature("am-sisian"), feature("am-goris"))
        monkeypatch.setenv("GEOMAP_DATA", str(tmp_path))
        with pytest.raises(DataError, match=r"places\.geojson:3: .* not sorted"):
            Gazetteer.from_file()


LETTERS = st.text(st.sampled_from("abcزرينوكابخةأإىيşğİıəܐևΣßﷺﻻ１١ـً\u200c -'\n\t،"), max_size=12)


@given(st.lists(LETTERS, max_size=12))
def test_folding_by_the_thousand_is_folding_one_by_one(names: list[str]) -> None:
    assert fold_names(names) == [fold_name(name) for name in names]


NAMES = st.text(st.sampled_from("ابتثجحخدرسشعغفقكلمنهوي "), min_size=1, max_size=9).filter(lambda n: fold_name(n) != "")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=3)), max_size=8))
def test_any_place_is_found_by_each_of_its_names(rows: list[tuple[str, list[str]]]) -> None:
    places = [
        Place(f"p{n}", name, LonLat(40 + n, 40), "PPL", "AM", names={"ar": tuple(more)})
        for n, (name, more) in enumerate(rows)
    ]
    gazetteer = Gazetteer({p.id: p for p in places})
    for place in places:
        for key in place_keys(place):
            assert place in gazetteer.find(key)
            assert any(place.id in n.places for n in gazetteer.starting_with(key.split(" ")[0]) if n.key == key)


def test_near_is_sorted_by_distance() -> None:
    found = CURATED.near(CURATED.places["az-stepanakert"].lonlat, 20)
    assert found[0][1].id == "az-stepanakert"
    assert [d for d, _ in found] == sorted(d for d, _ in found)
    assert all(d <= 20 for d, _ in found)
