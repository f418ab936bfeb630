"""Headlines and headings: lines that tell in short what the text under them tells in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.extract.heads import Article
from geomap.model import Claim

#: The most words that a line may have and still be a headline.
_WORDS = 24
#: Marks at the end of a line that is a sentence of the text, or that opens what follows.
_CLOSED = frozenset(".،,؛:")
#: Kinds of event that one and the same attack may be taken for, by a headline and by its text.
_VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})


class Line(NamedTuple):
    """A line that is a headline or heading, by offsets."""

    start: int
    end: int


def headlines(article: Article) -> list[Line]:
    """Lines of few words that no full stop ends, with text under them."""
    tokens = article.tagged.tokens
    words = tokens.words
    breaks = [k for k, word in enumerate(words) if word == "\n"]
    found: list[Line] = []
    first = 0
    for stop in breaks:
        mine = [k for k in range(first, stop) if words[k] != "\n"]
        if mine and len(mine) <= _WORDS and words[mine[-1]] not in _CLOSED:
            found.append(Line(tokens.span(mine[0], mine[0])[0], tokens.span(mine[-1], mine[-1])[1]))
        first = stop + 1
    return found


def without_titles(article: Article, claims: list[Claim]) -> list[Claim]:
    """Claims without those of a headline or heading that the text under it tells again.

    A first line is told again by any event of its kind; a heading further down by one at its place.
    """
    if len(article.tagged.tokens.sentences) < 3:
        return claims
    lines = headlines(article)
    opening = article.tagged.tokens.span(0, 0)[0]
    at = [next((line for line in lines if line.start <= claim.start < line.end), None) for claim in claims]
    text = [claim for claim, line in zip(claims, at, strict=True) if line is None]
    return [
        claim
        for claim, line in zip(claims, at, strict=True)
        if line is None or not _told_again(claim, text, line, opens=line.start == opening)
    ]


def _told_again(claim: Claim, text: Sequence[Claim], line: Line, *, opens: bool) -> bool:
    under = [other for other in text if other.start >= line.end]
    if opens and any(other.event_type == claim.event_type for other in under):
        return True
    named = {p.place.id for p in claim.places if not p.inferred}
    return any(
        (other.event_type == claim.event_type or {other.event_type, claim.event_type} <= _VIOLENT)
        and bool(named & {p.place.id for p in other.places})
        for other in under
    )
