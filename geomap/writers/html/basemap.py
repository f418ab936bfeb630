"""Which offline basemap a page carries, and which names stand on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from geomap.codebook import feature_of
from geomap.errors import DataError
from geomap.geo import BBox, LonLat, bbox_of
from geomap.model import Incident, Place
from geomap.paths import data_files
from geomap.writers.html.packing import rounded

#: What stands on the map first where two names would overlap (low is first).
_RANK = {"country": 0, "region": 3, "water": 4, "district": 6, "settlement": 5, "mountain": 7}
_CAPITAL, _SEAT = "PPLC", "PPLA"
#: Names and lines of the gazetteer carried by one page at most.
_MOST_NAMES, _MOST_LINES = 160, 40
_MARGIN_DEGREES = 2.5


@dataclass(frozen=True, slots=True)
class Pack:
    """One basemap file: its name, its box and its text, which goes into the page as it stands."""

    name: str
    bbox: BBox
    text: str


@cache
def packs() -> tuple[Pack, ...]:
    """All packs of ``data/basemap``, the smallest box first."""
    found = []
    for path in data_files("basemap", ".json"):
        text = path.read_text("utf-8").replace("\n", "")
        try:
            raw = json.loads(text)
            found.append(Pack(raw["name"], BBox(*raw["bbox"]), text))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(str(path), f"not a basemap pack ({error})", "Run scripts/make_basemap.py.") from error
    return tuple(sorted(found, key=lambda p: ((p.bbox.east - p.bbox.west) * (p.bbox.north - p.bbox.south), p.name)))


def located(incidents: Iterable[Incident]) -> list[Place]:
    """The places the map should show at first: all but countries, or the countries where there is nothing finer."""
    places = {p.place.id: p.place for i in incidents for p in i.places}
    finer = [p for p in places.values() if feature_of(p.feature_code) != "country"]
    return finer or list(places.values())


def choose_pack(points: Sequence[LonLat]) -> Pack:
    """The smallest pack that holds nine in ten of the points; each pack shows the rest of the world too, coarser."""
    if not points:
        return packs()[0]
    return next((p for p in packs() if sum(map(p.bbox.contains, points)) >= 0.9 * len(points)), packs()[-1])


def view_box(places: Sequence[Place]) -> BBox | None:
    """The box of the places to show at first."""
    return bbox_of(p.lonlat for p in places)


def _rank(place: Place) -> float:
    rank = float(_RANK.get(feature_of(place.feature_code), 8))
    if place.feature_code == _CAPITAL:
        return 1.0
    if place.feature_code == _SEAT:
        rank = 3.5
    return rank - min(1.5, place.population / 400_000)


def names_on_map(places: Iterable[Place], view: BBox | None) -> list[list[Any]]:
    """Names in and near the view, most important first: Arabic, Latin, longitude, latitude, feature."""
    inside = [p for p in places if feature_of(p.feature_code) not in ("line", "facility") and _near(p, view)]
    chosen = sorted({p.id: p for p in inside}.values(), key=lambda p: (_rank(p), p.id))[:_MOST_NAMES]
    return [
        [
            p.label("ar") if p.names.get("ar") else "",
            p.name,
            round(p.lonlat.lon, 3),
            round(p.lonlat.lat, 3),
            feature_of(p.feature_code),
            int(p.feature_code == _CAPITAL),
        ]
        for p in chosen
    ]


def lines_on_map(places: Iterable[Place], view: BBox | None) -> list[list[Any]]:
    """Rivers and lines of the gazetteer near the view: kind and coordinates."""
    lines = []
    for place in sorted(places, key=lambda p: p.id):
        geometry = place.geometry
        if geometry and geometry["type"] in ("LineString", "MultiLineString") and _near(place, view):
            parts = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
            lines.append([feature_of(place.feature_code), rounded(parts)])
    return lines[:_MOST_LINES]


def _near(place: Place, view: BBox | None) -> bool:
    if view is None:
        return feature_of(place.feature_code) == "country"
    margin = _MARGIN_DEGREES + 2 * (feature_of(place.feature_code) == "country")
    lon, lat = place.lonlat
    return view.west - margin <= lon <= view.east + margin and view.south - margin <= lat <= view.north + margin
