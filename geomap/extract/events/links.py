"""Whether two heads of a sentence tell one event, and the groups that this makes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from geomap.extract.article import Article
from geomap.extract.denials.rumours import told_by_denial
from geomap.extract.events.deeds import deed_of, means_of
from geomap.extract.events.head_features import START
from geomap.extract.events.heads import Head, cuts_between
from geomap.linear import Features, Namer
from geomap.memo import Memo
from geomap.punctuation import COMMAS, SEMICOLONS
from geomap.tagging import DIGIT, Tags, mark

_BETWEEN = frozenset({"speech", "link", "scope", "time", "class", "organ", "state"})
_BETWEEN_MARKS = mark(*_BETWEEN)
_WEAPON, _NUMBER = mark("weapon"), mark("number") | DIGIT
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
    plain += _otherwise(article, a, b)
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


def _otherwise(article: Article, a: Head, b: Head) -> list[str]:
    """Whether two clauses tell of one place, one people and one means, or of others; how the second begins."""
    one, other = article.clause(a.first), article.clause(b.first)
    deeds = f"{_deed(a)}>{_deed(b)}"
    found = [f"dd={deeds}"]
    if one == other:
        return [*found, f"in={deeds}"]
    words = article.tagged.tokens.words
    found.append(f"ob={words[other[0]]}")
    for what, named in (("place", _places), ("people", _people), ("means", _means), ("number", _counts)):
        found.append(f"{what}={_compared(named(article, one), named(article, other))}")
    return found


def _compared(mine: set[str], others: set[str]) -> str:
    """Whether two clauses name the same or others, or only one of them, the second (+) or the first (-), anything."""
    if mine and others:
        return "same" if mine & others else "other"
    return "one+" if others else "one-" if mine else "none"


def _deed(head: Head) -> str:
    return "+".join(sorted({deed_of(v) for v in head.values}))


def _places(article: Article, clause: tuple[int, int]) -> set[str]:
    """Places where what a clause tells happened."""
    mentions = (article.mentions[m] for m in article.mentions_in(*clause))
    return {m.place.id for m in mentions if m.place and m.role == "location"}


def _people(article: Article, clause: tuple[int, int]) -> set[str]:
    """Countries of those whom a clause names."""
    mentions = (article.mentions[m] for m in article.mentions_in(*clause))
    return {str(m.place.country) for m in mentions if m.place and m.role in _SIDES}


def _means(article: Article, clause: tuple[int, int]) -> set[str]:
    """Kinds of means that a clause names."""
    tags, marks = article.tagged.tags, article.tagged.marks
    return {means_of(t.value) for k in range(*clause) if marks[k] & _WEAPON for t in tags[k] if t.tag == "weapon"}


def _counts(article: Article, clause: tuple[int, int]) -> set[str]:
    """Something where a clause counts anything: it does not matter how many."""
    marks = article.tagged.marks
    return {"number"} if any(marks[k] & _NUMBER for k in range(*clause)) else set()


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
        joined = near and (together[k] >= threshold or _is_object(article, heads[k - 1], head))
        if joined and not any(told_apart(article, heads[k - 1], head) for told_apart in _APART):
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups


def _is_object(article: Article, a: Head, b: Head) -> bool:
    """Whether the second is what the verb of the first fires, behind a long subject: "units in A opened, fire"."""
    if a.values != b.values or "fire" not in a.values or a.form not in ("past", "present") or b.form != "noun":
        return False
    first, _ = article.clause(b.first)
    return first == b.first and article.clause(a.first)[1] == first and a.stop - a.first == 1


def _amid(article: Article, a: Head, b: Head) -> bool:
    """Whether the second is told as what goes on around the first: "called up its reserves amid clashes"."""
    return a.values != b.values and article.tagged.first("link", "amid", a.stop, b.first) is not None


def _days_later(article: Article, a: Head, b: Head) -> bool:
    """Whether the second is what the first is dated by: "a blast, two days after the troops came"."""
    return article.tagged.first("time", "two_days_after", a.stop, b.first) is not None


_SPEECH, _SIDES = mark("speech"), frozenset({"actor", "nationality"})
_COUNTED = frozenset({"lose", "destroy"})


def _other_side_counts(article: Article, a: Head, b: Head) -> bool:
    """Whether the other side gives the losses: "Baku says it lost 31 men, while Yerevan speaks of 29 dead"."""
    if not all(v.startswith("loss-") or v in _COUNTED for v in b.values):
        return False
    if article.tagged.first("link", "contrast", a.stop, b.first) is None:
        return False
    one, other = _tellers(article, article.sentence(a.first)[0], a.first), _tellers(article, a.stop, b.first)
    return bool(one and other) and not one & other


def _tellers(article: Article, first: int, stop: int) -> set[str | None]:
    """Countries whose people are named among words of which some are of speech."""
    if not any(article.tagged.marks[k] & _SPEECH for k in range(first, stop)):
        return set()
    named = (article.mentions[m] for m in article.mentions_in(first, stop))
    return {m.place.country for m in named if m.place and m.role in _SIDES}


def _only_denied(article: Article, a: Head, b: Head) -> bool:
    """Whether the second is what only its denial tells, and the first is told before it: "lost ten men, but denied"."""
    return told_by_denial(article, b) and not told_by_denial(article, a)


#: What tells two heads apart, whatever the model says.
_APART = (_amid, _days_later, _other_side_counts, _only_denied)
