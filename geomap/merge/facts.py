"""What merging looks at in a claim, worked out once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from geomap.merge.parties import NO_SIDE, on_sides
from geomap.merge.places import Atlas, is_point
from geomap.merge.rule import MergeRule
from geomap.model import Casualty, Claim

#: What a claim tells of the fighting: a running total, both sides' losses in general, one episode's toll, what a side
#: says that it did itself, or none of these.
Scope = Literal["whole", "overview", "episode", "act", "open"]
FIGHTING = frozenset({"Armed clash", "Government regains territory", "Non-state actor overtakes territory"})
#: Measures that a party takes: who and what they are counts, where is only where it was said.
MEASURES = frozenset({"Agreement", "Change to group/activity", "Headquarters or base established", "Other"})
#: The measure that holds for a country, so that a report may name any place in it.
COUNTRYWIDE = "Change to group/activity"
LOSSES = "Disrupted weapons use"
#: A claim whose dates span more days than this is dated to no day.
VAGUE_DAYS = 14
_SHINGLE = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """A claim prepared for comparison.

    ``first``..``last`` are proleptic ordinals of its days, None where nothing is known; ``soft`` is a date that is the
    day of publication, as an undated event has, too. ``taken_over`` are places that the text before names; ``measures``
    what a state orders (a call-up, martial law) and ``actors`` whom the words make the doer, where reading tells it.
    """

    claim: Claim
    family: str
    first: int | None
    last: int | None
    vague: bool
    soft: bool
    places: tuple[str, ...]
    at_point: bool
    taken_over: bool
    actors: frozenset[str]
    targets: frozenset[str]
    losers: frozenset[str]
    scope: Scope
    measures: frozenset[str]
    shingles: frozenset[str]
    order: tuple[str, str, int, int, str]

    @property
    def parties(self) -> frozenset[str]:
        """Everybody who takes part."""
        return self.actors | self.targets

    @property
    def half_told(self) -> bool:
        """Whether the claim names one side at most, so that another may name the other."""
        return not self.targets and len(self.actors) < 2

    @property
    def involved(self) -> frozenset[str]:
        """Everybody who takes part, has losses or speaks of it."""
        return self.parties | frozenset(self.claim.reported_by) | self.bereaved

    @property
    def bereaved(self) -> frozenset[str]:
        """The sides that have victims."""
        return frozenset(c.side for c in self.claim.casualties) - NO_SIDE


def family_of(event_type: str, sub_event_type: str) -> str:
    """Sub-types that outlets mix up share a family; a strategic development is only like its own kind."""
    if event_type == "Strategic developments":
        return sub_event_type
    return "unrest" if event_type in ("Protests", "Riots") else "violence"


def facts_of(claim: Claim, atlas: Atlas, rule: MergeRule, sides: Mapping[str, str]) -> Facts:
    """Prepare a claim."""
    first, last, vague = _days(claim, rule)
    places = tuple(dict.fromkeys(p.place.id for p in claim.places))
    doer = next((r.text for r in claim.reasons if r.rule == "doer"), None)
    # the doer that the words themselves name tells more of which event it is than parts worked out from all around
    actors = on_sides(claim.actors if doer is None else [doer], sides)
    targets = on_sides(claim.targets if doer is None else (), sides)
    lost = frozenset(e.side for e in claim.equipment) - NO_SIDE
    return Facts(
        claim=claim,
        family=family_of(claim.event_type, claim.sub_event_type),
        first=first,
        last=last,
        vague=vague,
        soft=claim.date_end is None and claim.date == claim.source.published,
        places=places,
        at_point=bool(places) and all(is_point(atlas.places[p]) for p in places),
        taken_over=bool(places) and all(p.inferred for p in claim.places),
        actors=actors,
        targets=targets,
        losers=on_sides(lost, sides) or targets,
        scope=_scope(claim, claim.actors if doer is None else (doer,) if doer else ()),
        measures=frozenset(m for r in claim.reasons if r.rule == "measure" for m in r.text.split(", ")),
        shingles=_shingles(claim.text),
        order=order_of(claim),
    )


def order_of(claim: Claim) -> tuple[str, str, int, int, str]:
    """The order in which claims are told: by day of publication, document and place in it; unpublished ones last."""
    return (_iso(claim.source.published), claim.document_id, claim.start, claim.end, claim.id)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else "~"


def _days(claim: Claim, rule: MergeRule) -> tuple[int | None, int | None, bool]:
    """First and last day, and whether they lie too far apart to say when; an undated claim precedes its telling."""
    published = claim.source.published
    if claim.date is None:
        if published is None:
            return None, None, True
        return published.toordinal() - rule.undated_days, published.toordinal(), True
    first, last = sorted((claim.date.toordinal(), (claim.date_end or claim.date).toordinal()))
    return first, last, claim.date_precision not in ("day", "range") or last - first > VAGUE_DAYS


def _scope(claim: Claim, actors: Sequence[str]) -> Scope:
    """What its victims tell of: running numbers of the whole, others of an episode, none on both sides at large.

    Where it has none, a side that speaks of its own doing tells of that.
    """
    dead = claim.casualties
    if any(c.cumulative for c in dead):
        return "whole"
    if any(has_number(c) for c in dead):
        return "episode"
    if len({c.side for c in dead} - NO_SIDE) > 1 or any(c.side == "both" for c in dead):
        return "overview"
    own = len(actors) == 1 and set(actors) <= set(claim.reported_by)
    return "act" if own and not dead else "open"


def has_number(casualty: Casualty) -> bool:
    """Whether a number stands in the text."""
    return casualty.count is not None


def _shingles(text: str) -> frozenset[str]:
    """Runs of four letters: they show a common wording in any script, whatever a word ends in."""
    words = _WORD.findall(text.casefold())
    return frozenset(w[i : i + _SHINGLE] for w in words for i in range(len(w) - _SHINGLE + 1))
