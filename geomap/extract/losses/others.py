"""Things that stand for those named before them: "two of them", "seven others", "and another"."""

from __future__ import annotations

from geomap.extract.losses.equipment import is_means, item_of
from geomap.extract.losses.loss import Quantity
from geomap.extract.losses.things import last_named
from geomap.extract.losses.walk import Walk
from geomap.numbers import number_at
from geomap.tagging import Tag, mark

_THING, _PREP, _AROUND = mark("weapon"), mark("prep"), mark("class")
_TELLING = mark("weapon", "event", "loss", "link")
#: Tokens from a thing to "and another": where it fell stands between.
_FAR = 12


def take_some(walk: Walk, i: int) -> int:
    """Take the number behind "of them", right behind what destroyed them; the token behind it, or 0."""
    if not walk.wreck or walk.wreck_at != i - 1:
        return 0
    one = walk.words[i] in walk.lexicon.words("one_of_them")
    got = (1, i + 1) if one else number_at(walk.words, i + 1, walk.lexicon) if i + 1 < walk.stop else None
    thing = walk.tags[i + 1] if i + 1 < walk.stop and not one else ()
    if any(t.tag == "weapon" and item_of(walk, t) and not is_means(walk, i + 1, t) for t in thing):
        walk.wreck_at = i
        return i + 1  # "seized of it two guns"
    if got and not one and got[1] < walk.stop and walk.marks[got[1]] & _THING:
        return i + 1  # "of it 60 tanks": they are counted by their own name
    kind = last_named(walk.article, i) if got else ""
    if not got or not kind:
        return 0
    # "they met five planes and shot down two of them": the five were not all lost
    walk.found = [w for w in walk.found if w.person or w.kind != kind or (w.count or 0) <= got[0]]
    walk.add_item(Quantity(i + (not one), got[1], got[0], "exact"), got[1], kind)
    return got[1]


def others_wrecked(walk: Walk, q: Quantity, noun: Tag | None) -> bool:
    """Take "seven others" right behind what destroyed them: they are of the kind told before."""
    last = walk.found[-1] if walk.found else None
    other = noun is not None and noun.lemma in walk.lexicon.labels.get("others", ())
    if not other or not walk.wreck or walk.wreck_at != q.first - 1 or last is None or last.person:
        return False
    walk.add_item(q, q.stop + 1, last.kind)
    return True


def one_more(walk: Walk, i: int) -> bool:
    """Count "and another" behind a thing just lost, where it fell: "a drone near A and another over B"."""
    last = walk.found[-1] if walk.found else None
    if last is None or last.person or not last.count or last.head != walk.wreck_at or not walk.wreck:
        return False
    other = any(t.tag == "number" and t.value == "other1" and t.cut for t in walk.tags[i])
    if not other or not walk.conjoined(i) or i + 1 >= walk.stop or i - last.stop > _FAR:
        return False
    if any(walk.marks[k] & _TELLING for k in range(last.stop, i) if k != walk.wreck_at) or not walk.marks[i + 1] & (
        _PREP | _AROUND
    ):
        return False
    walk.found[-1] = last._replace(count=last.count + 1)
    return True
