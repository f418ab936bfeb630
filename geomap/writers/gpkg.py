"""GeoPackage: every table in one file, styled, with a ready project, for QGIS and all that reads GeoPackage.

Layers: ``incidents`` (points), ``incident_areas`` and ``incident_lines`` (imprecise places), ``places``,
``basemap_countries`` and ``basemap_lines``. Tables: ``unlocated``, ``claims``, ``sources``, ``casualties``,
``equipment``, ``incident_places``. The same incidents give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from geomap.basemap import Basemap, choose
from geomap.geo import bbox_of
from geomap.geopackage import Fields, GeoPackage, Shape, Values
from geomap.model import Incident
from geomap.outputs import replacing
from geomap.qgis import archive, project, style
from geomap.schema import TABLES, Table
from geomap.shapes import Coordinates, Layer, area_rows, envelope, multi_wkb, point_wkb, rounded
from geomap.tables import ROWS, Row, best_place

#: What the file says of its making where no article has a date.
_NO_DATE: Final = "1970-01-01T00:00:00.000Z"
_KIND: Final = {"point": "POINT", "area": "MULTIPOLYGON", "line": "MULTILINESTRING"}
_JOINS: Final = (
    ("incidents", "id"),
    ("claims", "incident_id"),
    ("claims", "source_id"),
    ("sources", "id"),
    ("casualties", "incident_id"),
    ("equipment", "incident_id"),
    ("places", "id"),
    ("incident_places", "incident_id"),
    ("incident_places", "place_id"),
    ("incident_areas", "incident_id"),
    ("incident_areas", "place_id"),
    ("incident_lines", "incident_id"),
)


def write(
    incidents: Sequence[Incident],
    path: Path,
    *,
    language: str = "ar",
    basemap: bool = True,
    last_change: str | None = None,
) -> Path:
    """Write incidents as a GeoPackage.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Language of legend, aliases and map tips.
    basemap : bool
        Whether to add the offline basemap as layers.
    last_change : str | None
        What the file says of when it was made, ``YYYY-MM-DDTHH:MM:SS.sssZ``; by default the newest article's date.

    Returns
    -------
    Path
        The path written.
    """
    with replacing(path) as free:
        package = GeoPackage(free, last_change or _newest(incidents))
        try:
            _fill(package, incidents, path.name, language, basemap)
            package.close()
        except BaseException:
            package.abandon()
            raise
    return path


def _newest(incidents: Sequence[Incident]) -> str:
    days = [claim.source.published for i in incidents for claim in i.claims if claim.source.published]
    return f"{max(days).isoformat()}T00:00:00.000Z" if days else _NO_DATE


def _fill(package: GeoPackage, incidents: Sequence[Incident], name: str, language: str, with_basemap: bool) -> None:
    points = [best.place.lonlat for i in incidents if (best := best_place(i))]
    basemap = choose(points)
    outlines = {code: rounded(polygons) for code, polygons in basemap.countries}
    counts = {table.name: _add(package, table, incidents, outlines) for table in TABLES.values()}
    for table, column in _JOINS:
        package.add_index(table, column)
    drawn = _add_basemap(package, basemap, outlines) if with_basemap else ()
    for layer in (*TABLES, *drawn):
        package.add_style(layer, style(layer, language), geometry=layer in drawn or bool(TABLES[layer].geometry))
    # An empty layer says nothing, an empty table still takes part in relations.
    shown = [layer for layer, count in counts.items() if count or not TABLES[layer].geometry]
    package.add_project("geomap", archive(project(name, language, layers=[*shown, *drawn], view=bbox_of(points))))


def _fields(table: Table) -> Fields:
    return [(column.name, column.type) for column in table.columns]


def _add(package: GeoPackage, table: Table, incidents: Sequence[Incident], outlines: Mapping[str, Coordinates]) -> int:
    if not table.geometry:
        return package.add_table(table.name, table.about, _fields(table), ROWS[table.name](incidents))
    if table.geometry == "point":
        features = _points(table, ROWS[table.name](incidents))
    else:
        features = _areas(incidents, table.geometry, outlines)
    return package.add_layer(table.name, table.about, _KIND[table.geometry], _fields(table), features)


def _points(table: Table, rows: Iterable[Row]) -> Iterator[tuple[Shape, Values]]:
    lon, lat = (table.names.index(name) for name in ("longitude", "latitude"))
    for row in rows:
        x, y = float(row[lon] or 0), float(row[lat] or 0)
        yield Shape(point_wkb(x, y), (x, x, y, y)), row


def _areas(
    incidents: Sequence[Incident], layer: Layer, outlines: Mapping[str, Coordinates]
) -> Iterator[tuple[Shape, Values]]:
    for row, coordinates in area_rows(incidents, layer, outlines):
        yield _shape(layer, coordinates), row


def _shape(layer: Layer, coordinates: Coordinates) -> Shape:
    return Shape(multi_wkb(layer, coordinates), envelope(layer, coordinates))


def _add_basemap(package: GeoPackage, basemap: Basemap, outlines: Mapping[str, Coordinates]) -> tuple[str, ...]:
    countries = ((_shape("area", polygons), (code or None,)) for code, polygons in outlines.items())
    lines = ((_shape("line", [line]), (kind,)) for kind, line in basemap.lines)
    package.add_layer("basemap_countries", basemap.credit, "MULTIPOLYGON", [("iso", "text")], countries)
    package.add_layer("basemap_lines", basemap.credit, "MULTILINESTRING", [("kind", "text")], lines)
    return ("basemap_lines", "basemap_countries")
