"""Tables, comma, semicolon or tab between the columns: one article a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BufferedReader
from typing import Final

from geomap.errors import InputError
from geomap.model import Issue
from geomap.readers.decode import open_lines
from geomap.readers.record import FIELDS, MAX_LENGTH, Record, record_of

_DELIMITERS: Final = ",;\t|"


def read_table(stream: BufferedReader, where: str) -> Iterator[Record | Issue]:
    """Each row's article. ``where`` of a row counts lines, as an editor does."""
    lines, issues = open_lines(stream, where)
    yield from issues
    header_line = lines.readline(MAX_LENGTH)
    delimiter = max(_DELIMITERS, key=header_line.count)
    header = next(csv.reader([header_line], delimiter=delimiter), [])
    names = [name.strip().lower() for name in header]
    if not set(names) & set(FIELDS["text"]):
        shown = ", ".join(names)[:200] or "none"
        hint = f"Name the column of the text one of: {', '.join(FIELDS['text'])}."
        raise InputError(where, f"no column of text (columns: {shown})", hint)
    csv.field_size_limit(MAX_LENGTH)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        line = rows.line_num + 2
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Issue("error", f"{where}:{line}", f"not a row ({error})", "Skipped. Mend it.")
            continue
        if row:
            yield record_of(dict(zip(names, row, strict=False)), f"{where}:{line}")
