"""How far a claim's confidence can be trusted: of those of about one confidence, how many are right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

#: Lower bounds of the bands of confidence.
_BOUNDS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)


class Outcome(NamedTuple):
    """A claim's confidence; whether it tells an annotated incident, and whether of the same sub-type and date."""

    confidence: float
    right: bool
    exact: bool


class Band(NamedTuple):
    """Claims with a confidence of ``low`` to below ``high``: how many, and the shares that are right and exact."""

    low: float
    high: float
    claims: int
    right: float
    exact: float

    def __str__(self) -> str:
        told = f"confidence {self.low:.1f}–{self.high:.1f}"
        return f"{told:<26}{self.claims:>7}  claims, {self.right:.3f} right, {self.exact:.3f} with sub-type and date"


def bands(outcomes: Iterable[Outcome]) -> list[Band]:
    """Outcomes by band of confidence, the lowest first; bands without a claim are left out."""
    told = list(outcomes)
    found = []
    for low, high in zip(_BOUNDS, (*_BOUNDS[1:], 1.0), strict=True):
        mine = [o for o in told if low <= o.confidence < high or o.confidence >= high == 1.0]
        if mine:
            right, exact = (sum(o[k] for o in mine) / len(mine) for k in (1, 2))
            found.append(Band(low, high, len(mine), right, exact))
    return found
