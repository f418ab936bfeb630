"""An event: the heads that tell it, its type, and the words of its sentence that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.events.heads import Head
from geomap.extract.losses.words import grammatical_number
from geomap.tagging import DIGIT, mark


class Event(NamedTuple):
    """Heads that tell one event, its sub-event type, and the probabilities that it is one and is of this type."""

    heads: tuple[Head, ...]
    first: int
    stop: int
    sub_event_type: str
    p_event: float
    p_type: float


_WEAPON, _NUMBER, _TELLS = mark("weapon"), mark("number"), mark("event", "loss", "speech")


def event_range(article: Article, group: Sequence[Head], before: int | None, after: int | None) -> tuple[int, int]:
    """Tokens of an event: the clauses of its heads and what they go on to list, not reaching into its neighbours."""
    first = _with_subject(article, group[0])
    wrecks = any(_WRECKS.intersection(head.values) for head in group)
    stop = _past_list(article, _with_object(article, group[-1]), after, wrecks=wrecks)
    if before is not None and before > first:
        first = before
    if after is not None and after < stop:
        stop = after
    return first, stop


#: The longest aside, in words, that may stand inside a list.
_ASIDE = 5
#: The longest one that may stand between a verb and its subject or object.
_LONG = 10
_FINITE = frozenset({"past", "present"})


def _with_subject(article: Article, head: Head) -> int:
    """First token of a head's clause; of the one before an aside where that holds its subject.

    "200 people, among them ten civilians, were killed": the verb opens a clause of its own.
    """
    first, _ = article.clause(head.first)
    begin, _ = article.sentence(head.first)
    told = (_FATES | _WRECKS) & set(head.values)
    if head.form not in _FINITE or head.first > first + 1 or not told or first <= begin:
        return first
    aside, _ = article.clause(first - 1)
    labels = article.tagged.lexicon.labels
    pronouns = (*labels.get("aside_ones", ()), *labels.get("aside_many", ()))
    tells_who = article.tagged.has(aside, "link", "subset") or article.tagged.tokens.words[aside] in pronouns
    if first - aside > _LONG or aside <= begin or not tells_who:
        return first
    return article.clause(aside - 1)[0]


_FATES = frozenset({"loss-killed", "loss-injured"})


def _with_object(article: Article, head: Head) -> int:
    """Token behind a head's clause, or behind the next where an aside stands between a verb and its object."""
    words, marks = article.tagged.tokens.words, article.tagged.marks
    _, stop = article.clause(head.stop - 1)
    _, end = article.sentence(head.first)
    if stop >= end:
        return stop
    _, behind = article.clause(stop)
    if words[stop] == "(":
        close = next((k for k in range(stop, min(behind, stop + _LONG)) if words[k] == ")"), None)
        return stop if close is None or any(marks[k] & _TELLS for k in range(stop, close)) else behind
    if words[stop - 1] == ":" and stop - head.stop <= _NEAR and head.form == "noun":
        return behind
    if behind < end and _only_dates(article, stop, behind) and article.tagged.marks[behind] & _PREP:
        return article.clause(behind)[1]
    if not _lacks_object(article, head, stop) or behind >= end or behind - stop > _LONG:
        return stop
    if any(marks[k] & _TOLD for k in range(stop, behind)) or not _counts_something(article, behind):
        return stop
    return article.clause(behind)[1]


def _only_dates(article: Article, first: int, stop: int) -> bool:
    """Whether a clause says only when: "they opened fire late, on Monday, at the village"."""
    timed = _timed(article, first, stop) | {k for k in range(first, stop) if article.tagged.marks[k] & _TIME}
    words = article.tagged.tokens.words
    return (
        bool(timed)
        and stop - first <= _LONG
        and all(k in timed or not words[k][0].isalnum() for k in range(first, stop))
    )


#: Tokens behind a noun within which a colon leads to what it lists.
_NEAR = 4
_TOLD, _COUNTED, _PREP = mark("event", "loss"), mark("weapon", "person"), mark("prep")
_TIME = mark("time", "weekday")


def _lacks_object(article: Article, head: Head, stop: int) -> bool:
    """Whether nobody and nothing is counted between a verb of losing or destroying and the end of its clause."""
    if head.form not in _FINITE or not (_FATES | _WRECKS) & set(head.values):
        return False
    marks = article.tagged.marks
    things = _COUNTED if _FATES & set(head.values) else _WEAPON
    return not any(
        marks[k] & (things | _NUMBER | DIGIT) and k not in _timed(article, head.stop, stop)
        for k in range(head.stop, stop)
    )


def _timed(article: Article, first: int, stop: int) -> set[int]:
    return {k for w in article.whens_in(first, stop) for k in range(w.first, w.stop)}


_WRECKS = frozenset({"shootdown", "destroy", "lose"})


