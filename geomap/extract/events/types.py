"""Which event its heads tell, and whether they tell one: what the type model sees, and what is certain."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import islice

from geomap.extract.article import TELLING, Article
from geomap.extract.events.evidence import evidence
from geomap.extract.events.head_features import START, by_start
from geomap.extract.events.heads import Head
from geomap.extract.events.subtypes import by_rule
from geomap.extract.losses import find_losses
from geomap.linear import Features, Namer
from geomap.memo import Memo
from geomap.punctuation import COMMAS
from geomap.tagging import Tags, mark

_TYPE_TAGS = frozenset(
    {"weapon", "target", "person", "organ", "party", "class", "scope", "state", "link", "body", "speech"}
)
_OBJECTS = frozenset({"weapon", "target", "class", "person", "body", "party", "organ"})
_PLAIN_WORD = ~mark("prep", "link", "number", "time")
_TYPED, _OBJECT = mark(*_TYPE_TAGS), mark(*_OBJECTS)
_WEAPON, _PERSON, _PLACED = mark("weapon"), mark("person"), mark("class", "body")


def type_features(article: Article, heads: Sequence[Head], first: int, stop: int) -> Features:
    """Features of one event over its tokens ``first`` to ``stop``."""
    words, tags, marks = article.tagged.tokens.words, article.tagged.tags, article.tagged.marks
    seen: set[str] = set()
    told = [h for h in heads if not _negated(article, h)] or heads
    if len(told) < len(heads):
        seen.update(f"not={v}" for h in heads if h not in told for v in h.values)
    values = sorted({v for h in told for v in h.values})
    main = "+".join(told[0].values)
    here = [k for k in range(first, stop) if marks[k] & _TYPED]
    for k in here:
        seen.update(_TYPED_OF[tags[k]])
    for h in heads:
        what = "+".join(h.values)
        for k in range(h.stop, min(stop, h.stop + 4)):
            if marks[k] & _OBJECT:
                seen.update([f"o={what}>{t.tag}.{t.value}" for t in tags[k] if t.tag in _OBJECTS])
        seen.add(f"n={h.lemma}>{words[h.stop] if h.stop < stop else '$'}")
        seen.update(
            f"o={what}>m.{'.'.join(article.named[m])}" for m in article.mentions_in(h.stop, min(stop, h.stop + 4))
        )
    weapons, persons, classes = (
        frozenset([t.value for k in here if marks[k] & bits for t in tags[k] if t.tag in names])
        for names, bits in ((("weapon",), _WEAPON), (("person",), _PERSON), (("class", "body"), _PLACED))
    )
    losses = find_losses(article, first, stop)
    lost, fell = frozenset([x.kind for x in losses if not x.person]), frozenset([x.status for x in losses if x.person])
    _context(seen, article, heads)
    for m in article.mentions_in(first, stop):
        role, kind = article.named[m]
        seen.add(f"m={role}.{kind}")
        place = article.mentions[m].place
        if role == "nationality" and place:
            seen.add(f"nat={place.country}")
    stems = {
        stem
        for stem, bits in zip(article.stems[first:stop], marks[first:stop], strict=True)
        if bits == bits & _PLAIN_WORD
    }
    rule = by_rule(frozenset(values), weapons, persons, classes, non_state=False, lost=lost, fell=fell)
    one: list[tuple[Namer, Hashable]] = [(_event, (tuple(values), main)), (_by_rule, (rule, main))]
    used = [*(f"by={rule}|w={weapon}" for weapon in weapons), *(f"by={rule}|p={person}" for person in persons)]
    lemmas = [f"h={lemma}" for lemma in {h.lemma for h in heads}]
    starts = {stem[:START] for stem in article.stems[first:stop] if stem}
    view = [f for f in article.view(article.tagged.tokens.sentence_of[heads[0].first]) if f.startswith(_TOLD_BY_VIEW)]
    joint = evidence(article, heads, losses, first, stop)
    return Features(
        one, [(_stem, stems), (by_start, starts)], [*seen, *view, *used, *lemmas, *_whom(article, heads[0]), *joint]
    )


#: What of its sentence as a whole tells whether an event is one, and of which type.
_TOLD_BY_VIEW = ("s:scope", "s:t=", "s:old-year", "s:state", "s:speech")


def _whom(article: Article, head: Head) -> list[str]:
    """Who or whom right behind a head."""
    tags = article.tagged.tags
    _, last = article.sentence(head.first)
    behind = (t for k in range(head.stop, min(last, head.stop + 3)) for t in tags[k] if t.tag in _PEOPLE)
    return sorted({f"who={'+'.join(head.values)}>{t.tag}.{t.value}" for t in behind})


_PEOPLE = frozenset({"person", "party", "organ"})


def _event(at: tuple[tuple[str, ...], str]) -> list[str]:
    values, main = at
    return ["b", *(f"v={v}" for v in values), f"v1={main}", "v*=" + "|".join(values[:4])]


def _by_rule(at: tuple[str, str]) -> list[str]:
    """The type that the codebook's rules give, with the first word that tells the event."""
    rule, main = at
    return [f"by={rule}", f"by={rule}|{main}"]


def _negated(article: Article, head: Head) -> bool:
    """Whether the clause denies what a head tells: "without a shot", "did not shell"."""
    tagged = article.tagged
    first, _ = article.clause(head.first)
    return tagged.first("scope", "negation", max(first, head.first - 3), head.first) is not None


def _stem(stem: str) -> list[str]:
    return [f"x={stem}"] if stem else []


