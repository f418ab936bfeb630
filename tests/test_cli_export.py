"""``geomap export``: what a run or a merge found, to one file of any format."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from geomap.cli.talk import Progress
from geomap.cli.watching import Watched
from geomap.writers import FORMATS
from tests.support.commands import geomap
from tests.support.sample import sample_incidents

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exported") / "maps"
    assert geomap("map", SEEDS, "-o", out, "-f", "geojson,csv,jsonl,gpkg").code == 0
    return out


def features(path: Path) -> list[dict[str, Any]]:
    return [feature["properties"] for feature in json.loads(path.read_text("utf-8"))["features"]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


# ── what it reads ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("suffix", ["geojson", "csv", "gpkg", "jsonl"])
def test_a_folder_of_maps_comes_to_the_same_as_its_run(maps: Path, tmp_path: Path, suffix: str) -> None:
    # of the same name, as a GeoPackage's project names its file
    target = tmp_path / f"incidents.{suffix}"
    assert geomap("export", maps, target).code == 0
    assert target.read_bytes() == (maps / target.name).read_bytes()


def test_a_runs_lines_are_those_of_merge(maps: Path) -> None:
    merged = geomap("merge", "-", stdin=geomap("extract", SEEDS).out).out
    assert (maps / "incidents.jsonl").read_text("utf-8") == merged


def test_a_folder_without_incidents_is_refused(tmp_path: Path) -> None:
    ran = geomap("export", SEEDS, tmp_path / "x.csv")
    assert ran.code == 1
    assert ran.err.startswith(f"{SEEDS}: no incidents.jsonl in it. Name a folder that `geomap map` wrote")
    assert list(tmp_path.iterdir()) == []


def test_articles_are_told_from_incidents(tmp_path: Path) -> None:
    ran = geomap("export", "-", tmp_path / "x.geojson", stdin=geomap("extract", SEEDS).out)
    assert ran.code == 1
    assert "not an incident record" in ran.err
    assert "geomap merge" in ran.err
    assert not (tmp_path / "x.geojson").exists()


def test_places_of_ones_own_are_wanted_again(maps: Path, tmp_path: Path) -> None:
    text = (maps / "incidents.jsonl").read_text("utf-8").replace('"id":"az-tartar"', '"id":"my-tartar"')
    ran = geomap("export", "-", tmp_path / "x.csv", stdin=text)
    assert ran.code == 0
    assert "1 place without names or outlines (my-tartar). Give the files" in ran.err
    assert "Tartar" in {row["location"] for row in rows(tmp_path / "x.csv")}


# ── what it keeps ────────────────────────────────────────────────────────────────────────────────────


def test_a_day_is_that_of_its_map(maps: Path, tmp_path: Path) -> None:
    geomap("export", maps, tmp_path / "2020-09-28.geojson", "--day", "2020-09-28")
    assert (tmp_path / "2020-09-28.geojson").read_bytes() == (maps / "2020-09-28.geojson").read_bytes()


def test_a_day_without_incidents_is_refused(maps: Path, tmp_path: Path) -> None:
    ran = geomap("export", maps, tmp_path / "x.csv", "--day", "2001-01-01")
    assert ran.code == 1
    days = "2020-09-27, 2020-09-28, 2022-09-13"
    assert ran.err == f"--day: no incident on this day (2001-01-01). Days with incidents: {days}.\n"
    assert list(tmp_path.iterdir()) == []


def test_period_box_type_and_confidence_leave_out_the_others(maps: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    geomap("export", maps, path, "--from", "2020-09-28", "--to", "2021-01-01")
    assert {p["event_date"][:4] for p in features(path)} == {"2020"}
    geomap("export", maps, path, "--bbox", "46.9,40.3,47,40.4")
    assert {p["location"] for p in features(path)} == {"Tartar"}
    geomap("export", maps, path, "--type", "Armed clash,violence against civilians")
    kinds = {(p["event_type"], p["sub_event_type"]) for p in features(path)}
    assert kinds
    assert all("Armed clash" in kind or "Violence against civilians" in kind for kind in kinds)
    geomap("export", maps, path, "--min-confidence", "0.9")
    assert features(path)
    assert all(p["confidence"] >= 0.9 for p in features(path))


def test_an_export_of_nothing_is_a_file_and_a_word(maps: Path, tmp_path: Path) -> None:
    ran = geomap("export", maps, tmp_path / "x.csv", "--type", "Protests")
    assert ran.code == 0
    assert "none of the" in ran.err
    assert rows(tmp_path / "x.csv") == []


def test_what_was_left_out_is_told_when_asked(maps: Path, tmp_path: Path) -> None:
    ran = geomap("-v", "export", maps, tmp_path / "x.csv", "--day", "2020-09-28")
    kept, of_all = len(rows(tmp_path / "x.csv")), len(rows(maps / "incidents.csv"))
    assert f"wrote {tmp_path / 'x.csv'} ({kept} of {of_all} incidents)" in ran.err


# ── how it writes ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [name for name, found in FORMATS.items() if found.tagged])
def test_a_row_of_tags_stands_under_the_header_when_asked(maps: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"x{FORMATS[name].suffixes[0]}"
    assert geomap("export", maps, path, "--hxl").code == 0
    tagged = path.read_text("utf-8-sig").splitlines()
    assert "#geo+lat" in tagged[1].split(",")
    assert geomap("export", maps, path).code == 0
    assert path.read_text("utf-8-sig").splitlines() == [tagged[0], *tagged[2:]]


def test_the_format_may_be_named_where_the_suffix_does_not_tell(maps: Path, tmp_path: Path) -> None:
    geomap("export", maps, tmp_path / "acled.txt", "-f", "acled")
    assert "event_id_cnty" in rows(tmp_path / "acled.txt")[0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("x.doc",), "no output format has the suffix '.doc'"),
        (("x.csv", "-f", "shp"), "-f: no such format ('shp'). One of geojson, "),
        (("x.kml", "--hxl"), "--hxl: no row of tags in this format (kml). Only csv, acled, ucdp have one."),
        (("x.csv", "-f", "postgis"), "DST: no place for postgis ('x.csv'). Give postgresql://USER@HOST/NAME."),
        (("postgresql://u:secret@h/d", "-f", "csv"), "DST: no place for csv ('postgresql'). Give the name of a file."),
        (("x.csv", "--type", "Battle"), "--type: no such type of event ('Battle'). Did you mean 'Battles'?"),
        (("x.csv", "--from", "2020-02-02", "--to", "2020-01-01"), "--to: ends before it begins"),
        (("x.csv", "--day", "2020-02-31"), "not a day of the calendar ('2020-02-31')"),
        (("x.csv", "--bbox", "1,2,3"), "not four numbers ('1,2,3')"),
        (("x.csv", "--min-confidence", "2"), "--min-confidence"),
        (("x.csv", "--lang", "xx"), "no column names for 'xx'"),
    ],
)
def test_a_call_without_sense_is_refused_before_anything_is_read(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = geomap("export", "nowhere.jsonl", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "secret" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    old = tmp_path / "x.gpkg"
    old.write_text("old")
    ran = geomap("export", "-", old, stdin='{"id": "x", "claims": [], "status": "agreed"}')
    assert ran.code == 1
    assert ran.err.startswith("standard input:1: a record without ")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


# ── what it shows ────────────────────────────────────────────────────────────────────────────────────


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_long_work_is_counted_on_a_terminal_round_by_round(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    incidents = sample_incidents()
    with Progress(f"of {len(incidents)} incidents written") as progress:
        from geomap.writers import write

        write(Watched(incidents, progress), tmp_path / "x.gpkg")
    shown = terminal.getvalue().split("\r\x1b[K")
    assert f"{len(incidents)} of {len(incidents)} incidents written" in shown
    assert any(line.endswith(", round 2") for line in shown)
    assert shown[-1] == ""
    write(incidents, tmp_path / "unwatched" / "x.gpkg")
    assert (tmp_path / "x.gpkg").read_bytes() == (tmp_path / "unwatched" / "x.gpkg").read_bytes()


def test_an_export_shows_its_progress_on_a_terminal_alone(
    maps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert geomap("export", maps, tmp_path / "x.kml").err == ""
    monkeypatch.setattr(Terminal, "isatty", lambda _: True)
    monkeypatch.setattr("geomap.cli.talk.sys.stderr", terminal := Terminal())
    from geomap.cli.export import export

    export(str(maps), str(tmp_path / "y.kml"))
    assert "incidents read" in terminal.getvalue()
    assert "incidents written" in terminal.getvalue()
    assert (tmp_path / "y.kml").read_bytes() == (tmp_path / "x.kml").read_bytes()
