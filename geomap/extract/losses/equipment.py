"""Things that are lost behind what destroys them, counted or not; or that wait for the verb to come."""

from __future__ import annotations

from geomap.extract.losses.loss import Loss, Quantity
from geomap.extract.losses.things import ITEMS, acts, is_force, past_make
from geomap.extract.losses.walk import Walk
from geomap.extract.losses.words import grammatical_number
from geomap.punctuation import COMMAS, PAUSES
from geomap.tagging import Tag, mark
from geomap.text import fold_name

_ORGAN = mark("organ")


def is_means(walk: Walk, at: int, t: Tag) -> bool:
    """Whether a preposition is glued to a weapon: "nine by drones"."""
    return bool(t.cut) and not walk.conjoined(at) and not walk.has_article(at, t)


def item_of(walk: Walk, t: Tag) -> str | None:
    """Equipment that a weapon word names; missiles count where they are intercepted."""
    if is_force(walk.article, t):
        return None
    if t.value == "smallarms":
        return "other" if _is_booty(walk) else None
    return ITEMS.get(t.value) or ("other" if t.value == "shell" and t.lemma in _missiles(walk) else None)


def _is_booty(walk: Walk) -> bool:
    """Whether things were captured or handed over here, so that what is listed with them was too."""
    last = walk.found[-1] if walk.found else None
    if not walk.wreck or last is None or last.person or last.head != walk.wreck_at:
        return False
    capturing = walk.lexicon.labels.get("capturing", ())
    near = range(max(walk.first, walk.wreck_at - _CAPTURED), walk.wreck_at + 1)
    return any(t.lemma in capturing for k in near for t in walk.tags[k])


#: Tokens from a verb of capturing to what was captured: who did it, where and when may stand between.
_CAPTURED = 9


def _is_nobodys(walk: Walk, at: int, item: Tag, *, counted: bool) -> bool:
    """Whether a thing is of nobody who fights: an ambulance, a bus; cars that are not counted."""
    labels = walk.lexicon.labels
    if any(t.lemma in labels.get("civil_things", ()) for t in walk.tags[at]):
        return True
    return not counted and item.lemma in labels.get("everyday_cars", ())


def _strikes(walk: Walk, stop: int, thing: Tag) -> bool:
    """Whether a drone or missile that falls "on" a house or a car struck it: it was not shot down."""
    if thing.value not in _STRIKING or not any(
        t.lemma in walk.lexicon.labels.get("befalling", ()) for t in walk.tags[walk.wreck_at]
    ):
        return False
    near = range(stop, min(walk.stop, stop + _ON))
    on = next((k for k in near if walk.says(k, "prep", "on")), None)
    if on is None or any(walk.words[k] in PAUSES for k in range(stop, on)):
        return False
    struck = _STRIKING[thing.value]
    return any(walk.marks[k] & struck for k in range(on + 1, min(walk.stop, on + 3)))


#: Tokens from what falls to what it falls on: when may stand between.
_ON = 8
#: What may fall on something, and on what; a drone that falls on a village may have been shot down over it.
_STRIKING = {
    "drone": mark("target", "person", "weapon"),
    "shell": mark("target", "person", "weapon", "class"),
}


def _missiles(walk: Walk) -> tuple[str, ...]:
    return tuple(walk.lexicon.labels.get("missiles", ()))


def _intercepts(walk: Walk, t: Tag) -> bool:
    """Whether what is told can befall this thing: missiles are shot down, not destroyed."""
    if t.value != "shell" or _is_booty(walk):
        return True
    near = range(max(walk.first, walk.wreck_at - 3), walk.wreck_at + 1) if walk.wreck_at >= 0 else range(0)
    return any(walk.says(k, "event", "shootdown") for k in near) or any(
        x.tag == "event" and x.value == "destroy" and x.form == "noun" for k in near[-1:] for x in walk.tags[k]
    )


def take_item(walk: Walk, q: Quantity, at: int, item: Tag) -> int:
    """Take counted things that are lost here, or keep them for a verb to come; the token behind them."""
    stop, kind = _made(walk, at, item)
    mass = item.value == "munition" and item.lemma in walk.lexicon.labels.get("masses", ())
    if mass or _is_nobodys(walk, at, item, counted=q.count is not None):
        return stop
    if not walk.wreck:
        walk.waiting.append(Loss(q.first, stop, kind, q.count, q.qualifier, "unknown", False, False, q.first))
    elif (
        at - walk.wreck_at <= 60
        and _intercepts(walk, item)
        and not _subject(walk, at, item, counted=True)
        and not _strikes(walk, stop, item)
    ):
        walk.add_item(q, stop, kind)
    return stop


