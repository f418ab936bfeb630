"""Incidents as flat rows, one tuple in the order of the table's columns (``geomap.schema``).

Rows hold only text, numbers, True/False and None; dates are ``YYYY-MM-DD``, datetimes ``YYYY-MM-DDTHH:MM:SSZ``. Text
that no XML or UTF-8 file can hold (NUL, other control characters, lone surrogates) becomes U+FFFD, so that every
format gives back the same.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from geomap.codebook import WHERE_PREC, feature_of
from geomap.model import Claim, ClaimPlace, Figure, Incident, Place, Source
from geomap.parties import parties
from geomap.tolls import toll

Value = str | int | float | bool | None
Row = tuple[Value, ...]
#: Parts values in a cell that holds several.
SEPARATOR: Final = "; "
#: Characters that XML 1.0 or UTF-8 cannot hold.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with what no file can hold replaced by U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text) if _UNWRITABLE.search(text) else text


@lru_cache(maxsize=65_536)
def _name(text: str) -> str:
    """``clean`` of a short text that comes again and again."""
    return clean(text)


def _joined(parts: Sequence[str], separator: str = SEPARATOR) -> str | None:
    """Distinct parts in one cell, in their order; None where there are none."""
    if len(parts) < 2:
        return (_name(parts[0]) or None) if parts else None
    return _joined_many(tuple(parts), separator)


@lru_cache(maxsize=16_384)
def _joined_many(parts: tuple[str, ...], separator: str) -> str | None:
    return clean(separator.join(dict.fromkeys(part for part in parts if part))) or None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@lru_cache(maxsize=256)
def disorder_type(event_type: str, sub_event_type: str) -> str:
    """ACLED's disorder type."""
    if sub_event_type == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if event_type == "Strategic developments":
        return event_type
    if event_type == "Protests" or sub_event_type == "Violent demonstration":
        return "Demonstrations"
    return "Political violence"


# ---- time ------------------------------------------------------------------------------------------------------------


def span(event: Incident | Claim) -> tuple[date, date] | None:
    """First and last day on which it happened or may have happened; None for an undated one."""
    first = event.date
    if first is None:
        return None
    last = event.date_end
    if last is None or last < first:
        last = first
        if event.date_precision == "month":
            last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        elif event.date_precision == "year":
            last = first.replace(month=12, day=31)
    return first, last


@lru_cache(maxsize=4096)
def time_codes(first: date, last: date, precision: str) -> tuple[int | None, int]:
    """ACLED's time_precision (None where it is vaguer than a month) and UCDP's date_prec."""
    days = (last - first).days + 1
    if precision == "day":
        return 1, 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5
    acled = 1 if days == 1 else 2 if days <= 7 else 3 if days <= 31 else None
    return acled, 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


@lru_cache(maxsize=4096)
def _when(first: date, last: date, precision: str) -> Row:
    """The columns event_date, date_end, date_precision, time_precision, date_prec, start_utc, end_utc."""
    start, end = first.isoformat(), last.isoformat()
    return (start, end, precision, *time_codes(first, last, precision), f"{start}T00:00:00Z", f"{end}T23:59:59Z")


def days_of(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]


# ---- place -----------------------------------------------------------------------------------------------------------


def ranked_places(incident: Incident) -> tuple[ClaimPlace, ...]:
    """The places, the most precise first: by geo_precision, named before inferred, then in the order of the text."""
    if len(incident.places) < 2:
        return incident.places
    return tuple(
        sorted(
            incident.places,
            key=lambda p: (p.geo_precision, p.inferred, WHERE_PREC.get(feature_of(p.place.feature_code), 9)),
        )
    )


def best_place(incident: Incident) -> ClaimPlace | None:
    """The most precise place, whose point the incident has; None for an unlocated one."""
    ranked = ranked_places(incident)
    return ranked[0] if ranked else None


def where_prec(where: ClaimPlace) -> int:
    """UCDP's precision code of the place."""
    code = WHERE_PREC.get(feature_of(where.place.feature_code), 1)
    return 2 if code == 1 and where.geo_precision > 1 else code


def arabic_name(place: Place) -> str | None:
    """The Arabic name, where there is one."""
    spellings = place.names.get("ar")
    return _name(spellings[0]) if spellings else None


