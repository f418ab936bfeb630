"""The offline basemap packs of ``data/basemap`` as coordinates, for formats that carry layers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from geomap.errors import DataError
from geomap.geo import BBox, LonLat
from geomap.paths import data_files

_VALUE: Final = {
    letter: value for value, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
}
Line = list[tuple[float, float]]
#: How far outside the pack's box lines are kept, in degrees.
_MARGIN: Final = 3.0


@dataclass(frozen=True, slots=True)
class Basemap:
    """Countries as (ISO code, MultiPolygon coordinates) and lines as (kind, coordinates), in degrees.

    Kinds: ``border``, ``disputed``, ``river``, ``lake``, ``admin1``.
    """

    name: str
    bbox: BBox
    credit: str
    countries: tuple[tuple[str, list[list[Line]]], ...]
    lines: tuple[tuple[str, Line], ...]


def choose(points: Sequence[LonLat]) -> Basemap:
    """The pack with the smallest box that holds nine in ten of the points; the whole world where none does."""
    found = [(path, _box(path)) for path in data_files("basemap", ".json")]
    found.sort(key=lambda f: ((f[1].east - f[1].west) * (f[1].north - f[1].south), f[0].name))
    if not found:
        raise DataError("basemap", "no basemap pack in the data folder", "Run scripts/make_basemap.py.")
    fitting = (path for path, box in found if sum(map(box.contains, points)) >= 0.9 * len(points))
    return load(next(fitting, found[-1][0]))


@cache
def _box(path: Path) -> BBox:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('"bbox":'):
                return BBox(*json.loads(line.removeprefix('"bbox":').rstrip().rstrip(",")))
    raise DataError(str(path), "not a basemap pack (no bbox)", "Run scripts/make_basemap.py.")


@cache
def load(path: Path) -> Basemap:
    """Read one pack: countries near its box, and its lines."""
    raw = json.loads(path.read_text("utf-8"))
    scale, box = raw["scale"], BBox(*raw["bbox"])
    near = BBox(box.west - _MARGIN, box.south - _MARGIN, box.east + _MARGIN, box.north + _MARGIN)
    arcs = [decode(text, scale) for text in raw["arcs"]]
    disputed = [n for ids in raw["disputed"].values() for n in ids]
    lines = [(kind, arcs[n]) for kind, ids in (("border", raw["borders"]), ("disputed", disputed)) for n in ids]
    lines += [
        (kind[:-1] if kind != "admin1" else kind, decode(text, scale))
        for kind in ("rivers", "lakes", "admin1")
        for text in raw[kind]
    ]
    return Basemap(
        raw["name"],
        box,
        f"{raw['credit']} {raw['vintage']}",
        tuple(_countries(raw["countries"], arcs, near)),
        tuple((kind, line) for kind, line in lines if len(line) > 1 and _touches(line, near)),
    )


def decode(text: str, scale: int) -> Line:
    """Points of a line written as differences in base-64 varints; ``scale`` units make a degree."""
    points: Line = []
    numbers: list[int] = []
    value = shift = 0
    for letter in text:
        digit = _VALUE[letter]
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lon = lat = 0
    for dlon, dlat in zip(numbers[::2], numbers[1::2], strict=True):
        lon, lat = lon + dlon, lat + dlat
        points.append((lon / scale, lat / scale))
    return points


def _countries(raw: dict[str, Any], arcs: Sequence[Line], near: BBox) -> Iterator[tuple[str, list[list[Line]]]]:
    for code, polygons in sorted(raw.items()):
        kept = [[_ring(ids, arcs) for ids in rings] for rings in polygons]
        kept = [rings for rings in kept if len(rings[0]) > 3 and _touches(rings[0], near)]
        if kept:
            yield code, [[ring for ring in rings if len(ring) > 3] for rings in kept]


def _ring(ids: Sequence[int], arcs: Sequence[Line]) -> Line:
    ring: Line = []
    for arc in ids:
        part = arcs[~arc][::-1] if arc < 0 else arcs[arc]
        ring.extend(part[1:] if ring else part)
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
    return ring


def _touches(line: Line, box: BBox) -> bool:
    """Whether the line's own box meets the box."""
    lons, lats = zip(*line, strict=True)
    return bool(max(lons) >= box.west and min(lons) <= box.east and max(lats) >= box.south and min(lats) <= box.north)
