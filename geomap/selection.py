"""Which incidents are wanted: by day, period, box, type and confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from geomap.codebook import EVENT_TYPE_OF, EVENT_TYPES
from geomap.days import days_of
from geomap.errors import UsageError
from geomap.geo import LonLat
from geomap.model import Incident

#: ACLED's words for types and sub-types, by their small letters.
_TYPES: Final = {name.lower(): name for name in (*EVENT_TYPES, *EVENT_TYPE_OF)}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which incidents are wanted; all where nothing is said.

    Parameters
    ----------
    day : date, optional
        Those that stand under this day.
    first, last : date, optional
        Those that stand under a day of this period.
    bbox : tuple of four floats, optional
        Those with a place in this box: west, south, east, north in degrees; west > east crosses the date line.
    types : tuple of str
        Those of one of these event types or sub-event types, as ACLED spells them, in any case of letters.
    min_confidence : float
        Those of this confidence or more.
    """

    day: date | None = None
    first: date | None = None
    last: date | None = None
    bbox: tuple[float, float, float, float] | None = None
    types: tuple[str, ...] = ()
    min_confidence: float = 0.0

    def check(self) -> None:
        """Refuse what makes no sense.

        Raises
        ------
        UsageError
            For a period that ends before it begins, or an unknown type.
        """
        if self.first and self.last and self.last < self.first:
            what = f"ends before it begins ({self.first} to {self.last})"
            raise UsageError("--to", what, "Give the earlier day first.")
        for name in self.types:
            if name.lower() not in _TYPES:
                near = [_TYPES[found] for found in get_close_matches(name.lower(), _TYPES, 1)]
                hint = f"Did you mean {near[0]!r}?" if near else f"One of {', '.join(EVENT_TYPES)}, or a sub-type."
                raise UsageError("--type", f"no such type of event ({name!r})", hint)

    def of(self, incidents: Iterable[Incident]) -> list[Incident]:
        """The incidents that are wanted, in their order."""
        types = {_TYPES[name.lower()] for name in self.types}
        return [
            i
            for i in incidents
            if i.confidence >= self.min_confidence
            and (not types or i.event_type in types or i.sub_event_type in types)
            and self._in_time(i)
            and self._in_box(i)
        ]

    def wants(self, day: date) -> bool:
        """Whether a day is the one asked for, in the period asked for."""
        return (
            (self.day is None or day == self.day)
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )

    def _in_time(self, incident: Incident) -> bool:
        """Whether one of its days is wanted; what is of no single day is not, where a day or a period is asked for."""
        return (self.day or self.first or self.last) is None or any(map(self.wants, days_of(incident)))

    def _in_box(self, incident: Incident) -> bool:
        if self.bbox is None:
            return True
        west, south, east, north = self.bbox

        def holds(at: LonLat) -> bool:
            across = west <= at.lon <= east if west <= east else at.lon >= west or at.lon <= east
            return across and south <= at.lat <= north

        return any(holds(where.place.lonlat) for where in incident.places)
