"""From records back to documents' claims and to incidents: what the piped steps read.

Places are those of the gazetteer where it has their id; others are made from what the record says of them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat
from geomap.model import (
    Agreement,
    Casualty,
    Claim,
    ClaimPlace,
    Equipment,
    EquipmentFigure,
    Figure,
    Incident,
    Place,
    Reason,
    RivalFigure,
    Source,
)
from geomap.record import CASUALTY_FIELDS, EQUIPMENT_FIELDS

#: Where a run writes its incidents to, in its folder.
INCIDENTS_FILE: Final = "incidents.jsonl"
Row = Mapping[str, Any]
Made = TypeVar("Made")
#: A feature code of each feature word, for a place that is known by its record alone.
_CODE: Final = {
    "settlement": "PPL",
    "district": "ADM2",
    "region": "RGN",
    "country": "PCLI",
    "water": "LK",
    "mountain": "MT",
    "line": "BDRY",
    "facility": "BLDG",
}


def read_rows(source: str | os.PathLike[str]) -> Iterator[tuple[str, Row]]:
    """Objects of a JSON-lines file (``-``: standard input), each with where it stands.

    Raises
    ------
    InputError
        Where the file cannot be read or a line is no object.
    """
    name = "standard input" if os.fspath(source) == "-" else os.fspath(source)
    with _lines(source, name) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{name}:{number}"
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(where, f"not JSON ({error})", "One object a line is wanted.") from error
            if not isinstance(row, dict):
                raise InputError(
                    where, f"not an object ({line.decode('utf-8', 'replace').strip():.40})", "See docs/cli.md."
                )
            yield where, row


@contextmanager
def _lines(source: str | os.PathLike[str], name: str) -> Iterator[Iterable[bytes]]:
    if os.fspath(source) == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(source).open("rb") as lines:
            yield lines
    except OSError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(name, f"cannot be read ({error.strerror or error})", "Check the name.") from error


def read_claims(source: str | os.PathLike[str], gazetteer: Gazetteer) -> Iterator[Claim]:
    """Claims of document records."""
    for where, row in read_rows(source):
        if "claims" not in row or "doc" not in row:
            hint = "Lines of `geomap extract` are wanted here."
            raise InputError(where, f"not a document record (has {_keys(row)})", hint)
        yield from _made(where, partial(claims_of, row, gazetteer))


def read_incidents(source: str | os.PathLike[str], gazetteer: Gazetteer) -> Iterator[Incident]:
    """Incidents of incident records: of a file, ``-``, or a folder that a run wrote them to.

    Raises
    ------
    InputError
        Where there are none, or a record is broken.
    """
    for where, row in read_rows(_incidents_file(source)):
        if "claims" not in row or "status" not in row:
            hint = "Lines of `geomap merge` are wanted here."
            raise InputError(where, f"not an incident record (has {_keys(row)})", hint)
        yield _made(where, partial(incident_of, row, gazetteer))


def _incidents_file(source: str | os.PathLike[str]) -> str | os.PathLike[str]:
    folder = Path(source)
    if os.fspath(source) == "-" or not folder.is_dir():
        return source
    if not (folder / INCIDENTS_FILE).is_file():
        hint = "Name a folder that `geomap map` wrote, or a file with the lines of `geomap merge`."
        raise InputError(str(folder), f"no {INCIDENTS_FILE} in it", hint)
    return folder / INCIDENTS_FILE


def _keys(row: Row) -> str:
    return ", ".join(list(row)[:6]) or "nothing"


def _made(where: str, make: Callable[[], Made]) -> Made:
    try:
        return make()
    except KeyError as error:
        raise InputError(where, f"a record without {error}", "See schema/document.schema.json of the data.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(where, f"a broken record ({error})", "See schema/document.schema.json of the data.") from error


def source_of(row: Row) -> Source:
    """What a record says of its article."""
    told = {name: row.get(name) or "" for name in ("language", "outlet", "title", "url", "published_basis")}
    return Source(str(row["doc"]), **told, published=_day(row.get("published")))


def claims_of(row: Row, gazetteer: Gazetteer) -> list[Claim]:
    """Claims of a document record."""
    source = source_of(row)
    return [claim_of(claim, source, gazetteer) for claim in row["claims"]]


def claim_of(row: Row, source: Source, gazetteer: Gazetteer) -> Claim:
    """A claim."""
    return Claim(
        id=row["id"],
        source=source,
        start=row["start"],
        end=row["end"],
        text=row["text"],
        event_type=row["event_type"],
        sub_event_type=row["sub_event_type"],
        date=_day(row["date"]),
        date_end=_day(row["date_end"]),
        date_precision=row["date_precision"],
        places=tuple(_claim_place(p, gazetteer) for p in row["places"]),
        actors=tuple(row["actors"]),
        targets=tuple(row["targets"]),
        reported_by=tuple(row["reported_by"]),
        denied_by=tuple(row["denied_by"]),
        casualties=tuple(_casualty(c) for c in row["casualties"]),
        equipment=tuple(Equipment(**{name: e[name] for name in EQUIPMENT_FIELDS}) for e in row["equipment"]),
        confidence=row.get("confidence", 1.0),
        reasons=_reasons(row),
    )


def incident_of(row: Row, gazetteer: Gazetteer) -> Incident:
    """An incident with its claims."""
    return Incident(
        id=row["id"],
        claims=tuple(claim_of(c, source_of(c["source"]), gazetteer) for c in row["claims"]),
        event_type=row["event_type"],
        sub_event_type=row["sub_event_type"],
        date=_day(row["date"]),
        date_end=_day(row["date_end"]),
        date_precision=row["date_precision"],
        places=tuple(_claim_place(p, gazetteer) for p in row["places"]),
        actors=tuple(row["actors"]),
        targets=tuple(row["targets"]),
        reported_by=tuple(row["reported_by"]),
        denied_by=tuple(row["denied_by"]),
        figures=tuple(_figure(f) for f in row["figures"]),
        equipment=tuple(EquipmentFigure(**{**e, "claim_ids": tuple(e["claim_ids"])}) for e in row["equipment"]),
        confidence=row["confidence"],
        status=row["status"],
        agreement=tuple(
            Agreement(a["field"], a["value"], tuple(a["support"]), tuple(a["differ"])) for a in row["agreement"]
        ),
        reasons=_reasons(row),
    )


def place_of(row: Row, gazetteer: Gazetteer) -> Place:
    """The gazetteer's place of the record's id, else one made from the record."""
    known = gazetteer.get(row["id"])
    if known is not None:
        return known
    return Place(
        id=row["id"],
        name=row["name"],
        lonlat=LonLat(float(row["lon"]), float(row["lat"])),
        feature_code=row.get("feature_code") or _CODE[row["feature"]],
        country=row.get("country"),
        admin1=row.get("admin1", ""),
        admin2=row.get("admin2", ""),
        radius_km=float(row["radius_km"]),
        population=row.get("population", 0),
        names={language: tuple(spellings) for language, spellings in row.get("names", {}).items()},
        parents=tuple(row.get("parents", ())),
        origin=row.get("source", ""),
        evidence=row.get("evidence", ""),
    )


def _claim_place(row: Row, gazetteer: Gazetteer) -> ClaimPlace:
    place = place_of(row, gazetteer)
    return ClaimPlace(place, row["geo_precision"], row.get("start"), row.get("end"), bool(row.get("inferred")))


def _casualty(row: Row) -> Casualty:
    return Casualty(**{name: row[name] for name in CASUALTY_FIELDS})


def _figure(row: Row) -> Figure:
    rivals = tuple(
        RivalFigure(_casualty(r["casualty"]), r["claim_id"], r["claimant"], _day(r["as_of"]), r["low"], r["high"])
        for r in row["rivals"]
    )
    return Figure(**{**row, "rivals": rivals})


def _reasons(row: Row) -> tuple[Reason, ...]:
    return tuple(Reason(r["rule"], r["text"], r.get("score")) for r in row.get("reasons", ()))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
