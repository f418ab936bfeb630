"""How places of the shipped file come by their second-level divisions: what is written, the seat, what lies around."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scripts.gazetteer import districts
from scripts.gazetteer.districts import KNOWLEDGE, NEAREST, SEAT, WHOLE, District
from scripts.gazetteer.divisions import lies_in
from scripts.gazetteer.lists import List
from scripts.gazetteer.tables import Division
from tests.support.gazetteer import feature

pytest.importorskip("unidecode")


def place(place_id: str, lon: float, lat: float, **changes: Any) -> dict[str, Any]:
    changes.setdefault("name", place_id.removeprefix("ir-").replace("-", " ").title())
    changes.setdefault("names", {"en": [changes["name"]]})
    changes = {"country": "IR", "admin1": "Upper Province"} | changes
    return feature(place_id, geometry={"type": "Point", "coordinates": [lon, lat]}, **changes)


PROVINCES = (
    place("ir-upper", 46.0, 38.0, name="Upper Province", feature_code="ADM1", names={"fa": ["استان بالا"]}, admin1=""),
    place("ir-lower", 47.0, 37.0, name="Lower Province", feature_code="ADM1", admin1=""),
)
GEONAMES = (
    Division("Upper Province", "IR", 1, 1, "", ("Upper Province",), "IR.01"),
    Division("Shahrestan-e Seat", "IR", 2, 2, "", ("Shahrestan-e Seat", "شهرستان مرکز"), "IR.01.2"),
    Division("Upper", "IR", 2, 3, "", ("Upper", "شهرستان بالا"), "IR.01.3"),
)


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that fills the divisions of some places and gives them by id."""

    def fill(*features: dict[str, Any], written: tuple[District, ...] = (), lists: tuple[List, ...] = ()) -> Any:
        monkeypatch.setattr(districts, "written", lambda: written)
        monkeypatch.setattr(districts, "lists", lambda folder: list(lists))
        tables: Any = SimpleNamespace(towns={}, divisions={"IR": list(GEONAMES)}, folder=Path())
        rows = [{**f, "properties": dict(f["properties"])} for f in (*PROVINCES, *features)]
        told = list(lies_in(rows, tables))
        return {f["id"]: f["properties"] for f in rows}, told

    return fill


class TestWhatIsWritten:
    ROW = District("IR", "Upper Province", "Hill District", "ir-seat-town", 30.0, ("ir-seat-town", "ir-near", "ir-far"))
    PLACES = (place("ir-seat-town", 46, 38), place("ir-near", 46.1, 38), place("ir-far", 47, 38))

    def test_it_is_taken_within_reach_of_the_seat(self, filled: Any) -> None:
        found, told = filled(*self.PLACES, written=(self.ROW,))
        assert (found["ir-near"]["admin2"], found["ir-near"]["admin2_from"]) == ("Hill District", KNOWLEDGE)
        assert "admin2" not in found["ir-far"]
        assert "ir-far: 88 km from the seat of Hill District, not taken" in told

    def test_it_corrects_the_province_and_what_goes_by_it(self, filled: Any) -> None:
        wrong = place("ir-near", 46.1, 38, admin1="Lower Province", parents=["ir-lower", "ir-seat-town"])
        found, told = filled(self.PLACES[0], wrong, written=(self.ROW,))
        assert found["ir-near"]["admin1"] == "Upper Province"
        assert found["ir-near"]["parents"] == ["ir-seat-town", "ir-upper"]
        assert any("'Lower Province' becomes 'Upper Province'" in line for line in told)

    def test_without_a_district_it_tells_the_province(self, filled: Any) -> None:
        row = District("IR", "Upper Province", "", "", 0.0, ("ir-near",))
        found, _ = filled(place("ir-near", 46.1, 38, admin1=""), written=(row,))
        assert found["ir-near"]["admin1"] == "Upper Province"
        assert "admin2" not in found["ir-near"]

    def test_a_place_that_is_not_there_is_told(self, filled: Any) -> None:
        _, told = filled(written=(self.ROW,))
        assert "districts.tsv: no place ir-near" in told

    def test_other_spellings_of_the_district_become_it(self, filled: Any) -> None:
        other = place("ir-other", 46.2, 38, admin2="Hill")
        found, _ = filled(self.PLACES[0], other, written=(self.ROW,))
        assert (found["ir-other"]["admin2"], found["ir-other"]["admin2_from"]) == ("Hill District", "an editor")


