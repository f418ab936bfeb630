"""What the wording of a number of victims allows."""

from __future__ import annotations

from typing import Final

from geomap.codebook import ACLED_FIGURE
from geomap.model import Casualty

#: The most that a word instead of a number allows.
_WORD_HIGH: Final = {"several": 11, "dozens": 99, "hundreds": 999, "thousands": None}


def bounds(casualty: Casualty) -> tuple[int, int | None]:
    """The lowest and the highest number of victims that the wording allows; None for no upper bound.

    Victims without any number are at least one.
    """
    count, qualifier = casualty.count, casualty.qualifier
    if qualifier in ACLED_FIGURE:
        low, high = ACLED_FIGURE[qualifier], _WORD_HIGH.get(qualifier)
        # "dozens" beside a number: the number says how many.
        return (low, high) if count is None else (count, None if high is None else max(high, count))
    if count is None:
        return 1, None
    count = max(0, count)
    if qualifier == "more_than":
        return count + 1, None
    if qualifier == "at_least":
        return count, None
    if qualifier == "at_most":
        return 0, count
    return count, count


def best(casualty: Casualty) -> int | None:
    """The number that stands for the figure: what is said, else ACLED's for the word; None where there is none."""
    if casualty.qualifier in ACLED_FIGURE or casualty.count is not None:
        low, high = bounds(casualty)
        return high if casualty.qualifier == "at_most" else low
    return None