#: The columns from country to place_id of an unlocated incident.
_NOWHERE: Final[Row] = (None,) * 13
#: Rows of places seen before, each with its place: few places make many incidents.
_SEEN: Final[dict[tuple[str, int, bool], tuple[Place, Row]]] = {}


def _where(best: ClaimPlace | None) -> Row:
    if best is None:
        return _NOWHERE
    key = (best.place.id, best.geo_precision, best.inferred)
    seen = _SEEN.get(key)
    if seen is not None and seen[0] is best.place:
        return seen[1]
    if len(_SEEN) > 50_000:
        _SEEN.clear()
    row = _place_cells(best)
    _SEEN[key] = (best.place, row)
    return row


def _place_cells(best: ClaimPlace) -> Row:
    """The columns from country to place_id."""
    place = best.place
    return (
        place.country,
        _name(place.admin1) or None,
        _name(place.admin2) or None,
        _name(place.name),
        arabic_name(place),
        round(place.lonlat.lat, 5),
        round(place.lonlat.lon, 5),
        feature_of(place.feature_code),
        best.geo_precision,
        where_prec(best),
        float(place.radius_km),
        best.inferred,
        _name(place.id),
    )


# ---- victims and equipment -------------------------------------------------------------------------------------------

_NO_TOLL: Final[Row] = (*(None,) * 12, False)


def _killed_text(figures: Sequence[Figure]) -> str | None:
    return _joined([_figure_text(f) for f in figures if f.kind == "killed" and f.best is not None])


def _figure_text(figure: Figure) -> str:
    rivals = f" [{figure.low}-{figure.high}]" if figure.low != figure.best or figure.high != figure.best else ""
    return f"{figure.side} {figure.status} {figure.best}{rivals}"


def _tolls(figures: Sequence[Figure]) -> Row:
    """The columns from fatalities_low to cumulative."""
    if not figures:
        return _NO_TOLL
    kinds = {f.kind for f in figures}
    killed: Row = (None,) * 6
    if "killed" in kinds:
        military, civilian = (toll(figures, "killed", status=status) for status in ("military", "civilian"))
        killed = (
            *(toll(figures, "killed") or (None, None, None)),
            military.best if military else None,
            civilian.best if civilian else None,
            _killed_text(figures),
        )
    injured = toll(figures, "injured") if "injured" in kinds else None
    others = (toll(figures, kind) if kind in kinds else None for kind in ("missing", "captured", "displaced"))
    return (
        *killed,
        *(injured or (None, None, None)),
        *(other.best if other else None for other in others),
        any(f.cumulative for f in figures),
    )


def _equipment_text(incident: Incident) -> str | None:
    if not incident.equipment:
        return None
    return _joined([f"{e.side} {e.item}" + ("" if e.count is None else f" {e.count}") for e in incident.equipment])


# ---- rows ------------------------------------------------------------------------------------------------------------


def _sources(claims: Sequence[Claim]) -> list[Source]:
    if len(claims) == 1:
        return [claims[0].source]
    return list({claim.source.document_id: claim.source for claim in claims}.values())


def _source_cells(sources: Sequence[Source]) -> Row:
    """The columns from source to source_dates."""
    if len(sources) == 1:
        only = sources[0]
        url, day = clean(only.url) or None, _iso(only.published)
        return (_name(only.outlet) or None, url, url, clean(only.title) or None, day, day)
    urls = [s.url for s in sources if s.url]
    dates = [s.published for s in sources if s.published]
    return (
        _joined([s.outlet for s in sources]),
        clean(urls[0]) if urls else None,
        _joined(urls, " "),
        _joined([s.title for s in sources], " | "),
        _iso(min(dates)) if dates else None,
        _joined([d.isoformat() for d in dates]),
    )


