"""People that no number counts: "a soldier", "two soldiers", "soldiers"."""

from __future__ import annotations

from geomap.extract.losses.befell import befell, by_agent, coordinated, is_doer
from geomap.extract.losses.equipment import bare_item
from geomap.extract.losses.loss import Quantity
from geomap.extract.losses.nouns import people_at
from geomap.extract.losses.openers import counted_later, has_toll, status_of
from geomap.extract.losses.skips import past_adjectives, past_subset
from geomap.extract.losses.walk import Walk
from geomap.extract.losses.words import grammatical_number
from geomap.numbers import number_at
from geomap.punctuation import COMMAS, PAUSES
from geomap.tagging import Tag

#: Tokens from a victim to people joined to him, and to those that a phrase adds.
_APART, _FAR = 4, 12


def bare_people(walk: Walk, i: int) -> Tag | None:
    """People named by their country or office alone, right behind the fate or joined to a victim before."""
    behind, joined = i - walk.fate_at == 1, bool(walk.found) and 0 <= i - walk.found[-1].stop <= _APART
    joined = joined and walk.conjoined(i) or bool(walk.found) and walk.added(i) > 0 and i - walk.found[-1].stop <= _FAR
    if not walk.fate or not (behind or joined):
        return None
    return people_at(walk, i) or _officer(walk, i, behind)


def _officer(walk: Walk, i: int, behind: bool) -> Tag | None:
    """A holder of an office: "the mayor was killed", "and an official"."""
    ranks = walk.lexicon.labels.get("ranks", ())
    ranked = next((t for t in walk.tags[i] if t.tag == "title" and t.lemma in ranks), None)
    if ranked and (behind or walk.found and walk.found[-1].person):
        return Tag("person", "military", ranked.lemma, ranked.form, ranked.width, ranked.cut)
    held = next((t for t in walk.tags[i] if t.tag == "organ" and t.value == "office"), None)
    told = behind and any(t.tag == "loss" and _befalls_one(walk, t) for t in walk.tags[walk.fate_at])
    if held is None or not (told or (held.cut or walk.added(i)) and walk.found and walk.found[-1].person):
        return None
    return Tag("person", "any", held.lemma, held.form, held.width, held.cut)


def _befalls_one(walk: Walk, t: Tag) -> bool:
    """Whether a word tells that somebody fell or was hurt: a verb, or a noun that names no victims."""
    return t.form in ("past", "present") or t.form == "noun" and not walk.victim_word(walk.fate_at)


def bare_noun(walk: Walk, i: int, noun: Tag) -> int:
    """A dual is two, a singular one, a plural no number."""
    if noun.tag == "weapon":
        return bare_item(walk, i, noun)
    count = grammatical_number(walk.article, i, noun)
    victims = walk.victim_word(i)
    if _is_name(walk, i) or is_doer(walk, i, noun) or _is_other_thing(walk, i, noun):
        return i + 1
    if victims and walk.found and walk.found[-1].person and has_toll(walk, i, noun):
        walk.fate, walk.fate_at, walk.wreck = victims.value, i, False
        walk.open_toll = True
        return i + 1
    if victims and (_are_known(walk, i, victims) or _how_they_fell(walk, i, victims)):
        return i + 1
    if _parts_of_last(walk, i):
        return past_subset(walk, i)
    stop = past_adjectives(walk, i + 1)
    if count is None:
        count, stop = _numbered_behind(walk, stop) or (2 if _may_be_two(walk, i, noun) else None, stop)
    q = Quantity(i, i + 1, count, "exact" if count else "none_given")
    if i < walk.negated_until:
        return stop
    if walk.open_toll and not victims:
        return stop
    if not victims and walk.fate and has_toll(walk, i, noun):
        walk.open_toll, walk.toll_status = True, status_of(walk, i, noun)
        return stop
    members = _members(walk, i, noun) if walk.fate else None
    if members:
        walk.add(members, members.stop, walk.fate or "", noun, walk.fate_at)
        return past_adjectives(walk, members.stop)
    if _is_body(walk, noun):
        return stop
    if victims:
        walk.fate, walk.fate_at, walk.wreck = victims.value, i, False
        if count or not counted_later(walk, i):
            walk.open_toll = False
            walk.add(q, i + 1, victims.value, noun, i)
        else:
            walk.open_toll, walk.toll_status = True, walk.status_behind(i + 1, "unknown")
    elif walk.fate and (befell(walk, i, noun) and not _taken(walk) or coordinated(walk, i, noun)):
        walk.add(q, i + 1, walk.fate, noun, walk.fate_at)
    elif count and not walk.fate:
        walk.waiting.append(walk.made(q, i + 1, "", noun, i))
    return stop


