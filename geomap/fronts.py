"""What is known of the wars of a day: ground that is fought for, and states that fight one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from geomap.geo import LonLat
from geomap.theatre import Theatre


def _nowhere(_at: LonLat) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Fronts:
    """The wars of the day on which an article was published.

    Whether a point lies on ground that a party without a state holds while a war is on, and the pairs of countries, by
    their codes, that stand in opposite camps of one conflict.
    """

    fought: Callable[[LonLat], bool] = _nowhere
    rivals: frozenset[frozenset[str]] = frozenset()


PEACE = Fronts()


def fronts_of(known: Sequence[Theatre], day: date | None) -> Fronts:
    """The ground fought for in the wars of a day, and the states that stand in opposite camps."""
    at_war = [t for t in known if t.zones and t.war_start(day)]

    def fought(at: LonLat) -> bool:
        return any(t.holder(at, day) for t in at_war)

    return Fronts(fought, frozenset(pair for t in known for pair in t.rivals))
