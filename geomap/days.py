"""Incidents by day: what a map of one day shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from geomap.codebook import LASTING
from geomap.model import Incident

#: What is spread over more days than this belongs to no single one of them.
MAX_SPREAD_DAYS = 7
#: As many days are named in a message.
_LISTED = 12


def by_day(incidents: Iterable[Incident]) -> tuple[dict[date, list[Incident]], list[Incident]]:
    """Put incidents under their days, in order of date and id.

    Returns
    -------
    tuple of dict and list
        The incidents of each day, the days in order, and those that belong to no single day.
    """
    days: dict[date, list[Incident]] = defaultdict(list)
    undated: list[Incident] = []
    for incident in sorted(incidents, key=lambda i: (i.date or date.max, i.id)):
        found = days_of(incident)
        for day in found:
            days[day].append(incident)
        if not found:
            undated.append(incident)
    return dict(sorted(days.items())), undated


def days_of(incident: Incident) -> tuple[date, ...]:
    """The days an incident stands under.

    One that lasts stands under each of its days; one that is only undated between two days stands under the first; one
    dated to a month, a year, nothing, or more than ``MAX_SPREAD_DAYS`` days stands under none.
    """
    if incident.date is None or incident.date_precision not in ("day", "range"):
        return ()
    first, last = sorted((incident.date, incident.date_end or incident.date))
    length = (last - first).days + 1
    if length > MAX_SPREAD_DAYS:
        return ()
    if incident.sub_event_type not in LASTING:
        return (first,)
    return tuple(first + timedelta(n) for n in range(length))


def listed(days: Iterable[date]) -> str:
    """Days for a message, the first and the last of many."""
    found = [str(day) for day in sorted(days)]
    if len(found) > _LISTED:
        found[_LISTED - 1 : -1] = ["…"]
    return ", ".join(found) or "none"
