"""Heads become events: kept or dropped, grouped where they tell one event, typed. Three small models decide."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from geomap.extract.heads import START, TELLING, Article, Head, cuts_between
from geomap.extract.subtypes import by_rule
from geomap.linear import Features, Namer
from geomap.memo import Memo
from geomap.punctuation import COMMAS, SEMICOLONS
from geomap.tagging import DIGIT, Tags, mark


class Event(NamedTuple):
    """Heads that tell one event, its sub-event type, and the probabilities that it is one and is of this type."""

    heads: tuple[Head, ...]
    first: int
    stop: int
    sub_event_type: str
    p_event: float
    p_type: float


_BETWEEN = frozenset({"speech", "link", "scope", "time", "class", "organ", "state"})
_BETWEEN_MARKS = mark(*_BETWEEN)
_PAUSES = COMMAS | SEMICOLONS | frozenset(":.-")


def link_features(article: Article, a: Head, b: Head) -> Features:
    """Give the features by which two neighbouring heads of one sentence tell one event or two."""
    words, tags, marks = article.tagged.tokens.words, article.tagged.tags, article.tagged.marks
    clauses, mentions = cuts_between(article, a, b)
    va, vb = "+".join(a.values), "+".join(b.values)
    seen: set[str] = set()
    for k in range(a.stop, b.first):
        if marks[k] & _BETWEEN_MARKS:
            seen.update(_BETWEEN_OF[tags[k]])
        elif words[k] in _PAUSES:
            seen.add(words[k])
    one: list[tuple[Namer, Hashable]] = [
        (_distance, (min(clauses, 4), min(mentions, 4), min(6, (b.first - a.stop) // 4))),
        (_values, (va, vb, min(clauses, 2))),
        (_forms, (a.form, b.form)),
        (_lemmas, (a.lemma, b.lemma)),
        (_glued, (_clitic(article, b), b.form, vb)),
    ]
    if seen:
        one.append((_between, (frozenset(seen), vb)))
    if b.first > a.stop:
        one.append((_word_before, words[b.first - 1]))
    roles = {article.mentions[m].role for m in article.mentions_in(a.stop, b.first)}
    plain = [f"mr={role}" for role in roles]
    plain += [f"tm={w.kind}" for w in article.whens_in(a.stop, b.first)]
    plain += _told_apart(article, a, b)
    first, last = article.sentence(a.first)
    plain.append(f"at={min((a.first - first) // 6, 4)}")
    behind = article.stems[b.stop : min(last, b.stop + _BEHIND)]
    return Features(one, [(_start_behind, {stem[:START] for stem in behind if stem})], plain)


#: How many words behind the second head are features by their beginnings.
_BEHIND = 4


def _start_behind(letters: str) -> list[str]:
    return [f"b4={letters}"]


def _told_apart(article: Article, a: Head, b: Head) -> list[str]:
    """Which of two clauses name a place and a time of their own; nothing for heads of one clause."""
    one, other = article.clause(a.first), article.clause(b.first)
    if one == other:
        return []
    (place, time), (own_place, own_time) = _places_and_times(article, one), _places_and_times(article, other)
    told = "+".join(b.values)
    return [
        f"pl={place}{own_place}",
        f"ti={time}{own_time}",
        f"own={own_place}{own_time}",
        f"pl={own_place}|{told}",
        f"ti={own_time}|{told}",
    ]


def _places_and_times(article: Article, clause: tuple[int, int]) -> tuple[str, str]:
    place = any(article.mentions[m].role == "location" for m in article.mentions_in(*clause))
    return "+" if place else "-", "+" if article.whens_in(*clause) else "-"


def _distance(at: tuple[int, int, int]) -> list[str]:
    return ["b", f"c={at[0]}", f"m={at[1]}", f"d={at[2]}"]


def _values(at: tuple[str, str, int]) -> list[str]:
    a, b, clauses = at
    return [f"va={a}", f"vb={b}", f"va|vb={a}|{b}", f"vb={b}|c={clauses}"]


def _forms(at: tuple[str, str]) -> list[str]:
    return [f"fa={at[0]}", f"fb={at[1]}", f"f={at[0]}|{at[1]}"]


def _lemmas(at: tuple[str, str]) -> list[str]:
    return [f"la={at[0]}", f"lb={at[1]}"]


def _glued(at: tuple[str, str, str]) -> list[str]:
    clitic, form, values = at
    return [f"clb={clitic}", f"clb={clitic}|{form}", f"clb={clitic}|{values}"]


def _between_of(tags: Tags) -> tuple[str, ...]:
    return tuple(f"{t.tag}.{t.value}" for t in tags if t.tag in _BETWEEN)


_BETWEEN_OF: Memo[Tags, tuple[str, ...]] = Memo(_between_of)


def _between(at: tuple[frozenset[str], str]) -> list[str]:
    seen = sorted(at[0])
    return [f"x={x}" for x in seen] + [f"x={x}|{at[1]}" for x in seen if x.startswith(("link", "speech"))]


def _word_before(word: str) -> list[str]:
    return [f"pb={word}"]


def _clitic(article: Article, head: Head) -> str:
    cut = max((t.cut for t in article.tagged.tags[head.first]), default=0)
    return article.tagged.tokens.words[head.first][:cut]


_TYPE_TAGS = frozenset({"weapon", "person", "organ", "party", "class", "scope", "state", "link", "body", "speech"})
_OBJECTS = frozenset({"weapon", "class", "person", "body", "party", "organ"})
_PLAIN_WORD = ~mark("prep", "link", "number", "time")
_TYPED, _OBJECT = mark(*_TYPE_TAGS), mark(*_OBJECTS)
_WEAPON, _PERSON, _PLACED = mark("weapon"), mark("person"), mark("class", "body")
_SCOPE, _NUMBER, _TELLS = mark("scope"), mark("number"), mark("event", "loss", "speech")


def type_features(article: Article, heads: Sequence[Head], first: int, stop: int) -> Features:
    """Features of one event over its tokens ``first`` to ``stop``."""
    words, tags, marks = article.tagged.tokens.words, article.tagged.tags, article.tagged.marks
    seen: set[str] = set()
    told = [h for h in heads if not _negated(article, h)] or heads
    if len(told) < len(heads):
        seen.update(f"not={v}" for h in heads if h not in told for v in h.values)
    values = sorted({v for h in told for v in h.values})
    main = "+".join(told[0].values)
    here = [k for k in range(first, stop) if marks[k] & _TYPED]
    for k in here:
        seen.update(_TYPED_OF[tags[k]])
    for h in heads:
        what = "+".join(h.values)
        for k in range(h.stop, min(stop, h.stop + 4)):
            if marks[k] & _OBJECT:
                seen.update([f"o={what}>{t.tag}.{t.value}" for t in tags[k] if t.tag in _OBJECTS])
        seen.add(f"n={h.lemma}>{words[h.stop] if h.stop < stop else '$'}")
        seen.update(
            f"o={what}>m.{'.'.join(article.named[m])}" for m in article.mentions_in(h.stop, min(stop, h.stop + 4))
        )
    weapons, persons, classes = (
        frozenset([t.value for k in here if marks[k] & bits for t in tags[k] if t.tag in names])
        for names, bits in ((("weapon",), _WEAPON), (("person",), _PERSON), (("class", "body"), _PLACED))
    )
    _context(seen, article, heads)
    for m in article.mentions_in(first, stop):
        role, kind = article.named[m]
        seen.add(f"m={role}.{kind}")
        place = article.mentions[m].place
        if role == "nationality" and place:
            seen.add(f"nat={place.country}")
    stems = {
        stem
        for stem, bits in zip(article.stems[first:stop], marks[first:stop], strict=True)
        if bits == bits & _PLAIN_WORD
    }
    one: list[tuple[Namer, Hashable]] = [
        (_event, (tuple(values), frozenset(h.lemma for h in heads), main)),
        (_by_rule, (frozenset(values), weapons, persons, classes, main)),
    ]
    starts = {stem[:START] for stem in article.stems[first:stop] if stem}
    view = [f for f in article.view(article.tagged.tokens.sentence_of[heads[0].first]) if f.startswith(_TOLD_BY_VIEW)]
    return Features(one, [(_stem, stems), (_start, starts)], [*seen, *view, *_whom(article, heads[0])])


#: What of its sentence as a whole tells whether an event is one, and of which type.
_TOLD_BY_VIEW = ("s:scope", "s:t=", "s:old-year", "s:state", "s:speech")


def _start(letters: str) -> list[str]:
    return [f"w4={letters}"]


def _whom(article: Article, head: Head) -> list[str]:
    """Who or whom right behind a head."""
    tags = article.tagged.tags
    _, last = article.sentence(head.first)
    behind = (t for k in range(head.stop, min(last, head.stop + 3)) for t in tags[k] if t.tag in _PEOPLE)
    return sorted({f"who={'+'.join(head.values)}>{t.tag}.{t.value}" for t in behind})


_PEOPLE = frozenset({"person", "party", "organ"})


def _event(at: tuple[tuple[str, ...], frozenset[str], str]) -> list[str]:
    values, lemmas, main = at
    out = ["b", *(f"v={v}" for v in values), *(f"h={lemma}" for lemma in sorted(lemmas))]
    return [*out, f"v1={main}", "v*=" + "|".join(values[:4])]


def _by_rule(at: tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], str]) -> list[str]:
    """The type that the codebook's rules give, with what was used."""
    values, weapons, persons, classes, main = at
    rule = by_rule(values, weapons, persons, classes, non_state=False)
    out = [f"rule={rule}", f"rule={rule}|{main}"]
    out += [f"rule={rule}|w={weapon}" for weapon in sorted(weapons)]
    return out + [f"rule={rule}|p={person}" for person in sorted(persons)]


