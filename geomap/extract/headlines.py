"""Headlines: lines that announce what the text tells in full, so that their claims are not told twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap.model import Claim
from geomap.tagging import Tagged

#: The longest line, in words, that may be a headline.
_LONGEST = 25
#: The longest line, in words, that may be one over a part of a text.
_LONGEST_INSIDE = 12
#: How many lines may stand over a text: the day, a headline, the line under it, a caption.
_MOST = 4
#: Marks with which a line of a text ends, not one over it: what it opens follows.
_FULL_STOPS = frozenset(".,،:؛;!?؟")
_QUOTES = frozenset("\"')]»”")


def without_headlines(tagged: Tagged, claims: list[Claim]) -> list[Claim]:
    """Claims without those of the headlines over a text, and over its parts, that the text tells again."""
    over = _headlines(tagged)
    if not over:
        return claims
    spans = [tagged.tokens.span(first, stop - 1) for first, stop in over]
    heading = [any(start <= claim.start < end for start, end in spans) for claim in claims]
    told = {claim.event_type for claim, is_over in zip(claims, heading, strict=True) if not is_over}
    return [c for c, is_over in zip(claims, heading, strict=True) if not is_over or c.event_type not in told]


def _headlines(tagged: Tagged) -> list[tuple[int, int]]:
    """Token ranges of the lines that stand over the text, and of lone ones between its paragraphs."""
    words, behind = tagged.tokens.words, _behind_headlines(tagged)
    lines = list(_lines(words))
    found = [(0, behind)] if behind else []
    for before, (first, stop), after in zip(lines, lines[1:], lines[2:], strict=False):
        lone = not _is_headline(words, *before) and not _is_headline(words, *after)
        if lone and first >= behind and stop - first <= _LONGEST_INSIDE and _is_headline(words, first, stop):
            found.append((first, stop))
    return found


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
