"""Real QGIS, headless, opens what geomap writes as a user would."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geomap.dictionary import words
from geomap.qgis.project import RELATIONS
from geomap.schema import INCIDENTS, TABLES
from geomap.writers import write
from tests.support.sample import sample_incidents

PYTHON = Path("/usr/bin/python3")
PROBE = Path(__file__).with_name("open_in_qgis.py")
HOSTILE = "]]> <script>alert(1)</script> \u202e'\" %1 [% 1+1 %] ${x} &amp;"


def has_qgis() -> bool:
    return (
        PYTHON.exists()
        and not subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode
    )


pytestmark = [pytest.mark.qgis, pytest.mark.skipif(not has_qgis(), reason="needs python3-qgis")]


def opened(folder: Path, **job: Any) -> dict[str, Any]:
    """What QGIS makes of the files of a job."""
    answer = folder / "answer.json"
    (folder / "job.json").write_text(json.dumps({**job, "answer": str(answer)}), "utf-8")
    # A home of its own: QGIS writes settings, and must not read the user's.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"):
        environment.pop(name, None)
    folder.chmod(0o700)
    subprocess.run([PYTHON, PROBE, folder / "job.json"], check=True, capture_output=True, timeout=120, env=environment)
    found: dict[str, Any] = json.loads(answer.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("qgis")
    sample = sample_incidents()
    claim = replace(sample[0].claims[0], text=HOSTILE)
    incidents = [replace(sample[0], claims=(claim,)), *sample[1:], replace(sample[1], id="f" * 12, places=())]
    package, geojson = (str(write(incidents, folder / f"incidents.{suffix}")) for suffix in ("gpkg", "geojson"))
    layers = {name: f"{package}|layername={name}" for name in TABLES}
    png = os.environ.get("GEOMAP_QGIS_PNG") or str(folder / "map.png")
    found = opened(
        folder,
        layers={**layers, "geojson": geojson},
        rows=["incidents", "geojson"],
        project=f"geopackage:{package}?projectName=geomap",
        png=png,
    )
    return {**found, "png": png}


def test_qgis_has_nothing_to_complain_of(seen: dict[str, Any]) -> None:
    assert seen["messages"] == []
    assert all(layer["valid"] for layer in seen["layers"].values())


@pytest.mark.parametrize("layer", ["incidents", "geojson"])
def test_the_default_style_loads_with_categories_in_arabic(seen: dict[str, Any], layer: str) -> None:
    found = seen["layers"][layer]
    arabic = words("ar")
    assert found["renderer"] == "categorizedSymbol"
    assert found["categories"]["Battles"] == arabic.word("Battles") != "Battles"
    assert len(found["categories"]) == 6
    assert found["driven"] == ["fillColor", "outlineStyle", "size"]
    assert found["aliases"]["event_type"] == arabic.column("event_type")
    assert all(found["aliases"][name] == arabic.column(name) for name in INCIDENTS.names)
    assert found["map_tip"].startswith('<div dir="rtl"')


@pytest.mark.parametrize("layer", ["incidents", "incident_areas", "incident_lines", "geojson"])
def test_the_temporal_controller_has_start_and_end(seen: dict[str, Any], layer: str) -> None:
    assert seen["layers"][layer]["temporal"] == {"active": True, "mode": 2, "start": "start_utc", "end": "end_utc"}


@pytest.mark.parametrize("table", list(TABLES))
def test_fields_have_the_declared_types(seen: dict[str, Any], table: str) -> None:
    want = {
        "text": "String",
        "integer": "Integer64",
        "real": "Real",
        "date": "Date",
        "datetime": "DateTime",
        "boolean": "Boolean",
    }
    types = seen["layers"][table]["types"]
    assert {c.name: types[c.name] for c in TABLES[table].columns} == {
        c.name: want[c.type] for c in TABLES[table].columns
    }


def test_geojson_fields_have_the_declared_types_where_there_are_values(seen: dict[str, Any]) -> None:
    want = {
        "text": "String",
        "integer": "Integer",
        "real": "Real",
        "date": "Date",
        "datetime": "DateTime",
        "boolean": "Boolean",
    }
    found = seen["layers"]["geojson"]
    for column in INCIDENTS.columns:
        if any(row[column.name] is not None for row in found["rows"]):
            assert found["types"][column.name] == want[column.type], column


def test_text_is_shown_as_it_was_written(seen: dict[str, Any]) -> None:
    for layer in ("incidents", "geojson"):
        quotes = [row["quote"] for row in seen["layers"][layer]["rows"]]
        assert HOSTILE in quotes


def test_the_project_opens_with_its_layers_groups_and_relations(seen: dict[str, Any]) -> None:
    assert seen["read"] is True
    assert all(layer["valid"] for layer in seen["project"].values())
    arabic = words("ar")
    assert list(seen["tree"]) == [arabic.word(name) for name in ("layers_incidents", "layers_tables", "layers_basemap")]
    assert set(seen["project"]) >= {arabic.table(name) for name in TABLES}
    assert seen["project"][arabic.table("incidents")]["temporal"]["active"]
    assert set(seen["relations"]) == set(RELATIONS)
    assert all(valid for valid, _, _ in seen["relations"].values())
    assert seen["relations"]["incident_claims"][1:] == [arabic.table("claims"), arabic.table("incidents")]


def test_places_are_named_on_the_map_and_nothing_else_is(seen: dict[str, Any]) -> None:
    labels = {name: layer["labels"] for name, layer in seen["layers"].items() if layer["labels"]}
    assert labels == {"places": 'coalesce("name_ar", "name")'}
    assert seen["project"][words("ar").table("places")]["labels"] == labels["places"]


def test_the_drawn_map_has_land_sea_and_every_kind_of_mark(seen: dict[str, Any]) -> None:
    assert seen["draw_errors"] == []
    colors = picture_colors(Path(seen["png"]))
    assert (207, 223, 230) in colors, "sea"
    assert (243, 241, 234) in colors, "land"
    assert (0, 100, 168) in colors, "outline of a country"
    assert len(colors) > 20


def picture_colors(path: Path) -> set[tuple[int, int, int]]:
    """Colours of a PNG, read by QGIS's own Qt so that no picture library is needed."""
    code = (
        "import sys, json; from PyQt5.QtGui import QImage; i = QImage(sys.argv[1]);"
        "seen = {i.pixel(x, y) & 0xffffff for x in range(0, i.width(), 2) for y in range(0, i.height(), 2)};"
        "print(json.dumps(sorted(seen)))"
    )
    done = subprocess.run([PYTHON, "-c", code, path], capture_output=True, text=True, check=True, timeout=60)
    return {(c >> 16, c >> 8 & 255, c & 255) for c in json.loads(done.stdout)}


def test_english_when_asked_for(tmp_path: Path) -> None:
    package = write(sample_incidents(), tmp_path / "en.gpkg", language="en")
    found = opened(tmp_path, layers={"incidents": f"{package}|layername=incidents"})["layers"]["incidents"]
    assert found["categories"]["Battles"] == "Battles"
    assert found["aliases"]["event_type"] == "Type"