def _typed_of(tags: Tags) -> tuple[str, ...]:
    mine = [t for t in tags if t.tag in _TYPE_TAGS]
    return (*(f"w={t.tag}.{t.value}" for t in mine), *(f"wl={t.lemma}" for t in mine if t.tag in ("weapon", "person")))


_TYPED_OF: Memo[Tags, tuple[str, ...]] = Memo(_typed_of)
_TOLD = mark("event", "weapon")


def _context(found: set[str], article: Article, heads: Sequence[Head]) -> None:
    """What the rest of the sentence, the sentence before and the lead tell."""
    tagged = article.tagged
    number = tagged.tokens.sentence_of[heads[0].first]
    own = {k for h in heads for k in range(h.first, h.stop)}
    first, stop = tagged.tokens.sentences[number]
    for k in range(first, stop):
        if tagged.marks[k] & _TOLD and k not in own:
            found.update(_TOLD_OF[tagged.tags[k]])
    for where, at in (("prev", number - 1), ("lead", 0 if number >= 2 else -1)):
        if at >= 0:
            found.update([f"{where}={value}" for value in article.telling(at)])


def _told_of(tags: Tags) -> tuple[str, ...]:
    events = [f"in={t.value}" for t in tags if t.tag == "event" and t.value in TELLING]
    return (*events, *(f"inw={t.value}" for t in tags if t.tag == "weapon"))


_TOLD_OF: Memo[Tags, tuple[str, ...]] = Memo(_told_of)


def certain_type(article: Article, heads: Sequence[Head], first: int, stop: int) -> str:
    """The sub-event type that a word or its object settles, whatever else is told; empty for none.

    The event's tokens are ``first`` to ``stop``.
    """
    values = {v for h in heads for v in h.values}
    if values == {"fire"} and _at_a_town(article, heads[-1].stop):
        return "Shelling/artillery/missile attack"
    if "arrest" in values and any("arrest" in h.values and _taken_at_protest(article, h) for h in heads):
        return "Protest with intervention"
    laid_down = article.tagged.lexicon.labels.get("laid_down", ())
    if values == {"destroy"} and any(h.lemma in laid_down for h in heads):
        return "Disrupted weapons use"
    if values <= _WRECKING:
        losses = find_losses(article, first, stop)
        if losses and not any(x.person for x in losses):
            return "Disrupted weapons use"
    if values >= _STRIKES and not values & _BESIDE_STRIKES:
        return "Air/drone strike"
    if "suicide" in values and "clash" not in values:
        return "Suicide bomb"
    return next((sub for value, sub in _CERTAIN.items() if value in values), "")


#: Only things were wrecked; strikes from the air that wrecked something, unless it was part of a fight.
_WRECKING, _STRIKES = frozenset({"destroy", "lose", "shootdown"}), frozenset({"airstrike", "destroy"})
_BESIDE_STRIKES = frozenset({"shootdown", "clash", "capture"})
_CERTAIN = {"sexual": "Sexual violence", "chemical": "Chemical weapon"}
_PREP, _AIMED, _TIME = mark("prep"), mark("class", "body", "person"), mark("time", "weekday")


def _at_a_town(article: Article, at: int) -> bool:
    """Whether a town or village stands right behind the next "at" or "in", and neither people nor a position."""
    marks, tags = article.tagged.marks, article.tagged.tags
    _, last = article.sentence(at - 1)
    timed = {k for w in article.whens_in(at, last) for k in range(w.first, w.stop)}
    words = article.tagged.tokens.words
    told = (k for k in range(at, last) if k not in timed and words[k] not in COMMAS and not marks[k] & _TIME)
    near = list(islice(told, _NEAR_OBJECT))
    preps = [k for k in near if marks[k] & _PREP]
    prep = next((k for k in preps if article.tagged.has(k, "prep", "on")), preps[0] if preps else None)
    if prep is None:
        return False
    behind = range(prep + 1, min(last, prep + 3))
    nouns = {
        f"{t.tag}.{t.value}"
        for k in behind
        if marks[k] & _AIMED
        for t in tags[k]
        if t.tag in ("class", "body", "person")
    }
    places = {article.named[m] for m in article.mentions_in(prep + 1, min(last, prep + 3))}
    return nouns <= {"class.settlement"} and bool(nouns or ("location", "settlement") in places)


#: Words between shooting and what it is aimed at, but for the time: "heavily, on Monday".
_NEAR_OBJECT = 4


#: How far behind an arrest those who were arrested stand.
_NEAR_TAKEN = 10


def _taken_at_protest(article: Article, head: Head) -> bool:
    """Whether the first people behind an arrest who are no police are protesters: it ends what they did."""
    tags, marks = article.tagged.tags, article.tagged.marks
    _, last = article.clause(head.stop - 1)
    for k in range(head.stop, min(last, head.stop + _NEAR_TAKEN)):
        people = {t.value for t in tags[k] if t.tag == "person"} if marks[k] & _PERSON else set()
        if people and "police" not in people:
            return article.tagged.has(k, "event", "protest")
    return False


_FIGHTS = frozenset({"clash", "attack", "shelling", "fire", "airstrike"})
#: How far before and behind its heads a sentence says that what they tell goes on, in tokens.
_ON_BEFORE, _ON_BEHIND = 2, 8


def goes_on(article: Article, heads: Sequence[Head]) -> bool:
    """Whether the heads tell a fight that is said to go on: "the attacks … continue"."""
    if not any(v in _FIGHTS for h in heads for v in h.values):
        return False
    first, stop = article.sentence(heads[0].first)
    begin, end = max(first, heads[0].first - _ON_BEFORE), min(stop, heads[-1].stop + _ON_BEHIND)
    return article.tagged.first("state", "continue", begin, end) is not None
