"""Day pages that an earlier run left and no incident stands on any more."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

#: Stands at the head of every page that geomap writes.
MARK = '<meta name="generator" content="geomap">'
_HEAD_BYTES = 1024


def stale_pages(out: Path, days: Collection[date], wanted: Callable[[date], bool]) -> list[Path]:
    """Pages that geomap wrote of days that the run looked at (``wanted``) and found nothing on, with their layers."""
    found = []
    for path in sorted(out.glob("????-??-??.html")):
        day = _day(path.stem)
        if day and day not in days and wanted(day) and is_own_page(path):
            beside = (path.with_suffix(suffix) for suffix in (".geojson", ".qml"))
            found += [path, *(layer for layer in beside if layer.exists())]
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_own_page(path: Path) -> bool:
    """Whether geomap wrote this page."""
    try:
        with path.open("rb") as file:
            return MARK.encode() in file.read(_HEAD_BYTES)
    except OSError:
        return False
