"""When an event happened: its own clause, its sentence, the event told before, the lead, the day of publication."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from geomap.dates import When
from geomap.extract.events.event import Event
from geomap.extract.events.heads import Article
from geomap.model import DatePrecision
from geomap.tagging import mark


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


_USABLE = frozenset({"day", "range", "since", "month"})
_MAX_AGE = 2
#: The longest range, in days, that the next event may have taken place in too.
_CARRIED_SPAN = 2
#: How long after a war's beginning what has no date is still taken to lie within it.
_YOUNG_WAR = 50
#: How long after a war's beginning "the first day" is still news.
_FIRST_DAYS = 10
_DAY = timedelta(days=1)


def date_of(article: Article, event: Event, context: Context, *, cumulative: bool, daily: bool = False) -> Dated:
    """Date of an event.

    Parameters
    ----------
    context : Context
        What stands round it.
    cumulative : bool
        Whether the event is a running toll.
    daily : bool
        Whether a running toll stands beside a new figure: then the event has the new one's date.
    """
    published, war_start = article.published, context.war_start
    own, behind, ahead = _nearby(article, event, context)
    daily = daily or _says_a_new_figure(article, own)
    cumulative = cumulative and not daily
    if daily:
        own = [w for w in own if w.kind not in _RUNNING]
    if not cumulative:
        behind = _fresh(article, behind)
        ahead = [w for w in ahead if w.kind not in _RUNNING or w in _fresh(article, [w])]
    if _goes_on_around(article, event):
        ahead = []
    begins: list[When] = []
    if event.sub_event_type in _DECIDED:
        begins = [w for w in own if _takes_effect(article, w)]
        own, behind = (
            [w for w in whens if not _takes_effect(article, w) and not _is_end(article, w)] for whens in (own, behind)
        )
    for basis, whens in (("clause", own), ("sentence", behind), ("sentence", ahead), ("clause", begins)):
        chosen = _best(article, whens, context, cumulative, _flight(event))
        if chosen:
            return _shifted(article, event, own, chosen)._replace(basis=basis)
    if cumulative and war_start and published:
        return Dated(war_start, published, "range", "war")
    if published and _just_begun(context, published) and _goes_on_around(article, event):
        return Dated(war_start, published, "range", "war")
    before = context.before
    if _days_after(article, event) and published:
        day = (before.end or before.date if before else None) or published
        return _shifted(article, event, own, Dated(day, None, "day", "sentence"))
    return inherited(article, event, context)


_RUNNING = frozenset({"since", "start"})
#: What somebody decides: when it was decided is its date, not when it begins.
_DECIDED = frozenset({"Agreement", "Change to group/activity"})
#: How far behind a word of beginning its time may stand: "from midnight on Saturday".
_BEGINS = 4


def _takes_effect(article: Article, w: When) -> bool:
    """Whether an expression tells when something agreed or ordered begins: ``a truce from Saturday on``."""
    first, _ = article.clause(w.first)
    return article.tagged.first("time", "takes_effect", max(first, w.first - _BEGINS), w.first) is not None


_MOVED = frozenset({"displace", "arrive"})


def _flight(event: Event) -> int | None:
    """Where people are told to have fled or come, who are counted since it began without being losses."""
    return event.heads[0].first if any(_MOVED.intersection(head.values) for head in event.heads) else None


def _nearby(article: Article, event: Event, context: Context) -> tuple[list[When], list[When], list[When]]:
    """Time expressions of its clauses, of the rest of its sentence behind it, and before it, the nearest first."""
    head = event.heads[0].first
    s_first, s_stop = article.sentence(head)
    own = _of_the_event(article, event, _times(article, event.first, event.stop))
    ahead = [w for w in _times(article, s_first, head) if w not in own]
    next_clause = article.clause(context.next_head)[0] if event.stop <= context.next_head < s_stop else s_stop
    behind = [w for w in _times(article, event.stop, max(event.stop, next_clause)) if w.kind != "start"]
    return own, behind, ahead[::-1]


def _times(article: Article, first: int, stop: int) -> list[When]:
    """Times of a token range, without those in the names of places: a market called after a weekday."""
    return [w for w in article.whens_in(first, stop) if not _in_a_name(article, w)]


def _in_a_name(article: Article, w: When) -> bool:
    at = bisect_right(article.mention_first, w.first) - 1
    return at >= 0 and w.first < article.mention_stop[at]


def _fresh(article: Article, whens: list[When]) -> list[When]:
    """Times round an event that may be its own: neither old ones nor what a running toll counts from."""
    oldest = article.published - _MAX_AGE * _DAY if article.published else date.min
    return [
        w
        for w in whens
        if w.kind != "start" and ((w.start if w.kind == "since" else w.end) or w.start or date.max) >= oldest
    ]


def _says_a_new_figure(article: Article, own: Sequence[When]) -> bool:
    """Whether a toll of the last day stands before one since a day: ``in 24 hours, which makes 84 since Sunday``."""
    published = article.published
    new = [w for w in own if w.kind == "range" and w.start and w.end == published and w.end == w.start + _DAY]
    return any(w.stop <= later.first for w in new for later in own if later.kind in _RUNNING)


def is_history(dated: Dated, published: dt.date | None) -> bool:
    """Whether an event is told with a day of its own that is too long ago to be news."""
    last = dated.end or dated.date
    told = dated.basis in ("clause", "sentence")
    return told and last is not None and published is not None and (published - last).days > _MAX_AGE


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
        if not told and _just_begun(context, published) and event.sub_event_type == "Armed clash":
            return Dated(context.war_start, published, "range", "war")
        return Dated(published, None, "day", "published")
    return Dated(None, None, "unknown", "none")


def _just_begun(context: Context, published: dt.date) -> bool:
    """Whether the war broke out the day before."""
    return context.war_start is not None and (published - context.war_start).days == 1


def _goes_on_around(article: Article, event: Event) -> bool:
    """Whether the event is told as the background of another: "amid clashes"."""
    first, _ = article.clause(event.heads[0].first)
    head = event.heads[0].first
    return article.tagged.first("link", "amid", max(first, head - 3), head) is not None


def _named_before(article: Article, event: Event, context: Context) -> Dated | None:
    """The day named by the text before an event that is the first to be told, or by the head of its list."""
    words, head = article.tagged.tokens.words, event.heads[0].first
    first, stop = 0, article.sentence(head)[0]
    if _is_item_line(words, _line(words, head)):
        first, stop = _head_of_list(words, head)
    elif context.before:
        return None
    whens = [w for w in _times(article, first, stop) if w.kind in ("day", "range") and not _is_dateline(article, w)]
    fresh = _fresh(article, whens)
    return _dated(article, fresh[-1], context, counted=False) if fresh else None


def _head_of_list(words: Sequence[str], at: int) -> tuple[int, int]:
    """Tokens of the nearest line before that is no item of the list."""
    stop = _line(words, at)
    while stop and _is_item_line(words, _line(words, stop - 1)):
        stop = _line(words, stop - 1)
    return (_line(words, stop - 1), stop) if stop else (0, 0)


def _apart(article: Article, event: Event, context: Context) -> bool:
    """Whether an event has not the date of the one told before it, but that of the article."""
    before, published = context.before, article.published
    if before is None or before.date is None or published is None:
        return False
    last = before.end or before.date
    if (published - last).days > _MAX_AGE:
        return True
    if (last - before.date).days > _CARRIED_SPAN:
        sentence_of = article.tagged.tokens.sentence_of
        return sentence_of[event.heads[0].first] != sentence_of[context.before_at]
    if last < published and _is_item(article, event, context):
        return True
    if before.end == published:
        return _says(article, event, "early") or _is_headline(article, event, context)
    return last == published - _DAY and _says(article, event, "dawn")


def _is_item(article: Article, event: Event, context: Context) -> bool:
    """Whether it stands in another item of a list, or of a log by hours, than the event before."""
    words = article.tagged.tokens.words
    line = _line(words, event.heads[0].first)
    if line == _line(words, context.before_at):
        return False
    return _is_item_line(words, line) or _is_headed_line(words, line) or _is_headline(article, event, context)


def _is_headline(article: Article, event: Event, context: Context) -> bool:
    """Whether it stands in another line than the event before and is told in the present, as headlines are."""
    words, head = article.tagged.tokens.words, event.heads[0]
    return head.form == "present" and _line(words, head.first) != _line(words, context.before_at)


def _is_headed_line(words: Sequence[str], line: int) -> bool:
    """Whether a line opens with a few words and a colon: who speaks, or the district of which it tells."""
    return any(word == ":" for word in words[line + 1 : line + 1 + _HEADING])


#: The most words of what heads a line.
_HEADING = 4


def _is_item_line(words: Sequence[str], line: int) -> bool:
    return not words[line][0].isalpha() and words[line] not in _OPENERS


_OPENERS = frozenset("\"'([")


def _line(words: Sequence[str], at: int) -> int:
    while at and words[at - 1] != "\n":
        at -= 1
    return at


def _says(article: Article, event: Event, value: str) -> bool:
    return article.tagged.first("time", value, event.first, event.stop) is not None


# ── the day after ───────────────────────────────────────────────────────────────────────────────────

_TIME = mark("time")
_AFTER = {"day_after": _DAY, "two_days_after": 2 * _DAY}


class _Shift(NamedTuple):
    at: int
    days: timedelta


def _days_after(article: Article, event: Event) -> _Shift | None:
    """Where "the day after" stands right before an event, and how many days."""
    head = event.heads[0].first
    first, _ = article.sentence(head)
    for k in range(event.heads[-1].first - 1, max(first, head - 4) - 1, -1):
        if article.tagged.marks[k] & _TIME:
            for value, days in _AFTER.items():
                if article.tagged.has(k, "time", value):
                    return _Shift(k, days)
    return None


def _shifted(article: Article, event: Event, own: Sequence[When], chosen: Dated) -> Dated:
    """The date of the rest of the sentence, less the days that the event was earlier."""
    shift = _days_after(article, event)
    if shift is None or chosen.date is None or any(w.first > shift.at for w in own):
        return chosen
    behind = next((head for head in event.heads if head.first > shift.at), event.heads[-1])
    told_first = event.heads[0].first < shift.at and any(w.first < shift.at for w in own)
    # victims that stand right behind are what the event tells of
    if told_first and not any(value.startswith("loss") for value in behind.values):
        return chosen
    return Dated((chosen.end or chosen.date) - shift.days, None, "day", chosen.basis)


# ── which expression ────────────────────────────────────────────────────────────────────────────────


def _of_the_event(article: Article, event: Event, whens: list[When]) -> list[When]:
    """Times of what is told rather than of the telling: those behind "that", and no dateline."""
    whens = [w for w in whens if not _is_dateline(article, w)]
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
    earlier = [w for w in whens[1:other] if w.kind in ("day", "range", "since") and w in _fresh(article, [w])]
    return earlier + [w for w in whens if w not in earlier]


def _is_dateline(article: Article, w: When) -> bool:
    """The full date at an article's head that says when it was written."""
    return (
        w.first <= 8
        and w.kind == "day"
        and w.start == article.published
        and article.tagged.tokens.words[w.first][:1].isdecimal()
    )


