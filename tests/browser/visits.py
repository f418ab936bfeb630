"""A visit to a page in headless Chromium, with no network, and what the page asked for and complained of."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FIRST, SECOND, THIRD = "2020-09-27", "2020-09-28", "2022-09-13"


def marks_for_tests() -> list[pytest.MarkDecorator]:
    """Marks of a module of browser tests, which is skipped where there is no browser."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed", allow_module_level=True)
    pytest.importorskip("playwright.sync_api")
    return [pytest.mark.browser, pytest.mark.enable_socket]


class Visit:
    """A page with what it asked for and complained of."""

    def __init__(self, chromium: Any, path: Path, fragment: str = "", **context: Any) -> None:
        context.setdefault("viewport", {"width": 1280, "height": 800})
        self.context = chromium.new_context(offline=True, accept_downloads=True, **context)
        self.page: Any = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(path.as_uri() + fragment)
        if context.get("java_script_enabled", True) and path.stem != "index":
            self.page.wait_for_selector("html.ready")

    def settled(self) -> None:
        """Wait out the pause after typing, and animations."""
        self.page.wait_for_timeout(450)
