"""Dates by the calendar: days, months and years, in digits and in words."""

from __future__ import annotations

from datetime import date

from geomap.dates.when import DAY, When, day_of, skip, this_or_last
from geomap.numbers import digits, number_at
from geomap.punctuation import COMMAS
from geomap.tagging import Tag, Tagged, mark
from geomap.text import fold

_YEARS = range(1850, 2100)
_MONTH_OR_TIME = mark("month", "time")
#: What a number behind a date may count, so that it is no year.
_COUNTED = ("person", "weapon")


def from_digits(tagged: Tagged, i: int, stop: int, published: date | None) -> When | None:
    """The day, days or year that a number opens."""
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
        month_at = skip(tagged, i + 1, stop, "prep", "from")
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
    last = from_digits(tagged, i + 2, stop, published)
    if last is None or last.kind != "day" or last.start is None:
        return None
    start = day_of(last.start.year, last.start.month, value)
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
    made = day_of(year, month, day) if year >= 1850 else None
    return When(i, at, "day", made) if made else None


def day_in_words(tagged: Tagged, i: int, t: Tag, stop: int, published: date | None) -> When | None:
    """The seventh of October: an ordinal or a number word, then a month."""
    if not any(bits & _MONTH_OR_TIME for bits in tagged.marks[i + 1 : stop]):
        return None
    if t.tag == "count":
        got: tuple[int, int] | None = (int(t.value), i + t.width)
    else:
        got = number_at(tagged.tokens.words, i, tagged.lexicon)
    if not got or not 1 <= got[0] <= 31:
        return None
    month_at = skip(tagged, got[1], stop, "prep", "from")
    if span := _day_range_in_words(tagged, i, got, stop, published):
        return span
    month = tagged.find(month_at, "month") if month_at < stop else None
    if month:
        return _calendar(tagged, i, got[0], month.value, month_at + month.width, stop, published)
    return _of_the_month(tagged, i, got[0], month_at, stop, published) if month_at > got[1] else None


def _day_range_in_words(tagged: Tagged, i: int, got: tuple[int, int], stop: int, published: date | None) -> When | None:
    """``between the third and the ninth of June``, ``from the third to the ninth of June``."""
    value, at = got
    if at >= stop:
        return None
    between = i > 0 and tagged.has(i - 1, "time", "between") and tagged.has_conjunction(at)
    if not between:
        if not tagged.has(at, "prep", "to"):
            return None
        at += 1
    counted = next((t for t in tagged.tags[at] if t.tag in ("number", "count")), None) if at < stop else None
    last = day_in_words(tagged, at, counted, stop, published) if counted else None
    if last is None or last.kind != "day" or last.start is None or last.start.day <= value:
        return None
    start = day_of(last.start.year, last.start.month, value)
    return When(i, last.stop, "range", start, last.start, "range") if start else None


def _of_the_month(tagged: Tagged, i: int, day: int, at: int, stop: int, published: date | None) -> When | None:
    """``the tenth of this month``: of the month of publication, or of the one before where it is called the last."""
    if published is None or at >= stop or not tagged.has(at, "time", "unit_month"):
        return None
    if not tagged.tokens.words[at].startswith(tagged.lexicon.labels.get("article", "\n")):
        return None
    if at + 1 < stop and tagged.has(at + 1, "time", "next"):
        return When(i, at + 2, "future", None)
    behind, last = this_or_last(tagged, at + 1, stop)
    month = published.replace(day=1) - DAY if last else published
    made = day_of(month.year, month.month, day)
    if made is None:
        return None
    return When(i, behind, "future" if made > published else "day", made)


def _calendar(tagged: Tagged, i: int, day: int, month: str, at: int, stop: int, published: date | None) -> When | None:
    at = _second_month_name(tagged, at, stop)
    year, at = _year_behind(tagged, at, stop)
    if month.startswith("hijri"):
        return _hijri(i, at, day, int(month[5:]), year)
    at, shift = this_or_last(tagged, at, stop)
    if year is None and published and (told := _of_the_year(tagged, at, stop)):
        at, year = told[0], published.year - told[1]
    if year is None:
        year = published.year if published else None
        if year is None:
            return None
        made = day_of(year, int(month), day)
        if made and published and made > published + 30 * DAY or (shift and made and published and made > published):
            made = day_of(year - 1, int(month), day)
    else:
        made = day_of(year, int(month), day)
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


def named_month(tagged: Tagged, i: int, at: int, stop: int, published: date | None) -> When | None:
    """A month with no day, its year given or the last one before publication."""
    month = next(t.value for t in tagged.tags[i] if t.tag == "month")
    if month.startswith("hijri"):
        return None
    at = _second_month_name(tagged, at, stop)
    year, at = _year_behind(tagged, at, stop)
    at, _ = this_or_last(tagged, at, stop)
    if year is None:
        if published is None or len(tagged.tokens.words[i]) < 4:
            return None
        year = published.year if int(month) <= published.month else published.year - 1
    start = date(year, int(month), 1)
    end = (start + 31 * DAY).replace(day=1) - DAY
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
    year = look < stop and words[look].isdecimal() and len(words[look]) == 4 and int(words[look]) in range(1343, 2100)
    if year and not (look + 1 < stop and _is_counted(tagged, look + 1)):
        return int(words[look]), look + 1
    return None, at


def _is_counted(tagged: Tagged, at: int) -> bool:
    """Whether one of what a number counts stands at a token, in the singular as behind any so large a number."""
    word = tagged.tokens.words[at]
    return any(t.tag in _COUNTED and fold(t.lemma).text == word for t in tagged.tags[at])


def _of_the_year(tagged: Tagged, at: int, stop: int) -> tuple[int, int] | None:
    """``of last year``, ``of this year`` behind a date: the token behind it, and how many years ago."""
    year_at = skip(tagged, at, stop, "prep", "from")
    if year_at == at or year_at >= stop or not tagged.has(year_at, "time", "unit_year"):
        return None
    behind, last = this_or_last(tagged, year_at + 1, stop)
    return (behind, int(last)) if behind > year_at + 1 else None


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