def _best(
    article: Article, whens: Sequence[When], context: Context, cumulative: bool, fled: int | None
) -> Dated | None:
    published = article.published
    whens = sorted(whens, key=lambda w: w.kind == "near")
    since = len(article.tagged.tags) if fled is None else fled
    dated = [d for w in whens if (d := _dated(article, w, context, cumulative or w.first > since))]
    if not dated:
        return None
    if until := _until(article, whens):
        return until
    if cumulative:
        spans = [d for d in dated if d.precision == "range"]
        if spans:
            return min(spans, key=lambda d: d.date or date.max)
    days = [d for d in dated if d.date and (published is None or (published - (d.end or d.date)).days <= _MAX_AGE)]
    return days[0] if days else dated[0]


def _until(article: Article, whens: Sequence[When]) -> Dated | None:
    """From the day that something is told since to the one that it is told until."""
    since = next((w for w in whens if w.kind == "since"), None)
    end = next((w for w in whens if w.kind == "day" and w.start and _is_end(article, w)), None)
    if since is None or end is None or since.start is None or end.start is None or since.start >= end.start:
        return None
    return Dated(since.start, end.start, "range", "")


def _is_end(article: Article, w: When) -> bool:
    first, _ = article.clause(w.first)
    return article.tagged.first("time", "until", max(first, w.first - _BEGINS), w.first) is not None


