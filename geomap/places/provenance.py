"""What stands behind a place's point: entries in GeoNames and Wikidata, the source's date, a second source.

In a file these are the properties ``geonames``, ``wikidata``, ``dated``, ``second`` and ``alone``; ``admin2_from``
tells who says in which second-level division the place lies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from geomap.errors import DataError
from geomap.geo import LonLat
from geomap.model import Provenance, SecondPoint

#: A year, a month or a day.
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_WIKIDATA: Final = re.compile(r"Q[1-9]\d*")
_SECOND: Final = frozenset({"source", "dated", "km", "point"})
_NONE: Final = Provenance()


def provenance_of(where: str, place_id: str, given: Mapping[str, Any]) -> Provenance:
    """The provenance that a feature's properties tell.

    Raises
    ------
    DataError
        Where a value is of no use.
    """
    if not given.keys() & {"geonames", "wikidata", "dated", "second", "alone", "admin2_from"}:
        return _NONE
    geonames, wikidata = given.get("geonames", 0), given.get("wikidata", "")
    dated, alone = given.get("dated", ""), given.get("alone", "")
    if not isinstance(geonames, int) or isinstance(geonames, bool) or geonames < 0:
        raise DataError(where, f"{place_id}: bad geonames ({geonames!r})", "The number of a GeoNames entry.")
    if wikidata and not (isinstance(wikidata, str) and _WIKIDATA.fullmatch(wikidata)):
        raise DataError(where, f"{place_id}: bad wikidata ({wikidata!r})", "An id such as Q1953.")
    if not isinstance(alone, str):
        raise DataError(where, f"{place_id}: bad alone ({alone!r})", "Why there is one source, as a text in quotes.")
    divided = given.get("admin2_from", "")
    if not isinstance(divided, str) or (divided and not given.get("admin2")):
        raise DataError(where, f"{place_id}: bad admin2_from ({divided!r})", "Who says so of admin2, in a word.")
    _check_date(where, place_id, dated)
    second = _second(where, place_id, given["second"]) if "second" in given else None
    if second and alone:
        raise DataError(where, f"{place_id}: both second and alone", "With a second source, nothing is to explain.")
    return Provenance(geonames, wikidata, dated, second, alone, divided)


def _check_date(where: str, place_id: str, dated: Any) -> None:
    if dated != "" and not (isinstance(dated, str) and _DATE.fullmatch(dated)):
        raise DataError(where, f"{place_id}: bad dated ({dated!r})", "A year, a month or a day: 2026, 2026-07.")


def _second(where: str, place_id: str, second: Any) -> SecondPoint:
    if not isinstance(second, dict) or not second.get("source") or second.keys() - _SECOND:
        raise DataError(where, f"{place_id}: bad second ({second!r})", "An object with source, dated, km and point.")
    km, point, dated = second.get("km"), second.get("point"), second.get("dated", "")
    _check_date(where, place_id, dated)
    if not isinstance(km, int | float) or isinstance(km, bool) or km < 0:
        raise DataError(where, f"{place_id}: bad km of second ({km!r})", "How far the points lie apart.")
    if point is not None and not _is_point(point):
        raise DataError(where, f"{place_id}: bad point of second ({point!r})", "[longitude, latitude].")
    return SecondPoint(str(second["source"]), dated, float(km), LonLat(*map(float, point)) if point else None)


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(isinstance(c, int | float) and not isinstance(c, bool) for c in point)
        and abs(point[0]) <= 180
        and abs(point[1]) <= 90
    )


def properties_of(provenance: Provenance) -> dict[str, Any]:
    """The properties that say it in a file; what is not known is left out."""
    told: dict[str, Any] = {
        "geonames": provenance.geonames,
        "wikidata": provenance.wikidata,
        "dated": provenance.dated,
        "alone": provenance.alone,
        "admin2_from": provenance.admin2_from,
    }
    second = provenance.second
    if second is not None:
        told["second"] = {"source": second.source, "dated": second.dated, "km": _short(second.km)}
        if second.lonlat is not None:
            told["second"]["point"] = [_short(c) for c in second.lonlat]
    return {name: value for name, value in told.items() if value}


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value
