"""GeoPackage 1.2 files with the standard library's SQLite: typed columns, spatial index, styles, a QGIS project.

Written by hand rather than through GDAL because that gives DATE columns without pyarrow, every layer in one
transaction, and the same bytes on every run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from struct import pack
from typing import Final, NamedTuple

from geomap.schema import ColumnType

#: "GPKG", and version 1.2.0, which QGIS 3.22 and GDAL 3.6 read without a warning.
_APPLICATION_ID, _VERSION = 0x47504B47, 10200
_SQL_TYPE: Final[dict[ColumnType, str]] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "DOUBLE",
    "date": "DATE",
    "datetime": "DATETIME",
    "boolean": "BOOLEAN",
}
_WGS84: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],'
    'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS: Final = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    (
        "WGS 84 geodetic",
        4326,
        "EPSG",
        4326,
        _WGS84,
        "longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid",
    ),
)
_TABLES: Final = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE,
  min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB);
"""
#: The GeoPackage standard's own triggers for a spatial index; {t} is the table, {r} its index.
_BOX: Final = 'ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")'
_IF_SHAPE: Final = '(NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))'
_IF_NONE: Final = '(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))'
_PUT: Final = f'INSERT OR REPLACE INTO "{{r}}" VALUES (NEW."fid", {_BOX})'
_INDEX_TRIGGERS: Final = f"""
CREATE TRIGGER "{{r}}_insert" AFTER INSERT ON "{{t}}" WHEN {_IF_SHAPE} BEGIN {_PUT}; END;
CREATE TRIGGER "{{r}}_update1" AFTER UPDATE OF "geom" ON "{{t}}" WHEN OLD."fid" = NEW."fid" AND {_IF_SHAPE} BEGIN {_PUT}; END;
CREATE TRIGGER "{{r}}_update2" AFTER UPDATE OF "geom" ON "{{t}}" WHEN OLD."fid" = NEW."fid" AND {_IF_NONE}
  BEGIN DELETE FROM "{{r}}" WHERE id = OLD."fid"; END;
CREATE TRIGGER "{{r}}_update3" AFTER UPDATE ON "{{t}}" WHEN OLD."fid" != NEW."fid" AND {_IF_SHAPE}
  BEGIN DELETE FROM "{{r}}" WHERE id = OLD."fid"; {_PUT}; END;
CREATE TRIGGER "{{r}}_update4" AFTER UPDATE ON "{{t}}" WHEN OLD."fid" != NEW."fid" AND {_IF_NONE}
  BEGIN DELETE FROM "{{r}}" WHERE id IN (OLD."fid", NEW."fid"); END;
CREATE TRIGGER "{{r}}_delete" AFTER DELETE ON "{{t}}" WHEN OLD."geom" NOT NULL BEGIN DELETE FROM "{{r}}" WHERE id = OLD."fid"; END;
"""
_COUNT_TRIGGERS: Final = """
CREATE TRIGGER "trigger_insert_feature_count_{t}" AFTER INSERT ON "{t}"
  BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) = lower('{t}'); END;
CREATE TRIGGER "trigger_delete_feature_count_{t}" AFTER DELETE ON "{t}"
  BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1 WHERE lower(table_name) = lower('{t}'); END;
"""


class Shape(NamedTuple):
    """A geometry as well-known binary with its envelope: west, east, south, north (degrees)."""

    wkb: bytes
    envelope: tuple[float, float, float, float]


Fields = Sequence[tuple[str, ColumnType]]
Values = Sequence[str | int | float | None]


