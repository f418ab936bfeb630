"""What comes of an accord: troops that enter a place under it, a truce that begins at an hour."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.events.heads import Head
from geomap.tagging import mark

#: What an accord has the sides do.
_TERMS = frozenset({"agree", "withdraw"})
_SCOPE, _UNTOLD = mark("scope"), ("negation", "future", "hypothesis", "history", "pluperfect")


def handed_over(article: Article, heads: Sequence[Head]) -> bool:
    """Whether troops only enter a place, by an accord: "under the accord the army entered the town"."""
    tagged = article.tagged
    words, lexicon = tagged.tokens.words, tagged.lexicon
    entering = lexicon.labels.get("entering", ())
    if not all(h.lemma in entering or _TERMS & set(h.values) for h in heads):
        return False
    first, stop = article.sentence(heads[0].first)
    by, keeping = lexicon.among("by_accord"), lexicon.among("carrying_out")
    if any(by[words[k]] is not None for k in range(first, stop)):
        return True
    return any(keeping[words[k]] is not None and tagged.has(k + 1, "event", "agree") for k in range(first, stop - 1))


def comes_into_force(article: Article, head: Head) -> bool:
    """Whether a truce is told with when it begins, and nothing in its sentence doubts it or sets it in the past."""
    tagged = article.tagged
    if "agree" not in head.values:
        return False
    first, stop = article.sentence(head.first)
    if any(tagged.marks[k] & _SCOPE and any(tagged.has(k, "scope", u) for u in _UNTOLD) for k in range(first, stop)):
        return False
    starts = tagged.lexicon.among("as_of")
    behind = range(head.stop, stop)
    return any(starts[tagged.tokens.words[k]] is not None or tagged.has(k, "state", "begin") for k in behind)
