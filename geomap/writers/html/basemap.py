"""Which offline basemap a page carries, and which names stand on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log10
from typing import Any

from geomap.codebook import feature_of
from geomap.errors import DataError
from geomap.geo import BBox, LonLat, bbox_of
from geomap.model import Incident, Place
from geomap.paths import data_files
from geomap.writers.html.packing import rounded

#: What stands on the map first where two names would overlap (low is first).
_RANK = {"country": -9.0, "region": 6.0, "water": 7.5, "district": 6.0, "settlement": 6.5, "mountain": 7.0}
_CAPITAL, _UNIT = "PPLC", "ADM1"
#: Names and lines of the gazetteer carried by one page at most.
_MOST_NAMES, _MOST_LINES = 100, 30
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
    """Low for what a reader looks for first: countries, capitals, wide regions and seas, then towns by size."""
    if place.feature_code == _CAPITAL:
        return 1.0
    word = feature_of(place.feature_code)
    if place.feature_code == _UNIT:
        return 5.2
    reach = min(4.0, place.radius_km / 25) if word in ("region", "water") else 0.5 * log10(place.population + 1)
    return _RANK.get(word, 8.0) - reach


class Names:
    """The places whose names and lines a run's maps may show, ranked once for all pages."""

    def __init__(self, places: Iterable[Place]) -> None:
        found = [(place, feature_of(place.feature_code)) for place in {p.id: p for p in places}.values()]
        named = [(_rank(place), place.id, place, word) for place, word in found if word not in ("line", "facility")]
        self._named = [(place, word) for _, _, place, word in sorted(named, key=lambda row: row[:2])]
        shaped = [(p, word) for p, word in found if p.geometry and p.geometry["type"].endswith("LineString")]
        self._rivers = sorted((p for p, word in shaped if word == "water"), key=lambda p: p.id)

    def near(self, view: BBox | None, own: Iterable[Place] = ()) -> list[list[Any]]:
        """Names in and near the view but those of ``own``, most important first.

        Of each: Arabic, Latin, longitude, latitude, feature, whether it is a capital.
        """
        first = {place.id for place in own}
        close = ((place, word) for place, word in self._named if place.id not in first or word == "country")
        near = ((place, word) for place, word in close if _near(place, word, view))
        return [_name_row(place, word) for place, word in islice(near, _MOST_NAMES)]

    def rivers(self, view: BBox | None) -> list[Any]:
        """Parts of the rivers near the view."""
        close = (place.geometry for place in self._rivers if _near(place, "water", view))
        return [part for geometry in islice(close, _MOST_LINES) if geometry for part in _parts(geometry)]


def own_names(places: Iterable[Place]) -> list[list[Any]]:
    """Names of the page's own places, which come before all others; countries and lines have theirs elsewhere."""
    found = ((place, feature_of(place.feature_code)) for place in {p.id: p for p in places}.values())
    named = ((place, word) for place, word in found if word not in ("line", "country"))
    return [_name_row(place, word) for place, word in islice(named, _MOST_NAMES)]


def _name_row(place: Place, word: str) -> list[Any]:
    arabic = place.label("ar") if place.names.get("ar") else ""
    lon, lat = place.lonlat
    return [arabic, place.name, round(lon, 3), round(lat, 3), word, int(place.feature_code == _CAPITAL)]


def _parts(geometry: Mapping[str, Any]) -> Any:
    """A line's parts, rounded."""
    coordinates = geometry["coordinates"]
    return rounded(coordinates if geometry["type"] == "MultiLineString" else [coordinates])


def _near(place: Place, word: str, view: BBox | None) -> bool:
    if view is None:
        return word == "country"
    margin = _MARGIN_DEGREES + 2 * (word == "country")
    lon, lat = place.lonlat
    return view.west - margin <= lon <= view.east + margin and view.south - margin <= lat <= view.north + margin
