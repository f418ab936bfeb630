"""Names beside the place of an event: where the guns stand, who speaks is, somebody goes to, another place lies."""

from __future__ import annotations

from itertools import pairwise

from geomap.codebook import feature_of
from geomap.extract.article import Article
from geomap.punctuation import COMMAS, STOPS
from geomap.tagging import mark

_CLASS, _IN = mark("class"), mark("prep")
_TELLS = mark("event", "loss", "speech", "scope", "state", "link")
#: The most words between a place and the one that says where it lies.
_ASIDE = 7
#: Tokens behind a name within which a word says that it lies somewhere, and to the other name.
_LYING, _FAR_ASIDE = 3, 12
#: Tokens from a verb of saying to the end of the body that speaks.
_BODY = 3
#: Tokens from those who speak to where they are, and from a way to where it leads.
_SOURCE, _WAY = 4, 2


def hit_not_held(article: Article, first: int, here: list[int]) -> list[int]:
    """Names without those where only the guns stand: "from their positions in A they shelled B"; all where all are."""
    posts = {k for k in here if _holds_guns(article, first, k)}
    # "in the village of A in the district of B": both say where the guns are
    for before, k in pairwise(here):
        between = range(article.mention_stop[before], article.mention_first[k])
        aimed = any(article.tagged.has(j, "prep", "on") for j in between)
        if before in posts and not aimed and only_locates(article, before, k):
            posts.add(k)
    return [k for k in here if k not in posts] or here


def _holds_guns(article: Article, first: int, k: int) -> bool:
    """Whether a name stands behind "from the positions of" or "units stationed in", with nothing aimed at between."""
    tagged, words = article.tagged, article.tagged.tokens.words
    posts, stationed = tagged.lexicon.words("firing_posts"), tagged.lexicon.words("stationed")
    at = article.mention_first[k]
    named = next((article.mention_stop[m] for m in range(k - 1, -1, -1) if article.mentions[m].role == "location"), 0)
    theirs = False
    for j in range(at - 1, max(first, named, at - _POSTED) - 1, -1):
        if words[j] in STOPS:
            return False
        if tagged.marks[j] & _IN and any(t.tag == "prep" and t.value == "on" and t.width == 1 for t in tagged.tags[j]):
            return False
        if words[j] in posts and j > first and tagged.has(j - 1, "prep", "from"):
            return True
        theirs = theirs or words[j] in stationed
    return theirs


#: Tokens from "from the positions" to the name of where they are: whose they are stands between.
_POSTED = 8


def is_aside(article: Article, k: int) -> bool:
    """Whether a name only says where somebody speaks, or where somebody is bound for or comes from."""
    return _body_sits_in(article, k) or _is_under_way(article, k)


def _body_sits_in(article: Article, k: int) -> bool:
    """Whether a name is only where those are who speak: "a medical source in A said", "the health office in A"."""
    tagged = article.tagged
    first, _ = article.sentence(article.mention_first[k])
    start = _led_in(article, k)
    if start is None or start == first:
        return False
    for j in range(start - 1, max(first, start - _SOURCE) - 1, -1):
        if tagged.tokens.words[j] in STOPS:
            return False
        if tagged.find(j, "organ"):
            near = range(max(first, j - _BODY), j)
            return any(_tells(article, b) or tagged.has(b, "speech", "according") for b in near)
    return False


def _is_under_way(article: Article, k: int) -> bool:
    """Whether a name is only where somebody is bound for or comes from: "lorries bound for A", "the road to A"."""
    tagged, at = article.tagged, article.mention_first[k]
    first, _ = article.sentence(at)
    ways = tagged.lexicon.words("under_way")
    for j in range(at, max(first, at - _WAY) - 1, -1):
        if any(t.tag == "prep" and t.value in ("to", "from", "on") for t in tagged.tags[j]):
            return any(tagged.tokens.words[b] in ways for b in range(max(first, j - _WAY), j))
    return False


def spoken_from(article: Article, k: int) -> bool:
    """Whether a capital is only where somebody speaks: "in the capital, the ministry said", "said officials there"."""
    tagged, place = article.tagged, article.mentions[k].place
    if place is None or place.feature_code != "PPLC":
        return False
    first, last = article.sentence(article.mention_first[k])
    start = _led_in(article, k)
    if start is None:
        return False
    if any(_tells(article, j) for j in range(max(first, start - _BODY), start)):
        return any(t.tag == "organ" for t in tagged.tags[start - 1])
    behind = article.mention_stop[k]
    behind += behind < last and tagged.tokens.words[behind] in COMMAS
    return start == first and behind < last and _tells(article, behind)


def _led_in(article: Article, k: int) -> int | None:
    """The token of the "in" that leads a name, in the name's own sentence; None where there is none."""
    tagged, at = article.tagged, article.mention_first[k]
    start = at if tagged.has(at, "prep", "in") else at - 1
    return start if start >= article.sentence(at)[0] and tagged.has(start, "prep", "in") else None


def _tells(article: Article, at: int) -> bool:
    """Whether a verb of saying stands at a token."""
    return any(
        t.tag == "speech" and t.form in ("past", "present") and t.value != "ask" for t in article.tagged.tags[at]
    )


def only_locates(article: Article, before: int, k: int) -> bool:
    """Whether a name only says where the place named before it lies: "the village, 20 km north of the city"."""
    tagged = article.tagged
    between = range(article.mention_stop[before], article.mention_first[k])
    if not between:
        return _is_part_behind(article, before, k)
    if _lies(article, between):
        return True
    if len(between) > _ASIDE:
        return False
    around = any(tagged.marks[j] & _CLASS and tagged.has(j, "class", "around") for j in between)
    if not around and not any(tagged.has(j, "prep", "in") for j in between):
        return False
    return not any(
        tagged.tokens.words[j] in STOPS
        or tagged.marks[j] & _TELLS
        or tagged.marks[j] & (_CLASS | _IN)
        and tagged.has_conjunction(j)
        for j in between
    )


def _lies(article: Article, between: range) -> bool:
    """Whether what stands between two names says where the first lies by the second: ", which is 40 km east of"."""
    words, lying = article.tagged.tokens.words, article.tagged.lexicon.words("lying")
    says = next((j for j in between[:_LYING] if words[j] in lying), None)
    if says is None or len(between) > _FAR_ASIDE:
        return False
    rest = range(says + 1, between.stop)
    return not any(words[j] in STOPS or article.tagged.marks[j] & _TELLS for j in rest)


def _is_part_behind(article: Article, before: int, k: int) -> bool:
    """Whether a part of a country stands right behind a place in it: "in the province of X in the north of Y"."""
    place, part = article.mentions[before].place, article.mentions[k].place
    if place is None or part is None or article.tagged.has_conjunction(article.mention_first[k]):
        return False
    return feature_of(part.feature_code) == "region" and not part.admin1 and place.country == part.country
