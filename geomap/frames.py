"""Incidents as a typed GeoDataFrame, for notebooks and for the formats that GeoPandas writes.

GeoPandas is imported when a frame is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from geomap.model import Incident
from geomap.schema import INCIDENTS, TABLES, ColumnType, Table
from geomap.tables import ROWS, Row, incident_row

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

#: pandas types that keep "unknown" apart from zero and from false.
_DTYPE: Final[dict[ColumnType, str]] = {
    "text": "string",
    "integer": "Int64",
    "real": "Float64",
    "date": "datetime64[s]",
    "datetime": "datetime64[s, UTC]",
    "boolean": "boolean",
}


def incidents_gdf(incidents: Sequence[Incident]) -> gpd.GeoDataFrame:
    """Incidents as a GeoDataFrame of n rows and 60 typed columns beside ``geometry``.

    Returns
    -------
    geopandas.GeoDataFrame
        One row an incident in the order given; a point in degrees (EPSG:4326, longitude first), None where there is no
        place. Whole numbers are ``Int64`` and truth values ``boolean``, so that unknown stays apart from zero and
        false; days are ``datetime64[s]``, moments ``datetime64[s, UTC]``.
    """
    import geopandas as gpd
    import numpy as np
    import shapely

    frame = _frame(INCIDENTS, [incident_row(incident) for incident in incidents])
    lonlat = frame[["longitude", "latitude"]].to_numpy(dtype="float64", na_value=np.nan)
    known = ~np.isnan(lonlat[:, 0])
    points = np.full(len(frame), None, dtype=object)
    points[known] = shapely.points(lonlat[known])
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, index=frame.index, crs="EPSG:4326"))


def table_df(incidents: Sequence[Incident], table: str) -> pd.DataFrame:
    """One of the tables without geometry, such as ``claims`` or ``casualties``, as a typed DataFrame."""
    return _frame(TABLES[table], list(ROWS[table](incidents)))


def _frame(table: Table, rows: Sequence[Row]) -> pd.DataFrame:
    import pandas as pd

    columns = dict(zip(table.names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(table.names, ())
    made = {}
    for column in table.columns:
        values = list(columns[column.name])
        if column.type in ("date", "datetime"):
            moments = pd.to_datetime(pd.Series(values, dtype="object"), utc=column.type == "datetime", format="ISO8601")
            made[column.name] = moments.astype(_DTYPE[column.type])
        else:
            made[column.name] = pd.Series(values, dtype=_DTYPE[column.type])
    return pd.DataFrame(made)


def explore(incidents: Sequence[Incident], language: str = "ar") -> object:
    """A map for a notebook: a folium map of points by type of event, with a table for each.

    Every text is escaped, as folium itself takes tooltips and popups for HTML. It shows tiles from the network; the
    day pages do without.
    """
    from html import escape

    import folium

    from geomap.dictionary import words
    from geomap.qgis.style import MARKS

    named = words(language)
    frame = incidents_gdf([incident for incident in incidents if incident.places])
    shown = "event_date sub_event_type location_ar actor1 actor2 fatalities_best source quote".split()
    small = frame[[*shown, "event_type", "geometry"]].copy()
    small["event_date"] = small["event_date"].dt.strftime("%Y-%m-%d")
    small[shown] = (
        small[shown]
        .astype("string")
        .fillna("")
        .map(lambda text: escape(text).replace("`", "&#96;").replace("$", "&#36;"))
    )
    colors = {event: "#" + "".join(f"{part:02x}" for part in rgb) for event, (rgb, _) in MARKS.items()}
    chart = folium.Map()
    folium.GeoJson(
        small,
        marker=folium.CircleMarker(radius=6, weight=1, fill=True, fill_opacity=0.7),
        style_function=lambda feature: {"color": colors.get(feature["properties"]["event_type"], "#5b6470")},
        popup=folium.GeoJsonPopup(shown, [named.column(name) for name in shown], max_width=400),
    ).add_to(chart)
    if len(small):
        west, south, east, north = (float(edge) for edge in small.total_bounds)
        chart.fit_bounds([[south, west], [north, east]])
    return chart
