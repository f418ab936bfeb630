"""explain, eval, learn, places, lexicon, and what holds for all commands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest
import typer

from geomap.cli import places as places_commands
from geomap.cli.reference import reference
from tests.support.commands import geomap

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "data" / "gold"
FIRST = SEEDS / "000_8e33b710ee25e630.txt"


# ── all commands ─────────────────────────────────────────────────────────────────────────────────────


def test_the_reference_is_the_help() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference().rstrip("\n") + "\n"


def test_the_version_is_that_of_the_package() -> None:
    assert re.fullmatch(r"geomap (\d+\.\d+.*|\(not installed\))\n", geomap("--version").out)


def test_without_a_command_the_help_is_shown() -> None:
    ran = geomap()
    assert ran.code == 2
    assert "map       Articles in" in ran.out + ran.err


def test_an_unknown_command_is_refused() -> None:
    assert geomap("mpa").code == 2


def test_the_module_is_the_command() -> None:
    command = [sys.executable, "-B", "-m", "geomap", "lexicon", "list"]
    assert subprocess.run(command, capture_output=True, cwd=ROOT, check=True).stdout.startswith(b"ar  ")


def test_output_is_utf_8_whatever_the_terminal_says() -> None:
    command = [sys.executable, "-B", "-m", "geomap", "places", "find", "Tartar"]
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin", "LC_ALL": "C", "HOME": str(Path.home())}
    out = subprocess.run(command, capture_output=True, cwd=ROOT, check=True, env=environment).stdout
    assert "ترتر" in out.decode("utf-8")


# ── explain ──────────────────────────────────────────────────────────────────────────────────────────


def test_explain_shows_the_article_and_a_reason_for_each_decision() -> None:
    out = geomap("explain", FIRST).out
    rows = geomap("extract", FIRST).rows()
    assert out.startswith("000_8e33b710ee25e630")
    assert f"{len(rows[0]['mentions'])} mentions" in out
    assert f"{len(rows[0]['claims'])} claims" in out
    assert all(claim["id"] in out for claim in rows[0]["claims"])
    assert all(reason["text"] in out for m in rows[0]["mentions"] for reason in m["reasons"])
    assert "\x1b[" not in out


def test_explain_marks_with_colours_where_asked() -> None:
    plain, painted = geomap("explain", FIRST).out, geomap("explain", FIRST, "--color", "always").out
    assert "\x1b[1;34m" in painted
    text = re.sub(r"\x1b\[[0-9;]*m", "", painted)
    assert FIRST.read_bytes().decode("utf-8").strip() in re.sub(r"⟦\d+⟧", "", text)
    assert re.sub(r"[\[\]{}()<>]", "", text) == re.sub(r"[\[\]{}()<>]", "", plain)


def test_explain_takes_the_id_of_any_claim_of_an_incident() -> None:
    merged = geomap("merge", "-", stdin=geomap("extract", SEEDS).out).rows()
    incident = max(merged, key=lambda row: len(row["claims"]))
    assert len(incident["claims"]) > 1
    shown = [geomap("explain", claim["id"], "--in", SEEDS).out for claim in incident["claims"]]
    assert len(set(shown)) == 1
    assert shown[0].startswith(f"incident {incident['id']}")
    assert all(claim["id"] in shown[0] for claim in incident["claims"])
    assert all(reason["text"] in shown[0] for reason in incident["reasons"])


def test_explain_takes_the_id_of_an_article() -> None:
    assert geomap("explain", "000", "--in", SEEDS).out == geomap("explain", FIRST).out


def test_explain_does_not_find_what_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = geomap("explain", "ffffffffffff", "--in", FIRST)
    assert (ran.code, ran.out) == (1, "")
    assert "no article, claim or incident of this id" in ran.err
    monkeypatch.chdir(tmp_path)
    assert geomap("explain", "ffffffffffff").code == 2


# ── eval and learn ───────────────────────────────────────────────────────────────────────────────────


def test_eval_prints_every_figure_with_its_interval() -> None:
    lines = geomap("eval", GOLD / "seeds.jsonl", SEEDS).out.splitlines()
    assert lines[0].split() == ["documents", "5"]
    for line in lines[2:16]:
        assert re.search(r" [01]\.\d{3}  [01]\.\d{3}–[01]\.\d{3}", line), line
    assert [line.split()[:2] for line in lines[16:18]] == [["actor", "F1"], ["target", "F1"]]
    assert lines[18:]
    for line in lines[18:]:
        assert re.fullmatch(r"confidence 0\.\d–[01]\.\d +\d+  claims, [01]\.\d{3} right, .+", line), line


def test_eval_takes_records_too_and_prints_json(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text(geomap("extract", SEEDS).out, "utf-8")
    of_records = geomap("eval", GOLD / "seeds.jsonl", tmp_path / "out.jsonl", "--json").rows()[0]
    of_articles = geomap("eval", GOLD / "seeds.jsonl", SEEDS, "--json").rows()[0]
    assert of_records == of_articles
    assert of_records["documents"] == 5
    assert set(of_records["intervals"]) == set(of_records) - {"documents", "intervals", "confidence", "parts"}


def test_eval_reads_the_texts_of_the_gold_where_no_source_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    record = {
        "doc": "a", "language": "ar", "published": "2020-09-28", "text": "قصف الجيش بلدة ترتر اليوم.", "incidents": [],
        "mentions": [{"start": 16, "end": 20, "text": "ترتر", "place": "Tartar", "country": "AZ", "lat": 40.34,
                      "lon": 46.93, "feature": "settlement", "role": "location"}],
    }  # fmt: skip
    path.write_text(json.dumps(record), "utf-8")
    figures = geomap("eval", path, "--json", "--errors").rows()[0]
    assert figures["mention"]["tp"] == 1
    assert figures["resolved_25km"] == 1.0
    assert all(difference["document"] == "a" for difference in figures["differences"])


def test_eval_quotes_each_difference(tmp_path: Path) -> None:
    rows = geomap("extract", SEEDS).rows()
    rows[0]["mentions"] = rows[0]["mentions"][1:]
    (tmp_path / "out.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    lines = geomap("eval", GOLD / "seeds.jsonl", tmp_path / "out.jsonl", "--errors").out.splitlines()
    assert "000:21 · missed mention · أرمينيا · gold actor" in lines


def test_eval_scores_one_document_alone() -> None:
    assert geomap("eval", GOLD / "seeds.jsonl", SEEDS, "--only", "003", "--json").rows()[0]["documents"] == 1
    ran = geomap("eval", GOLD / "seeds.jsonl", SEEDS, "--only", "999")
    assert ran.code == 1
    assert "no such document ('999')" in ran.err


def test_eval_scores_documents_about_some_countries_alone(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (GOLD / "seeds.jsonl").read_text("utf-8").splitlines()]
    for row, country in zip(rows, ["UA", "UA", "AM", "AM", "AM"], strict=True):
        row["mentions"] = [{**m, "country": country} for m in row["mentions"]]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")

    def scored(*options: str) -> int:
        return int(geomap("eval", tmp_path / "gold.jsonl", SEEDS, "--json", *options).rows()[0]["documents"])

    assert [scored("--about", "ua"), scored("--not-about", "UA"), scored("--about", "UA,AM")] == [2, 3, 5]
    ran = geomap("eval", tmp_path / "gold.jsonl", SEEDS, "--about", "SD")
    assert (ran.code, "no such documents" in ran.err) == (1, True)


@pytest.mark.slow
def test_learn_writes_models_that_load(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    ran = geomap("learn", GOLD / "seeds.jsonl", "--texts", SEEDS, "-o", tmp_path)
    assert ran.code == 0
    made = {path.name for path in (tmp_path / "ar").iterdir()}
    assert {"roles.json", "heads.json"} <= made
    assert set(json.loads((tmp_path / "ar" / "roles.json").read_text("utf-8"))) == {"classes", "bias", "weights"}


def test_learn_needs_the_texts(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    ran = geomap("learn", GOLD / "seeds.jsonl", "--texts", tmp_path, "-o", tmp_path)
    assert ran.code == 1
    assert "no text for document '000'" in ran.err


# ── places and lexicon ───────────────────────────────────────────────────────────────────────────────


def test_places_are_found_in_any_spelling() -> None:
    assert geomap("places", "find", "جرموك").out == geomap("places", "find", "JERMUK").out
    assert geomap("places", "find", "جرموك", "--json").rows()[0]["name"] == "Jermuk"


def test_a_name_without_place_fails_and_tells_what_is_like_it() -> None:
    ran = geomap("places", "find", "Jermukk")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Jermukk: no place of this name. Like it: jermuk")


def test_places_are_listed_by_country_and_feature() -> None:
    rows = geomap("places", "list", "--country", "am", "--feature", "country", "--json").rows()
    assert [row["name"] for row in rows] == ["Armenia"]
    assert len(geomap("places", "list").out.splitlines()) > 1000


def test_a_place_is_shown() -> None:
    place_id = geomap("places", "find", "Jermuk", "--json").rows()[0]["id"]
    out = geomap("places", "show", place_id).out
    assert "جرموك" in out
    assert re.search(r"^country +AM$", out, re.M)
    assert geomap("places", "show", "xx-nowhere").code == 1


def test_places_of_a_file_stand_over_the_curated_ones(tmp_path: Path) -> None:
    feature = {
        "type": "Feature", "id": "xx-zaburan", "geometry": {"type": "Point", "coordinates": [46.5, 40.1]},
        "properties": {"name": "Zaburan", "feature_code": "PPL", "country": "AZ", "source": "a test",
                       "names": {"ar": ["زابوران"]}},
    }  # fmt: skip
    path = tmp_path / "mine.geojson"
    line = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{line}\n]}}\n', "utf-8")
    assert geomap("places", "find", "زابوران", "--places", path, "--json").rows()[0]["id"] == "xx-zaburan"
    text = "قصف الجيش بلدة زابوران اليوم."
    (mention,) = geomap("extract", "-", "--places", path, stdin=text).rows()[0]["mentions"]
    assert mention["place"]["id"] == "xx-zaburan"


def test_broken_places_are_found(tmp_path: Path) -> None:
    (tmp_path / "bad.geojson").write_text("{}", "utf-8")
    ran = geomap("places", "check", tmp_path / "bad.geojson")
    assert ran.code == 1
    assert "bad.geojson" in ran.out + ran.err


def test_another_module_may_add_commands_for_places(monkeypatch: pytest.MonkeyPatch) -> None:
    more = types.ModuleType("geomap.places_cli")
    more.add_to = lambda group: group.command("missing")(lambda: print("nothing is missing"))  # type: ignore[attr-defined]  # noqa: T201
    monkeypatch.setitem(sys.modules, "geomap.places_cli", more)
    monkeypatch.setattr(places_commands, "find_spec", lambda _: True)
    app = typer.Typer()
    places_commands.add_to(app)
    names = [command.name for group in app.registered_groups for command in group.typer_instance.registered_commands]  # type: ignore[union-attr]
    assert names == ["list", "find", "show", "check", "missing"]


def test_lexicons_are_listed_checked_and_tried() -> None:
    assert re.match(r"ar  \d+ words, \d+ phrases\n", geomap("lexicon", "list").out)
    assert geomap("lexicon", "check").code == 0
    ran = geomap("lexicon", "check", "xx")
    assert ran.code == 1
    assert "lexicons/xx.toml: no such data file" in ran.err
    words = geomap("lexicon", "try", "ar", "قصف ترتر").out.splitlines()
    assert words[0].startswith("قصف  event.")
    assert words[1] == "ترتر  —"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xb2\x00", ":1: not JSON"),
        (b'{"text": "x"}', ":1: not annotated (no doc, mentions, incidents)"),
        (b'{"doc": "x", "mentions": [], "incidents": []}', ":1: no text for document 'x'"),
    ],
)
def test_learn_names_the_line_that_it_cannot_learn_from(tmp_path: Path, content: bytes, message: str) -> None:
    pytest.importorskip("sklearn", reason="training is an extra")
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    ran = geomap("learn", path, "-o", tmp_path / "models")
    assert ran.code == 1
    assert f"{path}{message}" in ran.err
    assert "cannot be used" not in ran.err


def test_explain_fails_where_there_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    ran = geomap("explain", tmp_path / "empty.txt")
    assert (ran.code, ran.out) == (1, "")
    assert "the file is empty" in ran.err
