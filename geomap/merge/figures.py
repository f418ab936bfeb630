"""Victims and equipment of an incident: every claimant's figure side by side, and nothing added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from geomap.codebook import CASUALTY_KINDS, CASUALTY_STATUS
from geomap.merge.bounds import best, bounds
from geomap.merge.parties import NO_SIDE, same_party
from geomap.model import Casualty, Claim, EquipmentFigure, Figure, Reason, RivalFigure

#: How far the sum of the parts may lie from a total that covers them, as a share of the total.
_TOTAL_SLACK = 0.1


def claimant_of(claim: Claim, side: str) -> str:
    """Who gives a claim's figure for a side; empty where the article itself does.

    Where several are quoted, each tells its own losses and nobody in particular the rest.
    """
    if len(claim.reported_by) < 2:
        return claim.reported_by[0] if claim.reported_by else ""
    return next((r for r in claim.reported_by if same_party(r, side)), "")


def figures(claims: Sequence[Claim]) -> tuple[Figure, ...]:
    """One figure per kind, side, status and reach (running total or not); ``claims`` in the order they were told."""
    groups: dict[tuple[str, str, str, bool], list[tuple[Claim, RivalFigure]]] = defaultdict(list)
    for claim in claims:
        for casualty in claim.casualties:
            key = (casualty.kind, casualty.side, casualty.status, casualty.cumulative)
            groups[key].append((claim, _rival(claim, casualty)))
    return tuple(_figure(key, groups[key]) for key in sorted(groups, key=_figure_order))


def _figure_order(key: tuple[str, str, str, bool]) -> tuple[int, str, int, bool]:
    kind, side, status, cumulative = key
    return _index(CASUALTY_KINDS, kind), side, _index(CASUALTY_STATUS, status), cumulative


def _index(words: Sequence[str], word: str) -> int:
    return words.index(word) if word in words else len(words)


def _rival(claim: Claim, casualty: Casualty) -> RivalFigure:
    as_of = claim.source.published or claim.date_end or claim.date
    return RivalFigure(casualty, claim.id, claimant_of(claim, casualty.side), as_of, *bounds(casualty))


def _figure(key: tuple[str, str, str, bool], told: Sequence[tuple[Claim, RivalFigure]]) -> Figure:
    kind, side, status, cumulative = key
    rivals = tuple(rival for _, rival in told)
    standing = _standing(told)
    if not standing:
        return Figure(kind, side, status, None, None, None, cumulative, rivals)
    low = min(r.low for r in standing)
    high = max(r.low if r.high is None else r.high for r in standing)
    return Figure(kind, side, status, low, min(max(_best(standing), low), high), high, cumulative, rivals)


def _standing(told: Sequence[tuple[Claim, RivalFigure]]) -> list[RivalFigure]:
    """The numbers that still hold: of one who gives several, the last day's; the earlier ones it has replaced."""
    latest: dict[tuple[str, str], list[RivalFigure]] = {}
    for claim, rival in told:
        if best(rival.casualty) is None:
            continue
        # An article in its own voice answers for its outlet.
        who = ("", rival.claimant) if rival.claimant else (claim.source.outlet or claim.document_id, "")
        before = latest.setdefault(who, [])
        if before and _later(rival, before[-1]):
            before.clear()
        before.append(rival)
    return [rival for rivals in latest.values() for rival in rivals]


def _later(rival: RivalFigure, other: RivalFigure) -> bool:
    return rival.as_of is not None and (other.as_of is None or rival.as_of > other.as_of)


def _best(standing: Iterable[RivalFigure]) -> int:
    """What most say; then what a side says of its own losses; then the latest; then the lowest, as UCDP is cautious."""
    standing = list(standing)
    numbers = [best(r.casualty) or 0 for r in standing]
    votes = Counter(numbers)
    return min(
        zip(standing, numbers, strict=True),
        key=lambda x: (-votes[x[1]], not _own(x[0]), -(x[0].as_of.toordinal() if x[0].as_of else 0), x[1]),
    )[1]


def _own(rival: RivalFigure) -> bool:
    side = rival.casualty.side
    return bool(rival.claimant) and side not in NO_SIDE and same_party(rival.claimant, side)


def total_reasons(found: Sequence[Figure]) -> tuple[Reason, ...]:
    """Say of each joint figure of both sides whether the sides' own figures are its parts."""
    reasons = []
    for total in found:
        if total.side != "both" or total.best is None:
            continue
        parts = [
            f.best
            for f in found
            if f.kind == total.kind
            and f.side not in NO_SIDE
            and f.best is not None
            and total.status in (f.status, "unknown")
            and f.cumulative == total.cumulative
        ]
        if len(parts) > 1 and abs(sum(parts) - total.best) <= _TOTAL_SLACK * total.best:
            text = f"{total.kind}: {' + '.join(map(str, parts))} are the {total.best} of both sides, not more"
            reasons.append(Reason("total and parts", text))
    return tuple(reasons)


def equipment(claims: Sequence[Claim]) -> tuple[EquipmentFigure, ...]:
    """One entry per item, side, claimant and number, with the claims that give it."""
    told: dict[tuple[str, str, str, int | None], dict[str, None]] = {}
    for claim in claims:
        for e in claim.equipment:
            told.setdefault((e.item, e.side, claimant_of(claim, e.side), e.count), {})[claim.id] = None
    return tuple(EquipmentFigure(i, n, side, who, tuple(ids)) for (i, side, who, n), ids in told.items())
