"""Times of several days, told by their length or their name."""

from __future__ import annotations

from datetime import date

from geomap.dates.weekdays import past_weekday
from geomap.dates.when import DAY, When
from geomap.numbers import number_at
from geomap.tagging import Tagged


def weekend(_tagged: Tagged, i: int, at: int, _stop: int, published: date | None) -> When | None:
    """Saturday and Sunday before publication, or as much of them as has passed."""
    if published is None:
        return None
    start = past_weekday(5, published)
    return When(i, at, "range", start, min(start + DAY, published), "range")


def new_year_eve(_tagged: Tagged, i: int, at: int, _stop: int, published: date | None) -> When | None:
    """The night between two years."""
    if published is None:
        return None
    start = date(published.year - 1, 12, 31)
    return When(i, at, "range", start, start + DAY, "range")


def for_the_day(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``for the third day (in a row)``: from two days before to publication."""
    ordinal = tagged.find(at, "count") if at < stop else None
    if ordinal is None or published is None:
        return None
    behind = at + ordinal.width
    if behind < stop and tagged.has(behind, "time", "in_a_row"):
        behind += next(t.width for t in tagged.tags[behind] if t.tag == "time" and t.value == "in_a_row")
    return When(i, behind, "range", published - (int(ordinal.value) - 1) * DAY, published, "range")


def last_days(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``the last three days``, ``three days' toll``: from so many days before to publication."""
    if published and (told := _in_so_many_days(tagged, i, at, published)):
        return told
    got = number_at(tagged.tokens.words, at, tagged.lexicon) if at < stop and published else None
    if published is None or got is None or not _few(got[0]):
        return None
    behind = got[1]
    if behind >= stop or not tagged.has(behind, "time", "last"):
        return None
    return When(i, behind + 1, "range", published - got[0] * DAY, published, "range")


def _in_so_many_days(tagged: Tagged, i: int, at: int, published: date) -> When | None:
    """``within three days``, ``a toll of three days``: the number stands before its unit, behind what it measures."""
    words, measures = tagged.tokens.words, tagged.lexicon.among("measured_in_days")
    for first in range(i - 1, max(0, i - _LONGEST_NUMBER) - 1, -1):
        got = number_at(words, first, tagged.lexicon)
        if got is not None and got[1] == i and first and measures[words[first - 1]] is not None:
            # "for the third time in four days" counts, it dates nothing
            if first > 1 and tagged.has(first - 2, "number", "ordinal"):
                return None
            return When(first, at, "range", published - got[0] * DAY, published, "range") if _few(got[0]) else None
    return None


def _few(days: int) -> bool:
    """Whether so many days are news."""
    return 2 <= days <= _MOST_DAYS


#: Most words of a number of days.
_LONGEST_NUMBER = 3
#: More days than this are told as a period, not as news.
_MOST_DAYS = 10


def last_unit(tagged: Tagged, i: int, at: int, stop: int, _published: date | None) -> When | None:
    """A week, month or year that is over."""
    if at < stop and (tagged.has(at, "time", "last")):
        return When(i, at + 1, "old", None, None, "unknown")
    return None


def recent_weeks(_tagged: Tagged, i: int, at: int, _stop: int, published: date | None) -> When | None:
    """Weeks just past: known to the month."""
    return When(i, at, "month", published.replace(day=1), published, "month") if published else None
