"""An expression of time, and what the ways to write one share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from geomap.model import DatePrecision
from geomap.punctuation import COMMAS, SEMICOLONS
from geomap.tagging import Tagged


class When(NamedTuple):
    """A time expression in tokens ``first`` to ``stop`` (half-open).

    ``kind`` is ``day``, ``range`` (from start to end), ``since`` (from start to publication), ``same``, ``span``,
    ``night`` (the same one), ``eve`` (the night before), ``near``, ``next``, ``previous`` and ``since_then`` (relative
    to what is told before), ``start`` (since the war began), ``first`` (the war's first day), ``rank`` (since when
    there was nothing like it), ``future``, ``month``, ``year`` or ``old`` (a past that has no date).
    """

    first: int
    stop: int
    kind: str
    start: date | None
    end: date | None = None
    precision: DatePrecision = "day"

    def age(self, published: date | None) -> int | None:
        """Days between its last day and publication; None where either is unknown."""
        last = self.end or self.start
        return (published - last).days if published and last else None


#: What a word of time means: tagged tokens, its first token, the one behind it, where to stop, day of publication.
Rule = Callable[[Tagged, int, int, int, date | None], When | None]
DAY = timedelta(days=1)
#: Marks that no expression of time goes across.
CUTS = COMMAS | SEMICOLONS | frozenset(".:()")


def day_of(year: int, month: int, day: int) -> date | None:
    """A day; None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def skip(tagged: Tagged, at: int, stop: int, tag: str, value: str) -> int:
    """The token behind a word that may stand there."""
    return at + 1 if at < stop and tagged.has(at, tag, value) else at


def this_or_last(tagged: Tagged, at: int, stop: int) -> tuple[int, bool]:
    """The token behind "this" or "last", if it stands there, and whether it is "last"."""
    if at < stop and (tagged.has(at, "time", "last") or tagged.has(at, "time", "this")):
        return at + 1, tagged.has(at, "time", "last")
    return at, False
