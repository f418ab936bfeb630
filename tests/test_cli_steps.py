"""The steps in a pipe: the same incidents as ``map``, records as the schema says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from geomap import codebook
from geomap.paths import data_path
from tests.support.commands import geomap

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="module")
def extracted() -> str:
    return geomap("extract", SEEDS).out


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads(data_path("schema/document.schema.json").read_text("utf-8"))  # type: ignore[no-any-return]


def test_the_steps_make_the_same_geojson_as_map(tmp_path: Path, extracted: str) -> None:
    geomap("map", SEEDS, "-o", tmp_path, "-f", "geojson,csv")
    text = geomap("read", SEEDS).out
    text = geomap("geoparse", "-", stdin=text).out
    text = geomap("extract", "-", stdin=text).out
    assert text == extracted
    text = geomap("merge", "-", stdin=text).out
    for suffix in ("geojson", "csv"):
        assert geomap("export", "-", tmp_path / f"piped.{suffix}", stdin=text).code == 0
        assert (tmp_path / f"piped.{suffix}").read_bytes() == (tmp_path / f"incidents.{suffix}").read_bytes()


def test_a_place_known_offline_alone_comes_to_the_same_in_steps(tmp_path: Path) -> None:
    article = tmp_path / "2023-04-20.txt"
    article.write_text("قصف الجيش الأوكراني بلدة جيداتشيف اليوم الخميس.", "utf-8")
    geomap("map", tmp_path, "-o", tmp_path / "maps", "-f", "gpkg,csv")
    extracted = geomap("extract", article)
    assert [p["source"] for claim in extracted.rows()[0]["claims"] for p in claim["places"]] == ["geonames"]
    merged = geomap("merge", "-", stdin=extracted.out).out
    for suffix in ("csv", "gpkg"):
        geomap("export", "-", tmp_path / f"incidents.{suffix}", stdin=merged)
        made, piped = tmp_path / "maps" / f"incidents.{suffix}", tmp_path / f"incidents.{suffix}"
        assert made.read_bytes() == piped.read_bytes()


def test_undated_articles_come_to_the_same_in_steps(tmp_path: Path) -> None:
    for path in SEEDS.glob("00[0-3]_*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    whole = geomap("extract", tmp_path).out
    parsed = geomap("geoparse", "-", stdin=geomap("read", tmp_path).out).out
    assert "inferred" in parsed
    assert geomap("extract", "-", stdin=parsed).out == whole


def test_geoparse_prints_the_text_with_its_mentions() -> None:
    for row in geomap("geoparse", SEEDS).rows():
        assert row["mentions"]
        assert all(row["text"][m["start"] : m["end"]] == m["text"] for m in row["mentions"])


def test_records_follow_the_schema(extracted: str, schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for line in extracted.splitlines():
        assert [error.message for error in validator.iter_errors(json.loads(line))] == []


def test_the_schema_refuses_what_is_no_record(extracted: str, schema: dict[str, Any]) -> None:
    row = json.loads(extracted.splitlines()[0])
    broken = [
        {k: v for k, v in row.items() if k != "claims"},
        row | {"claim": []},
        row | {"mentions": [row["mentions"][0] | {"role": "place"}]},
        row | {"claims": [row["claims"][0] | {"id": "3"}]},
        row | {"published": "28.9.2020"},
    ]
    for record in broken:
        assert list(Draft202012Validator(schema).iter_errors(record)) != []


def test_the_schema_knows_the_codebook(schema: dict[str, Any]) -> None:
    parts = schema["$defs"]
    claim, casualty = parts["claim"]["properties"], parts["casualty"]["properties"]
    assert claim["event_type"]["enum"] == list(codebook.EVENT_TYPES)
    assert claim["sub_event_type"]["enum"] == list(codebook.EVENT_TYPE_OF)
    assert casualty["kind"]["enum"] == list(codebook.CASUALTY_KINDS)
    assert casualty["qualifier"]["enum"] == list(codebook.QUALIFIERS)
    assert casualty["status"]["enum"] == list(codebook.CASUALTY_STATUS)
    assert parts["equipment"]["properties"]["item"]["enum"] == list(codebook.EQUIPMENT)
    assert parts["feature"]["enum"] == list(codebook.FEATURES)
    assert parts["mention"]["properties"]["role"]["enum"] == list(codebook.ROLES)


def test_the_annotators_scorer_reads_the_output(tmp_path: Path, extracted: str) -> None:
    (tmp_path / "out.jsonl").write_text(extracted, "utf-8")
    gold = ROOT / "tests" / "data" / "gold"
    command = [sys.executable, gold / "score.py", gold / "seeds.jsonl", tmp_path / "out.jsonl", "--json"]
    figures = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert figures["documents"] == 5
    assert figures["published"] == 1.0
    assert figures["mention"]["f1"] > 0.9


def test_two_processes_print_the_same_as_one(extracted: str) -> None:
    assert geomap("extract", SEEDS, "--workers", "2").out == extracted


def test_merging_takes_several_files(tmp_path: Path, extracted: str) -> None:
    lines = extracted.splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_text("".join(lines[:2]), "utf-8")
    (tmp_path / "b.jsonl").write_text("".join(lines[2:]), "utf-8")
    whole = geomap("merge", "-", stdin=extracted).out
    assert geomap("merge", tmp_path / "b.jsonl", tmp_path / "a.jsonl").out == whole


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "standard input:1: not JSON ("),
        ("[1]", "standard input:1: not an object ([1]). "),
        ('{"doc": "a", "text": "b"}', "standard input:1: not a document record (has doc, text). "),
        ('{"doc": "a", "claims": [{"id": "x"}]}', "standard input:1: a record without 'start'. "),
        ('{"doc": "a", "claims": 3}', "standard input:1: a broken record ("),
        ('{"doc": "a", "published": "x", "claims": []}', "standard input:1: a broken record ("),
    ],
)
def test_merge_refuses_what_is_no_record(line: str, says: str) -> None:
    ran = geomap("merge", "-", stdin=line)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(says)


def test_a_missing_file_of_records_fails() -> None:
    ran = geomap("merge", "nowhere.jsonl")
    assert (ran.code, ran.err) == (1, "nowhere.jsonl: cannot be read (No such file or directory). Check the name.\n")


def test_a_reader_that_goes_away_ends_the_step_quietly() -> None:
    command = f"{sys.executable} -B -m geomap places list | head -1"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.count("\n") == 1
    assert ran.stderr == ""
