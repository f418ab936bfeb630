"""CSV in the shape of UCDP GED 23.1: its 49 columns, codes and rules; ``docs/codebook.md`` says how each is filled.

UCDP codes an event only where somebody died and it is known where; the others are left out, and the log says how many.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import floor
from pathlib import Path
from typing import Any, Final

from geomap import hxltags
from geomap.anchors import Anchor, anchors
from geomap.countries import Country, country
from geomap.delimited import Cell, write_rows
from geomap.model import ClaimPlace, Incident, content_id
from geomap.parties import Dyad, Parties, parties
from geomap.tables import SEPARATOR, best_place, clean, ranked_places, span, time_codes, where_prec
from geomap.tolls import Toll, toll

_log = logging.getLogger(__name__)
COLUMNS: Final = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id "
    "side_b number_of_sources source_article source_office source_date source_headline source_original "
    "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob".split()
)
#: Deaths in a calendar year from which UCDP calls a dyad active.
_ACTIVE: Final = 25
_STATE, _NON_STATE, _ONE_SIDED = 1, 2, 3


def write(
    incidents: Sequence[Incident],
    path: Path,
    *,
    language: str = "ar",  # noqa: ARG001 - one signature for all formats
    hxl: bool = False,
    theatres: Sequence[Mapping[str, Any]] | None = None,
    bom: bool = True,
) -> Path:
    """Write incidents in the shape of UCDP GED.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Not used: UCDP's words are English.
    hxl : bool
        Whether to add a row of HXL tags under the header.
    theatres : Sequence[Mapping[str, Any]] | None
        Theatre files as parsed TOML, for sides and numbers; those of the data folder where None.
    bom : bool
        Whether to start with a byte order mark.

    Returns
    -------
    Path
        The path written.
    """
    known = parties(theatres)
    coded = [found for incident in incidents if (found := _coded(incident, known)) is not None]
    if len(coded) < len(incidents):
        _log.info(
            "%s: %d of %d incidents are not coded by UCDP's rules", path, len(incidents) - len(coded), len(incidents)
        )
    _mark_active_years(coded)
    tags = hxltags.tag_row(COLUMNS, hxltags.UCDP) if hxl else None
    return write_rows(path, COLUMNS, ([row[name] for name in COLUMNS] for row in coded), tags=tags, bom=bom)


def _mark_active_years(coded: Sequence[dict[str, Cell]]) -> None:
    """Fill ``active_year``: whether the dyad's deaths of that year, in this file, make it an active one."""
    dead: Counter[tuple[Cell, Cell]] = Counter()
    for row in coded:
        dead[row["dyad_name"], row["year"]] += int(row["best"] or 0)
    for row in coded:
        row["active_year"] = int(dead[row["dyad_name"], row["year"]] >= _ACTIVE)


def _coded(incident: Incident, known: Parties) -> dict[str, Cell] | None:
    """The row of an incident; None where UCDP does not code it."""
    best, dates, dead = best_place(incident), span(incident), toll(incident.figures, "killed")
    if best is None or dates is None or dead is None or dead.best < 1:
        return None
    land = country(best.place.country)
    violence = _type_of_violence(incident, known)
    involved = (*incident.actors, *(t for t in incident.targets if known.party(t)))
    lost = [f.side for f in incident.figures if f.kind == "killed"]
    dyad = known.one_sided(incident.actors) if violence == _ONE_SIDED else known.dyad(involved, lost, land)
    return {
        **_numbers(incident, dyad, land, violence, dates[0].year),
        **_sources(incident),
        **_place(incident, best, land, known),
        "event_clarity": 2 if any(f.cumulative for f in incident.figures) else 1,
        "date_prec": time_codes(*dates, incident.date_precision)[1],
        "date_start": dates[0].isoformat(),
        "date_end": dates[1].isoformat(),
        **_deaths(incident, dyad, dead),
        "gwnoa": dyad.side_a.gwno if violence == _STATE else None,
        "gwnob": dyad.side_b.gwno if violence == _STATE else None,
    }


