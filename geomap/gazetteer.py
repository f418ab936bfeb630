"""Places by name: load, find, near.

The curated gazetteer is ``data/places.geojson``, one feature a line. Later layers win over earlier ones.
Names are compared folded (see geomap.text); spelling, case and script variants of one letter do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.geo import LonLat, distance_km
from geomap.model import Place
from geomap.paths import data_path
from geomap.places import index as indexes
from geomap.places.gate import checked_places
from geomap.places.reading import GEOMETRIES, PROPERTIES, read_rows
from geomap.text import fold_name

__all__ = ["GEOMETRIES", "PROPERTIES", "Gazetteer", "Name", "layered", "place_keys", "prominence", "read_places"]


class Name(NamedTuple):
    """A name in the matching index: the words after its first one, and the ids of the places that bear it."""

    rest: tuple[str, ...]
    key: str
    places: tuple[str, ...]


@dataclass(slots=True)
class Gazetteer:
    """Places and the index of their names."""

    places: dict[str, Place]
    _by_name: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _keys_by_first: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _by_country: dict[str, str] = field(default_factory=dict, repr=False)
    _by_first: dict[str, tuple[Name, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def from_file(cls, *paths: Path | str) -> Gazetteer:
        """Load the curated gazetteer, or the files given; of two places with one id the later file's wins.

        Raises
        ------
        DataError
            Where a file is broken: the message names file, line and value.
        """
        if not paths:
            return _default(data_path("places.geojson"))
        if len(paths) == 1:
            return _load(Path(paths[0]))
        return layered(_load(Path(path)) for path in paths)

    def __post_init__(self) -> None:
        if not self._by_name:
            self._by_name, self._keys_by_first, self._by_country = indexes.index_of(self.places.values())

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
        known = self._by_first.get(word)
        if known is None:
            keys = self._keys_by_first.get(word)
            if keys is None:
                return ()
            known = self._by_first[word] = tuple(Name(tuple(k.split(" ")[1:]), k, self._by_name[k]) for k in keys)
        return known

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Folded name -> ids of the places that bear it."""
        return self._by_name

    def near(self, lonlat: LonLat, max_km: float = 25.0) -> list[tuple[float, Place]]:
        """Places within ``max_km``, as (distance in km, place), the nearest first."""
        found = ((distance_km(lonlat, p.lonlat), p) for p in self)
        return sorted(((d, p) for d, p in found if d <= max_km), key=lambda x: (x[0], x[1].id))

    def country(self, code: str | None) -> Place | None:
        """The place of a country by its ISO code."""
        return self.places[self._by_country[code]] if code in self._by_country else None


_RANK = {
    "country": 6.0, "region": 3.0, "settlement": 2.0, "district": 1.5, "line": 1.0, "water": 1.5, "mountain": 1.0,
    "facility": 1.0,
}  # fmt: skip
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


@lru_cache(maxsize=2)
def _default(path: Path) -> Gazetteer:
    return _load(path, curated=True)


def _load(path: Path, curated: bool = False) -> Gazetteer:
    places, index = checked_places(path, curated)
    return Gazetteer(places, *index)


def read_places(path: Path) -> Iterator[Place]:
    """Places of a GeoJSON file with one feature a line (any GeoJSON FeatureCollection will do)."""
    return (row.place for row in read_rows(path))


def layered(layers: Iterable[Gazetteer]) -> Gazetteer:
    """One gazetteer out of several; of two places with one id the later layer's wins."""
    places: dict[str, Place] = {}
    for layer in layers:
        places.update(layer.places.items())
    return Gazetteer(places)
