"""Curated points against those of the offline names: what lies far apart is worth a second look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.geo import LonLat, distance_km
from geomap.geocoder.offline import OfflineNames, Town
from geomap.model import Place

#: A town of the same name farther off than this is a namesake.
_NAMESAKE_KM = 60.0
_GEONAMES = re.compile(r"GeoNames (\d+)")


class Compared(NamedTuple):
    """A place, the town of the offline names that is the same by id or by name, and how far apart they lie."""

    place: Place
    town: Town
    km: float
    by: str


def compare(places: Iterable[Place], offline: OfflineNames) -> list[Compared]:
    """Settlements that the offline names know, those farthest apart first.

    A place that names its GeoNames entry is compared with that; else the nearest town of its country and name counts.
    """
    found = [c for place in places if (c := _compare(place, offline)) is not None]
    return sorted(found, key=lambda c: (-c.km, c.place.id))


def _compare(place: Place, offline: OfflineNames) -> Compared | None:
    if feature_of(place.feature_code) != "settlement":
        return None
    entry = _GEONAMES.search(place.evidence)
    town = offline.by_id(int(entry[1])) if entry else None
    if town is not None:
        return Compared(place, town, _km(place, town), "id")
    names = {place.name, *(name for spellings in place.names.values() for name in spellings)}
    towns = {t for name in names for t in offline.towns(name, (place.country,) if place.country else ())}
    near = min(towns, key=lambda t: (_km(place, t), t.geoname_id), default=None)
    if near is None or _km(place, near) > _NAMESAKE_KM:
        return None
    return Compared(place, near, _km(place, near), "name")


def _km(place: Place, town: Town) -> float:
    return distance_km(place.lonlat, LonLat(town.lon, town.lat))
