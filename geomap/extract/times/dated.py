"""A date with how it is known, and what stands round the event that it is of."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from geomap.model import DatePrecision


class Dated(NamedTuple):
    """First day, last day of a range, precision, how it is known, and whether it is "since" the first day."""

    date: dt.date | None
    end: dt.date | None
    precision: DatePrecision
    basis: str
    since: bool = False


class Context(NamedTuple):
    """What stands round an event.

    The date of the one told before it and the token where that one begins, the first token of the one told next,
    the first day of the war.
    """

    before: Dated | None
    before_at: int
    next_head: int
    war_start: dt.date | None


#: Days after which an event is no news.
MAX_AGE = 2


def is_history(dated: Dated, published: dt.date | None) -> bool:
    """Whether an event is told with a day of its own that is too long ago to be news."""
    last = dated.end or dated.date
    told = dated.basis in ("clause", "sentence")
    return told and last is not None and published is not None and (published - last).days > MAX_AGE
