"""How far an incident can be believed: agreed, claimed or denied, and the confidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from geomap.merge.facts import Facts
from geomap.merge.parties import same_party

#: What a further article adds of its own confidence: outlets copy one another.
_FURTHER = 0.5


def status_of(facts: Sequence[Facts]) -> str:
    """Denied if any party denies it; agreed if an article says so itself or two who are not allies do; else claimed."""
    if any(f.claim.denied_by for f in facts):
        return "denied"
    if any(not f.claim.reported_by for f in facts):
        return "agreed"
    claimants = sorted({r for f in facts for r in f.claim.reported_by})
    return "agreed" if any(_independent(a, b, facts) for a, b in combinations(claimants, 2)) else "claimed"


def _independent(a: str, b: str, facts: Sequence[Facts]) -> bool:
    """Two parties that act together against a third are one witness."""
    if same_party(a, b):
        return False
    actors = frozenset(p for f in facts if f.targets for p in f.actors)
    targets = frozenset(p for f in facts for p in f.targets | f.losers)
    return not any(_among(a, camp) and _among(b, camp) for camp in (actors - targets, targets - actors))


def _among(name: str, camp: frozenset[str]) -> bool:
    return any(same_party(name, other) for other in camp)


def confidence_of(facts: Sequence[Facts]) -> float:
    """The best claim's confidence, raised by each further article that tells the event."""
    by_article: dict[str, float] = {}
    for fact in facts:
        name = fact.claim.document_id
        by_article[name] = max(by_article.get(name, 0.0), min(1.0, max(0.0, fact.claim.confidence)))
    first, *further = sorted(by_article.values(), reverse=True)
    doubt = 1.0 - first
    for confidence in further:
        doubt *= 1.0 - _FURTHER * confidence
    return round(1.0 - doubt, 4)
