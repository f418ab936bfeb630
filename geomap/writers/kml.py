"""KML and KMZ for Google Earth: a placemark an incident, a style a type of event, time spans, areas beside points.

Written here and not through GDAL, whose CDATA sections break where a text holds ``]]>``. Every text is escaped, none
is HTML: a browser inside Google Earth shows it as it stands.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from geomap.dictionary import Words, words
from geomap.model import Incident
from geomap.outputs import replacing
from geomap.qgis.style import MARKS
from geomap.schema import INCIDENTS
from geomap.shapes import Coordinates, shape_of
from geomap.tables import Row, Value, clean, incident_row

_NAMES: Final = INCIDENTS.names
_AT: Final = {name: n for n, name in enumerate(_NAMES)}
#: KML types of our columns; the others are strings.
_SCHEMA_TYPE: Final = {"integer": "int", "real": "double", "boolean": "bool"}
_STYLE_ID: Final = {event: f"e{number}" for number, event in enumerate(MARKS)}
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
    "<Document>\n<name>{name}</name>\n"
)
_BLOCK: Final = 512
#: How cells are written, typed or not: what is around all, the element of each and what is inside it.
_CELLS: Final = {
    True: ('<SchemaData schemaUrl="#incidents">', "</SchemaData>", "SimpleData", "", ""),
    False: ("", "", "Data", "<value>", "</value>"),
}


def write(incidents: Sequence[Incident], path: Path, *, language: str = "ar") -> Path:
    """Write incidents as KML, or as KMZ where the path ends so.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Language of names, folders and types.

    Returns
    -------
    Path
        The path written.
    """
    with replacing(path) as free, free.open("wb") as out:
        if path.suffix.lower() == ".kmz":
            # GDAL, and so QGIS, finds no schema inside an archive: there the cells go without types.
            out.write(_zipped("".join(pieces(incidents, language, typed=False)).encode()))
        else:
            out.writelines(piece.encode() for piece in pieces(incidents, language))
    return path


def _zipped(kml: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        # A fixed date: the same incidents give the same bytes.
        archive.writestr(zipfile.ZipInfo("doc.kml", (1980, 1, 1, 0, 0, 0)), kml, zipfile.ZIP_DEFLATED, 6)
    return packed.getvalue()


def escape(text: str) -> str:
    """Text for XML; a carriage return is written out, as XML readers would turn it into a line feed."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text


_short = lru_cache(maxsize=16_384)(escape)


def pieces(incidents: Sequence[Incident], language: str, *, typed: bool = True) -> Iterator[str]:
    """The text of the file in pieces; ``typed`` is whether the columns have a schema."""
    named = words(language)
    yield _HEAD.format(name=escape(named.table("incidents")))
    if typed:
        yield _schema(named)
    yield "".join(_styles())
    for title, part in (
        ("incidents", [i for i in incidents if i.places]),
        ("unlocated", [i for i in incidents if not i.places]),
    ):
        yield f"<Folder><name>{escape(named.table(title))}</name>\n"
        for start in range(0, len(part), _BLOCK):
            yield "".join([_placemark(incident_row(i), named, typed) for i in part[start : start + _BLOCK]])
        yield "</Folder>\n"
    yield f"<Folder><name>{escape(named.table('incident_areas'))}</name>\n"
    yield from _areas(incidents, named)
    yield "</Folder>\n</Document>\n</kml>\n"


def _schema(named: Words) -> str:
    fields = "".join(
        f'<SimpleField type="{_SCHEMA_TYPE.get(c.type, "string")}" name="{c.name}">'
        f"<displayName>{escape(named.column(c.name))}</displayName></SimpleField>\n"
        for c in INCIDENTS.columns
    )
    return f'<Schema name="incidents" id="incidents">\n{fields}</Schema>\n'


def _styles() -> Iterator[str]:
    for event, (rgb, _) in MARKS.items():
        # KML writes colours as alpha, blue, green, red.
        blue_first = "".join(f"{part:02x}" for part in reversed(rgb))
        yield (
            # No picture of our own: one from the web would tell its host who reads of the conflict.
            f'<Style id="{_STYLE_ID[event]}"><IconStyle><color>ff{blue_first}</color><scale>0.9</scale></IconStyle>'
            f"<LineStyle><color>cc{blue_first}</color><width>2</width></LineStyle>"
            f"<PolyStyle><color>26{blue_first}</color></PolyStyle></Style>\n"
        )


