"""What a reader hands on: an article as its input tells it, before anything is decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import Any, Final

from geomap.model import Issue
from geomap.record import GEOPARSED

#: No article is longer; a file or line that is has lost its line breaks or holds something else.
MAX_LENGTH: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """One article. ``where`` is its file, with the line where a file holds several; the rest may be empty.

    ``published`` is the date as it was given, ``page_date`` the one that a page's metadata give.
    """

    where: str
    text: str
    id: str = ""
    language: str = ""
    outlet: str = ""
    title: str = ""
    url: str = ""
    published: str = ""
    published_basis: str = ""
    page_date: str = ""
    mentions: tuple[Mapping[str, Any], ...] | None = None


#: Reads one input: its bytes and its name. Raises InputError where nothing of it can be read.
Reader = Callable[[BufferedReader, str], Iterator[Record | Issue]]

#: Fields of a record and the names they go by in other people's files.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "article"),
    "id": ("doc", "id", "document_id"),
    "language": ("language", "lang"),
    "outlet": ("outlet", "source", "publisher"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "published": ("published", "date", "published_at", "pubdate"),
    "published_basis": ("published_basis",),
}


def record_of(row: Mapping[str, object], where: str) -> Record | Issue:
    """The record that a row with named fields holds."""
    given = {str(name).strip().lower(): value for name, value in row.items() if value is not None}
    found = {
        field: next((given[name] for name in names if given.get(name) not in (None, "")), "")
        for field, names in FIELDS.items()
    }
    text = found.pop("text")
    if not isinstance(text, str):
        return Issue("error", where, f"the text is not a string ({text!r:.40})", "Skipped.")
    if not text:
        hint = f"Skipped. The text belongs into one of: {', '.join(FIELDS['text'])}."
        return Issue("error", where, f"no text (fields: {', '.join(given) or 'none'})", hint)
    # a list of mentions may be anything in other people's files
    mentions = given.get("mentions", []) if given.get("step") == GEOPARSED else None
    if mentions is not None and not (isinstance(mentions, list) and all(isinstance(m, Mapping) for m in mentions)):
        hint = "Skipped. Write what `geomap geoparse` writes, or leave `step` out."
        return Issue("error", where, f"the mentions are no list of objects ({mentions!r:.40})", hint)
    told: dict[str, Any] = {field: str(value).strip() for field, value in found.items()}
    return Record(where, text, **told, mentions=None if mentions is None else tuple(mentions))


#: What no output can hold, be it JSON, HTML or SQLite: halves of a character pair (bad bytes are such), and NUL.
_BROKEN: Final = re.compile("[\ud800-\udfff\0]")


def repair(record: Record) -> tuple[Record, list[Issue]]:
    """Put U+FFFD for each thing that is no character, so that offsets stay."""
    fields = {name: getattr(record, name) for name in ("where", *FIELDS, "page_date")}
    broken: dict[str, tuple[Any, int]] = {
        name: _BROKEN.subn("\ufffd", value) for name, value in fields.items() if _BROKEN.search(value)
    }
    if not broken:
        return record, []
    count = sum(count for _, count in broken.values())
    issue = Issue("warning", record.where, f"bytes that are no character ({count})", "Read as U+FFFD.")
    return replace(record, **{name: value for name, (value, _) in broken.items()}), [issue]


def first_line(text: str, most: int = 200) -> str:
    """The first line where it stands like a headline over more text, else nothing."""
    line, _, rest = text.lstrip().partition("\n")
    return line.strip() if rest.strip() and len(line) <= most else ""