def _negated(article: Article, head: Head) -> bool:
    """Whether the clause denies what a head tells: "without a shot", "did not shell"."""
    tagged = article.tagged
    first, _ = article.clause(head.first)
    return tagged.first("scope", "negation", max(first, head.first - 3), head.first) is not None


def _stem(stem: str) -> list[str]:
    return [f"x={stem}"] if stem else []


def _typed_of(tags: Tags) -> tuple[str, ...]:
    mine = [t for t in tags if t.tag in _TYPE_TAGS]
    return (*(f"w={t.tag}.{t.value}" for t in mine), *(f"wl={t.lemma}" for t in mine if t.tag in ("weapon", "person")))


_TYPED_OF: Memo[Tags, tuple[str, ...]] = Memo(_typed_of)
_TOLD = mark("event", "weapon")


def _context(found: set[str], article: Article, heads: Sequence[Head]) -> None:
    """What the rest of the sentence, the sentence before and the lead tell."""
    tagged = article.tagged
    number = tagged.tokens.sentence_of[heads[0].first]
    own = {k for h in heads for k in range(h.first, h.stop)}
    first, stop = tagged.tokens.sentences[number]
    for k in range(first, stop):
        if tagged.marks[k] & _TOLD and k not in own:
            found.update(_TOLD_OF[tagged.tags[k]])
    for where, at in (("prev", number - 1), ("lead", 0 if number >= 2 else -1)):
        if at >= 0:
            found.update([f"{where}={value}" for value in article.telling(at)])


