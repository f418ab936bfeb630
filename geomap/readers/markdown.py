"""Markdown: one file, one article; what stands between two ``---`` lines at its top are its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from typing import Final

from geomap.model import Issue
from geomap.readers.decode import decode_article
from geomap.readers.record import Record, first_line, record_of

_FRONT: Final = re.compile(r"---[ \t]*\r?\n(.*?\n)?---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD: Final = re.compile(r"^([A-Za-z_]+):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)


def read_markdown(stream: BufferedReader, where: str) -> Iterator[Record | Issue]:
    """The text behind the fields, its markup kept."""
    whole, issues = decode_article(stream, where)
    yield from issues
    front = _FRONT.match(whole)
    text = whole[front.end() :] if front else whole
    fields = {name: value.strip("\"'") for name, value in _FIELD.findall(front[1] or "")} if front else {}
    record = record_of({**fields, "text": text}, where)
    if isinstance(record, Record) and not record.title:
        record = replace(record, title=first_line(text).strip("# "))
    yield record
