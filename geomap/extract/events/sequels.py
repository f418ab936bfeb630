"""Losses that a sentence adds to what the one before it told: "ten soldiers were wounded", with no place or day."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.extract.events.heads import Head
from geomap.lexicon import Lexicon
from geomap.numbers import number_openers
from geomap.tagging import mark

_LOSING = frozenset({"loss-killed", "loss-injured", "lose", "destroy", "shootdown"})
_COUNTED, _SCOPE, _NAMED = mark("person", "weapon", "loss"), mark("scope"), frozenset({"location", "background"})
_BEFORE, _BEHIND = 4, 6


def adds_losses(article: Article, head: Head, before: Head | None) -> bool:
    """Whether a word of losing counts victims or things in a sentence that only goes on.

    The sentence before, or its own, tells an event (``before``); it names no other place or day, and doubts nothing.
    """
    number = article.tagged.tokens.sentence_of[head.first]
    if before is None or not _LOSING.intersection(head.values):
        return False
    if number - article.tagged.tokens.sentence_of[before.first] != 1:
        return False
    first, last = article.sentence(head.first)
    marks = article.tagged.marks
    if article.whens_in(first, last) or any(marks[k] & _SCOPE for k in range(first, last)):
        return False
    if any(article.mentions[m].role in _NAMED for m in article.mentions_in(first, last)):
        return False
    lexicon = article.tagged.lexicon
    near = range(max(first, head.first - _BEFORE), min(last, head.stop + _BEHIND))
    return any(_counts(article, k, last, lexicon) for k in near)


def _counts(article: Article, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a number stands at a token, with people or things behind it."""
    words, marks = article.tagged.tokens.words, article.tagged.marks
    return number_openers(lexicon)[words[k]] and any(marks[i] & _COUNTED for i in range(k + 1, min(last, k + 3)))
