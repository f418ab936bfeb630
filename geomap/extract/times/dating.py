"""When an event was, by what stands round it."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.dates import When
from geomap.dates.when import DAY
from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.times.around import RUNNING, fresh_ones, nearby, says_a_new_figure
from geomap.extract.times.choosing import BEGINS, best_of, is_end
from geomap.extract.times.dated import MAX_AGE, Context, Dated
from geomap.extract.times.inherited import goes_on_around, inherited, just_begun
from geomap.extract.times.shift import days_after, shifted


def date_of(
    article: Article, event: Event, context: Context, *, cumulative: bool, daily: bool = False, things: bool = False
) -> Dated:
    """Date of an event.

    Parameters
    ----------
    context : Context
        What stands round it.
    cumulative : bool
        Whether the event is a running toll.
    daily : bool
        Whether a running toll stands beside a new figure: then the event has the new one's date.
    things : bool
        Whether it tells of things lost, which may be counted since the war began as well.
    """
    published, war_start = article.published, context.war_start
    own, behind, ahead = nearby(article, event, context)
    daily = daily or says_a_new_figure(article, own)
    cumulative = cumulative and not daily
    if daily:
        own = [w for w in own if w.kind not in RUNNING]
    if not cumulative:
        behind = fresh_ones(article, behind)
        ahead = [w for w in ahead if w.kind not in RUNNING or w in fresh_ones(article, [w])]
    if goes_on_around(article, event):
        ahead = []
    begins: list[When] = []
    if event.sub_event_type in _DECIDED:
        begins = [w for w in own if _takes_effect(article, w)]
        own, behind = (
            [w for w in whens if not _takes_effect(article, w) and not is_end(article, w)] for whens in (own, behind)
        )
    for basis, whens in (("clause", own), ("sentence", behind), ("sentence", ahead), ("clause", begins)):
        chosen = best_of(article, whens, context, cumulative, _flight(event), things=things)
        if chosen:
            return shifted(article, event, own, chosen)._replace(basis=basis)
    if daily and published:
        # who has fallen since the last count, where nothing tells when
        return Dated(published - DAY, published, "range", "published")
    if cumulative and war_start and published:
        return Dated(war_start, published, "range", "war")
    if past := _long_ago(article, own):
        return past
    if published and just_begun(context, published) and goes_on_around(article, event):
        return Dated(war_start, published, "range", "war")
    before = context.before
    if days_after(article, event) and published:
        day = (before.end or before.date if before else None) or published
        return shifted(article, event, own, Dated(day, None, "day", "sentence"))
    return inherited(article, event, context)


#: What somebody decides: when it was decided is its date, not when it begins.
_DECIDED = frozenset({"Agreement", "Change to group/activity"})


def _long_ago(article: Article, own: Sequence[When]) -> Dated | None:
    """The month or year, long over, in which an event's own words say that it was: it is no news."""
    if any(w.kind in RUNNING or article.tagged.has(w.first, "time", "since") for w in own):
        return None
    for w in own:
        if w.kind in ("month", "year") and (w.age(article.published) or 0) > MAX_AGE:
            return Dated(w.start, w.end, w.precision, "clause")
    return None


def _takes_effect(article: Article, w: When) -> bool:
    """Whether an expression tells when something agreed or ordered begins: ``a truce from Saturday on``."""
    first, _ = article.clause(w.first)
    return article.tagged.first("time", "takes_effect", max(first, w.first - BEGINS), w.first) is not None


_MOVED = frozenset({"displace", "arrive"})


def _flight(event: Event) -> int | None:
    """Where people are told to have fled or come, who are counted since it began without being losses."""
    return event.heads[0].first if any(_MOVED.intersection(head.values) for head in event.heads) else None
