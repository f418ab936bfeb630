"""What makes two claims one event: the limits and the weights."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MergeRule:
    """Limits and weights of merging.

    Parameters
    ----------
    max_km
        How far apart two points (settlements, facilities) may lie and still be one place, in kilometres.
    max_days
        How many days may lie between the dates of two claims of one event; a gap always counts against them.
    undated_days
        How far before its publication an undated claim may have happened, in days.
    threshold
        The score from which two claims are taken for one event, in points.
    floor
        The score that every two claims of one incident must reach, in points: claims never chain below it.
    sides
        Pairs of an actor and the side it fights for, where the name does not say it.
    """

    max_km: float = 5.0
    max_days: int = 1
    undated_days: int = 30
    threshold: float = 3.5
    floor: float = 1.5
    sides: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name in ("max_km", "max_days", "undated_days"):
            if getattr(self, name) < 0:
                raise ValueError(f"MergeRule.{name} is {getattr(self, name)}; it must not be negative.")
        if self.floor > self.threshold:
            raise ValueError(f"MergeRule.floor ({self.floor}) must not exceed its threshold ({self.threshold}).")
