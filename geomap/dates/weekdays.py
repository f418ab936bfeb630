"""Days by their names in the week, which are past ones, and the expressions of publication's own days."""

from __future__ import annotations

from datetime import date, timedelta

from geomap.dates.calendar import from_digits
from geomap.dates.when import DAY, Rule, When, this_or_last
from geomap.punctuation import COMMAS
from geomap.tagging import Tagged


def past_weekday(weekday: int, published: date) -> date:
    """The last day of that name, that of publication included."""
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def named_weekday(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """A weekday, alone, beside the next one, or with its date behind it."""
    if published is None:
        return None
    weekday = int(next(t.value for t in tagged.tags[i] if t.tag == "weekday"))
    day = past_weekday(weekday, published)
    if any(t.value == "next" and k + t.width == i for k in range(max(0, i - 2), i) for t in tagged.tags[k]):
        return When(i, at, "future", None)  # "tomorrow, Sunday"
    # "the night of Friday to Saturday": two weekdays that follow one another
    look = at
    while (
        look < min(stop, at + 3)
        and not tagged.find(look, "weekday")
        and (tagged.tokens.words[look] in "-/" or tagged.find(look, "prep"))
    ):
        look += 1
    second = tagged.find(look, "weekday") if look < stop else None
    if second and i and tagged.has(i - 1, "time", "between"):
        end = past_weekday(int(second.value), published)
        start = end - timedelta(days=(int(second.value) - weekday) % 7)
        return When(i, look + second.width, "range", start, end, "range")
    if second and (int(second.value) - weekday) % 7 == 1:
        end = past_weekday(int(second.value), published)
        if any(tagged.has(j, "time", "midnight_after") for j in range(max(0, i - 3), i)):
            return When(i, look + second.width, "day", end)
        return When(i, look + second.width, "range", end - DAY, end, "range")
    before_last = _before_last(tagged, at, stop)
    at, last = (at + before_last, True) if before_last else this_or_last(tagged, at, stop)
    if at < stop and tagged.has(at, "time", "next"):
        return When(i, at + 1, "future", None)
    if last and day == published:
        day -= 7 * DAY
    if before_last:
        day -= 7 * DAY
    # an explicit date may follow ("Sunday 8 November", "Sunday, 8 November", "Sunday (8 November)")
    dated = at + 1 if at < stop and (tagged.tokens.words[at] in COMMAS or tagged.tokens.words[at] == "(") else at
    if dated < stop and tagged.tokens.words[dated][0].isdecimal():
        explicit = from_digits(tagged, dated, stop, published)
        if explicit and explicit.kind in ("day", "future"):
            return explicit._replace(first=i)
    before = _since_before(tagged, i)
    if before and day < published:
        if i > 1 and tagged.has(i - 2, "time", "midnight_of"):
            day += DAY  # what goes on since the midnight at the end of Monday fills Tuesday
        return When(i, at, "since", day, published, "range")
    if not last and day == published - 6 * DAY:
        return When(i, at, "future", None)  # tomorrow: nobody calls a day of last week by its bare name
    return When(i, at, "day", day)


def _before_last(tagged: Tagged, at: int, stop: int) -> int:
    """How many tokens long "before last" is, if it stands there."""
    tags = tagged.tags[at] if at < stop else ()
    return next((t.width for t in tags if t.tag == "time" and t.value == "before_last"), 0)


def _since_before(tagged: Tagged, i: int) -> bool:
    return any(tagged.has(j, "time", "since") for j in range(max(0, i - 3), i))


def fixed(days_ago: int, kind: str = "day", span: int = 0) -> Rule:
    """A rule for words that are always so many days before publication."""

    def rule(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
        if published is None:
            return When(i, at, kind, None, None, "unknown")
        if kind == "day" and not days_ago and at < stop and tagged.has(at, "time", "itself"):
            return When(i, at + 1, "same", None, None, "unknown")
        start = published - timedelta(days=days_ago)
        weekday = at
        while weekday < min(stop, at + 2) and tagged.tokens.words[weekday] in "(":
            weekday += 1
        if weekday < stop and (day := tagged.find(weekday, "weekday")) and not span:
            # "yesterday, Sunday": the weekday decides where it is at most a day off
            named = past_weekday(int(day.value), published)
            if abs((named - start).days) <= 1:
                start, at = named, weekday + day.width
        return When(i, at, kind, start, start + timedelta(days=span) if span else None, "range" if span else "day")

    return rule