def _told_of(tags: Tags) -> tuple[str, ...]:
    events = [f"in={t.value}" for t in tags if t.tag == "event" and t.value in TELLING]
    return (*events, *(f"inw={t.value}" for t in tags if t.tag == "weapon"))


_TOLD_OF: Memo[Tags, tuple[str, ...]] = Memo(_told_of)


def certain_type(article: Article, heads: Sequence[Head]) -> str:
    """The sub-event type that a word or its object settles, whatever else is told; empty for none."""
    values = {v for h in heads for v in h.values}
    if values == {"fire"} and _at_a_town(article, heads[-1].stop):
        return "Shelling/artillery/missile attack"
    laid_down = article.tagged.lexicon.labels.get("laid_down", ())
    if values == {"destroy"} and any(h.lemma in laid_down for h in heads):
        return "Disrupted weapons use"
    return next((sub for value, sub in _CERTAIN.items() if value in values), "")


_CERTAIN = {"sexual": "Sexual violence", "chemical": "Chemical weapon"}
_PREP, _AIMED = mark("prep"), mark("class", "body", "person")


def _at_a_town(article: Article, at: int) -> bool:
    """Whether a town or village stands right behind the next preposition, and neither people nor a position."""
    marks, tags = article.tagged.marks, article.tagged.tags
    _, last = article.sentence(at - 1)
    prep = next((k for k in range(at, min(last, at + _NEAR_OBJECT)) if marks[k] & _PREP), None)
    if prep is None:
        return False
    behind = range(prep + 1, min(last, prep + 3))
    nouns = {
        f"{t.tag}.{t.value}"
        for k in behind
        if marks[k] & _AIMED
        for t in tags[k]
        if t.tag in ("class", "body", "person")
    }
    places = {article.named[m] for m in article.mentions_in(prep + 1, min(last, prep + 3))}
    return nouns <= {"class.settlement"} and bool(nouns or ("location", "settlement") in places)


#: Words between shooting and what it is aimed at: "heavily".
_NEAR_OBJECT = 4


_FIGHTS = frozenset({"clash", "attack", "shelling", "fire", "airstrike"})
#: How far before and behind its heads a sentence says that what they tell goes on, in tokens.
_ON_BEFORE, _ON_BEHIND = 2, 8


def goes_on(article: Article, heads: Sequence[Head]) -> bool:
    """Whether the heads tell a fight that is said to go on: "the attacks … continue"."""
    if not any(v in _FIGHTS for h in heads for v in h.values):
        return False
    first, stop = article.sentence(heads[0].first)
    near = range(max(first, heads[0].first - _ON_BEFORE), min(stop, heads[-1].stop + _ON_BEHIND))
    return any(article.tagged.has(k, "state", "continue") for k in near)


