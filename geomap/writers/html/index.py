"""The index: a calendar of the days, what happened in short, and what the run could not settle. It needs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

from geomap.codebook import EVENT_TYPES
from geomap.model import Incident, Issue, Mention
from geomap.writers.html.labels import Labels
from geomap.writers.html.shell import policy, styles, template
from geomap.writers.html.sparks import sparks, trend_note

Days = Mapping[date, Sequence[Incident]]
_LEVELS = 5
_LATEST, _CLAIMANTS, _UNRESOLVED, _ISSUES = 10, 20, 100, 200


def index_page(
    days: Days,
    undated: Sequence[Incident],
    labels: Labels,
    *,
    issues: Sequence[Issue] = (),
    unresolved: Sequence[Mention] = (),
) -> str:
    """The index as HTML."""
    style = styles("base", "index")
    incidents = list(({i.id: i for day in sorted(days) for i in days[day]} | {i.id: i for i in undated}).values())
    return str(
        template("index.html").render(
            labels=labels,
            ui=labels.ui,
            style=style,
            csp=policy((), (style,), None),
            total=_events(len(incidents), labels),
            months=_months(days, labels),
            sparks=sparks(days, incidents, labels),
            trend_note=trend_note(days, labels),
            claimants=_claimants(incidents, labels),
            latest=_latest(days, labels),
            undated=[_summary(i, labels) for i in undated],
            issues=[(labels.ui[f"level_{i.level}"], i) for i in issues[:_ISSUES]],
            more_issues=len(issues) - _ISSUES,
            unresolved=_unresolved(unresolved),
        )
    )


def _months(days: Days, labels: Labels) -> list[dict[str, Any]]:
    """Months that have days, each as weeks of cells; the latest month first."""
    most = max((len(found) for found in days.values()), default=0)
    firsts = sorted({day.replace(day=1) for day in days}, reverse=True)
    return [{"name": labels.month(first), "weeks": _weeks(first, days, most, labels)} for first in firsts]


def _weeks(first: date, days: Days, most: int, labels: Labels) -> list[list[dict[str, Any] | None]]:
    cells: list[dict[str, Any] | None] = [None] * first.weekday()
    day = first
    while day.month == first.month:
        count = len(days.get(day, ()))
        cells.append(
            {
                "number": labels.number(day.day),
                "href": f"{day}.html" if day in days else "",
                "level": ceil(_LEVELS * count / most) if count else 0,
                "name": f"{labels.day(day, long=True)}: {_events(count, labels)}",
                "count": labels.number(count),
            }
        )
        day += timedelta(1)
    cells += [None] * (-len(cells) % 7)
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def _events(count: int, labels: Labels) -> str:
    return labels.ui["one_event" if count == 1 else "n_events"].format(n=labels.number(count))


def _claimants(incidents: Sequence[Incident], labels: Labels) -> list[dict[str, str]]:
    """Who says how much: incidents told, told by them alone, and denied by another."""
    told: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    denied: Counter[str] = Counter()
    denies: Counter[str] = Counter()
    for incident in incidents:
        for name in incident.reported_by:
            told[name] += 1
            alone[name] += incident.status == "claimed"
            denied[name] += incident.status == "denied"
        denies.update(incident.denied_by)
    rows = sorted(told.keys() | denies.keys(), key=lambda name: (-told[name], name))[:_CLAIMANTS]
    columns = (told, alone, denied, denies)
    return [
        {"name": labels.word(name), **{f"n{at}": labels.number(c[name]) for at, c in enumerate(columns)}}
        for name in rows
    ]


def _latest(days: Days, labels: Labels) -> list[dict[str, Any]]:
    out = []
    for day in sorted(days, reverse=True)[:_LATEST]:
        found = days[day]
        count = _events(len(found), labels)
        summaries = [_summary(i, labels) for i in sorted(found, key=lambda i: -len(i.claims))[:3]]
        out.append({"href": f"{day}.html", "name": labels.day(day, long=True), "count": count, "summaries": summaries})
    return out


def _summary(incident: Incident, labels: Labels) -> dict[str, Any]:
    """An incident in a line."""
    code = list(EVENT_TYPES).index(incident.event_type) if incident.event_type in EVENT_TYPES else 6
    where = labels.list_separator.join(p.place.label(labels.language) for p in incident.places[:3])
    ends = [labels.day(day) for day in (incident.date, incident.date_end) if day]
    return {
        "code": code,
        "what": labels.word(incident.sub_event_type),
        "where": where or labels.ui["unplaced"],
        "when": " – ".join(dict.fromkeys(ends)) or labels.ui["date_unknown"],
        "status": incident.status,
        "standing": labels.ui.get(f"status_{incident.status}", incident.status),
    }


def _unresolved(mentions: Sequence[Mention]) -> list[tuple[str, int, int]]:
    """Names without a place: how often, in how many articles; the most frequent first."""
    times = Counter(m.text for m in mentions)
    articles: dict[str, set[str]] = {}
    for mention in mentions:
        articles.setdefault(mention.text, set()).add(mention.document_id)
    ranked = sorted(times.items(), key=lambda item: (-item[1], item[0]))[:_UNRESOLVED]
    return [(text, count, len(articles[text])) for text, count in ranked]
