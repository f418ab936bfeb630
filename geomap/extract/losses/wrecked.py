"""Things named before the verb that destroys them: "the helicopter was shot down"."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.losses.equipment import has_pronoun, is_means
from geomap.extract.losses.loss import Loss
from geomap.extract.losses.walk import Walk
from geomap.numbers import number_at
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, mark
from geomap.text import fold_name


def wrecked_before(walk: Walk, i: int, t: Tag) -> None:
    """Take the thing before a verb that has none behind it: "the helicopter was shot down"."""
    things = [w for w in walk.waiting if not w.person and i - w.stop <= 14]
    walk.waiting = []
    # "a missile hit an airliner, which crashed": who told of the second means the second
    things = [w for w in things if not any(not x.person and w.stop <= x.first < i for x in walk.found)]
    if t.value == "shootdown":
        things = [w for w in things if w.kind != "air_defence"]  # they shoot down, nobody shoots them down
    if t.value == "destroy" and t.form in ("past", "present"):
        things = [w for w in things if not _explodes(walk, w) and not (w.kind == "drone" and _hits_place(walk, i))]
    if t.form == "noun":
        things = things if points_back(walk, i, t) else []
    elif _takes_some(walk, i) or not has_pronoun(walk, i) and _has_object(walk, i, t):
        return
    walk.found += [w._replace(head=i) for w in _beside(walk, things)]


def _takes_some(walk: Walk, i: int) -> bool:
    """Whether "of them" stands behind a verb, before or behind a number: not all that were named before are lost."""
    if i + 1 >= walk.stop or walk.says(i + 1, "link", "subset"):
        return i + 1 < walk.stop
    got = number_at(walk.words, i + 1, walk.lexicon)
    return got is not None and got[1] < walk.stop and walk.says(got[1], "link", "subset")


def _explodes(walk: Walk, thing: Loss) -> bool:
    """Whether a thing is a missile or bomb, which destroys and is not destroyed: "a missile destroyed the school"."""
    named = [t for k in range(thing.first, min(walk.stop, thing.stop)) for t in walk.tags[k] if t.tag == "weapon"]
    return bool(named) and all(t.value in ("shell", "munition") for t in named)


def burnt_before(walk: Walk, i: int, t: Tag) -> None:
    """Take the arms before a verb of burning: "three tanks burnt out"; cars that burn may be anybody's."""
    if t.lemma in walk.lexicon.labels.get("burning_out", ()) and t.form in ("past", "present"):
        things = [w for w in walk.waiting if not w.person and i - w.stop <= _SOON and w.kind in _ARMS]
        walk.found += [w._replace(head=i) for w in _beside(walk, things)]


#: Tokens from things to the verb that tells that they burnt, and behind a verb within which its object stands.
_SOON, _FAR = 4, 12
_ARMS = frozenset({"tank", "armoured_vehicle", "artillery", "air_defence", "helicopter", "aircraft"})


def _hits_place(walk: Walk, i: int) -> bool:
    """Whether a place or building stands right behind a verb: that was destroyed, not the drone before it."""
    return any(walk.marks[k] & _PLACES for k in range(i + 1, min(walk.stop, i + 3)))


_PLACES = mark("target", "class")


def _has_object(walk: Walk, i: int, t: Tag) -> bool:
    """Whether a thing stands behind a verb in its clause: that one is lost, not the one before.

    What befalls a thing has no object: its subject stands right behind, or before.
    """
    far = _SOON if t.lemma in walk.lexicon.labels.get("befalling", ()) else _FAR
    for k in range(i + 1, min(walk.stop, i + far)):
        if walk.words[k] in PAUSES or _says_that(walk, k):
            return False
        if any(t.tag == "weapon" and not is_means(walk, k, t) for t in walk.tags[k]):
            return True
    return False


def _says_that(walk: Walk, k: int) -> bool:
    """Whether "and that" opens another clause: "that a car was hit and that a drone was shot down"."""
    return any(t.tag == "link" and t.value == "that" for t in walk.tags[k])


def _beside(walk: Walk, things: Sequence[Loss]) -> list[Loss]:
    """The last of those named, with those that it is joined to: "two tanks and a gun were destroyed"."""
    taken: list[Loss] = []
    for thing in reversed(things):
        if taken and not (
            taken[0].first - thing.stop <= 1 and walk.conjoined(taken[0].first - (taken[0].first > thing.stop))
        ):
            break
        taken.insert(0, thing)
    return taken


def points_back(walk: Walk, i: int, t: Tag) -> bool:
    """Whether a noun has a pronoun for what was named before it: "and their destruction"."""
    word, base = walk.words[i][t.cut :], fold_name(t.lemma)
    return word.startswith(base) and word[len(base) :] in walk.lexicon.labels.get("possessive_singular", ())
