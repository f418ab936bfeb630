"""When an event happened: its own clause, its sentence, the event told before, the lead, the day of publication."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from geomap.dates import When
from geomap.extract.heads import Article
from geomap.model import DatePrecision


class Dated(NamedTuple):
    """First day, last day of a range, precision, and how it is known."""

    date: date | None
    end: date | None
    precision: DatePrecision
    basis: str


_USABLE = frozenset({"day", "range", "since", "month"})
_MAX_AGE = 2


def date_of(article: Article, first: int, stop: int, before: Dated | None, war_start: date | None, *, cumulative: bool, denied_only: bool) -> Dated:
    """Date of the event at tokens ``first`` to ``stop``.

    Parameters
    ----------
    before : Dated, optional
        Of the event told before it in the article.
    war_start : date, optional
        First day of the war, for tolls "since it began".
    cumulative : bool
        Whether the event is a running toll.
    denied_only : bool
        Whether nobody but the denier tells of it; then it has no date of its own.
    """
    published = article.published
    s_first, s_stop = article.sentence(first)
    own = article.whens_in(first, stop)
    for basis, whens in (("clause", own), ("sentence", [w for w in article.whens_in(s_first, s_stop) if w not in own])):
        chosen = _best(whens, published, before, war_start, first, cumulative)
        if chosen:
            return chosen._replace(basis=basis)
    if denied_only:
        return Dated(None, None, "unknown", "none")
    if before and before.date and before.precision in ("day", "range"):
        if cumulative and war_start and published:
            return Dated(war_start, published, "range", "war")
        return before._replace(basis="carried")
    if published:
        return Dated(published, None, "day", "published")
    return Dated(None, None, "unknown", "none")


def _best(whens: list[When], published: date | None, before: Dated | None, war_start: date | None, first: int, cumulative: bool) -> Dated | None:
    dated = [d for w in whens if (d := _dated(w, published, before, war_start, cumulative))]
    if not dated:
        return None
    if cumulative:
        spans = [d for d in dated if d.precision == "range"]
        if spans:
            return min(spans, key=lambda d: d.date or date.max)
    days = [d for d in dated if d.date and (published is None or (published - (d.end or d.date)).days <= _MAX_AGE)]
    return days[0] if days else dated[0]


def _dated(w: When, published: date | None, before: Dated | None, war_start: date | None, cumulative: bool) -> Dated | None:
    if w.kind == "same" and before and before.date:
        return before
    if w.kind == "same" and published:
        return Dated(published, None, "day", "")
    if w.kind == "next" and before and before.date:
        return Dated((before.end or before.date) + timedelta(days=1), None, "day", "")
    if w.kind == "start" and cumulative and war_start and published:
        return Dated(war_start, published, "range", "")
    if w.kind not in _USABLE or w.start is None:
        return None
    if w.kind == "month":
        return Dated(w.start, w.end, "month", "") if published is None or w.end is None or (published - w.end).days <= _MAX_AGE else None
    if w.kind in ("range", "since"):
        return Dated(w.start, w.end, "range", "")
    return Dated(w.start, None, "day", "")
