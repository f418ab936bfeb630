"""Where an event happened: the finest places its clause gives, then its sentence, then what the text told before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geomap.codebook import GEO_PRECISION, feature_of
from geomap.extract.article import Article
from geomap.extract.beside import hit_not_held, is_aside, only_locates, spoken_from
from geomap.model import ClaimPlace, Mention, Place
from geomap.punctuation import STOPS
from geomap.tagging import DIGIT, mark

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
_CLASS, _PLACED = mark("class"), mark("class", "prep")
_TELLS = mark("event", "loss", "speech", "scope", "state", "link")
_EVENT = mark("event")
_FIRED = mark("weapon", "number") | DIGIT
#: How far behind a word that tells an event its place may stand.
_LED = 4
#: Tokens from a preposition, past nouns of place, to the name that it leads to.
_LEAD = 3


def places_of(article: Article, first: int, stop: int, before: Sequence[ClaimPlace]) -> tuple[ClaimPlace, ...]:
    """Places of the event at tokens ``first`` to ``stop``.

    Parameters
    ----------
    before : sequence of ClaimPlace
        Places of what was told before, taken over where the sentence gives none; where they are none either, the place
        that the article names next to the event.
    """
    here = article.struck.get((first, stop))
    if here is None:
        here = hit_not_held(article, first, _locations(article, first, _past_names(article, stop)))
        here = _before_since(article, first, stop, here)
        here = article.struck[first, stop] = [k for k in here if not is_aside(article, k)] or here
    if here:
        found = _finest(article, here)
        if found and feature_of(found[0].place.feature_code) != "country":
            return found
    if not here and (
        named := _led_by_event(article, first, stop)
        or _the_capital(article, first, stop)
        or _the_town(article, first, stop)
    ):
        return named
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
    if before:
        return tuple(ClaimPlace(p.place, p.geo_precision, None, None, True) for p in before)
    return _around(article, first)


def _before_since(article: Article, first: int, stop: int, here: list[int]) -> list[int]:
    """Names without those in what it has been since: "shelled A since the war began in B"; all where all are."""
    since = next((w.first for w in article.whens if w.kind == "start" and first <= w.first < stop), None)
    return here if since is None else [k for k in here if article.mention_first[k] < since] or here


def destination(article: Article, first: int, stop: int) -> tuple[ClaimPlace, ...]:
    """Where something was sent, if its tokens name where it came from or through too: "from A, through B, to C"."""
    named = _locations(article, first, stop)
    led = {k: _led_by(article, k, first) for k in named}
    to = [k for k in named if led[k] == "to"]
    return _finest(article, to) if to and any(led[k] in ("from", "near") for k in named) else ()


def _led_by(article: Article, k: int, first: int) -> str:
    """The preposition before a name, or before the nouns of place that lead it; empty where there is none."""
    tagged, at = article.tagged, article.mention_first[k]
    for j in range(at - 1, max(first, at - _LEAD) - 1, -1):
        value = next((t.value for t in tagged.tags[j] if t.tag == "prep"), None)
        if value is not None:
            return value
        if not tagged.marks[j] & _CLASS:
            break
    return ""


def _around(article: Article, at: int) -> tuple[ClaimPlace, ...]:
    """The place that the article names last before token ``at``, else the first behind it."""
    ahead = _locations(article, 0, at)[-1:]
    return _finest(article, ahead or _locations(article, at, len(article.tagged.tags))[:1], inferred=True)


def _led_by_event(article: Article, first: int, stop: int) -> tuple[ClaimPlace, ...]:
    """Places finer than a country right behind a word that tells an event, whatever else the passage is about.

    "The attack on A", "shelled the villages of A and B": what was hit is where it was.
    """
    tagged = article.tagged
    found: list[int] = []
    for k in article.mentions_in(first, stop):
        mention, at = article.mentions[k], article.mention_first[k]
        begin = max(first, at - _LED)
        if found and at - article.mention_stop[found[-1]] == 0:
            begin = max(first, article.mention_first[found[-1]] - _LED)
        if mention.role != "background" or mention.place is None:
            continue
        if feature_of(mention.place.feature_code) in ("region", "country"):
            continue
        told = next((j for j in range(at - 1, begin - 1, -1) if tagged.marks[j] & _EVENT), None)
        if told is not None and not any(tagged.tokens.words[j] in STOPS for j in range(told, at)):
            found.append(k)
    return _finest(article, found) if found else ()


def _the_capital(article: Article, first: int, stop: int) -> tuple[ClaimPlace, ...]:
    """The capital that "the capital" stands for, no name being beside it: the last one named before it, or at all."""
    words, said_so = article.tagged.tokens.words, article.tagged.lexicon.words("the_capital")
    said = next((k for k in range(first, stop) if words[k] in said_so), None)
    if said is None or article.mentions_in(said - 1, said + 2):
        return ()
    capitals = [k for k, m in enumerate(article.mentions) if m.place is not None and m.place.feature_code == "PPLC"]
    if not capitals:
        return ()
    k = next((k for k in reversed(capitals) if article.mention_first[k] < said), capitals[0])
    place = article.mentions[k].place
    return (ClaimPlace(place, _precision_at(article, said, place), None, None, True),) if place else ()


def _the_town(article: Article, first: int, stop: int) -> tuple[ClaimPlace, ...]:
    """The town that "the town" stands for: the last one named before it as a place."""
    tagged = article.tagged
    said = next(
        (
            k
            for k in range(first, stop)
            if tagged.marks[k] & _CLASS
            and any(t.tag == "class" and t.value == "settlement" and t.cut >= 2 for t in tagged.tags[k])
        ),
        None,
    )
    if said is None:
        return ()
    for k in reversed(article.mentions_in(0, said)):
        mention = article.mentions[k]
        if mention.role in ("location", "background") and mention.place is not None:
            if feature_of(mention.place.feature_code) == "settlement":
                return (ClaimPlace(mention.place, precision(article, k, mention.place), None, None, True),)
            if mention.role == "location" and feature_of(mention.place.feature_code) not in ("region", "country"):
                return ()
    return ()


#: The longest clause, in tokens, that may only go on with a list of places.
_LISTED = 10
#: The longest clause, in tokens, that is a name alone, with the comma before it.
_UNKNOWN = 3


def _past_names(article: Article, stop: int) -> int:
    """Token behind the clauses that only go on naming places: "the villages of A, and B, and C in D"."""
    tagged, bound = article.tagged, len(article.tagged.marks)
    if not 0 < stop < bound or not article.mentions_in(*article.clause(stop - 1)):
        return stop
    _, end = article.sentence(stop - 1)
    while stop < end:
        first, last = article.clause(stop)
        tells = any(tagged.marks[k] & _TELLS for k in range(first, last))
        if first != stop or last - first > _LISTED or tells:
            break
        named = article.mentions_in(first, last)
        # a name that nobody knows goes on with the list too
        unknown = not named and last - first <= _UNKNOWN and tagged.has_conjunction(first)
        if not unknown and not (named and (_opens_list(article, first) or _aims_on(article, first, last))):
            break
        if any(article.mentions[k].role != "location" for k in named):
            break
        stop = last
    return stop


def _opens_list(article: Article, at: int) -> bool:
    """Whether a name, or a noun of place that is joined on, stands first in a clause."""
    tagged = article.tagged
    if article.mentions_in(at, at + 1):
        return True
    behind = at + tagged.is_conjunction(at)
    return tagged.has_conjunction(at) and bool(tagged.marks[behind] & _CLASS)


def _aims_on(article: Article, first: int, stop: int) -> bool:
    """Whether a clause only adds what else was fired, and at what: "and two rockets at the town of B"."""
    tagged = article.tagged
    if not tagged.has_conjunction(first) or not tagged.marks[first] & _FIRED:
        return False
    return any(tagged.has(k, "prep", "on") for k in range(first + 1, stop))


def _locations(article: Article, first: int, stop: int) -> list[int]:
    found = []
    for k in article.mentions_in(first, stop):
        mention = article.mentions[k]
        if mention.role == "location" and mention.place is not None and not spoken_from(article, k):
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
    best = min(levels.values(), default=0)
    ties = {k for k in indices if levels[k] <= best}
    order = sorted(ties)
    aside = {k for before, k in pairwise(order) if only_locates(article, before, k)}
    indices = [k for k in indices if k not in aside]
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
    return _precision_at(article, article.mention_first[k], place)


def _precision_at(article: Article, first: int, place: Place) -> int:
    """The same of a place that is named or meant at a token."""
    code = GEO_PRECISION[feature_of(place.feature_code)]
    if code != 1:
        return code
    near = any(
        t.tag == "class" and t.value == "around" or t.tag == "prep" and t.value == "near"
        for j in range(max(0, first - 3), first)
        if article.tagged.marks[j] & _PLACED
        for t in article.tagged.tags[j]
    )
    return code + 1 if near else code