def _dated(article: Article, w: When, context: Context, counted: bool) -> Dated | None:
    if w.kind in _RELATIVE:
        return _relative(article, w, context)
    if w.kind in ("start", "first"):
        return _of_the_war(article, w, context, counted)
    if w.kind not in _USABLE or w.start is None:
        return None
    if w.kind == "month":
        published = article.published
        fresh = published is None or w.end is None or (published - w.end).days <= _MAX_AGE
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


_RELATIVE = frozenset({"same", "span", "near", "previous", "next"})


def _relative(article: Article, w: When, context: Context) -> Dated | None:
    """A day told by the one before: the same, the day after, the day before."""
    told = _told_before(article, w, context.before)
    if told is None or told.date is None:
        published = article.published
        return Dated(published, None, "day", "") if w.kind in ("same", "near") and published else None
    if w.kind == "span":
        return told
    last = told.end if told.end and (told.end - told.date).days == 1 and not told.since else told.date
    if w.kind in ("same", "near"):
        return Dated(last, None, "day", "")
    return Dated(last + (_DAY if w.kind == "next" else -_DAY), None, "day", "")


def _told_before(article: Article, w: When, before: Dated | None) -> Dated | None:
    """The last day named before an expression in its sentence, else that of the event told before."""
    first, _ = article.sentence(w.first)
    for earlier in reversed(article.whens_in(first, w.first)):
        if earlier.kind in ("day", "range", "since") and earlier.start:
            return Dated(earlier.start, earlier.end, "range" if earlier.end else "day", "", earlier.kind == "since")
    return before
