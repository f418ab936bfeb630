"""Tolls whose number stands apart from what they count: "the number of those who fell rose to 52"."""

from __future__ import annotations

from geomap.extract.losses.loss import FATES, Quantity
from geomap.extract.losses.nouns import people_at
from geomap.extract.losses.quantities import number_past_bound
from geomap.extract.losses.walk import Walk
from geomap.extract.losses.words import grammatical_number
from geomap.numbers import digits, number_at
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, mark


def counts(walk: Walk, i: int) -> bool:
    """Whether "the number of" opens here: its victims have their number further on, or just had it."""
    victims = walk.victim_word(i + 1) if is_opener(walk, i) and i + 1 < walk.stop else None
    if not victims:
        return False
    walk.fate, walk.fate_at, walk.wreck = victims.value, i + 1, False
    walk.open_toll, walk.toll_status = True, _status_behind_dead(walk, i + 2)
    return True


def _status_behind_dead(walk: Walk, at: int) -> str:
    """What the words behind "the number of dead" say of them: "of the civilians", "of the region's army"."""
    force = at < walk.stop and any(t.tag == "organ" and t.value == "force" and not t.cut for t in walk.tags[at])
    return "military" if force and not walk.is_police(at) else walk.status_behind(at, "unknown")


def is_opener(walk: Walk, i: int) -> bool:
    """Whether a word opens a toll: "the number", "and the number"."""
    return walk.words[i] in walk.opening


def opens_toll(walk: Walk, i: int) -> bool:
    """Whether "the number of the soldiers who fell" opens here: their number is further on, they are no several."""
    if not is_opener(walk, i) or i + 1 >= walk.stop:
        return False
    if _of_those_who(walk, i + 1):
        people = _counted_people(walk, i + 1)
        walk.open_toll, walk.toll_status = True, status_of(walk, i + 1, people) if people else "unknown"
        return True
    noun = _counted_people(walk, i + 1)
    if noun is None or not any(walk.says(k, "loss", "toll") for k in range(i + 2, min(walk.stop, i + _TOLL))):
        return False
    walk.open_toll, walk.toll_status = True, status_of(walk, i + 1, noun)
    return True


#: Tokens behind "the number of those who fell" within which it is told.
_TOLL = 20
#: Tokens from a number to the verb that tells the fate of those whose number it is.
_FAR = 12


def _of_those_who(walk: Walk, at: int) -> bool:
    """Whether "of those who fell" stands here, or "of the residents who fell", and further on "to" and their number."""
    who = at + 1 if _counted_people(walk, at) and at + 1 < walk.stop else at
    # "of whoever" is spelt like "from"
    if not (_is_relative(walk, who) or who == at and walk.says(at, "prep", "from")):
        return False
    verbs = walk.tags[who + 1] if who + 1 < walk.stop else ()
    if not any(t.tag == "loss" and t.value in FATES and t.form in ("past", "present") for t in verbs):
        return False
    return any(_to_number(walk, k) for k in range(who + 2, min(walk.stop, who + _TOLL)))


def _is_relative(walk: Walk, at: int) -> bool:
    return any(t.tag == "link" and t.value == "relative" and not t.cut for t in walk.tags[at])


def _to_number(walk: Walk, k: int) -> bool:
    """Whether "to" leads to a number that counts no time, place or thing."""
    if not walk.says(k, "prep", "to") or k + 1 >= walk.stop or walk.is_time(k + 1):
        return False
    got = number_past_bound(walk, k + 1)
    if got is None:
        return False
    behind = walk.tags[got[1]] if got[1] < walk.stop else ()
    return not any(t.tag in ("class", "weapon") and not t.cut or t.value.startswith("unit_") for t in behind)


