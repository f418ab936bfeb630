"""A picture of a page, by Chromium where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from geomap.errors import OutputError

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def find_chromium() -> str | None:
    """The first Chromium on the path."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def write_png(page: Path, out: Path, *, width: int = 1280, height: int = 800, timeout_s: float = 60.0) -> Path:
    """Write a picture of a page.

    Raises
    ------
    OutputError
        Where there is no Chromium, or it writes nothing.
    """
    chromium = find_chromium()
    if chromium is None:
        raise OutputError(
            str(out), "no Chromium on this machine", "Install chromium, or print the page from a browser."
        )
    with tempfile.TemporaryDirectory() as profile:
        picture = Path(profile) / "page.png"
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
        command += [f"--user-data-dir={profile}", f"--window-size={width},{height}", "--virtual-time-budget=3000"]
        command += [f"--screenshot={picture}", page.resolve().as_uri()]
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=timeout_s)  # noqa: S603  our own list
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OutputError(str(out), f"Chromium failed ({error})", "Try again, or print from a browser.") from error
        if not picture.is_file():
            raise OutputError(str(out), "Chromium wrote no picture", f"Does {page} open in a browser?")
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(picture, out)
    return out
