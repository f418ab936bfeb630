"""Web pages: the article without menus and scripts, by trafilatura. Offsets count the extracted text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from typing import Final

from geomap.errors import InputError
from geomap.model import Issue
from geomap.readers.decode import decode_article
from geomap.readers.record import MAX_LENGTH, Record

_CHARSET: Final = re.compile(rb"<meta[^>]{1,200}?charset=[\"']?([\w-]+)", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"<html\b[^>]*?\blang=[\"']?([A-Za-z]+)", re.IGNORECASE)


def read_html(stream: BufferedReader, where: str) -> Iterator[Record | Issue]:
    """The page's main text with the title, address, outlet and date that its metadata give."""
    from trafilatura import bare_extraction

    page, issues = _decode(stream, where)
    yield from issues
    # only dates that the page states: a date guessed from its text would be none of the publisher's
    dating = {"extensive_search": False, "original_date": True}
    found = bare_extraction(page, include_comments=False, with_metadata=True, date_extraction_params=dating)
    fields = found if isinstance(found, dict) or found is None else found.as_dict()
    text = (fields or {}).get("text") or ""
    if not fields or not text.strip():
        raise InputError(where, "no article found in the page", "Save its text as .txt.")
    language = _LANGUAGE.search(page)
    yield Record(
        where,
        text,
        language=language[1] if language else "",
        outlet=fields.get("sitename") or "",
        title=fields.get("title") or "",
        url=fields.get("url") or "",
        page_date=fields.get("date") or "",
    )


def _decode(stream: BufferedReader, where: str) -> tuple[str, list[Issue]]:
    """Text of the page, in the encoding it declares where its bytes are no UTF-8."""
    data = stream.read(MAX_LENGTH + 1)
    declared = _CHARSET.search(data[:4096])
    if declared and len(data) <= MAX_LENGTH:
        try:
            return data.decode(declared[1].decode("ascii")), []
        except (LookupError, UnicodeDecodeError):
            pass  # an unknown or a wrong declaration: found out as for any text
    return decode_article(BufferedReader(BytesIO(data)), where)  # type: ignore[arg-type, unused-ignore]
