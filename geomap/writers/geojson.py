"""GeoJSON, RFC 7946 to the letter: one feature a line, so that two versions can be compared line by line.

A ``.qml`` of the same name stands beside it, which QGIS loads by itself. An incident without a place has a null
geometry, as the standard provides. The id of a feature is the incident's; its properties are the other columns of the
table ``incidents``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from geomap.geo import bbox_of
from geomap.model import Incident
from geomap.outputs import replacing
from geomap.qgis.style import style
from geomap.schema import INCIDENTS
from geomap.tables import best_place, incident_row


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_NAMES: Final = INCIDENTS.names
_LAT, _LON = _NAMES.index("latitude"), _NAMES.index("longitude")
#: Features are written in blocks, which is faster than one by one and keeps memory flat.
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
        with free.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as out:
            out.writelines(lines(incidents))
        if qml:
            free.with_suffix(".qml").write_text(style("incidents", language), "utf-8", newline="\n")
    return path


def write_days(days: Mapping[date, Sequence[Incident]], folder: Path, *, language: str = "ar", qml: bool = True) -> list[Path]:
    """Write one file a day, ``YYYY-MM-DD.geojson``; all of them or, where one fails, none of the later ones."""
    return [write(incidents, folder / f"{day.isoformat()}.geojson", language=language, qml=qml) for day, incidents in days.items()]


def lines(incidents: Sequence[Incident]) -> Iterator[str]:
    """The text of the file in pieces: the head, blocks of features, the tail."""
    box = bbox_of(p.place.lonlat for i in incidents if (p := best_place(i)) is not None)
    bounds = "" if box is None else f'"bbox":{_ENCODER.encode([round(x, 5) for x in box])},\n'
    yield f'{{"type":"FeatureCollection",\n{bounds}"features":[\n'
    comma = ""
    for start in range(0, len(incidents), _BLOCK):
        yield comma + ",\n".join(_features(incidents[start : start + _BLOCK]))
        comma = ",\n"
    yield "\n]}\n"


def _features(incidents: Iterable[Incident]) -> Iterator[str]:
    encode = _ENCODER.encode
    for incident in incidents:
        row = incident_row(incident)
        latitude, longitude = row[_LAT], row[_LON]
        point = "null" if latitude is None else f'{{"type":"Point","coordinates":[{longitude},{latitude}]}}'
        properties = encode(dict(zip(_NAMES[1:], row[1:], strict=True)))
        yield f'{{"type":"Feature","id":{encode(row[0])},"geometry":{point},"properties":{properties}}}'
