"""When an article was published, and how that is known.

In this order: the date given with it, the dateline in its text, its page's metadata or address, its file's name, the
date that the user gives for all. No date is ever made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final, NamedTuple

from geomap.dates import When, find_times
from geomap.lexicon import languages, lexicon_for
from geomap.model import Issue
from geomap.punctuation import PAUSES
from geomap.tagging import Tagged, tag
from geomap.text import tokenize


class Clues(NamedTuple):
    """What may tell an article's date. ``given_at`` is where ``given`` stands, if not in the article's own record."""

    where: str
    text: str = ""
    language: str = ""
    given: str = ""
    given_basis: str = ""
    given_at: str = ""
    page_date: str = ""
    url: str = ""
    file_name: str = ""
    option: date | None = None


class Dating(NamedTuple):
    """The day of publication (None where nothing tells it), how it is known, and what is wrong with it."""

    day: date | None
    basis: str
    issues: tuple[Issue, ...] = ()


def date_article(clues: Clues) -> Dating:
    """Day of publication from the best clue there is, checked against the weekdays that the text names."""
    issues: list[Issue] = []
    tagged = _tagged(clues.text, clues.language)
    day, basis = _best(clues, tagged, issues)
    if day is None:
        hint = "Give it in sources.csv or with --published; until then only full dates in the text count."
        issues.append(Issue("warning", clues.where, "no date of publication", hint))
    elif tagged and (wrong := weekday_contradiction(tagged, day)):
        hint = f"Check the date of publication ({basis})."
        issues.append(Issue("warning", clues.where, wrong, hint))
    return Dating(day, basis, tuple(issues))


def _best(clues: Clues, tagged: Tagged | None, issues: list[Issue]) -> tuple[date | None, str]:
    dateline = find_dateline(tagged) if tagged else numeric_dateline(clues.text)
    given = _checked(clues.given, clues.given_at or clues.where, issues)
    if given:
        basis = clues.given_basis or "given"
        if dateline and abs((dateline - given).days) > 1:
            what = f"published {given}, but its dateline says {dateline}"
            issues.append(Issue("warning", clues.where, what, f"The date given counts ({basis})."))
        return given, basis
    ways: tuple[tuple[str, Callable[[], date | None]], ...] = (
        ("dateline", lambda: dateline),
        ("metadata", lambda: _checked(clues.page_date, clues.where, issues)),
        ("url", lambda: day_in_name(clues.url)),
        ("file name", lambda: day_in_name(clues.file_name)),
        ("option", lambda: clues.option),
    )
    for basis, way in ways:
        if day := way():
            return day, basis
    return None, ""


def _checked(written: str, where: str, issues: list[Issue]) -> date | None:
    if not written:
        return None
    try:
        return parse_day(written)
    except ValueError as error:
        issues.append(Issue("warning", where, f"published: {error}", "Write it as YYYY-MM-DD."))
        return None


# ── a date by itself ─────────────────────────────────────────────────────────────────────────────────

_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\Z")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\Z")


def parse_day(written: str) -> date:
    """The day of a date or time as records hold them; of a time, the day as it is written, in its own time zone.

    Raises
    ------
    ValueError
        Where it is no date, or could be two (``03/04/2020``).
    """
    text = written.strip()
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    if match := _YEAR_FIRST.match(text):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    elif match := _DAY_FIRST.match(text):
        year, month, day = int(match[4]), int(match[3]), int(match[1])
        if match[2] == "/" and month != day and month <= 12 and day <= 12:
            raise ValueError(f"day or month first? ({written!r})")
    else:
        return _mail_day(written)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"no such day ({written!r})") from None


def _mail_day(written: str) -> date:
    """The day of a date as feeds write it: ``Mon, 28 Sep 2020 10:00:00 GMT``."""
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError):
        raise ValueError(f"not a date ({written!r})") from None


_IN_NAME: Final = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)[0-9]{2})(?:([-_/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?![0-9A-Za-z])"
)


def day_in_name(name: str) -> date | None:
    """The day in an address or a file name: year, month and day in this order, such as ``/2020/09/28/``."""
    for match in _IN_NAME.finditer(name):
        try:
            return date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]))
        except ValueError:
            continue
    return None


# ── a dateline ───────────────────────────────────────────────────────────────────────────────────────

#: How far into the text a dateline begins at most, and how far into its line.
_HEAD: Final = 400
#: Weekdays are looked for so far: the lead names the day, and tagging a whole article costs as much as reading it.
_LEAD: Final = 1500
_INTO_LINE: Final = 200
_OPENERS: Final = frozenset("([")
_CLOSERS: Final = frozenset(")]")
_DASHES: Final = frozenset("-–—:|")
_PROSE: Final = frozenset(("event", "speech", "prep", "loss", "weapon", "link"))
_NUMERIC: Final = re.compile(r"(?<![\w/.-])(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?![\w/-])")


def find_dateline(tagged: Tagged) -> date | None:
    """The full date that stands where datelines stand: in brackets, before a dash, alone or behind the place."""
    words = tagged.tokens.words
    stop = tagged.tokens.index_at(_HEAD) + 1 if words else 0
    dated = [when for when in find_times(tagged, 0, stop, None) if when.kind == "day" and when.start]
    placed = [when for when in dated if _is_dateline(tagged, when)]
    # beside its Gregorian date a Hijri one is the same day told less exactly
    placed.sort(key=lambda when: _is_hijri(tagged, when))
    return placed[0].start if placed else None


def numeric_dateline(text: str) -> date | None:
    """The dateline of a text in a language without a lexicon: a date in digits, in brackets or before a dash."""
    for match in _NUMERIC.finditer(text[:_HEAD]):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        behind = text[match.end() :].lstrip(" \t")[:1]
        if line.rfind("(") > line.rfind(")") or (len(line) < 40 and behind in _DASHES | {"\n"}):
            try:
                return parse_day(match.group())
            except ValueError:
                continue
    return None


def _is_dateline(tagged: Tagged, when: When) -> bool:
    words, starts = tagged.tokens.words, tagged.tokens.starts
    line = _line_start(words, when.first)
    if starts[when.first] - starts[line] > _INTO_LINE or _in_prose(tagged, line, when.first):
        return False
    before, behind = words[line : when.first], _behind(words, when.stop)
    if _is_open(before):
        return any(word in _CLOSERS for word in behind)
    if len(before) > 6 or "." in before:
        return False
    follows = behind[0] if behind else "\n"
    if follows in _DASHES:
        return True
    # a headline may end with a date that is not the article's own
    headline = line == 0 and bool(before)
    return not headline and ("\n" in behind or follows in PAUSES | _OPENERS and bool(before))


def _behind(words: list[str], stop: int, most: int = 4) -> list[str]:
    """Some words behind a date, without the letter of its era."""
    era = stop < len(words) and len(words[stop]) == 1 and words[stop].isalpha()
    return words[stop + era : stop + era + most]


def _line_start(words: list[str], i: int) -> int:
    while i > 0 and words[i - 1] != "\n":
        i -= 1
    return i


def _is_open(before: list[str]) -> bool:
    depth = 0
    for word in before:
        depth += (word in _OPENERS) - (word in _CLOSERS)
    return depth > 0


def _in_prose(tagged: Tagged, first: int, stop: int) -> bool:
    """Whether the words before the date, back to a bracket or colon, tell an event or lead to it with a preposition."""
    opened = max((i + 1 for i in range(first, stop) if tagged.tokens.words[i] in _OPENERS | {":"}), default=first)
    return any(t.tag in _PROSE for tags in tagged.tags[opened:stop] for t in tags)


def _is_hijri(tagged: Tagged, when: When) -> bool:
    months = (t for tags in tagged.tags[when.first : when.stop] for t in tags if t.tag == "month")
    return any(month.value.startswith("hijri") for month in months)


# ── weekdays against the date ────────────────────────────────────────────────────────────────────────

_DAYS_BACK: Final = {"today": 0, "yesterday": 1, "before_yesterday": 2}


def weekday_contradiction(tagged: Tagged, published: date) -> str:
    """What the text says of weekdays that this date makes impossible; empty where they agree.

    ``today Monday`` and ``yesterday, Sunday`` fix the weekday. Where some agree and some do not, the others are taken
    as quoted.
    """
    named = list(_named_weekdays(tagged))
    wrong = [pair for pair in named if (published - timedelta(days=pair[1])).weekday() != pair[2]]
    if not wrong or len(wrong) * 2 <= len(named):
        return ""
    words = tagged.tokens.folded.original[slice(*tagged.tokens.span(*wrong[0][0]))]
    day = published - timedelta(days=wrong[0][1])
    return f"published {published}, but its text says {words!r} of {day}, a {day:%A}"


def _named_weekdays(tagged: Tagged) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Span in tokens, days before publication and weekday of each such phrase."""
    for i, tags in enumerate(tagged.tags):
        for found in tags:
            if found.tag == "time" and found.value in _DAYS_BACK:
                behind = i + found.width
                weekday = tagged.find(behind, "weekday") if behind < len(tagged.tags) else None
                if weekday:
                    yield (i, behind + weekday.width - 1), _DAYS_BACK[found.value], int(weekday.value)
                break


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(languages())


def _tagged(text: str, language: str) -> Tagged | None:
    """Tokens of the lead with their tags; None in a language without a lexicon."""
    return tag(tokenize(text[:_LEAD]), lexicon_for(language)) if text and language in _known() else None
