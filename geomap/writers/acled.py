"""CSV in the shape of ACLED: its 31 columns, its codes and its rules; ``docs/codebook.md`` says how each is filled.

One row is one day at one place. What ACLED does not code is left out, and the log says how much: events without a
place or known only by country, and dates vaguer than a month.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from geomap import hxltags
from geomap.codebook import ACLED_FIGURE, LASTING, feature_of
from geomap.countries import Country, country
from geomap.delimited import Cell, write_rows
from geomap.model import ClaimPlace, Figure, Incident, RivalFigure, content_id
from geomap.outlets import source_scale
from geomap.parties import Parties, interaction, parties
from geomap.tables import SEPARATOR, clean, days_of, disorder_type, ranked_places, span
from geomap.tolls import toll

_log = logging.getLogger(__name__)
COLUMNS: Final = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
    "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
    "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp".split()
)
#: A running total over more days than these is no toll of this event.
_WEEK, _MONTH = 7, 31


def write(
    incidents: Sequence[Incident],
    path: Path,
    *,
    language: str = "ar",  # noqa: ARG001 - one signature for all formats
    hxl: bool = False,
    theatres: Sequence[Mapping[str, Any]] | None = None,
    bom: bool = True,
) -> Path:
    """Write incidents in the shape of ACLED.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Not used: ACLED's words are English.
    hxl : bool
        Whether to add a row of HXL tags under the header.
    theatres : Sequence[Mapping[str, Any]] | None
        Theatre files as parsed TOML, for the kinds of actors; those of the data folder where None.
    bom : bool
        Whether to start with a byte order mark.

    Returns
    -------
    Path
        The path written.
    """
    known = parties(theatres)
    coded = [list(_rows(incident, known)) for incident in incidents]
    if left_out := sum(not rows for rows in coded):
        _log.info("%s: %d of %d incidents are not coded by ACLED's rules", path, left_out, len(incidents))
    rows = (row for rows in coded for row in rows)
    tags = hxltags.tag_row(COLUMNS, hxltags.ACLED) if hxl else None
    return write_rows(path, COLUMNS, rows, tags=tags, bom=bom)


def _rows(incident: Incident, known: Parties) -> Iterator[list[Cell]]:
    """One row for each day and place; the dead are split, what does not divide goes to the first row."""
    places = [p for p in ranked_places(incident) if feature_of(p.place.feature_code) != "country"]
    days = _days(incident)
    slots = [(day, precision, place) for day, precision in days for place in places]
    if not slots:
        return
    dead = _fatalities(incident)
    share, remainder = divmod(dead, len(slots))
    for number, (day, precision, place) in enumerate(slots):
        yield _row(incident, known, day, precision, place, share + (remainder if number == 0 else 0))


def _days(incident: Incident) -> list[tuple[date, int]]:
    """The days to code, each with its time_precision; none for a date vaguer than a month."""
    dates = span(incident)
    if dates is None or incident.date_precision in ("year", "unknown"):
        return []
    days = days_of(*dates)
    if incident.date_precision == "month":
        return [(date(days[0].year, days[0].month, 15), 3)]
    lasting = incident.sub_event_type in LASTING and len(days) <= _MONTH
    if len(days) == 1 or (incident.date_precision == "day" and len(days) <= _WEEK) or lasting:
        return [(day, 1) for day in days]
    if len(days) <= _MONTH:
        return [(days[len(days) // 2], 2 if len(days) <= _WEEK else 3)]
    return []


def _fatalities(incident: Incident) -> int:
    """The lowest of rival figures; a running total over more than a week is not this event's toll."""
    dates = span(incident)
    long = dates is None or (dates[1] - dates[0]).days >= _WEEK
    figures = [_lowest(f) for f in incident.figures if f.kind == "killed" and not (f.cumulative and long)]
    found = toll(figures, "killed")
    return found.low if found else 0


def _lowest(figure: Figure) -> Figure:
    """The figure with nothing but the lowest number that a claimant gives, words taken as ACLED takes them."""
    given = [n for n in map(_number, figure.rivals) if n is not None]
    if not given and not figure.rivals and figure.low is not None:
        given = [figure.low]
    low = min(given, default=0)
    return replace(figure, low=low, best=low, high=low)


