"""Confidence: of the claims that are said to be sure, so many are right."""

from __future__ import annotations

import json
from pathlib import Path

from geomap.calibration import Band, Outcome, bands
from geomap.evaluate import evaluate
from geomap.model import Issue
from geomap.pipeline import analyze
from geomap.readers import read
from geomap.record import document_record
from geomap.settings import Analysts

ROOT = Path(__file__).parents[1]
UNSEEN = ROOT / "tests" / "batches" / "ar-17.jsonl"


def test_bands_count_what_is_in_them() -> None:
    told = [
        Outcome(0.45, True, False),
        Outcome(0.9, True, True),
        Outcome(0.95, False, False),
        Outcome(1.0, True, False),
    ]
    assert bands(told) == [Band(0.0, 0.5, 1, 1.0, 0.0), Band(0.9, 1.0, 3, 2 / 3, 1 / 3)]


def test_a_bound_belongs_to_the_band_above() -> None:
    assert [band.low for band in bands([Outcome(0.6, True, True), Outcome(0.7999, True, True)])] == [0.6, 0.7]


def test_no_claims_no_bands() -> None:
    assert bands([]) == []


def test_of_sure_claims_in_unseen_text_nine_in_ten_are_right() -> None:
    gold = {row["doc"]: row for row in map(json.loads, UNSEEN.read_text("utf-8").splitlines())}
    found = {a.document.id: document_record(a) for a in analyze(read(UNSEEN), Analysts()) if not isinstance(a, Issue)}
    (sure,) = (band for band in bands(evaluate(gold, found, resamples=0).outcomes) if band.low == 0.9)
    assert sure.claims >= 10
    assert sure.right >= 0.9