@lru_cache(maxsize=4096)
def _span(start: Value, end: Value) -> str:
    return f"<TimeSpan><begin>{start}</begin><end>{end}</end></TimeSpan>" if start else ""


def _title(row: Row, named: Words) -> str:
    arabic = row[_AT["location_ar"]] if named.language == "ar" else None
    place = arabic or row[_AT["location"]] or ""
    event = named.word(str(row[_AT["sub_event_type"]]))
    return _short(f"{place}: {event}" if place else event)


def _placemark(row: Row, named: Words, typed: bool) -> str:
    longitude, latitude = row[_AT["longitude"]], row[_AT["latitude"]]
    point = "" if latitude is None else f"<Point><coordinates>{longitude},{latitude}</coordinates></Point>"
    before, after, tag, start, end = _CELLS[typed]
    # Which cells are text is known from the value: numbers and booleans need no escaping.
    cells = "".join(
        [
            f'<{tag} name="{name}">{start}{_data(value)}{end}</{tag}>'
            for name, value in zip(_NAMES, row, strict=True)
            if value is not None
        ]
    )
    return (
        f'<Placemark id="i{_short(str(row[0]))}"><name>{_title(row, named)}</name>'
        f"<description>{_description(row, named)}</description>{_span(row[_AT['start_utc']], row[_AT['end_utc']])}"
        f"<styleUrl>#{_STYLE_ID.get(str(row[_AT['event_type']]), 'e0')}</styleUrl>"
        f"<ExtendedData>{before}{cells}{after}</ExtendedData>{point}</Placemark>\n"
    )


def _data(value: Value) -> str:
    if isinstance(value, str):
        return _short(value) if len(value) < 80 else escape(value)
    return "1" if value is True else "0" if value is False else str(value)


def _description(row: Row, named: Words) -> str:
    """The balloon: quote, when, who says so. Escaped twice, as a balloon is read as HTML."""
    facts = [
        f"<b>{escape(named.column(name))}</b>: {_data(row[_AT[name]])}"
        for name in (
            "event_date",
            "actor1",
            "actor2",
            "fatalities_best",
            "reported_by",
            "denied_by",
            "source",
            "status",
        )
        if row[_AT[name]] is not None
    ]
    return escape(
        f'<div dir="{named.direction}"><p>{escape(str(row[_AT["quote"]]))}</p><p>{"<br>".join(facts)}</p></div>'
    )


def _areas(incidents: Sequence[Incident], named: Words) -> Iterator[str]:
    for incident in incidents:
        shapes = [(where, shape) for where in incident.places if (shape := shape_of(where))]
        if not shapes:
            continue
        row = incident_row(incident)
        style_id = _STYLE_ID.get(incident.event_type, "e0")
        head = f"{_span(row[_AT['start_utc']], row[_AT['end_utc']])}<styleUrl>#{style_id}</styleUrl>"
        for where, (layer, _, coordinates) in shapes:
            title = _short(clean(where.place.label(named.language)))
            yield f"<Placemark><name>{title}</name>{head}{_multi(layer, coordinates)}</Placemark>\n"


def _multi(layer: str, coordinates: Coordinates) -> str:
    if layer == "line":
        parts = [f"<LineString><tessellate>1</tessellate>{_points(line)}</LineString>" for line in coordinates]
    else:
        parts = [
            "<Polygon>" + "".join(_boundary(ring, n == 0) for n, ring in enumerate(rings)) + "</Polygon>"
            for rings in coordinates
        ]
    return f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"


def _boundary(ring: Sequence[Sequence[float]], outer: bool) -> str:
    side = "outerBoundaryIs" if outer else "innerBoundaryIs"
    return f"<{side}><LinearRing>{_points(ring)}</LinearRing></{side}>"


def _points(points: Sequence[Sequence[float]]) -> str:
    return "<coordinates>" + " ".join([f"{p[0]},{p[1]}" for p in points]) + "</coordinates>"