def _is_other_thing(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether "other" is said of the thing before it: "another drone fell", "on the other side"."""
    if noun.lemma not in walk.lexicon.labels.get("others", ()):
        return False
    before = walk.tags[i - 1] if i > walk.first else ()
    if any(t.tag in ("weapon", "class", "body") for t in before):
        return True
    article = walk.lexicon.labels.get("article", "")
    described = i > walk.first and bool(article) and walk.words[i - 1].startswith(article)
    return described and walk.has_article(i, noun) and not any(t.tag in ("person", "loss") for t in before)


def _is_name(walk: Walk, i: int) -> bool:
    """Whether a word is part of a place's name, as "mother" and "old man" are."""
    return any(walk.article.mentions[m].role != "nationality" for m in walk.article.mentions_in(i, i + 1))


def _is_body(walk: Walk, noun: Tag) -> bool:
    """Whether a noun names a body of people that no number counts: the police is nobody who fell."""
    return noun.lemma in walk.lexicon.labels.get("collectives", ())


def _are_known(walk: Walk, i: int, victims: Tag) -> bool:
    """Whether victims were told of before: "the wounded were moved", "their martyrs", and no number is to come."""
    known = (
        walk.has_article(i, victims)
        or victims.lemma in _mourned(walk)
        and walk.words[i].endswith(walk.lexicon.owning())
    )
    return known and not walk.open_toll and not counted_later(walk, i)


def _how_they_fell(walk: Walk, i: int, victims: Tag) -> bool:
    """Whether "dead" only tells how those fell whose fall was told: "three of its soldiers fell dead"."""
    if victims.cut or walk.fate != victims.value or not 0 < i - walk.fate_at <= _FALLEN or not walk.found:
        return False
    verb = any(
        t.tag == "loss" and t.value == walk.fate and t.form in ("past", "present") for t in walk.tags[walk.fate_at]
    )
    between = walk.words[walk.fate_at + 1 : i]
    return verb and walk.found[-1].head == walk.fate_at and not PAUSES.intersection(between)


#: Tokens from a verb of falling to "dead".
_FALLEN = 6


def _mourned(walk: Walk) -> tuple[str, ...]:
    return tuple(walk.lexicon.labels.get("mourned", ()))


def _parts_of_last(walk: Walk, i: int) -> bool:
    """Whether people behind a comma are those just counted: "three people, two soldiers and a boy"."""
    last = walk.found[-1] if walk.found else None
    if last is None or not last.person or (last.count or 0) < 2 or walk.conjoined(i):
        return False
    return last.stop == i - 1 and walk.words[i - 1] in COMMAS | {":"} and not walk.victim_word(i)


def _numbered_behind(walk: Walk, at: int) -> tuple[int, int] | None:
    """A number with the article behind its noun: "her three children"; with the token behind it."""
    article = walk.lexicon.labels.get("article", "")
    if at >= walk.stop or not article or not walk.words[at].startswith(article) or walk.is_time(at):
        return None
    got = number_at(walk.words, at, walk.lexicon)
    return got if got and 2 < got[0] < 100 else None


def _may_be_two(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether a plural that is spelt like the dual is one: alone behind the word of fate it tells of two.

    "The killing of policemen, according to the mayor"; what stands behind "civilians of both sides" tells of many.
    """
    endings = tuple(walk.lexicon.labels.get("oblique_two", ()))
    if noun.tag != "person" or noun.cut or i - walk.fate_at != 1 or not walk.words[i].endswith(endings) or not endings:
        return False
    if i + 1 >= walk.stop or walk.words[i + 1] in PAUSES:
        return True
    of = walk.says(i + 1, "prep", "from") or any(t.tag in ("person", "bound", "number") for t in walk.tags[i + 1])
    return not of and not walk.words[i + 1].endswith(endings)


def _members(walk: Walk, i: int, noun: Tag) -> Quantity | None:
    """How many a family or crew was: "a family of five", "their crew, made up of four"."""
    if noun.lemma not in walk.lexicon.labels.get("group_nouns", ()) or by_agent(walk, i):
        return None
    for k in range(i + 1, min(walk.stop, i + 4)):
        if walk.words[k] in PAUSES:
            return None
        got = number_at(walk.words, k, walk.lexicon) if walk.says(k - 1, "prep", "from") else None
        if got:
            return Quantity(k, got[1], got[0], "exact")
    return None


def _taken(walk: Walk) -> bool:
    """Whether the fate that rules here has its people already."""
    return bool(walk.found) and walk.found[-1].person and walk.found[-1].head == walk.fate_at
