"""GeoPackage: typed columns, layers and tables, styles, and no complaint from GDAL."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from lxml import etree

from geomap.geo import LonLat
from geomap.model import ClaimPlace, Incident, Place
from geomap.schema import TABLES
from geomap.shapes import circle, is_counter_clockwise, shape_of
from geomap.tables import ROWS
from geomap.writers import gpkg
from tests.support.sample import sample_incidents, synthetic_incidents


@pytest.fixture(scope="module")
def incidents() -> list[Incident]:
    sample = sample_incidents()
    return [*sample, replace(sample[0], id="f" * 12, places=())]


@pytest.fixture(scope="module")
def package(incidents: list[Incident], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gpkg.write(incidents, tmp_path_factory.mktemp("gpkg") / "incidents.gpkg")


def test_it_is_version_1_2_and_sound(package: Path) -> None:
    with sqlite3.connect(package) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert db.execute("PRAGMA user_version").fetchone() == (10200,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_table_is_there_with_its_rows(package: Path, incidents: list[Incident]) -> None:
    with sqlite3.connect(package) as db:
        for name, rows in ROWS.items():
            columns = ", ".join(f'"{c}"' for c in TABLES[name].names)
            found = db.execute(f'SELECT {columns} FROM "{name}" ORDER BY fid').fetchall()
            want = [
                tuple(
                    v.replace("Z", ".000Z") if c.type == "datetime" and v else v
                    for v, c in zip(row, TABLES[name].columns, strict=True)
                )
                for row in rows(incidents)
            ]
            assert found == want, name


def test_columns_have_the_declared_types(package: Path) -> None:
    want = {
        "text": "object",
        "integer": "int",
        "real": "float64",
        "boolean": "bool",
        "date": "datetime64[D]",
        "datetime": "datetime64[ms]",
    }
    info = pyogrio.read_info(package, layer="incidents")
    for name, dtype in zip(info["fields"], info["dtypes"], strict=True):
        kind = TABLES["incidents"].column(name).type
        assert str(dtype).startswith(want[kind]), (name, dtype)
    assert info["crs"] == "EPSG:4326"


def test_areas_and_lines_are_drawn_apart_from_points(package: Path) -> None:
    areas, lines = (gpd.read_file(package, layer=name) for name in ("incident_areas", "incident_lines"))
    assert set(areas.geom_type) == {"MultiPolygon"}
    assert set(lines.geom_type) == {"MultiLineString"}
    assert areas.is_valid.all()
    karabakh = areas[areas["place_id"] == "nagorno-karabakh"].iloc[0]
    assert karabakh["shape"] == "circle"
    country = areas[areas["place_id"] == "azerbaijan"].iloc[0]
    assert country["shape"] == "geometry", "a country has its outline"


def test_outer_rings_run_counter_clockwise_and_holes_clockwise() -> None:
    square = [[0.0, 0.0], [0.0, 2.0], [2.0, 2.0], [2.0, 0.0], [0.0, 0.0]]
    hole = [[0.5, 0.5], [1.0, 0.5], [1.0, 1.0], [0.5, 0.5]]
    place = Place("x", "X", LonLat(1, 1), "ADM2", geometry={"type": "Polygon", "coordinates": [square, hole]})
    found = shape_of(ClaimPlace(place, 2))
    assert found is not None
    outer, inner = found[2][0]
    assert is_counter_clockwise(outer)
    assert not is_counter_clockwise(inner)
    assert is_counter_clockwise(circle(LonLat(46, 40), 30)[0][0])


def test_a_circle_has_its_radius_and_stays_on_the_map() -> None:
    from geomap.geo import distance_km

    ring = circle(LonLat(46, 40), 30)[0][0]
    assert all(abs(distance_km(LonLat(46, 40), LonLat(*p)) - 30) < 0.01 for p in ring)
    assert all(-180 <= p[0] <= 180 for p in circle(LonLat(179.9, 60), 100)[0][0])


def test_a_town_needs_no_area_but_near_a_town_does() -> None:
    town = Place("x", "X", LonLat(46, 40), "PPL", radius_km=3.0)
    assert shape_of(ClaimPlace(town, 1)) is None
    near = shape_of(ClaimPlace(town, 2))
    assert near is not None
    assert near[:2] == ("area", "circle")


def test_every_table_has_its_style_and_each_style_is_xml(package: Path) -> None:
    with sqlite3.connect(package) as db:
        styles = dict(db.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1"))
    assert set(styles) == {*TABLES, "basemap_countries", "basemap_lines"}
    for qml in styles.values():
        etree.fromstring(qml.split("\n", 1)[1])


def test_the_spatial_index_holds_every_point(package: Path) -> None:
    with sqlite3.connect(package) as db:
        counted = db.execute(
            "SELECT (SELECT count(*) FROM incidents), (SELECT count(*) FROM rtree_incidents_geom)"
        ).fetchone()
        assert counted[0] == counted[1] > 0
    inside = gpd.read_file(package, layer="incidents", bbox=(46.8, 40.2, 47.0, 40.5))
    assert set(inside["location"]) == {"Tartar"}


def test_without_a_basemap_and_with_a_time_of_its_own(incidents: list[Incident], tmp_path: Path) -> None:
    path = gpkg.write(incidents, tmp_path / "x.gpkg", basemap=False, last_change="2021-02-03T04:05:06.000Z")
    with sqlite3.connect(path) as db:
        names = {name for (name,) in db.execute("SELECT table_name FROM gpkg_contents")}
        changed = {when for (when,) in db.execute("SELECT last_change FROM gpkg_contents")}
    assert not any(name.startswith("basemap") for name in names)
    assert changed == {"2021-02-03T04:05:06.000Z"}


def ogr(*arguments: str) -> str:
    done = subprocess.run(
        arguments, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    )
    assert "warning" not in (done.stderr + done.stdout).lower(), done.stderr
    assert "error" not in done.stderr.lower(), done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs gdal-bin")
def test_debians_gdal_reads_everything_without_a_warning(package: Path, tmp_path: Path) -> None:
    told = ogr("ogrinfo", "-al", str(package))
    assert "event_date: Date" in told
    assert "start_utc: DateTime" in told
    ogr("ogr2ogr", "-f", "GeoJSON", str(tmp_path / "back.geojson"), str(package), "incidents")
    assert len(gpd.read_file(tmp_path / "back.geojson")) == len(sample_incidents())


@pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="needs gdal-bin")
def test_gdal_can_edit_it(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.gpkg"
    shutil.copy(package, copy)
    ogr("ogrinfo", str(copy), "-sql", "DELETE FROM incidents WHERE location = 'Tartar'")
    ogr("ogrinfo", str(copy), "-sql", "UPDATE incidents SET status = 'denied' WHERE location = 'Baku'")
    with sqlite3.connect(copy) as db:
        assert db.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'incidents'").fetchone() == (
            20,
        )
        assert db.execute("SELECT count(*) FROM rtree_incidents_geom").fetchone() == (20,)


def test_no_incident_is_lost(tmp_path: Path) -> None:
    made = synthetic_incidents(2000, 30, length=30)
    path = gpkg.write(made, tmp_path / "x.gpkg")
    located = sum(bool(i.places) for i in made)
    assert pyogrio.read_info(path, layer="incidents")["features"] == located
    assert pyogrio.read_info(path, layer="unlocated")["features"] == 2000 - located