def _number(rival: RivalFigure) -> int | None:
    return rival.casualty.count if rival.casualty.count is not None else ACLED_FIGURE.get(rival.casualty.qualifier)


def _row(incident: Incident, known: Parties, day: date, precision: int, where: ClaimPlace, dead: int) -> list[Cell]:
    place = where.place
    land = country(place.country)
    first, second, first_others, second_others = _actors(incident, known)
    inter1, inter2 = (known.inter(name, land, incident.event_type) if name else "" for name in (first, second))
    code = int(content_id(incident.id, day, place.id), 16)
    return [
        f"{land.iso3 or 'XXX'}{code}",
        day.isoformat(),
        day.year,
        precision,
        disorder_type(incident.event_type, incident.sub_event_type),
        incident.event_type,
        incident.sub_event_type,
        *(_party_cells(known, land, first, first_others)),
        inter1,
        *(_party_cells(known, land, second, second_others)),
        inter2,
        interaction(inter1, inter2),
        "Civilians targeted" if _against_civilians(incident, known) else "",
        land.iso_numeric,
        land.acled_region,
        land.name,
        clean(place.admin1),
        clean(place.admin2),
        "",
        clean(place.name),
        round(place.lonlat.lat, 4),
        round(place.lonlat.lon, 4),
        where.geo_precision,
        *_evidence(incident, land),
        dead,
        clean(_tags(incident)),
        _timestamp(incident),
    ]


def _party_cells(known: Parties, land: Country, name: str, others: Sequence[str]) -> tuple[str, str]:
    """An actor and its associates, as ACLED names them."""
    return (
        clean(known.acled_name(name, land)) if name else "",
        clean(SEPARATOR.join(known.acled_name(other, land) for other in others)),
    )


def _actors(incident: Incident, known: Parties) -> tuple[str, str, list[str], list[str]]:
    """First and second actor and the associates of each.

    The second is the first who is not of the first's camp: another actor, or else a target that is somebody.
    """
    against = [name for name in incident.targets if known.party(name) is not None]
    names = list(dict.fromkeys([*incident.actors, *against]))
    if not names:
        return "", "", [], []
    first, *rest = names
    second = next((name for name in rest if known.camp(name) != known.camp(first)), "")
    rest = [name for name in rest if name != second]
    theirs = [
        n for n in rest if second and (known.camp(n) == known.camp(second) or n in against and n not in incident.actors)
    ]
    return first, second, [name for name in rest if name not in theirs], theirs


def _against_civilians(incident: Incident, known: Parties) -> bool:
    """Whether civilians were the main target; never in a battle, as the codebook says."""
    if incident.event_type in ("Battles", "Strategic developments"):
        return False
    if (
        incident.event_type == "Violence against civilians"
        or incident.sub_event_type == "Excessive force against protesters"
    ):
        return True
    return any(party.is_civilian for name in incident.targets if (party := known.party(name)) is not None)


def _evidence(incident: Incident, land: Country) -> tuple[str, str, str]:
    """The columns source, source_scale and notes."""
    sources = [claim.source for claim in incident.claims]
    outlets = dict.fromkeys(source.outlet for source in sources if source.outlet)
    return clean(SEPARATOR.join(outlets)), source_scale(sources, land.iso2), clean(incident.claims[0].text)


def _tags(incident: Incident) -> str:
    """What the codebook has no column for: whose word it is, who denies it; of a crowd its size, which is not read."""
    crowd = ["crowd size=no report"] if incident.event_type in ("Protests", "Riots") else []
    tags = [*crowd, f"status={incident.status}"]
    if incident.reported_by:
        tags.append("reported by: " + ", ".join(incident.reported_by))
    if incident.denied_by:
        tags.append("denied by: " + ", ".join(incident.denied_by))
    return SEPARATOR.join(tags)


def _timestamp(incident: Incident) -> int | None:
    """Seconds since 1970 of the newest article's day; None where no article has one."""
    days = [claim.source.published for claim in incident.claims if claim.source.published]
    if not days:
        return None
    newest = max(days)
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())
