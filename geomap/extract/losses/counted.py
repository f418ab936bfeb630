"""People that a number counts, and the numbers that stand for people alone."""

from __future__ import annotations

from geomap.extract.losses.loss import FATES, Quantity
from geomap.extract.losses.skips import past_adjectives
from geomap.extract.losses.walk import Walk
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, mark

_NUMBER = mark("number", "count")


def take_people(walk: Walk, q: Quantity, at: int, person: Tag) -> int:
    stop = past_adjectives(walk, at + 1)
    follows = _verb_behind(walk, stop)
    if follows:
        fate, k = follows
        walk.found.append(walk.made(q, at + 1, fate.value, person, stop))
        return k + 1 if walk.victim_word(k) else stop
    if walk.fate and q.first - walk.fate_at <= 16:
        walk.add(q, at + 1, walk.fate, person, walk.fate_at)
    else:
        walk.waiting.append(walk.made(q, at + 1, "", person, q.first))
    return stop


def _verb_behind(walk: Walk, stop: int) -> tuple[Tag, int] | None:
    """Find a fate that is a verb right behind its subject: "138 others were wounded"."""
    for k in range(stop, min(walk.stop, stop + 2)):
        for t in walk.widest(k):
            if t.tag == "loss" and t.value in FATES and not t.cut and _befalls(walk, k, t):
                return t, k
        if walk.words[k] in PAUSES or any(t.tag == "link" for t in walk.tags[k]):
            return None
    return None


def _befalls(walk: Walk, k: int, t: Tag) -> bool:
    """Whether a word behind people tells their fate: "were wounded", "wounded" as their adjective."""
    victims = walk.victim_word(k)
    return t.form in ("past", "present") and not victims or bool(victims) and t.form == "noun"


def stands_for_people(walk: Walk, q: Quantity) -> bool:
    """A bare number right behind the fate ("wounded more than 400"), joined to a victim, or of a toll."""
    behind = walk.tags[q.stop] if q.stop < walk.stop else ()
    if any(_is_measured(t) for t in behind):
        return False
    if q.first - walk.fate_at <= 2 or walk.open_toll:
        walk.open_toll = False
        return True
    if _goes_on(walk, q):
        return True
    toll = any(
        t.tag == "loss" and t.value == "toll"
        for k in range(max(walk.first, q.first - 16), q.first)
        for t in walk.tags[k]
    )
    to = any(t.tag == "prep" and t.value == "to" for t in walk.tags[q.first - 1]) if q.first > walk.first else False
    return toll and (to or q.first - walk.fate_at <= 4)


def _is_measured(t: Tag) -> bool:
    """Whether a number before this counts it: hours, villages, tanks; not "by a rocket", "at dawn"."""
    if t.tag == "time":
        return t.value.startswith("unit_")
    return t.tag in ("class", "weapon") and not t.cut


def _goes_on(walk: Walk, q: Quantity) -> bool:
    """More victims of one fate: "84 fighters and 45 of the police"."""
    last = walk.found[-1] if walk.found else None
    if last is None or not last.person or last.kind != walk.fate or q.first - last.stop > 8:
        return False
    glued = any(t.cut and walk.conjoined(q.first) for t in walk.tags[q.first])
    joined = glued or q.first > walk.first and walk.words[q.first - 1] in walk.conjunctions
    partly = q.stop < walk.stop and any(t.tag == "prep" and t.value == "from" for t in walk.tags[q.stop])
    return joined and partly


def ordinal(walk: Walk, i: int) -> bool:
    """Count one more: "and wounded a third"."""
    if not walk.marks[i] & _NUMBER:
        return False
    one = any(
        t.tag == "number" and t.value in ("ordinal", "others2") or t.tag == "count" and i - walk.fate_at == 1
        for t in walk.tags[i]
    )
    if not (one and walk.fate and 0 < i - walk.fate_at <= 2) or walk.says(walk.fate_at, "event", "hit"):
        return False
    two = any(t.tag == "number" and t.value == "others2" for t in walk.tags[i])
    walk.add(Quantity(i, i + 1, 2 if two else 1, "exact"), i + 1, walk.fate, None, walk.fate_at)
    return True
