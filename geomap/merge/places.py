"""How the places of two claims lie to each other."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians
from typing import Any, Literal, NamedTuple

from geomap.codebook import feature_of
from geomap.geo import distance_km
from geomap.model import Place

Kind = Literal[
    "same point",
    "near",
    "same area",
    "line",
    "area contains",
    "same country",
    "country contains",
    "point in area",
    "apart",
]
#: How telling each relation is, the most telling first.
ORDER: tuple[Kind, ...] = (
    "same point",
    "near",
    "same area",
    "line",
    "area contains",
    "same country",
    "country contains",
    "point in area",
    "apart",
)
#: Features that are a point for our purposes; all others reach far.
POINTS = frozenset({"settlement", "facility", "mountain"})
#: A name that reaches further than this (km) is an area, whatever its feature code.
POINT_REACH_KM = 15.0
#: Features that a province's name can stand for.
PROVINCES = frozenset({"region", "district"})
#: Length of a degree of latitude, in km.
KM_A_DEGREE = 111.2


class Relation(NamedTuple):
    """A relation of two places, the distance of their points in km, their names, whether they lie in one country."""

    kind: Kind
    km: float
    names: tuple[str, str]
    one_country: bool


def is_point(place: Place) -> bool:
    """Whether the place is a spot rather than an area or a line."""
    return place.geometry is None and feature_of(place.feature_code) in POINTS and place.radius_km <= POINT_REACH_KM


class Atlas:
    """The places of the claims at hand, by id, and their relations once worked out.

    Where two records of one place differ (one came without its shape), the fuller one speaks for both.

    Parameters
    ----------
    places
        Every place that will be asked for.
    max_km
        How far apart two points may lie and still be one place, in kilometres.
    """

    def __init__(self, places: Iterable[Place], max_km: float) -> None:
        self.max_km = max_km
        self.places: dict[str, Place] = {}
        self._relations: dict[tuple[str, str], Relation] = {}
        self._shapes: dict[str, tuple[Any, float]] = {}
        for place in places:
            known = self.places.get(place.id)
            if known is None or (known is not place and _fullness(place) > _fullness(known)):
                self.places[place.id] = place

    def relate_all(self, a: Iterable[str], b: Iterable[str]) -> Relation | None:
        """The most telling relation of any place of ``a`` to any of ``b`` (ids); None where either has none."""
        found = [self.relate(p, q) for p in a for q in b]
        if len(found) == 1:
            return found[0]
        return min(found, key=lambda r: (ORDER.index(r.kind), not r.one_country, r.km, r.names), default=None)

    def relate(self, a: str, b: str) -> Relation:
        """How two places, given by id, lie to each other; the same both ways."""
        key = (a, b) if a <= b else (b, a)
        found = self._relations.get(key)
        if found is None:
            found = self._relations[key] = self._relate(self.places[key[0]], self.places[key[1]])
        return found

    def _relate(self, a: Place, b: Place) -> Relation:
        km = distance_km(a.lonlat, b.lonlat)
        told = (km, (a.name, b.name), a.country is not None and a.country == b.country)
        features = {feature_of(a.feature_code), feature_of(b.feature_code)}
        points = is_point(a), is_point(b)
        if a.id == b.id:
            country = features == {"country"}
            return Relation("same point" if all(points) else "same country" if country else "same area", *told)
        if all(points):
            return Relation("near" if km <= self.max_km else "apart", *told)
        if not (self.contains(a, b) or self.contains(b, a)):
            return Relation("apart", *told)
        if "country" in features:
            return Relation("country contains", *told)
        if any(points):
            return Relation("point in area", *told)
        return Relation("line" if "line" in features else "area contains", *told)

    def contains(self, outer: Place, inner: Place) -> bool:
        """Whether the area or line ``outer`` holds ``inner``: by parents, country, province, shape or reach."""
        if is_point(outer) or outer.id == inner.id:
            return False
        feature = feature_of(outer.feature_code)
        if outer.id in inner.parents:
            return True
        if feature == "country":
            return bool(outer.country) and (outer.country == inner.country or outer.country in inner.parents)
        same_country = outer.country == inner.country
        if feature in PROVINCES and same_country and inner.admin1 and inner.admin1 in (outer.name, outer.id):
            return True
        if outer.geometry is not None:
            return self._reaches(outer, inner)
        near = distance_km(outer.lonlat, inner.lonlat) <= outer.radius_km
        return near and (same_country or None in (outer.country, inner.country))

    def _reaches(self, outer: Place, inner: Place) -> bool:
        """Whether the point of ``inner`` lies in the shape of ``outer``, or within reach of its line."""
        from shapely.geometry import Point

        shape, factor = self._shape(outer)
        slack_km = outer.radius_km if shape.geom_type.endswith("String") else 1.0
        return bool(shape.distance(Point(inner.lonlat.lon * factor, inner.lonlat.lat)) * KM_A_DEGREE <= slack_km)

    def _shape(self, place: Place) -> tuple[Any, float]:
        """The place's shape, its longitudes shrunk so that a degree is as long both ways, and the factor."""
        if place.id not in self._shapes:
            from shapely.affinity import scale
            from shapely.geometry import shape

            factor = cos(radians(place.lonlat.lat))
            self._shapes[place.id] = scale(shape(place.geometry), factor, 1.0, origin=(0, 0)), factor
        return self._shapes[place.id]


def _fullness(place: Place) -> tuple[bool, int, str]:
    return place.geometry is not None, len(place.parents), repr(place)