def _counts_something(article: Article, at: int) -> bool:
    """Whether people or things stand at a token, counted or not, joined to nothing before."""
    marks = article.tagged.marks
    return bool(marks[at] & (_NUMBER | DIGIT | _COUNTED | _BOUND)) and not any(t.cut for t in article.tagged.tags[at])


_BOUND = mark("bound")


def _past_list(article: Article, stop: int, after: int | None, *, wrecks: bool) -> int:
    """Token behind the clauses that only go on counting: "4 helicopters, some of them new, and 10 tanks"."""
    bound = len(article.tagged.marks) if after is None else after
    _, end = article.sentence(stop - 1)
    at = stop
    parts = False
    while at < min(end, bound):
        clause_first, clause_stop = article.clause(at)
        parts = clause_first == at and (_opens_parts(article, at, clause_stop) or parts and _joins_number(article, at))
        if parts:
            stop = at = clause_stop
            continue
        short = _words(article, at, clause_stop) <= _ASIDE
        aside = short and any(article.tagged.has(k, "link", "subset") for k in range(at, clause_stop))
        if clause_first != at or not aside and _tells(article, at, clause_stop):
            break
        if _goes_on_counting(article, at, clause_stop) or wrecks and _goes_on_listing(article, at, clause_stop):
            stop = clause_stop
        elif not short:
            break
        at = clause_stop
    return stop


def _words(article: Article, first: int, stop: int) -> int:
    """How many words a token range has, its marks left out."""
    return sum(article.tagged.tokens.words[k][0].isalnum() for k in range(first, stop))


def _opens_parts(article: Article, at: int, stop: int) -> bool:
    """Whether "they are" and a number, or a colon, open a clause: the parts of the total before it."""
    tagged = article.tagged
    known = tagged.lexicon.labels.get("aside_many", ())
    if tagged.tokens.words[at] not in known or at + 1 >= stop:
        return False
    return bool(tagged.marks[at + 1] & (_NUMBER | DIGIT)) or tagged.tokens.words[at + 1] == ":"


def _joins_number(article: Article, at: int) -> bool:
    """Whether a clause begins with a number that "and" joins on, or right behind a colon."""
    words, tagged = article.tagged.tokens.words, article.tagged
    number = at + tagged.is_conjunction(at)
    joined = tagged.has_conjunction(at) or words[at - 1] == ":"
    return joined and number < len(words) and bool(tagged.marks[number] & (_NUMBER | DIGIT))


def _goes_on_counting(article: Article, at: int, stop: int) -> bool:
    """Whether a clause begins with "and" and a number, and counts things."""
    tagged = article.tagged
    number = at + tagged.is_conjunction(at)
    if not tagged.has_conjunction(at) or number >= stop:
        return False
    counts = tagged.marks[number] & (_NUMBER | DIGIT)
    return bool(counts) and any(tagged.marks[k] & _WEAPON for k in range(number, min(stop, number + 4)))


def _goes_on_listing(article: Article, at: int, stop: int) -> bool:
    """Whether a clause adds things to those destroyed or lost: "and a post and three lorries", "besides 9 guns".

    The first of them may be no thing that is counted.
    """
    tagged = article.tagged
    marks, added = tagged.marks, tagged.phrase_at(at, "adding")
    if _adds_thing(article, at, stop):
        return True
    if not added and not (tagged.has_conjunction(at) and marks[at] & _LISTED):
        return False
    return any(
        marks[k] & (_NUMBER | DIGIT) and any(marks[j] & _WEAPON for j in range(k + 1, min(stop, k + 3)))
        for k in range(at + added, stop)
    )


def _adds_thing(article: Article, at: int, stop: int) -> bool:
    """Whether "and" opens a clause on one more thing: "and an aircraft near B", "and over B an aircraft"."""
    tagged = article.tagged
    if not tagged.has_conjunction(at):
        return False
    k = at
    if tagged.marks[at] & _PREP:
        k = next((j for j in range(at + 1, min(stop, at + _OVER)) if tagged.marks[j] & _WEAPON), at)
        if not article.mentions_in(at, k):
            return False
    return any(t.tag == "weapon" and grammatical_number(article, k, t) in (1, 2) for t in tagged.tags[k])


#: Tokens from "and over" to the thing.
_OVER = 5
#: What else is destroyed together with things.
_LISTED = mark("body", "class", "weapon", "number", "bound")


def _tells(article: Article, first: int, stop: int) -> bool:
    """Whether a token range tells of another event, of words or of a loss; the names of things may hold such words."""
    tagged = article.tagged
    k = first
    while k < stop:
        if tagged.marks[k] & _WEAPON:
            k += max(t.width for t in tagged.tags[k] if t.tag == "weapon")
            continue
        if tagged.marks[k] & _TELLS:
            return True
        k += 1
    return False
