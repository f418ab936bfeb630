"""What places lie in: provinces, districts, and the places of the file that these are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from geomap.geo import LonLat, distance_km
from scripts.gazetteer.districts import KNOWLEDGE, complete, write_down
from scripts.gazetteer.features import at, bare, bares, kind, latin_names
from scripts.gazetteer.ids import division_of
from scripts.gazetteer.tables import Division, Tables

_DIVISIONS: Final = ("ADM1", "ADM2")
#: Towns that must all lie in one division for a place among them to lie in it too, and how far the nearest may be.
_TOWNS, _NEAREST_KM = 5, 15.0
#: A name that so many places give their province is its usual one.
_USUAL: Final = 3
#: Degrees by which a region that is drawn by hand may be off.
_MARGIN: Final = 0.04
#: Kinds of places that lie in one province.
_POINTLIKE: Final = ("settlement", "facility", "district")


def lies_in(features: list[dict[str, Any]], tables: Tables) -> Iterator[str]:
    """Fill ``admin1``, ``admin2`` and ``parents``; tell what contradicts and how many are filled."""
    within = Within(features, tables)
    yield from write_down(features)
    for feature in features:
        yield from within.divide(feature)
    yield from complete(features, tables, within)
    for feature in features:
        within.give_parents(feature)
    for name in ("admin1", "admin2", "parents"):
        yield f"{name}: {sum(bool(f['properties'].get(name)) for f in features)} of {len(features)}"


class Within:
    """The divisions of GeoNames and the places of the file that they are."""

    def __init__(self, features: list[dict[str, Any]], tables: Tables) -> None:
        self._tables = tables
        self._countries = {
            f["properties"]["country"]: f["id"] for f in features if f["properties"]["feature_code"] == "PCLI"
        }
        self._regions = {
            f["id"]: _area(f)
            for f in features
            if f["properties"]["feature_code"] == "RGN" and "Polygon" in f["geometry"]["type"]
        }
        self._names = {f["id"]: f["properties"]["name"] for f in features}
        self._by_entry: dict[int, str] = {}
        self._by_name: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._level = {f["id"]: f["properties"]["feature_code"] for f in features}
        for feature in features:
            properties = feature["properties"]
            if properties["feature_code"] in (*_DIVISIONS, "RGN"):
                for name in bares(latin_names(feature)):
                    self._by_name[properties["country"], name].append(feature["id"])
            if properties["feature_code"] in _DIVISIONS and "geonames" in properties:
                self._by_entry[properties["geonames"]] = feature["id"]
        self._towns: defaultdict[tuple[str, int, int], list[tuple[LonLat, int]]] = defaultdict(list)
        for number, town in tables.towns.items():
            point = LonLat(town["longitude"], town["latitude"])
            self._towns[town["countrycode"], int(point.lon // 1), int(point.lat // 1)].append((point, int(number)))
        self._provinces = {d.code: d for rows in tables.divisions.values() for d in rows if d.level == 1 and d.code}
        self._called = self._usual_names(features)

    def _usual_names(self, features: list[dict[str, Any]]) -> dict[str, str]:
        """Division -> what most places of the file call it."""
        told: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for feature in features:
            properties = feature["properties"]
            names = (properties.get("admin1"), properties.get("admin2"))
            for name, place in zip(names, self.places_of(properties), strict=True):
                if name and place:
                    told[place][name] += 1
        usual = {place: max(sorted(names), key=names.__getitem__) for place, names in told.items()}
        return {place: name for place, name in usual.items() if told[place][name] >= _USUAL}

    def _place_of(self, country: str, name: str | None) -> str | None:
        ids = self._by_name.get((country, bare(name)), ()) if name else ()
        return min(ids, key=lambda i: (["ADM1", "ADM2", "RGN"].index(self._level[i]), i), default=None)

    def places_of(self, properties: Mapping[str, Any]) -> tuple[str | None, str | None]:
        """The places of the file that a feature's province and district are.

        A district may bear the name of its province, or of another: that is not the district too.
        """
        country, district = properties["country"], properties.get("admin2")
        first = self._place_of(country, properties.get("admin1"))
        if not district or not first or self._level[first] != "ADM1":
            return first, self._place_of(country, district)
        # a district within a province is no other province
        same = (i for i in self._by_name.get((country, bare(district)), ()) if self._level[i] == "ADM2")
        return first, next(same, None)

    def divide(self, feature: dict[str, Any]) -> Iterator[str]:
        """Give a feature its province and district after GeoNames."""
        if self._lies_in_one(feature):
            yield from self._admin(feature, self._named(feature))

    def _lies_in_one(self, feature: dict[str, Any]) -> bool:
        properties = feature["properties"]
        return not (
            properties["country"] is None
            or kind(feature) == "country"
            or properties["feature_code"] in ("BDRY", "PCLH")
        )

    def give_parents(self, feature: dict[str, Any]) -> None:
        """Give a feature the places of the file that it lies in."""
        if not self._lies_in_one(feature):
            return
        properties = feature["properties"]
        country = properties["country"]
        # where general knowledge corrects GeoNames, its divisions say nothing
        named = self._named(feature) if properties.get("admin2_from") != KNOWLEDGE else []
        parents = list(properties.get("parents", ()))
        if len(parents) == 2 and all(p in self._countries for p in parents):
            return
        told = reversed(self.places_of(properties))
        lies = [self._division_place(d) for d in reversed(named)]
        regions = [i for i, area in self._regions.items() if kind(feature) in _POINTLIKE and _holds(area, at(feature))]
        for parent in (*told, *lies, *regions):
            if parent and parent != feature["id"] and parent not in parents and not self._is_above(feature, parent):
                parents.append(parent)
        above = self._countries.get(country)
        if not parents and above and above != feature["id"]:
            parents = [above]
        if parents:
            properties["parents"] = parents

    def _is_above(self, feature: dict[str, Any], parent: str) -> bool:
        """Whether the place is larger than what it is said to lie in."""
        rank = {"ADM2": 1, "ADM1": 2, "RGN": 3}
        mine = rank.get(feature["properties"]["feature_code"], 0)
        return mine >= rank[self._level[parent]]

    def _admin(self, feature: dict[str, Any], named: list[Division]) -> Iterator[str]:
        properties = feature["properties"]
        country, code = properties["country"], properties["feature_code"]
        for name, place in zip(("admin1", "admin2"), self.places_of(properties), strict=True):
            if place:
                properties[name] = self._called.get(place, self._names[place])
        if code == "ADM1" or kind(feature) not in _POINTLIKE:
            return
        told = {d.level: self._name(d) for d in named}
        places = {d.level: self._division_place(d) for d in named}
        # what the file counts as a province may be a district of GeoNames
        if self._level.get(places.get(2) or "") == "ADM1" and not properties.get("admin1"):
            told = {1: told[2]}
        mine = self._place_of(country, properties.get("admin1"))
        if mine and self._level[mine] == "RGN" and self._level.get(places.get(1) or "") == "ADM1":
            told, places = {2: told[1]}, {}
        for level, name in ((1, "admin1"), (2, "admin2")):
            empty = not properties.get(name) and level in told and not (level == 2 and code == "ADM2")
            if not empty or (level == 2 and self._is_its_province(properties, told, places)):
                continue
            properties[name] = told[level] if level == 1 else another(told[2], properties.get("admin1"))
        self._tell_source(feature, told)
        if mine and places.get(1) and mine not in places.values():
            yield f"{feature['id']}: admin1 {properties['admin1']!r}, but it lies in {told[1]!r}"

    def _tell_source(self, feature: dict[str, Any], told: Mapping[int, str]) -> None:
        """Say that a district is GeoNames', where it is the one that GeoNames tells."""
        properties = feature["properties"]
        if "admin2_from" not in properties and 2 in told and bare(told[2]) == bare(properties.get("admin2") or ""):
            own = str(properties.get("geonames")) in self._tables.towns
            properties["admin2_from"] = "GeoNames" if own else "GeoNames, the five nearest towns"

    def _is_its_province(
        self, properties: Mapping[str, Any], told: Mapping[int, str], places: Mapping[int, str | None]
    ) -> bool:
        """Whether a district of GeoNames is what the file counts as the province."""
        mine = properties.get("admin1") or ""
        if bare(told[2]) != bare(mine):
            return False
        return 1 not in told or bare(told[1]) != bare(mine) or bool(places.get(1) and places.get(1) == places.get(2))

    def _division_place(self, division: Division) -> str | None:
        """The place of the file that a division of GeoNames is."""
        if division.geonames in self._by_entry:
            return self._by_entry[division.geonames]
        named = (self._place_of(division.country, name) for name in division.names)
        return next((place for place in named if place), None)

    def above(self, division: Division) -> Division | None:
        """The province of GeoNames that a district lies in."""
        return self._provinces.get(".".join(division.code.split(".")[:2]))

    def is_place(self, division: Division, place: str | None) -> bool:
        """Whether a division of GeoNames is a place of the file."""
        return place is not None and self._division_place(division) == place

    def usual_name(self, properties: Mapping[str, Any], name: str) -> str:
        """What the file calls the place that a district is, if it has it."""
        place = self.places_of({**properties, "admin2": name})[1]
        return self._called.get(place, self._names[place]) if place else name

    def name_of(self, division: Division) -> str:
        """What the file calls a district of GeoNames, which is no province of the same name."""
        place = self._division_place(division)
        return (
            self._called.get(place, self._names[place])
            if place and self._level[place] == "ADM2"
            else _english(division)
        )

    def _name(self, division: Division) -> str:
        place = self._division_place(division)
        return self._called.get(place, self._names[place]) if place else _english(division)

    def _divisions(self, feature: dict[str, Any]) -> list[Division]:
        """The divisions that a place lies in: its entry's, else those that all the nearest towns lie in."""
        properties = feature["properties"]
        if properties["feature_code"] in _DIVISIONS:
            own = division_of(feature, self._tables)
            return [d for d in self._near(feature) if own and d.level < own.level] if own else []
        if str(properties.get("geonames")) in self._tables.towns:
            return self._tables.divisions_of(properties["geonames"])
        return self._near(feature) if kind(feature) in _POINTLIKE else []

    def _named(self, feature: dict[str, Any]) -> list[Division]:
        """The province and the district that a place lies in.

        Where a list has a region above the provinces, GeoNames' code tells which is which.
        """
        divisions = self._divisions(feature)
        if any(d.level == 3 for d in divisions):
            divisions = [d._replace(level=d.code.count(".")) for d in divisions if d.code]
        return [d for d in divisions if d.level in (1, 2)]

    def _near(self, feature: dict[str, Any]) -> list[Division]:
        point, country = at(feature), feature["properties"]["country"]
        around = [
            (distance_km(point, place), number)
            for east in (-1, 0, 1)
            for north in (-1, 0, 1)
            for place, number in self._towns.get((country, int(point.lon // 1) + east, int(point.lat // 1) + north), ())
        ]
        nearest = sorted(around)[:_TOWNS]
        if len(nearest) < _TOWNS or nearest[0][0] > _NEAREST_KM:
            return []
        all_of = [{d.geonames: d for d in self._tables.divisions_of(number)} for _, number in nearest]
        return sorted((d for n, d in all_of[0].items() if all(n in other for other in all_of)), key=lambda d: d.level)


def another(name: str, province: str | None) -> str:
    """A district's name, told apart from its province's."""
    return f"{name} District" if name == province else name


def _english(division: Division) -> str:
    """The division's name in plain letters, where it has one."""
    return next((name for name in division.names if name.isascii()), division.name)


def _area(feature: dict[str, Any]) -> Any:
    """An area without its margin, which is drawn too roughly to say what lies on which side."""
    from shapely.geometry import shape

    return shape(feature["geometry"]).buffer(-_MARGIN)


def _holds(area: Any, point: LonLat) -> bool:
    from shapely.geometry import Point

    return bool(area.contains(Point(*point)))
