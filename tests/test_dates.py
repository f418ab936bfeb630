"""Expressions of time against the day of publication."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.reading import MONDAY, table, times

EXAMPLES = table("times-ar.toml")
MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()


def marked(rows: list[dict[str, Any]]) -> list[Any]:
    """Examples as parameters; one with ``wrong`` is an error that is known."""
    return [
        pytest.param(
            row,
            id=f"{row['text']} ({row.get('published', 'undated')})",
            marks=[pytest.mark.xfail(strict=True, reason=row["wrong"])] if "wrong" in row else [],
        )
        for row in rows
    ]


@pytest.mark.parametrize("row", marked(EXAMPLES))
def test_expressions(row: dict[str, Any]) -> None:
    found = times(f"وقع ذلك {row['text']} في المدينة.", row.get("published"))
    if "kind" not in row:
        assert not found
        return
    assert [(w.kind, w.start, w.end) for w in found] == [(row["kind"], row.get("start"), row.get("end"))]


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(EXAMPLES) >= 80
    assert len({(row["text"], row.get("published")) for row in EXAMPLES}) == len(EXAMPLES)


#: Of all months but December, which has its rows in the table: it is read as January.
days = st.dates(date(1950, 1, 1), date(2049, 12, 31)).filter(lambda day: day.month < 12)


@given(days, st.integers(0, 3000))
@settings(deadline=None)
def test_a_full_date_is_that_day_whenever_it_is_read(day: date, later: int) -> None:
    published = day + timedelta(days=later)
    written = (
        f"في {day.day} {MONTHS[day.month - 1]} {day.year}",
        f"بتاريخ {day.isoformat()}",
        f"بتاريخ {day.day}/{day.month}/{day.year}",
    )
    for text in written:
        (when,) = times(text, published)
        assert (when.kind, when.start, when.end) == ("day", day, None)
        assert when.age(published) == later


@given(days, st.integers(0, 330))
@settings(deadline=None)
def test_a_date_without_a_year_is_the_last_one_before_publication(day: date, later: int) -> None:
    assume((day.month, day.day) != (2, 29))
    published = day + timedelta(days=later)
    (when,) = times(f"في {day.day} {MONTHS[day.month - 1]}", published)
    assert when.start == day


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(0, 6))
@settings(deadline=None)
def test_a_weekday_is_one_of_the_last_six_days_or_tomorrow(published: date, weekday: int) -> None:
    (when,) = times(f"وقع ذلك {WEEKDAYS[weekday]} في المدينة", published)
    if (published.weekday() + 1) % 7 == weekday:
        assert when.kind == "future"
        return
    assert when.start is not None
    assert when.start.weekday() == weekday
    assert 0 <= (published - when.start).days < 6


def test_a_weekday_of_last_week_may_say_so() -> None:
    (when,) = times(f"وقع ذلك {WEEKDAYS[1]} الماضي في المدينة", date(2020, 9, 28))
    assert when.start == date(2020, 9, 22)


@pytest.mark.parametrize(
    "text", ["أضخم هجوم جوي منذ بداية الحرب", "للمرة الأولى منذ الجمعة", "أعنف قصف على المدينة منذ 20 سبتمبر"]
)
def test_since_behind_a_superlative_dates_nothing(text: str) -> None:
    assert [when.kind for when in times(text)] == ["rank"]


@given(st.integers(1, 31), st.integers(1, 11), st.integers(1950, 2049))
@settings(deadline=None)
def test_a_day_that_the_calendar_does_not_have_is_no_date(day: int, month: int, year: int) -> None:
    found = times(f"في {day} {MONTHS[month - 1]} {year}", date(2049, 12, 31))
    try:
        expected = date(year, month, day)
    except ValueError:
        assert all(w.kind != "day" for w in found)
    else:
        assert [w.start for w in found] == [expected]


def test_expressions_come_in_order_and_do_not_overlap() -> None:
    found = times("قصفت باكو الأحد، وردت يريفان أمس الاثنين بعد معارك 2016 وفي 27 سبتمبر 2020.")
    assert len(found) == 4
    assert all(a.stop <= b.first for a, b in pairwise(found))


def test_a_sentence_without_time_has_none() -> None:
    assert times("قصفت القوات بلدة جرموك وأصابت 12 جنديا.") == []


@pytest.mark.parametrize("text", ["يوم الأحد الموافق 27 سبتمبر", "الأحد (27 سبتمبر)", "الأحد، 27 أيلول 2020"])
def test_a_weekday_and_the_date_behind_it_agree(text: str) -> None:
    assert {(w.kind, w.start) for w in times(text)} == {("day", date(2020, 9, 27))}


def test_each_sentence_is_read_by_itself() -> None:
    assert [w.start for w in times("قصفت باكو أمس. وردت يريفان اليوم.")] == [MONDAY - timedelta(1), MONDAY]
