"""People that no number counts: "a soldier", "two soldiers", "soldiers", "the number of dead"."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.losses.equipment import bare_item
from geomap.extract.losses.loss import FATES, Quantity
from geomap.extract.losses.nouns import people_at
from geomap.extract.losses.skips import past_adjectives, past_subset
from geomap.extract.losses.walk import Walk
from geomap.extract.losses.words import grammatical_number
from geomap.numbers import digits, number_at
from geomap.punctuation import COMMAS, PAUSES
from geomap.tagging import Tag, mark


def counts(walk: Walk, i: int) -> bool:
    """Whether "the number of" opens here: its victims have their number further on, or just had it."""
    victims = walk.victim_word(i + 1) if is_opener(walk, i) and i + 1 < walk.stop else None
    if not victims:
        return False
    walk.fate, walk.fate_at, walk.wreck = victims.value, i + 1, False
    walk.open_toll, walk.toll_status = True, _status_behind_dead(walk, i + 2)
    return True


def _status_behind_dead(walk: Walk, at: int) -> str:
    """What the words behind "the number of dead" say of them: "of the civilians", "of the region's army"."""
    force = at < walk.stop and any(t.tag == "organ" and t.value == "force" and not t.cut for t in walk.tags[at])
    return "military" if force and not walk.is_police(at) else walk.status_behind(at, "unknown")


def is_opener(walk: Walk, i: int) -> bool:
    """Whether a word opens a toll: "the number", "and the number"."""
    return walk.words[i] in walk.opening


def opens_toll(walk: Walk, i: int) -> bool:
    """Whether "the number of the soldiers who fell" opens here: their number is further on, they are no several."""
    if not is_opener(walk, i) or i + 1 >= walk.stop:
        return False
    if _of_those_who(walk, i + 1):
        people = _counted_people(walk, i + 1)
        walk.open_toll, walk.toll_status = True, _status_of(walk, i + 1, people) if people else "unknown"
        return True
    noun = _counted_people(walk, i + 1)
    if noun is None or not any(walk.says(k, "loss", "toll") for k in range(i + 2, min(walk.stop, i + _TOLL))):
        return False
    walk.open_toll, walk.toll_status = True, _status_of(walk, i + 1, noun)
    return True


#: Tokens behind "the number of those who fell" within which it is told.
_TOLL = 20


def _of_those_who(walk: Walk, at: int) -> bool:
    """Whether "of those who fell" stands here, or "of the residents who fell", and further on "to" and their number."""
    who = at + 1 if _counted_people(walk, at) and at + 1 < walk.stop else at
    # "of whoever" is spelt like "from"
    if not (_is_relative(walk, who) or who == at and walk.says(at, "prep", "from")):
        return False
    verbs = walk.tags[who + 1] if who + 1 < walk.stop else ()
    if not any(t.tag == "loss" and t.value in FATES and t.form in ("past", "present") for t in verbs):
        return False
    return any(_to_number(walk, k) for k in range(who + 2, min(walk.stop, who + _TOLL)))


def _is_relative(walk: Walk, at: int) -> bool:
    return any(t.tag == "link" and t.value == "relative" and not t.cut for t in walk.tags[at])


def _to_number(walk: Walk, k: int) -> bool:
    """Whether "to" leads to a number that counts no time, place or thing."""
    if not walk.says(k, "prep", "to") or k + 1 >= walk.stop or walk.is_time(k + 1):
        return False
    at = k + 1
    bound = next((t for t in walk.tags[at] if t.tag == "bound"), None)
    at += bound.width if bound else 0
    got = number_at(walk.words, at, walk.lexicon) if at < walk.stop else None
    if got is None:
        return False
    behind = walk.tags[got[1]] if got[1] < walk.stop else ()
    return not any(t.tag in ("class", "weapon") and not t.cut or t.value.startswith("unit_") for t in behind)


def _counted_people(walk: Walk, at: int) -> Tag | None:
    """People whom a toll is of: with the article, or with a name or a pronoun behind."""
    noun = next((t for t in walk.tags[at] if t.tag == "person"), None) or people_at(walk, at)
    if noun is None or noun.cut and not walk.has_article(at, noun):
        return None
    return noun if grammatical_number(walk.article, at, noun) is None else None


def _status_of(walk: Walk, at: int, noun: Tag) -> str:
    return walk.made(Quantity(at, at, 1, "exact"), at + 1, "", noun, at).status


def told_before(walk: Walk, q: Quantity) -> int:
    """Take a number that stands before what it counts: "rose to 52 the number of those who were killed"; or 0."""
    if q.stop + 1 >= walk.stop or walk.words[q.stop] not in walk.openers and not _is_toll_of(walk, q):
        return 0
    for k in range(q.stop + 1, min(walk.stop, q.stop + _FAR)):
        fate = next((t for t in walk.tags[k] if t.tag == "loss" and t.value in FATES and not walk.victim_word(k)), None)
        if fate and fate.form in ("past", "present"):
            noun = _counted_people(walk, q.stop + 1)
            walk.open_toll = False
            walk.add(q, q.stop, fate.value, noun, k)
            walk.fate, walk.fate_at, walk.wreck = None, k, False
            return k + 1
        if walk.words[k] in PAUSES:
            break
    return 0


def _is_toll_of(walk: Walk, q: Quantity) -> bool:
    """Whether "the toll of" stands behind a number to which something rose."""
    toll = any(t.tag == "loss" and t.value == "toll" and t.form == "noun" and not t.cut for t in walk.tags[q.stop])
    return toll and q.first > walk.first and walk.says(q.first - 1, "prep", "to")


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
    if _is_name(walk, i) or _is_doer(walk, i, noun) or _is_other_thing(walk, i, noun):
        return i + 1
    if victims and walk.found and walk.found[-1].person and _has_toll(walk, i, noun):
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
    if not victims and walk.fate and _has_toll(walk, i, noun):
        walk.open_toll, walk.toll_status = True, _status_of(walk, i, noun)
        return stop
    members = _members(walk, i, noun) if walk.fate else None
    if members:
        walk.add(members, members.stop, walk.fate or "", noun, walk.fate_at)
        return past_adjectives(walk, members.stop)
    if _is_body(walk, noun):
        return stop
    if victims:
        walk.fate, walk.fate_at, walk.wreck = victims.value, i, False
        if count or not _counted_later(walk, i):
            walk.open_toll = False
            walk.add(q, i + 1, victims.value, noun, i)
        else:
            walk.open_toll, walk.toll_status = True, walk.status_behind(i + 1, "unknown")
    elif walk.fate and (_befell(walk, i, noun) and not _taken(walk) or _coordinated(walk, i, noun)):
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


def _has_toll(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether a toll goes on to others: "the dead rose to 300, and the civilians to 63"."""
    return walk.has_article(i, noun) and walk.conjoined(i) and i + 2 < walk.stop and _to_number(walk, i + 1)


