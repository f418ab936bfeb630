"""When: expressions of time against the day of publication.

Each expression becomes a first day, a last day where it spans several, and a precision. Weekdays are past days, the
day of publication included. Nothing found means nothing given: no date is ever filled in from the calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from geomap.day_names import called_after
from geomap.model import DatePrecision
from geomap.numbers import digits, number_at
from geomap.punctuation import COMMAS, SEMICOLONS
from geomap.tagging import DIGIT, Tag, Tagged, mark


class When(NamedTuple):
    """A time expression in tokens ``first`` to ``stop`` (half-open).

    ``kind`` is ``day``, ``range`` (from start to end), ``since`` (from start to publication), ``same``, ``span``,
    ``near``, ``next`` and ``previous`` (relative to what is told before), ``start`` (since the war began), ``first``
    (the war's first day), ``rank`` (since when there was nothing like it), ``future``, ``month``, ``year`` or ``old``
    (a past that has no date).
    """

    first: int
    stop: int
    kind: str
    start: date | None
    end: date | None = None
    precision: DatePrecision = "day"

    def age(self, published: date | None) -> int | None:
        """Days between its last day and publication; None where either is unknown."""
        last = self.end or self.start
        return (published - last).days if published and last else None


#: What a word of time means: tagged tokens, its first token, the one behind it, where to stop, day of publication.
_Rule = Callable[[Tagged, int, int, int, date | None], When | None]
_YEARS = range(1850, 2100)
_DAY = timedelta(days=1)


def find_times(tagged: Tagged, first: int, stop: int, published: date | None) -> list[When]:
    """Time expressions in a token range, in order; where two overlap the earlier, wider one stands."""
    found: list[When] = []
    behind = first
    for i in [i for i, marks in enumerate(tagged.marks[first:stop], first) if marks & _TIME]:
        if i >= behind:
            when = _time_at(tagged, i, stop, published)
            if when is not None and when.kind == "day" and called_after(tagged, when.first, when.stop):
                behind = when.stop
            elif when is not None:
                if when.kind in ("since", "start") and _ranks(tagged, first, i):
                    when = when._replace(kind="rank")
                span = _spanned(tagged, found[-1], when, published) if found else None
                if span is not None:
                    found[-1] = span
                else:
                    found.append(when)
                behind = when.stop
            else:
                behind = _behind_so_far(tagged, i)
    return found


def times_of(tagged: Tagged, published: date | None) -> tuple[When, ...]:
    """Time expressions of all sentences, in order."""
    sentences, sentence_of = tagged.tokens.sentences, tagged.tokens.sentence_of
    numbers = dict.fromkeys([sentence_of[i] for i in tagged.marked(_TIME)])
    return tuple([when for number in numbers for when in find_times(tagged, *sentences[number], published)])


#: How far before "since" a superlative may stand: "the heaviest air raid on the capital since".
_REACH = 7


def _ranks(tagged: Tagged, first: int, at: int) -> bool:
    """Whether "since" tells no beginning but how long there was nothing like it: "the heaviest attack since"."""
    highest = tagged.lexicon.among("superlatives")
    for k in range(at - 1, max(first, at - _REACH) - 1, -1):
        word = tagged.tokens.words[k]
        if word in _CUTS or tagged.marks[k] & _COUNTED:
            return False
        if highest[word] is not None:
            return True
    return False


#: The most words between two days of which the second is an end: "from Saturday evening", "and lasted until".
_BETWEEN = 4
#: The same where the second is said to be the end: "broke out on Saturday near A and lasted until".
_LASTS = 8


def _spanned(tagged: Tagged, a: When, b: When, published: date | None) -> When | None:
    """The days from one expression to the next: ``between``, ``from … to``, ``… and until``."""
    if b.kind == "start" and b.first == a.stop and a.kind == "day" and a.start and published and a.start < published:
        return When(a.first, b.stop, "range", a.start, published, "range")  # "Saturday and until today"
    if a.kind not in ("day", "since") or b.kind not in ("day", "future") or a.start is None or b.start is None:
        return None
    gap = range(a.stop, b.first)
    until = any(tagged.has(k, "time", "until") for k in gap[-_BETWEEN:])
    if (
        b.start <= a.start
        or len(gap) > (_LASTS if until else _BETWEEN)
        or any(tagged.tokens.words[k] in _CUTS for k in gap)
    ):
        return None
    opens = range(max(0, a.first - _BETWEEN), a.first)
    if until:
        closed = True
    elif any(tagged.has(k, "time", "between") for k in opens):
        closed = tagged.has_conjunction(a.stop)
    else:
        closed = any(tagged.has(k, "prep", "to") for k in gap) and any(tagged.has(k, "prep", "from") for k in opens)
    if not closed:
        return None
    if b.kind == "future":
        return When(a.first, b.stop, "future", a.start, b.start, "range")
    return When(a.first, b.stop, "range", a.start, b.start, "range")


def _behind_so_far(tagged: Tagged, i: int) -> int:
    """The first token that may open a time of its own: "now" in "until now" does not."""
    if not tagged.has(i, "time", "so_far"):
        return i
    return max(i + t.width for t in tagged.tags[i] if t.tag == "time" and t.value == "so_far")


_COUNTED = mark("number", "count") | DIGIT
_TIME = mark("time", "weekday", "month", "number", "count") | DIGIT
_MONTH_OR_TIME = mark("month", "time")


def _time_at(tagged: Tagged, i: int, stop: int, published: date | None) -> When | None:
    tags = tagged.tags[i]
    word = tagged.tokens.words[i]
    if word[0].isdecimal():
        return _from_digits(tagged, i, stop, published)
    for t in tags:
        if t.tag == "time":
            rule: _Rule | None = _RULES.get(t.value)
            when = rule(tagged, i, i + t.width, stop, published) if rule else None
            if when is not None:
                return when
        elif t.tag == "weekday":
            return _weekday(tagged, i, i + t.width, stop, published)
        elif t.tag == "month":
            return _month(tagged, i, i + t.width, stop, published)
        elif t.tag in ("number", "count"):
            when = _day_in_words(tagged, i, t, stop, published)
            if when is not None:
                return when
    return None


# ── calendar dates ───────────────────────────────────────────────────────────────────────────────────


def _from_digits(tagged: Tagged, i: int, stop: int, published: date | None) -> When | None:
    words = tagged.tokens.words
    word = words[i]
    numeric = _numeric(tagged, i, stop)
    if numeric:
        return numeric
    value = digits(word)
    if value is None:
        return None
    if 1 <= value <= 31:
        span = _day_range(tagged, i, value, stop, published)
        if span:
            return span
        month_at = _skip(tagged, i + 1, stop, "prep", "from")
        if month_at < stop and (month := tagged.find(month_at, "month")):
            return _calendar(tagged, i, value, month.value, month_at + month.width, stop, published)
        if month_at > i + 1 and (when := _of_the_month(tagged, i, value, month_at, stop, published)):
            return when
    if value in _YEARS and len(word) == 4 and _year_context(tagged, i):
        return When(i, i + 1, "year", date(value, 1, 1), date(value, 12, 31), "year")
    return None


def _day_range(tagged: Tagged, i: int, value: int, stop: int, published: date | None) -> When | None:
    """``between 25 and 27 September``, ``from 25 to 27 September``."""
    words = tagged.tokens.words
    joined = i + 2 < stop and (len(words[i + 1]) == 1 and words[i + 1] not in ",." or tagged.has(i + 1, "prep", "to"))
    second = digits(words[i + 2]) if joined else None
    if second is None or not value < second <= 31:
        return None
    last = _from_digits(tagged, i + 2, stop, published)
    if last is None or last.kind != "day" or last.start is None:
        return None
    start = _make(last.start.year, last.start.month, value)
    return When(i, last.stop, "range", start, last.start, "range") if start else None


def _numeric(tagged: Tagged, i: int, stop: int) -> When | None:
    """2020-09-28, 28-9-2020, 28/9/2020, 28 / 9 / 2020."""
    words = tagged.tokens.words
    parts = [words[i]]
    at = i + 1
    between = words[at] if at < stop and words[at] in ("-", "/") else None
    while at + 1 < stop and words[at] == between and words[at + 1].isdecimal() and len(parts) < 3:
        parts.append(words[at + 1])
        at += 2
    if len(parts) == 1:
        parts = words[i].split("/") if "/" in words[i] else words[i].split(".")
    if len(parts) != 3 or not all(p.isdecimal() for p in parts):
        return None
    a, b, c = map(int, parts)
    year, month, day = (a, b, c) if len(parts[0]) == 4 else (c, b, a)
    made = _make(year, month, day) if year >= 1850 else None
    return When(i, at, "day", made) if made else None


def _day_in_words(tagged: Tagged, i: int, t: Tag, stop: int, published: date | None) -> When | None:
    """The seventh of October: an ordinal or a number word, then a month."""
    if not any(bits & _MONTH_OR_TIME for bits in tagged.marks[i + 1 : stop]):
        return None
    if t.tag == "count":
        got: tuple[int, int] | None = (int(t.value), i + t.width)
    else:
        got = number_at(tagged.tokens.words, i, tagged.lexicon)
    if not got or not 1 <= got[0] <= 31:
        return None
    month_at = _skip(tagged, got[1], stop, "prep", "from")
    month = tagged.find(month_at, "month") if month_at < stop else None
    if month:
        return _calendar(tagged, i, got[0], month.value, month_at + month.width, stop, published)
    return _of_the_month(tagged, i, got[0], month_at, stop, published) if month_at > got[1] else None


def _of_the_month(tagged: Tagged, i: int, day: int, at: int, stop: int, published: date | None) -> When | None:
    """``the tenth of this month``: of the month of publication, or of the one before where it is called the last."""
    if published is None or at >= stop or not tagged.has(at, "time", "unit_month"):
        return None
    if not tagged.tokens.words[at].startswith(tagged.lexicon.labels.get("article", "\n")):
        return None
    if at + 1 < stop and tagged.has(at + 1, "time", "next"):
        return When(i, at + 2, "future", None)
    behind, last = _this_or_last(tagged, at + 1, stop)
    month = published.replace(day=1) - _DAY if last else published
    made = _make(month.year, month.month, day)
    if made is None:
        return None
    return When(i, behind, "future" if made > published else "day", made)


def _calendar(tagged: Tagged, i: int, day: int, month: str, at: int, stop: int, published: date | None) -> When | None:
    at = _second_month_name(tagged, at, stop)
    year, at = _year_behind(tagged, at, stop)
    if month.startswith("hijri"):
        return _hijri(i, at, day, int(month[5:]), year)
    at, shift = _this_or_last(tagged, at, stop)
    if year is None and published and (told := _of_the_year(tagged, at, stop)):
        at, year = told[0], published.year - told[1]
    if year is None:
        year = published.year if published else None
        if year is None:
            return None
        made = _make(year, int(month), day)
        if made and published and made > published + 30 * _DAY or (shift and made and published and made > published):
            made = _make(year - 1, int(month), day)
    else:
        made = _make(year, int(month), day)
    if made is None:
        return None
    if published and made > published:
        return When(i, at, "future", made)
    return When(i, at, "day", made)


def _hijri(i: int, at: int, day: int, month: int, year: int | None) -> When | None:
    if year is None or not 1343 <= year <= 1500:
        return When(i, at, "day", None, None, "unknown")
    from hijridate import Hijri

    try:
        made = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return When(i, at, "day", date(made.year, made.month, made.day))


def _recent_weeks(_tagged: Tagged, i: int, at: int, _stop: int, published: date | None) -> When | None:
    """Weeks just past: known to the month."""
    return When(i, at, "month", published.replace(day=1), published, "month") if published else None


def _month(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """A month with no day, its year given or the last one before publication."""
    month = next(t.value for t in tagged.tags[i] if t.tag == "month")
    if month.startswith("hijri"):
        return None
    at = _second_month_name(tagged, at, stop)
    year, at = _year_behind(tagged, at, stop)
    at, _ = _this_or_last(tagged, at, stop)
    if year is None:
        if published is None or len(tagged.tokens.words[i]) < 4:
            return None
        year = published.year if int(month) <= published.month else published.year - 1
    start = date(year, int(month), 1)
    end = (start + 31 * _DAY).replace(day=1) - _DAY
    return When(i, at, "month", start, end, "month")


def _second_month_name(tagged: Tagged, at: int, stop: int) -> int:
    """The same month in another calendar tradition, behind a slash or in brackets."""
    words = tagged.tokens.words
    if at + 1 < stop and words[at] in "/(" and (month := tagged.find(at + 1, "month")):
        end = at + 1 + month.width
        return end + 1 if words[at] == "(" and end < stop and words[end] == ")" else end
    return at


def _year_behind(tagged: Tagged, at: int, stop: int) -> tuple[int | None, int]:
    words = tagged.tokens.words
    look = at
    while look < min(stop, at + 3) and (
        words[look] in ("/", ",") or tagged.has(look, "time", "year_word") or tagged.has(look, "prep", "from")
    ):
        look += 1
    if look < stop and words[look].isdecimal() and len(words[look]) == 4 and int(words[look]) in range(1343, 2100):
        return int(words[look]), look + 1
    return None, at


def _of_the_year(tagged: Tagged, at: int, stop: int) -> tuple[int, int] | None:
    """``of last year``, ``of this year`` behind a date: the token behind it, and how many years ago."""
    year_at = _skip(tagged, at, stop, "prep", "from")
    if year_at == at or year_at >= stop or not tagged.has(year_at, "time", "unit_year"):
        return None
    behind, last = _this_or_last(tagged, year_at + 1, stop)
    return (behind, int(last)) if behind > year_at + 1 else None


def _this_or_last(tagged: Tagged, at: int, stop: int) -> tuple[int, bool]:
    if at < stop and (tagged.has(at, "time", "last") or tagged.has(at, "time", "this")):
        return at + 1, tagged.has(at, "time", "last")
    return at, False


def _year_context(tagged: Tagged, i: int) -> bool:
    """A bare four-digit number is a year behind 'in', 'since', 'the year', a season, or between two of them."""
    if i == 0:
        return False
    before = tagged.tags[i - 1]
    if any(
        t.tag == "time" or t.tag == "prep" and t.value in ("in", "from", "to", "near") or t.tag == "month"
        for t in before
    ):
        return True
    words = tagged.tokens.words
    return (
        words[i - 1] not in COMMAS
        and not words[i - 1][0].isdecimal()
        and (i + 1 >= len(words) or not tagged.find(i + 1, "person"))
    )


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _skip(tagged: Tagged, at: int, stop: int, tag: str, value: str) -> int:
    return at + 1 if at < stop and tagged.has(at, tag, value) else at


# ── weekdays and words ──────────────────────────────────────────────────────────────────────────────


def _past_weekday(weekday: int, published: date) -> date:
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def _weekday(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    if published is None:
        return None
    weekday = int(next(t.value for t in tagged.tags[i] if t.tag == "weekday"))
    day = _past_weekday(weekday, published)
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
        end = _past_weekday(int(second.value), published)
        start = end - timedelta(days=(int(second.value) - weekday) % 7)
        return When(i, look + second.width, "range", start, end, "range")
    if second and (int(second.value) - weekday) % 7 == 1:
        end = _past_weekday(int(second.value), published)
        if any(tagged.has(j, "time", "midnight_after") for j in range(max(0, i - 3), i)):
            return When(i, look + second.width, "day", end)
        return When(i, look + second.width, "range", end - _DAY, end, "range")
    at, last = _this_or_last(tagged, at, stop)
    if at < stop and tagged.has(at, "time", "next"):
        return When(i, at + 1, "future", None)
    if last and day == published:
        day -= 7 * _DAY
    # an explicit date may follow ("Sunday 8 November", "Sunday, 8 November", "Sunday (8 November)")
    dated = at + 1 if at < stop and (tagged.tokens.words[at] in COMMAS or tagged.tokens.words[at] == "(") else at
    if dated < stop and tagged.tokens.words[dated][0].isdecimal():
        explicit = _from_digits(tagged, dated, stop, published)
        if explicit and explicit.kind in ("day", "future"):
            return explicit._replace(first=i)
    before = _since_before(tagged, i)
    if before and day < published:
        return When(i, at, "since", day, published, "range")
    if not last and day == published - 6 * _DAY:
        return When(i, at, "future", None)  # tomorrow: nobody calls a day of last week by its bare name
    return When(i, at, "day", day)


def _since_before(tagged: Tagged, i: int) -> bool:
    return any(tagged.has(j, "time", "since") for j in range(max(0, i - 3), i))


def _fixed(days_ago: int, kind: str = "day", span: int = 0) -> _Rule:
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
            named = _past_weekday(int(day.value), published)
            if abs((named - start).days) <= 1:
                start, at = named, weekday + day.width
        return When(i, at, kind, start, start + timedelta(days=span) if span else None, "range" if span else "day")

    return rule


def _relative(kind: str) -> _Rule:
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
    return When(i, behind, "day", published - count * _DAY)


def _day_before(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``a day before`` what was told; with ``one`` behind it, and nothing that it is one day before, a day ago."""
    one = at < stop and number_at(tagged.tokens.words, at, tagged.lexicon) == (1, at + 1)
    if one and published and not (at + 1 < stop and tagged.has(at + 1, "prep", "from")):
        return When(i, at + 1, "day", published - _DAY)
    return When(i, at, "previous", None)


def _unit_at(tagged: Tagged, at: int, stop: int) -> Tag | None:
    if at >= stop:
        return None
    return next((t for t in tagged.tags[at] if t.tag == "time" and t.value.startswith("unit_")), None)


def _named_day(tagged: Tagged, at: int, stop: int, published: date) -> When | None:
    """The day that ``the day of`` goes on to name."""
    if not tagged.find(at, "weekday") and not tagged.has(at, "time", "yesterday"):
        return None
    when = _time_at(tagged, at, stop, published)
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
        inner = _time_at(tagged, look, stop, published)
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
        if tagged.tokens.words[look] in _CUTS:
            break
        if tagged.marks[look] & _NAMED_DAY and (inner := _time_at(tagged, look, stop, published)):
            if inner.kind == "since" or inner.kind == "day" and inner.start and published and inner.start < published:
                return When(i, inner.stop, "since", inner.start, published, "range")
            break
    return When(i, at, "start", None, None, "unknown")


_CUTS = COMMAS | SEMICOLONS | frozenset(".:()")
_NAMED_DAY = mark("weekday", "month", "number", "count") | DIGIT


def _weekend(_tagged: Tagged, i: int, at: int, _stop: int, published: date | None) -> When | None:
    """Saturday and Sunday before publication, or as much of them as has passed."""
    if published is None:
        return None
    start = _past_weekday(5, published)
    return When(i, at, "range", start, min(start + _DAY, published), "range")


def _new_year_eve(_tagged: Tagged, i: int, at: int, _stop: int, published: date | None) -> When | None:
    if published is None:
        return None
    start = date(published.year - 1, 12, 31)
    return When(i, at, "range", start, start + _DAY, "range")


def _for_the_day(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``for the third day (in a row)``: from two days before to publication."""
    ordinal = tagged.find(at, "count") if at < stop else None
    if ordinal is None or published is None:
        return None
    behind = at + ordinal.width
    if behind < stop and tagged.has(behind, "time", "in_a_row"):
        behind += next(t.width for t in tagged.tags[behind] if t.tag == "time" and t.value == "in_a_row")
    return When(i, behind, "range", published - (int(ordinal.value) - 1) * _DAY, published, "range")


def _last_days(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """``the last three days``, ``three days' toll``: from so many days before to publication."""
    if published and (told := _in_so_many_days(tagged, i, at, published)):
        return told
    got = number_at(tagged.tokens.words, at, tagged.lexicon) if at < stop and published else None
    if published is None or got is None or not _few(got[0]):
        return None
    behind = got[1]
    if behind >= stop or not tagged.has(behind, "time", "last"):
        return None
    return When(i, behind + 1, "range", published - got[0] * _DAY, published, "range")


def _in_so_many_days(tagged: Tagged, i: int, at: int, published: date) -> When | None:
    """``within three days``, ``a toll of three days``: the number stands before its unit, behind what it measures."""
    words, measures = tagged.tokens.words, tagged.lexicon.among("measured_in_days")
    for first in range(i - 1, max(0, i - _LONGEST_NUMBER) - 1, -1):
        got = number_at(words, first, tagged.lexicon)
        if got is not None and got[1] == i and first and measures[words[first - 1]] is not None:
            # "for the third time in four days" counts, it dates nothing
            if first > 1 and tagged.has(first - 2, "number", "ordinal"):
                return None
            return When(first, at, "range", published - got[0] * _DAY, published, "range") if _few(got[0]) else None
    return None


def _few(days: int) -> bool:
    """Whether so many days are news."""
    return 2 <= days <= _MOST_DAYS


#: Most words of a number of days.
_LONGEST_NUMBER = 3
#: More days than this are told as a period, not as news.
_MOST_DAYS = 10


def _last_unit(tagged: Tagged, i: int, at: int, stop: int, _published: date | None) -> When | None:
    if at < stop and (tagged.has(at, "time", "last")):
        return When(i, at + 1, "old", None, None, "unknown")
    return None


_RULES: dict[str, _Rule] = {
    "today": _fixed(0),
    "yesterday": _fixed(1),
    "before_yesterday": _fixed(2),
    "last_night": _fixed(1, "range", 1),
    "last_day": _fixed(1, "range", 1),
    "last_two_days": _fixed(2, "range", 2),
    "same_day": _relative("same"),
    "next_day": _relative("next"),
    "day_before": _day_before,
    "today_and_yesterday": _fixed(1, "range", 1),
    "weekend": _weekend,
    "new_year_eve": _new_year_eve,
    "same_span": _relative("span"),
    "hours_from": _relative("near"),
    "first_day": _relative("first"),
    "for_the_day": _for_the_day,
    "since_start": _since_start,
    "week_ago": _relative("old"),
    "recent_weeks": _recent_weeks,
    "ago": _ago,
    "since": _since,
    "unit_day": _last_days,
    "unit_week": _last_unit,
    "unit_month": _last_unit,
    "unit_year": _last_unit,
}
