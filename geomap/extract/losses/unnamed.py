"""People whom no noun tells: those known by their name alone, who met their end, whose age stands behind it."""

from __future__ import annotations

from geomap.extract.losses.loss import Quantity
from geomap.extract.losses.walk import Walk
from geomap.punctuation import PAUSES
from geomap.tagging import mark

_TELLING = mark("loss", "event", "person", "weapon")
#: Tokens from a verb of dying to "his end", and from a verb to the name's age or to "and with him".
_END, _NAME = 16, 8


def met_end(walk: Walk, i: int) -> bool:
    """Whether "his end" goes with a verb of meeting it before: it tells no new death, but that of one if none else did.

    "Captain X met, near the village, his end".
    """
    ends = walk.lexicon.labels.get("ends_met", ())
    word = walk.words[i]
    if not any(t.tag == "loss" and t.lemma in ends and not t.cut for t in walk.tags[i]):
        return False
    if walk.fate != "killed" or not 0 < i - walk.fate_at <= _END or not _is_verb(walk, walk.fate_at):
        return False
    if word.endswith(tuple(walk.lexicon.labels.get("of_many", ()))):
        return True
    if word.endswith(tuple(walk.lexicon.labels.get("of_one", ()))) and not _has_people(walk):
        walk.add(Quantity(i, i + 1, 1, "exact"), i + 1, "killed", None, walk.fate_at)
    return True


def has_age(walk: Walk, q: Quantity) -> bool:
    """Take one who is told by name and age right behind a verb of dying or being hurt: "X (58 years) was killed"."""
    opened = q.first > walk.first and walk.words[q.first - 1] == "("
    if not opened or not _is_alone(walk, q.first - 1):
        return False
    walk.add(Quantity(q.first, q.stop, 1, "exact"), q.stop, walk.fate or "", None, walk.fate_at)
    return True


def with_him(walk: Walk, i: int) -> bool:
    """Take one who is told by name alone where "and with him" leads to others: "X died and with him a major"."""
    if not _is_alone(walk, i):
        return False
    walk.add(Quantity(i, i + 1, 1, "exact"), i + 1, walk.fate or "", None, walk.fate_at)
    return True


def _is_alone(walk: Walk, at: int) -> bool:
    """Whether nothing but a name stands between a verb that tells a fate and a token."""
    if not walk.fate or not 1 < at - walk.fate_at <= _NAME or not _is_verb(walk, walk.fate_at) or _has_people(walk):
        return False
    between = range(walk.fate_at + 1, at)
    return not any(walk.marks[k] & _TELLING or walk.words[k] in PAUSES for k in between)


def _is_verb(walk: Walk, k: int) -> bool:
    return any(t.tag == "loss" and t.form in ("past", "present") for t in walk.tags[k])


def _has_people(walk: Walk) -> bool:
    """Whether the fate that rules has its people."""
    return any(loss.person and loss.head == walk.fate_at for loss in walk.found)
