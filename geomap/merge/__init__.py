"""Claims of any number of articles become incidents: one for each event, with what the articles say side by side.

Pure: no file, no clock, no chance, no word of any language. The order of the claims does not matter, and merging the
claims of incidents again gives the same incidents.
"""

from __future__ import annotations

from collections.abc import Iterable

from geomap.merge.clustering import cluster
from geomap.merge.evidence import Evidence, Link
from geomap.merge.facts import Facts, facts_of, order_of
from geomap.merge.incidents import incident_of
from geomap.merge.places import Atlas
from geomap.merge.rule import MergeRule
from geomap.merge.scoring import compare
from geomap.model import Claim, Incident

__all__ = ["Evidence", "Link", "MergeRule", "merge", "score"]


def merge(claims: Iterable[Claim], rule: MergeRule = MergeRule()) -> list[Incident]:  # noqa: B008 -- frozen
    """Group claims that tell of one event.

    Parameters
    ----------
    claims
        Claims of any articles, in any order; one that comes twice counts once.
    rule
        Limits (km, days) and weights (points).

    Returns
    -------
    list of Incident
        In order of date (undated ones last), then of id.
    """
    atlas, facts = _prepare(claims, rule)
    incidents = [incident_of(group, facts) for group in cluster(facts, atlas, rule)]
    return sorted(incidents, key=lambda i: (i.date is None, i.date.isoformat() if i.date else "", i.id))


def score(a: Claim, b: Claim, rule: MergeRule = MergeRule()) -> Link:  # noqa: B008 -- frozen
    """How likely two claims tell of one event, in points, with the evidence; the same whichever comes first."""
    atlas, facts = _prepare((a, b), rule)
    return compare(facts[0], facts[-1], atlas, rule)


def _prepare(claims: Iterable[Claim], rule: MergeRule) -> tuple[Atlas, list[Facts]]:
    by_id: dict[str, Claim] = {}
    for claim in claims:
        known = by_id.setdefault(claim.id, claim)
        # Two claims under one id are two versions of one: which of them stays must not hang on their order.
        if known is not claim and known != claim:
            by_id[claim.id] = max(known, claim, key=repr)
    ordered = sorted(by_id.values(), key=order_of)
    atlas = Atlas((p.place for c in ordered for p in c.places), rule.max_km)
    sides = dict(rule.sides)
    return atlas, [facts_of(claim, atlas, rule, sides) for claim in ordered]
