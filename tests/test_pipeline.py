"""The whole run as a function: the same bytes each time, however many processes; its report."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import geomap
from geomap.analysis import Analyzer
from geomap.errors import InputError, UsageError
from geomap.merge import MergeRule
from geomap.model import Issue, Place
from geomap.pipeline import Report, analyze, levels, run, unresolved_issues
from geomap.readers import read
from geomap.settings import Analysts, Settings

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
FORMATS = ("html", "geojson", "gpkg", "csv")


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    out = tmp_path_factory.mktemp("first")
    return run(SEEDS, out, formats=FORMATS), out


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {
            name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if "rtree" not in name
        }
    connection.close()
    return found


def test_two_runs_give_the_same_bytes(first: tuple[Report, Path], tmp_path: Path) -> None:
    report, out = first
    again = run(SEEDS, tmp_path, formats=FORMATS)
    assert again.incidents == report.incidents
    assert contents(tmp_path) == contents(out)
    assert rows_of(tmp_path / "incidents.gpkg") == rows_of(out / "incidents.gpkg")


def test_two_processes_give_the_same_bytes_as_one(first: tuple[Report, Path], tmp_path: Path) -> None:
    report = run(SEEDS, tmp_path, formats=FORMATS, workers=2)
    assert report.unresolved == first[0].unresolved
    assert contents(tmp_path) == contents(first[1])


def test_the_order_of_sources_does_not_change_the_incidents(first: tuple[Report, Path], tmp_path: Path) -> None:
    report = run(sorted(SEEDS.glob("*.txt"), reverse=True), tmp_path, formats=("geojson",))
    assert report.incidents == first[0].incidents
    assert contents(tmp_path)["incidents.geojson"] == contents(first[1])["incidents.geojson"]


def test_the_report_tells_what_was_found_and_written(first: tuple[Report, Path]) -> None:
    report, out = first
    assert report.articles == 5
    assert report.mentions > 200
    assert {claim.id for i in report.incidents for claim in i.claims} == {claim.id for claim in report.claims}
    assert list(report.days) == [date(2020, 9, 27), date(2020, 9, 28), date(2022, 9, 13)]
    assert {path.name for path in report.files} == set(contents(out))
    assert report.changed == report.files
    assert run(SEEDS, out, formats=FORMATS).changed == ()


def test_options_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="shine"):
        run(SEEDS, tmp_path, shine=True)


def test_a_rule_of_merging_can_be_given(tmp_path: Path, first: tuple[Report, Path]) -> None:
    apart = run(SEEDS, tmp_path, dry_run=True, rule=MergeRule(threshold=99, floor=99))
    assert len(apart.incidents) == len(apart.claims) > len(first[0].incidents)
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(InputError, match="no article to map"):
        run(tmp_path, tmp_path / "maps")


def test_an_article_that_breaks_the_analysis_becomes_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    whole: Callable[..., object] = Analyzer.analyze

    def fragile(self: Analyzer, document: object) -> object:
        if getattr(document, "id", "").startswith("001"):
            raise KeyError("nowhere")
        return whole(self, document)

    monkeypatch.setattr(Analyzer, "analyze", fragile)
    results = list(analyze(read(SEEDS), Analysts()))
    (issue,) = [r for r in results if isinstance(r, Issue)]
    assert len(results) == 5
    assert (issue.level, issue.where) == ("error", "001_45b057efa5662edf")
    assert issue.message == "could not be analysed (KeyError: 'nowhere')"


def test_an_unsupported_language_is_an_issue_that_names_the_others() -> None:
    results = list(analyze(read(SEEDS, language="tlh"), Analysts()))
    issues = [r for r in results if isinstance(r, Issue) and r.message == "no lexicon for its language (tlh)"]
    assert len(issues) == 5
    assert all(isinstance(r, Issue) for r in results)
    assert "Languages: ar" in issues[0].hint


def test_one_theatre_alone_can_be_asked_for() -> None:
    analysts = Analysts(Settings(theatre="south-caucasus"))
    assert any(r.claims for r in analyze(read(SEEDS), analysts) if not isinstance(r, Issue))
    with pytest.raises(UsageError, match="no such conflict"):
        Analysts(Settings(theatre="mars"))


def test_a_geocoder_is_asked_for_names_without_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    known = next(iter(Analysts().gazetteer))

    class Service:
        def __init__(self) -> None:
            self.issues = [Issue("warning", "geocoder", "slow")]

        def __call__(self, name: str, features: object, countries: object) -> Place:
            asked.append(name)
            return replace(known, id="osm-1", origin="nominatim")

    monkeypatch.setattr("geomap.settings._geocoder", lambda *_: Service())
    (tmp_path / "2020-09-28.txt").write_text("قصف الجيش بلدة زعبرانوف اليوم.", "utf-8")
    results = list(analyze(read(tmp_path), Analysts(Settings(geocode=True)), workers=2))
    assert asked == ["زعبرانوف"]
    assert [m.place.origin for r in results if not isinstance(r, Issue) for m in r.mentions if m.place] == ["nominatim"]
    assert results[-1] == Issue("warning", "geocoder", "slow")


def test_unresolved_names_are_told_once_each() -> None:
    text = "قصف الجيش بلدة زعبرانوف اليوم."
    mentions = [m for m in geomap.geoparse(text) if m.place is None] * 3
    (issue,) = unresolved_issues(mentions)
    assert issue.message == "no place of this name ('زعبرانوف', 3 times in 1 article)"
    assert levels([issue]) == {"warning": 1}


def test_a_report_gives_a_frame_and_a_map_for_notebooks(tmp_path: Path) -> None:
    report = run("seeds", tmp_path / "maps", dry_run=True)
    frame = report.incidents_gdf()
    assert list(frame["id"]) == [incident.id for incident in report.incidents]
    assert frame.crs.to_epsg() == 4326
    shown = report.explore("en", height=500)
    assert shown._repr_html_().startswith("<iframe srcdoc=")
    assert "height:500px" in shown._repr_html_()
    assert 'lang="en"' in shown.save(tmp_path / "map.html").read_text("utf-8")
