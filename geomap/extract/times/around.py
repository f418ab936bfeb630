"""The expressions of time round an event that may be its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from geomap.dates import When
from geomap.dates.when import DAY
from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.times.dated import MAX_AGE, Context

RUNNING = frozenset({"since", "start", "since_then"})


def nearby(article: Article, event: Event, context: Context) -> tuple[list[When], list[When], list[When]]:
    """Time expressions of its clauses, of the rest of its sentence behind it, and before it, the nearest first."""
    head = event.heads[0].first
    s_first, s_stop = article.sentence(head)
    own = _of_the_event(article, event, times_in(article, event.first, event.stop))
    ahead = [w for w in times_in(article, s_first, head) if w not in own]
    next_clause = article.clause(context.next_head)[0] if event.stop <= context.next_head < s_stop else s_stop
    behind = [w for w in times_in(article, event.stop, max(event.stop, next_clause)) if w.kind != "start"]
    return own, behind, ahead[::-1]


def times_in(article: Article, first: int, stop: int) -> list[When]:
    """Times of a token range, without those in the names of places: a market called after a weekday."""
    return [w for w in article.whens_in(first, stop) if not _in_a_name(article, w)]


def _in_a_name(article: Article, w: When) -> bool:
    at = bisect_right(article.mention_first, w.first) - 1
    return at >= 0 and w.first < article.mention_stop[at]


def fresh_ones(article: Article, whens: list[When]) -> list[When]:
    """Times round an event that may be its own: neither old ones nor what a running toll counts from."""
    oldest = article.published - MAX_AGE * DAY if article.published else date.min
    return [
        w
        for w in whens
        if w.kind != "start" and ((w.start if w.kind == "since" else w.end) or w.start or date.max) >= oldest
    ]


def says_a_new_figure(article: Article, own: Sequence[When]) -> bool:
    """Whether a toll of the last day stands before one since a day: ``in 24 hours, which makes 84 since Sunday``."""
    published = article.published
    new = [w for w in own if w.kind == "range" and w.start and w.end == published and w.end == w.start + DAY]
    return any(w.stop <= later.first for w in new for later in own if later.kind in RUNNING)


def _of_the_event(article: Article, event: Event, whens: list[When]) -> list[When]:
    """Times of what is told rather than of the telling: those behind "that", and no dateline."""
    whens = [w for w in whens if not is_dateline(article, w)]
    that = article.tagged.first("link", "that", event.first, event.heads[0].first)
    if that is None:
        return _told_first(article, whens)
    told = [w for w in whens if w.first > that]
    return told + [w for w in whens if w.first <= that] if told else whens


def _told_first(article: Article, whens: list[When]) -> list[When]:
    """Where today stands first and an earlier day behind it, today is the day of the telling.

    A day behind ``hours after`` is that of another thing.
    """
    if not whens or whens[0].kind != "day" or whens[0].start != article.published:
        return whens
    other = next((k for k, w in enumerate(whens) if w.kind == "near"), len(whens))
    spans = [w for w in whens[1:] if w.kind == "span"]
    if spans:
        return spans + [w for w in whens if w not in spans]
    earlier = [w for w in whens[1:other] if w.kind in ("day", "range", "since") and w in fresh_ones(article, [w])]
    return earlier + [w for w in whens if w not in earlier]


def is_dateline(article: Article, w: When) -> bool:
    """The full date at an article's head that says when it was written."""
    return (
        w.first <= 8
        and w.kind == "day"
        and w.start == article.published
        and article.tagged.tokens.words[w.first][:1].isdecimal()
    )
