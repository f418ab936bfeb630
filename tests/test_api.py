"""The steps as Python functions, as the README shows them."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest

import geomap
from geomap.errors import InputError, UsageError
from geomap.gazetteer import Gazetteer
from geomap.model import Document, Issue
from geomap.readers import read

SEEDS = Path(__file__).parents[1] / "seeds"


def test_articles_are_read_lazily() -> None:
    documents = geomap.read(SEEDS)
    assert iter(documents) is documents
    assert [d.id[:3] for d in documents] == ["000", "001", "002", "003", "004"]


def test_a_missing_source_is_refused_at_once() -> None:
    with pytest.raises(InputError):
        geomap.read("nowhere")


def test_issues_of_reading_are_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with caplog.at_level(logging.INFO, "geomap"):
        assert list(geomap.read(tmp_path)) == []
    assert caplog.messages == [f"{tmp_path}/empty.txt: the file is empty. Remove it, or fetch the article again."]


def test_a_text_gives_its_mentions() -> None:
    mentions = geomap.geoparse("قصف على ترتر", language="ar")
    assert [(m.text, m.place.name) for m in mentions] == [("ترتر", "Tartar")]


def test_a_document_gives_its_claims_and_they_incidents(tmp_path: Path) -> None:
    document = next(geomap.read(SEEDS))
    claims = geomap.extract(document)
    assert {claim.document_id for claim in claims} == {document.id}
    incidents = geomap.merge(claims, rule=geomap.MergeRule(max_km=5))
    assert geomap.write(incidents, tmp_path / "day.gpkg") == tmp_path / "day.gpkg"
    assert (tmp_path / "day.gpkg").stat().st_size > 0


def test_a_text_takes_its_date_from_the_caller() -> None:
    (claim,) = geomap.extract("قصفت القوات الأذربيجانية بلدة مارتوني أمس.", published=date(2020, 10, 2))
    assert claim.date == date(2020, 10, 1)


def test_another_gazetteer_can_be_given() -> None:
    none = Gazetteer({})
    assert [m.place for m in geomap.geoparse("قصف الجيش بلدة ترتر", gazetteer=none) if m.place] == []


def test_a_language_without_a_lexicon_is_refused() -> None:
    with pytest.raises(UsageError, match="no lexicon for its language"):
        geomap.geoparse("qo' vIleghpu'", language="tlh")


def test_the_curated_places_come_by_default() -> None:
    place = geomap.Gazetteer.from_file().find("جرموك")[0]
    assert (round(place.lonlat.lon, 1), round(place.lonlat.lat, 1)) == (45.7, 39.8)


def test_documents_are_those_of_the_reader() -> None:
    assert list(geomap.read(SEEDS)) == [d for d in read(SEEDS) if isinstance(d, Document) and not isinstance(d, Issue)]
