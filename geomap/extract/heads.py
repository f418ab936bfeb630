"""Words that may tell an event: the heads, and the features by which a model keeps or drops them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.dates import When
from geomap.geoparse.roles import time_label
from geomap.model import Mention
from geomap.tagging import Tag, Tagged


class Head(NamedTuple):
    """A word or phrase that can tell an event: tokens ``first`` to ``stop`` and what it may mean."""

    first: int
    stop: int
    values: tuple[str, ...]
    lemma: str
    form: str


@dataclass(frozen=True, slots=True)
class Article:
    """One document as the extraction sees it: tagged tokens, placed mentions, times, all by token."""

    tagged: Tagged
    mentions: Sequence[Mention]
    mention_first: list[int]
    mention_stop: list[int]
    whens: list[When]
    published: date | None
    clause_of: list[int]
    clauses: list[tuple[int, int]]

    def mentions_in(self, first: int, stop: int) -> range:
        """Indices of mentions that begin in a token range."""
        return range(bisect_left(self.mention_first, first), bisect_left(self.mention_first, stop))

    def whens_in(self, first: int, stop: int) -> list[When]:
        """Time expressions that begin in a token range."""
        return [w for w in self.whens if first <= w.first < stop]

    def sentence(self, i: int) -> tuple[int, int]:
        """Token range of the sentence of token ``i``."""
        return self.tagged.tokens.sentences[self.tagged.tokens.sentence_of[i]]

    def clause(self, i: int) -> tuple[int, int]:
        """Token range of the clause of token ``i``."""
        return self.clauses[self.clause_of[i]]


_HEAD_TAGS = frozenset({"event", "loss"})
_WEAK = frozenset({"toll"})


def find_heads(tagged: Tagged) -> list[Head]:
    """Heads in order; a phrase hides the words inside it."""
    found: list[Head] = []
    i, count = 0, len(tagged.tags)
    while i < count:
        mine = [t for t in tagged.tags[i] if t.tag in _HEAD_TAGS]
        if not mine:
            i += 1
            continue
        width = max(t.width for t in mine)
        mine = [t for t in mine if t.width == width] if width > 1 else mine
        found.append(Head(i, i + width, tuple(sorted({_value(t) for t in mine})), mine[0].lemma, mine[0].form))
        i += width
    return found


def _value(t: Tag) -> str:
    return t.value if t.tag == "event" else f"loss-{t.value}"


_BREAKS = frozenset(',،:()-"')


def cut_clauses(tagged: Tagged) -> tuple[list[int], list[tuple[int, int]]]:
    """Cut sentences into clauses at commas, colons, brackets and words of contrast or addition."""
    clause_of = [0] * len(tagged.tags)
    clauses: list[tuple[int, int]] = []
    for first, stop in tagged.tokens.sentences:
        begin = first
        for i in range(first, stop):
            if i > begin and _opens(tagged, i):
                clauses.append((begin, i))
                begin = i
        clauses.append((begin, stop))
    for number, (first, stop) in enumerate(clauses):
        for i in range(first, stop):
            clause_of[i] = number
    return clause_of, clauses


def _opens(tagged: Tagged, i: int) -> bool:
    word = tagged.tokens.words[i]
    if tagged.tokens.words[i - 1] in ",،:؛":
        return True
    return word in "(" or any(t.tag == "link" and t.value == "contrast" for t in tagged.tags[i])


_LOOK = frozenset(
    {
        "scope",
        "speech",
        "weapon",
        "person",
        "organ",
        "time",
        "state",
        "link",
        "class",
        "prep",
        "number",
        "bound",
        "party",
        "event",
        "loss",
        "hint",
    }
)


def head_features(article: Article, heads: Sequence[Head], j: int, view: tuple[str, ...]) -> list[str]:
    """Names of the features that hold for head ``j``."""
    head = heads[j]
    tagged, words, tags = article.tagged, article.tagged.tokens.words, article.tagged.tags
    i, stop = head.first, head.stop
    first, last = article.sentence(i)
    c_first, c_last = article.clause(i)
    main = "+".join(head.values)
    out = ["b", f"h={head.lemma}", f"v={main}", f"v={main}|{head.form}", f"form={head.form}"]
    p1 = words[i - 1] if i > first else "^"
    p2 = words[i - 2] if i - 1 > first else "^"
    n1 = words[stop] if stop < last else "$"
    n2 = words[stop + 1] if stop + 1 < last else "$"
    out += (f"p1={p1}", f"p21={p2} {p1}", f"n1={n1}", f"n1={n1}|{main}", f"p1={p1}|{main}", f"n12={n1} {n2}")
    for k in range(max(first, i - 10), min(last, stop + 8)):
        if not i <= k < stop and len(words[k]) > 2:
            out.append(f"{'xl' if k < i else 'xr'}={light_stem(tagged, k)}")
    for k in range(max(first, i - 7), i):
        near = "L" if i - k <= 3 else "LL"
        for t in tags[k]:
            if t.tag in _LOOK:
                out.append(f"{near}={t.tag}.{t.value}")
                if t.tag in ("scope", "speech", "state"):
                    out.append(f"{near}={t.tag}.{t.value}|{head.form}")
    for k in range(stop, min(last, stop + 7)):
        near = "R" if k - stop < 3 else "RR"
        for t in tags[k]:
            if t.tag in _LOOK:
                out.append(f"{near}={t.tag}.{t.value}")
                if near == "R":
                    out.append(f"R={t.tag}.{t.value}|{main}")
    _scopes(out, article, c_first, i, first, last)
    _times(out, article, first, last, c_first, c_last)
    _places(out, article, first, last, c_first, c_last, main)
    out += view
    out += [f"{f}|{head.form}" for f in view[:12]]
    out.append(f"sent={min(5, tagged.tokens.sentence_of[i])}")
    return out


def _scopes(out: list[str], article: Article, c_first: int, i: int, first: int, last: int) -> None:
    """What opens the clause and the sentence before the head."""
    tags = article.tagged.tags
    for k in range(first, i):
        for t in tags[k]:
            if t.tag in ("scope", "speech") and t.value not in ("say",):
                out.append(f"B={t.tag}.{t.value}")
                if k >= c_first:
                    out.append(f"C={t.tag}.{t.value}")
    for k in range(i + 1, last):
        for t in tags[k]:
            if t.tag in ("scope", "speech") and t.value not in ("say",):
                out.append(f"A={t.tag}.{t.value}")
    for t in tags[first]:
        out.append(f"S1={t.tag}.{t.value}")
    out.append(f"S1w={article.tagged.tokens.words[first]}")


def _times(out: list[str], article: Article, first: int, last: int, c_first: int, c_last: int) -> None:
    whens = article.whens_in(first, last)
    if not whens:
        out.append("t=none")
    for when in whens:
        label = time_label(when, article.published)
        out.append(f"t={label}")
        if c_first <= when.first < c_last:
            out.append(f"tc={label}")


def _places(out: list[str], article: Article, first: int, last: int, c_first: int, c_last: int, main: str) -> None:
    roles: set[str] = set()
    for m in article.mentions_in(first, last):
        mention = article.mentions[m]
        near = "c" if c_first <= article.mention_first[m] < c_last else "s"
        feature = feature_of(mention.place.feature_code) if mention.place else "?"
        roles.add(f"m{near}={mention.role}")
        roles.add(f"m{near}={mention.role}.{feature}")
    if not any(r.startswith("mc=location") for r in roles):
        roles.add("mc=no-location")
    out += sorted(roles)
    out += [f"{r}|{main}" for r in sorted(roles) if r.startswith("mc=") and "." not in r]


def light_stem(tagged: Tagged, k: int) -> str:
    """A word without its clitics, for words that no lexicon has too."""
    word = tagged.tokens.words[k]
    tags = tagged.tags[k]
    if tags:
        return word[tags[0].cut :]
    memo = _STEMS
    found = memo.get(word)
    if found is None:
        cuts = [
            len(c)
            for c in tagged.lexicon.labels.get("light_clitics", ())
            if word.startswith(c) and len(word) - len(c) >= 3
        ]
        if len(memo) > 200_000:
            memo.clear()
        found = memo[word] = word[max(cuts, default=0) :]
    return found


_STEMS: dict[str, str] = {}


def cuts_between(article: Article, a: Head, b: Head) -> tuple[int, int]:
    """Number of clause borders and of mentions between two heads."""
    clauses = article.clause_of[b.first] - article.clause_of[a.stop - 1]
    inside = bisect_right(article.mention_first, b.first) - bisect_right(article.mention_first, a.first)
    return clauses, inside
