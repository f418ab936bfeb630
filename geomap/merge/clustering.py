"""Pairs that link become incidents, the surest first; a claim joins only where it fits every claim already there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.merge.blocking import candidates
from geomap.merge.evidence import Link
from geomap.merge.facts import Facts
from geomap.merge.places import Atlas
from geomap.merge.rule import MergeRule
from geomap.merge.scoring import bridged, compare


class Join(NamedTuple):
    """A link that brought two groups of claims together, by the claims' indices."""

    link: Link
    one: int
    other: int


class Group(NamedTuple):
    """The indices of the claims of one incident, in order, and the links that joined them."""

    members: tuple[int, ...]
    joins: tuple[Join, ...]


def cluster(facts: Sequence[Facts], atlas: Atlas, rule: MergeRule) -> list[Group]:
    """Group claims; ``facts`` must be in their own order, which breaks ties.

    Every two claims of a group score at least ``rule.floor`` and nothing rules them out, so that a group never grows
    past the limits from link to link; two days of one fight may be held together by a claim of both. As scores are of
    pairs alone, a group's claims by themselves form it again.
    """
    links: dict[tuple[int, int], Link] = {}
    joins = []
    for pair in candidates(facts, atlas, rule):
        link = compare(facts[pair[0]], facts[pair[1]], atlas, rule)
        if not link.veto:
            links[pair] = link
            if link.score >= rule.threshold:
                joins.append(Join(link, *pair))
    joins.sort(key=lambda j: (-j.link.score, j.one, j.other))
    groups: dict[int, Group] = {}
    refused: set[tuple[int, int]] = set()

    def fit(a: int, b: int, members: Sequence[int]) -> bool:
        pair = (a, b) if a < b else (b, a)
        link = links.get(pair)
        if link is None:
            link = links[pair] = compare(facts[pair[0]], facts[pair[1]], atlas, rule)
        if link.veto or link.score >= rule.floor:
            return not link.veto
        return bridged(facts[a], facts[b], link, (facts[i] for i in members)) >= rule.floor

    for join in joins:
        one, other = (groups.get(i) or Group((i,), ()) for i in (join.one, join.other))
        heads = min(one.members[0], other.members[0]), max(one.members[0], other.members[0])
        if heads[0] == heads[1] or heads in refused:
            continue
        members = tuple(sorted(one.members + other.members))
        if not all(fit(a, b, members) for a in one.members for b in other.members):
            refused.add(heads)
            continue
        merged = Group(members, (*one.joins, *other.joins, join))
        groups.update(dict.fromkeys(merged.members, merged))
    found = (groups.get(i) or Group((i,), ()) for i in range(len(facts)))
    return [group for i, group in enumerate(found) if group.members[0] == i]
