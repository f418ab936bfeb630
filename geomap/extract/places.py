"""Where an event happened: the finest places its clause gives, then its sentence, then what was told before."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.codebook import GEO_PRECISION, feature_of
from geomap.extract.heads import Article
from geomap.model import ClaimPlace, Mention, Place
from geomap.tagging import mark

_FINENESS = {
    "settlement": 0,
    "facility": 0,
    "district": 1,
    "mountain": 1,
    "water": 2,
    "line": 2,
    "region": 3,
    "country": 4,
}
#: Words for places that an order may be limited to.
_LOCAL = frozenset({"settlement", "district", "region"})
_CLASS = mark("class")


def places_of(article: Article, first: int, stop: int, before: Sequence[ClaimPlace]) -> tuple[ClaimPlace, ...]:
    """Places of the event at tokens ``first`` to ``stop``.

    Parameters
    ----------
    before : sequence of ClaimPlace
        Places of the event told just before, taken over where the sentence gives none.
    """
    here = _locations(article, first, _past_names(article, stop))
    if here:
        found = _finest(article, here)
        if found and feature_of(found[0].place.feature_code) != "country":
            return found
    s_first, s_stop = article.sentence(first)
    around = _locations(article, s_first, first)
    if around:
        near = _finest(article, around[-3:], inferred=True)
        if near and (not here or feature_of(near[0].place.feature_code) != "country"):
            return near
    if here:
        return _finest(article, here)
    behind = _locations(article, stop, s_stop)
    if behind:
        return _finest(article, behind[:2], inferred=True)
    return tuple(ClaimPlace(p.place, p.geo_precision, None, None, True) for p in before)


#: The longest clause, in tokens, that may only go on with a list of places.
_LISTED = 8
#: The longest clause, in tokens, that is a name alone, with the comma before it.
_UNKNOWN = 3


def _past_names(article: Article, stop: int) -> int:
    """Token behind the clauses that only go on naming places: "the villages of A, and B, and C in D"."""
    tagged, bound = article.tagged, len(article.tagged.marks)
    if not 0 < stop < bound or not article.mentions_in(*article.clause(stop - 1)):
        return stop
    joins = tuple(tagged.lexicon.labels.get("conjunction_letters", ""))
    _, end = article.sentence(stop - 1)
    while stop < end:
        first, last = article.clause(stop)
        tells = any(tagged.marks[k] & _TELLS for k in range(first, last))
        if first != stop or last - first > _LISTED or tells:
            break
        named = article.mentions_in(first, last)
        # a name that nobody knows goes on with the list too
        unknown = not named and last - first <= _UNKNOWN and tagged.tokens.words[first].startswith(joins)
        if not unknown and not (named and _opens_list(article, first, joins)):
            break
        if any(article.mentions[k].role != "location" for k in named):
            break
        stop = last
    return stop


_TELLS = mark("event", "loss", "speech", "scope", "state", "link")


def _opens_list(article: Article, at: int, joins: tuple[str, ...]) -> bool:
    """Whether a name, or a noun of place that is joined on, stands first in a clause."""
    word = article.tagged.tokens.words[at]
    if at in article.mention_first:
        return True
    behind = at + 1 if word in joins else at
    return word.startswith(joins) and bool(article.tagged.marks[behind] & _CLASS)


def _locations(article: Article, first: int, stop: int) -> list[int]:
    found = []
    for k in article.mentions_in(first, stop):
        mention = article.mentions[k]
        if mention.role == "location" and mention.place is not None:
            found.append(k)
    return found


def place_word_in(article: Article, first: int, stop: int) -> bool:
    """Whether the clause speaks of a town or province without its name: the one told of before."""
    tagged = article.tagged
    return any(
        t.tag == "class" and t.value in _LOCAL and t.cut >= 2
        for k in range(first, stop)
        if tagged.marks[k] & _CLASS
        for t in tagged.tags[k]
    )


def _finest(article: Article, indices: Sequence[int], *, inferred: bool = False) -> tuple[ClaimPlace, ...]:
    levels = {k: _fineness(article.mentions[k]) for k in indices}
    best = min(levels.values())
    found: list[ClaimPlace] = []
    seen: set[str] = set()
    for k in indices:
        mention = article.mentions[k]
        place = mention.place
        if place is not None and levels[k] <= best and place.id not in seen:
            seen.add(place.id)
            found.append(ClaimPlace(place, precision(article, k, place), mention.start, mention.end, inferred))
    return tuple(found)


def _fineness(mention: Mention) -> int:
    if mention.place is None:
        return len(_FINENESS)
    if mention.place.feature_code == "PPLX":
        return 0
    return _FINENESS[feature_of(mention.place.feature_code)]


def precision(article: Article, k: int, place: Place) -> int:
    """ACLED's geo_precision of a mention: one coarser where only its surroundings are meant."""
    code = GEO_PRECISION[feature_of(place.feature_code)]
    first = article.mention_first[k]
    near = any(
        t.tag == "class" and t.value == "around" or t.tag == "prep" and t.value == "near"
        for j in range(max(0, first - 3), first)
        for t in article.tagged.tags[j]
    )
    return min(3, code + 1) if near and code == 1 else code
