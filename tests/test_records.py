"""Records and back: nothing is lost on the way through a pipe."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.analysis import Analysis
from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat
from geomap.merge import merge
from geomap.model import Claim, ClaimPlace, Issue, Place
from geomap.pipeline import analyze
from geomap.readers import read
from geomap.record import document_record, incident_record
from geomap.records import claims_of, incident_of, place_of, read_rows
from geomap.settings import Analysts

SEEDS = Path(__file__).parents[1] / "seeds"
GAZETTEER = Gazetteer.from_file()


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    return [item for item in analyze(read(SEEDS), Analysts()) if not isinstance(item, Issue)]


def through_json(record: object) -> dict[str, object]:
    return json.loads(json.dumps(record, ensure_ascii=False))  # type: ignore[no-any-return]


def test_claims_come_back_from_their_records(analyses: list[Analysis]) -> None:
    for analysis in analyses:
        assert tuple(claims_of(through_json(document_record(analysis)), GAZETTEER)) == analysis.claims


def test_incidents_come_back_from_their_records(analyses: list[Analysis]) -> None:
    incidents = merge(claim for analysis in analyses for claim in analysis.claims)
    assert any(i.figures for i in incidents)
    assert any(i.equipment for i in incidents)
    assert [incident_of(through_json(incident_record(i)), GAZETTEER) for i in incidents] == incidents


def test_a_curated_place_is_taken_from_the_gazetteer(analyses: list[Analysis]) -> None:
    (claim, *_) = (c for a in analyses for c in a.claims if c.places)
    record = through_json(document_record(Analysis(analyses[0].document, (), (claim,))))
    (back,) = claims_of(record, GAZETTEER)
    assert back.places[0].place is GAZETTEER.get(claim.places[0].place.id)


def test_a_place_of_a_service_is_made_from_its_record(analyses: list[Analysis]) -> None:
    place = Place(
        "osm-5", "Village", LonLat(44.12345, 40.43211), "PPL", "AM", "Syunik", "Sisian", 2.5, 1200,
        names={"ar": ("قرية",)}, parents=("am-syunik",), origin="nominatim", evidence="OpenStreetMap node 5",
    )  # fmt: skip
    claim: Claim = replace(analyses[0].claims[0], places=(ClaimPlace(place, 1),))
    (back,) = claims_of(through_json(document_record(Analysis(analyses[0].document, (), (claim,)))), GAZETTEER)
    assert back == claim
    assert back.places[0].place.names == place.names


def test_a_place_without_a_code_has_one_of_its_feature() -> None:
    row = {
        "id": "x",
        "name": "X",
        "country": None,
        "lat": 1,
        "lon": 2,
        "feature": "water",
        "radius_km": 3,
        "source": "y",
    }
    assert place_of(row, GAZETTEER).feature_code == "LK"


def test_broken_lines_tell_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"a": 1}\n\n{"a": ', "utf-8")
    rows = read_rows(path)
    assert next(rows) == (f"{path}:1", {"a": 1})
    with pytest.raises(InputError, match=r"x\.jsonl:3: not JSON"):
        next(rows)
