"""``sources.csv``: what is known of the articles that stand beside it."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from geomap.errors import InputError
from geomap.model import Issue
from geomap.readers.decode import open_lines

NAME: Final = "sources.csv"
COLUMNS: Final = ("file", "published", "published_basis", "outlet", "title", "url", "language")


@dataclass(frozen=True, slots=True)
class Known:
    """The rows of one ``sources.csv`` by file name, each with its line, and what is wrong with them."""

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

    def of(self, name: str) -> Mapping[str, str]:
        """Filled cells of a file's row, ``where`` among them; empty where no row names it."""
        return self.rows.get(unicodedata.normalize("NFC", name), {})


def load_sources(folder: Path, where: str) -> Known:
    """What a folder's ``sources.csv`` says; nothing where there is none or it cannot be read."""
    path = folder / NAME
    if not path.is_file():
        return Known()
    issues: list[Issue] = []
    rows: dict[str, Mapping[str, str]] = {}
    try:
        with path.open("rb") as stream, open_lines(stream, where) as (lines, noticed):
            issues += noticed
            table = csv.DictReader(lines)
            issues += _check_header(table.fieldnames or (), where)
            for row in table:
                _add(rows, row, f"{where}:{table.line_num}", folder, issues)
    except (InputError, csv.Error, OSError) as error:
        issues.append(Issue("error", where, f"cannot be read ({error})", "The articles are read without it."))
    return Known(rows, tuple(issues))


def _check_header(names: object, where: str) -> list[Issue]:
    given = [str(name).strip() for name in names] if isinstance(names, list) else []
    if "file" not in given:
        hint = f"Its first line is: {','.join(COLUMNS)}"
        return [Issue("error", where, f"no column 'file' (columns: {', '.join(given) or 'none'})", hint)]
    issues = []
    for name in sorted(set(given) - set(COLUMNS)):
        close = difflib.get_close_matches(name, COLUMNS, 1)
        hint = f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(COLUMNS)}."
        issues.append(Issue("warning", where, f"unknown column ({name!r})", hint))
    return issues


def _add(
    rows: dict[str, Mapping[str, str]], row: Mapping[str | None, object], where: str, folder: Path, issues: list[Issue]
) -> None:
    cells = {name.strip(): value.strip() for name, value in row.items() if name and isinstance(value, str)}
    name = unicodedata.normalize("NFC", cells.pop("file", ""))
    if not name:
        return
    if name in rows:
        issues.append(Issue("warning", where, f"a second row for one file ({name!r})", "The first one counts."))
    elif not (folder / name).is_file():
        issues.append(Issue("warning", where, f"no such file ({name!r})", "Mend its name or remove the row."))
    else:
        rows[name] = {"where": where} | {key: value for key, value in cells.items() if value and key in COLUMNS}
