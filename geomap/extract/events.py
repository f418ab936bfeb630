"""Heads become events: kept or dropped, grouped where they tell one event, typed. Three small models decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.extract.heads import Article, Head, cuts_between, light_stem
from geomap.extract.subtypes import by_rule


class Event(NamedTuple):
    """Heads that tell one event, its sub-event type, and the probabilities that it is one and is of this type."""

    heads: tuple[Head, ...]
    first: int
    stop: int
    sub_event_type: str
    p_event: float
    p_type: float


_BETWEEN = frozenset({"speech", "link", "scope", "time", "class", "organ", "state"})


def link_features(article: Article, a: Head, b: Head) -> list[str]:
    """Give the features by which two neighbouring heads of one sentence tell one event or two."""
    tagged = article.tagged
    words, tags = tagged.tokens.words, tagged.tags
    clauses, mentions = cuts_between(article, a, b)
    va, vb = "+".join(a.values), "+".join(b.values)
    out = ["b", f"c={min(clauses, 4)}", f"m={min(mentions, 4)}", f"d={min(6, (b.first - a.stop) // 4)}"]
    out += (f"va={va}", f"vb={vb}", f"va|vb={va}|{vb}", f"fa={a.form}", f"fb={b.form}", f"f={a.form}|{b.form}")
    out += (f"vb={vb}|c={min(clauses, 2)}", f"la={a.lemma}", f"lb={b.lemma}")
    seen: set[str] = set()
    for k in range(a.stop, b.first):
        for t in tags[k]:
            if t.tag in _BETWEEN:
                seen.add(f"x={t.tag}.{t.value}")
        if words[k] in ",،:;؛.-":
            seen.add(f"x={words[k]}")
    out += sorted(seen)
    out += [f"{x}|{vb}" for x in sorted(seen) if x.startswith(("x=link", "x=speech"))]
    if b.first > a.stop:
        out.append(f"pb={words[b.first - 1]}")
    clitic = _clitic(article, b)
    out += (f"clb={clitic}", f"clb={clitic}|{b.form}", f"clb={clitic}|{vb}")
    roles = sorted({article.mentions[m].role for m in article.mentions_in(a.stop, b.first)})
    out += [f"mr={r}" for r in roles]
    out += [f"tm={w.kind}" for w in article.whens_in(a.stop, b.first)]
    return out


def _clitic(article: Article, head: Head) -> str:
    cut = max((t.cut for t in article.tagged.tags[head.first]), default=0)
    return article.tagged.tokens.words[head.first][:cut]


_TYPE_TAGS = frozenset({"weapon", "person", "organ", "party", "class", "scope", "state", "link", "body", "speech"})


def type_features(article: Article, heads: Sequence[Head], first: int, stop: int) -> list[str]:
    """Features of one event over its tokens ``first`` to ``stop``."""
    tagged = article.tagged
    out = ["b"]
    values = sorted({v for h in heads for v in h.values})
    out += [f"v={v}" for v in values]
    out += [f"h={lemma}" for lemma in sorted({h.lemma for h in heads})]
    out.append("v1=" + "+".join(heads[0].values))
    out.append("v*=" + "|".join(values[:4]))
    named: dict[str, set[str]] = {"weapon": set(), "person": set(), "class": set(), "organ": set()}
    seen: set[str] = set()
    for k in range(first, stop):
        word = tagged.tokens.words[k]
        if len(word) > 2 and not any(t.tag in ("prep", "link", "number", "time") for t in tagged.tags[k]):
            seen.add(f"x={light_stem(tagged, k)}")
        for t in tagged.tags[k]:
            if t.tag in named:
                named[t.tag].add(t.value)
            if t.tag in _TYPE_TAGS:
                seen.add(f"w={t.tag}.{t.value}")
                if t.tag in ("weapon", "person"):
                    seen.add(f"wl={t.lemma}")
    for h in heads:
        for k in range(h.stop, min(stop, h.stop + 4)):
            for t in tagged.tags[k]:
                if t.tag in ("weapon", "class", "person", "body", "party", "organ"):
                    seen.add(f"o={'+'.join(h.values)}>{t.tag}.{t.value}")
        nxt = tagged.tokens.words[h.stop] if h.stop < stop else "$"
        seen.add(f"n={h.lemma}>{nxt}")
    rule = by_rule(frozenset(values), named["weapon"], named["person"], named["class"], non_state=False)
    out += (f"rule={rule}", f"rule={rule}|{'+'.join(heads[0].values)}")
    out += [f"rule={rule}|w={weapon}" for weapon in sorted(named["weapon"])]
    out += [f"rule={rule}|p={person}" for person in sorted(named["person"])]
    seen |= _context(article, heads)
    for m in article.mentions_in(first, stop):
        mention = article.mentions[m]
        feature = feature_of(mention.place.feature_code) if mention.place else "?"
        seen.add(f"m={mention.role}.{feature}")
        if mention.role == "nationality" and mention.place:
            seen.add(f"nat={mention.place.country}")
    return out + sorted(seen)


_TELLING = frozenset(
    "shelling airstrike attack clash fire explosion mine capture shootdown destroy raid "
    "protest mobilise agree displace arrest abduct deploy".split()
)


def _context(article: Article, heads: Sequence[Head]) -> set[str]:
    """What the rest of the sentence, the sentence before and the lead tell."""
    sentences, sentence_of = article.tagged.tokens.sentences, article.tagged.tokens.sentence_of
    number = sentence_of[heads[0].first]
    own = {k for h in heads for k in range(h.first, h.stop)}
    found: set[str] = set()
    for where, at in (("in", number), ("prev", number - 1), ("lead", 0)):
        if at < 0 or where == "lead" and number < 2:
            continue
        for k in range(*sentences[at]):
            if k in own:
                continue
            for t in article.tagged.tags[k]:
                if t.tag == "event" and t.value in _TELLING:
                    found.add(f"{where}={t.value}")
                elif t.tag == "weapon" and where == "in":
                    found.add(f"inw={t.value}")
    return found


def certain_type(heads: Sequence[Head]) -> str:
    """The sub-event type that one word settles, whatever else is told; empty for none."""
    values = {v for h in heads for v in h.values}
    return next((sub for value, sub in _CERTAIN.items() if value in values), "")


_CERTAIN = {"sexual": "Sexual violence", "chemical": "Chemical weapon"}


def group_heads(
    article: Article, heads: Sequence[Head], together: Sequence[float], threshold: float = 0.5
) -> list[list[int]]:
    """Indices of heads by event: neighbours of one sentence that the link model puts together.

    ``together[k]`` is the probability that head ``k`` tells the same event as head ``k - 1``.
    """
    groups: list[list[int]] = []
    sentence_of = article.tagged.tokens.sentence_of
    for k, head in enumerate(heads):
        if groups and sentence_of[heads[k - 1].first] == sentence_of[head.first] and together[k] >= threshold:
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups


def event_range(article: Article, group: Sequence[Head], before: int | None, after: int | None) -> tuple[int, int]:
    """Tokens of an event: the clauses of its heads, not reaching into those of the events beside it."""
    first, _ = article.clause(group[0].first)
    _, stop = article.clause(group[-1].stop - 1)
    if before is not None and before > first:
        first = before
    if after is not None and after < stop:
        stop = after
    return first, stop
