"""The SQL of a GeoPackage 1.2, as the standard, GDAL and QGIS write it."""

# ruff: noqa: E501, S608 - SQL as it stands in the standard; no name in it comes from outside
from __future__ import annotations

from typing import Final

WGS84: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],'
    'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
SYSTEMS: Final = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    (
        "WGS 84 geodetic",
        4326,
        "EPSG",
        4326,
        WGS84,
        "longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid",
    ),
)
TABLES: Final = """
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
BOX: Final = 'ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")'
IF_SHAPE: Final = '(NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))'
IF_NONE: Final = '(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))'
PUT: Final = f'INSERT OR REPLACE INTO "{{r}}" VALUES (NEW."fid", {BOX})'
INDEX_TRIGGERS: Final = f"""
CREATE TRIGGER "{{r}}_insert" AFTER INSERT ON "{{t}}" WHEN {IF_SHAPE} BEGIN {PUT}; END;
CREATE TRIGGER "{{r}}_update1" AFTER UPDATE OF "geom" ON "{{t}}" WHEN OLD."fid" = NEW."fid" AND {IF_SHAPE} BEGIN {PUT}; END;
CREATE TRIGGER "{{r}}_update2" AFTER UPDATE OF "geom" ON "{{t}}" WHEN OLD."fid" = NEW."fid" AND {IF_NONE}
  BEGIN DELETE FROM "{{r}}" WHERE id = OLD."fid"; END;
CREATE TRIGGER "{{r}}_update3" AFTER UPDATE ON "{{t}}" WHEN OLD."fid" != NEW."fid" AND {IF_SHAPE}
  BEGIN DELETE FROM "{{r}}" WHERE id = OLD."fid"; {PUT}; END;
CREATE TRIGGER "{{r}}_update4" AFTER UPDATE ON "{{t}}" WHEN OLD."fid" != NEW."fid" AND {IF_NONE}
  BEGIN DELETE FROM "{{r}}" WHERE id IN (OLD."fid", NEW."fid"); END;
CREATE TRIGGER "{{r}}_delete" AFTER DELETE ON "{{t}}" WHEN OLD."geom" NOT NULL BEGIN DELETE FROM "{{r}}" WHERE id = OLD."fid"; END;
"""
COUNT_TRIGGERS: Final = """
CREATE TRIGGER "trigger_insert_feature_count_{t}" AFTER INSERT ON "{t}"
  BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) = lower('{t}'); END;
CREATE TRIGGER "trigger_delete_feature_count_{t}" AFTER DELETE ON "{t}"
  BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1 WHERE lower(table_name) = lower('{t}'); END;
"""