def group_heads(
    article: Article, heads: Sequence[Head], together: Sequence[float], threshold: float = 0.5
) -> list[list[int]]:
    """Indices of heads by event: neighbours of one sentence that the link model puts together.

    ``together[k]`` is the probability that head ``k`` tells the same event as head ``k - 1``.
    """
    groups: list[list[int]] = []
    sentence_of = article.tagged.tokens.sentence_of
    for k, head in enumerate(heads):
        near = bool(groups) and sentence_of[heads[k - 1].first] == sentence_of[head.first]
        apart = near and (_amid(article, heads[k - 1], head) or _days_later(article, heads[k - 1], head))
        if near and together[k] >= threshold and not apart:
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups


def _amid(article: Article, a: Head, b: Head) -> bool:
    """Whether the second is told as what goes on around the first: "called up its reserves amid clashes"."""
    return a.values != b.values and article.tagged.first("link", "amid", a.stop, b.first) is not None


def _days_later(article: Article, a: Head, b: Head) -> bool:
    """Whether the second is what the first is dated by: "a blast, two days after the troops came"."""
    return any(article.tagged.has(k, "time", "two_days_after") for k in range(a.stop, b.first))


def event_range(article: Article, group: Sequence[Head], before: int | None, after: int | None) -> tuple[int, int]:
    """Tokens of an event: the clauses of its heads and what they go on to list, not reaching into its neighbours."""
    first = _with_subject(article, group[0])
    stop = _past_list(article, _with_object(article, group[-1]), after)
    if before is not None and before > first:
        first = before
    if after is not None and after < stop:
        stop = after
    return first, stop


#: The longest aside, in tokens, that may stand inside a list.
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
    pronouns = article.tagged.lexicon.labels.get("aside_pronouns", ())
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
    if not _lacks_object(article, head, stop) or behind >= end or behind - stop > _LONG:
        return stop
    if any(marks[k] & _TOLD for k in range(stop, behind)) or not _counts_something(article, behind):
        return stop
    return article.clause(behind)[1]


#: Tokens behind a noun within which a colon leads to what it lists.
_NEAR = 4
_TOLD, _COUNTED = mark("event", "loss"), mark("weapon", "person")


def _lacks_object(article: Article, head: Head, stop: int) -> bool:
    """Whether nobody and nothing is counted between a verb of losing or destroying and the end of its clause."""
    if head.form not in _FINITE or not (_FATES | _WRECKS) & set(head.values):
        return False
    marks = article.tagged.marks
    things = _COUNTED if _FATES & set(head.values) else _THINGS
    return not any(
        marks[k] & (things | _NUMBER | DIGIT) and k not in _timed(article, head.stop, stop)
        for k in range(head.stop, stop)
    )


def _timed(article: Article, first: int, stop: int) -> set[int]:
    return {k for w in article.whens_in(first, stop) for k in range(w.first, w.stop)}


_WRECKS = frozenset({"shootdown", "destroy", "lose"})
_THINGS = mark("weapon")


def _counts_something(article: Article, at: int) -> bool:
    """Whether people or things stand at a token, counted or not, joined to nothing before."""
    marks = article.tagged.marks
    return bool(marks[at] & (_NUMBER | DIGIT | _COUNTED | _BOUND)) and not any(t.cut for t in article.tagged.tags[at])


_BOUND = mark("bound")


def _past_list(article: Article, stop: int, after: int | None) -> int:
    """Token behind the clauses that only go on counting: "4 helicopters, some of them new, and 10 tanks"."""
    marks, bound = article.tagged.marks, len(article.tagged.marks) if after is None else after
    _, end = article.sentence(stop - 1)
    at = stop
    while at < min(end, bound):
        clause_first, clause_stop = article.clause(at)
        aside = clause_stop - at <= _ASIDE and any(
            article.tagged.has(k, "link", "subset") for k in range(at, clause_stop)
        )
        if clause_first != at or not aside and any(marks[k] & _TELLS for k in range(at, clause_stop)):
            break
        if _goes_on_counting(article, at, clause_stop):
            stop = clause_stop
        elif clause_stop - at > _ASIDE:
            break
        at = clause_stop
    return stop


def _goes_on_counting(article: Article, at: int, stop: int) -> bool:
    """Whether a clause begins with "and" and a number, and counts things."""
    words, tagged = article.tagged.tokens.words, article.tagged
    conjunctions = tagged.lexicon.labels.get("conjunction_letters", "")
    lone = words[at] in tuple(conjunctions)
    number = at + 1 if lone else at
    if not lone and words[at][:1] not in tuple(conjunctions) or number >= stop:
        return False
    counts = tagged.marks[number] & (_NUMBER | DIGIT)
    return bool(counts) and any(tagged.marks[k] & _WEAPON for k in range(number, min(stop, number + 4)))
