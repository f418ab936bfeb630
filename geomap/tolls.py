"""One number of victims out of the figures by side and status: a total is never added to its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geomap.model import Figure

#: Words in place of a side: a joint figure, and none told.
BOTH, UNKNOWN = "both", "unknown"


class Toll(NamedTuple):
    """Numbers of people, low ≤ best ≤ high."""

    low: int
    best: int
    high: int


def toll(
    figures: Iterable[Figure], kind: str, *, status: str | None = None, sides: Sequence[str] | None = None
) -> Toll | None:
    """All victims of one kind, of one status and of some sides where these are given; None where no claim has a number.

    Within a side, a figure without status counts as the total of military and civilian where it is larger. Over the
    sides, a joint figure (``both``) is a rival of the sum where two sides have figures; a figure without a side counts
    where it is larger than all others together.
    """
    chosen = [
        f
        for f in figures
        if f.kind == kind
        and f.best is not None
        and (status is None or f.status == status)
        and (sides is None or f.side in sides)
    ]
    if not chosen:
        return None
    if len(chosen) == 1:
        return _bounds(chosen[0])
    by_side: dict[str, list[Figure]] = defaultdict(list)
    for figure in chosen:
        by_side[figure.side].append(figure)
    totals = {side: _of_one_side(group) for side, group in by_side.items()}
    joint, loose = totals.pop(BOTH, None), totals.pop(UNKNOWN, None)
    whole = _sum(totals.values()) if totals else None
    if joint is not None:
        whole = joint if whole is None else _rivals(whole, joint) if len(totals) > 1 else _larger(whole, joint)
    return loose if whole is None else whole if loose is None else _larger(whole, loose)


def _bounds(figure: Figure) -> Toll:
    best = figure.best or 0
    low = best if figure.low is None else figure.low
    high = best if figure.high is None else figure.high
    # A running total corrected downwards leaves a best below the low of older wordings ("more than 16" after "16").
    return Toll(min(low, best), best, max(high, best))


def _of_one_side(figures: Iterable[Figure]) -> Toll:
    by_status: dict[str, Toll] = {}
    for figure in figures:
        bounds = _bounds(figure)
        known = by_status.get(figure.status)
        by_status[figure.status] = bounds if known is None else _larger(known, bounds)
    whole = by_status.pop(UNKNOWN, None)
    parts = _sum(by_status.values()) if by_status else None
    return whole if parts is None else parts if whole is None else _larger(parts, whole)  # type: ignore[return-value]


def _sum(tolls: Iterable[Toll]) -> Toll:
    lows, bests, highs = zip(*tolls, strict=True)
    return Toll(sum(lows), sum(bests), sum(highs))


def _larger(a: Toll, b: Toll) -> Toll:
    return Toll(max(a.low, b.low), max(a.best, b.best), max(a.high, b.high))


def _rivals(a: Toll, b: Toll) -> Toll:
    """Two accounts of the same: the lowest low, the larger best, the highest high."""
    return Toll(min(a.low, b.low), max(a.best, b.best), max(a.high, b.high))