def _made(walk: Walk, i: int, noun: Tag) -> tuple[int, str]:
    """Token behind a thing and its make, and the item it counts as; a missile is none of what fires it."""
    at = i + noun.width
    if (
        noun.value == "shell"
        and at < walk.stop
        and any(t.tag == "weapon" and t.value in _PLATFORMS for t in walk.tags[at])
    ):
        return at, "other"
    if walk.has_article(i, noun) and at < walk.stop and any(t.tag == "weapon" and not t.cut for t in walk.tags[at]):
        return at, item_of(walk, noun) or "other"  # "the missiles hit a launcher": its name would have the article too
    stop, kind = past_make(walk.article, at, walk.stop, item_of(walk, noun) or "other")
    return stop, "other" if noun.value == "shell" else kind


#: What no missile is called after.
_PLATFORMS = frozenset({"tank", "armoured_vehicle", "helicopter", "aircraft", "ship", "vehicle"})


def _subject(walk: Walk, i: int, item: Tag, *, counted: bool) -> bool:
    """Whether a thing right behind a verb is what acts; not where a body that acts stands between them."""
    if any(walk.marks[k] & _ORGAN for k in range(walk.wreck_at + 1, i)):
        return False
    if i - walk.wreck_at <= _DOER and not walk.conjoined(i) and has_pronoun(walk, walk.wreck_at):
        return not any(walk.words[k] in PAUSES for k in range(walk.wreck_at + 1, i))
    if i - walk.wreck_at == 1 and (has_pronoun(walk, walk.wreck_at) or counted and _acts_on(walk, i, item)):
        return True
    return i - walk.wreck_at <= 3 and acts(walk.article, i, item, counted, walk.wreck_at, walk.stop)


#: Tokens from a verb with a pronoun to the thing that did what it tells: "the fire of the defences hit it".
_DOER = 4


def has_pronoun(walk: Walk, at: int) -> bool:
    """Whether a verb has a pronoun for what it destroyed: what stands behind it did so ("which a drone hit")."""
    verb = next((t for t in walk.tags[at] if t.tag in ("event", "loss") and t.form == "past"), None)
    if verb is None:
        return False
    ending = walk.words[at][verb.cut + len(fold_name(verb.lemma)) :]
    return any(ending.endswith(e) for e in walk.lexicon.labels.get("possessives", ()))


def _acts_on(walk: Walk, i: int, item: Tag) -> bool:
    """Whether one or two planes right behind a verb did it to what follows: "a fighter shot down a drone"."""
    finite = any(t.tag == "event" and t.form in ("past", "present") for t in walk.tags[walk.wreck_at])
    two = grammatical_number(walk.article, i, item) == 2
    subject = walk.words[i].endswith(tuple(walk.lexicon.labels.get("subject_endings", ())))
    if item.value not in _FLYING or not finite or two and not subject:
        return False
    for k in range(i + item.width, min(walk.stop, i + _FAR)):
        if walk.words[k] in PAUSES | {"("} or walk.marks[k] & _LED:
            return False
        if walk.words[k - 1] not in _QUOTES and any(
            t.tag in ("weapon", "class", "target") and not t.cut for t in walk.tags[k]
        ):
            return True
    return False


_FLYING = frozenset({"aircraft", "helicopter", "drone"})
_QUOTES = frozenset("\"'()")
_LED = mark("prep", "link", "number")


def bare_item(walk: Walk, i: int, noun: Tag) -> int:
    """Take a thing that no number counts: a dual is two, a singular one; the token behind it."""
    stop, kind = _made(walk, i, noun)
    if is_means(walk, i, noun) and _is_wrecked_next(walk, stop, kind):
        count = grammatical_number(walk.article, i, noun)
        walk.waiting.append(Loss(i, stop, kind, count, "exact" if count else "none_given", "unknown", False, False, i))
        return stop
    if is_means(walk, i, noun) or _shares_number(walk, i, noun) or noun.lemma in walk.lexicon.labels.get("masses", ()):
        return stop
    count = grammatical_number(walk.article, i, noun)
    if _is_nobodys(walk, i, noun, counted=count is not None) or walk.wreck and _strikes(walk, stop, noun):
        return stop
    q = Quantity(i, stop, count, "exact" if count else "none_given")
    last = (walk.found or walk.waiting)[-1:]
    joined = (walk.conjoined(i) or walk.added(i)) and bool(last) and 0 <= i - last[0].stop <= 8
    joined = joined or bool(walk.found) and (_adds_elsewhere(walk, i) or _is_quoted_next(walk, i))
    if walk.wreck and (_wrecked_here(walk, i) or joined) and _intercepts(walk, noun):
        if joined or not _subject(walk, i, noun, counted=count is not None):
            walk.add_item(q, stop, kind)
    elif not walk.wreck and count:
        walk.waiting.append(Loss(i, stop, kind, count, "exact", "unknown", False, False, i))
    return stop


