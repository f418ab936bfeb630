"""What the claims of an incident agree on: the majority's value, the more precise one where they are even."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from geomap.codebook import LASTING
from geomap.merge.facts import Facts
from geomap.merge.parties import same_party
from geomap.model import Agreement, Claim, ClaimPlace


class Agreed(NamedTuple):
    """The claim whose type, and the one whose dates, stand for all; the places, the most precise first."""

    kind: Claim
    when: Claim
    places: tuple[ClaimPlace, ...]


def agree(facts: Sequence[Facts]) -> Agreed:
    """The agreed values of claims given in the order they were told."""
    return Agreed(_kind(facts), _when(facts), _places(facts))


def _kind(facts: Sequence[Facts]) -> Claim:
    votes = Counter(f.claim.sub_event_type for f in facts)
    return max(facts, key=lambda f: votes[f.claim.sub_event_type]).claim


def _when(facts: Sequence[Facts]) -> Claim:
    """A lasting event has the dates most claims give it, any other the narrowest that at least half of them allow.

    Where claims give it several days, it lasted as long as the one says that spans them all.
    """
    dated = [f for f in facts if f.claim.date is not None]
    if not dated:
        return facts[0].claim
    sure = [f for f in dated if not f.vague] or dated
    spans = [_span(f) for f in sure]
    votes = Counter(spans)
    if _kind(facts).sub_event_type in LASTING:
        days = {s for s in votes if s[0] == s[1]}
        whole = [f for f in sure if all(_span(f)[0] <= first and last <= _span(f)[1] for first, last in votes)]
        if len(days) > 1 and whole:
            return min(whole, key=lambda f: (_length(f), f.order)).claim
        return min(sure, key=lambda f: (-votes[_span(f)], _length(f), f.order)).claim
    allowed = {s: sum(t[0] <= s[0] and s[1] <= t[1] for t in spans) for s in votes}
    likely = [f for f in sure if 2 * allowed[_span(f)] >= len(sure)] or sure
    return min(likely, key=lambda f: (_length(f), -votes[_span(f)], f.order)).claim


def _span(fact: Facts) -> tuple[int, int]:
    return fact.first or 0, fact.last or 0


def _length(fact: Facts) -> int:
    return _span(fact)[1] - _span(fact)[0]


def _places(facts: Sequence[Facts]) -> tuple[ClaimPlace, ...]:
    """Every place once, as its best witness gives it: the most precise first, then what most claims name."""
    votes = Counter(p for f in facts for p in f.places)
    found: dict[str, ClaimPlace] = {}
    for fact in facts:
        for place in fact.claim.places:
            known = found.get(place.place.id)
            if known is None or (place.inferred, place.geo_precision) < (known.inferred, known.geo_precision):
                found[place.place.id] = place

    def precision(place: ClaimPlace) -> tuple[int, float, int, str]:
        return place.geo_precision, place.place.radius_km, -votes[place.place.id], place.place.id

    return tuple(sorted(found.values(), key=precision))


def agreement(facts: Sequence[Facts], agreed: Agreed) -> tuple[Agreement, ...]:
    """For each field which claims support its value and which say otherwise; one that says nothing does neither."""
    claims = [f.claim for f in facts]
    kind, when, places = agreed
    first = places[0].place if places else None
    found = [
        _agreement("event_type", kind.event_type, claims, lambda c: c.event_type),
        _agreement("sub_event_type", kind.sub_event_type, claims, lambda c: c.sub_event_type),
        _agreement("date", dates_of(when), claims, dates_of),
    ]
    if first is not None:
        at = [f.claim for f in facts if f.places]
        named = {f.claim.id: f.places for f in facts}
        found.append(_agreement("place", first.id, at, lambda c: first.id if first.id in named[c.id] else ""))
    for name in ("actors", "targets"):
        parties: Counter[str] = Counter(p for c in claims for p in getattr(c, name))
        for party in sorted(parties):
            found.append(_party(name, party, claims))
    return tuple(found)


def dates_of(claim: Claim) -> str:
    """A claim's dates as one text; empty where it has none."""
    days = [d.isoformat() for d in (claim.date, claim.date_end) if d is not None]
    return "..".join(dict.fromkeys(days))


def _agreement(name: str, value: str, claims: Sequence[Claim], read: Callable[[Claim], str]) -> Agreement:
    told = [(c.id, read(c)) for c in claims]
    # An undated claim does not contradict a date; a place that a claim lacks it does name otherwise.
    silent = name == "date"
    differ = tuple(i for i, v in told if v != value and not (silent and not v))
    return Agreement(name, value, tuple(i for i, v in told if v == value), differ)


def _party(name: str, party: str, claims: Sequence[Claim]) -> Agreement:
    support: list[str] = []
    differ: list[str] = []
    for claim in claims:
        named: tuple[str, ...] = getattr(claim, name)
        if named:
            (support if any(same_party(party, n) for n in named) else differ).append(claim.id)
    return Agreement(name, party, tuple(support), tuple(differ))
