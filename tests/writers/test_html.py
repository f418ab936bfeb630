"""The pages as files: complete, safe, small, the same each time."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from geomap.errors import OutputError, UsageError
from geomap.gazetteer import Gazetteer
from geomap.model import Issue, Mention, Reason
from geomap.writers.html import write_pages
from tests.support.hostile import HOSTILE, poison
from tests.support.sample import by_day, sample_days, sample_incidents, sample_places, synthetic_incidents

ADDRESS = re.compile(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import""")


def pages_of(out: Path, **options: object) -> dict[str, str]:
    days, undated = sample_days()
    paths = write_pages(days, undated, out, **options)  # type: ignore[arg-type]
    return {path.name: path.read_text("utf-8") for path in paths}


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="geomap-data">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages_of(tmp_path_factory.mktemp("pages"))


def test_one_page_a_day_one_of_the_period_and_an_index(pages: dict[str, str]) -> None:
    assert list(pages) == ["2020-09-27.html", "2020-09-28.html", "2022-09-13.html", "all.html", "index.html"]


def test_no_page_names_anything_to_load(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        # Leaflet's credit, which the pages do not show, is the one address in its script
        rest = page.replace('<a href="https://leafletjs.com"', "")
        assert not ADDRESS.search(re.sub(r"(?s)<script type=.*?</script>", "", rest)), name
        assert "default-src 'none'" in page


def test_every_script_and_style_is_allowed_by_its_hash_alone(pages: dict[str, str]) -> None:
    for page in pages.values():
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert policy
        rules = policy[1].replace("&#39;", "'")
        assert "unsafe" not in rules
        for code in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.S):
            import base64

            digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            assert digest in rules
        assert " style=" not in re.sub(r"(?s)<script.*?</script>", "", page)


def test_a_day_page_with_its_basemap_is_below_350_kb(pages: dict[str, str]) -> None:
    assert max(len(page.encode()) for name, page in pages.items()) < 350_000


def test_a_day_of_a_hundred_incidents_with_all_names_is_below_350_kb(tmp_path: Path) -> None:
    days, undated = by_day(synthetic_incidents(300, 3))
    places = list(Gazetteer.from_file())
    first = next(iter(days))
    assert len(days[first]) >= 100
    (path,) = write_pages(days, undated, tmp_path, only=[first], gazetteer_labels=places)
    assert path.stat().st_size < 350_000


def test_a_shared_day_page_is_below_25_kb_and_its_assets_are_beside_it(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, assets="shared")
    assert len(pages["2022-09-13.html"].encode()) < 25_000
    for name in re.findall(r'(?:src|href)="(assets/[^"]+)"', pages["2022-09-13.html"]):
        assert (tmp_path / name).is_file()


def test_language_and_direction_are_set(tmp_path: Path, pages: dict[str, str]) -> None:
    assert all('<html lang="ar" dir="rtl">' in page for page in pages.values())
    assert all('<html lang="en" dir="ltr">' in page for page in pages_of(tmp_path, language="en").values())


def test_two_runs_give_the_same_bytes_even_in_two_processes(tmp_path: Path, pages: dict[str, str]) -> None:
    code = (
        "import sys; from pathlib import Path; from geomap.writers.html import write_pages;"
        "from tests.support.sample import sample_days; d, u = sample_days(); write_pages(d, u, Path(sys.argv[1]))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONHASHSEED": "7"},
    )
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == pages


def test_only_changed_days_are_rewritten(tmp_path: Path) -> None:
    days, undated = sample_days()
    before = {path: path.stat().st_mtime_ns for path in write_pages(days, undated, tmp_path)}
    days[date(2022, 9, 13)] = days[date(2022, 9, 13)][:-1]
    after = {path: path.stat().st_mtime_ns for path in write_pages(days, undated, tmp_path)}
    assert {path.name for path in after if after[path] != before[path]} == {"2022-09-13.html", "all.html", "index.html"}


