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
