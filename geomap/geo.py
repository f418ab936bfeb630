"""The only place with Earth maths. Angles in degrees, lengths in kilometres, longitude first."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

#: Mean Earth radius in km (IUGG).
EARTH_RADIUS_KM = 6371.0088


class LonLat(NamedTuple):
    """A point: longitude and latitude in degrees (WGS 84)."""

    lon: float
    lat: float


class BBox(NamedTuple):
    """A box in degrees: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, point: LonLat) -> bool:
        """Whether the point lies in the box or on its edge."""
        return self.west <= point.lon <= self.east and self.south <= point.lat <= self.north


def distance_km(a: LonLat, b: LonLat) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat1, lat2 = radians(a.lat), radians(b.lat)
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


#: The least that a degree of latitude measures, and a bit less, so that rounding never matters.
_DEGREE_KM = 111.19


def within_km(a: LonLat, b: LonLat, km: float) -> bool:
    """Whether two points lie at most so far apart; most that do not are told by their latitudes alone."""
    return abs(a.lat - b.lat) * _DEGREE_KM <= km and distance_km(a, b) <= km


def latitudes_within(point: LonLat, km: float) -> tuple[float, float]:
    """Southern and northern bound of all that lies at most so far from a point, or a bit farther."""
    reach = km / _DEGREE_KM + 1e-6
    return point.lat - reach, point.lat + reach


def longitudes_within(point: LonLat, km: float) -> float:
    """How many degrees east or west of a point all lies that is at most so far from it, or a bit more.

    All of them where the circle reaches a pole or the line where the days change, behind which they count anew.
    """
    half, parallel = sin(km / EARTH_RADIUS_KM), cos(radians(point.lat))
    reach = degrees(asin(half / parallel)) + 1e-6 if half < parallel else 360.0
    return reach if abs(point.lon) + reach < 180.0 else 360.0


def bbox_of(points: Iterable[LonLat]) -> BBox | None:
    """The smallest box around the points; None for no points."""
    points = list(points)
    if not points:
        return None
    lons, lats = [p.lon for p in points], [p.lat for p in points]
    return BBox(min(lons), min(lats), max(lons), max(lats))


def box_around(center: LonLat, radius_km: float) -> BBox:
    """The box that holds a circle of ``radius_km`` around the point."""
    dlat = degrees(radius_km / EARTH_RADIUS_KM)
    dlon = dlat / max(0.01, cos(radians(center.lat)))
    return BBox(center.lon - dlon, center.lat - dlat, center.lon + dlon, center.lat + dlat)