def test_only_writes_those_days_and_nothing_else(tmp_path: Path) -> None:
    days, undated = sample_days()
    assert [p.name for p in write_pages(days, undated, tmp_path, only=[date(2020, 9, 28), date(1999, 1, 1)])] == [
        "2020-09-28.html"
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["2020-09-28.html"]


def test_days_are_linked_to_their_neighbours(pages: dict[str, str]) -> None:
    assert 'rel="prev" href="2020-09-27.html"' in pages["2020-09-28.html"]
    assert 'rel="next" href="2022-09-13.html"' in pages["2020-09-28.html"]
    assert 'rel="next"' not in pages["2022-09-13.html"]


def test_the_data_hold_every_incident_and_quote(pages: dict[str, str]) -> None:
    days, undated = sample_days()
    data = data_of(pages["2020-09-27.html"])["data"]
    assert isinstance(data, dict)
    assert data["incidents"][0] == [i.id for i in days[date(2020, 9, 27)]]
    assert data["claims"][2] == [c.text for i in days[date(2020, 9, 27)] for c in i.claims]
    everything = data_of(pages["all.html"])["data"]
    assert isinstance(everything, dict)
    assert set(everything["incidents"][0]) == {i.id for i in sample_incidents()}
    assert undated[0].id in everything["incidents"][0]


def test_a_claimant_who_is_a_guess_is_told_as_one(tmp_path: Path) -> None:
    days, undated = sample_days()
    day = date(2020, 9, 27)
    claims = [c for i in days[day] for c in i.claims]
    named = [n for n, c in enumerate(claims) if c.reported_by]
    shares = {claims[named[0]].id: 0.2, claims[named[1]].id: 0.5}
    doubted = {
        d: [
            replace(
                i, claims=tuple(replace(c, reasons=(Reason("claimant", "", shares.get(c.id, 0.9)),)) for c in i.claims)
            )
            for i in group
        ]
        for d, group in days.items()
    }
    (path,) = write_pages(doubted, undated, tmp_path, only=[day])
    data = data_of(path.read_text("utf-8"))["data"]
    assert isinstance(data, dict)
    assert data["guesses"] == [named[0]]


def test_marks_lie_on_the_named_place(pages: dict[str, str]) -> None:
    data = data_of(pages["2022-09-13.html"])["data"]
    assert isinstance(data, dict)
    _, _, texts, marks, _ = data["claims"]
    units = [text.encode("utf-16-le") for text in texts]
    marked = {
        units[n][2 * m[k] : 2 * m[k + 1]].decode("utf-16-le") for n, m in enumerate(marks) for k in range(0, len(m), 3)
    }
    assert sample_places()["Jermuk"].label("ar") in marked
    assert {"49", "50"} <= marked


class Elements(HTMLParser):
    """Counts elements, and attributes that run script."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [
            f"{name}={value}"
            for name, value in attrs
            if name.startswith("on") or (value or "").startswith("javascript:")
        ]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_adds_no_element_and_stays_as_it_is(tmp_path: Path, name: str) -> None:
    text = HOSTILE[name]
    days, undated = sample_days()
    bad = {day: [poison(i, text) for i in found] for day, found in days.items()}
    issues = [Issue("error", text, text, text)]
    unresolved = [Mention("d", 0, 1, text, "location", None)]
    good = {
        p.name: Elements() for p in write_pages(days, undated, tmp_path / "good", issues=issues, unresolved=unresolved)
    }
    for path in write_pages(
        bad, [poison(i, text) for i in undated], tmp_path / "bad", issues=issues, unresolved=unresolved
    ):
        page, elements = path.read_text("utf-8"), Elements()
        elements.feed(page)
        assert elements.handlers == []
        if path.name not in ("index.html", "all.html"):
            good[path.name].feed((tmp_path / "good" / path.name).read_text("utf-8"))
            assert elements.tags == good[path.name].tags
            data = data_of(page)["data"]
            assert isinstance(data, dict)
            assert all(quote.startswith(text) for quote in data["claims"][2])


def test_the_index_lists_days_issues_names_and_undated(tmp_path: Path) -> None:
    issues = [Issue("warning", "seeds/x.txt", "no date <b>", "Add one.")]
    unresolved = [Mention("d", 0, 4, "Xyzzy", "location", None)] * 3
    index = pages_of(tmp_path, language="en", issues=issues, unresolved=unresolved)["index.html"]
    for part in (
        'href="2020-09-27.html"',
        "no date &lt;b&gt;",
        "Xyzzy",
        "Of no single day",
        'href="all.html"',
        "<rect",
    ):
        assert part in index
    assert "<script" not in index


def test_scripts_off_shows_the_events_as_a_table(pages: dict[str, str]) -> None:
    days, _ = sample_days()
    found = re.search(r"(?s)<noscript>(.*?)</noscript>", pages["2020-09-28.html"])
    assert found
    assert found[1].count("<tr>") == len(days[date(2020, 9, 28)]) + 1


def test_large_periods_are_packed_and_small_enough(tmp_path: Path) -> None:
    days, undated = by_day(synthetic_incidents(2000, 60))
    page = write_pages(days, undated, tmp_path, language="en")[-2]
    assert page.name == "all.html"
    assert 'type="application/gzip+base64" data-charset="windows-1256" id="geomap-data"' in page.read_text("utf-8")
    assert page.stat().st_size < 700_000
    plain = write_pages(days, undated, tmp_path, language="en", pack=False)[-2]
    assert len(data_of(plain.read_text("utf-8"))["data"]["incidents"][0]) == 2000  # type: ignore[index]


def test_no_incident_at_all_is_still_a_page_and_an_index(tmp_path: Path) -> None:
    assert [p.name for p in write_pages({}, [], tmp_path)] == ["all.html", "index.html"]
    assert [p.name for p in write_pages({date(2024, 1, 1): []}, [], tmp_path)] == [
        "2024-01-01.html",
        "all.html",
        "index.html",
    ]


def test_tiles_are_opt_in_named_and_the_only_host_allowed(tmp_path: Path) -> None:
    page = pages_of(tmp_path, tiles="OpenTopoMap", language="en")["2022-09-13.html"]
    assert "img-src https://a.tile.opentopomap.org" in page
    with pytest.raises(UsageError, match="no provider"):
        pages_of(tmp_path, tiles="Nowhere")


def test_an_unknown_language_and_an_unwritable_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no interface labels for 'xx'"):
        pages_of(tmp_path, language="xx")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        pages_of(tmp_path / "file")


def test_a_full_disk_leaves_the_earlier_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days, undated = sample_days()
    day = date(2022, 9, 13)
    (path,) = write_pages(days, undated, tmp_path, only=[day])
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OutputError, match="No space left"):
        write_pages(days, undated, tmp_path, only=[day], language="en")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_importing_the_writer_loads_no_folium() -> None:
    heavy = ("folium", "jinja2", "geopandas", "shapely")
    code = f"import sys, geomap.writers.html; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.strip() == "[]"


def test_the_number_beside_a_headline_is_that_of_the_tables(tmp_path: Path) -> None:
    incident = max(sample_incidents(), key=lambda i: len(i.figures))
    figure = next(f for f in incident.figures if f.kind == "killed" and f.best)
    figures = (
        replace(figure, side="Armenia", status="unknown", low=17, best=17, high=17, cumulative=False),
        replace(figure, side="Armenia", status="military", low=101, best=101, high=101, cumulative=False),
        replace(figure, side="Azerbaijan", status="military", low=9000, best=9000, high=9000, cumulative=True),
    )
    counted = replace(incident, figures=figures)
    pages = write_pages({date(2020, 9, 27): [counted]}, [], tmp_path)
    raw = data_of(pages[0].read_text("utf-8"))["data"]
    assert raw["tolls"] == {"0": [101, None]}  # type: ignore[index]


def test_an_article_without_an_outlet_goes_by_its_headline(tmp_path: Path) -> None:
    incident = sample_incidents()[0]
    source = replace(incident.claims[0].source, outlet="", title="A headline")
    nameless = replace(incident, claims=(replace(incident.claims[0], source=source),))
    raw = data_of(write_pages({date(2020, 9, 27): [nameless]}, [], tmp_path)[0].read_text("utf-8"))["data"]
    assert raw["words"][raw["sources"][1][0]] == "A headline"  # type: ignore[index]
