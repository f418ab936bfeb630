"""What speaks for and against two claims being one event, and how it is told to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from geomap.model import Reason

#: Rule -> the sentence that tells it; ``{}`` takes the evidence's detail.
_TEXTS: Final = {
    "same type": "same type: {}",
    "similar type": "types that reports mix up: {}",
    "different type": "different types: {}",
    "same dates": "same dates: {}",
    "date ranges overlap": "date ranges overlap: {}",
    "one date vague": "the date of one is vague: {}",
    "date unknown": "one date is not known",
    "dates apart": "dates {} apart",
    "told next day": "told under the day it was published, {} later",
    "same place": "same place: {}",
    "within max_km": "{} apart",
    "area contains": "one place holds the other: {}",
    "along a line": "line and area touch: {}",
    "same country": "same country: {}",
    "scale differs": "one names a spot, the other only the area around it: {}",
    "place missing": "a place is missing",
    "places of one country": "two places of one country: {}",
    "places apart": "places apart: {}",
    "shared actors": "same actor: {}",
    "shared targets": "same target: {}",
    "shared sides": "the same two sides",
    "roles reversed": "attacker and attacked are reversed",
    "different actors": "different actors",
    "two accounts": "each side's account of one fight: {}",
    "same loser": "losses of the same side: {}",
    "different losers": "losses of different sides: {}",
    "losses unknown": "what was lost, or whose it was, is not known",
    "same claimant": "same claimant: {}",
    "different claimants": "different claimants of the same fact: {}",
    "same figures": "same figures: {}",
    "compatible figures": "figures that fit each other: {}",
    "rival figures": "rival figures: {}",
    "figures far apart": "figures far apart: {}",
    "running totals": "running totals of the same fighting",
    "total and episode": "a running total of the whole and the toll of a part",
    "total and act": "a running total of the whole and a particular act",
    "same item lost": "same item lost: {}",
    "same wording": "common wording: {}",
    "other wording": "hardly a word in common: {}",
    "same article": "one article tells them apart",
    "told again": "one article tells it again with the same figures",
    "goes on": "one article goes on to tell of it",
}


class Evidence(NamedTuple):
    """One rule's finding: its points, what it found, and whether it rules the link out."""

    rule: str
    points: float
    detail: object = ""
    veto: bool = False

    def reason(self) -> Reason:
        """The finding in words."""
        return Reason(self.rule, _TEXTS[self.rule].format(_told(self.detail)), round(self.points, 2))


def _told(detail: object) -> str:
    return " / ".join(map(str, detail)) if isinstance(detail, tuple) else str(detail)


@dataclass(frozen=True, slots=True)
class Link:
    """How likely two claims tell of one event, in points, and why; a veto rules it out whatever the points."""

    score: float
    evidence: tuple[Evidence, ...]
    veto: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The findings in words."""
        return tuple(e.reason() for e in self.evidence)


def link_of(evidence: list[Evidence]) -> Link:
    """The sum of the evidence, rounded so that the order of adding does not show."""
    return Link(round(sum(e.points for e in evidence), 6), tuple(evidence), any(e.veto for e in evidence))
