"""The curator's to-do list: names of the articles that nothing resolved, or only the fallback did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from geomap.model import Document, Mention, Place
from geomap.text import fold_name

#: Characters of the article shown on either side of a name.
_AROUND = 45
_QUOTES = 3


@dataclass(slots=True)
class Missing:
    """A name, how often it comes and in how many articles, what the fallback makes of it, why it is open, quotes."""

    name: str
    count: int = 0
    articles: set[str] = field(default_factory=set)
    place: Place | None = None
    why: str = ""
    quotes: list[str] = field(default_factory=list)


def missing(found: Iterable[tuple[Document, Iterable[Mention]]]) -> list[Missing]:
    """Open names of articles with their mentions, the most frequent first."""
    by_key: dict[str, Missing] = {}
    for document, mentions in found:
        for mention in mentions:
            if mention.place is not None and mention.place.origin == "curated":
                continue
            entry = by_key.setdefault(fold_name(mention.text), Missing(mention.text))
            entry.count += 1
            entry.articles.add(document.id)
            entry.place = entry.place or mention.place
            entry.why = entry.why or _why(mention)
            if len(entry.quotes) < _QUOTES:
                entry.quotes.append(
                    f"{document.id}:{mention.start}: {quote(document.text, mention.start, mention.end)}"
                )
    return sorted(by_key.values(), key=lambda m: (-m.count, -len(m.articles), m.name))


def _why(mention: Mention) -> str:
    if mention.place is not None:
        return f"known from {mention.place.origin} only"
    rivals = ", ".join(c.place.id for c in mention.candidates)
    return f"too close to call: {rivals}" if rivals else "no place of this name"


def quote(text: str, start: int, end: int) -> str:
    """The name within what stands around it, on one line."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
