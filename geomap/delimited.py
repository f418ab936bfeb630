"""Delimited text (RFC 4180): quoting, byte order mark, the row of HXL tags, and a guard against formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from geomap.outputs import replacing

Cell = str | int | float | bool | None
#: What Excel, LibreOffice or Google Sheets take for a formula, after any apostrophes of an earlier guard.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it; ``unguarded`` takes it off again."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def write_rows(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    tags: Sequence[str] | None = None,
    bom: bool = True,
    guard: bool = True,
) -> Path:
    """Write a header, optionally a row of HXL tags, and rows.

    None is an empty cell, True and False are ``true`` and ``false``. The file is replaced whole or left as it was.
    """
    with replacing(path) as free, free.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        if tags is not None:
            writer.writerow(tags)
        writer.writerows(_cells(rows, guard))
    return path


def _cells(rows: Iterable[Sequence[Cell]], guard: bool) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            (guarded(v) if guard else v)
            if isinstance(v, str)
            else "true"
            if v is True
            else "false"
            if v is False
            else v
            for v in row
        ]
