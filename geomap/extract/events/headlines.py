"""Headlines and headings: lines that tell in short what the text under them tells in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geomap.model import Claim
from geomap.punctuation import CLAUSE_ENDS
from geomap.tagging import Tagged

#: The longest line, in words, that may be a headline.
_LONGEST = 25
#: The longest line, in words, that may be one over a part of a text.
_LONGEST_INSIDE = 12
#: How many lines may stand over a text: the day, a headline, the line under it, a caption.
_MOST = 4
#: Marks with which a line of a text ends, not one over it: what it opens follows.
_FULL_STOPS = CLAUSE_ENDS - frozenset("\n()")
_QUOTES = frozenset("\"')]»”")
#: Kinds of event that one and the same attack may be taken for, by a headline and by its text.
_VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})


class Line(NamedTuple):
    """A headline or heading, by offsets; ``opens`` where it stands over the text or alone over a part of it."""

    start: int
    end: int
    opens: bool


def without_headlines(tagged: Tagged, claims: list[Claim]) -> list[Claim]:
    """Claims without those of a headline or heading that the text under it tells again.

    What stands over the text or a part of it is told again by any event of its kind, another line by one at its place.
    """
    lines = list(_headlines(tagged))
    at = [next((line for line in lines if line.start <= claim.start < line.end), None) for claim in claims]
    text = [claim for claim, line in zip(claims, at, strict=True) if line is None]
    return [claim for claim, line in zip(claims, at, strict=True) if line is None or not _told_again(claim, text, line)]


def _told_again(claim: Claim, text: Sequence[Claim], line: Line) -> bool:
    under = [other for other in text if other.start >= line.end]
    fates = _counted(claim)
    if fates and not any(fates & _counted(other) for other in under):
        # what a headline counts, or the parts of it, its text counts too
        return False
    if line.opens and any(other.event_type == claim.event_type for other in under):
        return True
    named = {p.place.id for p in claim.places if not p.inferred}
    return any(
        (other.event_type == claim.event_type or {other.event_type, claim.event_type} <= _VIOLENT)
        and bool(named & {p.place.id for p in other.places})
        for other in under
    )


def _counted(claim: Claim) -> set[str]:
    """As what a claim counts people: killed, wounded and so on."""
    return {loss.kind for loss in claim.casualties if loss.count is not None}


def _headlines(tagged: Tagged) -> Iterator[Line]:
    """Headlines and headings in order; none where every line is like them, as in a list or a live ticker.

    Nor where no line has a full stop: messages are often written so.
    """
    words = tagged.tokens.words
    lines = list(_lines(words))
    if not any(_stops(words, first, stop) for first, stop in lines):
        return
    found = [stop - first <= _LONGEST and _is_headline(words, first, stop) for first, stop in lines]
    if all(found):
        return
    over = found.index(False)
    for k, (first, stop) in enumerate(lines[:-1]):
        if found[k]:
            lone = k > over and not found[k - 1] and not found[k + 1] and stop - first <= _LONGEST_INSIDE
            opens = k < over <= _MOST or lone
            yield Line(tagged.tokens.span(first, first)[0], tagged.tokens.span(stop - 1, stop - 1)[1], opens)


def _lines(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Token ranges of the lines that hold anything."""
    first = 0
    for k in [k for k, word in enumerate(words) if word == "\n"]:
        if k > first:
            yield first, k
        first = k + 1
    if first < len(words):
        yield first, len(words)


def _is_headline(words: Sequence[str], first: int, stop: int) -> bool:
    return not _stops(words, first, stop) and (words[first].isalnum() or words[first] in _QUOTES | {"("})


def _stops(words: Sequence[str], first: int, stop: int) -> bool:
    """Whether a line ends with a full stop or its like."""
    last = stop - 1
    while last > first and words[last] in _QUOTES:
        last -= 1
    return words[last] in _FULL_STOPS
