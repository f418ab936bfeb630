"""Whose statement a text is, by the line over it: "Bulletin of the Ministry of Defence", "Resistance committees"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, Party, is_named_body
from geomap.tagging import Tag

#: The longest line, in tokens, that may name whose statement follows.
_LONGEST = 16
#: Tokens at a line's head within which the body is named.
_HEAD = 6
#: Tokens before an adjective within which the body stands that it belongs to.
_BODY = 4
_BODIES = frozenset({"state", "region", "group", "organisation"})


class Masthead(NamedTuple):
    """Whose statement a text is: a party that is named, or only a body, which may be either side's."""

    party: Party | None
    body: bool


NO_MASTHEAD = Masthead(None, False)


def masthead(article: Article, parties: Parties) -> Masthead:
    """The body that the first line names, where the line does nothing else, or says that a statement follows."""
    words, tags = article.tagged.tokens.words, article.tagged.tags
    start = _behind_prayer(article)
    stop = next((k for k in range(start, min(len(words), start + _LONGEST + 1)) if words[k] == "\n"), 0)
    stated = [k for k in _next_lines(words, stop) if _states(article, k)]
    line = range(start, stop)
    if not 0 < len(line) <= _LONGEST or any(_tells(t) for k in line if k not in stated for t in tags[k]):
        return NO_MASTHEAD
    first = next((k for k in line if words[k][0].isalnum()), stop)
    heads = parties.within(first, min(stop, first + _HEAD))
    near = [p for p in heads if p.kind in _BODIES and _is_body(article, p) or p.first == first and is_named_body(p)]
    body = _body_end(article, first, min(stop, first + _HEAD))
    if not near and not body:
        return NO_MASTHEAD
    end = max(near[0].stop if near else 0, body)
    named = [article.mention_first[k] for k in article.mentions_in(end, stop)]
    bodies = {k + n for k in range(end, stop) for t in tags[k] if t.tag == "organ" for n in range(t.width)}
    left = [k for k in range(end, stop) if words[k][0].isalpha() and k not in stated and k not in bodies]
    if not any(k < stop for k in stated) and (named or len(left) > (1 if near or stated else 0)):
        return NO_MASTHEAD
    return Masthead(near[0] if near else None, True)


def _behind_prayer(article: Article) -> int:
    """Where a text begins behind a line that is only a prayer: "In the name of God"."""
    words, known = article.tagged.tokens.words, article.tagged.lexicon.among("prayer")
    stop = next((k for k in range(min(len(words), _LONGEST)) if words[k] == "\n"), 0)
    line = [known[words[k]] is not None for k in range(stop) if words[k][0].isalpha()]
    if not line or not all(line):
        return 0
    return next((k for k in range(stop, len(words)) if words[k] != "\n"), 0)


def _next_lines(words: Sequence[str], stop: int) -> range:
    """Tokens of the first line and of a short one under it."""
    under = next((k for k in range(stop + 1, min(len(words), stop + _LONGEST)) if words[k] == "\n"), stop)
    return range(under)


def _tells(tag: Tag) -> bool:
    """Whether a reading tells that something happened or was said, so that the line is a headline."""
    return tag.tag in ("event", "speech", "loss") and tag.form in ("past", "present")


def _states(article: Article, k: int) -> bool:
    """Whether a word means a statement: "bulletin", "report of the day"."""
    return article.tagged.is_one(k, "statements")


def _is_body(article: Article, party: Party) -> bool:
    """Whether a party is a body of its own, or an organ stands before its country's name."""
    if party.kind in ("group", "organisation"):
        return True
    near = range(max(0, party.first - _BODY), party.stop)
    return any(t.tag == "organ" for k in near for t in article.tagged.tags[k])


def _body_end(article: Article, first: int, stop: int) -> int:
    """Where a state's or an army's body without a name ends that stands at the head of a line; zero where none does."""
    end = 0
    for k in range(first, stop):
        for t in article.tagged.tags[k]:
            if t.tag == "organ" and t.value in ("state", "force"):
                end = max(end, k + t.width)
    return end
