"""The walk: at each token, what it is and where to go on."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.extract.losses.captives import fallen_captives, past_captives
from geomap.extract.losses.counted import (
    dead_and_wounded,
    died_of_wounds,
    known_before,
    ordinal,
    people_who_fell,
    stands_for_people,
    take_of_them,
    take_people,
)
from geomap.extract.losses.equipment import is_means, item_of, take_item
from geomap.extract.losses.fates import leaves_things, set_state, without_count
from geomap.extract.losses.loss import FATES, Loss, Quantity
from geomap.extract.losses.nouns import captive_at, noun_at, nouns_at
from geomap.extract.losses.openers import counts, is_opener, opens_toll, told_before
from geomap.extract.losses.others import one_more, others_wrecked, take_some
from geomap.extract.losses.quantities import quantity_at
from geomap.extract.losses.skips import past_adjectives, past_model, past_name, past_rank, past_subset
from geomap.extract.losses.things import last_named
from geomap.extract.losses.totals import counted_before, total_at
from geomap.extract.losses.uncounted import bare_noun, bare_people
from geomap.extract.losses.unnamed import has_age, met_end, with_him
from geomap.extract.losses.walk import Walk
from geomap.numbers import number_at
from geomap.punctuation import COMMAS
from geomap.tagging import Tag, mark

_HEADS, _BOUND, _LOSS = mark("loss", "event"), mark("bound"), mark("loss")
_LINK, _SCOPE, _SPEECH = mark("link"), mark("scope"), mark("speech")
_NAMED = mark("person", "weapon")
#: Marks of tokens that a walk looks at; the others only go by.
_TELLING = mark("link", "scope", "bound", "number", "count", "loss", "event", "person", "weapon")
#: Units behind a number that tells how old somebody is, or how long something took.
_AGES = frozenset({"unit_year", "unit_month", "unit_day", "unit_week"})


def scan(article: Article, first: int, stop: int) -> list[Loss]:
    """All losses told in tokens ``first`` to ``stop``, in the order in which they are found."""
    walk = Walk(article, first, stop)
    i = first
    while i < stop:
        i = _step(walk, i)
    without_count(walk)
    return walk.found


def _step(walk: Walk, i: int) -> int:
    marks = walk.marks[i]
    word = walk.words[i]
    if word in walk.leaving and leaves_things(walk, i):
        return i + 1
    if not marks & _TELLING and not walk.number_openers[word] and not _opens(walk, word):
        people = bare_people(walk, i) if walk.fate else None
        return bare_noun(walk, i, people) if people else i + 1
    if word in walk.lists and _lists_parts(walk, i):
        return i + 1
    total = total_at(walk, i) if walk.totals[word] is not None else 0
    if total:
        return total
    if word in walk.with_one and with_him(walk, i):
        return i + 1
    if word in walk.asides and _names_last(walk, i):
        return past_subset(walk, i)
    if marks & _LINK:
        passed = _past_link(walk, i)
        if passed:
            return passed
    if marks & _SCOPE:
        if walk.says(i, "scope", "negation") and not _bounds(walk, i):
            walk.negated_until = i + 6
        if _was_told(walk, i):
            return past_subset(walk, i)
    if is_opener(walk, i) and (counts(walk, i) or opens_toll(walk, i)):
        return i + 1
    if marks & _LOSS and (met_end(walk, i) or counted_before(walk, i)):
        return i + 1
    if marks & _LOSS and _tells_both(walk, i):
        return i + max(t.width for t in walk.tags[i])
    if marks & _BOUND and marks & _HEADS:
        set_state(walk, i)  # "neutralised 309": the bound is what was done
    if marks & _BOUND or walk.number_openers[word]:
        quantity = quantity_at(walk, i)
        if quantity:
            return _take(walk, quantity)
    if marks & _HEADS:
        captive = captive_at(walk, i)
        if captive:
            return bare_noun(walk, i, captive)
        set_state(walk, i)
        if _hides(walk, i):
            return i + max(t.width for t in walk.tags[i])
    if ordinal(walk, i) or one_more(walk, i):
        return i + 1
    noun = (noun_at(walk, i) if marks & _NAMED else None) or bare_people(walk, i)
    return bare_noun(walk, i, noun) if noun else i + 1


def _opens(walk: Walk, word: str) -> bool:
    """Whether a word without tags opens an aside, a list or a toll."""
    if word in walk.asides or word in walk.lists or word in walk.opening or word in walk.with_one:
        return True
    return walk.totals[word] is not None


def _bounds(walk: Walk, i: int) -> bool:
    """Whether "no" only opens a bound: "no less than 17", "the dead are no fewer than 17"."""
    if walk.marks[i] & _BOUND:
        return True
    return i + 1 < walk.stop and walk.words[i + 1] in walk.lexicon.words("no_fewer")


def _lists_parts(walk: Walk, i: int) -> bool:
    """Whether "they are" leads from a total to its parts: "71 fell in all: they are 44 civilians and 27 fighters"."""
    last = walk.found[-1] if walk.found else None
    at = i + 2 if i + 1 < walk.stop and walk.words[i + 1] == ":" else i + 1
    if last is None or not last.person or not last.count or i - last.stop > _LISTED or at >= walk.stop:
        return False
    first, _ = walk.article.sentence(i)
    got = number_at(walk.words, at, walk.lexicon) if last.first >= first and not walk.is_time(at) else None
    if not got or got[0] >= last.count:
        return False
    walk.fate, walk.fate_at, walk.wreck = last.kind, at - 1, False
    return True


#: Tokens from a total to its parts: where and since when it counts may stand between.
_LISTED = 20


def _counts_all(walk: Walk, i: int) -> bool:
    """Whether "out of" behind things or people counts all that there were: "12 drones out of 20"."""
    last = walk.found[-1] if walk.found else None
    link = next((t for t in walk.tags[i] if t.tag == "link" and t.value == "outof"), None)
    if last is None or link is None or i - last.stop > 2 or i + link.width >= walk.stop:
        return False
    return number_at(walk.words, i + link.width, walk.lexicon) is not None


def _names_last(walk: Walk, i: int) -> bool:
    """Whether "they are" opens an aside on the one or two just counted: "two civilians, a mother and her son"."""
    last = walk.found[-1] if walk.found else walk.waiting[-1] if walk.waiting else None
    return last is not None and last.person and i > walk.first and walk.words[i - 1] in COMMAS and i - last.stop <= 3


def _past_link(walk: Walk, i: int) -> int:
    """Token behind what a link leads to that counts nothing of its own; 0 where it leads on."""
    if any(t.tag == "link" and t.lemma in walk.lexicon.labels.get("bare_that", ()) for t in walk.tags[i]):
        walk.waiting = [w for w in walk.waiting if not w.person]  # whoever says "that" did not fall
    if walk.says(i, "link", "subset"):
        return take_some(walk, i) or take_of_them(walk, i) or _past_of_them(walk, i) or past_subset(walk, i)
    if walk.says(i, "link", "before") or _counts_all(walk, i):
        return past_subset(walk, i)
    if walk.says(i, "link", "model"):
        return past_model(walk, i)
    return past_rank(walk, i) if walk.says(i, "link", "rank") else 0


def _past_of_them(walk: Walk, i: int) -> int:
    """Token behind "of them" between a fate and its dead, who are all that is told: "of them one fell dead"; or 0."""
    told = walk.fate and walk.fate_at == i - 1 and not walk.victim_word(i - 1)
    return i + 1 if told and i + 1 < walk.stop and walk.victim_word(i + 1) else 0


def _was_told(walk: Walk, i: int) -> bool:
    """Whether an older figure follows a new one: "20 fell, in the words of the mayor, who had spoken of ten"."""
    first, last = walk.article.sentence(i)
    if not walk.says(i, "scope", "pluperfect") or not any(x.person and x.first >= first for x in walk.found):
        return False
    return any(walk.marks[k] & _SPEECH or walk.says(k, "loss", "toll") for k in range(i + 1, min(last, i + _SOON)))


#: Tokens behind "had" within which the verb stands, and who spoke.
_SOON = 6


def _take(walk: Walk, q: Quantity) -> int:
    if q.stop < walk.stop and walk.says(q.stop, "link", "outof"):
        return _out_of(walk, q)
    share = _share_of(walk, q)
    if share:
        return _take(walk, q._replace(stop=share))
    at = q.stop
    if at < walk.stop and _tells_both(walk, at):
        return at + max(t.width for t in walk.tags[at])
    if at < walk.stop and any(t.tag == "time" and t.value in _AGES for t in walk.tags[at]):
        has_age(walk, q)
        return at + 1
    if at < walk.stop and any(t.tag == "prep" and t.value == "from" for t in walk.tags[at]):
        at += 1
        at += at < walk.stop and walk.words[at] in walk.lexicon.words("pointing")
    nouns = () if _begins_anew(walk, at) else nouns_at(walk, at)
    captives = past_captives(walk, q, at)
    if captives:
        return captives
    item = next((t for t in nouns if t.tag == "weapon" and item_of(walk, t) and not is_means(walk, at, t)), None)
    person = fallen_captives(walk, q, at) or next((t for t in nouns if t.tag == "person"), None)
    if others_wrecked(walk, q, person):
        return q.stop + 1
    if item and (walk.wreck or not person):
        return take_item(walk, q, at, item)
    before = told_before(walk, q)
    if before:
        return before
    if q.stop < walk.stop and walk.words[q.stop] in walk.openers and counts(walk, q.stop):
        walk.open_toll = False
        walk.add(q, q.stop, walk.fate or "killed", None, walk.fate_at)
        return q.stop + 2
    # A noun may look like a verb with a pronoun; right behind a number, with no "and", both tell the number's fate.
    fate = next((t for t in nouns if t.tag == "loss" and t.value in FATES and _is_counted(q, t)), None)
    if fate:
        taken = dead_and_wounded(walk, q, at, fate) or died_of_wounds(walk, q, at, fate)
        if taken:
            return taken
        if known_before(walk, q, at, fate):
            return at + 1
        walk.fate, walk.fate_at = fate.value, at
        walk.add(q, at + 1, fate.value, person, at)
        return past_adjectives(walk, at + 1)
    if person:
        return take_people(walk, q, at, person)
    if walk.wreck and q.stop < walk.stop and walk.says(q.stop, "link", "subset"):
        kind = last_named(walk.article, q.first)
        last = walk.found[-1] if walk.found else None
        if last is not None and (last.kind, last.head) == (kind, walk.wreck_at) and (q.count or 0) < (last.count or 0):
            return past_name(walk, q.stop + 1)  # "19 tanks, five of them «Leopard»": all were lost
        if kind:
            walk.add_item(q, q.stop, kind)
            return q.stop + 1
    if _wait_for_verb(walk, q):
        return q.stop + 1
    if _is_part(walk, q):
        return q.stop
    if people_who_fell(walk, q):
        walk.waiting.append(walk.made(q, q.stop, "", None, q.first))
        return q.stop
    if walk.fate and stands_for_people(walk, q):
        walk.add(q, q.stop, walk.fate, None, walk.fate_at)
    return q.stop


def _wait_for_verb(walk: Walk, q: Quantity) -> bool:
    """Keep "five of them" for the verb right behind, which tells what befell those of the things told before."""
    verb = q.stop + 1
    if walk.wreck or verb >= walk.stop or not walk.says(q.stop, "link", "subset") or not walk.marks[verb] & _HEADS:
        return False
    wrecks = any(t.tag == "event" and t.value in ("shootdown", "destroy") and not t.cut for t in walk.tags[verb])
    kind = last_named(walk.article, q.first) if wrecks else ""
    if kind:
        walk.waiting.append(Loss(q.first, verb, kind, q.count, q.qualifier, "unknown", False, False, q.first))
    return bool(kind)


def _is_counted(q: Quantity, t: Tag) -> bool:
    """Whether a number before a word of fate counts who suffered it; not "one, was hit"."""
    return t.form == "noun" or not t.cut and q.count != 1


def _begins_anew(walk: Walk, at: int) -> bool:
    """Whether "and the wounded" stands behind a number, which counts those before."""
    return at < walk.stop and walk.conjoined(at) and any(walk.has_article(at, t) for t in walk.tags[at])


def _out_of(walk: Walk, q: Quantity) -> int:
    width = next(t.width for t in walk.tags[q.stop] if t.tag == "link" and t.value == "outof")
    second = number_at(walk.words, q.stop + width, walk.lexicon) if q.stop + width < walk.stop else None
    return _take(walk, q._replace(stop=second[1] if second else q.stop + width))


def _share_of(walk: Walk, q: Quantity) -> int:
    """Token behind the whole of which a number counts a share: "14 of 20 drones" are 14; 0 where none is told."""
    at = q.stop + 1
    if q.count is None or at >= walk.stop or not walk.says(q.stop, "prep", "from"):
        return 0
    whole = number_at(walk.words, at, walk.lexicon)
    return whole[1] if whole and whole[0] > q.count and not walk.is_time(at) else 0


def _is_part(walk: Walk, q: Quantity) -> bool:
    """Whether a number counts some of those just told: "twelve were wounded, four of them badly"."""
    last = walk.found[-1] if walk.found else None
    of_them = q.stop < walk.stop and walk.says(q.stop, "link", "subset")
    return of_them and last is not None and last.person and last.kind == walk.fate


def _hides(walk: Walk, i: int) -> bool:
    """Whether a verb of several words tells a fate: the victims inside it are none of their own."""
    return any(t.width > 1 and t.tag == "loss" and t.form in ("past", "present") for t in walk.tags[i])


def _tells_both(walk: Walk, i: int) -> bool:
    """Take dead and wounded told by one phrase, without a number of each: "either dead or wounded"."""
    both = walk.lexicon.labels.get("dead_and_wounded", ())
    told = next((t for t in walk.tags[i] if t.tag == "loss" and t.lemma in both), None)
    if told is None:
        return False
    walk.phrase = None
    for kind in ("killed", "injured"):
        walk.add(Quantity(i, i + told.width, None, "none_given"), i + told.width, kind, None, i)
    return True
