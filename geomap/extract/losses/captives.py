"""The captured and the missing: people told beside the victims who are none themselves."""

from __future__ import annotations

from geomap.extract.losses.loss import FATES, OTHER_FATES, Quantity
from geomap.extract.losses.walk import Walk
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, mark

_HEADS, _NUMBER = mark("loss", "event"), mark("number", "count", "bound")
_TAKING = frozenset({"arrest", "abduct"})
_FAR = 5


def past_captives(walk: Walk, q: Quantity, at: int) -> int:
    """Token behind the people counted by ``q`` who are taken or missing: "13 prisoners", "24 others are missing".

    0 where they are not. Captives may be killed all the same: "killed 13 prisoners".
    """
    if fallen_captives(walk, q, at):
        return 0
    for k in range(at, min(walk.stop, at + _FAR)):
        if walk.words[k] in PAUSES or k > at and (_joins(walk, k) or walk.marks[k] & _NUMBER):
            return 0
        other = next((t for t in walk.tags[k] if _takes(t)), None)
        if other:
            told = k <= at + 1 and not walk.says(k - 1, "prep", "in") and _befalls(walk, q)
            return 0 if told else k + other.width
        if walk.marks[k] & _HEADS and not walk.victim_word(k):
            return 0
    return 0


def fallen_captives(walk: Walk, q: Quantity, at: int) -> Tag | None:
    """Captives right behind a number who were killed or hurt: "killed 13 prisoners", "fifty prisoners died"."""
    tags = walk.tags[at] if at < walk.stop else ()
    captive = next((t for t in tags if t.tag == "loss" and t.value == "captured" and t.form == "noun"), None)
    if captive is None or captive.cut:
        return None
    people = Tag("person", "military", captive.lemma, "noun", captive.width, 0)
    if _befalls(walk, q):
        return people
    for k in range(at + 1, min(walk.stop, at + _FELL)):
        told = next((t for t in walk.widest(k) if t.tag == "loss" or t.tag == "event" and t.form != "noun"), None)
        if told is None:
            continue
        fell = told.tag == "loss" and told.value in FATES and told.form in ("past", "present") and not told.cut
        return people if fell else None
    return None


#: Tokens from captives to the verb that tells their end: who they were may stand between commas.
_FELL = 14


def _takes(t: Tag) -> bool:
    """Whether a word tells that people are captives or missing."""
    taken = t.tag == "event" and t.value in _TAKING and t.form in ("past", "present")
    return taken or t.tag == "loss" and t.value in OTHER_FATES


def _joins(walk: Walk, k: int) -> bool:
    """Whether a word is joined on by a conjunction, as far as the lexicon knows it."""
    return walk.conjoined(k) and not any(not t.cut for t in walk.tags[k])


def _befalls(walk: Walk, q: Quantity) -> bool:
    """Whether a verb of killing or wounding, or its noun, stands right before the number."""
    if not walk.fate or q.first - walk.fate_at > 2 or walk.victim_word(walk.fate_at):
        return False
    return any(t.tag == "loss" and t.value == walk.fate for t in walk.tags[walk.fate_at])
