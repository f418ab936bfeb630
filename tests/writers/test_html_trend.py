"""The trend of the last week against the four before it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from geomap.writers.html import write_pages
from geomap.writers.html.labels import load_labels
from geomap.writers.html.trend import trend
from tests.support.sample import by_day, sample_days, synthetic_incidents

LAST = date(2024, 2, 4)
FIRST = LAST - timedelta(34)
ENGLISH = load_labels("en")


def weeks(*counts: int) -> list[date]:
    """Days with so many events in the last week, the one before it, and so on."""
    return [LAST - timedelta(7 * week + n % 7) for week, count in enumerate(counts) for n in range(count)]


@pytest.mark.parametrize(
    ("counts", "change", "kind", "text"),
    [
        ((10, 5, 5, 5, 5), 100, "up strong", "▲ 100 %"),
        ((6, 5, 5, 5, 5), 20, "up", "▲ 20 %"),
        ((5, 8, 2, 5, 5), 0, "same", "≈"),
        ((0, 3, 3, 3, 3), -100, "down strong", "▼ 100 %"),
        ((9, 10, 10, 10, 11), -12, "down", "▼ 12 %"),
        ((50, 3, 3, 3, 2), None, "none", "–"),
    ],
)
def test_the_last_week_is_compared_with_a_mean_week_before(
    counts: tuple[int, ...], change: int | None, kind: str, text: str
) -> None:
    found = trend(weeks(*counts), FIRST, LAST)
    assert (found.count, found.change, found.kind, found.text(ENGLISH)) == (counts[0], change, kind, text)


def test_without_four_weeks_before_there_is_no_trend() -> None:
    assert trend(weeks(9, 9, 9, 9, 9), FIRST + timedelta(1), LAST).change is None


def test_older_events_do_not_count() -> None:
    assert trend(weeks(5, 5, 5, 5, 5, 90), FIRST - timedelta(60), LAST).change == 0


def test_the_index_tells_the_trend_of_all_and_of_each_type(tmp_path: Path) -> None:
    days, undated = by_day(synthetic_incidents(600, 60))
    index = write_pages(days, undated, tmp_path, language="en")[-1].read_text("utf-8")
    assert "All types" in index
    assert index.count('<span class="trend ') == 1 + index.count('class="dot"></i><span>')
    assert "against a mean week of the four before" in index


def test_a_few_events_have_no_trend(tmp_path: Path) -> None:
    index = write_pages(*sample_days(), tmp_path, language="en")[-1].read_text("utf-8")
    assert "▲" not in index
    assert '<span class="trend none">–</span>' in index