def _type_of_violence(incident: Incident, known: Parties) -> int:
    """1 where a state fights, 3 where the unarmed are attacked on purpose, 2 where no state takes part.

    Civilians hit by the shelling of a war are that war's dead, as UCDP counts them.
    """
    named = [party for name in incident.actors if (party := known.party(name))]
    against = [party for name in incident.targets if (party := known.party(name))]
    if incident.event_type == "Violence against civilians":
        return _ONE_SIDED
    if any(party.kind in ("state", "police", "external") for party in (*named, *against)):
        return _STATE
    return _NON_STATE if named else _STATE


def _numbers(incident: Incident, dyad: Dyad, land: Country, violence: int, year: int) -> dict[str, Cell]:
    number = int(content_id(incident.id, "ucdp")[:8], 16)
    return {
        "id": number,
        "relid": f"{land.iso3 or 'XXX'}-{year}-{violence}-{dyad.conflict_id or 0}-{number}",
        "year": year,
        "code_status": "Clear" if incident.status == "agreed" else f"Check {incident.status}",
        "type_of_violence": violence,
        "conflict_dset_id": dyad.conflict_id,
        "conflict_new_id": dyad.conflict_id,
        "conflict_name": dyad.conflict_name,
        "dyad_dset_id": dyad.id,
        "dyad_new_id": dyad.id,
        "dyad_name": clean(dyad.name),
        "side_a_dset_id": dyad.side_a.id,
        "side_a_new_id": dyad.side_a.id,
        "side_a": clean(dyad.side_a.name),
        "side_b_dset_id": dyad.side_b.id,
        "side_b_new_id": dyad.side_b.id,
        "side_b": clean(dyad.side_b.name),
    }


def _sources(incident: Incident) -> dict[str, Cell]:
    sources = list({claim.source.document_id: claim.source for claim in incident.claims}.values())
    article = (f'"{s.outlet or s.document_id},{_iso(s.published)},{_one_line(s.title)}"' for s in sources)
    return {
        "number_of_sources": len(sources),
        "source_article": clean(";".join(article)),
        "source_office": clean(";".join(dict.fromkeys(s.outlet for s in sources if s.outlet))),
        "source_date": ";".join(dict.fromkeys(_iso(s.published) for s in sources if s.published)),
        "source_headline": clean(";".join(dict.fromkeys(_one_line(s.title) for s in sources if s.title))),
        "source_original": clean(SEPARATOR.join(incident.reported_by)),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _one_line(text: str) -> str:
    """A headline without line breaks, and with no quotation mark that would end the field of UCDP's own form."""
    return " ".join(text.split()).replace('"', "'")


def _place(incident: Incident, best: ClaimPlace, land: Country, known: Parties) -> dict[str, Cell]:
    at = best.place.lonlat
    fixed = anchors().get(best.place.id) or Anchor(round(at.lat, 6), round(at.lon, 6), where_prec(best))
    latitude, longitude, precision = fixed
    return {
        "where_prec": precision,
        "where_coordinates": clean(best.place.name),
        "where_description": clean(SEPARATOR.join(p.place.name for p in ranked_places(incident))),
        "adm_1": clean(best.place.admin1),
        "adm_2": clean(best.place.admin2),
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": priogrid(latitude, longitude),
        "country": land.name,
        "country_id": known.country_id(land),
        "region": land.ucdp_region,
    }


def priogrid(latitude: float, longitude: float) -> int:
    """Number of the half-degree PRIO-GRID cell, 1 to 259,200, counted from the south-west corner eastwards."""
    row, column = floor((latitude + 90) * 2), floor((longitude + 180) * 2)
    return min(row, 359) * 720 + min(column, 719) + 1


def _deaths(incident: Incident, dyad: Dyad, dead: Toll) -> dict[str, Cell]:
    """Deaths by side, of civilians and unknown, which add up to best."""
    civilians = _best(toll(incident.figures, "killed", status="civilian"))
    ours = _best(toll(incident.figures, "killed", status="military", sides=tuple(dyad.side_a.members)))
    theirs = _best(toll(incident.figures, "killed", status="military", sides=tuple(dyad.side_b.members)))
    best = max(dead.best, civilians + ours + theirs)
    return {
        "deaths_a": ours,
        "deaths_b": theirs,
        "deaths_civilians": civilians,
        "deaths_unknown": best - ours - theirs - civilians,
        "best": best,
        "high": max(dead.high, best),
        "low": min(dead.low, best),
    }


def _best(found: Toll | None) -> int:
    return found.best if found else 0
