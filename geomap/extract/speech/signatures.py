"""Who signs a line: a body alone in brackets or behind a dash at its end, as live tickers and bulletins have it."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.parties.named import CLAIMANTS, Parties, Party
from geomap.extract.speech.bodies import unnamed_state
from geomap.extract.speech.bulletins import stands_for_state
from geomap.extract.speech.words import SPEAKERS, Speech
from geomap.punctuation import DASHES

#: The longest signature, in tokens.
_LONGEST = 7


def signed(article: Article, parties: Parties, found: Sequence[Speech], end: int) -> Party | None:
    """The body that signs the sentence in which an event's words end at token ``end``."""
    words = article.tagged.tokens.words
    _, stop = article.sentence(end - 1)
    while stop > end and not (words[stop - 1][0].isalnum() or words[stop - 1] in ")\"'"):
        stop -= 1
    closed = stop > end and words[stop - 1] == ")"
    opens = frozenset("(") if closed else DASHES
    first = next((k + 1 for k in range(stop - 1, max(end, stop - _LONGEST) - 1, -1) if words[k] in opens), None)
    if first is None or first >= stop:
        return None
    inside = range(first, stop - closed)
    if any(t.tag in ("event", "loss", "number") for k in inside for t in article.tagged.tags[k]):
        return None
    named = [p for p in parties.within(first, stop) if p.kind in SPEAKERS or p.kind == "people" or stands_for_state(p)]
    if named:
        return named[0] if named[0].name != CLAIMANTS["media"] else None
    return unnamed_state(article, parties, found, first, stop)
