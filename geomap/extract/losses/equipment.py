"""Things that are lost: counted, uncounted, or named before what destroys them."""

from __future__ import annotations

from geomap.extract.losses.loss import Loss, Quantity
from geomap.extract.losses.walk import Walk
from geomap.extract.losses.words import grammatical_number
from geomap.extract.things import ITEMS, acts, is_force, past_make
from geomap.punctuation import COMMAS
from geomap.tagging import Tag


def wrecked_before(walk: Walk, i: int, t: Tag) -> None:
    """Take the thing before a verb that has none behind it: "the helicopter was shot down"."""
    if t.form == "noun" or any(x.tag == "weapon" for k in range(i + 1, min(walk.stop, i + 5)) for x in walk.tags[k]):
        walk.waiting = []
        return
    things = [w for w in walk.waiting if not w.person and i - w.stop <= 14]
    walk.found += [w._replace(head=i) for w in things[-1:]]
    walk.waiting = []


def is_means(walk: Walk, at: int, t: Tag) -> bool:
    """Whether a preposition is glued to a weapon: "nine by drones"."""
    return bool(t.cut) and not walk.conjoined(at) and not walk.has_article(at, t)


def item_of(walk: Walk, t: Tag) -> str | None:
    """Equipment that a weapon word names; missiles count where they are intercepted."""
    if is_force(walk.article, t):
        return None
    return ITEMS.get(t.value) or ("other" if t.value == "shell" and t.lemma in _missiles(walk) else None)


def _missiles(walk: Walk) -> tuple[str, ...]:
    return tuple(walk.lexicon.labels.get("missiles", ()))


def _intercepts(walk: Walk, t: Tag) -> bool:
    """Whether what is told can befall this thing: missiles are shot down, not destroyed."""
    near = range(max(walk.first, walk.wreck_at - 3), walk.wreck_at + 1) if walk.wreck_at >= 0 else ()
    return t.value != "shell" or any(walk.says(k, "event", "shootdown") for k in near)


def take_item(walk: Walk, q: Quantity, at: int, item: Tag) -> int:
    stop, kind = past_make(walk.article, at + item.width, walk.stop, item_of(walk, item) or "other")
    if not walk.wreck:
        walk.waiting.append(Loss(q.first, stop, kind, q.count, q.qualifier, "unknown", False, False, q.first))
    elif at - walk.wreck_at <= 60 and _intercepts(walk, item) and not _subject(walk, at, item, counted=True):
        walk.add_item(q, stop, kind)
    return stop


def _subject(walk: Walk, i: int, item: Tag, *, counted: bool) -> bool:
    return i - walk.wreck_at <= 3 and acts(walk.article, i, item, counted, walk.wreck_at, walk.stop)


def bare_item(walk: Walk, i: int, noun: Tag) -> int:
    stop, kind = past_make(walk.article, i + noun.width, walk.stop, item_of(walk, noun) or "other")
    if is_means(walk, i, noun):
        return stop
    count = grammatical_number(walk.article, i, noun)
    q = Quantity(i, stop, count, "exact" if count else "none_given")
    joined = walk.conjoined(i) and bool(walk.found) and i - walk.found[-1].stop <= 8
    if walk.wreck and (_wrecked_here(walk, i) or joined) and _intercepts(walk, noun):
        if joined or not _subject(walk, i, noun, counted=count is not None):
            walk.add_item(q, stop, kind)
    elif not walk.wreck and count:
        walk.waiting.append(Loss(i, stop, kind, count, "exact", "unknown", False, False, i))
    return stop


def _wrecked_here(walk: Walk, i: int) -> bool:
    """Whether a thing stands close behind what destroys it: within three words, asides left out."""
    between = range(walk.wreck_at + 1, i)
    commas = [k for k in between if walk.words[k] in COMMAS]
    aside = commas[-1] - commas[0] + 1 if len(commas) > 1 else 0
    return 0 < i - walk.wreck_at - aside <= walk.reach
