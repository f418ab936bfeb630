"""Words that may tell an event: the heads."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from geomap.extract.article import Article
from geomap.memo import Memo
from geomap.tagging import Tag, Tagged, Tags, mark


class Head(NamedTuple):
    """A word or phrase that can tell an event: tokens ``first`` to ``stop`` and what it may mean."""

    first: int
    stop: int
    values: tuple[str, ...]
    lemma: str
    form: str


_HEAD_TAGS = frozenset({"event", "loss"})
_WEAPON, _HEAD = mark("weapon"), mark("event", "loss")


def find_heads(article: Article) -> list[Head]:
    """Heads in order; a phrase hides the words inside it, the name of a weapon or of a place too."""
    tagged = article.tagged
    found: list[Head] = []
    rains: list[Head] = []
    behind = 0
    names = {
        k for first, stop in zip(article.mention_first, article.mention_stop, strict=True) for k in range(first, stop)
    }
    for i in tagged.marked(_HEAD | _WEAPON):
        if i < behind or i in names:
            continue
        if not tagged.marks[i] & _HEAD:
            behind = i + max(t.width for t in tagged.tags[i] if t.tag == "weapon")
            if (rain := _rain(article, i, behind)) is not None:
                rains.append(rain)
        else:
            width, values, lemma, form = _HEAD_OF[tagged.tags[i]]
            behind = i + width
            found.append(Head(i, behind, values, _with_far_object(tagged, i, lemma), form))
    if rains:
        told = {article.clause_of[head.first] for head in found}
        found = sorted([*found, *(rain for rain in rains if article.clause_of[rain.first] not in told)])
    return found


def _rain(article: Article, i: int, behind: int) -> Head | None:
    """The strike that shells at a place tell where no word of the clause does: "twelve rockets on the town"."""
    tags = article.tagged.tags
    shells = next((t for t in tags[i] if t.tag == "weapon" and t.value in _FALLING), None)
    if shells is None:
        return None
    _, stop = article.clause(i)
    at = next((k for k in range(behind, min(behind + _ADJECTIVE, stop)) if article.tagged.has(k, "prep", "on")), None)
    if at is None:
        return None
    hit = range(at, min(at + _NEAR_HIT, stop))
    named = any(article.mentions[m].role == "location" for m in article.mentions_in(hit.start, hit.stop))
    if not named and not any(article.tagged.has(k, "class", "settlement") for k in hit):
        return None
    return Head(i, behind, ("shelling",), shells.lemma, "noun")


#: What falls on a place; how far behind it "on" stands, and how far behind that the place.
_FALLING = frozenset({"shell", "munition"})
_ADJECTIVE, _NEAR_HIT = 2, 4


def _with_far_object(tagged: Tagged, i: int, lemma: str) -> str:
    """The phrase that a verb makes with an object behind its subject: "opened the units at A fire"; else its lemma."""
    phrase = tagged.lexicon.labels.get("split_verbs", {}).get(lemma)
    if phrase is None:
        return lemma
    objects, words = tagged.lexicon.words("split_objects"), tagged.tokens.words
    last = tagged.tokens.sentences[tagged.tokens.sentence_of[i]][1]
    return str(phrase) if any(words[k] in objects for k in range(i + 1, min(last, i + _FAR_OBJECT))) else lemma


#: Tokens from a verb to its object: its subject, and where that stands, may be between.
_FAR_OBJECT = 16


def _head_of(tags: Tags) -> tuple[int, tuple[str, ...], str, str]:
    """Width, meanings, lemma and form of the head that these tags make."""
    mine = [t for t in tags if t.tag in _HEAD_TAGS]
    width = max(t.width for t in mine)
    mine = [t for t in mine if t.width == width] if width > 1 else mine
    return width, tuple(sorted({_value(t) for t in mine})), mine[0].lemma, mine[0].form


_HEAD_OF: Memo[Tags, tuple[int, tuple[str, ...], str, str]] = Memo(_head_of)


def _value(t: Tag) -> str:
    return t.value if t.tag == "event" else f"loss-{t.value}"


def cuts_between(article: Article, a: Head, b: Head) -> tuple[int, int]:
    """Number of clause borders and of mentions between two heads."""
    clauses = article.clause_of[b.first] - article.clause_of[a.stop - 1]
    inside = bisect_right(article.mention_first, b.first) - bisect_right(article.mention_first, a.first)
    return clauses, inside
