"""Names that several places bear: what tells the places apart, and the pairs that nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.model import Place

#: Seats of government stand out from other settlements.
_SEAT = {"PPLC": 2, "PPLA": 1, "PPLA2": 1}
#: One place is clearly the better known where it has so many times the people of the other, and as many as a town.
_TIMES, _TOWN = 3, 1000


class Shared(NamedTuple):
    """Two places, and the folded names that both bear."""

    first: str
    second: str
    keys: tuple[str, ...]


def rule_between(a: Place, b: Place) -> str | None:
    """What decides between two places of one name before anything is read; None where nothing does."""
    if feature_of(a.feature_code) != feature_of(b.feature_code):
        return "different kinds of place"
    if a.country and b.country and a.country != b.country:
        return "different countries"
    if a.needs_cue or b.needs_cue:
        return "one of them needs a cue"
    if a.id in b.parents or b.id in a.parents:
        return "one lies in the other"
    if _SEAT.get(a.feature_code, 0) != _SEAT.get(b.feature_code, 0):
        return "one is a seat of government"
    low, high = sorted((a.population, b.population))
    if high >= _TOWN and high >= _TIMES * low:
        return "one has many times the people"
    return None


def undecided(places: Mapping[str, Place], by_name: Mapping[str, Sequence[str]]) -> Iterator[Shared]:
    """Pairs of places that share a name without a rule, in order of their ids."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for key, ids in by_name.items():
        if len(ids) > 1:
            for a, b in combinations(sorted(ids), 2):
                if (a, b) in pairs or rule_between(places[a], places[b]) is None:
                    pairs.setdefault((a, b), []).append(key)
    return (Shared(a, b, tuple(sorted(keys))) for (a, b), keys in sorted(pairs.items()))
