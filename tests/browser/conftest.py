"""One browser and one folder of pages for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geomap.writers.html import write_pages
from tests.browser.visits import CHROMIUM, Visit
from tests.support.hostile import HOSTILE, poison
from tests.support.sample import by_day, sample_days, sample_places, synthetic_incidents


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")
    days, undated = sample_days()
    for language in ("ar", "en"):
        write_pages(days, undated, out / language, language=language, gazetteer_labels=list(sample_places().values()))
    bad = {day: [poison(i, "".join(HOSTILE.values())) for i in found] for day, found in days.items()}
    write_pages(bad, undated, out / "bad")
    write_pages(days, undated, out / "shared", language="en", assets="shared")
    write_pages(*by_day(synthetic_incidents(2000, 60)), out / "many", language="en")
    return out


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, folder: Path) -> Iterator[Any]:
    visits: list[Visit] = []

    def open_page(name: str, fragment: str = "", **context: Any) -> Visit:
        visits.append(Visit(chromium, folder / f"{name}.html", fragment, **context))
        return visits[-1]

    yield open_page
    for one in visits:
        assert one.errors == []
        outside = [url for url in one.requests if not url.startswith(("file:", "blob:"))]
        assert outside == []
        one.context.close()
