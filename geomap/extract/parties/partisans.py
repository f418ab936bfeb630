"""Texts that take a side: they say "our forces" or "the enemy" themselves, and report for that side."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.parties.named import FIGHTING, Parties, Party
from geomap.punctuation import SAYING
from geomap.tagging import Tag, mark

_MARKED = mark("party", "event", "organ", "person", "weapon")
_SPEECH, _EVENT, _PARTY = mark("speech"), mark("event"), mark("party")
_ATTACKS = frozenset({"shelling", "airstrike", "attack", "fire", "violate"})
#: Whom "our" makes one's own; "our correspondent" takes no side.
_OURS = frozenset({("party", "own"), ("organ", "state"), ("organ", "force"), ("person", "military")})
#: How many different words show that a text leans.
_LOADED = 2
#: Tokens around a word for the enemy within which it is named.
_NEAR = 3


class Partisan(NamedTuple):
    """Whose side a text is on, whom it calls the enemy (each empty where it does not tell), sentences that show it."""

    ours: str
    enemy: str
    sentences: frozenset[int]


NEUTRAL = Partisan("", "", frozenset())


def partisan(article: Article, parties: Parties, own: str) -> Partisan:
    """Whose side a text is on, by its own words, not by those that it reports; ``own`` where its head tells."""
    marks = [k for k in article.tagged.marked(_MARKED) if _says_we(article, k) or _says_enemy(article, k)]
    marks = [k for k in marks if not _reported(article, k)]
    sentences = frozenset(article.tagged.tokens.sentence_of[k] for k in marks)
    if own:
        return Partisan(own, parties.against(own), sentences)
    if not marks:
        return NEUTRAL
    if hoisted := _hoisted(article, parties, marks):
        return Partisan(hoisted, parties.against(hoisted), sentences)
    enemy = _enemy(article, parties, marks)
    return Partisan(_ours(parties, enemy) if enemy else "", enemy, sentences)


def leaning(article: Article, parties: Parties) -> str:
    """The army that a text sides with by its choice of words: the first that it names without one of them."""
    lexicon, words = article.tagged.lexicon, article.tagged.tokens.words
    slurs, praise = lexicon.among("slurs"), lexicon.among("praise")
    abused = {word for word in words if slurs[word] is not None}
    if not abused or len(abused) + len({word for word in words if praise[word] is not None}) < _LOADED:
        return ""
    armed = [p for p in parties.found if p.kind in ("state", "group") and _is_force(article, p)]
    return next((p.side for p in armed if abused.isdisjoint(words[p.first : p.stop])), "")


def _is_force(article: Article, party: Party) -> bool:
    """Whether a party is named by an armed body's name."""
    return party.kind == "group" or any(
        t.tag == "organ" and t.value == "force" for k in range(party.first, party.stop) for t in article.tagged.tags[k]
    )


def _says_we(article: Article, k: int) -> bool:
    word, our = article.tagged.tokens.words[k], article.tagged.lexicon.labels["our"]
    if not word.endswith(our):
        return False
    return any(
        (t.tag, t.value) in _OURS or t.tag == "event" and t.form == "past"
        for t in article.tagged.tags[k]
        # a word that ends in the first letter of "our" itself only has an ending of its own
        if t.lemma != word[t.cut :] and word[t.cut :] != t.lemma + our[1:]
    )


def _says_enemy(article: Article, k: int) -> bool:
    """Whether a word means the other side of a war; "the occupier" is what much of the press calls one of them."""
    if not article.tagged.marks[k] & _PARTY or not article.tagged.has(k, "party", "enemy"):
        return False
    return article.tagged.is_one(k, "foes")


def _reported(article: Article, k: int) -> bool:
    """Whether a word stands in quotation marks, behind a word of speech or behind a speaker's colon."""
    first, _ = article.sentence(k)
    words, marks = article.tagged.tokens.words, article.tagged.marks
    return not SAYING.isdisjoint(words[first:k]) or any(marks[i] & _SPEECH for i in range(first, k))


def _enemy(article: Article, parties: Parties, marks: list[int]) -> str:
    """Whom a text calls the enemy: the side named beside that word, else the one that "we" act upon."""
    count: Counter[str] = Counter()
    abused = article.tagged.lexicon.among("abuse")
    for k, word in enumerate(article.tagged.tokens.words):
        if abused[word] is not None:
            count.update(p.side for p in parties.within(k, k + 2) if p.kind in FIGHTING)
    for k in marks:
        first, last = article.sentence(k)
        if _says_enemy(article, k):
            named = parties.within(max(first, k - _NEAR), min(last, k + _NEAR + 1))
        else:
            named = parties.within(k + 1, last)
        count.update([p.side for p in named if p.kind in FIGHTING][:1])
    return count.most_common(1)[0][0] if count else _attacker(article, parties) or _stranger(parties)


def _hoisted(article: Article, parties: Parties, marks: list[int]) -> str:
    """Whose flag stands in a sentence that says "we": nobody hoists another's."""
    flags, words = article.tagged.lexicon.among("flags"), article.tagged.tokens.words
    ours = [article.sentence(k) for k in marks if _says_we(article, k)]
    named = [p for first, last in ours for p in parties.within(first + 1, last)]
    return next((p.side for p in named if flags[words[p.first - 1]] is not None), "")


def _attacker(article: Article, parties: Parties) -> str:
    """The only side that a text itself, not those whom it reports, names as who attacked."""
    tags = article.tagged.tags
    attacks = (k for k in article.tagged.marked(_EVENT) if any(_is_attack(t) for t in tags[k]))
    doers = {p.side for k in attacks if not _reported(article, k) for p in parties.within(k + 1, k + 2)}
    return doers.pop() if len(doers) == 1 else ""


def _is_attack(tag: Tag) -> bool:
    return tag.tag == "event" and tag.value in _ATTACKS and tag.form in ("past", "present")


def _stranger(parties: Parties) -> str:
    """The only side named by a text that never names its own, where the places told of are another's."""
    home = next(iter(parties.countries.values()), "")
    foes = parties.ranked[:1]
    return foes[0] if foes and home and foes[0] != home and parties.against(foes[0]) == home else ""


def _ours(parties: Parties, enemy: str) -> str:
    """The side that is not the enemy's: a state that is named, else the one whose places are told of, else a group."""
    foes = {side for theatre in parties.theatres for side in theatre.opponents(enemy)}
    states = [side for side in parties.ranked if parties.standing.get(side) == "state" and (not foes or side in foes)]
    home = list(parties.countries.values())[:1]
    # a region that its state fights has that state against it, not the one that stands by it
    apart = any(p.kind == "region" for p in parties.by_side.get(enemy, ()))
    options = [*home, *states, *parties.ranked] if apart else [*states, *home, *parties.ranked]
    return next((side for side in options if side != enemy), "") or parties.against(enemy)
