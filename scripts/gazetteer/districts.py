"""Second-level divisions that GeoNames' own entries do not tell, each with who says so.

In this order: what ``districts.tsv`` says (general knowledge, seat by seat), the place that a place is a part of, a
division of GeoNames that is named after its seat, a country's own list, and what all of the three nearest places say.
Better none than a guess: what several say differently stays empty.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geomap.geo import distance_km
from geomap.places.second_level import is_small, second_level
from scripts.gazetteer.features import at, bare, bares, kind, latin_names
from scripts.gazetteer.lists import List, folded, lists
from scripts.gazetteer.tables import consonants

if TYPE_CHECKING:
    from scripts.gazetteer.divisions import Within
    from scripts.gazetteer.tables import Division, Tables

#: The word for a district behind its name.
_KIND: Final = re.compile(r" (?:District|County|Locality)$")
#: Who says so, where no table does.
KNOWLEDGE, EDITOR, NEAREST, WHOLE, SEAT = (
    "general knowledge", "an editor", "the three nearest places", "the place that it is a part of",
    "GeoNames, a division named after this seat",
)  # fmt: skip
#: Places that must agree for one among them, and how far the nearest and the last of them may be.
_AGREE, _NEAREST_KM, _LAST_KM = 3, 8.0, 20.0
#: A list's village of a common name may lie elsewhere: another place of its district must lie so near.
_LISTED_KM: Final = 30.0
#: A city of so many people lies in several districts; its parts are told one by one.
_CITY: Final = 1_000_000


class District(NamedTuple):
    """A row of ``districts.tsv``: a district, its seat, how far it reaches, and the places in it.

    Without a district, the places lie in a province that has none.
    """

    country: str
    admin1: str
    admin2: str
    seat: str
    reach_km: float
    places: tuple[str, ...]


@cache
def written() -> tuple[District, ...]:
    """The rows of ``districts.tsv``."""
    with Path(__file__).with_name("districts.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(
            District(
                row["country"],
                row["admin1"],
                row["admin2"].strip("-"),
                f"{row['country'].lower()}-{row['seat']}" if row["seat"] != "-" else "",
                float(row["reach_km"]),
                tuple(f"{row['country'].lower()}-{place}" for place in row["places"].split()),
            )
            for row in csv.DictReader(file, delimiter="\t")
        )


def write_down(features: list[dict[str, Any]]) -> Iterator[str]:
    """Give places what ``districts.tsv`` says; tell which of them lie too far from the seat."""
    by_id = {feature["id"]: feature for feature in features}
    for district in written():
        seat = by_id.get(district.seat)
        for place_id in district.places:
            feature = by_id.get(place_id)
            if feature is None:
                yield f"districts.tsv: no place {place_id}"
                continue
            km = distance_km(at(seat), at(feature)) if seat else 0.0
            if km > district.reach_km:
                yield f"{place_id}: {km:.0f} km from the seat of {district.admin2}, not taken"
                continue
            properties = feature["properties"]
            if bare(properties.get("admin1") or district.admin1) != bare(district.admin1):
                yield f"{place_id}: admin1 {properties['admin1']!r} becomes {district.admin1!r}"
                properties["admin1"] = district.admin1
                above = [p for p in properties.get("parents", ()) if not _is_division(by_id.get(p))]
                properties["parents"] = above
            properties["admin1"] = properties.get("admin1") or district.admin1
            if district.admin2:
                properties["admin2"], properties["admin2_from"] = district.admin2, KNOWLEDGE


def _is_division(feature: dict[str, Any] | None) -> bool:
    return feature is not None and feature["properties"]["feature_code"] in ("ADM1", "ADM2")


def complete(features: list[dict[str, Any]], tables: Tables, within: Within) -> Iterator[str]:
    """Give places the district that other sources tell; tell whose district none of the places around has."""
    districts = _Districts(features, tables, within)
    for fill in (districts.of_whole, districts.of_seat, districts.of_lists, districts.of_nearest):
        for feature in features:
            if districts.may_have(feature):
                fill(feature)
    for feature in features:
        properties = feature["properties"]
        if properties.get("admin2"):
            properties.setdefault("admin2_from", EDITOR)
            properties["admin2"] = within.usual_name(properties, districts.usual(properties))
        if districts.lies_in_several(feature):
            del properties["admin2"], properties["admin2_from"]
    yield from districts.second_looks()


class _Districts:
    def __init__(self, features: list[dict[str, Any]], tables: Tables, within: Within) -> None:
        self._features = features
        self._within = within
        self._by_id = {feature["id"]: feature for feature in features}
        self._provinces: defaultdict[str, list[Any]] = defaultdict(list)
        for feature in features:
            if feature["properties"]["feature_code"] == "ADM1":
                self._provinces[feature["properties"]["country"]].append(feature)
        self._lists = {list_.country: list_ for list_ in lists(tables.folder)}
        self._tables = tables
        # what stands in brackets tells a district from a namesake
        self._names = {
            (d.country, bare(d.admin1), bare(name)): d.admin2
            for d in written()
            for name in (d.admin2, d.admin2.partition(" (")[0])
            if name
        }
        self._cells: defaultdict[tuple[str, int, int], list[Any]] = defaultdict(list)
        for feature in features:
            if _is_small(feature) and feature["properties"]["country"]:
                self._cells[feature["properties"]["country"], *_cell(feature)].append(feature)

    def may_have(self, feature: dict[str, Any]) -> bool:
        """Whether a place may have a district and has none."""
        properties = feature["properties"]
        admin1 = properties.get("admin1", "")
        able = second_level().can(feature["id"], properties["feature_code"], properties["country"], admin1)
        return able and not properties.get("admin2")

    def lies_in_several(self, feature: dict[str, Any]) -> bool:
        """Whether a city of several districts is said to lie in one."""
        return "admin2" in feature["properties"] and feature["id"] in second_level().spread

    def of_whole(self, feature: dict[str, Any]) -> None:
        """The district of the town that a quarter or a site is a part of."""
        for parent in map(self._by_id.get, feature["properties"].get("parents", ())):
            if parent is None:
                continue
            above = parent["properties"]
            if above["feature_code"] == "ADM2" and above["country"] == feature["properties"]["country"]:
                self._give(feature, above.get("admin1"), above["name"], WHOLE)
            elif kind(parent) == "settlement" and above.get("admin2") and above.get("population", 0) < _CITY:
                self._give(feature, above.get("admin1"), above["admin2"], WHOLE)

    def of_lists(self, feature: dict[str, Any]) -> None:
        """The one district of the country's own list that has the name in the place's province."""
        properties = feature["properties"]
        list_ = self._lists.get(properties["country"])
        province = self._within.places_of(properties)[0]
        if list_ is None or province is None or kind(feature) != "settlement":
            return
        found = self._listed(list_, self._by_id[province], feature)
        if len(found) != 1:
            return
        (names,) = found
        name = self._called(properties, names)
        if name and self._is_near(feature, name):
            self._give(feature, None, name, list_.source)

    def _listed(self, list_: List, province: dict[str, Any], feature: dict[str, Any]) -> set[tuple[str, ...]]:
        return {
            district
            for language in list_.languages
            for spelt in province["properties"]["names"].get(language, ())
            for name in feature["properties"]["names"].get(language, ())
            for district in list_.districts_of(spelt, name)
        }

    def _called(self, properties: dict[str, Any], names: tuple[str, ...]) -> str:
        """GeoNames' name of a list's district, else the list's own where it is in Latin letters."""
        keys = {bare(folded(name)) for name in names} | bares(names)
        same = [
            d
            for d in self._tables.divisions.get(properties["country"], ())
            if d.level == 2 and keys & {*bares(d.names), *(bare(folded(name)) for name in d.names)}
        ]
        fitting = [d for d in same if self._is_in(d, properties)] or [
            d
            for d in self._tables.divisions.get(properties["country"], ())
            if d.level == 2 and self._is_in(d, properties) and _sounds(names) & _sounds(d.names)
        ]
        if len(fitting) == 1:
            return self._within.name_of(fitting[0])
        return names[0] if names[0].isascii() else ""

    def _is_in(self, division: Division, properties: dict[str, Any]) -> bool:
        """Whether a district of GeoNames is one of the place's province."""
        above = self._within.above(division)
        mine = properties.get("admin1") or ""
        if above is None or not mine:
            return False
        return bare(mine) in bares(above.names) or self._within.is_place(above, self._within.places_of(properties)[0])

    def _is_near(self, feature: dict[str, Any], name: str) -> bool:
        near = [f for _, f in self._around(feature) if bare(f["properties"]["admin2"]) == bare(name)]
        return any(distance_km(at(f), at(feature)) <= _LISTED_KM for f in near) or not self._is_known(feature, name)

    def _is_known(self, feature: dict[str, Any], name: str) -> bool:
        country = feature["properties"]["country"]
        return any(
            f["properties"]["country"] == country and bare(f["properties"].get("admin2") or "") == bare(name)
            for f in self._features
        )

    def of_seat(self, feature: dict[str, Any]) -> None:
        """The division of GeoNames in the place's province that bears the place's name."""
        properties = feature["properties"]
        if kind(feature) != "settlement" or properties["feature_code"] == "PPLX":
            return
        names = bares(latin_names(feature))
        same = [
            d
            for d in self._tables.divisions.get(properties["country"], ())
            if d.level == 2 and names & bares(d.names) and self._is_in(d, properties)
        ]
        if len({bare(self._within.name_of(d)) for d in same}) == 1:
            self._give(feature, None, self._within.name_of(same[0]), SEAT)

    def of_nearest(self, feature: dict[str, Any]) -> None:
        """The district that all of the nearest places of the province lie in."""
        mine = feature["properties"].get("admin1")
        near = [(km, f) for km, f in self._around(feature) if f["properties"].get("admin2_from") != NEAREST][:_AGREE]
        if len(near) < _AGREE or near[0][0] > _NEAREST_KM or near[-1][0] > _LAST_KM:
            return
        told = {(f["properties"].get("admin1"), f["properties"]["admin2"]) for _, f in near}
        if len(told) == 1:
            admin1, admin2 = told.pop()
            if not mine or mine == admin1:
                self._give(feature, admin1, admin2, NEAREST)

    def _around(self, feature: dict[str, Any]) -> list[tuple[float, Any]]:
        """Other places around that have a district, the nearest first."""
        country, (east, north) = feature["properties"]["country"], _cell(feature)
        found = [
            (distance_km(at(feature), at(other)), other)
            for column in (east - 1, east, east + 1)
            for row in (north - 1, north, north + 1)
            for other in self._cells.get((country, column, row), ())
            if other is not feature and other["properties"].get("admin2")
        ]
        return sorted(found, key=lambda pair: (pair[0], pair[1]["id"]))

    def _give(self, feature: dict[str, Any], admin1: str | None, admin2: str, source: str) -> None:
        from scripts.gazetteer.divisions import another

        properties = feature["properties"]
        if properties.get("admin2") or (admin1 and bare(properties.get("admin1") or admin1) != bare(admin1)):
            return
        if admin1:
            properties.setdefault("admin1", admin1)
        properties["admin2"], properties["admin2_from"] = another(admin2, properties.get("admin1")), source
        properties["admin2"] = self.usual(properties)

    def usual(self, properties: dict[str, Any]) -> str:
        """What ``districts.tsv`` calls a place's district, if it has it."""
        said: str = properties["admin2"]
        return self._names.get((properties["country"], bare(properties.get("admin1") or ""), bare(said)), said)

    def second_looks(self) -> Iterator[str]:
        """Places whose three nearest neighbours all lie in another district of one name."""
        for feature in self._features:
            properties = feature["properties"]
            if not _is_small(feature) or not properties.get("admin2") or not properties["country"]:
                continue
            near = self._around(feature)[:_AGREE]
            others = {f["properties"]["admin2"] for _, f in near}
            close = len(near) == _AGREE and near[-1][0] <= _NEAREST_KM
            if close and len(others) == 1 and properties["admin2"] not in others:
                told = f"{properties['admin2']!r} ({properties['admin2_from']})"
                yield f"{feature['id']}: {told}, but all around it is {others.pop()!r}"


def _sounds(names: tuple[str, ...]) -> set[str]:
    """What transcriptions of a district's names share."""
    return {consonants(_KIND.sub("", name)) for name in names if name.isascii()} - {""}


def _is_small(feature: dict[str, Any]) -> bool:
    return is_small(feature["properties"]["feature_code"])


def _cell(feature: dict[str, Any]) -> tuple[int, int]:
    """The half degree that a place lies in."""
    point = at(feature)
    return int(point.lon * 2 // 1), int(point.lat * 2 // 1)
