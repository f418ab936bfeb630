"""Second-level divisions: which places can have one, who says so, and what is written down of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geomap.errors import DataError
from geomap.gazetteer import Gazetteer
from geomap.geo import distance_km
from geomap.model import Place
from geomap.places.check import check_text
from geomap.places.coverage import Lacking, second_levels
from geomap.places.reading import place_of
from geomap.places.second_level import SecondLevel, from_file, is_small, second_level
from geomap.places.writing import feature_of_place
from geomap.places_cli import app
from scripts.gazetteer.districts import KNOWLEDGE, District, written
from tests.support.gazetteer import feature, text

LEVELS = """
without = ["AM"]
spread = ["ge-big-city"]

[AZ]
why = "its districts are the first level"
only_in = ["Exclave"]

[GE]
not_in = ["Capital"]
left = "villages on a boundary"
"""


@pytest.fixture
def levels(tmp_path: Path) -> SecondLevel:
    path = tmp_path / "divisions.toml"
    path.write_text(LEVELS, "utf-8")
    return from_file(path)


@pytest.fixture(scope="module")
def shipped() -> dict[str, Place]:
    return dict(Gazetteer.from_file().places)


def place(place_id: str, country: str | None, admin1: str = "", **changes: object) -> Place:
    return place_of("p.geojson:2", feature(place_id, country=country, admin1=admin1, **changes))


class TestWhichPlacesCanHaveOne:
    @pytest.mark.parametrize(
        ("given", "able"),
        [
            (("ir-village", "IR", ""), True),
            (("am-village", "AM", "Syunik"), False),
            (("az-village", "AZ", "Agdam"), False),
            (("az-village", "AZ", ""), False),
            (("az-village", "AZ", "Exclave"), True),
            (("ge-village", "GE", "Imereti"), True),
            (("ge-quarter", "GE", "Capital"), False),
            (("ge-big-city", "GE", "Imereti"), False),
            (("sea-village", None, ""), False),
        ],
    )
    def test_states_provinces_and_cities(
        self, levels: SecondLevel, given: tuple[str, str | None, str], able: bool
    ) -> None:
        assert levels.can_have(place(*given)) is able

    @pytest.mark.parametrize(
        ("code", "able"), [("PPLX", True), ("AIRB", True), ("ADM1", False), ("ADM2", False), ("STM", False)]
    )
    def test_kinds_of_places(self, levels: SecondLevel, code: str, able: bool) -> None:
        assert levels.can_have(place("ir-place", "IR", feature_code=code)) is able

    @pytest.mark.parametrize(
        "broken",
        [
            "without = 'AM'",
            "AZ = 3",
            "[AZ]\nnone = true",
            "[AZ]\nwhy = 3",
            "[AZ]\nonly_in = [1]",
            "spread = [1]",
            "[AZ",
        ],
    )
    def test_a_broken_file_is_refused(self, tmp_path: Path, broken: str) -> None:
        (tmp_path / "d.toml").write_text(broken, "utf-8")
        with pytest.raises(DataError, match=r"d\.toml"):
            from_file(tmp_path / "d.toml")

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(DataError):
            from_file(tmp_path / "none.toml")


def test_what_lacks_is_told_by_country_with_why(levels: SecondLevel) -> None:
    places = [
        place("ge-a", "GE", "Imereti", admin2="Zestaponi"),
        place("ge-c", "GE", "Imereti"),
        place("ge-b", "GE", "Imereti"),
        place("ge-d", "GE", "Capital"),
        place("az-a", "AZ", "Agdam"),
        place("ir-a", "IR", "Gilan"),
        place("tr-a", "TR", "Van", admin2="Saray"),
    ]
    told = second_levels(places, levels)
    assert told[0] == Lacking("GE", 1, 3, "villages on a boundary", ("ge-b", "ge-c"))
    assert [(row.country, row.has, row.able, row.places) for row in told[1:]] == [
        ("IR", 0, 1, ("ir-a",)),
        ("AZ", 0, 0, ()),
    ]
    assert told[2].why == "its districts are the first level"


def test_the_check_lists_it(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    path.write_text(text(feature("ir-a", country="IR", geometry={"type": "Point", "coordinates": [46.3, 38]})), "utf-8")
    ran = CliRunner().invoke(app, ["check", str(path), "--divisions"])
    assert "0 of 1 places that can have one" in ran.output
    assert any(line.startswith("AZ") for line in ran.output.splitlines())


class TestWhoSaysSo:
    def test_it_is_read_and_written(self) -> None:
        given = feature(admin2="Goris Municipality", admin2_from="an editor")
        assert place_of("p.geojson:2", given).provenance.admin2_from == "an editor"
        assert feature_of_place(place_of("p.geojson:2", given))["properties"]["admin2_from"] == "an editor"

    @pytest.mark.parametrize("changes", [{"admin2_from": "an editor"}, {"admin2": "Goris", "admin2_from": 3}])
    def test_it_needs_a_division(self, changes: dict[str, object]) -> None:
        _, found = check_text("p.geojson", text(feature(**changes)))
        assert ["bad admin2_from" in fault.message for fault in found] == [True], found

    def test_the_copy_on_disk_keeps_it(self, tmp_path: Path) -> None:
        path = tmp_path / "p.geojson"
        path.write_text(text(feature(admin2="Goris", admin2_from="an editor")), "utf-8")
        assert [p.provenance.admin2_from for p in Gazetteer.from_file(path)] == ["an editor"]
        assert [p.provenance.admin2_from for p in Gazetteer.from_file(path)] == ["an editor"]


class TestTheShippedFile:
    def test_most_places_that_can_have_one_have_it(self, shipped: dict[str, Place]) -> None:
        able = [p for p in shipped.values() if second_level().can_have(p)]
        assert sum(bool(p.admin2) for p in able) >= 0.93 * len(able)

    def test_every_one_is_from_somebody(self, shipped: dict[str, Place]) -> None:
        assert [p.id for p in shipped.values() if bool(p.admin2) != bool(p.provenance.admin2_from)] == []

    def test_a_place_with_one_lies_in_a_province(self, shipped: dict[str, Place]) -> None:
        without = [p for p in shipped.values() if p.admin2 and not p.admin1 and p.feature_code != "ADM2"]
        assert [p.id for p in without] == []

    def test_no_division_bears_its_provinces_name(self, shipped: dict[str, Place]) -> None:
        assert [p.id for p in shipped.values() if p.admin2 and p.admin2 == p.admin1] == []

    def test_cities_that_lie_in_several_are_said_to_lie_in_none(self, shipped: dict[str, Place]) -> None:
        assert [i for i in second_level().spread if shipped[i].admin2] == []

    def test_states_are_known_by_their_codes(self, shipped: dict[str, Place]) -> None:
        assert second_level().states.keys() <= {p.country for p in shipped.values()}

    def test_provinces_without_one_are_those_of_the_places(self, shipped: dict[str, Place]) -> None:
        provinces = {(p.country, p.admin1) for p in shipped.values()}
        provinces |= {(p.country, p.name) for p in shipped.values() if p.feature_code == "ADM1"}
        told = {(c, name) for c, state in second_level().states.items() for name in state.not_in | state.only_in}
        assert told - provinces == set()


class TestWhatIsWrittenDown:
    def test_each_place_stands_once(self) -> None:
        assert [i for i, n in Counter(i for row in written() for i in row.places).items() if n > 1] == []

    def test_each_district_stands_once_in_order(self) -> None:
        keys = [(row.country, row.admin1, row.admin2) for row in written()]
        assert len(keys) == len(set(keys))

    def test_places_and_seats_are_in_the_file(self, shipped: dict[str, Place]) -> None:
        named = {i for row in written() for i in (row.seat, *row.places) if i}
        assert named - shipped.keys() == set()
        assert [i for row in written() for i in row.places if shipped[i].country != row.country] == []

    def test_only_places_that_lie_in_one_are_in_it(self, shipped: dict[str, Place]) -> None:
        assert [i for row in written() for i in row.places if not is_small(shipped[i].feature_code)] == []

    def test_the_file_says_what_is_written(self, shipped: dict[str, Place]) -> None:
        for row in written():
            for place_id in row.places:
                found = shipped[place_id]
                if row.admin2 and self._reaches(row, found, shipped):
                    assert found.provenance.admin2_from == KNOWLEDGE, place_id
                    assert found.admin2, place_id

    def test_what_rests_on_it_lies_within_reach_of_its_seat(self, shipped: dict[str, Place]) -> None:
        rows = {place_id: row for row in written() for place_id in row.places}
        told = [p for p in shipped.values() if p.provenance.admin2_from == KNOWLEDGE]
        assert [p.id for p in told if not self._reaches(rows[p.id], p, shipped)] == []

    def _reaches(self, row: District, found: Place, shipped: dict[str, Place]) -> bool:
        return not row.seat or distance_km(shipped[row.seat].lonlat, found.lonlat) <= row.reach_km
