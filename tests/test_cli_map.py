"""``geomap map``: what it writes, what it leaves alone, and what it says."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.writers import FORMATS
from tests.support.commands import Ran, geomap

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
USUAL = {
    "incidents.geojson",
    "incidents.qml",
    "incidents.gpkg",
    "incidents.csv",
    "incidents.jsonl",
    "index.html",
    "all.html",
    "issues.jsonl",
}
DAYS = {f"{day}.{end}" for day in ("2020-09-27", "2020-09-28", "2022-09-13") for end in ("html", "geojson", "qml")}
ARTICLE = "قصفت القوات الأذربيجانية بلدة ترتر اليوم الاثنين."


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("assets", ["inline", "shared"])
def test_what_a_run_wrote_is_no_article_of_the_next(assets: str, tmp_path: Path) -> None:
    (tmp_path / "2020-09-28.txt").write_text(ARTICLE, "utf-8")
    out = tmp_path / "maps"
    for _ in range(2):
        ran = geomap("map", tmp_path, "-o", out, "--assets", assets)
        assert ran.code == 0, ran.err
        assert ran.out.splitlines()[0].split() == ["articles", "1"]
        wrote = contents(out)
    geomap("map", tmp_path, "-o", out, "--assets", assets)
    assert contents(out) == wrote


def test_a_page_and_a_table_of_somebody_else_are_read_beside_maps(tmp_path: Path) -> None:
    (tmp_path / "2020-09-28.txt").write_text(ARTICLE, "utf-8")
    geomap("map", tmp_path, "-o", tmp_path)
    (tmp_path / "page.html").write_text(f"<html><body><article><p>{ARTICLE * 9}</p></article></body></html>", "utf-8")
    (tmp_path / "table.csv").write_text("text,date\nسقط صاروخ على مدينة غانجا.,2020-09-29\n", "utf-8")
    assert len(geomap("read", tmp_path).rows()) == 3


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    out = tmp_path_factory.mktemp("mapped") / "maps"
    return out, geomap("map", SEEDS, "-o", out)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "2020-09-28.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, "utf-8")
    return path.parent


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Path]:
    """A folder of earlier output, which the test must leave as it is."""
    out = tmp_path / "maps"
    out.mkdir()
    for name in ("index.html", "incidents.geojson", "notes.txt"):
        (out / name).write_text("of an earlier run", "utf-8")
    before = contents(out)
    yield out
    assert contents(out) == before
    assert [p.name for p in out.iterdir() if p.name.startswith(".")] == []


# ── what it writes ───────────────────────────────────────────────────────────────────────────────────


def test_the_seeds_become_pages_tables_and_issues(mapped: tuple[Path, Ran]) -> None:
    out, ran = mapped
    assert ran.code == 0
    assert set(contents(out)) == USUAL | DAYS


def test_the_table_tells_what_was_read_found_and_written(mapped: tuple[Path, Ran]) -> None:
    rows = dict(line.strip().split(maxsplit=1) for line in mapped[1].out.splitlines())
    assert rows["articles"] == "5"
    assert int(rows["mentions"]) > 200
    assert int(rows["claims"]) >= int(rows["incidents"]) > 0
    assert {f"{day}.html" for day in rows if day[:2] == "20"} == {name for name in DAYS if name.endswith("html")}
    assert rows["files"].startswith("17 in ")
    assert {"unresolved", "issues"} <= rows.keys()


def test_a_second_run_rewrites_nothing(mapped: tuple[Path, Ran]) -> None:
    out = mapped[0]
    before = {p: p.stat().st_mtime_ns for p in out.iterdir()}
    assert "0 changed" in geomap("map", SEEDS, "-o", out).out
    assert {p: p.stat().st_mtime_ns for p in out.iterdir()} == before


def test_a_file_that_differs_is_put_right_and_the_others_left(mapped: tuple[Path, Ran]) -> None:
    out = mapped[0]
    before = contents(out)
    (out / "incidents.csv").write_text("broken", "utf-8")
    assert "1 changed" in geomap("map", SEEDS, "-o", out).out
    assert contents(out) == before


def test_one_day_is_written_alone(mapped: tuple[Path, Ran]) -> None:
    out = mapped[0]
    before = contents(out)
    for path in out.iterdir():
        path.unlink()
    (out / "notes.txt").write_text("mine", "utf-8")
    assert geomap("map", SEEDS, "-o", out, "--day", "2020-09-28").code == 0
    assert contents(out) == {"notes.txt": b"mine", "2020-09-28.html": before["2020-09-28.html"]}
    for name, content in before.items():
        (out / name).write_bytes(content)


def test_one_day_in_other_formats_goes_by_its_date(tmp_path: Path) -> None:
    geomap("map", SEEDS, "-o", tmp_path, "--day", "2022-09-13", "-f", "geojson")
    features = json.loads((tmp_path / "2022-09-13.geojson").read_text("utf-8"))["features"]
    assert features
    assert {f["properties"]["event_date"] for f in features} == {"2022-09-13"}


def test_a_period_leaves_out_other_days(tmp_path: Path) -> None:
    geomap("map", SEEDS, "-o", tmp_path, "--from", "2020-09-28", "--to", "2021-01-01")
    assert {p.name for p in tmp_path.glob("20*.html")} == {"2020-09-28.html"}
    features = json.loads((tmp_path / "incidents.geojson").read_text("utf-8"))["features"]
    assert all(f["properties"]["date_end"] >= "2020-09-28" for f in features)


def test_a_days_geojson_is_the_same_alone_and_with_all_others(mapped: tuple[Path, Ran], tmp_path: Path) -> None:
    geomap("map", SEEDS, "-o", tmp_path, "--day", "2020-09-28", "-f", "geojson")
    for name in ("2020-09-28.geojson", "2020-09-28.qml"):
        assert (tmp_path / name).read_bytes() == (mapped[0] / name).read_bytes()


def test_types_asked_for_are_the_only_ones(tmp_path: Path) -> None:
    geomap("map", SEEDS, "-o", tmp_path, "-f", "geojson", "--type", "battles,Air/drone strike")
    found = json.loads((tmp_path / "incidents.geojson").read_text("utf-8"))["features"]
    assert {f["properties"]["event_type"] for f in found} >= {"Battles"}
    assert all(
        "Battles" in p["event_type"] or p["sub_event_type"] == "Air/drone strike"
        for f in found
        for p in [f["properties"]]
    )


def test_a_box_leaves_out_what_lies_outside(tmp_path: Path) -> None:
    geomap("map", SEEDS, "-o", tmp_path, "-f", "geojson", "--bbox", "46.9,40.3,47,40.4")
    places = [f["properties"]["places"] for f in json.loads((tmp_path / "incidents.geojson").read_text())["features"]]
    assert places
    assert all("Tartar" in name for name in places)


def test_confidence_asked_for_is_the_least(tmp_path: Path) -> None:
    geomap("map", SEEDS, "-o", tmp_path, "-f", "geojson", "--min-confidence", "0.9")
    found = json.loads((tmp_path / "incidents.geojson").read_text("utf-8"))["features"]
    assert found
    assert all(f["properties"]["confidence"] >= 0.9 for f in found)


def test_pages_speak_the_language_asked_for(tmp_path: Path, article: Path) -> None:
    geomap("map", article, "-o", tmp_path / "maps", "-f", "html", "--lang", "en", "--assets", "shared")
    page = (tmp_path / "maps" / "2020-09-28.html").read_text("utf-8")
    assert '<html lang="en" dir="ltr"' in page
    assert (tmp_path / "maps" / "assets").is_dir()


def test_every_format_of_files_can_be_asked_for(tmp_path: Path, article: Path) -> None:
    names = [name for name, found in FORMATS.items() if found.suffixes[0].startswith(".")]
    for extra in ("pyarrow", "openpyxl"):
        pytest.importorskip(extra)
    assert geomap("map", article, "-o", tmp_path / "maps", "-f", ",".join(names)).code == 0
    made = set(contents(tmp_path / "maps"))
    assert {f"incidents{FORMATS[name].suffixes[0]}" for name in names} <= made


def test_a_dry_run_writes_nothing(article: Path, earlier: Path) -> None:
    ran = geomap("map", article, "-o", earlier, "-n")
    assert ran.code == 0
    assert "none (dry run)" in ran.out


def test_an_article_comes_from_standard_input(tmp_path: Path) -> None:
    ran = geomap("map", "-", "-o", tmp_path, "--published", "2020-09-28", stdin=ARTICLE)
    assert ran.code == 0
    assert (tmp_path / "2020-09-28.html").exists()


# ── issues ───────────────────────────────────────────────────────────────────────────────────────────


def issues_of(out: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (out / "issues.jsonl").read_text("utf-8").splitlines()]


def test_bad_articles_become_issues_and_the_others_are_mapped(article: Path, tmp_path: Path) -> None:
    (article / "empty.txt").write_bytes(b"")
    (article / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (article / "english.txt").write_text("The army shelled the town on Monday, officials said.", "utf-8")
    (article / "hostile.txt").write_text("قصف الجيش بلدة ترتر <script>alert(1)</script> `${1}` أمس.", "utf-8")
    ran = geomap("map", article, "-o", tmp_path / "maps")
    assert ran.code == 0
    where = {issue["where"].rpartition("/")[2]: issue for issue in issues_of(tmp_path / "maps")}
    assert where["empty.txt"]["level"] == where["picture.txt"]["level"] == "error"
    assert "no lexicon for its language (en)" in where["english"]["message"]
    assert "no date of publication" in where["hostile.txt"]["message"]
    assert "picture.txt: a picture, not text." in ran.err
    assert "<script>alert(1)" not in (tmp_path / "maps" / "all.html").read_text("utf-8")


def test_a_name_without_a_place_is_told_once(article: Path, tmp_path: Path) -> None:
    (article / "2020-09-28.txt").write_text(
        "قصف الجيش بلدة زعبرانوف. وقال شهود في بلدة زعبرانوف إن القصف عنيف.", "utf-8"
    )
    ran = geomap("map", article, "-o", tmp_path / "maps")
    told = [issue for issue in issues_of(tmp_path / "maps") if "زعبرانوف" in issue["message"]]
    assert len(told) == 1
    assert told[0]["where"].startswith("2020-09-28:")
    assert "زعبرانوف" in ran.out
    assert "زعبرانوف" in (tmp_path / "maps" / "index.html").read_text("utf-8")


def test_strict_tells_of_issues_by_its_exit_code(article: Path, tmp_path: Path) -> None:
    assert geomap("map", article, "-o", tmp_path / "maps", "--strict").code == 0
    (article / "empty.txt").write_bytes(b"")
    assert geomap("map", article, "-o", tmp_path / "maps", "--strict").code == 3
    assert (tmp_path / "maps" / "index.html").exists()


def test_quiet_says_nothing_but_errors(article: Path, tmp_path: Path) -> None:
    (article / "empty.txt").write_bytes(b"")
    ran = geomap("-q", "map", article, "-o", tmp_path / "maps")
    assert ran.out == ""
    assert ran.err == f"error: {article}/empty.txt: the file is empty. Remove it, or fetch the article again.\n"


# ── refusals: nothing is written ─────────────────────────────────────────────────────────────────────


def test_a_missing_source_fails(earlier: Path) -> None:
    ran = geomap("map", "nowhere", "-o", earlier)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "nowhere: no such file or folder. Check the name; `-` reads standard input.\n"


def test_a_folder_without_articles_fails(tmp_path: Path, earlier: Path) -> None:
    (tmp_path / "none").mkdir()
    ran = geomap("map", tmp_path / "none", "-o", earlier)
    assert ran.code == 1
    assert "no article to map" in ran.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--day", "2020-02-31"), "not a day of the calendar ('2020-02-31')"),
        (("--bbox", "1,2,3"), "not four numbers ('1,2,3')"),
        (("--bbox", "1,80,3,312"), "no box on the Earth"),
        (("--from", "2020-02-02", "--to", "2020-01-01"), "ends before it begins"),
        (("-f", "shp"), "no such format ('shp')"),
        (("-f", "postgis"), "not a format of files ('postgis')"),
        (("--type", "Battle"), "no such type of event ('Battle')"),
        (("--theatre", "mars"), "no such conflict ('mars')"),
        (("--no-disputed", "--lines", "x.geojson"), "nothing of it would be drawn beside --no-disputed"),
        (("--lang", "xx"), "no interface labels for 'xx'"),
        (("--min-confidence", "2"), "--min-confidence"),
        (("--workers", "0"), "--workers"),
        (("--shine",), "--shine"),
    ],
)
def test_a_call_without_sense_is_refused(article: Path, earlier: Path, options: tuple[str, ...], says: str) -> None:
    ran = geomap("map", article, "-o", earlier, *options)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_a_day_without_incidents_is_refused(article: Path, earlier: Path) -> None:
    ran = geomap("map", article, "-o", earlier, "--day", "2001-01-01")
    assert ran.code == 1
    assert "no incident on this day (2001-01-01). Days with incidents: 2020-09-28." in ran.err


def test_broken_places_stop_the_run_with_file_line_and_value(article: Path, tmp_path: Path, earlier: Path) -> None:
    line = {
        "type": "Feature",
        "id": "xx-far",
        "geometry": {"type": "Point", "coordinates": [46.0, 312.0]},
        "properties": {"name": "Far", "feature_code": "PPL", "country": "AZ"},
    }
    path = tmp_path / "mine.geojson"
    path.write_text(
        f'{{"type":"FeatureCollection","features":[\n{json.dumps(line, separators=(",", ":"))}\n]}}\n', "utf-8"
    )
    ran = geomap("map", article, "-o", earlier, "--places", path)
    assert ran.code == 1
    assert ran.err.startswith(f"{path}:2: xx-far: latitude 312 ")


def test_an_output_that_is_a_file_is_refused(article: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    ran = geomap("map", article, "-o", tmp_path / "file" / "maps")
    assert ran.code == 1
    assert ran.err == f"{tmp_path}/file: not a folder. Choose another place with -o.\n"


def test_an_output_without_permission_is_refused(article: Path, earlier: Path) -> None:
    """Root may write everywhere but where the system takes that right from it."""
    bound = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []
    earlier.chmod(0o500)
    command = [*bound, sys.executable, "-B", "-m", "geomap", "map", str(article), "-o", str(earlier)]
    ran = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    earlier.chmod(0o700)
    assert ran.returncode == 1
    assert "cannot be written (no permission)" in ran.stderr.decode()


def test_a_full_disk_leaves_everything_as_it_was(article: Path, earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("geomap.pipeline.write", full)
    ran = geomap("map", article, "-o", earlier)
    assert ran.code == 1
    assert (
        ran.err
        == f"{earlier}: cannot be written (No space left on device). Nothing was changed; free or choose the place.\n"
    )


def test_a_write_that_the_system_cuts_off_leaves_everything_as_it_was(article: Path, earlier: Path) -> None:
    """Files may grow to 100 kB only: pages fail in the middle, really."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    command = [sys.executable, "-B", "-m", "geomap", "map", str(article), "-o", str(earlier)]
    ran = subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"{earlier}: cannot be written (File too large).")


@pytest.mark.parametrize("where", ["geomap.pipeline.merge", "geomap.pipeline.write"])
def test_an_interrupted_run_leaves_everything_as_it_was(
    article: Path, earlier: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, interrupted)
    ran = geomap("map", article, "-o", earlier)
    assert (ran.code, ran.err) == (130, "interrupted: nothing was changed.\n")


def test_ctrl_c_leaves_everything_as_it_was(earlier: Path) -> None:
    """The run waits for standard input, which stays open, when all of its group are interrupted."""
    command = [sys.executable, "-B", "-m", "geomap", "map", "-", "-o", str(earlier), "--workers", "2"]
    run = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True
    )
    time.sleep(1.5)
    os.killpg(run.pid, signal.SIGINT)
    out, told = run.communicate(timeout=60)
    # before Python has come to its senses, the signal itself ends it
    assert run.returncode in (130, -signal.SIGINT), told.decode()
    assert out == b""


def test_a_failed_run_makes_no_folder(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("geomap.pipeline.write", full)
    assert geomap("map", article, "-o", tmp_path / "new" / "maps").code == 1
    assert not (tmp_path / "new").exists()
