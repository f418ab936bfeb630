"""GeoJSON, RFC 7946 to the letter: one feature a line, so that two versions can be compared line by line.

A ``.qml`` of the same name stands beside it, which QGIS loads by itself. An incident without a place has a null
geometry, as the standard provides. The id of a feature is the incident's; its properties are the other columns of the
table ``incidents``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from json.encoder import encode_basestring as _text
from pathlib import Path
from typing import Final

from geomap.geo import bbox_of
from geomap.model import Incident
from geomap.outputs import replacing
from geomap.qgis.style import style
from geomap.schema import INCIDENTS
from geomap.tables import Row, Value, best_place, incident_row

_NAMES: Final = INCIDENTS.names
_LAT, _LON = _NAMES.index("latitude"), _NAMES.index("longitude")
#: Runs of columns that many incidents share (first, after last): their text is made once and kept.
_SHARED: Final = tuple(
    (_NAMES.index(first), _NAMES.index(last) + 1)
    for first, last in (
        ("event_date", "disorder_type"),
        ("actor1", "denied_by"),
        ("fatalities_low", "equipment"),
        ("country", "place_id"),
    )
)
#: Features are written in blocks: memory stays flat.
_BLOCK: Final = 512


def write(incidents: Sequence[Incident], path: Path, *, language: str = "ar", qml: bool = True) -> Path:
    """Write incidents as one FeatureCollection of points, in the order given.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Language of the names in the ``.qml``.
    qml : bool
        Whether to write the style for QGIS beside it.

    Returns
    -------
    Path
        The path written.
    """
    with replacing(path) as free:
        _write_one(incidents, free, language if qml else None)
    return path


def write_days(
    days: Mapping[date, Sequence[Incident]], folder: Path, *, language: str = "ar", qml: bool = True
) -> list[Path]:
    """Write one file a day, ``YYYY-MM-DD.geojson``, into a folder: all of them or none."""
    paths = [folder / f"{day.isoformat()}.geojson" for day in days]
    if paths:
        with replacing(paths[0]) as free:
            for path, incidents in zip(paths, days.values(), strict=True):
                _write_one(incidents, free.with_name(path.name), language if qml else None)
    return paths


def _write_one(incidents: Sequence[Incident], path: Path, language: str | None) -> None:
    with path.open("wb") as out:
        out.writelines(piece.encode() for piece in lines(incidents))
    if language is not None:
        path.with_suffix(".qml").write_bytes(style("incidents", language).encode())


def lines(incidents: Sequence[Incident]) -> Iterator[str]:
    """The text of the file in pieces: the head, blocks of features, the tail."""
    box = bbox_of({p.place.lonlat for i in incidents if (p := best_place(i)) is not None})
    bounds = "" if box is None else f'"bbox":[{",".join(_json(round(x, 5)) for x in box)}],\n'
    yield f'{{"type":"FeatureCollection",\n{bounds}"features":[\n'
    comma = ""
    for start in range(0, len(incidents), _BLOCK):
        yield comma + ",\n".join(_features(incidents[start : start + _BLOCK]))
        comma = ",\n"
    yield "\n]}\n"


def _features(incidents: Iterable[Incident]) -> Iterator[str]:
    (d0, d1), (a0, a1), (t0, t1), (p0, p1) = _SHARED
    end = len(_NAMES)
    for incident in incidents:
        row = incident_row(incident)
        latitude, longitude = row[_LAT], row[_LON]
        point = "null" if latitude is None else f'{{"type":"Point","coordinates":[{longitude},{latitude}]}}'
        yield (
            f'{{"type":"Feature","id":{_json(row[0])},"geometry":{point},"properties":{{'
            f"{_kept(d0, row[d0:d1])},{_kept(a0, row[a0:a1])},{_kept(t0, row[t0:t1])},"
            f"{_kept(p0, row[p0:p1])},{_members(p1, row[p1:end])}}}}}"
        )


def _members(start: int, values: Row) -> str:
    """Members of an object: the columns from the one numbered ``start``, with these values."""
    # Written out, not a call a value: this line takes a third of the time.
    cells = [_text(v) if type(v) is str else "null" if v is None else v if type(v) is int else _json(v) for v in values]
    return _template(start, len(values)) % tuple(cells)


#: Keys tell 1 from True and 1.0 by the columns' types, which never change.
_kept = lru_cache(maxsize=16_384)(_members)


@cache
def _template(start: int, count: int) -> str:
    return ",".join(f'"{name}":%s' for name in _NAMES[start : start + count])


def _json(value: Value) -> str:
    """A value as JSON has it.

    Raises
    ------
    ValueError
        For a number that JSON has not: NaN and the infinities.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _text(value)
    if value - value != 0:
        raise ValueError(f"{value} has no place in JSON")
    return repr(value)
