"""Places by name: load, check, find, near.

The curated gazetteer is ``data/places.geojson``, one feature a line. Later layers win over earlier ones.
Names are compared folded (see geomap.text); spelling, case and script variants of one letter do not matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from geomap.codebook import FEATURE_OF, feature_of
from geomap.errors import DataError
from geomap.geo import LonLat, distance_km
from geomap.model import Place
from geomap.paths import data_path
from geomap.text import TOKEN, fold_name

#: What a feature may say of its place.
PROPERTIES = frozenset(
    "name feature_code country admin1 admin2 radius_km population names demonyms parents needs_cue point source".split()
)
GEOMETRIES = frozenset("Point Polygon MultiPolygon LineString MultiLineString".split())


class Name(NamedTuple):
    """A name in the matching index: the words after its first one, and the ids of the places that bear it."""

    rest: tuple[str, ...]
    key: str
    places: tuple[str, ...]


@dataclass(slots=True)
class Gazetteer:
    """Places and the index of their names."""

    places: dict[str, Place]
    _by_name: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _by_first: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    _by_country: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def from_file(cls, *paths: Path | str) -> Gazetteer:
        """Load the curated gazetteer, or the files given; of two places with one id the later file's wins.

        Raises
        ------
        DataError
            Where a file is broken: the message names file, line and value.
        """
        if not paths:
            return _default()
        places: dict[str, Place] = {}
        for path in paths:
            places.update({p.id: p for p in read_places(Path(path))})
        return cls(places)

    def __post_init__(self) -> None:
        by_name: dict[str, list[str]] = {}
        for place in self.places.values():
            if place.country and feature_of(place.feature_code) == "country":
                self._by_country.setdefault(place.country, place)
            for key in place_keys(place):
                bearers = by_name.setdefault(key, [])
                if place.id not in bearers:
                    bearers.append(place.id)
        by_first: dict[str, list[Name]] = {}
        for key, ids in by_name.items():
            first, *rest = key.split(" ")
            by_first.setdefault(first, []).append(Name(tuple(rest), key, tuple(ids)))
        self._by_name = {key: tuple(ids) for key, ids in by_name.items()}
        self._by_first = {w: tuple(sorted(n, key=lambda x: (-len(x.rest), x.key))) for w, n in by_first.items()}

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    def get(self, place_id: str) -> Place | None:
        """The place with this id."""
        return self.places.get(place_id)

    def find(self, name: str) -> list[Place]:
        """Places that bear this name in any language, the most prominent first; empty for none."""
        found = [self.places[i] for i in self._by_name.get(fold_name(name), ())]
        return sorted(found, key=prominence, reverse=True)

    def starting_with(self, word: str) -> tuple[Name, ...]:
        """Names whose first folded word this is, the longest first."""
        return self._by_first.get(word, ())

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Folded name -> ids of the places that bear it."""
        return self._by_name

    def near(self, lonlat: LonLat, max_km: float = 25.0) -> list[tuple[float, Place]]:
        """Places within ``max_km``, as (distance in km, place), the nearest first."""
        found = ((distance_km(lonlat, p.lonlat), p) for p in self)
        return sorted(((d, p) for d, p in found if d <= max_km), key=lambda x: (x[0], x[1].id))

    def country(self, code: str | None) -> Place | None:
        """The place of a country by its ISO code."""
        return self._by_country.get(code) if code else None


_RANK = {"country": 6.0, "region": 3.0, "settlement": 2.0, "district": 1.5, "line": 1.0, "water": 1.5, "mountain": 1.0, "facility": 1.0}
_SEAT = {"PPLC": 3.0, "PPLA": 1.5, "PPLA2": 0.7}


def prominence(place: Place) -> tuple[float, int, str]:
    """How likely a bare name means this place: kind of feature, seat of government, population; the id breaks ties."""
    return (_RANK[feature_of(place.feature_code)] + _SEAT.get(place.feature_code, 0.0), place.population, place.id)


def place_keys(place: Place) -> Iterator[str]:
    """Folded names of a place in all its languages."""
    yield fold_name(place.name)
    for names in place.names.values():
        for name in names:
            yield fold_name(name)


@lru_cache(maxsize=1)
def _default() -> Gazetteer:
    return Gazetteer({p.id: p for p in read_places(data_path("places.geojson"))})


