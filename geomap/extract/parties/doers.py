"""Who acts in an event: by what stands at the word that tells it, else the party named last before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.events.heads import Head
from geomap.extract.parties.named import FIGHTING, Parties, Party
from geomap.lexicon import Lexicon
from geomap.memo import Memo, PerObject
from geomap.punctuation import CLAUSE_CUTS
from geomap.tagging import mark
from geomap.text import fold_name

#: Events whose noun has its doer right behind it: "the army's shelling", "a Russian air raid".
_DONE = frozenset("shelling airstrike attack fire raid explosion arrest abduct violate".split())
#: Events of which those who sent what is hit are named too: "shot down a drone that the rebels had launched".
_UNDONE = frozenset("shootdown destroy repel lose agree mobilise".split())
#: Events that a state orders at home.
_ORDERED = frozenset({"mobilise"})
#: Events in which both sides act.
_BOTH = frozenset({"clash"})
#: What may not stand between such a noun and the adjective of who did it: it would be the adjective's noun.
_NOUNS = mark("class", "person", "body", "organ", "event", "loss", "prep", "number", "link")
_LEADING = mark("prep", "link")
#: How many tokens behind its noun a doer may stand, and behind the words that lead to it.
_NEAR, _REACH = 3, 14
_STOPS = CLAUSE_CUTS | frozenset(".\n")


class Acting(NamedTuple):
    """The party that acts in an event, None where nothing tells; whether the words at its heads say so."""

    party: Party | None
    told: bool


def who_acts(article: Article, heads: Sequence[Head], parties: Parties) -> Acting:
    """The party that is said to have done it, else the one that stands where who acts mostly stands."""
    told = _told_doer(article, heads, parties)
    return Acting(told or _by_order(article, heads[0], parties), told is not None)


def acting_party(article: Article, heads: Sequence[Head], parties: Parties) -> Party | None:
    """The party that acts in the event of these heads; None where nothing tells."""
    return who_acts(article, heads, parties).party


def _told_doer(article: Article, heads: Sequence[Head], parties: Parties) -> Party | None:
    """The party that is said to have done it, by the words at the heads; None where none is."""
    for head in heads:
        if _ORDERED.intersection(head.values):
            break  # what is named behind is whom the order is meant against
        doing = not all(value.startswith("loss-") or value == "hit" for value in head.values)
        if doing and (doer := _subject(article, head, parties)):
            return doer
        if (
            _is_noun(article, head)
            and _DONE.intersection(head.values)
            and (doer := _behind_noun(article, head, parties))
        ):
            return doer
        if doing:
            break
    if not _UNDONE.intersection(heads[0].values):
        for head in heads:
            if doer := led_to(article, head, parties):
                return doer
    return None


def _subject(article: Article, head: Head, parties: Parties) -> Party | None:
    """The party right behind a verb of war."""
    if head.form not in ("past", "present") or _is_noun(article, head):
        return None
    return next((p for p in parties.within(head.stop, head.stop + 1) if p.kind in FIGHTING), None)


def _by_order(article: Article, head: Head, parties: Parties) -> Party | None:
    """The last party named before a head in its sentence, else the first behind it; a verb's subject comes first."""
    first, stop = article.sentence(head.first)
    behind = [p for p in parties.within(head.stop, min(stop, head.stop + 5)) if p.kind in FIGHTING]
    ahead = [p for p in parties.within(first, head.first) if p.kind in FIGHTING]
    pronouns = article.tagged.lexicon.labels.get("doer_pronouns", ())
    of_speaker = any(word in pronouns for word in article.tagged.tokens.words[max(first, head.first - 2) : head.first])
    if head.form in ("past", "present") and behind and not (of_speaker and ahead):
        return behind[0]
    if ahead:
        return ahead[-1]
    return behind[0] if behind else None


def _is_noun(article: Article, head: Head) -> bool:
    """Whether a head may be a noun: its form, or that a preposition or "because of" stands before it."""
    tagged = article.tagged
    before = tagged.marks[head.first - 1] if head.first else 0
    return bool(before & _LEADING) or any(
        t.tag == "event" and (t.form == "noun" or t.cut) for t in tagged.tags[head.first]
    )


def _behind_noun(article: Article, head: Head, parties: Parties) -> Party | None:
    """The party that a noun of war has behind it: in the genitive, behind "of", or as an adjective."""
    tagged = article.tagged
    words, marks = tagged.tokens.words, tagged.marks
    _, stop = article.sentence(head.first)
    letters = tuple(tagged.lexicon.labels.get("doer_letters", ()))
    for k in range(head.stop, min(stop, head.stop + _NEAR)):
        if words[k] in _STOPS:
            return None
        for party in parties.within(k, k + 1):
            if party.kind not in FIGHTING:
                continue
            if party.kind == "people" or k == head.stop or words[k].startswith(letters):
                return party
        if words[k] not in "\"'" and marks[k] & _NOUNS:
            return None
    return None


def led_to(article: Article, head: Head, parties: Parties) -> Party | None:
    """The party behind a word that leads from what was done to who did it: "by", "which was carried out by"."""
    if head not in parties.led:
        parties.led[head] = _led_to(article, head, parties)
    return parties.led[head]


def _led_to(article: Article, head: Head, parties: Parties) -> Party | None:
    words = article.tagged.tokens.words
    leads = _leads(article.tagged.lexicon)
    _, stop = article.sentence(head.first)
    for k in range(head.stop, min(stop, head.stop + _REACH)):
        if words[k] in _STOPS:
            return None
        for rest in leads[words[k]]:
            behind = k + 1 + len(rest)
            if tuple(words[k + 1 : behind]) == rest:
                return next((p for p in parties.within(behind, behind + 3) if p.kind in FIGHTING), None)
    return None


def _leads_of(lexicon: Lexicon) -> Memo[str, tuple[tuple[str, ...], ...]]:
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for phrase in lexicon.labels.get("doer_words", ()):
        first, *rest = fold_name(phrase).split(" ")
        by_word.setdefault(first, []).append(tuple(rest))
    return Memo(lambda word: tuple(by_word.get(word, ())))


#: What must follow a word to make it lead to a doer.
_leads = PerObject(_leads_of)


def other_than_hit(acting: Party | None, heads: Sequence[Head], hit: Collection[str], parties: Parties) -> Party | None:
    """The party that acts, knowing whose the losses are: nobody is told to hit their own.

    Where all that was lost is the acting party's, or nobody acts, it is the other side that fights, the most named.
    In a clash both act.
    """
    known = {side for side in hit if side and side != "unknown"}
    if len(known) != 1 or any(_BOTH.intersection(head.values) for head in heads):
        return acting
    if acting is not None and acting.side not in known:
        return acting
    others = [side for side in parties.ranked if side not in known and side in parties.standing]
    if not others or acting is None and len(others) > 1:
        return None
    return next(p for p in parties.by_side[others[0]] if p.kind in FIGHTING)
