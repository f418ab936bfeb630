"""Which pairs of claims are worth comparing: those that share a key of kind and place, at about the same time.

Each claim stands in its own blocks, and "below" in those of what holds its places; two claims meet in a block where at
least one is at home. A village thus meets its region's claims, but not, through the region, every other village.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from math import ceil, cos, floor, radians

from geomap.codebook import feature_of
from geomap.geo import BBox, box_around
from geomap.merge.facts import COUNTRYWIDE, MEASURES, Facts
from geomap.merge.places import KM_A_DEGREE, PROVINCES, Atlas, is_point
from geomap.merge.rule import MergeRule
from geomap.model import Place

_FAR_PAST, _FAR_FUTURE = 0, 10**7
#: Areas wider than this many one-degree cells are met through their country alone.
_MOST_CELLS = 100
#: Beyond this latitude (degrees) cells are as wide as here; nobody fights there.
_POLAR = 75.0


def candidates(facts: Sequence[Facts], atlas: Atlas, rule: MergeRule) -> Iterator[tuple[int, int]]:
    """Pairs of indices into ``facts`` that may be one event, each once, the smaller index first."""
    blocks: dict[Hashable, list[tuple[int, bool]]] = defaultdict(list)
    keys = {p: _keys(place, atlas.max_km) for p, place in atlas.places.items()}
    for index, fact in enumerate(facts):
        # What has no place, or may name any, is known by its figures or its actor, and meets what has one there.
        home, below = set[Hashable](_other_keys(fact)), set[Hashable]()
        if fact.places and fact.family != COUNTRYWIDE:
            home, below = below, home
        for place in fact.places:
            home |= keys[place][0]
            below |= keys[place][1]
        for key in home:
            blocks[fact.family, key].append((index, True))
        for key in below - home:
            blocks[fact.family, key].append((index, False))
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for pair in _meetings(members, facts, rule.max_days):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _meetings(members: Sequence[tuple[int, bool]], facts: Sequence[Facts], max_days: int) -> Iterator[tuple[int, int]]:
    """Sweep a block by date: each claim meets those whose days have not ended long before its own begin."""
    if len(members) < 2:
        return
    entering = sorted((_first(facts[i]), i, home) for i, home in members)
    open_: list[tuple[int, int, bool]] = []
    for first, index, home in entering:
        open_ = [entry for entry in open_ if entry[0] + max_days >= first]
        for _, other, other_home in open_:
            if home or other_home:
                yield (index, other) if index < other else (other, index)
        last = facts[index].last
        open_.append((_FAR_FUTURE if last is None else last, index, home))


def _first(fact: Facts) -> int:
    return _FAR_PAST if fact.first is None else fact.first


def _keys(place: Place, max_km: float) -> tuple[set[Hashable], set[Hashable]]:
    """A place's own keys, and those of what may hold it."""
    home: set[Hashable] = {place.id}
    below: set[Hashable] = set(place.parents)
    if place.country:
        below.add(("country", place.country))
    if place.admin1:
        below |= {("province", place.admin1), place.admin1}
    degree = _cell(place, 1.0, 1.0)
    below.add(("degree", *degree))
    if is_point(place):
        size = max(max_km, 0.1) / KM_A_DEGREE
        x, y = _cell(place, size / cos(radians(_POLAR)), size)
        home.add(("near", x, y))
        below |= {("near", x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
        return home, below
    feature = feature_of(place.feature_code)
    if feature == "country":
        # A border names the countries it parts as its parents, by code.
        home |= {("country", place.country), place.country} if place.country else set()
        return home, below
    if feature in PROVINCES:
        home |= {("province", place.name), ("province", place.id)}
    cells = _cells(place)
    return home | (cells if len(cells) <= _MOST_CELLS else set()), below


def _cell(place: Place, width: float, height: float) -> tuple[int, int]:
    return floor(place.lonlat.lon / width), floor(place.lonlat.lat / height)


def _cells(place: Place) -> set[Hashable]:
    """The one-degree cells that an area's reach and shape touch."""
    boxes = [box_around(place.lonlat, place.radius_km)]
    points = list(_points(place.geometry.get("coordinates", ()))) if place.geometry else []
    if points:
        pad = place.radius_km / KM_A_DEGREE
        wide = pad / max(0.05, cos(radians(min(85.0, max(abs(y) for _, y in points)))))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        boxes.append(BBox(min(xs) - wide, min(ys) - pad, max(xs) + wide, max(ys) + pad))
    return {
        ("degree", x, y)
        for box in boxes
        if (ceil(box.east) - floor(box.west)) * (ceil(box.north) - floor(box.south)) <= _MOST_CELLS
        for x in range(floor(box.west), ceil(box.east) + 1)
        for y in range(floor(box.south), ceil(box.north) + 1)
    }


def _points(coordinates: object) -> Iterator[tuple[float, float]]:
    """The points of GeoJSON coordinates, however deep."""
    if isinstance(coordinates, Sequence) and not isinstance(coordinates, str):
        if len(coordinates) >= 2 and isinstance(coordinates[0], int | float):
            yield float(coordinates[0]), float(coordinates[1])
        else:
            for part in coordinates:
                yield from _points(part)


def _other_keys(fact: Facts) -> Iterator[Hashable]:
    """What a claim can be known by without its place."""
    for casualty in fact.claim.casualties:
        if casualty.count is not None and casualty.count >= 3:
            yield ("figure", casualty.kind, casualty.count)
    for item in fact.claim.equipment:
        if item.count is not None:
            yield ("item", item.item, item.count)
    if fact.family in MEASURES:
        for actor in fact.actors:
            yield ("actor", actor)
