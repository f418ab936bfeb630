"""From records to documents: id, language and date of each article, from its record and its file's row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from geomap.model import Document, Issue, Source, content_id
from geomap.published import Clues, date_article
from geomap.readers.inputs import Input
from geomap.readers.language import detect_language
from geomap.readers.record import Record


class Options(NamedTuple):
    """What the user says of all articles: the date of those that do not tell theirs, and their language."""

    published: date | None = None
    language: str | None = None


_TOLD: Final = ("language", "outlet", "title", "url", "published", "published_basis")

#: Of each id read so far, the id of its text and where it stands.
Seen = dict[str, tuple[str, str]]


def document_of(record: Record, item: Input, options: Options, seen: Seen) -> Iterator[Document | Issue]:
    """The document behind its issues; none where the same article was read before."""
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
    told = _told(record, item.known, alone)
    language = options.language or _language(told["language"], record.text)
    dating = date_article(_clues(record, item, told, language, options.published))
    yield from dating.issues
    fields = {name: told[name] for name in ("outlet", "title", "url")}
    source = Source(document_id, language, **fields, published=dating.day, published_basis=dating.basis)
    yield Document(record.text, source, record.mentions)


def _told(record: Record, known: Mapping[str, str], alone: bool) -> dict[str, str]:
    """What is told of the article. Its file's row goes first where the file is the article, else the record's own."""
    own = {name: getattr(record, name) for name in _TOLD if getattr(record, name)}
    row = {name: known[name] for name in _TOLD if known.get(name)}
    first, second = (row, own) if alone else (own, row)
    told = dict.fromkeys(_TOLD, "") | second | first
    # a date and how it is known belong together
    dated = first if first.get("published") else second
    told["published_basis"] = dated.get("published_basis", "")
    told["dated_at"] = known.get("where", "") if dated is row else ""
    return told


def _clues(record: Record, item: Input, told: Mapping[str, str], language: str, option: date | None) -> Clues:
    return Clues(
        where=record.where,
        text=record.text,
        language=language,
        given=told["published"],
        given_basis=told["published_basis"],
        given_at=told["dated_at"],
        page_date=record.page_date,
        url=told["url"],
        file_name=item.path.stem if item.path else "",
        option=option,
    )


_CODE: Final = re.compile(r"[a-z]{2,3}(?=[-_]|\Z)")


def _language(given: str, text: str) -> str:
    code = _CODE.match(given.lower())
    return code.group() if code else detect_language(text)


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