def read_places(path: Path) -> Iterator[Place]:
    """Places of a GeoJSON file with one feature a line (any GeoJSON FeatureCollection will do)."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(str(path), f"cannot be read ({error.strerror})", "Name a GeoJSON file.") from error
    seen: dict[str, int] = {}
    for number, feature in _features(path, text):
        where = f"{path}:{number}"
        place = _place(where, feature)
        if place.id in seen:
            raise DataError(where, f"duplicate id {place.id!r}, first in line {seen[place.id]}", "Give each place its own id.")
        seen[place.id] = number
        yield place


def _features(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    lines = text.splitlines()
    by_line = [(n, line.strip().rstrip(",")) for n, line in enumerate(lines, 1) if line.strip().startswith('{"type":"Feature"')]
    if by_line and len(by_line) >= len(lines) - 6:
        for number, line in by_line:
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise DataError(f"{path}:{number}", f"not valid JSON ({error})", "Mend the line.") from error
        return
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(str(path), f"not a GeoJSON FeatureCollection ({error})", "See docs/adding-a-place.md.") from error
    yield from enumerate(features, 1)


def _place(where: str, feature: Any) -> Place:
    try:
        given, geometry, place_id = feature["properties"], feature["geometry"], feature["id"]
    except (KeyError, TypeError) as error:
        raise DataError(where, f"a feature without {error}", "It needs id, geometry and properties.") from error
    unknown = set(given) - PROPERTIES
    if unknown:
        raise DataError(where, f"unknown property {sorted(unknown)[0]!r}", f"Known: {', '.join(sorted(PROPERTIES))}.")
    if not isinstance(place_id, str) or not place_id or not place_id.isascii():
        raise DataError(where, f"bad id {place_id!r}", "An id is an ASCII slug such as az-tartar.")
    code = given.get("feature_code", "")
    if not code or (code not in FEATURE_OF and not code.isupper()):
        raise DataError(where, f"{place_id}: bad feature_code {code!r}", "Take a GeoNames feature code such as PPL.")
    shape = _geometry(where, place_id, geometry)
    point = given.get("point") or (geometry["coordinates"] if geometry["type"] == "Point" else None)
    radius = given.get("radius_km", 1.0)
    if not isinstance(radius, int | float) or not 0 < radius <= 6000:
        raise DataError(where, f"{place_id}: bad radius_km ({radius})", "A length in kilometres between 0 and 6000.")
    names = {lang: tuple(n) for lang, n in given.get("names", {}).items()}
    return Place(
        id=place_id,
        name=_text(where, place_id, given.get("name")),
        lonlat=_lonlat(where, place_id, point),
        feature_code=code,
        country=given.get("country"),
        admin1=given.get("admin1", ""),
        admin2=given.get("admin2", ""),
        radius_km=float(radius),
        population=int(given.get("population", 0)),
        names=names,
        demonyms={lang: tuple(d) for lang, d in given.get("demonyms", {}).items()},
        parents=tuple(given.get("parents", ())),
        geometry=shape,
        needs_cue=bool(given.get("needs_cue", False)),
        evidence=given.get("source", ""),
    )


def _text(where: str, place_id: str, value: Any) -> str:
    if not isinstance(value, str) or not TOKEN.search(value):
        raise DataError(where, f"{place_id}: bad name {value!r}", "Give the English name.")
    return value


def _lonlat(where: str, place_id: str, point: Any) -> LonLat:
    if not isinstance(point, Sequence) or len(point) < 2 or not all(isinstance(c, int | float) for c in point[:2]):
        raise DataError(where, f"{place_id}: no point ({point!r})", "An area or line needs `point`: [longitude, latitude].")
    lon, lat = float(point[0]), float(point[1])
    if not -180 <= lon <= 180:
        raise DataError(where, f"{place_id}: longitude {lon:g} is off the Earth", "Longitude comes first and lies in -180..180.")
    if not -90 <= lat <= 90:
        raise DataError(where, f"{place_id}: latitude {lat:g} is off the Earth", "Latitude comes second and lies in -90..90.")
    return LonLat(lon, lat)


def _geometry(where: str, place_id: str, geometry: Any) -> Mapping[str, Any] | None:
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in GEOMETRIES or not geometry.get("coordinates"):
        raise DataError(where, f"{place_id}: bad geometry ({kind or geometry!r})", f"One of {', '.join(sorted(GEOMETRIES))}.")
    if kind == "Point":
        return None
    for lon, lat in _positions(where, place_id, geometry["coordinates"]):
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise DataError(where, f"{place_id}: position [{lon:g}, {lat:g}] is off the Earth", "Longitude, then latitude.")
    if "Polygon" in kind:
        rings = geometry["coordinates"] if kind == "Polygon" else [r for part in geometry["coordinates"] for r in part]
        if any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
            raise DataError(where, f"{place_id}: bad geometry (an open or too short ring)", "Close each ring: first point = last.")
    return dict(geometry)


def _positions(where: str, place_id: str, nested: Any) -> Iterator[tuple[float, float]]:
    if isinstance(nested, Sequence) and len(nested) >= 2 and all(isinstance(c, int | float) for c in nested):
        yield float(nested[0]), float(nested[1])
    elif isinstance(nested, Sequence) and not isinstance(nested, str):
        for part in nested:
            yield from _positions(where, place_id, part)
    else:
        raise DataError(where, f"{place_id}: bad geometry ({nested!r} is no position)", "Numbers only.")


def layered(layers: Iterable[Gazetteer]) -> Gazetteer:
    """One gazetteer out of several; of two places with one id the later layer's wins."""
    places: dict[str, Place] = {}
    for layer in layers:
        places.update(layer.places)
    return Gazetteer(places)
