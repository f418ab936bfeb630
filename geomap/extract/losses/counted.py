"""People that a number counts, and the numbers that stand for people alone."""

from __future__ import annotations

from geomap.extract.losses.loss import FATES, Quantity
from geomap.extract.losses.skips import past_adjectives
from geomap.extract.losses.walk import Walk
from geomap.extract.losses.words import grammatical_number
from geomap.numbers import number_at
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, mark

_NUMBER = mark("number", "count")


def take_people(walk: Walk, q: Quantity, at: int, person: Tag) -> int:
    """Take counted people: their fate is the verb right behind them, else the one that rules, else one to come."""
    stop = past_adjectives(walk, at + 1)
    both = walk.lexicon.labels.get("dead_and_wounded", ())
    phrase = next((t for t in walk.tags[stop] if t.lemma in both), None) if stop < walk.stop else None
    if phrase:  # "40 men between dead and wounded": what was lost with them may follow
        walk.found.append(walk.made(q, at + 1, phrase.value, person, stop))
        return stop + phrase.width
    follows = _verb_behind(walk, stop)
    if follows:
        fate, k = follows
        walk.found.append(walk.made(q, at + 1, fate.value, person, stop))
        return k + 1 if walk.victim_word(k) else stop
    if q.count is None and _is_doers(walk, q):
        return stop
    since = max([walk.fate_at, *(x.stop for x in walk.found[-1:] if walk.fate_at <= x.head)])
    if walk.fate and q.first - since <= 16:
        walk.add(q, at + 1, walk.fate, person, walk.fate_at)
    else:
        walk.waiting.append(walk.made(q, at + 1, "", person, q.first))
    return stop


def take_of_them(walk: Walk, i: int) -> int:
    """Take the number behind "of them", right behind the verb that tells their fate; the token behind it, or 0."""
    told = walk.fate and walk.fate_at == i - 1 and not walk.victim_word(i - 1)
    got = number_at(walk.words, i + 1, walk.lexicon) if told and i + 1 < walk.stop else None
    if not got or walk.is_time(i + 1):
        return 0
    walk.add(Quantity(i + 1, got[1], got[0], "exact"), got[1], walk.fate or "", None, walk.fate_at)
    return got[1]


def _is_doers(walk: Walk, q: Quantity) -> bool:
    """Whether a crowd is whose deed is told: "in an attack of hundreds of settlers"."""
    letters = walk.lexicon.labels.get("owner_letters", "")
    return walk.words[q.first][:1] in letters and any(t.tag == "bound" and t.cut for t in walk.tags[q.first])


def dead_and_wounded(walk: Walk, q: Quantity, at: int, fate: Tag) -> int:
    """Take one number of dead and wounded together: "100 dead and wounded", "dozens of dead and wounded".

    Each has as much of a number as the two have, a vague one or none. Gives the token behind them, or 0.
    """
    other = walk.victim_word(at + 1) if at + 1 < walk.stop and walk.conjoined(at + 1) else None
    if other is None or other.value == fate.value:
        return 0
    single = grammatical_number(walk.article, at + 1, other) == 1 and grammatical_number(walk.article, at, fate) == 1
    if q.count is not None and not (single and q.count > _PLURAL):
        return 0
    each = q if q.count is None else q._replace(count=None, qualifier="none_given")
    walk.add(each, at + 1, fate.value, None, at)
    walk.add(each._replace(first=at + 1, stop=at + 2), at + 2, other.value, None, at + 1)
    return past_adjectives(walk, at + 2)


def known_before(walk: Walk, q: Quantity, at: int, fate: Tag) -> bool:
    """Whether "one of the wounded" is somebody told of before: he is carried, treated or buried, nobody fell anew."""
    if q.count != 1 or at != q.stop or walk.open_toll or not walk.has_article(at, fate):
        return False
    return not (0 <= q.first - walk.fate_at <= _BESIDE and walk.fate)


#: Tokens from a verb to those whose fate it tells.
_BESIDE = 2


