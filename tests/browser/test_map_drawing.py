"""What is drawn on the map: marks where their places are, names that cover nothing, lines with their years."""

from __future__ import annotations

from math import hypot
from typing import Any

import pytest

from tests.browser.visits import FIRST, SECOND, THIRD, marks_for_tests

pytestmark = marks_for_tests()

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
_BOXES = """(what) => [...document.querySelectorAll(what)].map((node) => {
  const {left, right, top, bottom} = node.getBoundingClientRect();
  return {left, right, top, bottom, text: node.textContent};
})"""
#: Of each mark of an area: pixels from the place's middle, whether a line leads to it, kilometres the place reaches.
_MOVED = """() => geomap.piles.filter((pile) => pile.area).map((pile) => {
  const {place} = pile.groups[0], middle = [place.lat, place.lon];
  const km = geomap.map.distance(geomap.map.containerPointToLatLng(pile.point), middle) / 1000;
  const pixels = pile.point.distanceTo(geomap.map.latLngToContainerPoint(middle));
  const shape = place.geometry?.type ?? place.feature;
  return {id: place.id, km, reach: place.radius, led: Boolean(pile.leader), shape, pixels};
})"""


def overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    slack = 2
    across = a["left"] + slack < b["right"] and b["left"] + slack < a["right"]
    return across and a["top"] + slack < b["bottom"] and b["top"] + slack < a["bottom"]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", [FIRST, SECOND, THIRD, "all"])
def test_an_areas_mark_stands_in_its_area_or_a_line_leads_to_it(visit: Any, name: str, viewport: Any) -> None:
    page = visit(f"ar/{name}", viewport=viewport).page
    for mark in page.evaluate(_MOVED):
        assert mark["pixels"] <= 75 or "Line" in mark["shape"] or mark["shape"] in ("country", "Polygon"), mark
        if mark["shape"] in ("region", "district") and mark["pixels"] > 1:
            assert mark["led"] or mark["km"] <= mark["reach"] * 1.02, mark
    for a in (marks := page.evaluate("geomap.piles.map(({point}) => [point.x, point.y])")):
        assert all(a is b or (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 > 29**2 for b in marks)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_marks_of_thousands_of_incidents_leave_one_another_readable(visit: Any, viewport: Any) -> None:
    page = visit("many/all", viewport=viewport).page
    marks = page.evaluate("geomap.piles.map(({point, size}) => [point.x, point.y, size])")
    assert len(marks) > 5
    for at, (x, y, size) in enumerate(marks):
        for other_x, other_y, other_size in marks[:at]:
            assert hypot(x - other_x, y - other_y) > (size + other_size) / 2 - 10


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", [FIRST, THIRD, "all"])
def test_no_name_is_cut_or_covers_a_mark_or_a_control(visit: Any, language: str, name: str, viewport: Any) -> None:
    page = visit(f"{language}/{name}", viewport=viewport).page
    (frame,) = page.evaluate(_BOXES, ".folium-map")
    others = page.evaluate(_BOXES, ".mark, .leaflet-control-zoom, .legend")
    names = page.evaluate(_BOXES, ".name")
    assert names
    for at, one in enumerate(names):
        assert frame["left"] <= one["left"], one
        assert one["right"] <= frame["right"], one
        assert one["bottom"] <= frame["bottom"] + 4, one
        assert not any(overlap(one, other) for other in others), one
        assert not any(overlap(one, other) for other in names[:at]), one


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_no_mark_lies_under_the_legend(visit: Any, viewport: Any) -> None:
    for name in (FIRST, SECOND, THIRD):
        page = visit(f"en/{name}", viewport=viewport).page
        (legend,) = page.evaluate(_BOXES, ".legend")
        assert not any(overlap(mark, legend) for mark in page.evaluate(_BOXES, ".mark")), name


def test_a_front_is_drawn_with_its_years(visit: Any) -> None:
    page = visit(f"en/{THIRD}").page
    assert page.locator(".name.line").all_inner_texts() == ["Line of contact (rough), 2020–2023"]
    page.click(".key summary")
    assert page.get_by_text("Dashed line: disputed or a front, with its years").is_visible()
    assert page.locator(".stroke.past").count() == 0
    assert visit(f"en/{FIRST}").page.locator(".name.line").count() == 0


def test_the_key_opens_on_a_phone_too(visit: Any) -> None:
    page = visit(f"en/{FIRST}", viewport=PHONE).page
    page.click(".key summary")
    assert page.get_by_text("Claimed: only a party says so").is_visible()
    assert page.locator(".legend .chip").first.is_visible()


def test_a_window_that_grows_is_filled_at_once(visit: Any) -> None:
    page = visit(f"ar/{FIRST}", viewport=DESK).page
    ended = """() => {
      let ended = 0;
      geomap.map.once("moveend", () => { ended += 1; });
      geomap.map.fire("resize");
      return ended;
    }"""
    assert page.evaluate(ended) == 1
