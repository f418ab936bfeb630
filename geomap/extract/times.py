"""When an event happened: its own clause, its sentence, the event told before, the lead, the day of publication."""

from __future__ import annotations

import datetime as dt
from datetime import date, timedelta
from typing import NamedTuple

from geomap.dates import When
from geomap.extract.events import Event
from geomap.extract.heads import Article
from geomap.model import DatePrecision


class Dated(NamedTuple):
    """First day, last day of a range, precision, and how it is known."""

    date: dt.date | None
    end: dt.date | None
    precision: DatePrecision
    basis: str


class Context(NamedTuple):
    """What stands round an event: the date of the one told before it, and the first token of the one told next."""

    before: Dated | None
    next_head: int


_USABLE = frozenset({"day", "range", "since", "month"})
_MAX_AGE = 2


def date_of(article: Article, event: Event, context: Context, war_start: date | None, *, cumulative: bool) -> Dated:
    """Date of an event.

    Parameters
    ----------
    context : Context
        What stands round it.
    war_start : date, optional
        First day of the war, for tolls "since it began".
    cumulative : bool
        Whether the event is a running toll.
    """
    published = article.published
    head = event.heads[0].first
    s_first, s_stop = article.sentence(head)
    own = _of_the_event(article, event, article.whens_in(event.first, event.stop))
    ahead = [w for w in article.whens_in(s_first, head) if w not in own]
    behind = [w for w in article.whens_in(event.stop, min(s_stop, context.next_head)) if w.kind != "start"]
    before = context.before
    for basis, whens in (("clause", own), ("sentence", behind), ("sentence", list(reversed(ahead)))):
        chosen = _best(whens, published, before, war_start, cumulative)
        if chosen:
            return chosen._replace(basis=basis)
    if cumulative and war_start and published:
        return Dated(war_start, published, "range", "war")
    if before and before.date and before.precision in ("day", "range"):
        return before._replace(basis="carried")
    if published:
        return Dated(published, None, "day", "published")
    return Dated(None, None, "unknown", "none")


def _of_the_event(article: Article, event: Event, whens: list[When]) -> list[When]:
    """Times of what is told rather than of the telling: those behind "that", and no dateline."""
    whens = [w for w in whens if not _is_dateline(article, w)]
    tags = article.tagged.tags
    that = next(
        (
            k
            for k in range(event.first, event.heads[0].first)
            if any(t.tag == "link" and t.value == "that" for t in tags[k])
        ),
        None,
    )
    if that is None:
        return whens
    told = [w for w in whens if w.first > that]
    return told + [w for w in whens if w.first <= that] if told else whens


def _is_dateline(article: Article, w: When) -> bool:
    """The full date at an article's head that says when it was written."""
    return (
        w.first <= 8
        and w.kind == "day"
        and w.start == article.published
        and article.tagged.tokens.words[w.first][:1].isdecimal()
    )


def _best(
    whens: list[When], published: date | None, before: Dated | None, war_start: date | None, cumulative: bool
) -> Dated | None:
    dated = [d for w in whens if (d := _dated(w, published, before, war_start, cumulative))]
    if not dated:
        return None
    if cumulative:
        spans = [d for d in dated if d.precision == "range"]
        if spans:
            return min(spans, key=lambda d: d.date or date.max)
    days = [d for d in dated if d.date and (published is None or (published - (d.end or d.date)).days <= _MAX_AGE)]
    return days[0] if days else dated[0]


def _dated(
    w: When, published: date | None, before: Dated | None, war_start: date | None, cumulative: bool
) -> Dated | None:
    if w.kind == "same" and before and before.date:
        return before
    if w.kind == "same" and published:
        return Dated(published, None, "day", "")
    if w.kind == "previous":
        return Dated(before.date - timedelta(days=1), None, "day", "") if before and before.date else None
    if w.kind == "next" and before and before.date:
        return Dated((before.end or before.date) + timedelta(days=1), None, "day", "")
    if w.kind == "start" and cumulative and war_start and published:
        return Dated(war_start, published, "range", "")
    if w.kind not in _USABLE or w.start is None:
        return None
    if w.kind == "month":
        return (
            Dated(w.start, w.end, "month", "")
            if published is None or w.end is None or (published - w.end).days <= _MAX_AGE
            else None
        )
    if w.kind in ("range", "since"):
        return Dated(w.start, w.end, "range", "")
    return Dated(w.start, None, "day", "")
