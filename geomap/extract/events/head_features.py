"""The features by which a model keeps or drops the words that may tell an event."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence

from geomap.extract.article import Article
from geomap.extract.denials.rumours import rumoured
from geomap.extract.events.heads import Head
from geomap.linear import Features, Namer
from geomap.memo import Memo
from geomap.tagging import Tag, Tags, mark

_LOOK = frozenset(
    "scope speech weapon person organ time state link class prep number bound party event loss hint".split()
)
_LOOKED = mark(*_LOOK)
_TIED = mark("scope", "speech", "state")


def head_features(article: Article, heads: Sequence[Head], j: int, view: tuple[str, ...]) -> Features:
    """The features that hold for head ``j``."""
    i, stop, values, lemma, form = heads[j]
    words, tags, marks = article.tagged.tokens.words, article.tagged.tags, article.tagged.marks
    first, last = article.sentence(i)
    main = "+".join(values)
    p1 = words[i - 1] if i > first else "^"
    p2 = words[i - 2] if i - 1 > first else "^"
    n1 = words[stop] if stop < last else "$"
    n2 = words[stop + 1] if stop + 1 < last else "$"
    middle, right = max(first, i - 3), min(last, stop + 3)
    one: list[tuple[Namer, Hashable]] = [
        (_itself, (lemma, main, form)),
        (_before, (p1, main)),
        (_behind, (n1, main)),
        (_sentence, min(5, article.tagged.tokens.sentence_of[i])),
        (_opening, (words[first], tags[first])),
    ]
    for k in range(max(first, i - 7), i):
        if marks[k] & _TIED:
            one.append((_left_form, (tags[k], "L" if k >= i - 3 else "LL", form)))
    for k in range(stop, right):
        if marks[k] & _LOOKED:
            one.append((_right, (tags[k], main)))
    each: list[tuple[Namer, Iterable[Hashable]]] = [
        (_VIEW_AND[form], view[:12]),
        (_stem_left, article.stems[max(first, i - 10) : i]),
        (_stem_right, article.stems[stop : min(last, stop + 8)]),
        (_left, tags[middle:i]),
        (_far_left, tags[max(first, i - 7) : middle]),
        (_far_right, tags[right : min(last, stop + 7)]),
    ]
    c_first, c_last = article.clause(i)
    _scopes(each, article, c_first, i, first, last)
    one.append((_times, tuple([(label, c_first <= k < c_last) for k, label in article.times if first <= k < last])))
    one += _places(article, first, last, c_first, c_last, main)
    near = article.stems[max(first, i - _WIDE) : min(last, stop + _WIDE)]
    each.append((by_start, {stem[:START] for stem in near if len(stem) > START}))
    setting = article.setting(article.tagged.tokens.sentence_of[i], heads)
    beside = [*_neighbours(article, heads, j), *_denied(article, heads[j], main)]
    return Features(one, each, [*view[12:], *setting, *beside, f"p21={p2} {p1}", f"n12={n1} {n2}"])


def _denied(article: Article, head: Head, main: str) -> list[str]:
    """Whether a head stands in the denial of what others tell, and whether that is the first to name its place."""
    found = rumoured(article, head)
    return [f"rumour={found}", f"rumour={found}|{main}"] if found else []


#: How far around a head the beginnings of words are features, and how many letters they have: words of one root
#: mostly share them, so that what one was seen with counts for the others.
_WIDE, START = 12, 4


def by_start(letters: str) -> list[str]:
    """The beginning of a word as a feature."""
    return [f"w4={letters}"]


def _neighbours(article: Article, heads: Sequence[Head], j: int) -> list[str]:
    """The heads before and behind in the same sentence, by what they tell and by their form."""
    sentence_of, head = article.tagged.tokens.sentence_of, heads[j]
    found = []
    for where, k in (("hb", j - 1), ("ha", j + 1)):
        if not 0 <= k < len(heads) or sentence_of[heads[k].first] != sentence_of[head.first]:
            found.append(f"{where}=none")
            continue
        other = heads[k]
        found.append(f"{where}={'+'.join(other.values)}|{'+'.join(head.values)}")
        found.append(f"{where}f={other.form}|{head.form}")
    return found


def _itself(at: tuple[str, str, str]) -> list[str]:
    lemma, main, form = at
    return ["b", f"h={lemma}", f"v={main}", f"v={main}|{form}", f"form={form}"]


def _before(at: tuple[str, str]) -> list[str]:
    return [f"p1={at[0]}", f"p1={at[0]}|{at[1]}"]


def _behind(at: tuple[str, str]) -> list[str]:
    return [f"n1={at[0]}", f"n1={at[0]}|{at[1]}"]


def _view_and(form: str) -> Namer:
    """Names a feature of the sentence, and the same with the form of the head."""
    return lambda feature: (feature, f"{feature}|{form}")


#: One namer for each form, as hardly two sentences tell the same as a whole.
_VIEW_AND: Memo[str, Namer] = Memo(_view_and)


def _sentence(number: int) -> list[str]:
    return [f"sent={number}"]


def _opening(at: tuple[str, Tags]) -> list[str]:
    return [*(f"S1={t.tag}.{t.value}" for t in at[1]), f"S1w={at[0]}"]


def _stem_left(stem: str) -> list[str]:
    return [f"xl={stem}"] if stem else []


def _stem_right(stem: str) -> list[str]:
    return [f"xr={stem}"] if stem else []


def _left(tags: Tags) -> list[str]:
    return [f"L={t.tag}.{t.value}" for t in tags if t.tag in _LOOK]


def _far_left(tags: Tags) -> list[str]:
    return [f"LL={t.tag}.{t.value}" for t in tags if t.tag in _LOOK]


def _left_form(at: tuple[Tags, str, str]) -> list[str]:
    return [f"{at[1]}={t.tag}.{t.value}|{at[2]}" for t in at[0] if t.tag in ("scope", "speech", "state")]


def _right(at: tuple[Tags, str]) -> list[str]:
    found = [f"R={t.tag}.{t.value}" for t in at[0] if t.tag in _LOOK]
    return found + [f"{f}|{at[1]}" for f in found]


def _far_right(tags: Tags) -> list[str]:
    return [f"RR={t.tag}.{t.value}" for t in tags if t.tag in _LOOK]


def _scopes(
    each: list[tuple[Namer, Iterable[Hashable]]], article: Article, c_first: int, i: int, first: int, last: int
) -> None:
    """What opens the clause and the sentence before the head, and what stands behind it."""
    scoped, tags = article.scoped, article.tagged.tags
    begin, end = bisect_left(scoped, first), bisect_left(scoped, last)
    if begin == end:
        return
    here = bisect_left(scoped, i, begin, end)
    each.append((_scope_before, [tags[k] for k in scoped[begin:here]]))
    each.append((_scope_in_clause, [tags[k] for k in scoped[begin:here] if k >= c_first]))
    each.append((_scope_behind, [tags[k] for k in scoped[here:end] if k > i]))


def _scope_before(tags: Tags) -> list[str]:
    return [f"B={t.tag}.{t.value}" for t in tags if _is_scope(t)]


def _scope_in_clause(tags: Tags) -> list[str]:
    return [f"C={t.tag}.{t.value}" for t in tags if _is_scope(t)]


def _scope_behind(tags: Tags) -> list[str]:
    return [f"A={t.tag}.{t.value}" for t in tags if _is_scope(t)]


def _is_scope(t: Tag) -> bool:
    return t.tag in ("scope", "speech") and t.value != "say"


def _times(labels: tuple[tuple[str, bool], ...]) -> list[str]:
    if not labels:
        return ["t=none"]
    return [f"t={label}" for label, _ in labels] + [f"tc={label}" for label, inside in labels if inside]


def _places(
    article: Article, first: int, last: int, c_first: int, c_last: int, main: str
) -> list[tuple[Namer, Hashable]]:
    """Roles and kinds of the places named in the clause (c) and in the rest of the sentence (s)."""
    mentions, at = article.named, article.mention_first
    named = frozenset(
        [("c" if c_first <= at[m] < c_last else "s", *mentions[m]) for m in article.mentions_in(first, last)]
    )
    return [(_roles, named), (_clause_roles, (_of_clause(named), main))]


def _roles(named: frozenset[tuple[str, str, str]]) -> list[str]:
    roles = {f"m{near}={role}" for near, role, _ in named} | {f"m{near}={role}.{kind}" for near, role, kind in named}
    return [*sorted(roles), *([] if "location" in _of_clause(named) else ["mc=no-location"])]


def _clause_roles(at: tuple[frozenset[str], str]) -> list[str]:
    roles, main = at
    return [f"mc={role}|{main}" for role in sorted(roles | (set() if "location" in roles else {"no-location"}))]


def _of_clause(named: frozenset[tuple[str, str, str]]) -> frozenset[str]:
    return frozenset([role for near, role, _ in named if near == "c"])