def _is_quoted_next(walk: Walk, i: int) -> bool:
    """Whether a thing in quotes is joined to the one lost right before: "two carriers and «a launcher»"."""
    k = i
    while k > walk.first and walk.words[k - 1] in _QUOTES:
        k -= 1
    last = walk.found[-1]
    return k < i and not last.person and k - 1 == last.stop and walk.article.tagged.is_conjunction(k - 1)


def _adds_elsewhere(walk: Walk, i: int) -> bool:
    """Whether "and over", behind a pause, leads from the things lost in one place to one lost in another."""
    last = walk.found[-1]
    if last.person or last.head != walk.wreck_at:
        return False
    for k in range(i - 1, max(last.stop, i - _OVER) - 1, -1):
        if walk.words[k] in PAUSES or walk.marks[k] & _TELLING:
            return False
        if walk.conjoined(k) and walk.marks[k] & _PREP:
            return walk.words[k - 1] in COMMAS
    return False


#: Tokens from "and over" to the thing, the place between them.
_OVER = 4
_PREP = mark("prep")


def _is_wrecked_next(walk: Walk, at: int, kind: str) -> bool:
    """Whether a verb right behind what an attack was made with tells its end: "with two drones that were shot down"."""
    return (
        kind in _FLYING
        and at < walk.stop
        and any(t.tag == "event" and t.value == "shootdown" and t.form == "past" and not t.cut for t in walk.tags[at])
    )


def _shares_number(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether a thing stands under the number of the one before: "22 tanks and armoured cars", singular in Arabic."""
    last = walk.found[-1] if walk.found else None
    return (
        last is not None
        and not last.person
        and last.stop == i
        and (last.count or 0) > _PLURAL
        and bool(noun.cut)
        and walk.conjoined(i)
        and grammatical_number(walk.article, i, noun) == 1
        and not (i + 1 < walk.stop and walk.words[i + 1] in walk.lexicon.words("ones"))
    )


#: Up to this number what is counted stands in the plural.
_PLURAL = 10


def _wrecked_here(walk: Walk, i: int) -> bool:
    """Whether a thing stands close behind what destroys it: within three words, asides left out."""
    between = range(walk.wreck_at + 1, i)
    commas = [k for k in between if walk.words[k] in COMMAS]
    aside = commas[-1] - commas[0] + 1 if len(commas) > 1 else 0
    far = walk.reach if aside or not _is_object(walk, i) else _FAR
    return 0 < i - walk.wreck_at - aside <= far


#: Tokens behind a verb within which its object stands, where nothing else is told between.
_FAR = 12


def _is_object(walk: Walk, i: int) -> bool:
    """Whether one or two things behind a verb are what it did away with, however much stands between.

    Who did it and when may stand there, but no other thing, event or pause.
    """
    noun = next((t for t in walk.tags[i] if t.tag == "weapon"), None)
    finite = any(t.tag == "event" and t.form in ("past", "present") for t in walk.tags[walk.wreck_at])
    count = grammatical_number(walk.article, i, noun) if noun else None
    two = count == 2 and walk.conjoined(i) and not walk.words[i].endswith(_subject_endings(walk))
    if noun is None or noun.cut and not two or not finite or not count:
        return False
    between = range(walk.wreck_at + 1, i)
    return not any(walk.words[k] in PAUSES or _blocks(walk, k) for k in between)


def _subject_endings(walk: Walk) -> tuple[str, ...]:
    return tuple(walk.lexicon.labels.get("subject_endings", ()))


def _blocks(walk: Walk, k: int) -> bool:
    """Whether a word between a verb and a thing tells something else; "in the raid", "during the battle" do not."""
    return (
        walk.marks[k] & _TELLING != 0
        and not _is_defence(walk, k)
        and not any(t.tag == "weapon" and is_means(walk, k, t) for t in walk.tags[k])
        and not all(
            t.tag == "event" and t.form == "noun" or t.tag == "link" and t.value in ("cause", "contrast")
            for t in walk.tags[k]
            if t.tag in ("event", "loss", "link", "weapon")
        )
    )


def _is_defence(walk: Walk, k: int) -> bool:
    """Whether a weapon word names who acts: the defences, the air force, a destroyer."""
    return not any(
        t.tag in ("event", "loss", "link") or t.tag == "weapon" and t.value not in _ACTS and not _fires(walk, k, t)
        for t in walk.tags[k]
    )


def _fires(walk: Walk, k: int, t: Tag) -> bool:
    """Whether what fires or flies stands right behind a verb, as its subject; or what a store holds."""
    return k - walk.wreck_at == 1 and t.value in _FIRING or t.lemma in walk.lexicon.labels.get("masses", ())


_FIRING = frozenset({"drone", "helicopter", "artillery", "shell"})
_ACTS = frozenset({"air_defence", "aircraft", "ship", "smallarms"})
_TELLING = mark("weapon", "event", "loss", "link")
