"""PostGIS: the tables of ``docs/columns.md`` in one schema, written in one transaction. Needs ``geomap[postgis]``.

Writing the same incidents again changes nothing. An incident that is written again is replaced with its claims, figures
and places; one whose claims have all gone to others, because more articles merged them, is removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import OutputError, UsageError
from geomap.model import Incident
from geomap.schema import TABLES, Column, Table
from geomap.shapes import Layer, area_rows, multi_wkb, point_wkb
from geomap.tables import ROWS, Row, Value, incident_row

if TYPE_CHECKING:
    import sqlalchemy as sa

#: Tables in the order in which foreign keys allow them; unlocated incidents are those without a point.
_NAMES: Final = (
    "incidents",
    "sources",
    "places",
    "claims",
    "casualties",
    "equipment",
    "incident_places",
    "incident_areas",
    "incident_lines",
)
_KIND: Final = {"point": "POINT", "area": "MULTIPOLYGON", "line": "MULTILINESTRING"}
#: Column -> what it refers to, and what becomes of the row when that goes.
_REFERS: Final = {
    "incident_id": ("incidents.id", "CASCADE"),
    "source_id": ("sources.id", None),
    "place_id": ("places.id", None),
}
#: Columns that people filter by.
_INDEXED: Final = frozenset({"incident_id", "event_date", "event_type", "source_id", "place_id"})
#: Rows sent at once.
_BATCH: Final = 1000


def write(incidents: Sequence[Incident], path: str | Path, *, language: str = "ar", schema: str = "geomap") -> str:  # noqa: ARG001
    """Write incidents to a PostgreSQL database with PostGIS.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : str | Path
        ``postgresql://user:password@host/database``.
    language : str
        Not used: the columns are named as in ``docs/columns.md`` in every language.
    schema : str
        Schema for the tables; made where it is not there.

    Returns
    -------
    str
        The address without its password.

    Raises
    ------
    UsageError
        Where the address is none.
    OutputError
        Where the database refuses; it is left as it was.
    """
    import sqlalchemy as sa

    engine = _engine(str(path))
    shown = engine.url.render_as_string(hide_password=True)
    try:
        with engine.begin() as connection:
            tables = _prepare(connection, schema)
            _fill(connection, tables, incidents)
    except sa.exc.SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise OutputError(shown, f"the database refused ({reason})", "Nothing was changed there.") from error
    finally:
        engine.dispose()
    return shown


def _engine(text: str) -> sa.Engine:
    import sqlalchemy as sa

    try:
        address = sa.make_url(text)
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        return sa.create_engine(address)
    except sa.exc.ArgumentError as error:
        raise UsageError(
            "postgis", "the address cannot be read", "It looks like postgresql://user@host/database."
        ) from error


def _prepare(connection: sa.Connection, schema: str) -> Mapping[str, sa.Table]:
    """Schema, extension and tables, made where they are missing; columns that a newer geomap knows are added."""
    import sqlalchemy as sa

    # One writer at a time: two would make the same tables, or wait for each other's rows for ever.
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('geomap'))"))
    if not connection.scalar(sa.text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")):
        connection.execute(sa.text("CREATE EXTENSION postgis"))
    connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
    metadata = sa.MetaData(schema=schema)
    tables = {name: _table(metadata, TABLES[name]) for name in _NAMES}
    metadata.create_all(connection)
    inspector = sa.inspect(connection)
    for table in tables.values():
        present = {column["name"] for column in inspector.get_columns(table.name, schema=schema)}
        for column in table.columns:
            if column.name not in present:
                kind = column.type.compile(connection.dialect)
                name = connection.dialect.identifier_preparer.quote(column.name)
                connection.execute(sa.text(f"ALTER TABLE {table.fullname} ADD COLUMN {name} {kind}"))
    return tables


def _table(metadata: sa.MetaData, table: Table) -> sa.Table:
    import sqlalchemy as sa
    from geoalchemy2 import Geometry

    columns = [_column(metadata, column) for column in table.columns]
    if table.geometry:
        columns.append(sa.Column("geom", Geometry(_KIND[table.geometry], srid=4326, spatial_index=True)))
    return sa.Table(table.name, metadata, *columns, comment=table.about)


def _column(metadata: sa.MetaData, column: Column) -> sa.Column[Any]:
    import sqlalchemy as sa

    kinds: dict[str, sa.types.TypeEngine[Any]] = {
        "text": sa.Text(),
        "integer": sa.BigInteger(),
        "real": sa.Double(),
        "date": sa.Date(),
        "datetime": sa.DateTime(timezone=True),
        "boolean": sa.Boolean(),
    }
    refers = []
    # An incident's own place_id may be null; everything else that names a row must have it.
    if column.name in _REFERS:
        target, when_gone = _REFERS[column.name]
        refers.append(
            sa.ForeignKey(f"{metadata.schema}.{target}", ondelete=when_gone, deferrable=True, initially="DEFERRED")
        )
    is_key = column.name == "id"
    return sa.Column(
        column.name,
        kinds[column.type],
        *refers,
        primary_key=is_key,
        nullable=not (column.required or is_key),
        index=column.name in _INDEXED,
        comment=column.about + (f" Unit: {column.unit}." if column.unit else ""),
    )


def _fill(connection: sa.Connection, tables: Mapping[str, sa.Table], incidents: Sequence[Incident]) -> None:
    import sqlalchemy as sa

    ids = [incident.id for incident in incidents]
    for start in range(0, len(ids), _BATCH):
        # Parts of an incident have no ids of their own: they are written anew.
        for name in ("casualties", "equipment", "incident_places", "incident_areas", "incident_lines", "claims"):
            table = tables[name]
            connection.execute(sa.delete(table).where(table.c.incident_id.in_(ids[start : start + _BATCH])))
    for name, table in tables.items():
        _upsert(connection, table, _records(TABLES[name], incidents))
    claims = tables["claims"]
    told = sa.select(claims.c.id).where(claims.c.incident_id == tables["incidents"].c.id)
    connection.execute(sa.delete(tables["incidents"]).where(~told.exists()))
    # The count of a place is over all that the database holds, not over what was written now.
    places, named = tables["places"], tables["incident_places"]
    count = sa.select(sa.func.count()).where(named.c.place_id == places.c.id).scalar_subquery()
    stale = places.c.n_incidents.is_distinct_from(count)
    connection.execute(sa.update(places).where(stale).values(n_incidents=count))


def _upsert(connection: sa.Connection, table: sa.Table, records: Iterable[Mapping[str, Any]]) -> None:
    from sqlalchemy.dialects.postgresql import insert

    statement = insert(table)
    if "id" in table.c:
        new = {column.name: statement.excluded[column.name] for column in table.columns if column.name != "id"}
        statement = statement.on_conflict_do_update(index_elements=["id"], set_=new)
    batch: list[Mapping[str, Any]] = []
    for record in records:
        batch.append(record)
        if len(batch) == _BATCH:
            connection.execute(statement, batch)
            batch = []
    if batch:
        connection.execute(statement, batch)


def _records(table: Table, incidents: Sequence[Incident]) -> Iterator[dict[str, Any]]:
    from geoalchemy2 import WKBElement

    for row, wkb in _rows(table, incidents):
        record: dict[str, Any] = {
            column.name: _native(value, column) for value, column in zip(row, table.columns, strict=True)
        }
        if table.geometry:
            record["geom"] = None if wkb is None else WKBElement(wkb, srid=4326)
        yield record


def _rows(table: Table, incidents: Sequence[Incident]) -> Iterator[tuple[Row, bytes | None]]:
    """Rows with their geometry as well-known binary."""
    if table.geometry in ("area", "line"):
        layer: Layer = "area" if table.geometry == "area" else "line"
        for row, coordinates in area_rows(incidents, layer):
            yield row, multi_wkb(layer, coordinates)
        return
    rows = map(incident_row, incidents) if table.name == "incidents" else ROWS[table.name](incidents)
    lon, lat = (table.names.index(name) if name in table.names else None for name in ("longitude", "latitude"))
    for row in rows:
        if lon is None or lat is None or row[lat] is None:
            yield row, None
        else:
            yield row, point_wkb(float(row[lon] or 0), float(row[lat] or 0))


def _native(value: Value, column: Column) -> Value | date | datetime:
    """A value as the driver wants it: days and moments as such."""
    if isinstance(value, str) and column.type == "date":
        return date.fromisoformat(value)
    if isinstance(value, str) and column.type == "datetime":
        return datetime.fromisoformat(value)
    return value