class GeoPackage:
    """A new GeoPackage at a path that does not exist yet; ``close`` finishes it.

    Parameters
    ----------
    path : Path
    last_change : str
        What the file says of when it was made, ``YYYY-MM-DDTHH:MM:SS.sssZ``: given, as a clock would change the bytes.
    """

    def __init__(self, path: Path, last_change: str) -> None:
        self.last_change = last_change
        # isolation_level=None: one transaction of our own around everything, schema included.
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(f"PRAGMA application_id={_APPLICATION_ID}; PRAGMA user_version={_VERSION};")
        # The file is only put in place when it is whole, so a crash may leave it broken.
        self._db.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA locking_mode=EXCLUSIVE; BEGIN; {_TABLES}"
        )
        self._db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _SYSTEMS)
        self._register("layer_styles", "attributes", "Styles for QGIS")
        self._indexed = _has_rtree(self._db)

    def _register(
        self, name: str, data_type: str, about: str, box: Sequence[float | None] = (None,) * 4, srs: int | None = None
    ) -> None:
        row = (name, data_type, name, about, self.last_change, *box, srs)
        self._db.execute("INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)", row)

    def add_table(self, name: str, about: str, fields: Fields, rows: Iterable[Values]) -> int:
        """Add a table without geometry; returns the number of rows."""
        self._create(name, fields, "")
        marks = ",".join("?" * len(fields))
        self._db.executemany(f'INSERT INTO "{name}" VALUES (NULL,{marks})', _timed(rows, fields))
        self._register(name, "attributes", about)
        return self._counted(name)

    def add_layer(
        self, name: str, about: str, kind: str, fields: Fields, features: Iterable[tuple[Shape, Values]]
    ) -> int:
        """Add a layer of one geometry type (``POINT``, ``MULTIPOLYGON``, ``MULTILINESTRING``); returns the number of features."""
        self._create(name, fields, kind)
        boxes: list[tuple[int, float, float, float, float]] = []
        marks = ",".join("?" * len(fields))
        self._db.executemany(
            f'INSERT INTO "{name}" VALUES (NULL,?,{marks})', _with_blobs(features, fields, boxes, kind == "POINT")
        )
        self._register(name, "features", about, _around(boxes), 4326)
        self._db.execute("INSERT INTO gpkg_geometry_columns VALUES (?,?,?,4326,0,0)", (name, "geom", kind))
        if self._indexed:
            self._index(name, boxes)
        return self._counted(name)

    def _create(self, name: str, fields: Fields, kind: str) -> None:
        columns = "".join(f', "{field}" {_SQL_TYPE[type_]}' for field, type_ in fields)
        geometry = f', "geom" {kind}' if kind else ""
        self._db.execute(f'CREATE TABLE "{name}" ("fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{geometry}{columns})')

    def _index(self, name: str, boxes: Sequence[tuple[int, float, float, float, float]]) -> None:
        index = f"rtree_{name}_geom"
        self._db.execute(f'CREATE VIRTUAL TABLE "{index}" USING rtree(id, minx, maxx, miny, maxy)')
        self._db.executemany(f'INSERT INTO "{index}" VALUES (?,?,?,?,?)', boxes)
        for statement in _statements(_INDEX_TRIGGERS.format(t=name, r=index)):
            self._db.execute(statement)
        row = (name, "geom", "gpkg_rtree_index", "http://www.geopackage.org/spec120/#extension_rtree", "write-only")
        self._db.execute("INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)", row)

    def _counted(self, name: str) -> int:
        (count,) = self._db.execute(f'SELECT count(*) FROM "{name}"').fetchone()
        self._db.execute("INSERT INTO gpkg_ogr_contents VALUES (?,?)", (name, count))
        for statement in _statements(_COUNT_TRIGGERS.format(t=name)):
            self._db.execute(statement)
        return int(count)

    def add_index(self, table: str, column: str) -> None:
        """An index for joins on a column."""
        self._db.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')

    def add_style(self, table: str, qml: str, *, geometry: bool) -> None:
        """The style that QGIS gives the table when it opens it."""
        row = ("", "", table, "geom" if geometry else "", table[:30], qml, "", 1, "", "", None, self.last_change)
        self._db.execute(f"INSERT INTO layer_styles VALUES (NULL{',?' * 12})", row)

    def add_project(self, name: str, zipped: bytes) -> None:
        """A QGIS project (the bytes of a .qgz), as QGIS itself stores one."""
        metadata = f'{{"last_modified_time": "{self.last_change}", "last_modified_user": "geomap"}}'
        self._db.execute("INSERT INTO qgis_projects VALUES (?,?,?)", (name, metadata, zipped.hex()))

    def close(self) -> None:
        """Finish the file."""
        self._db.execute("COMMIT")
        self._db.close()

    def abandon(self) -> None:
        """Let go of an unfinished file."""
        self._db.close()


def _has_rtree(db: sqlite3.Connection) -> bool:
    return any(option == "ENABLE_RTREE" for (option,) in db.execute("PRAGMA compile_options"))


def _statements(script: str) -> Iterator[str]:
    """The trigger statements of a script (executescript would commit our transaction)."""
    return (f"CREATE TRIGGER {part.strip()}" for part in script.split("CREATE TRIGGER ")[1:])


def _timed(rows: Iterable[Values], fields: Fields) -> Iterable[Values]:
    """Rows with datetimes as GeoPackage wants them: with milliseconds."""
    at = [n for n, (_, type_) in enumerate(fields) if type_ == "datetime"]
    return (_with_millis(row, at) for row in rows) if at else rows


def _with_millis(row: Values, at: Sequence[int]) -> Values:
    changed = list(row)
    for n in at:
        value = changed[n]
        if isinstance(value, str):
            changed[n] = value.replace("Z", ".000Z")
    return changed


def _with_blobs(
    features: Iterable[tuple[Shape, Values]],
    fields: Fields,
    boxes: list[tuple[int, float, float, float, float]],
    point: bool,
) -> Iterator[list[object]]:
    """Rows with the geometry in front; each envelope goes into ``boxes`` with its row's number."""
    at = [n for n, (_, type_) in enumerate(fields) if type_ == "datetime"]
    for fid, (shape, row) in enumerate(features, 1):
        boxes.append((fid, *shape.envelope))
        yield [_header(shape, point) + shape.wkb, *_with_millis(row, at)]


def _header(shape: Shape, point: bool) -> bytes:
    """GeoPackage's header of a geometry; a point needs no envelope."""
    if point:
        return b"GP\x00\x01" + pack("<i", 4326)
    return b"GP\x00\x03" + pack("<i4d", 4326, *shape.envelope)


def _around(boxes: Sequence[tuple[int, float, float, float, float]]) -> Sequence[float | None]:
    if not boxes:
        return (None,) * 4
    _, west, east, south, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
