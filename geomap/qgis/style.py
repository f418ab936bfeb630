"""The style of one layer (QML): categories by event type, sizes by killed, names of columns, map tips, time."""

# ruff: noqa: E501 - XML as QGIS writes it
from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import quoteattr

from geomap.codebook import EVENT_TYPES
from geomap.dictionary import Words, words
from geomap.schema import TABLES, Table

#: Event type -> colour (red, green, blue) and mark; the colours can be told apart by the colour-blind too.
MARKS: Final[dict[str, tuple[tuple[int, int, int], str]]] = dict(
    zip(
        EVENT_TYPES,
        [
            ((194, 65, 12), "diamond"),
            ((0, 128, 95), "circle"),
            ((185, 120, 0), "pentagon"),
            ((156, 39, 120), "star"),
            ((31, 35, 40), "triangle"),
            ((0, 100, 168), "square"),
        ],
        strict=True,
    )
)
_OTHER: Final = ((91, 100, 112), "circle")
#: Layers whose features are named on the map.
LABELLED: Final = frozenset({"places"})
#: Colours of the basemap's layers: fill or line.
_BASEMAP: Final = {"basemap_countries": (243, 241, 234), "basemap_lines": (143, 134, 113)}
#: Millimetres across: 2.6 for none killed, 4.6 for 10, 8.9 for 100, never over 12.
_SIZE: Final = 'min(12, 2.6 + 0.63 * sqrt(coalesce("fatalities_best", 0)))'
#: The vaguer the place, the more see-through its point: a region's middle must not look like a spot.
_FILL: Final = 'set_color_part(@symbol_color, \'alpha\', CASE WHEN "geo_precision" = 1 THEN 230 WHEN "geo_precision" = 2 THEN 110 ELSE 35 END)'
#: A country is outlined, not filled; of other areas those on one place share its tint, as many would paint it over.
_AREA_FILL: Final = (
    "set_color_part(@symbol_color, 'alpha', "
    'CASE WHEN "where_prec" = 6 THEN 0 ELSE max(3, 40 / count("fid", group_by:="place_id")) END)'
)
_STROKE: Final = "CASE WHEN \"status\" = 'claimed' THEN 'dash' WHEN \"status\" = 'denied' THEN 'dot' ELSE 'solid' END"


def _option(name: str, value: str, kind: str = "QString") -> str:
    return f"<Option name={quoteattr(name)} value={quoteattr(value)} type={quoteattr(kind)}/>"


def _options(name: str, *inside: str) -> str:
    return f'<Option name={quoteattr(name)} type="Map">{"".join(inside)}</Option>'


def _driven(**expressions: str) -> str:
    """Properties driven by expressions: name -> expression."""
    properties = (
        _options(name, _option("active", "true", "bool"), _option("expression", text), _option("type", "3", "int"))
        for name, text in expressions.items()
    )
    collection = _option("name", "") + _options("properties", *properties) + _option("type", "collection")
    return f'<data_defined_properties><Option type="Map">{collection}</Option></data_defined_properties>'


def _color(rgb: Sequence[int], alpha: int = 255) -> str:
    return ",".join(map(str, (*rgb, alpha)))


def _symbol(name: str, kind: str, layer_class: str, properties: dict[str, str], driven: str = "") -> str:
    inside = "".join(_option(key, value) for key, value in properties.items())
    return (
        f'<symbol name={quoteattr(name)} type="{kind}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer_class}" enabled="1" locked="0" pass="0"><Option type="Map">{inside}</Option>{driven}</layer></symbol>'
    )


