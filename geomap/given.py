"""The mentions that an article's record brings along: what ``geomap geoparse`` found, and what its reader mended.

A mention that stands in the record counts, with the record's role and place; one that does not stand there is no
mention. So what somebody corrects between two steps is what the next one reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geoparse import Parsed
from geomap.geoparse.candidates import Span
from geomap.model import Document, Mention, Reason, Role
from geomap.records import place_of
from geomap.text import Tokens

_GIVEN: Final = (Reason("given", "as the article's record has it"),)
_HINT: Final = "Mend the record, or leave its `step` out to have the article geoparsed again."


def as_given(parsed: Parsed, document: Document, gazetteer: Gazetteer) -> Parsed:
    """What was parsed, with the mentions of the document's record instead.

    Raises
    ------
    InputError
        Where a mention of the record does not fit the text, or has a role or place that does not exist.
    """
    found = {(m.start, m.end): (m, s) for m, s in zip(parsed.mentions, parsed.spans, strict=True)}
    taken: list[tuple[Span, Mention]] = []
    for row in sorted(document.mentions or (), key=_start):
        mention = _mention(row, document, gazetteer)
        if taken and mention.start < taken[-1][1].end:
            raise _broken(document, row, "overlaps the one before")
        own, span = found.get((mention.start, mention.end), (None, None))
        if own is not None and (own.role, own.place) == (mention.role, mention.place):
            mention = own
        taken.append((span or _span(mention, parsed.tagged.tokens), mention))
    spans, mentions = tuple(s for s, _ in taken), tuple(m for _, m in taken)
    return Parsed(parsed.tagged, mentions, spans, parsed.whens, parsed.views)


def _start(row: Mapping[str, Any]) -> int:
    start = row.get("start")
    return start if type(start) is int else -1


def _mention(row: Mapping[str, Any], document: Document, gazetteer: Gazetteer) -> Mention:
    start, end, role, place = (row.get(name) for name in ("start", "end", "role", "place"))
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(document.text):
        raise _broken(document, row, f"is not in the text of {len(document.text)} characters")
    written = document.text[start:end]
    if not written.strip() or row.get("text", written) != written:
        raise _broken(document, row, f"has another text than the article there ({written!r:.40})")
    if role not in get_args(Role):
        raise _broken(document, row, f"has no role ({role!r}; one of {', '.join(get_args(Role))})")
    try:
        known = place_of(place, gazetteer) if place else None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(document, row, f"has a place that no gazetteer knows and that lacks {error}") from error
    return Mention(document.id, start, end, written, role, known, (), _GIVEN)  # type: ignore[arg-type]


def _broken(document: Document, row: Mapping[str, Any], what: str) -> InputError:
    shown = {name: row.get(name) for name in ("start", "end", "text", "role")}
    return InputError(document.id, f"a mention that {what}: {shown}", _HINT)


def _span(mention: Mention, tokens: Tokens) -> Span:
    """The tokens that a mention covers, less the letters of the first one that stand before it."""
    covered = [k for k in range(len(tokens.words)) if _covers(tokens.span(k, k), mention)]
    if not covered:
        raise InputError(mention.document_id, f"a mention without a word ({mention.text!r:.40})", _HINT)
    first, stop = covered[0], covered[-1] + 1
    begins = (tokens.folded.start_of(tokens.starts[first] + cut) for cut in range(len(tokens.words[first])))
    cut = sum(begin < mention.start for begin in begins)
    key = " ".join(tokens.words[first:stop])[cut:]
    return Span(first, stop, cut, "name", key, (mention.place.id,) if mention.place else ())


def _covers(span: tuple[int, int], mention: Mention) -> bool:
    return span[0] < mention.end and mention.start < span[1]
