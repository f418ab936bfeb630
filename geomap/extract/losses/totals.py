"""Totals told behind a new figure, or before what they count: "which makes 420", "rose to 70 the toll of"."""

from __future__ import annotations

from geomap.extract.losses.loss import Loss
from geomap.extract.losses.openers import is_toll_of
from geomap.extract.losses.quantities import quantity_at
from geomap.extract.losses.walk import Walk
from geomap.punctuation import COMMAS
from geomap.tagging import mark

_TELLING = mark("loss", "event", "person", "class", "weapon")
#: Tokens from "the number" to the figure, and between "became" and "the number".
_REACH, _BESIDE = 14, 2


def total_at(walk: Walk, i: int) -> int:
    """Take the figure behind "the number" in "which makes the number, since Sunday, 420"; the token behind it, or 0."""
    told = _told_before(walk, i)
    if told is None:
        return 0
    becoming = walk.lexicon.among("becoming")
    became = any(becoming[walk.words[k]] is not None for k in range(max(walk.first, i - _BESIDE), i))
    _, last = walk.article.sentence(i)
    for k in range(i + 1, min(last, walk.stop, i + _REACH)):
        if walk.words[k] in COMMAS:
            return 0
        became = became or becoming[walk.words[k]] is not None
        got = None if walk.is_time(k) else quantity_at(walk, k)
        if got is not None:
            counted = got.stop < walk.stop and walk.marks[got.stop] & _TELLING
            if not became or not got.count or counted or got.count <= (told.count or 0):
                return 0
            walk.found.append(told._replace(first=got.first, stop=got.stop, count=got.count, qualifier=got.qualifier))
            walk.open_toll = False
            return got.stop
    return 0


def _told_before(walk: Walk, i: int) -> Loss | None:
    """The first victims told in the sentence: a total behind them is of their kind."""
    first, _ = walk.article.sentence(i)
    return next((x for x in walk.found if x.person and x.first >= first and x.count), None)


def counted_before(walk: Walk, i: int) -> bool:
    """Let "the toll of" take the people whose number stands before it: "rose to 20 policemen the toll of"."""
    if not is_toll_of(walk, i):
        return False
    people = [w for w in walk.waiting if w.person]
    if not people or not 0 <= i - people[-1].stop <= 1 or not walk.says(people[0].first - 1, "prep", "to"):
        return False
    walk.found += [w._replace(kind="killed", head=i) for w in people]
    walk.waiting = []
    return True
