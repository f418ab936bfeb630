"""Areas and lines of imprecise places: what a point would tell wrongly.

Coordinates are degrees (WGS 84), longitude first, 5 decimals (about 1 m); outer rings run counter-clockwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import asin, atan2, cos, degrees, pi, radians, sin
from struct import pack
from typing import Any, Final, Literal

from geomap.codebook import feature_of
from geomap.geo import EARTH_RADIUS_KM, LonLat
from geomap.model import ClaimPlace, Incident
from geomap.schema import INCIDENT_AREAS, INCIDENTS
from geomap.tables import Row, arabic_name, clean, incident_row, where_prec

Layer = Literal["area", "line"]
Ring = list[list[float]]
#: A MultiPolygon's or a MultiLineString's coordinates, as in GeoJSON.
Coordinates = list[Any]
_DECIMALS: Final = 5
#: Corners of a circle.
_CORNERS: Final = 48
#: Columns of an area's row that are the incident's.
_SHARED: Final = [INCIDENTS.names.index(name) for name in INCIDENT_AREAS.names[2:9]]


@lru_cache(maxsize=4096)
def _circle(lonlat: LonLat, radius_km: float) -> tuple[tuple[float, float], ...]:
    reach, lat0, lon0 = radius_km / EARTH_RADIUS_KM, radians(lonlat.lat), radians(lonlat.lon)
    corners = []
    for n in range(_CORNERS):
        bearing = -2 * pi * n / _CORNERS
        lat = asin(sin(lat0) * cos(reach) + cos(lat0) * sin(reach) * cos(bearing))
        lon = lon0 + atan2(sin(bearing) * sin(reach) * cos(lat0), cos(reach) - sin(lat0) * sin(lat))
        # Not wrapped but cut at the date line: a ring across it would be drawn round the world.
        corners.append((round(max(-180.0, min(180.0, degrees(lon))), _DECIMALS), round(degrees(lat), _DECIMALS)))
    return (*corners, corners[0])


def circle(lonlat: LonLat, radius_km: float) -> Coordinates:
    """A circle of ``radius_km`` around the point as a MultiPolygon of 48 corners, cut at the date line."""
    return [[[list(corner) for corner in _circle(lonlat, radius_km)]]]


def is_counter_clockwise(ring: Sequence[Sequence[float]]) -> bool:
    """Whether a closed ring of (longitude, latitude) runs counter-clockwise."""
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0


def _rounded(points: Iterable[Sequence[float]]) -> Ring:
    return [[round(float(p[0]), _DECIMALS), round(float(p[1]), _DECIMALS)] for p in points]


def _polygon(rings: Iterable[Sequence[Sequence[float]]]) -> list[Ring]:
    """Rings rounded and turned as RFC 7946 asks: the outer one counter-clockwise, holes clockwise."""
    turned = []
    for number, ring in enumerate(rings):
        points = _rounded(ring)
        turned.append(points if is_counter_clockwise(points) == (number == 0) else points[::-1])
    return turned


def rounded(polygons: Iterable[Iterable[Sequence[Sequence[float]]]]) -> Coordinates:
    """A MultiPolygon's coordinates with five decimals and its rings turned as RFC 7946 asks."""
    return [_polygon(rings) for rings in polygons]


def shape_of(
    where: ClaimPlace, outlines: Mapping[str, Coordinates] | None = None
) -> tuple[Layer, str, Coordinates] | None:
    """Which layer an imprecise place belongs to, how it is drawn, and its coordinates; None for a town or a site.

    ``area`` goes with a MultiPolygon's, ``line`` with a MultiLineString's coordinates. ``outlines`` gives countries'
    by ISO code; a country without one is drawn as a circle.
    """
    place = where.place
    geometry: Mapping[str, Any] = place.geometry or {}
    kind, coordinates = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Polygon":
        return "area", "geometry", [_polygon(coordinates)]
    if kind == "MultiPolygon":
        return "area", "geometry", rounded(coordinates)
    if kind == "LineString":
        return "line", "geometry", [_rounded(coordinates)]
    if kind == "MultiLineString":
        return "line", "geometry", [_rounded(line) for line in coordinates]
    feature = feature_of(place.feature_code)
    if outlines and feature == "country" and (outline := outlines.get(place.country or "")):
        return "area", "geometry", outline
    if where.geo_precision > 1 or feature not in ("settlement", "facility"):
        return "area", "circle", circle(place.lonlat, max(place.radius_km, 0.1))
    return None


def area_rows(
    incidents: Iterable[Incident], layer: Layer, outlines: Mapping[str, Coordinates] | None = None
) -> Iterator[tuple[Row, Coordinates]]:
    """Rows of the table ``incident_areas`` or ``incident_lines``, each with its coordinates."""
    for incident in incidents:
        shapes = [
            (where, shape) for where in incident.places if (shape := shape_of(where, outlines)) and shape[0] == layer
        ]
        if not shapes:
            continue
        row = incident_row(incident)
        shared = [row[n] for n in _SHARED]
        for where, (_, drawn, coordinates) in shapes:
            place = where.place
            names = (clean(place.name), arabic_name(place), feature_of(place.feature_code))
            codes = (where.geo_precision, where_prec(where), float(place.radius_km), drawn)
            yield (row[0], clean(place.id), *shared, *names, *codes), coordinates


# ---- well-known binary, little-endian --------------------------------------------------------------------------------


def point_wkb(lon: float, lat: float) -> bytes:
    """A Point."""
    return pack("<BIdd", 1, 1, lon, lat)


def multi_wkb(layer: Layer, coordinates: Coordinates) -> bytes:
    """A MultiPolygon (``area``) or a MultiLineString (``line``)."""
    if layer == "line":
        return pack("<BII", 1, 5, len(coordinates)) + b"".join(
            pack("<BI", 1, 2) + _points(line) for line in coordinates
        )
    polygons = (pack("<BII", 1, 3, len(rings)) + b"".join(map(_points, rings)) for rings in coordinates)
    return pack("<BII", 1, 6, len(coordinates)) + b"".join(polygons)


def _points(points: Sequence[Sequence[float]]) -> bytes:
    return pack(f"<I{2 * len(points)}d", len(points), *(x for point in points for x in point))


def envelope(layer: Layer, coordinates: Coordinates) -> tuple[float, float, float, float]:
    """West, east, south, north of the coordinates, as GeoPackage orders them."""
    lines = coordinates if layer == "line" else [ring for rings in coordinates for ring in rings]
    lons, lats = zip(*(point for line in lines for point in line), strict=True)
    return min(lons), max(lons), min(lats), max(lats)
