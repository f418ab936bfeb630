"""GeoJSON to the letter of RFC 7946, streamed, one feature a line, styled for QGIS."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from geomap.geo import LonLat
from geomap.model import Incident
from geomap.schema import INCIDENTS, json_schema
from geomap.writers import geojson
from tests.support.sample import sample_days, sample_incidents, synthetic_incidents


def read(incidents: list[Incident], path: Path) -> tuple[str, dict[str, Any]]:
    text = geojson.write(incidents, path).read_bytes().decode("utf-8")

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    return text, json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("n", [0, 1, 2, 511, 512, 513, 1024])
def test_it_is_one_feature_collection_with_one_feature_a_line(n: int, tmp_path: Path) -> None:
    text, collection = read(synthetic_incidents(n, 9, length=20), tmp_path / "x.geojson")
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == n
    assert sum(line.startswith('{"type":"Feature",') for line in text.splitlines()) == n


def test_it_follows_the_standard(tmp_path: Path) -> None:
    text, collection = read(sample_incidents(), tmp_path / "x.geojson")
    assert not text.startswith("\ufeff")
    assert "crs" not in collection
    points = [f["geometry"]["coordinates"] for f in collection["features"]]
    assert collection["bbox"] == [
        min(p[0] for p in points),
        min(p[1] for p in points),
        max(p[0] for p in points),
        max(p[1] for p in points),
    ]
    for feature, incident in zip(collection["features"], sample_incidents(), strict=True):
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["id"] == incident.id
        assert feature["geometry"]["type"] == "Point"
        lon, lat = feature["geometry"]["coordinates"]
        assert 43 < lon < 51, "longitude comes first"
        assert 38 < lat < 43
        assert all(not isinstance(value, (dict, list)) for value in feature["properties"].values())
        assert list(feature["properties"]) == list(INCIDENTS.names[1:]), "keys in a fixed order"


def test_coordinates_have_five_decimals_at_most(tmp_path: Path) -> None:
    model = sample_incidents()[1]
    where = model.places[0]
    fine = replace(where, place=replace(where.place, id="fine", lonlat=LonLat(46.123456789, 39.987654321)))
    _, collection = read([replace(model, places=(fine,))], tmp_path / "x.geojson")
    assert collection["features"][0]["geometry"]["coordinates"] == [46.12346, 39.98765]
    assert collection["bbox"] == [46.12346, 39.98765, 46.12346, 39.98765]


def test_an_incident_without_a_place_has_a_null_geometry(tmp_path: Path) -> None:
    _, collection = read([replace(sample_incidents()[0], places=())], tmp_path / "x.geojson")
    assert collection["features"][0]["geometry"] is None
    assert "bbox" not in collection


def test_no_file_with_a_coordinate_that_is_no_number(tmp_path: Path) -> None:
    model = sample_incidents()[1]
    where = model.places[0]
    nowhere = replace(where, place=replace(where.place, id="nan", lonlat=LonLat(float("nan"), 40.0)))
    with pytest.raises(ValueError, match="no place in JSON"):
        geojson.write([replace(model, places=(nowhere,))], tmp_path / "x.geojson")
    assert list(tmp_path.iterdir()) == []


def test_properties_fit_the_published_schema(tmp_path: Path) -> None:
    validator = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    _, collection = read([*sample_incidents(), *synthetic_incidents(50, 9)], tmp_path / "x.geojson")
    for feature in collection["features"]:
        validator.validate({"id": feature["id"], **feature["properties"]})


def test_the_style_stands_beside_it(tmp_path: Path) -> None:
    geojson.write(sample_incidents(), tmp_path / "x.geojson", language="en")
    assert 'name="Reported by"' in (tmp_path / "x.qml").read_text("utf-8")
    geojson.write(sample_incidents(), tmp_path / "y.geojson", qml=False)
    assert not (tmp_path / "y.qml").exists()


def test_days_are_written_all_or_none(tmp_path: Path) -> None:
    days, _ = sample_days()
    paths = geojson.write_days(days, tmp_path)
    assert [p.name for p in paths] == ["2020-09-27.geojson", "2020-09-28.geojson", "2022-09-13.geojson"]
    assert len(json.loads(paths[2].read_text("utf-8"))["features"]) == len(days[date(2022, 9, 13)])
    alone = geojson.write(days[date(2020, 9, 28)], tmp_path / "alone.geojson")
    assert alone.read_bytes() == paths[1].read_bytes(), "a day written alone is the same file"
    assert geojson.write_days({}, tmp_path / "none") == []
