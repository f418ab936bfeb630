"""Headlines: lines that announce what the text tells in full, so that their claims are not told twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap.model import Claim
from geomap.tagging import Tagged

#: The longest line, in words, that may be a headline.
_LONGEST = 25
#: How many lines may stand over a text: the day, a headline, the line under it, a caption.
_MOST = 4
#: Marks with which a line of a text ends, not one over it: what it opens follows.
_FULL_STOPS = frozenset(".,،:؛;!?؟")
_QUOTES = frozenset("\"')]»”")


def without_headlines(tagged: Tagged, claims: list[Claim]) -> list[Claim]:
    """Claims without those of the headlines over a text that the text tells again."""
    behind = _behind_headlines(tagged)
    if not behind:
        return claims
    title_end = tagged.tokens.span(0, behind - 1)[1]
    told = {claim.event_type for claim in claims if claim.start >= title_end}
    return [claim for claim in claims if claim.start >= title_end or claim.event_type not in told]


def _behind_headlines(tagged: Tagged) -> int:
    """The first token behind the headlines; 0 where none stands over the text."""
    words, behind = tagged.tokens.words, 0
    for count, (first, stop) in enumerate(_lines(words)):
        if count == _MOST or stop - first > _LONGEST or not _is_headline(words, first, stop):
            return behind
        behind = stop
    return 0


def _lines(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Token ranges of the lines that hold anything."""
    first = 0
    for k, word in enumerate(words):
        if word == "\n":
            if k > first:
                yield first, k
            first = k + 1
    if first < len(words):
        yield first, len(words)


def _is_headline(words: Sequence[str], first: int, stop: int) -> bool:
    last = stop - 1
    while last > first and words[last] in _QUOTES:
        last -= 1
    return words[last] not in _FULL_STOPS and (words[first].isalnum() or words[first] in _QUOTES | {"("})
