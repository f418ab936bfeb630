"""From files to documents: what is read, by which reader, and what is known of it besides its text."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import Final, NamedTuple

from geomap.errors import InputError
from geomap.model import Document, Issue, Source, content_id
from geomap.published import Clues, date_article
from geomap.readers.html import read_html
from geomap.readers.jsonl import read_jsonl
from geomap.readers.language import detect_language
from geomap.readers.markdown import read_markdown
from geomap.readers.plain import read_plain
from geomap.readers.record import Reader, Record
from geomap.readers.sources import NAME, Known, load_sources
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


class _Input(NamedTuple):
    """A file to read (None: standard input), its name for people, and its row in ``sources.csv``."""

    path: Path | None
    where: str
    known: Mapping[str, str]


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
        _check(source)
    return _read(sources, published, language)


def document_record(document: Document) -> dict[str, str]:
    """The document as a JSON line that ``read`` takes back as it was."""
    source = document.source
    return {
        "doc": source.document_id,
        "language": source.language,
        "published": source.published.isoformat() if source.published else "",
        "published_basis": source.published_basis,
        "outlet": source.outlet,
        "title": source.title,
        "url": source.url,
        "text": document.text,
    }


def _check(source: str | os.PathLike[str]) -> None:
    path = Path(source)
    if os.fspath(source) == "-" or path.is_dir():
        return
    if not path.exists():
        raise InputError(path.as_posix(), "no such file or folder", "Check the name; `-` reads standard input.")
    if path.suffix and path.suffix.lower() not in READERS:
        hint = f"Known are {', '.join(READERS)}; convert it to one of them."
        raise InputError(path.as_posix(), f"no reader for this format ({path.suffix!r})", hint)


def _read(
    sources: Iterable[str | os.PathLike[str]], published: date | None, language: str | None
) -> Iterator[Document | Issue]:
    seen: dict[str, tuple[str, str]] = {}
    for item in _inputs(sources):
        if isinstance(item, Issue):
            yield item
            continue
        for record in _records(item):
            if isinstance(record, Issue):
                yield record
            else:
                yield from _document(record, item, published, language, seen)


# ── which files ──────────────────────────────────────────────────────────────────────────────────────


def _inputs(sources: Iterable[str | os.PathLike[str]]) -> Iterator[_Input | Issue]:
    folders: dict[Path, Known] = {}
    for source in sources:
        if os.fspath(source) == "-":
            yield _Input(None, "standard input", {})
            continue
        path = Path(source)
        files = _files_below(path) if path.is_dir() else [path]
        if not files:
            yield Issue("error", path.as_posix(), "the folder holds no article", f"Known are {', '.join(READERS)}.")
        for file in files:
            if file.parent not in folders:
                folders[file.parent] = load_sources(file.parent, (file.parent / NAME).as_posix())
                yield from folders[file.parent].issues
            if file.suffix.lower() in READERS or not path.is_dir():
                yield _Input(file, file.as_posix(), folders[file.parent].of(file.name))
            else:
                hint = f"Skipped. Known are {', '.join(READERS)}."
                yield Issue("warning", file.as_posix(), f"no reader for this format ({file.suffix!r})", hint)


def _files_below(folder: Path) -> list[Path]:
    """All files but hidden ones and what is known of the others, in an order that does not depend on the machine."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    visible = (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return sorted(visible, key=lambda path: path.relative_to(folder).parts)


# ── what they hold ───────────────────────────────────────────────────────────────────────────────────


def _records(item: _Input) -> Iterator[Record | Issue]:
    """Records of one input; where it cannot be read, an issue says so and the run goes on."""
    try:
        if item.path is None:
            # standard input stays open for whoever reads on
            stream = BufferedReader(sys.stdin.buffer, 1 << 16)  # type: ignore[type-var, unused-ignore]
            yield from _sniffed(stream)(stream, item.where)
            stream.detach()
            return
        with item.path.open("rb", buffering=1 << 16) as stream:
            reader = READERS.get(item.path.suffix.lower()) or _sniffed(stream)
            yield from reader(stream, item.where)
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


# ── what is known of them ────────────────────────────────────────────────────────────────────────────


def _document(
    record: Record, item: _Input, published: date | None, language: str | None, seen: dict[str, tuple[str, str]]
) -> Iterator[Document | Issue]:
    stem = item.path.stem if item.path else "stdin"
    alone = record.where == item.where
    text_id = content_id(record.text)
    document_id = record.id or (stem if alone else f"{stem}-{text_id[:8]}")
    if document_id in seen:
        same_text, where = seen[document_id]
        if same_text == text_id:
            yield Issue("info", record.where, f"the same article as {where} ({document_id!r})", "Read once.")
            return
        other = f"{document_id}-{text_id[:8]}"
        yield Issue("warning", record.where, f"{where} has the same id ({document_id!r})", f"Read as {other}.")
        document_id = other
    seen[document_id] = (text_id, record.where)
    spoken = language or _language(record, item.known)
    clues = _clues(record, item, spoken, published, stem if alone else "")
    dating = date_article(clues)
    yield from dating.issues
    fields = {name: item.known.get(name) or getattr(record, name) for name in ("outlet", "title", "url")}
    yield Document(
        record.text, Source(document_id, spoken, **fields, published=dating.day, published_basis=dating.basis)
    )


def _clues(record: Record, item: _Input, language: str, published: date | None, name: str) -> Clues:
    """Clues to the date. What the record itself says goes before what is known of the whole file."""
    own = bool(record.published)
    return Clues(
        where=record.where,
        text=record.text,
        language=language,
        given=record.published or item.known.get("published", ""),
        given_basis=record.published_basis if own else item.known.get("published_basis", ""),
        given_at="" if own else item.known.get("where", ""),
        page_date=record.page_date,
        url=record.url or item.known.get("url", ""),
        file_name=name,
        option=published,
    )


_CODE: Final = re.compile(r"[a-z]{2,3}(?=[-_]|\Z)")


def _language(record: Record, known: Mapping[str, str]) -> str:
    given = _CODE.match((record.language or known.get("language", "")).lower())
    return given.group() if given else detect_language(record.text)
