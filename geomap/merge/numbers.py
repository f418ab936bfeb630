"""Figures of two claims side by side: victims and equipment."""

from __future__ import annotations

from geomap.merge.bounds import best, bounds
from geomap.merge.evidence import Evidence
from geomap.merge.facts import Facts
from geomap.merge.parties import compatible_side, share_party
from geomap.model import Casualty, Claim, Equipment

#: Above these ratios two numbers are rivals, and far apart.
_RIVAL, _FAR = 1.5, 3.0
#: What that counts against one event (points), halved where different claimants give them: parties do exaggerate.
_RIVAL_POINTS, _FAR_POINTS = -1.5, -3.5
#: Added to both numbers of a ratio: one dead or three is no contradiction.
_SMALL = 2
_MOST_SAME = 2.5
_MOST_ITEMS = 2.0


def comparable(a: Casualty, b: Casualty) -> bool:
    """Whether two figures may count the same victims."""
    statuses = {a.status, b.status}
    return a.kind == b.kind and compatible_side(a.side, b.side) and (len(statuses) == 1 or "unknown" in statuses)


def same_number(a: Claim, b: Claim) -> bool:
    """Whether the claims share a figure, to the man."""
    return any(_equal(x, y) for x in a.casualties for y in b.casualties if comparable(x, y))


def same_figures(a: Claim, b: Claim) -> set[tuple[str, int]]:
    """Kind and number of the figures that the claims share, to the man."""
    return {
        (x.kind, x.count)
        for x in a.casualties
        for y in b.casualties
        if x.count is not None and _equal(x, y) and comparable(x, y)
    }


def contradict(a: Claim, b: Claim) -> bool:
    """Whether the claims give numbers of the same victims that do not fit each other."""
    pairs = [(x, y) for x in a.casualties for y in b.casualties if comparable(x, y)]
    numbered = [(x, y) for x, y in pairs if None not in (best(x), best(y))]
    if not numbered or any(_overlap(x, y) for x, y in numbered):
        return False
    return not _rivals(a, b) or min(_ratio(x, y) for x, y in numbered) > _FAR


def _equal(a: Casualty, b: Casualty) -> bool:
    return a.count is not None and a.count == b.count


def compare_casualties(a: Facts, b: Facts) -> list[Evidence]:
    """Equal figures speak for one event, the more the larger; figures apart against it."""
    pairs = [(x, y) for x in a.claim.casualties for y in b.claim.casualties if comparable(x, y)]
    if not pairs:
        return []
    equal: dict[tuple[str, int | None], bool] = {}
    for x, y in pairs:
        if _equal(x, y):
            equal[x.kind, x.count] = equal.get((x.kind, x.count), False) or x.cumulative == y.cumulative
    if equal:
        points = sum(_telling(n or 0, like) for (_, n), like in equal.items())
        return [Evidence("same figures", min(_MOST_SAME, points), _list(set(equal)))]
    # A running total outgrows what it began with: only like is compared with like.
    numbered = [(x, y) for x, y in pairs if None not in (best(x), best(y)) and x.cumulative == y.cumulative]
    if not numbered:
        points = min(0.5, 0.25 * len({(x.kind, x.side, x.status) for x, _ in pairs}))
        return [Evidence("compatible figures", points, _list({(x.kind, None) for x, _ in pairs}))]
    told = _list({(x.kind, n) for x, y in numbered for n in (x.count, y.count)})
    if any(_overlap(x, y) for x, y in numbered):
        return [Evidence("compatible figures", 0.5, told)]
    ratio = min(_ratio(x, y) for x, y in numbered)
    share = 0.5 if _rivals(a.claim, b.claim) else 1.0
    if ratio > _FAR:
        return [Evidence("figures far apart", _FAR_POINTS * share, told)]
    return [Evidence("rival figures", _RIVAL_POINTS * share if ratio > _RIVAL else 0.0, told)]


def _rivals(a: Claim, b: Claim) -> bool:
    one, other = frozenset(a.reported_by), frozenset(b.reported_by)
    return bool(one and other) and not share_party(one, other)


def _overlap(a: Casualty, b: Casualty) -> bool:
    (low, high), (other_low, other_high) = bounds(a), bounds(b)
    fits = (high is None or other_low <= high) and (other_high is None or low <= other_high)
    # "More than 3" fits 300, but nobody would say so.
    return fits and _ratio(a, b) <= _FAR


def _ratio(a: Casualty, b: Casualty) -> float:
    lower, higher = sorted((a, b), key=lambda c: best(c) or 0)
    # "Dozens" may be nearly a hundred.
    low = bounds(lower)[1] if lower.count is None else best(lower)
    high = best(higher) or 0
    return (high + _SMALL) / (min(high, low or best(lower) or 0) + _SMALL)


def _telling(count: int, like: bool) -> float:
    """Points of an equal figure; it says less where one is a running total and the other is not."""
    return min(2.0 if like else 1.0, 2.0 if count >= 10 else 1.5 if count >= 3 else 1.0)


def _list(figures: set[tuple[str, int | None]]) -> str:
    ordered = sorted(figures, key=lambda f: (f[0], f[1] or 0))
    return ", ".join(kind if count is None else f"{kind} {count}" for kind, count in ordered)


def compare_equipment(a: Facts, b: Facts) -> list[Evidence]:
    """The same item lost by the same side speaks for one event, the more where the numbers agree."""
    pairs = [(x, y) for x in a.claim.equipment for y in b.claim.equipment if _same_item(x, y)]
    if not pairs:
        return []
    equal = {x.item for x, y in pairs if x.count is not None and x.count == y.count}
    items = {x.item for x, _ in pairs}
    points = min(_MOST_ITEMS, len(equal) + 0.5 * len(items - equal))
    return [Evidence("same item lost", points, ", ".join(sorted(items)))]


def _same_item(a: Equipment, b: Equipment) -> bool:
    return a.item == b.item and compatible_side(a.side, b.side)