def _is_name(walk: Walk, i: int) -> bool:
    """Whether a word is part of a place's name, as "mother" and "old man" are."""
    return any(walk.article.mentions[m].role != "nationality" for m in walk.article.mentions_in(i, i + 1))


def _is_body(walk: Walk, noun: Tag) -> bool:
    """Whether a noun names a body of people that no number counts: the police is nobody who fell."""
    return noun.lemma in walk.lexicon.labels.get("collectives", ())


def _is_doer(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether people right behind a verb are not who fell: "gunmen shot an officer", "cost the attackers two tanks"."""
    fate = walk.tags[walk.fate_at] if walk.fate_at >= 0 else ()
    if i - walk.fate_at <= _CLOSE and any(t.lemma in walk.lexicon.labels.get("inflicting", ()) for t in fate):
        return not walk.victim_word(i) and grammatical_number(walk.article, i, noun) is None
    if (
        i - walk.fate_at == 1
        and walk.has_article(i, noun)
        and any(t.value == "lose" and t.form == "past" for t in fate)
    ):
        return True  # "the attackers lost nine men"
    if i - walk.fate_at != 1 or walk.victim_word(i) or grammatical_number(walk.article, i, noun) is not None:
        return False
    if _counts_others(walk, i):
        return True
    endings = tuple(walk.lexicon.labels.get("oblique_two", ()))
    if endings and walk.words[i].endswith(endings):
        return False  # by its ending an object
    active = walk.lexicon.labels.get("killers", ())
    return any(t.lemma in active and t.form in ("past", "present") for t in walk.tags[walk.fate_at])


def _counts_others(walk: Walk, i: int) -> bool:
    """Whether people in the form of a subject have counted ones right behind, who fell: "gunmen killed ten miners"."""
    at, subjects = i + 1, tuple(walk.lexicon.labels.get("subject_plurals", ()))
    if not subjects or not walk.words[i].endswith(subjects) or at >= walk.stop or walk.is_time(at):
        return False
    got = None if walk.conjoined(at) else number_at(walk.words, at, walk.lexicon)
    return got is not None and got[1] < walk.stop and any(t.tag == "person" and not t.cut for t in walk.tags[got[1]])


def _are_known(walk: Walk, i: int, victims: Tag) -> bool:
    """Whether victims were told of before: "the wounded were moved", "their martyrs", and no number is to come."""
    labels = walk.lexicon.labels
    endings = (*labels.get("possessives", ()), *labels.get("possessives_plural", ()))
    known = walk.has_article(i, victims) or victims.lemma in _mourned(walk) and walk.words[i].endswith(endings)
    return known and not walk.open_toll and not _counted_later(walk, i)


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
    if noun.lemma not in walk.lexicon.labels.get("group_nouns", ()) or _by_agent(walk, i):
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


def _befell(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether people stand close enough behind a fate for it to be theirs; when it was and asides do not count."""
    if i <= walk.fate_at:
        return False
    between = _between(walk, i)
    if len(between) < _CLOSE and not _by_agent(walk, i, between):
        return True
    return len(between) <= _FAR and _is_subject(walk, i, noun, between)


#: Tokens from a fate to its people, and to a subject that shows by its ending that it is one.
_CLOSE, _FAR = 3, 12


def _between(walk: Walk, i: int) -> list[int]:
    """Tokens between the fate and the people at ``i`` that are neither time nor aside."""
    active = walk.lexicon.labels.get("killers", ())
    told = max((t.width for t in walk.tags[walk.fate_at] if t.tag == "loss" and t.lemma not in active), default=1)
    between = [k for k in range(walk.fate_at + told, i) if not walk.is_time(k)]
    back = walk.lexicon.labels.get("causes_told", ())
    pointing = [k for k in between if walk.words[k] in back]
    if pointing and between[0] <= pointing[0] <= between[0] + 2:  # "was hurt as a result of that"
        between = [k for k in between if k > pointing[0]]
    marks = [k for k in between if walk.words[k] in COMMAS | {"(", ")"}]
    if len(marks) > 1:
        between = [k for k in between if not marks[0] <= k <= marks[-1]]
    return between


def _is_subject(walk: Walk, i: int, noun: Tag, between: Sequence[int]) -> bool:
    """Whether people far behind a verb show that they are its subject: a dual that no word before them could govern."""
    endings = walk.lexicon.labels.get("subject_endings", ())
    plain = not noun.cut and grammatical_number(walk.article, i, noun) == 2 and walk.words[i].endswith(tuple(endings))
    told = any(t.tag == "loss" and t.form in ("past", "present") for t in walk.tags[walk.fate_at])
    plain = plain or _is_object(walk, i, noun)
    others = between[1:] if _is_object(walk, i, noun) else between
    return plain and told and not any(walk.marks[k] & _OTHERS or walk.words[k] in PAUSES for k in others)


def _is_object(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether people are whom a bomb or gunmen killed, which stand behind the verb: they show that they are its object.

    "A shell that fell in the morning killed a farmer".
    """
    labels = walk.lexicon.labels
    doer = walk.fate_at + 1
    weapon = any(t.tag == "weapon" and t.value in _KILLING for t in walk.tags[doer])
    plurals = tuple(labels.get("subject_plurals", ()))
    gunmen = bool(plurals) and walk.words[doer].endswith(plurals) and any(t.tag == "person" for t in walk.tags[doer])
    if not (weapon or gunmen) or noun.cut or noun.tag != "person" or walk.victim_word(i):
        return False
    count = grammatical_number(walk.article, i, noun)
    ending = labels.get("indefinite_letter", "")
    one = count == 1 and bool(ending) and walk.words[i].endswith(ending)
    return one or count == 2 and not walk.words[i].endswith(tuple(labels.get("subject_endings", ())))


_KILLING = frozenset({"shell", "munition", "drone", "mine", "smallarms"})
_OTHERS = mark("person", "loss")


def _by_agent(walk: Walk, i: int, between: Sequence[int] | None = None) -> bool:
    """Not the victim but the killer: a word of cause, place or agency stands between."""
    for k in range(walk.fate_at + 1, i) if between is None else between:
        leads = any(t.tag in ("link", "prep") and t.value in _LEADING for t in walk.tags[k])
        leads = leads and not (walk.says(k, "prep", "on") and _does_away(walk))
        if leads and not _leads_past(walk, k, i) or walk.words[k] in COMMAS | {"("}:
            return True
    return False


def _does_away(walk: Walk) -> bool:
    """Whether the verb that rules does away "with" those whom a preposition leads to: "a shell put an end to a boy"."""
    upon = walk.lexicon.labels.get("ending_upon", ())
    return any(t.lemma in upon and t.form in ("past", "present") for t in walk.tags[walk.fate_at])


#: Prepositions and links whose noun is not the victim.
_LEADING = frozenset({"cause", "with", "in", "on", "near", "to"})


def _leads_past(walk: Walk, k: int, i: int) -> bool:
    """Whether a preposition takes the word behind it alone, as that has the article and the people have none."""
    article = walk.lexicon.labels.get("article", "")
    told = any(t.tag == "loss" and t.form in ("past", "present") for t in walk.tags[walk.fate_at])
    return told and k + 2 == i and walk.words[k + 1].startswith(article) and not walk.words[i].startswith(article)


def _coordinated(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether people are joined to those told just before: "two reporters and an official"."""
    if not walk.found or not walk.found[-1].person:
        return False
    last = walk.found[-1]
    count, phrase = grammatical_number(walk.article, i, noun), walk.added(i)
    between = range(last.stop, i - phrase)
    if phrase and between and walk.words[between[-1]] in COMMAS:
        between = between[:-1]
    if (
        (last.count or 0) > 1
        and walk.has_article(i, noun)
        and any(walk.says(k, "prep", "from") for k in range(last.first, i))
    ):
        return False  # "32 of the civilians and the soldiers"
    apart = _APART_TWO if count == 2 or phrase else _APART
    near = len(between) <= apart and not any(walk.words[k] in PAUSES or walk.marks[k] & _TOLD for k in between)
    if (last.count or 0) > _PLURAL and count == 1 and not phrase:
        return False  # "460 patients and companions": in Arabic both are singular
    joined = phrase and count or noun.cut and walk.conjoined(i)
    return near and last.kind == walk.fate and bool(joined)


#: Tokens that may stand between people who are joined: what the first are, and of where; a dual tells more plainly.
_APART, _APART_TWO = 4, 8
_TOLD = mark("loss", "event")
#: Up to this number what is counted stands in the plural.
_PLURAL = 10


def _counted_later(walk: Walk, i: int) -> bool:
    """Tell whether the number follows the noun: "the number of dead rose to 45", "and the wounded 60"."""
    at = i + 1
    if at < walk.stop and any(t.tag == "bound" for t in walk.tags[at]):
        at += 1
    if at < walk.stop and (digits(walk.words[at]) or at > i + 1 and number_at(walk.words, at, walk.lexicon)):
        walk.open_toll = True
        return True
    if (
        not walk.open_toll
        and not any(
            t.tag == "loss" and t.value == "toll" for k in range(max(walk.first, i - 6), i) for t in walk.tags[k]
        )
        and not _come_to(walk, i)
    ):
        return False
    for k in range(i + 1, min(walk.stop, i + 16)):
        if walk.says(k, "link", "subset"):
            return False
        if not walk.is_time(k) and number_at(walk.words, k, walk.lexicon):
            return True
    return False


def _come_to(walk: Walk, i: int) -> bool:
    """Whether victims are the subject of a verb that gives their number: "the dead of the raid came to thirteen"."""
    if (
        i > walk.first
        and walk.marks[i - 1] & _MORE
        and i + 1 < walk.stop
        and number_at(walk.words, i + 1, walk.lexicon)
    ):
        return True  # "the wounded passed fifty": the verb stands before them
    for k in range(i + 1, min(walk.stop - 1, i + _TOLL)):
        if walk.words[k] in PAUSES or walk.marks[k] & _COUNT:
            return False
        if any(
            t.tag == "loss" and t.value == "toll" and t.form in ("past", "present") and not t.cut for t in walk.tags[k]
        ):
            at = k + 1 + walk.says(k + 1, "prep", "to")
            return at < walk.stop and not walk.is_time(at) and number_at(walk.words, at, walk.lexicon) is not None
    return False


_MORE, _COUNT = mark("bound"), mark("number")
