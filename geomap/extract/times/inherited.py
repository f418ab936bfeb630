"""The date of an event that has no time of its own."""

from __future__ import annotations

import datetime as dt

from geomap.dates.when import DAY
from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.times.around import fresh_ones, is_dateline, times_in
from geomap.extract.times.choosing import dated_by
from geomap.extract.times.dated import MAX_AGE, Context, Dated
from geomap.extract.times.lines import head_of_list, is_headed_line, is_item_line, line_of

#: The longest range, in days, that the next event may have taken place in too.
_CARRIED_SPAN = 2
#: How long after a war's beginning what has no date is still taken to lie within it.
_YOUNG_WAR = 50


def of_a_rumour(article: Article, event: Event, dated: Dated, outbreak: dt.date | None) -> Dated:
    """Date of what only its denial tells: with no time of its own nothing around it tells when it is said to have been.

    It lies somewhere in a war that is still young.
    """
    if dated.basis not in ("carried", "named before", "published") or _says(article, event, "early"):
        return dated
    published = article.published
    if outbreak and published and (published - outbreak).days <= _YOUNG_WAR:
        return Dated(outbreak, published, "range", "war")
    return Dated(None, None, "unknown", "none")


def inherited(article: Article, event: Event, context: Context) -> Dated:
    """Date of an event that has no time of its own: that of the event told before, or the day of publication."""
    published, before = article.published, context.before
    if before and before.date and before.precision in ("day", "range") and not _apart(article, event, context):
        return before._replace(basis="carried")
    named = _named_before(article, event, context)
    if named:
        return named._replace(basis="named before")
    if published:
        # with a war only just begun, what has no date lies anywhere between its outbreak and the article
        told = before is not None and (_is_item(article, event, context) or _says(article, event, "early"))
        if not told and just_begun(context, published) and event.sub_event_type == "Armed clash":
            return Dated(context.war_start, published, "range", "war")
        return Dated(published, None, "day", "published")
    return Dated(None, None, "unknown", "none")


def just_begun(context: Context, published: dt.date) -> bool:
    """Whether the war broke out the day before."""
    return context.war_start is not None and (published - context.war_start).days == 1


def goes_on_around(article: Article, event: Event) -> bool:
    """Whether the event is told as the background of another: "amid clashes"."""
    first, _ = article.clause(event.heads[0].first)
    head = event.heads[0].first
    return article.tagged.first("link", "amid", max(first, head - 3), head) is not None


_NAMED = frozenset({"day", "range", "since"})


def _named_before(article: Article, event: Event, context: Context) -> Dated | None:
    """The day named by the text before an event that is the first to be told, or by the head of its list."""
    words, head = article.tagged.tokens.words, event.heads[0].first
    first, stop = 0, article.sentence(head)[0]
    if is_item_line(words, line_of(words, head)):
        first, stop = head_of_list(words, head)
    elif context.before:
        return None
    whens = [w for w in times_in(article, first, stop) if w.kind in _NAMED and not is_dateline(article, w)]
    fresh = fresh_ones(article, whens)
    return dated_by(article, fresh[-1], context, counted=False) if fresh else None


def _apart(article: Article, event: Event, context: Context) -> bool:
    """Whether an event has not the date of the one told before it, but that of the article."""
    before, published = context.before, article.published
    if before is None or before.date is None or published is None:
        return False
    last = before.end or before.date
    if (published - last).days > MAX_AGE:
        return True
    if (last - before.date).days > _CARRIED_SPAN:
        sentence_of = article.tagged.tokens.sentence_of
        return sentence_of[event.heads[0].first] != sentence_of[context.before_at]
    if last < published and _is_item(article, event, context):
        return True
    if before.end == published:
        return any(_says(article, event, v) for v in ("early", "dawn", "later")) or _is_headline(
            article, event, context
        )
    return last == published - DAY and _says(article, event, "dawn")


def _is_item(article: Article, event: Event, context: Context) -> bool:
    """Whether it stands in another item of a list, or of a log by hours, than the event before."""
    words = article.tagged.tokens.words
    line = line_of(words, event.heads[0].first)
    if line == line_of(words, context.before_at):
        return False
    return is_item_line(words, line) or is_headed_line(words, line) or _is_headline(article, event, context)


def _is_headline(article: Article, event: Event, context: Context) -> bool:
    """Whether it stands in another line than the event before and is told in the present, as headlines are."""
    words, head = article.tagged.tokens.words, event.heads[0]
    return head.form == "present" and line_of(words, head.first) != line_of(words, context.before_at)


def _says(article: Article, event: Event, value: str) -> bool:
    return article.tagged.first("time", value, event.first, event.stop) is not None
