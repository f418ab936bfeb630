"""The expression of time that begins at a token, by what its words mean."""

from __future__ import annotations

from datetime import date

from geomap.dates.calendar import day_in_words, from_digits, named_month
from geomap.dates.periods import for_the_day, last_days, last_unit, new_year_eve, recent_weeks, weekend
from geomap.dates.weekdays import fixed, named_weekday
from geomap.dates.when import CUTS, DAY, Rule, When
from geomap.numbers import number_at
from geomap.tagging import DIGIT, Tag, Tagged, mark


def time_at(tagged: Tagged, i: int, stop: int, published: date | None) -> When | None:
    """What the words from token ``i`` on say of time; nothing for most."""
    tags = tagged.tags[i]
    word = tagged.tokens.words[i]
    if word[0].isdecimal():
        return from_digits(tagged, i, stop, published)
    for t in tags:
        if t.tag == "time":
            rule: Rule | None = _RULES.get(t.value)
            when = rule(tagged, i, i + t.width, stop, published) if rule else None
            if when is not None:
                return when
        elif t.tag == "weekday":
            return named_weekday(tagged, i, i + t.width, stop, published)
        elif t.tag == "month":
            return named_month(tagged, i, i + t.width, stop, published)
        elif t.tag in ("number", "count"):
            when = day_in_words(tagged, i, t, stop, published)
            if when is not None:
                return when
    return None


def _relative(kind: str) -> Rule:
    def rule(_tagged: Tagged, i: int, at: int, _stop: int, _published: date | None) -> When | None:
        return When(i, at, kind, None, None, "unknown")

    return rule


def _ago(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``before`` + number + unit: some days, weeks, months or years ago."""
    words = tagged.tokens.words
    if at >= stop:
        return None
    got = number_at(words, at, tagged.lexicon)
    unit_at = got[1] if got else at
    unit = _unit_at(tagged, unit_at, stop)
    if unit is None:
        return None
    if unit.value != "unit_day" or published is None:
        return When(i, unit_at + unit.width, "old", None, None, "unknown")
    behind = unit_at + unit.width
    if got is None and unit.width == 1 and behind < stop and (named := _named_day(tagged, behind, stop, published)):
        return named._replace(first=i)
    count = got[0] if got else _days_in(tagged, unit_at)
    if count is None:
        return When(i, behind, "old", None, None, "unknown")
    return When(i, behind, "day", published - count * DAY)


def _day_before(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``a day before`` what was told; with ``one`` behind it, and nothing that it is one day before, a day ago."""
    one = at < stop and number_at(tagged.tokens.words, at, tagged.lexicon) == (1, at + 1)
    if one and published and not (at + 1 < stop and tagged.has(at + 1, "prep", "from")):
        return When(i, at + 1, "day", published - DAY)
    return When(i, at, "previous", None)


def _unit_at(tagged: Tagged, at: int, stop: int) -> Tag | None:
    if at >= stop:
        return None
    return next((t for t in tagged.tags[at] if t.tag == "time" and t.value.startswith("unit_")), None)


def _named_day(tagged: Tagged, at: int, stop: int, published: date) -> When | None:
    """The day that ``the day of`` goes on to name."""
    if not tagged.find(at, "weekday") and not tagged.has(at, "time", "yesterday"):
        return None
    when = time_at(tagged, at, stop, published)
    return when if when and when.kind in ("day", "since") else None


def _days_in(tagged: Tagged, at: int) -> int | None:
    """Two in a dual; none for a word of one day or of many without a number."""
    return 2 if tagged.has(at, "time", "two_days") else None


def _since(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``since`` + a number of years or months, or + an expression of its own."""
    if at >= stop:
        return None
    when = _ago(tagged, i, at, stop, published)
    if when and when.kind in ("day", "since") and when.start:
        return When(i, when.stop, "since", when.start, published, "range")
    if when and when.kind == "old":
        return when
    for look in range(at, min(stop, at + _SINCE)):
        inner = time_at(tagged, look, stop, published)
        if inner is None:
            continue
        if inner.kind == "day" and inner.start and published and inner.start < published:
            return When(i, inner.stop, "since", inner.start, published, "range")
        return inner._replace(first=i)
    return None


#: How far behind "since" its day may stand: "since its troops entered Ukraine on the 24th".
_SINCE = 5


def _since_start(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``since the war began``, or since the day that is named for its beginning."""
    for look in range(at, min(stop, at + 6)):
        if tagged.tokens.words[look] in CUTS:
            break
        if tagged.marks[look] & _NAMED_DAY and (inner := time_at(tagged, look, stop, published)):
            if inner.kind == "since" or inner.kind == "day" and inner.start and published and inner.start < published:
                return When(i, inner.stop, "since", inner.start, published, "range")
            break
    return When(i, at, "start", None, None, "unknown")


_NAMED_DAY = mark("weekday", "month", "number", "count") | DIGIT
_RULES: dict[str, Rule] = {
    "today": fixed(0),
    "yesterday": fixed(1),
    "before_yesterday": fixed(2),
    "last_night": fixed(1, "range", 1),
    "last_day": fixed(1, "range", 1),
    "last_two_days": fixed(2, "range", 2),
    "same_day": _relative("same"),
    "next_day": _relative("next"),
    "day_before": _day_before,
    "today_and_yesterday": fixed(1, "range", 1),
    "weekend": weekend,
    "new_year_eve": new_year_eve,
    "same_span": _relative("span"),
    "same_night": _relative("night"),
    "night_before": _relative("eve"),
    "two_nights_ago": fixed(2, "range", 1),
    "since_then": _relative("since_then"),
    "hours_from": _relative("near"),
    "first_day": _relative("first"),
    "for_the_day": for_the_day,
    "since_start": _since_start,
    "week_ago": _relative("old"),
    "recent_weeks": recent_weeks,
    "ago": _ago,
    "since": _since,
    "unit_day": last_days,
    "unit_week": last_unit,
    "unit_month": last_unit,
    "unit_year": last_unit,
}
