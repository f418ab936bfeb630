"""PostGIS: a real PostgreSQL with PostGIS takes the incidents once, however often they are written."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from geomap.errors import OutputError, UsageError
from geomap.model import Incident
from geomap.schema import TABLES
from geomap.tables import ROWS, incident_row
from geomap.writers import write
from tests.support.commands import geomap
from tests.support.hostile_texts import HOSTILE, hostile
from tests.support.sample import sample_incidents, synthetic_incidents

SEEDS = Path(__file__).parents[2] / "seeds"
sa = pytest.importorskip("sqlalchemy")
pytest.importorskip("geoalchemy2")
BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
HAS_POSTGIS = any(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
pytestmark = [
    pytest.mark.postgis,
    pytest.mark.skipif(BIN is None or not HAS_POSTGIS, reason="needs postgresql and postgis"),
]


def server(*command: str, folder: Path) -> None:
    """Run a command of the server's, as the user postgres where we are root, which the server refuses to be run by."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder, timeout=60)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A private cluster that listens on a socket in its own folder only."""
    # Under /tmp: a socket's path may not be longer than 107 bytes, and the user postgres must get there.
    folder = Path(tempfile.mkdtemp(prefix="geomap-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    server(f"{BIN}/initdb", "-D", str(data), "-A", "trust", "-U", "geomap", "-E", "UTF8", "--no-sync", folder=folder)
    options = f"-c listen_addresses='' -k {folder} -F"
    server(f"{BIN}/pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start", folder=folder)
    try:
        yield folder
    finally:
        server(f"{BIN}/pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop", folder=folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(cluster: Path, request: pytest.FixtureRequest) -> str:
    """An empty database of the test's own."""
    name = f"t{abs(hash(request.node.name)) % 10**9}"
    engine = sa.create_engine(f"postgresql+psycopg://geomap@/postgres?host={cluster}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"postgresql://geomap@/{name}?host={cluster}"


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.text(query))]
    engine.dispose()
    return found


def content(url: str) -> dict[str, list[tuple[object, ...]]]:
    names = ("incidents", "claims", "sources", "casualties", "equipment", "places", "incident_places", "incident_areas")
    return {name: sorted(ask(url, f"SELECT * FROM geomap.{name}"), key=str) for name in names}


@pytest.fixture
def incidents() -> list[Incident]:
    sample = sample_incidents()
    alone = replace(sample[0].claims[0], id="e" * 12)
    return [*sample, replace(sample[0], id="f" * 12, places=(), claims=(alone,))]


def test_writing_twice_changes_nothing(url: str, incidents: list[Incident]) -> None:
    write(incidents, url)
    first = content(url)
    write(incidents, url)
    assert content(url) == first
    assert len(first["incidents"]) == len(incidents)
    assert len(first["casualties"]) == len(list(ROWS["casualties"](incidents)))


def test_a_folder_of_maps_goes_into_the_database_by_the_command_line(url: str, tmp_path: Path) -> None:
    assert geomap("map", SEEDS, "-o", tmp_path, "-f", "jsonl").code == 0
    ran = geomap("-v", "export", tmp_path, url)
    assert (ran.code, ran.out) == (0, "")
    first = content(url)
    lines = (tmp_path / "incidents.jsonl").read_text("utf-8").splitlines()
    assert len(first["incidents"]) == len(lines) > 10
    assert geomap("export", tmp_path, url, "--day", "2020-09-28").code == 0
    assert content(url) == first


def test_types_geometry_indexes_and_comments(url: str, incidents: list[Incident]) -> None:
    write(incidents, url)
    kinds = dict(
        ask(
            url,
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = 'geomap' AND table_name = 'incidents'",
        )
    )
    assert kinds["event_date"] == "date"
    assert kinds["start_utc"] == "timestamp with time zone"
    assert kinds["fatalities_best"] == "bigint"
    assert kinds["cumulative"] == "boolean"
    near = ask(
        url,
        "SELECT location FROM geomap.incidents "
        "WHERE ST_DWithin(geom::geography, ST_Point(46.93, 40.34, 4326)::geography, 3000)",
    )
    assert near == [("Tartar",)]
    assert ask(url, "SELECT count(*) FROM geomap.incidents WHERE geom IS NULL") == [(1,)]
    methods = {
        m for (m,) in ask(url, "SELECT indexdef FROM pg_indexes WHERE schemaname='geomap' AND tablename='incidents'")
    }
    assert any("USING gist (geom)" in m for m in methods)
    (comment,) = ask(url, "SELECT obj_description('geomap.incidents'::regclass)")
    assert comment == (TABLES["incidents"].about,)
    assert ask(url, "SELECT DISTINCT ST_IsValid(geom), ST_SRID(geom) FROM geomap.incident_areas") == [(True, 4326)]


def test_a_changed_incident_is_replaced_with_its_parts(url: str, incidents: list[Incident]) -> None:
    write(incidents, url)
    changed = replace(incidents[3], figures=(), status="denied")
    assert incidents[3].figures
    write([changed], url)
    assert ask(url, f"SELECT status, fatalities_best FROM geomap.incidents WHERE id = '{changed.id}'") == [
        ("denied", None)
    ]
    assert ask(url, f"SELECT count(*) FROM geomap.casualties WHERE incident_id = '{changed.id}'") == [(0,)]
    assert ask(url, "SELECT count(*) FROM geomap.incidents") == [(len(incidents),)]


def test_an_incident_that_was_merged_into_another_goes(url: str, incidents: list[Incident]) -> None:
    write(incidents, url)
    one, other = incidents[4], incidents[5]
    write([replace(one, claims=(*one.claims, *other.claims))], url)
    assert ask(url, f"SELECT count(*) FROM geomap.incidents WHERE id = '{other.id}'") == [(0,)]
    assert ask(url, f"SELECT count(*) FROM geomap.claims WHERE incident_id = '{one.id}'") == [
        (len(one.claims) + len(other.claims),)
    ]


def read_back(url: str, table: str) -> list[tuple[object, ...]]:
    """Rows of a table as ``geomap.tables`` makes them: days and moments as text."""
    columns = ", ".join(
        f"to_char({c.name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
        if c.type == "datetime"
        else f"{c.name}::text"
        if c.type == "date"
        else c.name
        for c in TABLES[table].columns
    )
    return ask(url, f"SELECT {columns} FROM geomap.{table}")


def test_every_table_read_back_equals_what_was_written(url: str, incidents: list[Incident]) -> None:
    write(incidents, url)
    for name, rows in ROWS.items():
        if name in ("incidents", "unlocated"):
            continue
        assert sorted(read_back(url, name), key=str) == sorted(rows(incidents), key=str), name
    assert sorted(read_back(url, "incidents"), key=str) == sorted(map(incident_row, incidents), key=str)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_hostile_text_comes_back_as_it_went_in(url: str, text: str) -> None:
    incident = hostile(text)
    write([incident], url)
    assert read_back(url, "incidents") == [incident_row(incident)]


def test_hostile_text_is_stored_as_it_stands(url: str, incidents: list[Incident]) -> None:
    text = "'; DROP TABLE geomap.incidents; -- \x00\ud800 ]]> %s \u202e\\"
    claim = replace(incidents[0].claims[0], text=text)
    write([replace(incidents[0], claims=(claim, *incidents[0].claims[1:]))], url)
    assert ask(url, "SELECT quote FROM geomap.incidents") == [
        (text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd"),)
    ]


def test_a_failure_leaves_the_database_as_it_was(url: str, incidents: list[Incident]) -> None:
    write(incidents[:5], url)
    before = content(url)
    broken = replace(incidents[6], event_type=None)  # type: ignore[arg-type]
    with pytest.raises((OutputError, TypeError, AttributeError)):
        write([*incidents[5:], broken], url)
    assert content(url) == before


def test_a_column_that_a_newer_version_knows_is_added(url: str, incidents: list[Incident]) -> None:
    write(incidents[:2], url)
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE geomap.incidents DROP COLUMN differs"))
    engine.dispose()
    write(incidents, url)
    assert ask(url, "SELECT count(*) FROM geomap.incidents WHERE differs IS NULL")[0][0] == len(incidents)


def test_two_thousand_incidents_go_in_batches(url: str) -> None:
    made = synthetic_incidents(2100, 30, length=20)
    write(made, url)
    assert ask(url, "SELECT count(*), count(geom) FROM geomap.incidents") == [(2100, sum(bool(i.places) for i in made))]


def test_no_server_is_an_output_error_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as told:
        write([], f"postgresql://geomap:secret@/db?host={tmp_path}")
    assert "secret" not in str(told.value)
    with pytest.raises(UsageError):
        write([], "postgresql+nothing://?")
