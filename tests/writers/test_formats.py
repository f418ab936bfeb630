"""What holds for every output format: whole or nothing, same bytes on a rerun, columns and text as they went in."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.delimited import unguarded
from geomap.errors import OutputError, UsageError
from geomap.model import Incident
from geomap.schema import INCIDENTS
from geomap.tables import clean, incident_row
from geomap.writers import FORMATS, format_of, write
from tests.support.hostile_texts import HOSTILE, hostile
from tests.support.sample import sample_incidents, synthetic_incidents

FILES = {name: found.suffixes[0] for name, found in FORMATS.items() if name != "postgis"}
CHARACTER = re.compile("_x([0-9A-Fa-f]{4})_")
Rows = dict[str, dict[str, Any]]


def unplaced(incident: Incident) -> Incident:
    return replace(incident, id="f" * 12, places=())


@pytest.fixture
def incidents() -> list[Incident]:
    sample = sample_incidents()
    return [*sample, unplaced(sample[0])]


@pytest.mark.parametrize("name", FILES)
def test_every_format_writes_the_same_bytes_twice(name: str, incidents: list[Incident], tmp_path: Path) -> None:
    first = Path(write(incidents, tmp_path / "a" / f"x{FILES[name]}"))
    second = Path(write(incidents, tmp_path / "b" / f"x{FILES[name]}"))
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 0


@pytest.mark.parametrize("name", FILES)
def test_every_format_writes_no_incidents_too(name: str, tmp_path: Path) -> None:
    assert Path(write([], tmp_path / f"x{FILES[name]}")).exists()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_format_takes_a_language(name: str, language: str, incidents: list[Incident], tmp_path: Path) -> None:
    assert Path(write(incidents, tmp_path / f"x{FILES[name]}", language=language)).exists()


class BrokenError(RuntimeError):
    """A failure in the middle of a file."""


@pytest.mark.parametrize("name", FILES)
def test_a_failed_export_leaves_the_old_file_and_no_litter(
    name: str, incidents: list[Incident], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"x{FILES[name]}"
    path.write_text("old")

    class Failing(list[Incident]):
        """Gives some incidents, then fails."""

        def __iter__(self) -> Iterator[Incident]:
            yield from incidents[:3]
            raise BrokenError

        def __getitem__(self, index: Any) -> Any:
            raise BrokenError

    with pytest.raises(BrokenError):
        write(Failing(incidents), path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", FILES)
def test_a_full_disk_leaves_the_old_file(
    name: str, incidents: list[Incident], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"x{FILES[name]}"
    path.write_text("old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        write(incidents, path)
    assert path.read_text() == "old"


def test_a_folder_that_cannot_be_made_is_an_output_error(incidents: list[Incident], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write(incidents, tmp_path / "file" / "x.geojson")


def test_the_suffix_chooses_the_format() -> None:
    chosen = {
        path: format_of(path).name for path in ("a.geojson", "A.GPKG", "x.csv", "x.acled.csv", "x.ucdp.csv", "b.kmz")
    }
    assert list(chosen.values()) == ["geojson", "gpkg", "csv", "acled", "ucdp", "kmz"]
    assert format_of("postgresql://u@h/db").name == "postgis"
    assert format_of(Path("maps/2020-09-27.geojson")).name == "geojson"


def test_an_unknown_suffix_or_name_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no output format has the suffix"):
        write([], tmp_path / "x.shp")
    with pytest.raises(UsageError, match="no such output format"):
        write([], tmp_path / "x.csv", format="shapefile")


def test_a_missing_package_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'geomap\[parquet\]'"):
        write(sample_incidents(), tmp_path / "x.parquet")


# ---- every format read back equals what was written -----------------------------------------------------------------


def expected(incidents: list[Incident]) -> Rows:
    rows = [dict(zip(INCIDENTS.names, incident_row(i), strict=True)) for i in incidents]
    return {str(row["id"]): row for row in rows}


def read_csv(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["id"]: {k: typed(k, unguarded(v)) for k, v in row.items()} for row in csv.DictReader(lines)}


def typed(name: str, text: str) -> Any:
    kind = INCIDENTS.column(name).type
    if text == "":
        return None
    if kind == "boolean":
        return text in ("true", "1")
    return int(text) if kind == "integer" else float(text) if kind == "real" else text


def read_kml(path: Path) -> Rows:
    from lxml import etree

    data = path.read_bytes()
    if path.suffix == ".kmz":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = packed.read("doc.kml")
    tag = "{http://www.opengis.net/kml/2.2}"
    rows: Rows = {}
    for mark in etree.fromstring(data).iter(f"{tag}Placemark"):
        cells = {d.get("name"): d.text or "" for d in mark.iter(f"{tag}SimpleData")}
        cells |= {d.get("name"): d.findtext(f"{tag}value") or "" for d in mark.iter(f"{tag}Data")}
        if cells:
            rows[cells["id"]] = {name: typed(name, cells.get(name, "")) for name in INCIDENTS.names}
    return rows


def from_excel(value: Any, kind: str) -> Any:
    if kind == "date":
        return value.date().isoformat()
    if kind == "datetime":
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    # openpyxl leaves what Excel decodes.
    return (
        float(value)
        if kind == "real"
        else CHARACTER.sub(lambda m: chr(int(m[1], 16)), value)
        if kind == "text"
        else value
    )


def read_xlsx(path: Path) -> Rows:
    import openpyxl

    sheet = openpyxl.load_workbook(path).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    found = {}
    for row in rows:
        cells = {}
        for name, value in zip(header, row, strict=True):
            cells[str(name)] = None if value is None else from_excel(value, INCIDENTS.column(str(name)).type)
        found[str(cells["id"])] = cells
    return found


def read_table(path: Path) -> Rows:
    """GeoJSON, GeoPackage, FlatGeobuf and GeoParquet as GDAL or Arrow read them."""
    import geopandas as gpd
    import pandas as pd

    if path.suffix == ".parquet":
        frame = gpd.read_parquet(path)
    else:
        frame = gpd.read_file(path, **({"layer": "incidents"} if path.suffix == ".gpkg" else {}))
    found = {}
    for record in frame.drop(columns="geometry").to_dict("records"):
        cells = {}
        for name, value in record.items():
            column = INCIDENTS.column(str(name))
            if value is None or pd.isna(value):
                cells[name] = None
            elif column.type == "date":
                cells[name] = pd.Timestamp(value).date().isoformat()
            elif column.type == "datetime":
                cells[name] = pd.Timestamp(value).tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%SZ")
            else:
                cells[name] = {"integer": int, "real": float, "boolean": bool}.get(column.type, str)(value)
        found[str(cells["id"])] = {str(k): v for k, v in cells.items()}
    return found


#: Formats that Debian's GDAL reads.
GDAL = ("geojson", "gpkg", "csv", "acled", "ucdp", "hxl", "xlsx", "kml", "kmz", "flatgeobuf")


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs gdal-bin")
@pytest.mark.parametrize("name", GDAL)
def test_debians_gdal_reads_every_row_and_column_without_a_word(
    name: str, incidents: list[Incident], tmp_path: Path
) -> None:
    path = Path(write(incidents, tmp_path / f"incidents{FILES[name]}", language="en"))
    layer = {"xlsx": "Incidents", "kml": "Incidents", "kmz": "Incidents"}.get(name, path.name.removesuffix(path.suffix))
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    command = ["ogrinfo", "-al", str(path)]
    everything = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert everything.stderr == ""
    assert "warning" not in everything.stdout.lower()
    done = subprocess.run([*command, layer], capture_output=True, text=True, check=True, env=environment)
    told = done.stdout.partition(f"Layer name: {layer}")[2].partition("Layer name:")[0]
    for column in () if name in ("acled", "ucdp") else ("event_date", "location_ar", "quote", "confidence"):
        assert f"\n{column}: " in told, column
    for outlet in {c.source.outlet for i in incidents if i.places for c in i.claims if name not in ("acled", "ucdp")}:
        assert outlet in told


READERS: dict[str, Callable[[Path], Rows]] = {
    "csv": read_csv,
    "kml": read_kml,
    "kmz": read_kml,
    "xlsx": read_xlsx,
    "geojson": read_table,
    "gpkg": read_table,
    "flatgeobuf": read_table,
    "geoparquet": read_table,
}
LOCATED_ONLY = {"gpkg", "flatgeobuf"}


@pytest.mark.parametrize("name", READERS)
def test_read_back_equals_written(name: str, incidents: list[Incident], tmp_path: Path) -> None:
    path = Path(write(incidents, tmp_path / f"x{FILES[name]}"))
    located = [i for i in incidents if i.places or name not in LOCATED_ONLY]
    assert READERS[name](path) == expected(located)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_hostile_text_comes_back_as_it_went_in(name: str, text: str, tmp_path: Path) -> None:
    incident = hostile(text)
    path = Path(write([incident], tmp_path / f"x{FILES[name]}"))
    want = expected([incident])[incident.id]
    got = READERS[name](path)[incident.id]
    assert {k: v for k, v in got.items() if v != want[k]} == {}


#: Columns that hold a text as the article or the gazetteer has it, and how many rows an incident makes.
TEXTS = {
    "acled": ("notes", "source", "location", "admin1", "actor1"),
    "ucdp": ("where_coordinates", "adm_1", "source_office", "source_original"),
    "hxl": ("quote", "location", "location_ar", "source", "actor1", "reported_by"),
}


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_hostile_text_comes_back_from_the_shapes_of_others(name: str, text: str, tmp_path: Path) -> None:
    from geomap.model import Casualty, Figure, RivalFigure

    killed = Casualty("killed", 3, "exact", "x", "civilian")
    figure = Figure("killed", "x", "civilian", 3, 3, 3, False, (RivalFigure(killed, "c", text, None, 3, 3),))
    model = hostile(text)
    model = replace(model, figures=(figure,), claims=model.claims[:1], date_end=None, date_precision="day")
    path = Path(write([model], tmp_path / f"x{FILES[name]}"))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        found = [row for row in csv.DictReader(lines) if not str(next(iter(row.values()))).startswith("#")]
    assert len(found) == 1
    assert None not in found[0], "more cells than columns"
    assert {column: unguarded(found[0][column]) for column in TEXTS[name]} == dict.fromkeys(TEXTS[name], clean(text))


def known_by_record(incident: Incident) -> Incident:
    """The incident with places of no gazetteer, so that its record has to tell all of them."""
    places = tuple(replace(p, place=replace(p.place, origin="press")) for p in incident.places)
    claims = tuple(replace(c, places=()) for c in incident.claims)
    return replace(incident, places=places, claims=claims)


def read_records(path: Path) -> list[Incident]:
    from geomap.gazetteer import Gazetteer
    from geomap.records import read_incidents

    return list(read_incidents(path, Gazetteer({})))


def test_json_lines_keep_all_of_an_incident(incidents: list[Incident], tmp_path: Path) -> None:
    made = [known_by_record(incident) for incident in incidents]
    path = Path(write(made, tmp_path / "x.jsonl"))
    assert read_records(path) == made
    write(read_records(path), tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == path.read_bytes()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_hostile_text_comes_back_from_json_lines(text: str, tmp_path: Path) -> None:
    incident = known_by_record(hostile(text))
    path = Path(write([incident], tmp_path / "x.jsonl"))
    assert expected(read_records(path)) == expected([incident])


@given(text=st.text())
def test_cleaning_changes_only_what_no_file_can_hold(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert len(cleaned) == len(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    for before, after in zip(text, cleaned, strict=True):
        assert before == after or (after == "\ufffd" and (ord(before) < 32 or 0xD800 <= ord(before) <= 0xFFFF))


@pytest.mark.parametrize("name", FILES)
def test_a_thousand_incidents_go_into_every_format(name: str, tmp_path: Path) -> None:
    made = synthetic_incidents(1000, 30, length=60)
    assert Path(write(made, tmp_path / f"x{FILES[name]}")).stat().st_size > 10_000
