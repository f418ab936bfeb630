"""What a sentence stands in: the time told last before it, the sentence before it, how old the text's times are.

A sentence of history often names no year of its own; the one before it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.extract.article import Article
    from geomap.extract.events.heads import Head

#: How many sentences back the time of a story may have been told.
_BACK = 4
#: What of the sentence before tells how this one is meant.
_KEPT = ("s:scope", "s:state", "s:t=", "s:old-year", "s:violence")
#: Times of at most this age, in days, are new.
_NEW = 2
#: So many sentences make a text; what fewer do not say tells nothing.
_A_TEXT = 3
#: Counts are told apart up to here.
_MOST, _MOST_OF_TEXT = 3, 5


def setting_of(article: Article, number: int, heads: Sequence[Head]) -> tuple[str, ...]:
    """Features of what sentence ``number`` stands in, and of how much it and the text tell."""
    sentences = article.tagged.tokens.sentences
    if len(sentences) == 1:
        # a flash, a line of a ticker, a caption stands in nothing
        return ()
    found = _time_before(article, number)
    if number:
        found += [f"b{feature}" for feature in article.view(number - 1) if feature.startswith(_KEPT)]
    sentence_of = article.tagged.tokens.sentence_of
    mine = sum([sentence_of[head.first] == number for head in heads])
    found.append(f"heads={min(mine, 2 * _MOST)}")
    if len(sentences) >= _A_TEXT:
        found += article.of_text
        found.append(f"near-end={4 * number // len(sentences)}")
        found.append(f"all-heads={min(len(heads) // 3, 2 * _MOST)}")
    return tuple(found)


def _time_before(article: Article, number: int) -> list[str]:
    """The time told last before a sentence, and whether the sentence has one of its own."""
    last = article.last_times
    own = "own" if number in last else ""
    for back in range(1, min(_BACK, number) + 1):
        label = last.get(number - back)
        if label is not None:
            return [f"bt:{own}={label}", f"bt:{own}{back}={label.split(':')[-1]}"]
    return [f"bt:{own}=none"]


def of_text(article: Article) -> list[str]:
    """How many times of the text are new and how many old, and how long it is."""
    ages = [w.age(article.published) for w in article.whens if w.start is not None]
    new = min(sum([age is not None and 0 <= age <= _NEW for age in ages]), _MOST)
    old = min(sum([age is not None and age > _NEW for age in ages]), _MOST)
    length = min(len(article.tagged.tokens.sentences) // 4, _MOST_OF_TEXT)
    return [f"new={new}", f"old={old}", f"new={new}|old={old}", f"length={length}"]
