"""Heads that set the fate of what is counted behind them: killed, wounded, lost, or none."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.losses.equipment import is_means
from geomap.extract.losses.loss import FATES, OTHER_FATES, Loss, Quantity
from geomap.extract.losses.walk import Walk
from geomap.extract.losses.words import grammatical_number
from geomap.extract.losses.wrecked import burnt_before, points_back, wrecked_before
from geomap.numbers import number_at
from geomap.punctuation import PAUSES
from geomap.tagging import DIGIT, Tag, mark

_HEADS, _PLACE, _COUNTED = mark("loss", "event"), mark("class"), mark("person", "number", "count")
_NEUTRAL = frozenset(
    "shelling airstrike clash capture arrest abduct displace protest attack exchange deploy agree blockade fire".split()
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
    if _hits_thing(walk, i) or _falls_thing(walk, i, readings):
        walk.wreck, walk.wreck_at, walk.fate, walk.reach = True, i, None, 8
        return
    seized = next((k for t in readings if (k := _seizes(walk, i, t))), 0)
    if seized:
        walk.wreck, walk.wreck_at, walk.fate, walk.reach = True, seized, None, 3
        return
    for t in readings:
        if t.tag == "loss" and not losing and t.value in FATES | OTHER_FATES and not victims:
            _set_fate(walk, i, t)
            return
    for t in readings:
        if t.tag != "event":
            continue
        walk.reach = 3
        if t.value == "lose" or t.lemma in walk.lexicon.labels.get("inflicting", ()):
            walk.fate = None if _may_be_missing(walk, i) else "injured" if _maims(walk, i) else "killed"
            walk.fate_at, walk.wreck, walk.wreck_at = i, True, i
            return
        if t.value in ("shootdown", "destroy"):
            wrecked_before(walk, i, t)
            # "put its downing down to a missile": what was shot down is its pronoun
            walk.wreck, walk.wreck_at, walk.fate = not _names_cause(walk, i, t), i, None
            return
        if t.value == "hit":
            burnt_before(walk, i, t)
            if _burns_thing(walk, i, t):
                walk.wreck, walk.wreck_at, walk.fate = True, i, None
                return
        told = t.form in ("past", "present") or t.value == "displace" and not walk.marks[i] & _PEOPLE
        told = told and not (t.value == "fire" and _is_of_the_means(walk, i))
        if t.value in _NEUTRAL and told and not walk.has_article(i, t):
            # a toll that is still open is of the dead, whatever befell whom between
            walk.fate, walk.wreck = walk.fate if walk.open_toll else None, False


def _is_of_the_means(walk: Walk, i: int) -> bool:
    """Whether a verb tells of the rocket before it who fired it: what that rocket did goes on behind."""
    return walk.words[i].endswith(tuple(walk.lexicon.labels.get("possessives", ())))


def _names_cause(walk: Walk, i: int, t: Tag) -> bool:
    """Whether a noun has a pronoun for what was destroyed, and "to" or "by" leads on to what did it."""
    if t.form != "noun" or i + 1 >= walk.stop or not points_back(walk, i, t):
        return False
    means = walk.words[i + 1][:1] in walk.lexicon.labels.get("means_letters", "")
    return walk.says(i + 1, "prep", "to") or means and any(is_means(walk, i + 1, x) for x in walk.tags[i + 1])


def _hits_thing(walk: Walk, i: int) -> bool:
    """Whether what a verb of hitting befell is a thing: "the shells hit two tanks", "a helicopter was hit"."""
    labels = walk.lexicon.labels
    verb = next((t for t in walk.tags[i] if t.tag == "loss" and t.form in ("past", "present")), None)
    if verb is None or verb.lemma not in (*labels.get("hitting", ()), *labels.get("being_hit", ())):
        return False
    for k in range(i + 1, min(walk.stop, i + 9)):
        if walk.words[k] in PAUSES or walk.marks[k] & _OTHERS and not walk.is_time(k):
            return False
        hit = next((x for x in walk.tags[k] if x.tag == "weapon"), None)
        if not hit and walk.marks[k - 1] & _DIGITS and not walk.marks[k] & _DIGITS and not walk.is_time(k - 1):
            return False  # people are counted here
        if hit and not is_means(walk, k, hit) and hit.value in _HIT and not walk.has_article(k, hit):
            behind = range(k + hit.width, min(walk.stop, k + 6))
            if walk.marks[k - 1] & _ARM and grammatical_number(walk.article, k, hit) == 1:
                return False  # "a tank shell"
            if k > i + 1 or verb.lemma in labels.get("being_hit", ()):
                return True
            return not any(walk.marks[b] & _TARGET for b in behind)
    return False


#: Things that are hit, where cars and ships may be anybody's.
_HIT = frozenset({"tank", "armoured_vehicle", "artillery", "air_defence", "helicopter", "aircraft"})
_PREP = mark("prep")
_DIGITS, _ARM, _PEOPLE = mark("number") | DIGIT, mark("weapon"), mark("person")
_OTHERS, _TARGET = mark("person", "loss", "speech"), mark("person", "class")


def _burns_thing(walk: Walk, i: int, t: Tag) -> bool:
    """Whether arms stand right behind a verb that tells that they burnt: "three aircraft burnt out"."""
    if t.lemma not in walk.lexicon.labels.get("burning_out", ()) or t.form not in ("past", "present"):
        return False
    for k in range(i + 1, min(walk.stop, i + 4)):
        if walk.words[k] in PAUSES or walk.marks[k] & (_OTHERS | _PREP):
            return False
        if any(x.tag == "weapon" and not is_means(walk, k, x) for x in walk.tags[k]):
            return any(x.tag == "weapon" and x.value in _HIT for x in walk.tags[k])
    return False


def _falls_thing(walk: Walk, i: int, readings: Sequence[Tag]) -> bool:
    """Whether a verb has a thing behind it, not people: "fall" is "bring down" then, "neutralise" is "destroy"."""
    if not any(t.tag == "loss" for t in readings):
        return False
    told = {t.value for t in readings if t.tag == "event"}
    downs = walk.lexicon.labels.get("bringing_down", ())
    falls = "shootdown" in told or any(t.lemma in downs for t in readings)
    if not falls and "destroy" not in told:
        return False
    known = _BROUGHT if falls else _HIT
    for k in range(i + 1, min(walk.stop, i + 5)):
        if walk.words[k] in PAUSES or walk.marks[k] & _OTHERS or any(t.value in _ROUNDS for t in walk.tags[k]):
            return False
        if any(t.tag == "weapon" and t.value in known and not is_means(walk, k, t) for t in walk.tags[k]):
            return True
    return False


_BROUGHT = frozenset({"drone", "helicopter", "aircraft"})
#: What brings down, and is not brought down.
_ROUNDS = frozenset({"munition", "shell"})


def _maims(walk: Walk, i: int) -> bool:
    """Whether somebody lost a limb, not his life: "a farmer lost his leg"."""
    limbs = walk.lexicon.words("limbs")
    return any(walk.words[k] in limbs for k in range(i + 1, min(walk.stop, i + 4)))


def _may_be_missing(walk: Walk, i: int) -> bool:
    """Whether a noun tells of things that are lost and of people that are missing: "the loss of 24 soldiers"."""
    return any(t.tag == "loss" and t.value == "missing" for t in walk.tags[i])


def _hits_platform(walk: Walk, i: int, t: Tag) -> bool:
    """Whether an attack is told by the thing it hit: "we targeted two tanks"."""
    for k in range(i + 1, min(walk.stop, i + 7)):
        if walk.words[k] in PAUSES or walk.marks[k] & _PLACE:
            return False
        hit = next((x for x in walk.tags[k] if x.tag == "weapon"), None)
        if hit and _is_round(walk, k - 1) and grammatical_number(walk.article, k, hit) == 1:
            return False  # "a tank shell"
        if hit and not is_means(walk, k, hit) and (k > i + 1 or hit.value in _TARGETS):
            return hit.value in _TARGETS and t.form in ("past", "present")
    return False


def _seizes(walk: Walk, i: int, t: Tag) -> int:
    """Token before the things that were seized, not ground, or burnt: "took in the airport five planes"; 0 if none."""
    labels = walk.lexicon.labels
    burnt = t.lemma in labels.get("burning", ())
    if t.tag not in ("event", "loss") or not burnt and t.lemma not in labels.get("seizing", ()):
        return 0
    far = i + _SEIZED
    for k in range(i + 1, walk.stop):
        if walk.words[k] in PAUSES and k + 1 < walk.stop and walk.conjoined(k + 1) and walk.says(k + 1, "prep", "on"):
            far = k + _SEIZED  # "seized a base, and nine vehicles": the verb's preposition is told again
            continue
        if k >= far or walk.words[k] in PAUSES:
            return 0
        bound = next((b for b in walk.tags[k] if b.tag == "bound"), None)
        at = k + (bound.width if bound else 0)
        at += bool(bound) and at < walk.stop and walk.says(at, "prep", "from")  # "a number of the cars"
        got = number_at(walk.words, at, walk.lexicon) if at < walk.stop and not walk.is_time(at) else None
        at = got[1] if got else at
        thing = next((x for x in walk.tags[at] if x.tag == "weapon"), None) if at < walk.stop else None
        if thing and not is_means(walk, at, thing) and (got or bound or grammatical_number(walk.article, at, thing)):
            return 0 if thing.value == "vehicle" and not burnt else k - 1
    return 0


def leaves_things(walk: Walk, i: int) -> bool:
    """Let a verb of leaving say that the counted things behind it are lost: "they left behind them three tanks"."""
    for k in range(i + 1, min(walk.stop, i + _LEFT)):
        if walk.words[k] in PAUSES:
            return False
        thing = next((t for t in walk.tags[k] if t.tag == "weapon" and t.value in _HIT), None)
        if thing is None or is_means(walk, k, thing):
            continue
        counted = bool(walk.marks[k - 1] & _DIGITS) or grammatical_number(walk.article, k, thing) is not None
        if counted:
            walk.wreck, walk.wreck_at, walk.fate, walk.reach = True, i, None, _LEFT
        return counted
    return False


#: Tokens behind a verb of leaving within which what was left stands: where, and the dead, may stand between.
_LEFT = 12
#: Tokens behind a verb of seizing within which what was seized stands.
_SEIZED = 16


def _is_round(walk: Walk, k: int) -> bool:
    """Whether what is fired stands at a token without the article: what follows may be what fires it."""
    return any(t.tag == "weapon" and t.value == "shell" and not t.cut for t in walk.tags[k])


def _set_fate(walk: Walk, i: int, t: Tag) -> None:
    if _tells_how(walk, i, t):
        return
    without_count(walk)
    active = walk.lexicon.labels.get("killers", ())
    if t.width > 1 and t.form in ("noun", "word") and t.value in FATES and t.lemma not in active:
        walk.phrase = (i, i + t.width, t.value)
    walk.fate, walk.fate_at, walk.wreck = (t.value if t.value in FATES else None), i, False
    if walk.fate and t.form in ("past", "present") and _one_of_them(walk, i + t.width):
        walk.waiting = []
    if walk.fate and t.form in ("past", "present") and not _has_own_people(walk, i + t.width):
        people = [w for w in walk.waiting if w.person and i - w.stop <= _BACK]
        walk.found += [w._replace(kind=walk.fate, head=i) for w in _subject(walk, people)]
    walk.waiting = []


def _tells_how(walk: Walk, i: int, t: Tag) -> bool:
    """Whether "with light wounds" tells how those were hurt whom the verb before it befell."""
    glued = t.cut and walk.words[i][:1] in walk.lexicon.labels.get("means_letters", "")
    return bool(glued) and t.form == "noun" and t.value == "injured" == walk.fate and 0 < i - walk.fate_at <= _HURT


#: Tokens from a verb of wounding to "with light wounds".
_HURT = 6


def _subject(walk: Walk, people: Sequence[Loss]) -> list[Loss]:
    """The last of those named before a verb, with those that they are joined to."""
    taken: list[Loss] = []
    for group in reversed(people):
        between = range(group.stop, taken[0].first) if taken else range(0)
        glued = taken and walk.conjoined(taken[0].first - walk.article.tagged.is_conjunction(taken[0].first - 1))
        if taken and (not glued or len(between) > _APART or any(walk.words[k] in PAUSES for k in between)):
            break
        taken.insert(0, group)
    return taken


def _one_of_them(walk: Walk, at: int) -> bool:
    """Take "one of them", right behind what befell him: the others of those named before did not fall."""
    named = any(w.person and at - w.stop <= _BACK for w in walk.waiting)
    if not named or at >= walk.stop or walk.words[at] not in walk.lexicon.words("one_of_them"):
        return False
    behind = range(at + 1, min(walk.stop, at + _OBJECT))
    if not any(walk.marks[k] & _PEOPLE and not walk.conjoined(k - 1) and not walk.conjoined(k) for k in behind):
        walk.add(Quantity(at, at + 1, 1, "exact"), at + 1, walk.fate or "", None, at - 1)
    return True


#: Tokens from people to a verb that tells what befell them, or one of them.
_BACK = 8
#: Tokens behind "one of them" within which those stand whom one of the shells killed.
_OBJECT = 3


#: Tokens that may stand between people who are told together: what they are of.
_APART = 4


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
