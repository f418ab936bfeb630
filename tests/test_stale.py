"""Pages of days that no longer have an incident."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geomap.stale import MARK, stale_pages
from tests.support.commands import geomap

FIRST, SECOND = "2020-09-27", "2020-09-28"
ARTICLES = {
    FIRST: "قصفت القوات الأرمينية مدينة غانجا اليوم الأحد.",
    SECOND: "قصفت القوات الأذربيجانية بلدة ترتر اليوم الاثنين.",
}


@pytest.fixture
def two_days(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of articles of two days, and the maps of both."""
    articles, out = tmp_path / "articles", tmp_path / "maps"
    articles.mkdir()
    for day, text in ARTICLES.items():
        (articles / f"{day}.txt").write_text(text, "utf-8")
    geomap("map", articles, "-o", out)
    assert pages(out) == {FIRST, SECOND}
    return articles, out


def pages(out: Path) -> set[str]:
    return {path.stem for path in out.glob("20*.html")}


def test_the_page_of_a_day_that_left_the_articles_goes(two_days: tuple[Path, Path]) -> None:
    articles, out = two_days
    (articles / f"{FIRST}.txt").unlink()
    ran = geomap("-v", "map", articles, "-o", out)
    assert pages(out) == {SECOND}
    assert f"removed {out / FIRST}.html" in ran.err
    assert not list(out.glob(f"{FIRST}.*"))
    assert "3 removed" in ran.out


def test_pages_that_somebody_else_wrote_stay(two_days: tuple[Path, Path]) -> None:
    articles, out = two_days
    (out / "2020-10-01.html").write_text("<p>my notes</p>", "utf-8")
    (out / "2020-99-01.html").write_text(MARK, "utf-8")
    (out / "2020-10-02.html").mkdir()
    assert "removed" not in geomap("-v", "map", articles, "-o", out).err
    assert pages(out) == {FIRST, SECOND, "2020-10-01", "2020-99-01", "2020-10-02"}


@pytest.mark.parametrize(
    "options", [("--day", SECOND), ("--from", SECOND), ("-f", "geojson"), ("-n",)], ids=lambda o: o[0]
)
def test_a_run_that_does_not_look_at_the_day_leaves_its_page(
    two_days: tuple[Path, Path], options: tuple[str, ...]
) -> None:
    articles, out = two_days
    (articles / f"{FIRST}.txt").unlink()
    geomap("map", articles, "-o", out, *options)
    assert pages(out) == {FIRST, SECOND}


def test_every_page_carries_the_mark(two_days: tuple[Path, Path]) -> None:
    _, out = two_days
    for path in out.glob("*.html"):
        assert MARK in path.read_text("utf-8")[:1024]
    assert stale_pages(out, [date.fromisoformat(FIRST)], lambda _: True) == [
        out / f"{SECOND}{suffix}" for suffix in (".html", ".geojson", ".qml")
    ]
