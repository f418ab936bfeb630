"""What is passed over: parts of a number told before, makes, ranks, adjectives."""

from __future__ import annotations

from geomap.extract.losses.loss import FATES
from geomap.extract.losses.nouns import noun_at
from geomap.extract.losses.quantities import number_past_bound
from geomap.extract.losses.walk import Walk
from geomap.numbers import number_at
from geomap.tagging import mark

_NUMBER = mark("number", "count")


def past_subset(walk: Walk, i: int) -> int:
    """Skip "among them 21 children": up to a new fate that is joined on, or the clause's end."""
    _, c_stop = walk.article.clause(i)
    for k in range(i + 1, min(walk.stop, c_stop)):
        if any(t.tag in ("loss", "event") and t.cut and walk.conjoined(k) for t in walk.tags[k]):
            return k
        if walk.conjoined(k) and _counts_victims(walk, k) or _ends_subset(walk, i, k) or _wrecks(walk, k):
            return k
        if _counts_things(walk, k):
            return k
    return max(i + 1, min(walk.stop, c_stop))


def _counts_things(walk: Walk, k: int) -> bool:
    """Whether things lost go on behind a part of something else: "300 men, among them an officer, and five tanks".

    Things are no part of people, and what is added to them by a phrase is no part of anything.
    """
    last = walk.found[-1] if walk.found else None
    if not walk.wreck or last is None:
        return False
    joined = walk.conjoined(k) and not (walk.tags[k] and walk.has_article(k, walk.tags[k][0]))
    if not (joined and last.person or walk.added(k)):
        return False
    got = number_past_bound(walk, k + walk.article.tagged.is_conjunction(k))
    return got is not None and got[1] < walk.stop and bool(walk.marks[got[1]] & _THING)


_THING = mark("weapon")


def _wrecks(walk: Walk, k: int) -> bool:
    """Whether a verb tells what some of those counted destroyed: "31 raids, eleven of which destroyed four tanks"."""
    return any(t.tag == "event" and t.value == "destroy" and t.form == "past" and not t.cut for t in walk.tags[k])


def _ends_subset(walk: Walk, i: int, k: int) -> bool:
    """Whether a verb tells what befell the people counted before their part: "198, among them three boys, died"."""
    whole = walk.waiting[-1] if walk.waiting else None
    if whole is None or not whole.person or i - whole.stop > 1:
        return False
    return any(t.tag == "loss" and t.value in FATES and t.form in ("past", "present") for t in walk.tags[k])


def _counts_victims(walk: Walk, k: int) -> bool:
    """Whether "and eleven wounded", "and over eleven wounded" begins here: a number of its own, no part of the last."""
    got = number_past_bound(walk, k + walk.article.tagged.is_conjunction(k))
    return bool(got and got[1] < walk.stop and walk.victim_word(got[1]))


def past_rank(walk: Walk, i: int) -> int:
    """Skip an officer's rank: "an officer with the rank of captain"."""
    link = next(t for t in walk.tags[i] if t.tag == "link" and t.value == "rank")
    at = i + link.width
    for _ in range(2 if link.lemma in walk.lexicon.labels.get("two_ranks", ()) else 1):
        at += bool(at < walk.stop and noun_at(walk, at))
    return at


def past_model(walk: Walk, i: int) -> int:
    """Skip the make of a weapon: up to three tokens behind "of the type"."""
    at = i + next(t.width for t in walk.tags[i] if t.tag == "link" and t.value == "model")
    return max(past_name(walk, at), i + 1)


def past_name(walk: Walk, at: int) -> int:
    """Token behind the name of a make, in quotes or not."""
    if at + 1 < walk.stop and not walk.tags[at] and walk.words[at + 1].isdecimal():
        at += 1
    while at < walk.stop and (
        walk.words[at] in "\"'-()"
        or any(t.tag == "weapon" and not t.cut for t in walk.tags[at])
        or walk.words[at][:1].isdecimal()
    ):
        at += 1
    return at


def past_adjectives(walk: Walk, at: int) -> int:
    """Behind a counted noun: adjectives (civilian, killed), "one", "two", the noun of its genitive."""
    while at < walk.stop:
        here = walk.tags[at]
        adjective = any(t.tag == "person" for t in here) and not any(
            t.cut and t.tag == "person" and walk.conjoined(at) or t.tag == "loss" and t.value in FATES for t in here
        )
        if walk.says(at, "prep", "from") and _of_people(walk, at + 1):
            at += 1
            adjective = True
        small = any(t.tag == "number" and t.value in ("1", "2", "others2") and not t.cut for t in here)
        got = number_at(walk.words, at, walk.lexicon) if small else None
        small = small and (got is None or got[1] == at + 1)
        if not (adjective or small):
            return at
        at += 1
    return at


def _of_people(walk: Walk, at: int) -> bool:
    """Whether a counted noun's "of" names their kind: "five members of one family"."""
    return at < walk.stop and not walk.marks[at] & _NUMBER and walk.says(at, "person", "civilian")