class TestOtherSources:
    def test_a_seat_lies_in_the_district_named_after_it(self, filled: Any) -> None:
        found, _ = filled(
            place("ir-seat", 46, 38), place("ir-seat-lower", 47, 37, name="Seat", admin1="Lower Province")
        )
        assert (found["ir-seat"]["admin2"], found["ir-seat"]["admin2_from"]) == ("Shahrestan-e Seat", SEAT)
        assert "admin2" not in found["ir-seat-lower"]

    def test_a_district_is_not_taken_for_its_province(self, filled: Any) -> None:
        found, _ = filled(place("ir-upper-town", 46, 38, name="Upper", names={"en": ["Upper"]}))
        assert found["ir-upper-town"]["admin2"] == "Upper"
        assert found["ir-upper-town"]["parents"] == ["ir-upper"]

    def test_a_quarter_lies_where_its_town_does(self, filled: Any) -> None:
        quarter = place("ir-quarter", 46.01, 38, feature_code="PPLX", parents=["ir-town"])
        found, _ = filled(place("ir-town", 46, 38, admin2="Hill"), quarter)
        assert (found["ir-quarter"]["admin2"], found["ir-quarter"]["admin2_from"]) == ("Hill", WHOLE)

    def test_a_quarter_of_a_large_city_does_not(self, filled: Any) -> None:
        quarter = place("ir-quarter", 46.01, 38, feature_code="PPLX", parents=["ir-town"])
        found, _ = filled(place("ir-town", 46, 38, admin2="Hill", population=2_000_000), quarter)
        assert "admin2" not in found["ir-quarter"]

    def test_a_countrys_list_tells_the_only_district_of_a_name(self, filled: Any) -> None:
        names = {"one": frozenset({("مرکز",)}), "two": frozenset({("مرکز",), ("بالا",)})}
        given = List("a list", "IR", ("fa",), {"bl": {"دره": names["one"], "كوه": names["two"]}})
        valley = place("ir-valley", 46, 38, names={"en": ["Valley"], "fa": ["دره"]})
        mount = place("ir-mount", 46.3, 38, names={"en": ["Mount"], "fa": ["کوه"]})
        found, _ = filled(valley, mount, lists=(given,))
        assert (found["ir-valley"]["admin2"], found["ir-valley"]["admin2_from"]) == ("Shahrestan-e Seat", "a list")
        assert "admin2" not in found["ir-mount"]

    @pytest.mark.parametrize(("third", "told"), [("Hill", "Hill"), ("Vale", None)], ids=["all of one", "of two"])
    def test_what_all_the_nearest_say_counts(self, filled: Any, third: str, told: str | None) -> None:
        around = [place(f"ir-a{n}", 46 + n / 50, 38, admin2="Hill") for n in (1, 2)]
        found, _ = filled(place("ir-mid", 46, 38), *around, place("ir-a3", 46.06, 38, admin2=third))
        assert found["ir-mid"].get("admin2") == told
        assert found["ir-mid"].get("admin2_from") == (NEAREST if told else None)

    def test_the_nearest_of_another_province_say_nothing(self, filled: Any) -> None:
        around = [place(f"ir-a{n}", 46 + n / 50, 38, admin2="Hill") for n in (1, 2, 3)]
        found, _ = filled(place("ir-mid", 46, 38, admin1="Lower Province"), *around)
        assert "admin2" not in found["ir-mid"]

    def test_one_among_others_is_told_for_a_second_look(self, filled: Any) -> None:
        around = [place(f"ir-a{n}", 46 + n / 50, 38, admin2="Hill") for n in (1, 2, 3)]
        _, told = filled(place("ir-mid", 46, 38, admin2="Vale"), *around)
        assert "ir-mid: 'Vale' (an editor), but all around it is 'Hill'" in told