def incident_row(incident: Incident) -> Row:
    """One incident as a row of the tables ``incidents`` and ``unlocated``."""
    days = span(incident)
    ranked = ranked_places(incident)
    sources = _sources(incident.claims)
    actors, targets, claims = incident.actors, incident.targets, incident.claims
    second = actors[1] if len(actors) > 1 else next((name for name in targets if parties().party(name)), "")
    return (
        clean(incident.id),
        *(
            _when(*days, incident.date_precision)
            if days
            else (None, None, incident.date_precision, None, None, None, None)
        ),
        incident.event_type,
        incident.sub_event_type,
        disorder_type(incident.event_type, incident.sub_event_type),
        (_name(actors[0]) or None) if actors else None,
        _name(second) or None,
        _joined(actors),
        _joined(targets),
        incident.status,
        _joined(incident.reported_by),
        _joined(incident.denied_by),
        *_tolls(incident.figures),
        _equipment_text(incident),
        *_where(ranked[0] if ranked else None),
        len(ranked),
        _joined([p.place.name for p in ranked]),
        len(claims),
        len(sources),
        *_source_cells(sources),
        clean(claims[0].text),
        claims[0].source.language or None,
        round(incident.confidence, 3),
        incident.claimant_confidence,
        _joined([a.field for a in incident.agreement if a.differ]),
        claims[0].id if len(claims) == 1 else SEPARATOR.join([claim.id for claim in claims]),
    )


def claim_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Rows of the table ``claims``."""
    for incident in incidents:
        for claim in incident.claims:
            days = span(claim)
            yield (
                claim.id,
                _name(incident.id),
                _name(claim.document_id),
                claim.start,
                claim.end,
                clean(claim.text),
                claim.event_type,
                claim.sub_event_type,
                *(_when(*days, claim.date_precision)[:3] if days else (None, None, claim.date_precision)),
                _joined(claim.actors),
                _joined(claim.targets),
                _joined(claim.reported_by),
                _joined(claim.denied_by),
                _joined([p.place.name for p in claim.places]),
                round(claim.confidence, 3),
                claim.claimant_confidence,
            )


def source_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Rows of the table ``sources``: every article once, in the order of its first claim."""
    for source in _sources([claim for incident in incidents for claim in incident.claims]):
        cells = (source.outlet, source.title, source.url)
        basis, language = source.published_basis, source.language
        yield (
            _name(source.document_id),
            *(_name(cell) or None for cell in cells),
            _iso(source.published),
            _name(basis) or None,
            language or None,
        )


def casualty_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Rows of the table ``casualties``: every claimant's figure."""
    for incident in incidents:
        for figure in incident.figures:
            for rival in figure.rivals:
                c = rival.casualty
                facts = (c.kind, _name(c.side), c.status, c.count, c.qualifier, rival.low, rival.high, c.cumulative)
                yield (_name(incident.id), rival.claim_id, *facts, _name(rival.claimant) or None, _iso(rival.as_of))


def equipment_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Rows of the table ``equipment``."""
    for incident in incidents:
        for e in incident.equipment:
            yield (
                _name(incident.id),
                e.item,
                e.count,
                _name(e.side),
                _name(e.claimant) or None,
                SEPARATOR.join(e.claim_ids) or None,
            )


def place_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Rows of the table ``places``: every place that an incident names, in the order of its id."""
    places: dict[str, Place] = {}
    named: dict[str, int] = {}
    for incident in incidents:
        for where in incident.places:
            places.setdefault(where.place.id, where.place)
            named[where.place.id] = named.get(where.place.id, 0) + 1
    for place_id, place in sorted(places.items()):
        yield (
            _name(place_id),
            _name(place.name),
            arabic_name(place),
            feature_of(place.feature_code),
            place.feature_code or None,
            place.country,
            _name(place.admin1) or None,
            _name(place.admin2) or None,
            round(place.lonlat.lat, 5),
            round(place.lonlat.lon, 5),
            float(place.radius_km),
            place.population,
            place.origin or None,
            _name(place.evidence) or None,
            named[place_id],
        )


def incident_place_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Rows of the table ``incident_places``."""
    for incident in incidents:
        for rank, where in enumerate(ranked_places(incident), 1):
            yield (_name(incident.id), _name(where.place.id), rank, where.geo_precision, where.inferred)


#: The rows of each table without geometry of its own (areas: ``geomap.shapes``).
ROWS: Final[dict[str, Callable[[Sequence[Incident]], Iterable[Row]]]] = {
    "incidents": lambda incidents: map(incident_row, (i for i in incidents if i.places)),
    "unlocated": lambda incidents: map(incident_row, (i for i in incidents if not i.places)),
    "claims": claim_rows,
    "sources": source_rows,
    "casualties": casualty_rows,
    "equipment": equipment_rows,
    "places": place_rows,
    "incident_places": incident_place_rows,
}
