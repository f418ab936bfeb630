"""Whether two claims tell of one event: points for and against, the same whichever claim comes first.

What must hold (kind of event, dates, places) is asked first and rules most pairs out; then the sides, claimants,
figures, losses and wording add up.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from geomap.merge.evidence import Evidence, Link, link_of
from geomap.merge.facts import COUNTRYWIDE, FIGHTING, LOSSES, MEASURES, Facts
from geomap.merge.numbers import compare_casualties, compare_equipment, same_number
from geomap.merge.parties import share_party
from geomap.merge.places import Atlas, Kind
from geomap.merge.rule import MergeRule

#: Place relation -> rule and points.
_PLACES: Final[dict[Kind, tuple[str, float]]] = {
    "same point": ("same place", 2.5),
    "near": ("within max_km", 1.0),
    "same area": ("same place", 1.5),
    "line": ("along a line", 0.5),
    "area contains": ("area contains", 0.5),
    "same country": ("same country", 0.75),
    "country contains": ("scale differs", -1.0),
    "point in area": ("scale differs", -1.0),
}
#: A measure is its taker's: where in the country it was said is no evidence against it.
_MEASURE_PLACE = 0.75
_SAME_ARTICLE = -4.0
#: Texts of one language with less wording in common than this (Dice of their shingles) hardly tell of one event.
_FOREIGN, _FOREIGN_MEASURE = 0.08, 0.2


def compare(a: Facts, b: Facts, atlas: Atlas, rule: MergeRule) -> Link:
    """Score two claims; see MergeRule.threshold and floor for what the score means."""
    if b.order < a.order:
        a, b = b, a
    evidence: list[Evidence] = []
    for find in (_kind, _dates):
        found = find(a, b, rule)
        evidence.append(found)
        if found.veto:
            return link_of(evidence)
    found = _place(a, b, atlas)
    evidence.append(found)
    if found.veto:
        return link_of(evidence)
    evidence += _losers(a, b) if a.family == LOSSES else _sides(a, b)
    evidence += _scopes(a, b)
    evidence += compare_casualties(a, b)
    evidence += compare_equipment(a, b)
    evidence += _claimants(a, b)
    evidence += _wording(a, b)
    evidence += _article(a, b)
    return link_of(evidence)


def _kind(a: Facts, b: Facts, rule: MergeRule) -> Evidence:  # noqa: ARG001
    one, other = a.claim.sub_event_type, b.claim.sub_event_type
    if one == other:
        return Evidence("same type", 1.0, one)
    pair = (one, other)
    if a.family != b.family:
        return Evidence("different type", -5.0, pair, veto=True)
    at_point = a.at_point and b.at_point
    fighting = (one in FIGHTING) + (other in FIGHTING)
    if a.family == "violence" and fighting and not at_point:
        # Two kinds of fighting in one village are one fight seen by two; along a front they are two acts.
        return Evidence("different type", -3.0, pair, veto=True)
    if fighting == 1 and "Violence against civilians" not in (a.claim.event_type, b.claim.event_type):
        return Evidence("different type", -2.0, pair)
    return Evidence("similar type", -0.5 if at_point else -1.5, pair)


def _dates(a: Facts, b: Facts, rule: MergeRule) -> Evidence:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return Evidence("date unknown", 0.0)
    gap = max(a.first, b.first) - min(a.last, b.last)
    if gap > rule.max_days:
        return Evidence("dates apart", -5.0, _days(gap), veto=True)
    if gap > 0:
        return Evidence("dates apart", -2.5, _days(gap))
    span = _span(max(a.first, b.first), min(a.last, b.last))
    if a.vague or b.vague:
        return Evidence("one date vague", 0.3, span)
    same = (a.first, a.last) == (b.first, b.last)
    return Evidence("same dates", 1.5, span) if same else Evidence("date ranges overlap", 1.0, span)


def _days(gap: int) -> str:
    return f"{gap} day" if gap == 1 else f"{gap} days"


def _span(first: int, last: int) -> str:
    days = date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()
    return days[0] if first == last else "..".join(days)


def _place(a: Facts, b: Facts, atlas: Atlas) -> Evidence:
    relation = atlas.relate_all(a.places, b.places)
    measure = a.family in MEASURES
    if relation is None:
        return Evidence("place missing", 0.0 if measure else -1.0)
    one, other = relation.names
    where = one if one == other else (one, other)
    if relation.kind == "apart":
        if a.claim.sub_event_type == b.claim.sub_event_type == COUNTRYWIDE and relation.one_country:
            return Evidence("places of one country", -1.0, where)
        return Evidence("places apart", -5.0, where, veto=True)
    rule, points = _PLACES[relation.kind]
    detail = f"{relation.km:.1f} km" if relation.kind == "near" else where
    return Evidence(rule, _MEASURE_PLACE if measure else points, detail)


def _losers(a: Facts, b: Facts) -> list[Evidence]:
    """Equipment losses are the same where the same side lost it, whoever takes the credit."""
    if not (a.losers and b.losers):
        return []
    shared = share_party(a.losers, b.losers)
    names = tuple(sorted(a.losers | b.losers))
    return [Evidence("same loser", 1.5, names) if shared else Evidence("different losers", -5.0, names, veto=True)]


def _sides(a: Facts, b: Facts) -> list[Evidence]:
    if not (a.actors and b.actors):
        return []
    actors, targets = share_party(a.actors, b.actors), share_party(a.targets, b.targets)
    if not actors and share_party(a.actors, b.targets) and share_party(b.actors, a.targets):
        return [Evidence("roles reversed", -2.5)]
    if not actors:
        measure = a.claim.event_type == "Strategic developments"
        # Witnesses may blame different parties for what one target suffered.
        return [Evidence("different actors", -5.0 if measure else -0.5 if targets else -1.5, veto=measure)]
    one_way = [bool(f.targets) for f in (a, b)]
    if a.claim.sub_event_type in FIGHTING and one_way[0] != one_way[1]:
        # One side's attack is part of the clash of both, but says less.
        return [Evidence("shared actors", 0.25, _names(a.actors, b.actors))]
    both = len(a.actors) > 1 and len(b.actors) > 1
    if both and not any(one_way) and all(share_party(frozenset({x}), b.actors) for x in a.actors):
        return [Evidence("shared sides", 1.0)]
    found = [Evidence("shared actors", 1.0, _names(a.actors, b.actors))]
    return [*found, Evidence("shared targets", 0.5, _names(a.targets, b.targets))] if targets else found


def _names(a: frozenset[str], b: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(a & b or a | b))


def _scopes(a: Facts, b: Facts) -> list[Evidence]:
    """The fighting at large and what is told of a part of it are two things, though the part is in the whole."""
    if a.claim.sub_event_type not in FIGHTING or (a.at_point and b.at_point):
        return []
    scopes = {a.scope, b.scope}
    if scopes == {"whole"}:
        return [Evidence("running totals", 1.5)]
    if scopes in ({"whole", "overview"}, {"overview"}):
        return [Evidence("running totals", 0.5)]
    if "whole" in scopes and "episode" in scopes:
        return [] if same_number(a.claim, b.claim) else [Evidence("total and episode", -4.0)]
    quiet = a if a.scope == "open" else b
    if scopes in ({"open", "whole"}, {"open", "overview"}) and quiet.targets:
        return [Evidence("total and act", -1.0)]
    return []


def _claimants(a: Facts, b: Facts) -> list[Evidence]:
    one, other = frozenset(a.claim.reported_by), frozenset(b.claim.reported_by)
    if not (one and other) or a.claim.document_id == b.claim.document_id:
        return []
    if share_party(one, other):
        return [Evidence("same claimant", 0.5, _names(one, other))]
    return [Evidence("different claimants", 0.0, _names(one, other))]


def _wording(a: Facts, b: Facts) -> list[Evidence]:
    if not (a.shingles and b.shingles):
        return []
    dice = 2 * len(a.shingles & b.shingles) / (len(a.shingles) + len(b.shingles))
    # Any two reports of a war share words; other languages share none, which says nothing.
    points = min(1.5, 2 * (dice - 0.15))
    language = a.claim.source.language
    # The sub-types of measures are catch-alls: only the words tell a curfew from a call-up.
    least = _FOREIGN_MEASURE if a.family in MEASURES else _FOREIGN
    if dice < least and language and language == b.claim.source.language:
        return [Evidence("other wording", -0.5, f"{dice:.0%}")]
    return [Evidence("same wording", points, f"{dice:.0%}")] if points > 0 else []


def _article(a: Facts, b: Facts) -> list[Evidence]:
    """An article tells an event once, save for tolls of the fighting at large and for a figure it repeats."""
    if a.claim.document_id != b.claim.document_id:
        return []
    scopes = {a.scope, b.scope}
    tolls = "whole" in scopes and scopes <= {"whole", "overview"} and a.claim.sub_event_type in FIGHTING
    again = a.at_point and set(a.places) == set(b.places) and same_number(a.claim, b.claim)
    return [] if tolls or again else [Evidence("same article", _SAME_ARTICLE)]
