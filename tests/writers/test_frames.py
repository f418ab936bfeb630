"""Incidents in notebooks: typed frames."""

from __future__ import annotations

import sys
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geomap.frames import incidents_gdf, table_df
from geomap.schema import INCIDENTS, TABLES
from tests.support.sample import sample_incidents


def test_it_is_a_geodataframe_with_typed_columns() -> None:
    frame = incidents_gdf(sample_incidents())
    assert isinstance(frame, gpd.GeoDataFrame)
    assert list(frame.columns) == [*INCIDENTS.names, "geometry"]
    assert frame.crs.to_epsg() == 4326
    kinds = {"integer": "Int64", "real": "Float64", "boolean": "boolean", "text": "string", "date": "datetime64[s]"}
    for column in INCIDENTS.columns:
        assert str(frame[column.name].dtype) == kinds.get(column.type, "datetime64[s, UTC]")
    assert frame.loc[frame["location"] == "Tartar", "geometry"].iloc[0].coords[0] == (46.93, 40.34)


def test_unknown_is_not_zero() -> None:
    frame = incidents_gdf(sample_incidents())
    assert frame["fatalities_best"].isna().any()
    assert frame["fatalities_best"].sum() == 223 + 6 + 32 + 100


def test_a_day_can_be_chosen_and_grouped() -> None:
    frame = incidents_gdf(sample_incidents())
    day = frame[(frame["event_date"] <= "2020-09-28") & (frame["date_end"] >= "2020-09-28")]
    assert len(day) == 13
    assert day.groupby("event_type").size()["Battles"] >= 1


def test_no_incidents_and_no_places_are_frames_too() -> None:
    empty = incidents_gdf([])
    assert list(empty.columns) == [*INCIDENTS.names, "geometry"]
    unplaced = incidents_gdf([replace(sample_incidents()[0], places=())])
    assert unplaced.geometry.iloc[0] is None
    assert pd.isna(unplaced["latitude"].iloc[0])


def test_every_table_is_a_frame() -> None:
    for name in ("claims", "sources", "casualties", "equipment", "places", "incident_places"):
        assert list(table_df(sample_incidents(), name).columns) == list(TABLES[name].names)


def test_importing_the_writers_loads_nothing_heavy() -> None:
    import subprocess

    code = "import sys, geomap.writers, geomap.frames, geomap.schema; print([m for m in sys.modules if m in %r])"
    heavy = ("geopandas", "pandas", "shapely", "pyogrio", "folium", "sqlalchemy", "numpy", "pyarrow")
    done = subprocess.run([sys.executable, "-c", code % (heavy,)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
