"""The map of a notebook in headless Chromium, with no network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geomap.gazetteer import Gazetteer
from geomap.notebook import NotebookMap, explore
from tests.support.hostile import HOSTILE, poison
from tests.support.sample import sample_incidents

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

CHROMIUM = os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
if not CHROMIUM:
    pytest.skip("Chromium is not installed", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api")
#: As a notebook's server on this machine has it.
ADDRESS = "http://localhost:8888/lab"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Cell:
    """A notebook with one map, what it asked for and complained of."""

    def __init__(self, chromium: Any, shown: NotebookMap) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        notebook = f"<!doctype html><title>notebook</title>{shown._repr_html_()}"
        self.context = chromium.new_context(viewport={"width": 1200, "height": 700})
        self.page = self.context.new_page()
        self.context.route("**/*", lambda route: self._answer(route, notebook))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(ADDRESS)
        self.frame = self.page.frame_locator("iframe")
        self.frame.locator("[aria-label='list'], .scroll").first.wait_for()

    def _answer(self, route: Any, notebook: str) -> None:
        self.requests.append(route.request.url)
        if route.request.url == ADDRESS:
            route.fulfill(body=notebook, content_type="text/html; charset=utf-8")
        else:
            route.abort()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_map_is_there_without_a_network(chromium: Any, language: str, tmp_path: Path) -> None:
    cell = Cell(chromium, explore(sample_incidents(), Gazetteer({}), language=language))
    assert cell.requests == [ADDRESS]
    assert cell.errors == []
    assert cell.frame.locator(".leaflet-container").count() == 1
    assert cell.frame.locator("input[type=range]").count() == 2
    cell.page.screenshot(path=os.environ.get("GEOMAP_NOTEBOOK_PNG") or str(tmp_path / "cell.png"))
    cell.context.close()


def test_filters_answer_inside_the_frame_and_leave_the_notebook_alone(chromium: Any) -> None:
    cell = Cell(chromium, explore(sample_incidents(), Gazetteer({}), language="en"))
    cell.frame.locator("input[type=search]").fill("Tartar")
    cell.page.wait_for_timeout(600)
    assert cell.errors == []
    assert cell.page.url == ADDRESS
    assert cell.requests == [ADDRESS]
    cell.context.close()


def test_text_in_it_cannot_act(chromium: Any) -> None:
    bad = "".join(HOSTILE.values()) + "\"'></iframe><script>window.hacked=1</script>"
    incidents = [poison(incident, bad) for incident in sample_incidents()[:3]]
    incidents.append(replace(incidents[0], id="f" * 12, places=()))
    cell = Cell(chromium, explore(incidents, Gazetteer({})))
    assert cell.page.evaluate("window.hacked") is None
    assert [frame.evaluate("window.hacked") for frame in cell.page.frames] == [None, None]
    assert cell.page.locator("iframe").count() == 1
    assert cell.errors == []
    cell.context.close()