def _point_symbol(name: str, rgb: Sequence[int], mark: str) -> str:
    properties = {
        "name": mark,
        "color": _color(rgb, 230),
        "outline_color": _color([x * 2 // 3 for x in rgb]),
        "outline_width": "0.3",
        "outline_width_unit": "MM",
        "size": "2.6",
        "size_unit": "MM",
    }
    driven = _driven(size=_SIZE, fillColor=_FILL, outlineStyle=_STROKE)
    return _symbol(name, "marker", "SimpleMarker", properties, driven)


def _area_symbol(name: str, rgb: Sequence[int], _: str) -> str:
    properties = {
        "color": _color(rgb, 30),
        "style": "solid",
        "outline_color": _color(rgb, 190),
        "outline_style": "dash",
        "outline_width": "0.4",
        "outline_width_unit": "MM",
    }
    return _symbol(name, "fill", "SimpleFill", properties, _driven(fillColor=_AREA_FILL))


def _line_symbol(name: str, rgb: Sequence[int], _: str) -> str:
    properties = {"line_color": _color(rgb, 200), "line_style": "solid", "line_width": "1.1", "line_width_unit": "MM"}
    return _symbol(name, "line", "SimpleLine", properties)


_SYMBOL: Final = {"point": _point_symbol, "area": _area_symbol, "line": _line_symbol}


def _categories(table: Table, named: Words) -> Iterator[str]:
    """A renderer by event type; the rarest last so that the legend reads as ACLED's codebook."""
    draw = _SYMBOL[table.geometry]
    yield '<renderer-v2 type="categorizedSymbol" attr="event_type" enableorderby="1" forceraster="0" symbollevels="0"><categories>'
    for number, event in enumerate(MARKS):
        yield (
            f'<category value={quoteattr(event)} label={quoteattr(named.word(event))} symbol="{number}" render="true" type="string"/>'
        )
    yield "</categories><symbols>"
    for number, (rgb, mark) in enumerate(MARKS.values()):
        yield draw(str(number), rgb, mark)
    yield f"</symbols><source-symbol>{draw('0', *_OTHER)}</source-symbol>"
    # Large marks first, so that small ones lie on top of them.
    yield '<orderby><orderByClause asc="0" nullsFirst="0">coalesce("fatalities_best", 0)</orderByClause></orderby></renderer-v2>'


def _single(symbol: str) -> str:
    return f'<renderer-v2 type="singleSymbol" enableorderby="0" forceraster="0" symbollevels="0"><symbols>{symbol}</symbols></renderer-v2>'


def _safe(column: str) -> str:
    """An expression of a column whose text cannot act as HTML in a map tip."""
    return f"replace(replace(to_string(coalesce(\"{column}\", '')), '&', '&amp;'), '<', '&lt;')"


def _map_tip(named: Words) -> str:
    place = "location_ar" if named.language == "ar" else "location"
    rows = (
        "sub_event_type",
        "event_date",
        "actor1",
        "actor2",
        "fatalities_best",
        "reported_by",
        "denied_by",
        "source",
        "status",
    )
    cells = (
        f"[% CASE WHEN \"{column}\" IS NULL THEN '' ELSE '<tr><td><i>{named.column(column)}</i></td><td>' || {_safe(column)} "
        "|| '</td></tr>' END %]"
        for column in rows
    )
    link = (
        "[% CASE WHEN \"source_url\" LIKE 'http%' THEN '<p><a href=\"' || "
        f"replace({_safe('source_url')}, '\"', '&quot;') || '\">{named.column('source_url')}</a></p>' ELSE '' END %]"
    )
    return (
        f'<div dir="{named.direction}" style="max-width:24em"><h3>[% coalesce({_safe(place)}, {_safe("location")}) %]</h3>'
        f"<p>[% {_safe('quote')} %]</p><table>{''.join(cells)}</table>{link}</div>"
    )


def _temporal(enabled: bool) -> str:
    mode = 'enabled="1" mode="2" startField="start_utc" endField="end_utc"' if enabled else 'enabled="0" mode="0"'
    return (
        f'<temporal {mode} accumulate="0" durationField="" durationUnit="min" endExpression="" fixedDuration="0" limitMode="1" '
        'startExpression=""><fixedRange><start></start><end></end></fixedRange></temporal>'
    )


def _aliases(table: Table, named: Words) -> str:
    columns = ("fid", *table.names) if table.columns else ()
    return "".join(
        f'<alias field={quoteattr(name)} index="{index}" name={quoteattr(named.column(name) if name != "fid" else "")}/>'
        for index, name in enumerate(columns)
    )


def _display(table: Table, named: Words) -> str:
    if table.name in ("incidents", "unlocated", "incident_areas", "incident_lines"):
        place = 'coalesce("location_ar", "location")' if named.language == "ar" else '"location"'
        return f"""concat(to_string("event_date"), ' ', {place}, ' ', "sub_event_type")"""
    first = {"claims": "quote", "sources": "title", "casualties": "kind", "equipment": "item", "places": "name"}
    return f'"{first.get(table.name, "place_id")}"'


def _labels(table: Table, named: Words) -> str:
    """Names of places, each once and under the incidents."""
    name = 'coalesce("name_ar", "name")' if named.language == "ar" else '"name"'
    if table.name not in LABELLED:
        return ""
    return (
        f'<labeling type="simple"><settings><text-style fieldName={quoteattr(name)} isExpression="1" fontSize="9" '
        'fontSizeUnit="Point" textColor="31,35,40,255" textOpacity="1"><text-buffer bufferDraw="1" bufferSize="0.9" '
        'bufferSizeUnits="MM" bufferColor="255,255,255,215" bufferOpacity="1"/></text-style>'
        '<placement placement="6" dist="2.4" distUnits="MM"/><rendering drawLabels="1" obstacle="1"/></settings></labeling>\n'
    )


def _renderer(table: Table, named: Words) -> str:
    if not table.geometry:
        return ""
    if "event_type" in table.names:
        return "".join(_categories(table, named))
    properties = {
        "name": "circle",
        "color": "255,255,255,255",
        "outline_color": "31,35,40,255",
        "size": "1.4",
        "size_unit": "MM",
    }
    return _single(_symbol("0", "marker", "SimpleMarker", properties))


@lru_cache(maxsize=64)
def style(layer: str, language: str = "ar") -> str:
    """The style of a layer as QML text.

    Parameters
    ----------
    layer : str
        A table of ``geomap.schema.TABLES``, or ``basemap_countries`` or ``basemap_lines``.
    language : str
        Language of the legend, the aliases and the map tips.
    """
    named = words(language)
    labels = ' labelsEnabled="1"' if layer in LABELLED else ""
    head = f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.16\" styleCategories=\"AllStyleCategories\"{labels}>\n"
    if layer in _BASEMAP:
        return f"{head}{_basemap(layer)}\n</qgis>\n"
    table = TABLES[layer]
    tip = f"<mapTip>{_escaped(_map_tip(named))}</mapTip>\n" if layer == "incidents" else ""
    return (
        f"{head}{_temporal('start_utc' in table.names and bool(table.geometry))}\n{_renderer(table, named)}\n{_labels(table, named)}"
        f"<aliases>{_aliases(table, named)}</aliases>\n"
        f"<previewExpression>{_escaped(_display(table, named))}</previewExpression>\n{tip}</qgis>\n"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _basemap(layer: str) -> str:
    rgb = _BASEMAP[layer]
    if layer == "basemap_countries":
        properties = {"color": _color(rgb), "style": "solid", "outline_style": "no"}
        return _single(_symbol("0", "fill", "SimpleFill", properties))
    dashes = "CASE WHEN \"kind\" = 'disputed' THEN 'dash' ELSE 'solid' END"
    width = "CASE WHEN \"kind\" IN ('border', 'disputed') THEN 0.4 ELSE 0.15 END"
    properties = {"line_color": _color(rgb), "line_style": "solid", "line_width": "0.4", "line_width_unit": "MM"}
    return _single(_symbol("0", "line", "SimpleLine", properties, _driven(outlineStyle=dashes, outlineWidth=width)))