def _counted_people(walk: Walk, at: int) -> Tag | None:
    """People whom a toll is of: with the article, or with a name or a pronoun behind."""
    noun = next((t for t in walk.tags[at] if t.tag == "person"), None) or people_at(walk, at)
    if noun is None or noun.cut and not walk.has_article(at, noun):
        return None
    return noun if grammatical_number(walk.article, at, noun) is None else None


def status_of(walk: Walk, at: int, noun: Tag) -> str:
    """What the people that a noun names are, by it and the words behind it."""
    return walk.made(Quantity(at, at, 1, "exact"), at + 1, "", noun, at).status


def told_before(walk: Walk, q: Quantity) -> int:
    """Take a number that stands before what it counts: "rose to 52 the number of those who were killed"; or 0."""
    if q.stop + 1 >= walk.stop or walk.words[q.stop] not in walk.openers and not _rose_to(walk, q):
        return 0
    for k in range(q.stop + 1, min(walk.stop, q.stop + _FAR)):
        fate = next((t for t in walk.tags[k] if t.tag == "loss" and t.value in FATES and not walk.victim_word(k)), None)
        if fate and fate.form in ("past", "present"):
            noun = _counted_people(walk, q.stop + 1)
            walk.open_toll = False
            walk.add(q, q.stop, fate.value, noun, k)
            walk.fate, walk.fate_at, walk.wreck = None, k, False
            return k + 1
        if walk.words[k] in PAUSES:
            break
    return 0


def is_toll_of(walk: Walk, i: int) -> bool:
    """Whether "the toll of" stands at a token."""
    return any(t.tag == "loss" and t.value == "toll" and t.form == "noun" and not t.cut for t in walk.tags[i])


def _rose_to(walk: Walk, q: Quantity) -> bool:
    """Whether "the toll of" stands behind a number to which it rose."""
    return is_toll_of(walk, q.stop) and q.first > walk.first and walk.says(q.first - 1, "prep", "to")


def has_toll(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether a toll goes on to others: "the dead rose to 300, and the civilians to 63"."""
    return walk.has_article(i, noun) and walk.conjoined(i) and i + 2 < walk.stop and _to_number(walk, i + 1)


def counted_later(walk: Walk, i: int) -> bool:
    """Tell whether the number follows the noun: "the number of dead rose to 45", "and the wounded 60"."""
    at = i + 1
    if at < walk.stop and any(t.tag == "bound" for t in walk.tags[at]):
        at += 1
    if at < walk.stop and (digits(walk.words[at]) or at > i + 1 and number_at(walk.words, at, walk.lexicon)):
        walk.open_toll = True
        return True
    if (
        not walk.open_toll
        and not any(
            t.tag == "loss" and t.value == "toll" for k in range(max(walk.first, i - 6), i) for t in walk.tags[k]
        )
        and not _come_to(walk, i)
    ):
        return False
    for k in range(i + 1, min(walk.stop, i + 16)):
        if walk.says(k, "link", "subset"):
            return False
        if not walk.is_time(k) and number_at(walk.words, k, walk.lexicon):
            return True
    return False


def _come_to(walk: Walk, i: int) -> bool:
    """Whether victims are the subject of a verb that gives their number: "the dead of the raid came to thirteen"."""
    if (
        i > walk.first
        and walk.marks[i - 1] & _MORE
        and i + 1 < walk.stop
        and number_at(walk.words, i + 1, walk.lexicon)
    ):
        return True  # "the wounded passed fifty": the verb stands before them
    for k in range(i + 1, min(walk.stop - 1, i + _TOLL)):
        if walk.words[k] in PAUSES or walk.marks[k] & _COUNT:
            return False
        if any(
            t.tag == "loss" and t.value == "toll" and t.form in ("past", "present") and not t.cut for t in walk.tags[k]
        ):
            at = k + 1 + walk.says(k + 1, "prep", "to")
            return at < walk.stop and not walk.is_time(at) and number_at(walk.words, at, walk.lexicon) is not None
    return False


_MORE, _COUNT = mark("bound"), mark("number")
