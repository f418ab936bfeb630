"""Whether two names of parties mean one party: a state and its forces, a people and its army."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

#: Casualty sides that name no party.
NO_SIDE = frozenset({"", "unknown", "both"})


@lru_cache(maxsize=65536)
def same_party(a: str, b: str) -> bool:
    """Whether one name extends the other word by word, an ending aside (a country, its adjective, its forces)."""
    if a == b:
        return True
    first, second = a.casefold().split(), b.casefold().split()
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    # Two longer names that only share a beginning ("X army", "X opposition") may well fight each other.
    if not short or len(short) == len(long) > 1:
        return False
    return all(_same_stem(x, y) for x, y in zip(short, long, strict=False))


def _same_stem(a: str, b: str) -> bool:
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a == b or shared >= max(4, 0.6 * min(len(a), len(b)))


@lru_cache(maxsize=65536)
def share_party(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether a party of ``a`` is one of ``b``."""
    return not a.isdisjoint(b) or any(same_party(x, y) for x in a for y in b)


def compatible_side(a: str, b: str) -> bool:
    """Whether two casualty sides may be one: the same party, or one is not known; a joint figure only with its like."""
    if "both" in (a, b):
        return a == b
    return a in NO_SIDE or b in NO_SIDE or same_party(a, b)


def on_sides(names: Iterable[str], sides: Mapping[str, str]) -> frozenset[str]:
    """The names, each replaced by the side it fights for where that is known."""
    return frozenset(sides.get(name, name) for name in names if name)
