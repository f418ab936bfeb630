"""Whether people whom no number counts are those whom the fate that rules befell."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.losses.walk import Walk
from geomap.extract.losses.words import grammatical_number
from geomap.numbers import number_at
from geomap.punctuation import COMMAS, PAUSES
from geomap.tagging import Tag, mark


def is_doer(walk: Walk, i: int, noun: Tag) -> bool:
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


def befell(walk: Walk, i: int, noun: Tag) -> bool:
    """Whether people stand close enough behind a fate for it to be theirs; when it was and asides do not count."""
    if i <= walk.fate_at:
        return False
    between = _between(walk, i)
    if len(between) < _CLOSE and not by_agent(walk, i, between):
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


def by_agent(walk: Walk, i: int, between: Sequence[int] | None = None) -> bool:
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


def coordinated(walk: Walk, i: int, noun: Tag) -> bool:
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


_TOLD = mark("loss", "event")
#: Up to this number what is counted stands in the plural.
_PLURAL = 10
#: Tokens that may stand between people who are joined: what the first are, and of where; a dual tells more plainly.
_APART, _APART_TWO = 4, 8