def died_of_wounds(walk: Walk, q: Quantity, at: int, fate: Tag) -> int:
    """Take wounded who are told to have died: "the death of two of the wounded"; the token behind them, or 0.

    Where a toll was told before, they are in it.
    """
    died = walk.fate == "killed" and q.first - walk.fate_at == 1 and not walk.victim_word(walk.fate_at)
    if fate.value != "injured" or not died or not walk.has_article(at, fate):
        return 0
    if not any(loss.person and loss.kind == "killed" for loss in walk.found):
        walk.add(q, at + 1, "killed", None, walk.fate_at)
    return at + 1


#: Up to this number what is counted stands in the plural.
_PLURAL = 10


def people_who_fell(walk: Walk, q: Quantity) -> bool:
    """Whether a number counts some "of" whom no word for people names, whose fate stands behind: "45 of them fell"."""
    if (
        q.count is None
        or q.stop + 1 >= walk.stop
        or not (walk.says(q.stop, "prep", "from") or walk.says(q.stop, "link", "subset"))
    ):
        return False
    for k in range(q.stop + 1, min(walk.stop, q.stop + _BEHIND)):
        if walk.words[k] in PAUSES or walk.marks[k] & _NUMBER:
            return False
        told = next((t for t in walk.widest(k) if t.tag in ("loss", "event")), None)
        if told:
            return told.tag == "loss" and told.value in FATES and told.form == "past" and not told.cut
    return False


#: Tokens behind a number within which the verb stands that tells the fate of those it counts.
_BEHIND = 6


def _verb_behind(walk: Walk, stop: int) -> tuple[Tag, int] | None:
    """Find a fate that is a verb right behind its subject: "138 others were wounded"."""
    for k in range(stop, min(walk.stop, stop + 2)):
        if walk.conjoined(k) and number_at(walk.words, k, walk.lexicon):
            return None  # "four civilians and nine wounded"
        for t in walk.widest(k):
            if t.tag == "loss" and t.value in FATES and _befalls(walk, k, t):
                return t, k
        if walk.words[k] in PAUSES or walk.marks[k] & _THING or any(t.tag == "link" for t in walk.tags[k]):
            return None
    return None


#: What a verb behind it tells of, not of the people before: "by a bomb that hit their car".
_THING = mark("event", "weapon")


def _befalls(walk: Walk, k: int, t: Tag) -> bool:
    """Whether a word behind people tells their fate: "were wounded", "wounded" as their adjective."""
    victims = walk.victim_word(k)
    if t.cut and (walk.conjoined(k) or not (victims and walk.has_article(k, t))):
        return False
    return t.form in ("past", "present") and not victims or bool(victims) and t.form == "noun"


def stands_for_people(walk: Walk, q: Quantity) -> bool:
    """A bare number right behind the fate ("wounded more than 400"), joined to a victim, or of a toll."""
    behind = walk.tags[q.stop] if q.stop < walk.stop else ()
    if _is_taken(walk, q):
        return True
    if any(_is_measured(t) for t in behind) or _is_whole(walk, q):
        return False
    things = any(t.tag == "target" and not t.cut for t in behind) and not any(t.tag == "person" for t in behind)
    if things or q.stop < walk.stop and _is_thing(walk, q.stop):
        return False
    if q.first - walk.fate_at <= 2 or walk.open_toll:
        walk.open_toll = False
        return True
    if _goes_on(walk, q) or _of_some(walk, q):
        return True
    toll = any(
        t.tag == "loss" and t.value == "toll"
        for k in range(max(walk.first, q.first - 16), q.first)
        for t in walk.tags[k]
    )
    to = any(t.tag == "prep" and t.value == "to" for t in walk.tags[q.first - 1]) if q.first > walk.first else False
    told = q.first > walk.first and any(t.tag == "loss" and t.value == "toll" for t in walk.tags[q.first - 1])
    return toll and (to or told or q.first - walk.fate_at <= 4)


