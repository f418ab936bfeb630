"""Whether two claims tell of one event: points for and against, the same whichever claim comes first.

What must hold (kind of event, dates, places) is asked first and rules most pairs out; then the sides, claimants,
figures, losses and wording add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from geomap.merge.accounts import clash_at_large, goes_on, told_again, told_next_day, two_accounts
from geomap.merge.evidence import Evidence, Link, link_of
from geomap.merge.facts import COUNTRYWIDE, FIGHTING, LOSSES, MEASURES, Facts
from geomap.merge.numbers import compare_casualties, compare_equipment, contradict, same_figures, same_number
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
#: A line and the area along it, where one of the two is only named nearby.
_TAKEN_OVER_LINE = 1.0
_SAME_ARTICLE = -4.0
_TOLD_AGAIN = 1.0
#: Dates that agree only in part.
_LOOSE = 0.5
#: Findings of days that do not meet.
_GAPS: Final = frozenset({"dates apart", "told next day"})
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
    evidence += _article(a, b, found)
    return link_of(evidence)


def _kind(a: Facts, b: Facts, rule: MergeRule) -> Evidence:  # noqa: ARG001
    one, other = a.claim.sub_event_type, b.claim.sub_event_type
    if a.measures and b.measures and not a.measures & b.measures:
        return Evidence("different measure", -5.0, (*sorted(a.measures), *sorted(b.measures)), veto=True)
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
        if told_next_day(a, b):
            return Evidence("told next day", -1.0, _days(gap))
        return Evidence("dates apart", -2.5, _days(gap))
    span = _span(max(a.first, b.first), min(a.last, b.last))
    if a.vague or b.vague:
        return Evidence("one date vague", 0.3, span)
    same = (a.first, a.last) == (b.first, b.last)
    if same:
        return Evidence("same dates", 1.5, span)
    # Fighting lasts, a decree has one day: that of the paper says little of it.
    loose = a.family == COUNTRYWIDE and (a.soft or b.soft)
    return Evidence("date ranges overlap", _LOOSE if loose else 1.0, span)


def bridged(a: Facts, b: Facts, link: Link, between: Iterable[Facts]) -> float:
    """The score of a pair where a third claim of the incident tells of fighting that lasted over both their days."""
    if not clash_at_large(a, b):
        return link.score
    first, last = min(a.first or 0, b.first or 0), max(a.last or 0, b.last or 0)
    if not any(not f.vague and (f.first or last) <= first and last <= (f.last or 0) for f in between):
        return link.score
    return max([link.score, *(link.score - e.points + _LOOSE for e in link.evidence if e.rule in _GAPS)])


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
    if relation.kind == "line" and (a.taken_over or b.taken_over):
        # Which of the names around stands nearest says little.
        points = _TAKEN_OVER_LINE
    detail = f"{relation.km:.1f} km" if relation.kind == "near" else where
    return Evidence(rule, _MEASURE_PLACE if measure else points, detail)


def _losers(a: Facts, b: Facts) -> list[Evidence]:
    """Equipment losses are the same where the same side lost it, whoever takes the credit."""
    if not (a.losers and b.losers):
        if all(f.losers or f.claim.equipment for f in (a, b)):
            return []
        # What falls on one village in one day is hardly two; along a front much falls.
        return [Evidence("losses unknown", -1.0 if a.at_point and b.at_point else -2.0)]
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
        if two_accounts(a, b):
            joint = any(c.side == "both" for f in (a, b) for c in f.claim.casualties)
            shared = joint or share_party(a.involved, b.involved) or goes_on(a, b)
            return [Evidence("two accounts", 0.0 if shared else -0.75, _names(a.actors, b.actors))]
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
        # Who says little of the fight may well leave out "so far".
        points = -2.0 if a.half_told and b.half_told else -4.0
        return [] if same_number(a.claim, b.claim) else [Evidence("total and episode", points)]
    if len(scopes) == 2 and "act" in scopes:
        return [Evidence("total and act", -1.0)]
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
    one_text = a.claim.document_id == b.claim.document_id
    # An article does not say a thing twice in the same words.
    if dice < least and language and language == b.claim.source.language and not one_text:
        return [Evidence("other wording", -0.5, f"{dice:.0%}")]
    return [Evidence("same wording", points, f"{dice:.0%}")] if points > 0 else []


def _article(a: Facts, b: Facts, place: Evidence) -> list[Evidence]:
    """An article tells an event once, save for tolls of fighting at large, what it tells again, and what goes on."""
    if a.claim.document_id != b.claim.document_id:
        return []
    scopes = {a.scope, b.scope}
    tolls = "whole" in scopes and scopes <= {"whole", "overview"} and a.claim.sub_event_type in FIGHTING
    figure = a.at_point and set(a.places) == set(b.places) and same_number(a.claim, b.claim)
    if tolls or figure or told_again(a, b):
        return []
    if _retold(a, b, place):
        return [Evidence("told again", _TOLD_AGAIN)]
    return [Evidence("goes on", 0.0)] if goes_on(a, b) else [Evidence("same article", _SAME_ARTICLE)]


#: What may be found of the places of an event and of its retelling: the same, or the one inside the other.
_THERE: Final = frozenset({"same place", "within max_km"})
_RETOLD: Final = _THERE | {"area contains", "scale differs"}
#: A number that an article hardly gives of two events by chance.
_TELLING = 3


def _retold(a: Facts, b: Facts, place: Evidence) -> bool:
    """Whether an article tells in full what it told in short: the figures are the same, and the place or its area."""
    same = a.claim.sub_event_type == b.claim.sub_event_type
    if place.rule not in (_RETOLD if same else _THERE):
        return False
    if (a.first, a.last) != (b.first, b.last) or contradict(a.claim, b.claim):
        return False
    figures = same_figures(a.claim, b.claim)
    return len(figures) > 1 or any(count >= _TELLING for _, count in figures)
