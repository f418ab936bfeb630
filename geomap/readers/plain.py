"""Plain text: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from geomap.model import Issue
from geomap.readers.decode import decode_article
from geomap.readers.record import Record, first_line


def read_plain(stream: BufferedReader, where: str) -> Iterator[Record | Issue]:
    """The file's text; a first line that stands like a headline is also the title."""
    text, issues = decode_article(stream, where)
    yield from issues
    yield Record(where, text, title=first_line(text))