def _is_taken(walk: Walk, q: Quantity) -> bool:
    """Whether a verb that takes lives "with" a preposition has it glued to this number: "carried off 79 of them"."""
    labels = walk.lexicon.labels
    if not (0 <= walk.fate_at < q.first <= walk.fate_at + _REACH) or walk.found and walk.found[-1].head == walk.fate_at:
        return False
    verb = any(t.tag == "loss" and t.lemma in labels.get("carrying_off", ()) for t in walk.tags[walk.fate_at])
    glued = walk.words[q.first][:1] in labels.get("means_letters", "")
    return verb and glued and q.stop < walk.stop and walk.says(q.stop, "prep", "from")


#: Tokens from a verb of taking lives to whom it took: who did it, where and when may stand between.
_REACH = 12


def _is_whole(walk: Walk, q: Quantity) -> bool:
    """Whether "all" or "some" counts no people: none stand behind it."""
    told = any(t.tag == "bound" and t.lemma in walk.lexicon.labels.get("wholes", ()) for t in walk.tags[q.first])
    return q.count is None and told and not (q.stop < walk.stop and walk.says(q.stop, "prep", "from"))


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
    joined = glued or q.first > walk.first and walk.article.tagged.is_conjunction(q.first - 1)
    at = (
        q.stop + max((t.width for t in walk.tags[q.stop] if t.tag == "bound"), default=0)
        if q.stop < walk.stop
        else q.stop
    )
    partly = at < walk.stop and any(t.tag == "prep" and t.value in ("from", "in") for t in walk.tags[at])
    partly = partly or at == q.stop and q.first - last.stop <= 2 and _counts_unknown(walk, q)
    return joined and partly


def _counts_unknown(walk: Walk, q: Quantity) -> bool:
    """Whether a word that is not known, in the plural by its number, stands behind: "and eight Russians"."""
    if q.stop >= walk.stop or not (2 < (q.count or 0) <= _PLURAL) or not walk.words[q.stop].isalpha():
        return False
    article = walk.lexicon.labels.get("article", "")
    return not walk.tags[q.stop] and not walk.words[q.stop].startswith(article) and not _is_thing(walk, q.stop)


def _is_thing(walk: Walk, k: int) -> bool:
    """Whether a word names what is counted where people are not: storeys, graves, trees."""
    return walk.words[k] in walk.lexicon.words("counted_things")


def _of_some(walk: Walk, q: Quantity) -> bool:
    """Some "of" people as the subject far behind a verb of dying: "there fell in the fight 28 of the rebels"."""
    verb = walk.tags[walk.fate_at] if walk.fate_at >= 0 else ()
    if not any(t.tag == "loss" and t.value in FATES and t.form == "past" for t in verb):
        return False
    if q.stop + 1 >= walk.stop or not walk.says(q.stop, "prep", "from") or walk.marks[q.stop + 1] & _NO_PEOPLE:
        return False
    between = range(walk.fate_at + 1, q.first)
    taken = any(x.person and x.head == walk.fate_at for x in walk.found)
    return not taken and len(between) <= _REACH and not any(walk.marks[k] & _OTHERS for k in between)


#: What may not stand between a verb and its subject.
_OTHERS = mark("loss", "person", "number", "weapon")


def _is_next(walk: Walk, i: int) -> bool:
    """Whether "another", "last" or "the second" is said of something else: "another rocket", "the last posts"."""
    if i - walk.fate_at == 2 and walk.marks[i - 1] & _NO_PEOPLE:
        return True
    return i + 1 < walk.stop and bool(walk.marks[i + 1] & _NAMED) and not any(t.cut for t in walk.tags[i + 1])


_NO_PEOPLE = mark("weapon", "class", "prep", "body", "link")
#: What "the last" stands before.
_NAMED = mark("weapon", "class", "body", "organ", "event", "number")


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
    if walk.is_time(i) or _is_next(walk, i) or walk.found and walk.found[-1].stop == i:
        return False
    two = any(t.tag == "number" and t.value == "others2" for t in walk.tags[i])
    walk.add(Quantity(i, i + 1, 2 if two else 1, "exact"), i + 1, walk.fate, None, walk.fate_at)
    return True
