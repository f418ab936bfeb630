"""From files to documents. Each format is one module and its line in ``READERS``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BufferedReader, FileIO, RawIOBase
from typing import Final, cast

from geomap.errors import InputError
from geomap.model import Document, Issue
from geomap.readers.documents import Options, Seen, document_of, document_record
from geomap.readers.html import read_html
from geomap.readers.inputs import Input, check_source, find_inputs
from geomap.readers.jsonl import read_jsonl
from geomap.readers.markdown import read_markdown
from geomap.readers.plain import read_plain
from geomap.readers.record import Reader, Record, repair
from geomap.readers.table import read_table

__all__ = ["READERS", "document_record", "read"]

#: The reader of each file suffix. A new format is one file here and its line in this table.
READERS: Final[Mapping[str, Reader]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_table,
    ".tsv": read_table,
}

#: As much is looked at to find the encoding.
_BUFFER: Final = 1 << 16


def read(
    *sources: str | os.PathLike[str], published: date | None = None, language: str | None = None
) -> Iterator[Document | Issue]:
    """Articles of files and folders, one at a time, and what is wrong with the others.

    Parameters
    ----------
    *sources : str or path
        Files, folders (with all below them), ``-`` for standard input. A ``sources.csv`` beside a file says what is
        known of it.
    published : date, optional
        Day of publication of the articles that do not tell theirs.
    language : str, optional
        Language of all articles; without it, what is known of each, else what its letters say.

    Yields
    ------
    Document or Issue
        In the order of the sources; files of a folder by name. A source's issues come before its article.

    Raises
    ------
    InputError
        At once, where a source does not exist or its format is not known.
    """
    for source in sources:
        check_source(source, READERS)
    return _read(sources, Options(published, language))


def _read(sources: Iterable[str | os.PathLike[str]], options: Options) -> Iterator[Document | Issue]:
    seen: Seen = {}
    for item in find_inputs(sources, READERS):
        if isinstance(item, Issue):
            yield item
            continue
        for record in _records(item):
            if isinstance(record, Issue):
                yield record
            else:
                whole, issues = repair(record)
                yield from issues
                yield from document_of(whole, item, options, seen)


def _records(item: Input) -> Iterator[Record | Issue]:
    """Records of one input; where it cannot be read, an issue says so and the run goes on."""
    try:
        if item.path is None:
            # a buffer of our own: what stands in for the real one may not be able to look ahead
            opened: BufferedReader = BufferedReader(cast(RawIOBase, sys.stdin.buffer), _BUFFER)
        else:
            opened = BufferedReader(FileIO(item.path), _BUFFER)
        with opened as stream:
            reader = READERS.get(item.path.suffix.lower()) if item.path else None
            yield from (reader or _sniffed(stream))(stream, item.where)
    except InputError as error:
        yield Issue("error", error.where, error.what, error.hint)
    except OSError as error:
        yield Issue("error", item.where, f"cannot be read ({error.strerror or error})", "Skipped. Check the file.")


_PAGE: Final = re.compile(rb"<(?:!doctype html|html)", re.IGNORECASE)


def _sniffed(stream: BufferedReader) -> Reader:
    """The reader for bytes without a name: JSON lines, a page, else plain text."""
    head = stream.peek(1024).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return read_jsonl
    return read_html if _PAGE.match(head) else read_plain
