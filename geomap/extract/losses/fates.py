"""Heads that set the fate of what is counted behind them: killed, wounded, lost, or none."""

from __future__ import annotations

from geomap.extract.losses.equipment import is_means, wrecked_before
from geomap.extract.losses.loss import FATES, OTHER_FATES, Quantity
from geomap.extract.losses.walk import Walk
from geomap.numbers import number_at
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, mark

_HEADS, _PLACE, _COUNTED = mark("loss", "event"), mark("class"), mark("person", "number", "count")
_NEUTRAL = frozenset(
    "shelling airstrike clash capture arrest abduct displace protest attack exchange deploy agree blockade".split()
)
_TARGETS = frozenset({"tank", "armoured_vehicle", "artillery", "air_defence"})


def set_state(walk: Walk, i: int) -> None:
    """Let a head say what befalls the people and things behind it."""
    if i < walk.negated_until or not walk.marks[i] & _HEADS:
        return
    victims = walk.victim_word(i)
    readings = walk.widest(i)
    losing = any(t.tag == "event" and t.value == "lose" for t in readings)
    if any(t.tag == "event" and t.value == "attack" and _hits_platform(walk, i, t) for t in readings):
        walk.wreck, walk.wreck_at, walk.fate, walk.reach = True, i, None, 8
        return
    for t in readings:
        if t.tag == "loss" and not losing and t.value in FATES | OTHER_FATES and not victims:
            _set_fate(walk, i, t)
            return
    for t in readings:
        if t.tag != "event":
            continue
        walk.reach = 3
        if t.value == "lose":
            walk.fate = None if _may_be_missing(walk, i) else "killed"
            walk.fate_at, walk.wreck, walk.wreck_at = i, True, i
            return
        if t.value in ("shootdown", "destroy"):
            wrecked_before(walk, i, t)
            walk.wreck, walk.wreck_at, walk.fate = True, i, None
            return
        if t.value in _NEUTRAL and t.form in ("past", "present") and not walk.has_article(i, t):
            walk.fate, walk.wreck = None, False


def _may_be_missing(walk: Walk, i: int) -> bool:
    """Whether a noun tells of things that are lost and of people that are missing: "the loss of 24 soldiers"."""
    return any(t.tag == "loss" and t.value == "missing" for t in walk.tags[i])


def _hits_platform(walk: Walk, i: int, t: Tag) -> bool:
    """Whether an attack is told by the thing it hit: "we targeted two tanks"."""
    for k in range(i + 1, min(walk.stop, i + 7)):
        if walk.words[k] in PAUSES or walk.marks[k] & _PLACE:
            return False
        hit = next((x for x in walk.tags[k] if x.tag == "weapon"), None)
        if hit and not is_means(walk, k, hit) and (k > i + 1 or hit.value in _TARGETS):
            return hit.value in _TARGETS and t.form in ("past", "present")
    return False


def _set_fate(walk: Walk, i: int, t: Tag) -> None:
    without_count(walk)
    if t.width > 1 and t.form in ("noun", "word") and t.value in FATES:
        walk.phrase = (i, i + t.width, t.value)
    walk.fate, walk.fate_at, walk.wreck = (t.value if t.value in FATES else None), i, False
    if walk.fate and t.form in ("past", "present") and not _has_own_people(walk, i + t.width):
        walk.found += [w._replace(kind=walk.fate, head=i) for w in walk.waiting if w.person and i - w.stop <= 8]
    walk.waiting = []


def _has_own_people(walk: Walk, at: int) -> bool:
    """Whether those whom a verb befell stand right behind it: then it tells nothing of people named before."""
    if at >= walk.stop or walk.is_time(at):
        return False
    return bool(walk.marks[at] & _COUNTED) or number_at(walk.words, at, walk.lexicon) is not None


def without_count(walk: Walk) -> None:
    """Victims told by a phrase that nothing counted: "there were casualties"."""
    at = walk.phrase
    if at and not any(loss.person and loss.kind == at[2] and loss.stop > at[0] for loss in walk.found):
        walk.add(Quantity(at[0], at[1], None, "none_given"), at[1], at[2], None, at[0])
    walk.phrase = None
