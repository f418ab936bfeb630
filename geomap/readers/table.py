"""Tables, comma, semicolon or tab between the columns: one article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from typing import Final

from geomap.errors import InputError
from geomap.model import Issue
from geomap.readers.decode import lines_of, open_lines
from geomap.readers.record import FIELDS, MAX_LENGTH, Record, record_of

_DELIMITERS: Final = ",;\t|"


def read_table(stream: BufferedReader, where: str) -> Iterator[Record | Issue]:
    """Each row's article. ``where`` of a row is the line it begins on, as an editor counts."""
    with open_lines(stream, where) as (lines, issues):
        yield from issues
        names, delimiter = _header(lines, where)
        csv.field_size_limit(MAX_LENGTH)
        too_long: list[Issue] = []
        rows = csv.reader(_lines(lines, where, too_long), delimiter=delimiter)
        while True:
            at = f"{where}:{rows.line_num + 2}"
            try:
                row = next(rows)
            except StopIteration:
                break
            except csv.Error as error:
                yield Issue("error", at, f"not a row ({error})", "Skipped. Mend it.")
                continue
            if any(row):
                yield record_of(dict(zip(names, row, strict=False)), at)
            yield from _taken(too_long)
        yield from _taken(too_long)


def _header(lines: TextIOWrapper, where: str) -> tuple[list[str], str]:
    line = lines.readline(MAX_LENGTH)
    if not line.strip():
        raise InputError(where, "the file is empty", "Remove it, or fetch the articles again.")
    delimiter = max(_DELIMITERS, key=line.count)
    names = [name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter))]
    if not set(names) & set(FIELDS["text"]):
        hint = f"Name the column of the text one of: {', '.join(FIELDS['text'])}."
        raise InputError(where, f"no column of text (columns: {', '.join(names)[:200]})", hint)
    return names, delimiter


def _lines(lines: TextIOWrapper, where: str, too_long: list[Issue]) -> Iterator[str]:
    """The lines behind the header; in place of one that is longer than any article an empty one, and its issue."""
    for line in lines_of(lines, where, first=2):
        if isinstance(line, Issue):
            too_long.append(line)
        yield "\n" if isinstance(line, Issue) else line[1]


def _taken(issues: list[Issue]) -> Iterator[Issue]:
    while issues:
        yield issues.pop(0)
