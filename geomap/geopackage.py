"""GeoPackage 1.2 files with the standard library's SQLite: typed columns, spatial index, styles, a QGIS project.

Written by hand rather than through GDAL because that gives DATE columns without pyarrow, every layer in one
transaction, and the same bytes on every run.
"""

# ruff: noqa: S608 - tables and columns are named by geomap.schema, never from outside
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from struct import pack
from typing import Final, NamedTuple

from geomap.geopackage_sql import COUNT_TRIGGERS, INDEX_TRIGGERS, SYSTEMS, TABLES
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
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;")
        self._db.executescript(f"PRAGMA cache_size=-65536; BEGIN; {TABLES}")
        self._db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", SYSTEMS)
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
        """Add a layer of ``POINT``, ``MULTIPOLYGON`` or ``MULTILINESTRING``; returns the number of features."""
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
        for statement in _statements(INDEX_TRIGGERS.format(t=name, r=index)):
            self._db.execute(statement)
        row = (name, "geom", "gpkg_rtree_index", "http://www.geopackage.org/spec120/#extension_rtree", "write-only")
        self._db.execute("INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)", row)

    def _counted(self, name: str) -> int:
        (count,) = self._db.execute(f'SELECT count(*) FROM "{name}"').fetchone()
        self._db.execute("INSERT INTO gpkg_ogr_contents VALUES (?,?)", (name, count))
        for statement in _statements(COUNT_TRIGGERS.format(t=name)):
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
