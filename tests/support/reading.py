"""The reading side, one step at a time, with the shipped lexicon, places, parties and models."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from geomap.analysis import Analysis, Analyzer
from geomap.dates import When, find_times
from geomap.extract import active_theatres, article_of
from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, find_parties
from geomap.gazetteer import Gazetteer
from geomap.geoparse import Parsed
from geomap.geoparse.candidates import Span, find_spans
from geomap.lexicon import lexicon_for
from geomap.model import Claim, Document, Mention, Source
from geomap.tagging import Tagged, tag
from geomap.text import tokenize

DATA = Path(__file__).resolve().parents[1] / "data"
#: Day of publication of a text that needs one: a Monday.
MONDAY = date(2020, 9, 28)


@cache
def analyzer(language: str = "ar") -> Analyzer:
    """The analyzer that ships."""
    return Analyzer.for_language(language, Gazetteer.from_file())


def table(name: str) -> list[dict[str, Any]]:
    """The examples of a file in ``tests/data``."""
    return list(tomllib.loads((DATA / name).read_text("utf-8"))["example"])


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def document(text: str, published: date | None = MONDAY, name: str = "test") -> Document:
    """An Arabic article."""
    return Document(text, Source(name, "ar", published=published, published_basis="given" if published else ""))


def tagged(text: str) -> Tagged:
    """Tokens with their tags."""
    return tag(tokenize(text), lexicon_for("ar"))


def times(text: str, published: date | None = MONDAY) -> list[When]:
    """Time expressions of all sentences."""
    found = tagged(text)
    return [when for first, stop in found.tokens.sentences for when in find_times(found, first, stop, published)]


def spans(text: str) -> list[tuple[str, Span]]:
    """Candidate names as they stand in the text, without their clitics."""
    found = analyzer().tagged(document(text))
    folded, starts = found.tokens.folded, found.tokens.starts
    return [
        (text[folded.start_of(starts[s.first] + s.cut) : found.tokens.span(s.first, s.stop - 1)[1]], s)
        for s in find_spans(found, analyzer().index)
    ]


def parsed(text: str, published: date | None = MONDAY) -> Parsed:
    """Mentions with their tokens."""
    return analyzer().parse(document(text, published))


def mentions(text: str, published: date | None = MONDAY) -> tuple[Mention, ...]:
    """Mentions of a text."""
    return parsed(text, published).mentions


def place_of(text: str, name: str) -> str | None:
    """Id of the place that the first mention written ``name`` is resolved to; None where it is left open."""
    mention = next(m for m in mentions(text) if m.text == name)
    return mention.place.id if mention.place else None


def article(text: str, published: date | None = MONDAY) -> Article:
    """The extraction's view of a text."""
    return article_of(parsed(text, published), published)


def parties(text: str, published: date | None = MONDAY) -> Parties:
    """Parties named in a text."""
    found = article(text, published)
    known = analyzer()
    active = active_theatres(known.theatres, found.mentions)
    return find_parties(found, known.actors, known.index.gazetteer, active)


def analysis(text: str, published: date | None = MONDAY) -> Analysis:
    """Mentions and claims of a text."""
    return analyzer().analyze(document(text, published))


def claims(text: str, published: date | None = MONDAY) -> tuple[Claim, ...]:
    """Claims of a text."""
    return analysis(text, published).claims


def record(row: Mapping[str, Any]) -> Document:
    """The article of an annotated record."""
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    source = Source(row["doc"], row["language"], published=published, published_basis=row.get("published_basis", ""))
    return Document(row["text"], source)
