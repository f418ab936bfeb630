"""The pages in headless Chromium, used as a person uses them, with no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geomap.writers.html import write_pages
from tests.browser.visits import FIRST, SECOND, THIRD, Visit, marks_for_tests
from tests.support.hostile import HOSTILE
from tests.support.sample import sample_days, sample_places

pytestmark = marks_for_tests()

Page = Any


def marked_places(page: Page) -> set[str]:
    return set(page.evaluate("geomap.piles.flatMap((pile) => pile.groups.map((group) => group.place.id))"))


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", [FIRST, SECOND, THIRD])
def test_every_place_in_view_has_a_mark_and_every_incident_a_row(visit: Any, language: str, name: str) -> None:
    days, _ = sample_days()
    incidents = next(found for day, found in days.items() if str(day) == name)
    page = visit(f"{language}/{name}").page
    expected = {p.place.id for i in incidents for p in i.places}
    near = {id_ for id_ in expected if sample_places_by_id()[id_].feature_code != "PCLI"}
    assert near <= marked_places(page) <= expected
    assert page.locator(".mark").count() == page.evaluate("geomap.piles.length")
    assert page.evaluate("geomap.rows().length") == len(incidents)


def sample_places_by_id() -> dict[str, Any]:
    return {place.id: place for place in sample_places().values()}


def test_a_person_reads_who_says_what(visit: Any) -> None:
    days, _ = sample_days()
    denied = next(i for found in days.values() for i in found if i.status == "denied")
    page = visit(f"ar/{FIRST}").page
    page.click(f'.row[data-id="{denied.id}"]')
    assert page.inner_text(".account blockquote") == denied.claims[0].text
    assert page.locator(".card em.denied").count() == 1
    assert page.get_attribute(".account .source a", "href") == denied.claims[0].source.url
    assert page.evaluate("document.activeElement.id") == "card-title"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.id") == denied.id


def test_a_pile_opens_as_a_list_and_a_single_mark_as_a_card(visit: Any) -> None:
    page = visit(f"en/{FIRST}").page
    page.locator('.mark[data-places="nagorno-karabakh"]').click()
    assert page.evaluate("geomap.rows().length") == 5
    assert page.locator(".at").is_visible()
    other = visit(f"en/{THIRD}").page
    other.locator('.mark[data-places="jermuk"]').press("Enter")
    assert other.locator(".card").is_visible()


def test_filters_narrow_list_and_map_alike(visit: Any) -> None:
    page = visit(f"en/{FIRST}").page
    page.click("text=Filters")
    page.click('.chip[data-facet="status"][data-value="2"]')
    assert page.inner_text("#count").startswith("1 of 13")
    assert marked_places(page) == {"nagorno-karabakh-line-of-contact"}
    page.click("text=Clear filters")
    page.click('.legend .chip[data-facet="type"][data-value="0"]')
    assert page.evaluate("geomap.visible.length") == 4


@pytest.mark.parametrize(
    "words", ["0x62c 0x64a 0x631 0x645 0x648 0x643", "0x62c 0x650 0x64a 0x631 0x640 0x645 0x648 0x643", "jermuk"]
)
def test_search_folds_letters_marks_and_case(visit: Any, words: str) -> None:
    text = "".join(chr(int(code, 16)) for code in words.split()) if words.startswith("0x") else words
    one = visit(f"ar/{THIRD}")
    one.page.fill("#search", text)
    one.settled()
    assert "jermuk" in marked_places(one.page)
    assert 0 < one.page.evaluate("geomap.visible.length") < 5


def test_other_spellings_of_the_gazetteer_are_found(chromium: Any, tmp_path: Path) -> None:
    from dataclasses import replace

    days, _ = sample_days()
    day = max(days)
    incident = next(i for i in days[day] if len(i.places) == 3)
    short = "جرموك"
    places = tuple(
        replace(p, place=replace(p.place, names={**p.place.names, "ar": (*p.place.names["ar"], short)}))
        if p.place.id == "jermuk"
        else p
        for p in incident.places
    )
    (path,) = write_pages({day: [replace(incident, places=places)]}, [], tmp_path, only=[day])
    one = Visit(chromium, path)
    one.page.fill("#search", short)
    one.settled()
    assert one.page.evaluate("geomap.visible.length") == 1
    one.context.close()


@pytest.mark.parametrize(("language", "key"), [("ar", "ArrowLeft"), ("en", "ArrowRight"), ("en", "n")])
def test_a_key_leads_to_the_next_day(visit: Any, language: str, key: str) -> None:
    page = visit(f"{language}/{FIRST}").page
    page.keyboard.press(key)
    page.wait_for_url(f"**/{SECOND}.html*")
    page.wait_for_selector("html.ready")


def test_the_hash_brings_all_of_it_back(visit: Any) -> None:
    page = visit(f"en/{FIRST}").page
    page.click('.legend .chip[data-facet="type"][data-value="0"]')
    page.locator(".row").nth(1).click()
    page.wait_for_timeout(400)
    fragment = page.evaluate("location.hash")
    parts = (
        "geomap.visible, geomap.state.incident, geomap.map.getZoom(), document.querySelector('.card h2').textContent"
    )
    state = f"JSON.stringify([{parts}])"
    again = visit(f"en/{FIRST}", fragment).page
    assert again.evaluate(state) == page.evaluate(state)


def test_what_is_visible_downloads_as_geojson_and_csv(visit: Any) -> None:
    page = visit(f"en/{THIRD}").page
    rows = {}
    for label in ("Download as GeoJSON", "Download as CSV"):
        page.click(".menu summary")
        with page.expect_download() as waiting:
            page.click(f"text={label}")
        rows[label] = Path(waiting.value.path()).read_bytes()
    collection = json.loads(rows["Download as GeoJSON"])
    assert len(collection["features"]) == 5
    assert {f["geometry"]["type"] for f in collection["features"]} == {"Point", "MultiPoint"}
    assert rows["Download as CSV"].startswith(b"\xef\xbb\xbfid,event_type")
    toll = [f["properties"]["fatalities"] for f in collection["features"] if f["properties"]["fatalities"]]
    assert toll == [100]  # the joint figure holds those of the sides


@pytest.mark.parametrize("language", ["ar", "en"])
def test_at_390_pixels_nothing_hangs_over(visit: Any, language: str) -> None:
    for name in (FIRST, "all", "index"):
        page = visit(f"{language}/{name}", viewport={"width": 390, "height": 844}).page
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page = visit(f"{language}/{FIRST}", viewport={"width": 390, "height": 844}).page
    page.locator(".row").first.click()
    assert page.locator(".card h2").is_visible()


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", [FIRST, "all"])
def test_it_prints_on_one_page(visit: Any, language: str, name: str) -> None:
    pdf = visit(f"{language}/{name}").page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing(visit: Any, language: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for name in (FIRST, "all", "index"):
        page = visit(f"{language}/{name}", color_scheme=scheme).page
        states = (
            [None]
            if name == "index"
            else [None, lambda p: p.click(".tool >> nth=0"), lambda p: p.locator(".row").nth(2).click()]
        )
        for act in states:
            if act:
                act(page)
            found = axe.run(page).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_hostile_text_does_not_run_and_is_shown_as_it_is(visit: Any) -> None:
    text = "".join(HOSTILE.values())
    page = visit(f"bad/{FIRST}").page
    for row in range(3):
        page.locator(".row").nth(row).click()
        assert page.evaluate("document.querySelector('.account blockquote').textContent").startswith(text)
        assert page.locator(".account .source a").count() == 0
        page.keyboard.press("Escape")
    assert page.evaluate("window.hacked") is None


def test_a_slider_narrows_the_period(visit: Any) -> None:
    page = visit("many/all").page
    assert page.evaluate("geomap.visible.length") == 2000
    page.click("text=Last 7 days")
    assert 0 < page.evaluate("geomap.visible.length") < 400
    page.click("text=Play")
    page.wait_for_timeout(1200)
    page.click("text=Pause")
    assert page.evaluate("document.querySelectorAll('*').length") <= 800


def test_scripts_off_leaves_a_table(visit: Any) -> None:
    page = visit(f"ar/{FIRST}", java_script_enabled=False).page
    assert page.locator("noscript table tbody tr").count() == 13
    assert page.locator("noscript table").is_visible()


def test_shared_assets_work_from_a_file(visit: Any) -> None:
    page = visit(f"shared/{THIRD}").page
    assert page.locator(".mark").count() == page.evaluate("geomap.piles.length") > 0


def test_the_index_leads_to_a_day(visit: Any) -> None:
    page = visit("ar/index").page
    page.click(f'.calendar a[href="{SECOND}.html"]')
    page.wait_for_selector("html.ready")
    assert page.locator("h1 time").get_attribute("datetime") == SECOND


def test_a_page_becomes_a_picture(folder: Path, tmp_path: Path) -> None:
    from geomap.writers.html.picture import write_png

    picture = write_png(folder / "ar" / f"{FIRST}.html", tmp_path / "day.png", width=800, height=600).read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(picture) > 20_000


def test_over_http_nothing_else_is_asked_for(chromium: Any, folder: Path) -> None:
    import functools
    import http.server
    import threading

    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    handler.func.log_message = lambda *_: None  # type: ignore[method-assign]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        for name in (f"ar/{FIRST}", "en/all", "en/index", f"shared/{THIRD}"):
            page = chromium.new_page()
            asked: list[str] = []
            errors: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on("console", lambda m, errors=errors: errors.append(m.text) if m.type == "error" else None)
            page.goto(f"{base}/{name}.html")
            page.wait_for_timeout(500)
            own = [url for url in asked if not url.endswith("favicon.ico")]
            assert all(url.startswith(base) for url in own)
            assert len(own) == (1 if "shared" not in name else 5)
            assert [text for text in errors if "404" not in text] == []
            page.close()
        server.shutdown()


def test_the_period_page_tells_the_trend_of_what_is_on_the_map(visit: Any) -> None:
    page = visit("many/all").page
    everywhere = page.inner_text("#trend")
    assert everywhere.startswith("On this map in the 7 days to ")
    page.evaluate("geomap.map.setView([0, 0], 9, {animate: false})")
    assert page.inner_text("#trend").endswith(": 0 (too few before to compare)")
    assert "too few" in visit("en/all").page.inner_text("#trend")


def test_the_page_reckons_trends_as_the_index_does(visit: Any) -> None:
    from datetime import date, timedelta

    from geomap.writers.html.trend import trend

    page = visit("many/all").page
    last = date(2024, 2, 4)
    for counts in ((10, 5, 5, 5, 5), (5, 8, 2, 5, 5), (50, 3, 3, 3, 2), (9, 10, 10, 10, 11), (1, 4, 4, 4, 5)):
        days = [last - timedelta(7 * week + n % 7) for week, count in enumerate(counts) for n in range(count)]
        for first in (last - timedelta(34), last - timedelta(33)):
            numbers = [(day - date(1970, 1, 1)).days for day in (*days, first, last)]
            found = page.evaluate("(n) => geomap.trend(n.slice(0, -2), n.at(-2), n.at(-1))", numbers)
            expected = trend(days, first, last)
            assert (found["count"], found["change"]) == (expected.count, expected.change)
