"""What stands behind a place's point: read, checked, kept in the copy on disk, and complete in the shipped file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat, distance_km
from geomap.model import Place, Provenance, SecondPoint
from geomap.places.check import check_text
from geomap.places.coverage import coverage
from geomap.places.reading import place_of
from geomap.places.writing import feature_of_place
from tests.support.gazetteer import feature, text

SECOND = {"source": "Another table", "dated": "2026-05", "km": 0.9, "point": [46.35, 39.51]}


@pytest.fixture(scope="module")
def shipped() -> list[Place]:
    return list(Gazetteer.from_file())


def test_a_feature_tells_its_ids_dates_and_second_source() -> None:
    given = feature(geonames=616627, wikidata="Q214713", dated="2026-07", second=SECOND)
    known = place_of("p.geojson:2", given).provenance
    second = SecondPoint("Another table", "2026-05", 0.9, LonLat(46.35, 39.51))
    assert known == Provenance(616627, "Q214713", "2026-07", second)
    written = feature_of_place(place_of("p.geojson:2", given))["properties"]
    assert {name: written[name] for name in ("geonames", "wikidata", "dated", "second")} == {
        name: given["properties"][name] for name in ("geonames", "wikidata", "dated", "second")
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"geonames": "616627"}, "bad geonames ('616627')"),
        ({"geonames": True}, "bad geonames (True)"),
        ({"wikidata": "214713"}, "bad wikidata ('214713')"),
        ({"dated": "May 2026"}, "bad dated ('May 2026')"),
        ({"alone": 3}, "bad alone (3)"),
        ({"second": "Wikipedia"}, "bad second ('Wikipedia')"),
        ({"second": SECOND | {"km": "near"}}, "bad km of second ('near')"),
        ({"second": SECOND | {"point": [39.5]}}, "bad point of second"),
        ({"second": SECOND | {"dated": "2026-5"}}, "bad dated ('2026-5')"),
        ({"second": SECOND, "alone": "a village"}, "both second and alone"),
    ],
)
def test_each_fault_is_told(changes: dict[str, Any], message: str) -> None:
    _, found = check_text("p.geojson", text(feature(**changes)))
    assert [message in fault.message for fault in found] == [True], found


def test_the_copy_on_disk_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    path.write_text(text(feature(wikidata="Q214713", second=SECOND), feature("am-zzz", name="Zzz", names={})), "utf-8")
    first = [p.provenance for p in Gazetteer.from_file(path)]
    assert [p.provenance for p in Gazetteer.from_file(path)] == first
    assert first[0].second == SecondPoint("Another table", "2026-05", 0.9, LonLat(46.35, 39.51))
    assert first[1] == Provenance()


def test_what_is_known_is_counted() -> None:
    places = [
        place_of("p.geojson:2", feature(wikidata="Q214713", second=SECOND)),
        place_of("p.geojson:3", feature("am-zzz", alone="a village", names={"ar": ["غوريس"]}, parents=["am-goris"])),
    ]
    assert coverage(places) == [
        "sources: two 1, one with a note why 1, dated 0",
        "ids: GeoNames 0, Wikidata 1",
        "lie in: admin1 0, admin2 0, parents 1",
        "second level: 0 of 2 places that can have one",
        "names: ar 2, en 1",
    ]


class TestTheShippedFile:
    def test_every_point_has_a_date_and_a_second_source_or_a_word_why_not(self, shipped: list[Place]) -> None:
        assert [p.id for p in shipped if not p.provenance.dated] == []
        assert [p.id for p in shipped if bool(p.provenance.second) == bool(p.provenance.alone)] == []

    def test_no_id_stands_twice(self, shipped: list[Place]) -> None:
        for ids in ([p.provenance.wikidata for p in shipped], [p.provenance.geonames for p in shipped]):
            assert [i for i, n in Counter(filter(None, ids)).items() if n > 1] == []

    def test_the_source_and_the_id_name_one_entry(self, shipped: list[Place]) -> None:
        told = {p.id: p.evidence.split("; ")[0] for p in shipped if p.evidence.startswith("GeoNames ")}
        known = {p.id: f"GeoNames {p.provenance.geonames}" for p in shipped}
        assert {place_id: known[place_id] for place_id in told} == told

    def test_a_second_point_lies_as_far_off_as_it_says(self, shipped: list[Place]) -> None:
        for place in shipped:
            second = place.provenance.second
            if second is not None and second.lonlat is not None:
                assert abs(distance_km(place.lonlat, second.lonlat) - second.km) < 0.1, place.id

    def test_a_town_and_its_second_point_lie_within_its_reach(self, shipped: list[Place]) -> None:
        far = {p.id: p.provenance.second.km for p in shipped if p.provenance.second}
        reach = {p.id: max(10.0, p.radius_km) for p in shipped}
        assert {i: km for i, km in far.items() if km > reach[i]} == {}

    def test_every_place_of_a_state_lies_in_something(self, shipped: list[Place]) -> None:
        states = {p.country for p in shipped if p.feature_code == "PCLI"}
        within = [p for p in shipped if p.country in states and p.feature_code not in ("PCLI", "PCLH", "BDRY")]
        assert [p.id for p in within if not p.parents] == []

    def test_no_place_lies_in_itself(self, shipped: list[Place]) -> None:
        above = {p.id: p.parents for p in shipped}

        def ends(place_id: str, seen: tuple[str, ...]) -> bool:
            return place_id not in seen and all(ends(p, (*seen, place_id)) for p in above.get(place_id, ()))

        assert [p.id for p in shipped if not ends(p.id, ())] == []
