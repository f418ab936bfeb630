"""Which of the expressions of time round an event dates it, and to which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geomap.dates import When
from geomap.dates.when import DAY
from geomap.extract.article import Article
from geomap.extract.times.dated import MAX_AGE, Context, Dated

_USABLE = frozenset({"day", "range", "since", "month"})
#: How long after a war's beginning "the first day" is still news.
_FIRST_DAYS = 10
#: How far behind a word of beginning or end its time may stand: "from midnight on Saturday".
BEGINS = 4


def best_of(
    article: Article,
    whens: Sequence[When],
    context: Context,
    cumulative: bool,
    fled: int | None,
    *,
    things: bool = False,
) -> Dated | None:
    """The date that these expressions, the likeliest first, give an event.

    Its things may be counted since a day as its victims are, where it is one that tells of ``things``.
    """
    published = article.published
    whens = sorted(whens, key=lambda w: w.kind == "near")
    since = len(article.tagged.tags) if fled is None else fled
    counted = [cumulative or w.first > since or things and article.tagged.has(w.first, "time", "since") for w in whens]
    dated = [d for w, c in zip(whens, counted, strict=True) if (d := dated_by(article, w, context, c))]
    if not dated:
        return None
    if until := _until(article, whens, context):
        return until
    if cumulative:
        spans = [d for d in dated if d.precision == "range"]
        if spans:
            return min(spans, key=lambda d: d.date or date.max)
    days = [d for d in dated if d.date and (published is None or (published - (d.end or d.date)).days <= MAX_AGE)]
    return days[0] if days else dated[0]


def _until(article: Article, whens: Sequence[When], context: Context) -> Dated | None:
    """From the day that something is told since, here or before, to the one that it is told until."""
    since = next((w for w in whens if w.kind == "since"), None)
    end = next((w for w in whens if w.kind == "day" and w.start and is_end(article, w)), None)
    told = context.before.date if context.before and context.before.since else None
    start = since.start if since else told
    if start is None or end is None or end.start is None or start >= end.start:
        return None
    return Dated(start, end.start, "range", "")


def is_end(article: Article, w: When) -> bool:
    """Whether an expression tells until when something lasts."""
    first, _ = article.clause(w.first)
    return article.tagged.first("time", "until", max(first, w.first - BEGINS), w.first) is not None


def dated_by(article: Article, w: When, context: Context, counted: bool) -> Dated | None:
    """The date that one expression gives; None where it dates nothing, as "since the war began" without a count."""
    if w.kind in _RELATIVE:
        return _relative(article, w, context)
    if w.kind in ("start", "first"):
        return _of_the_war(article, w, context, counted)
    if w.kind not in _USABLE or w.start is None:
        return None
    if w.kind == "month":
        published, start = article.published, context.war_start
        if start and counted and w.end and w.start <= start <= w.end and article.tagged.has(w.first, "time", "since"):
            return Dated(start, published, "range", "", True)
        fresh = published is None or w.end is None or (published - w.end).days <= MAX_AGE
        return Dated(w.start, w.end, "month", "") if fresh else None
    if w.kind in ("range", "since"):
        return Dated(w.start, w.end, "range", "", w.kind == "since")
    return Dated(w.start, None, "day", "")


def _of_the_war(article: Article, w: When, context: Context, counted: bool) -> Dated | None:
    """Since the war began, or its first day."""
    published, start = article.published, context.war_start
    if published is None or start is None:
        return None
    if w.kind == "first":
        return Dated(start, None, "day", "") if (published - start).days <= _FIRST_DAYS else None
    return Dated(start, published, "range", "") if counted else None


_RELATIVE = frozenset({"same", "span", "night", "eve", "near", "previous", "next", "since_then"})


def _relative(article: Article, w: When, context: Context) -> Dated | None:
    """A day told by the one before: the same, the day after, the day before."""
    if w.kind == "since_then":
        return _since_then(article, w, context)
    told, published = _told_before(article, w, context.before), article.published
    if told is None or told.date is None:
        if w.kind == "eve" and published:
            return Dated(published - DAY, published, "range", "")
        return Dated(published, None, "day", "") if w.kind in ("same", "near") and published else None
    if w.kind == "span":
        return told
    if w.kind == "night":
        return _night(article, w, told)
    if w.kind == "eve":
        return Dated(told.date - DAY, told.date, "range", "")
    last = told.end if told.end and (told.end - told.date).days == 1 and not told.since else told.date
    if w.kind in ("same", "near"):
        return Dated(last, None, "day", "")
    return Dated(last + (DAY if w.kind == "next" else -DAY), None, "day", "")


def _since_then(article: Article, w: When, context: Context) -> Dated | None:
    """From the last day that was named before, or from the war's first; nothing where that was long ago."""
    for earlier in reversed(article.whens_in(0, w.first)):
        if earlier.kind in ("old", "year", "month"):
            return None
        start = context.war_start if earlier.kind == "start" else earlier.start
        if earlier.kind in ("day", "since", "start") and start:
            return Dated(start, article.published, "range", "", True)
    return None


def _night(article: Article, w: When, told: Dated) -> Dated:
    """The night that is told before, or that of the day told before: the one into it, where dawn or morning is told."""
    if told.date is None or told.end:
        return told
    named = next((e for e in reversed(article.whens_in(0, w.first)) if e.start == told.date), None)
    if named and article.tagged.first("time", "after_midnight", max(0, named.first - 2), named.stop) is not None:
        return Dated(told.date - DAY, told.date, "range", "")
    return Dated(told.date, None, "day", "")


def _told_before(article: Article, w: When, before: Dated | None) -> Dated | None:
    """The last day named before an expression in its sentence, else that of the event told before."""
    first, _ = article.sentence(w.first)
    for earlier in reversed(article.whens_in(first, w.first)):
        if earlier.kind in ("day", "range", "since") and earlier.start:
            return Dated(earlier.start, earlier.end, "range" if earlier.end else "day", "", earlier.kind == "since")
    return before
