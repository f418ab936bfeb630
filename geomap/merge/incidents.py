"""A group of claims as one incident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geomap.merge.agreement import agree, agreement
from geomap.merge.clustering import Group, Join
from geomap.merge.facts import Facts
from geomap.merge.figures import equipment, figures, total_reasons
from geomap.merge.standing import confidence_of, status_of
from geomap.model import Claim, Incident, Reason


def incident_of(group: Group, facts: Sequence[Facts]) -> Incident:
    """Build the incident of a group; ``facts`` are all claims' in order, the group holds indices into them."""
    members = [facts[i] for i in group.members]
    claims = tuple(f.claim for f in members)
    agreed = agree(members)
    kind, when = agreed.kind, agreed.when
    found = figures(claims)
    actors = _union(c.actors for c in claims)
    return Incident(
        id=claims[0].id,
        claims=claims,
        event_type=kind.event_type,
        sub_event_type=kind.sub_event_type,
        date=when.date,
        date_end=when.date_end,
        date_precision=when.date_precision,
        places=agreed.places,
        actors=actors,
        # who hits back in another account is one of those who fight
        targets=tuple(name for name in _union(c.targets for c in claims) if name not in actors),
        reported_by=_union(c.reported_by for c in claims),
        denied_by=_union(c.denied_by for c in claims),
        figures=found,
        equipment=equipment(claims),
        confidence=confidence_of(members),
        status=status_of(members),
        agreement=agreement(members, agreed),
        reasons=(*_join_reasons(group, facts), *total_reasons(found)),
    )


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _join_reasons(group: Group, facts: Sequence[Facts]) -> tuple[Reason, ...]:
    """Each link that made the incident, the surest first, followed by what speaks for and against it."""
    if not group.joins:
        return (Reason("one claim", "no other claim tells of it"),)
    return tuple(reason for join in sorted(group.joins, key=_strength) for reason in _told(join, facts))


def _strength(join: Join) -> tuple[float, int, int]:
    return -join.link.score, join.one, join.other


def _told(join: Join, facts: Sequence[Facts]) -> tuple[Reason, ...]:
    one, other = facts[join.one].claim, facts[join.other].claim
    text = f"{_name(one)} and {_name(other)} tell of one event"
    return (Reason("merged", text, round(join.link.score, 2)), *join.link.reasons)


def _name(claim: Claim) -> str:
    return f"claim {claim.id} ({claim.document_id}:{claim.start})"
