"""The day after: events told by how many days later, or earlier, they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from geomap.dates import When
from geomap.dates.when import DAY
from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.times.dated import Dated
from geomap.tagging import mark

_TIME = mark("time")
_AFTER = {"day_after": DAY, "two_days_after": 2 * DAY}


class _Shift(NamedTuple):
    at: int
    days: timedelta


def days_after(article: Article, event: Event) -> _Shift | None:
    """Where "the day after" stands right before an event, and how many days."""
    head = event.heads[0].first
    first, _ = article.sentence(head)
    for k in range(event.heads[-1].first - 1, max(first, head - 4) - 1, -1):
        if article.tagged.marks[k] & _TIME:
            for value, days in _AFTER.items():
                if article.tagged.has(k, "time", value):
                    return _Shift(k, days)
    return None


def shifted(article: Article, event: Event, own: Sequence[When], chosen: Dated) -> Dated:
    """The date of the rest of the sentence, less the days that the event was earlier."""
    shift = days_after(article, event)
    if shift is None or chosen.date is None or any(w.first > shift.at for w in own):
        return chosen
    behind = next((head for head in event.heads if head.first > shift.at), event.heads[-1])
    told_first = event.heads[0].first < shift.at and any(w.first < shift.at for w in own)
    # victims that stand right behind are what the event tells of
    if told_first and not any(value.startswith("loss") for value in behind.values):
        return chosen
    return Dated((chosen.end or chosen.date) - shift.days, None, "day", chosen.basis)
