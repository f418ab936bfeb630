"""How much the last week differs from the four before it. ``static/trend.js`` reckons the same for what is in view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import floor

from geomap.writers.html.labels import Labels

WEEKS_BEFORE = 4
#: With fewer events a week before, one more or less would be a large change.
LEAST_A_WEEK = 3
#: Changes below the first are none, from the second on they stand out.
_NOTABLE, _STRONG = 10, 25


@dataclass(frozen=True, slots=True)
class Trend:
    """Events in the last week, and their change in per cent against a mean week of those before; None for too few."""

    count: int
    change: int | None

    @property
    def kind(self) -> str:
        """``up``, ``down``, ``same`` or ``none``; ``strong`` beside the first two where the change is large."""
        if self.change is None:
            return "none"
        if abs(self.change) < _NOTABLE:
            return "same"
        return ("up" if self.change > 0 else "down") + (" strong" if abs(self.change) >= _STRONG else "")

    def text(self, labels: Labels) -> str:
        """The change as the pages write it."""
        kind = self.kind.split()[0]
        return labels.ui[f"change_{kind}"].format(n=labels.number(abs(self.change or 0)))


def trend(days: Iterable[date], first: date, last: date) -> Trend:
    """The trend of events that began on these days, with data from the first day to the last."""
    weeks = [0] * (WEEKS_BEFORE + 1)
    for day in days:
        week = (last - day).days // 7
        if 0 <= week <= WEEKS_BEFORE:
            weeks[week] += 1
    now, before = weeks[0], sum(weeks[1:])
    covered = (last - first).days + 1 >= 7 * (WEEKS_BEFORE + 1)
    if not covered or before < LEAST_A_WEEK * WEEKS_BEFORE:
        return Trend(now, None)
    return Trend(now, floor(100 * (now * WEEKS_BEFORE - before) / before + 0.5))
