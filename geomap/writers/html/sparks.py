"""For each event type its total, the bars of its sparkline and its trend, for the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from geomap.codebook import EVENT_TYPES
from geomap.model import Incident
from geomap.writers.html.labels import Labels
from geomap.writers.html.trend import LEAST_A_WEEK, trend

_WIDTH, _HEIGHT, _BARS = 240, 28, 60
Days = Mapping[date, Sequence[Incident]]


def sparks(days: Days, incidents: Sequence[Incident], labels: Labels) -> list[dict[str, Any]]:
    """Rows of the index: all types together, then each; bars are of days or, where they are many, of spans of days."""
    if not days:
        return []
    first, last = min(days), max(days)
    span = max(1, ceil(((last - first).days + 1) / _BARS))
    bars = ceil(((last - first).days + 1) / span)
    totals = Counter(i.event_type for i in incidents)
    counts: dict[str, Counter[int]] = {event: Counter() for event in EVENT_TYPES}
    begun: dict[str, list[date]] = {}
    for day, found in sorted(days.items()):
        for incident in found:
            counts.setdefault(incident.event_type, Counter())[(day - first).days // span] += 1
            if incident.date == day:
                begun.setdefault(incident.event_type, []).append(day)
    whole = sum(counts.values(), Counter[int]())
    scale = max((n for c in counts.values() for n in c.values()), default=1)
    every = [day for found in begun.values() for day in found]
    rows = [(labels.ui["all_types"], 6, len(incidents), whole, every, max(whole.values(), default=1))]
    rows += [
        (labels.word(event), _code(event), totals[event], counts[event], begun.get(event, []), scale)
        for event in counts
        if totals[event]
    ]
    return [
        {
            "name": name,
            "code": code,
            "total": labels.number(total),
            "bars": [_bar(at, n, min(12.0, _WIDTH / bars), most) for at, n in sorted(counted.items())],
            "width": _WIDTH,
            "height": _HEIGHT,
            "trend": trend(starts, first, last),
        }
        for name, code, total, counted, starts, most in rows
    ]


def trend_note(days: Days, labels: Labels) -> str:
    """What the trends compare."""
    if not days:
        return ""
    return labels.ui["trend_note"].format(day=labels.day(max(days)), least=labels.number(LEAST_A_WEEK))


def _code(event: str) -> int:
    return list(EVENT_TYPES).index(event) if event in EVENT_TYPES else 6


def _bar(at: int, count: int, width: float, most: int) -> dict[str, str]:
    height = max(2.0, _HEIGHT * count / most)
    return {
        "x": f"{at * width:.1f}",
        "y": f"{_HEIGHT - height:.1f}",
        "width": f"{max(1.0, width - 1):.1f}",
        "height": f"{height:.1f}",
    }
