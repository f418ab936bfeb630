"""A QGIS project over the layers of one GeoPackage that stands in the same file, as QGIS writes one."""

# ruff: noqa: E501 - XML as QGIS writes it
from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from geomap.dictionary import Words, words
from geomap.geo import BBox
from geomap.qgis.style import LABELLED, style
from geomap.schema import TABLES

_CRS: Final = (
    '<spatialrefsys><wkt>GEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]],'
    'CS[ellipsoidal,2],AXIS["geodetic latitude (Lat)",north],AXIS["geodetic longitude (Lon)",east],'
    'ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",4326]]</wkt><proj4>+proj=longlat +datum=WGS84 +no_defs</proj4>'
    "<srsid>3452</srsid><srid>4326</srid><authid>EPSG:4326</authid><description>WGS 84</description>"
    "<projectionacronym>longlat</projectionacronym><ellipsoidacronym>EPSG:7030</ellipsoidacronym>"
    "<geographicflag>true</geographicflag></spatialrefsys>"
)
_GEOMETRY: Final = {"": "No geometry", "point": "Point", "area": "Polygon", "line": "Line"}
_WKB: Final = {"": "NoGeometry", "point": "Point", "area": "MultiPolygon", "line": "MultiLineString"}
_BASEMAP: Final = {"basemap_countries": "area", "basemap_lines": "line"}
#: Relation -> referencing table and its column, referenced table and its column.
RELATIONS: Final[dict[str, tuple[str, str, str, str]]] = {
    "incident_claims": ("claims", "incident_id", "incidents", "id"),
    "claim_sources": ("claims", "source_id", "sources", "id"),
    "incident_casualties": ("casualties", "incident_id", "incidents", "id"),
    "incident_equipment": ("equipment", "incident_id", "incidents", "id"),
    "incident_places": ("incident_places", "incident_id", "incidents", "id"),
    "place_incidents": ("incident_places", "place_id", "places", "id"),
}
_GROUPS: Final = {
    "layers_incidents": ("incidents", "places", "incident_lines", "incident_areas"),
    "layers_tables": ("unlocated", "claims", "sources", "casualties", "equipment", "incident_places"),
    "layers_basemap": ("basemap_lines", "basemap_countries"),
}


def _id(layer: str) -> str:
    return f"geomap_{layer}"


def _geometry(layer: str) -> str:
    return _BASEMAP.get(layer) or TABLES[layer].geometry


def project(file_name: str, language: str = "ar", *, layers: Sequence[str], view: BBox | None = None) -> str:
    """The text of a ``.qgs`` over a GeoPackage.

    Parameters
    ----------
    file_name : str
        Name of the GeoPackage, in the folder of the project (or holding the project itself).
    language : str
        Language of layer names, legends, aliases and map tips.
    layers : Sequence[str]
        Names of the layers and tables that the file holds.
    view : BBox | None
        What to show at first, in degrees; the whole world where None.
    """
    return "".join(_parts(file_name, words(language), layers, view))


def _parts(file_name: str, named: Words, layers: Sequence[str], view: BBox | None) -> Iterator[str]:
    yield "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    yield f'<qgis version="3.22.16" projectname={quoteattr(named.table("incidents"))}>\n<title>geomap</title>\n'
    yield f"<projectCrs>{_CRS}</projectCrs>\n{_tree(named, layers)}\n{_canvas(view)}\n<projectlayers>\n"
    for layer in layers:
        yield _layer(file_name, layer, named)
    order = [layer for group in _GROUPS.values() for layer in group if layer in layers]
    yield (
        "</projectlayers>\n<layerorder>" + "".join(f'<layer id="{_id(layer)}"/>' for layer in order) + "</layerorder>\n"
    )
    yield f"<relations>{_relations(named, layers)}</relations>\n"
    # Paths beside the project: a file that is moved or mailed keeps working.
    yield '<properties><Paths><Absolute type="bool">false</Absolute></Paths></properties>\n</qgis>\n'


def _tree(named: Words, layers: Sequence[str]) -> str:
    groups = []
    for group, members in _GROUPS.items():
        inside = "".join(
            f'<layer-tree-layer id="{_id(layer)}" name={quoteattr(_name(layer, named))} providerKey="ogr" '
            f'checked="Qt::Checked" expanded="{int(layer == "incidents")}" source=""/>'
            for layer in members
            if layer in layers
        )
        if inside:
            expanded = int(group == "layers_incidents")
            groups.append(
                f'<layer-tree-group name={quoteattr(named.word(group))} checked="Qt::Checked" expanded="{expanded}">{inside}</layer-tree-group>'
            )
    return f"<layer-tree-group>{''.join(groups)}</layer-tree-group>"


def _name(layer: str, named: Words) -> str:
    return named.table(layer)


def _canvas(view: BBox | None) -> str:
    box = view or BBox(-180.0, -90.0, 180.0, 90.0)
    pad = max(box.east - box.west, box.north - box.south, 0.5) * 0.15 if view else 0.0
    west, south, east, north = box.west - pad, box.south - pad, box.east + pad, box.north + pad
    return (
        '<mapcanvas name="theMapCanvas" annotationsVisible="1"><units>degrees</units>'
        f"<extent><xmin>{west:.5f}</xmin><ymin>{south:.5f}</ymin><xmax>{east:.5f}</xmax><ymax>{north:.5f}</ymax></extent>"
        f"<rotation>0</rotation><destinationsrs>{_CRS}</destinationsrs></mapcanvas>"
    )


def _layer(file_name: str, layer: str, named: Words) -> str:
    kind = _geometry(layer)
    inside = style(layer, named.language).split("\n", 2)[2].rsplit("</qgis>", 1)[0]
    crs = f"<srs>{_CRS}</srs>" if kind else ""
    wkb = f' wkbType="{_WKB[kind]}"' + (' labelsEnabled="1"' if layer in LABELLED else "")
    return (
        f'<maplayer type="vector" geometry="{_GEOMETRY[kind]}"{wkb} autoRefreshEnabled="0" refreshOnNotifyEnabled="0" '
        f'hasScaleBasedVisibilityFlag="0" readOnly="0"><id>{_id(layer)}</id>'
        f"<datasource>{escape(f'./{file_name}|layername={layer}')}</datasource><layername>{escape(_name(layer, named))}</layername>"
        f'{crs}<provider encoding="UTF-8">ogr</provider>\n{inside}</maplayer>\n'
    )


def _relations(named: Words, layers: Sequence[str]) -> str:
    return "".join(
        f'<relation id="{name}" name={quoteattr(named.table(child))} referencingLayer="{_id(child)}" referencedLayer="{_id(parent)}" '
        f'strength="Association"><fieldRef referencingField="{column}" referencedField="{key}"/></relation>'
        for name, (child, column, parent, key) in RELATIONS.items()
        if child in layers and parent in layers
    )


def archive(text: str) -> bytes:
    """A project's text as the bytes of a ``.qgz``; the same text gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("geomap.qgs", (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()
