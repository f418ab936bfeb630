"""The whole chain with a real Nominatim: an unknown village is geocoded, kept, mapped, listed, added, curated."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import geomap as package
from geomap.gazetteer import Gazetteer
from geomap.geo import BBox, LonLat, distance_km
from geomap.geocoder.kept import Answers
from geomap.geocoder.service import Service, Setting
from geomap.model import Issue, Place
from tests.support.commands import geomap

pytestmark = [pytest.mark.nominatim, pytest.mark.slow]

SETUP = Path(__file__).with_name("setup.sh")
ZABURAN = LonLat(46.06, 39.66)
TEXT = (
    "قصفت القوات الأذربيجانية بلدة زابوران في أرمينيا صباح اليوم، وقتل ثلاثة جنود أرمينيين. "
    "وقالت وزارة الدفاع الأرمينية إن القوات الأذربيجانية قصفت بلدة زابوران بالمدفعية."
)
_BUILD_S, _START_S = 540, 60


@pytest.fixture(scope="session")
def nominatim() -> Iterator[str]:
    """Address of a Nominatim that knows places.osm."""
    built = subprocess.run([SETUP, "build"], capture_output=True, text=True, timeout=_BUILD_S, check=False)
    why = built.stderr.strip().splitlines()[-1:] or ["setup.sh failed"]
    if built.returncode == 77 and not os.environ.get("CI"):
        pytest.skip(why[0])
    assert built.returncode == 0, built.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([SETUP, "serve"], env={**os.environ, "PORT": str(port)}, stderr=subprocess.PIPE)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        assert server.poll() is None, server.communicate()[1]
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("Nominatim did not start")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    # an empty index: these tests are about the service
    monkeypatch.setattr("geomap.geocoder.offline.OfflineNames.find", lambda *_: None)
    return tmp_path


class Asked:
    def __init__(self, url: str, folder: Path) -> None:
        self.issues: list[Issue] = []
        self.answers = Answers(folder / "answers.sqlite")
        setting = Setting(url=url, box=BBox(38.5, 37.8, 51.5, 44.2), languages=("ar", "en"))
        self.service = Service(setting, self.answers, self.issues)

    def __call__(self, name: str, *countries: str) -> Place | None:
        found = self.service.find(name, frozenset(), countries)
        assert self.issues == []
        return found


@pytest.fixture
def ask(nominatim: str, folder: Path) -> Iterator[Asked]:
    asked = Asked(nominatim, folder)
    yield asked
    asked.answers.close()


@pytest.mark.parametrize("name", ["زابوران", "Zaburan", "Զաբուրան", "Забуран"])
def test_a_village_is_found_by_each_of_its_names(ask: Asked, name: str) -> None:
    place = ask(name, "AM")
    assert place is not None
    assert distance_km(place.lonlat, ZABURAN) < 0.1
    assert (place.name, place.origin, place.feature_code) == ("Zaburan", "nominatim", "PPL")
    assert place.names["ar"] == ("زابوران",)
    assert 0.5 <= place.radius_km <= 6


def test_what_it_does_not_know_is_a_refusal(ask: Asked) -> None:
    assert ask("لامكانهنا", "AM") is None
    assert next(iter(ask.answers)).reason == "the service knows no such name"


def test_a_country_is_no_answer(ask: Asked) -> None:
    assert ask("أرمينيا", "AM") is None
    assert ask("أذربيجان") is None


def test_a_bakery_is_no_place(ask: Asked) -> None:
    assert ask("مخبز البحر", "AM") is None


def test_a_town_of_another_country_is_not_meant(ask: Asked) -> None:
    assert ask("غوريس", "AZ") is None


def test_two_villages_of_one_name_are_too_close_to_call(ask: Asked) -> None:
    assert ask("نور أيغي", "AM") is None
    assert "too close to call" in next(iter(ask.answers)).reason


def test_baku_is_found_though_its_point_may_have_no_country(ask: Asked) -> None:
    place = ask("باكو")
    assert place is not None
    assert place.country in ("AZ", None)
    assert distance_km(place.lonlat, LonLat(49.8328, 40.3755)) < 0.1


def test_an_unknown_village_goes_all_the_way(nominatim: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOMAP_GEOCODER_URL", nominatim)
    article = folder / "article.txt"
    article.write_text(TEXT, "utf-8")
    asking = ("--geocode", "--theatre", "south-caucasus", "--language", "ar", "--published", "2020-09-28")

    # asked for, and listed as known from the service only
    (row,) = geomap("places", "missing", article, "--json", *asking).rows()
    assert (row["name"], row["why"]) == ("زابوران", "known from nominatim only")
    assert distance_km(LonLat(row["place"]["lon"], row["place"]["lat"]), ZABURAN) < 0.1

    # kept: a dead address answers the same
    monkeypatch.setenv("GEOMAP_GEOCODER_URL", nominatim)
    shown = geomap("cache", "show").out if _has_cache_group() else next(iter(Answers())).name
    assert "زابوران" in shown
    _cut_off(monkeypatch)
    assert geomap("places", "missing", article, "--json", *asking).rows() == [row]

    # on the map, with where it is from and how precise it is
    out = folder / "maps"
    report = package.run(
        article, out, geocode=True, theatre="south-caucasus", language="ar", published=_day(), formats=("geojson",)
    )
    mapped = {cp.place.name: cp for incident in report.incidents for cp in incident.places}
    assert mapped["Zaburan"].place.origin == "nominatim"
    assert mapped["Zaburan"].geo_precision == 1
    collection = json.loads((out / "incidents.geojson").read_text("utf-8"))
    points = [f["geometry"]["coordinates"] for f in collection["features"] if f["geometry"]["type"] == "Point"]
    assert any(distance_km(LonLat(*p[:2]), ZABURAN) < 0.1 for p in points)

    # added after the user agrees, and curated from then on
    mine = folder / "mine.geojson"
    added = geomap("places", "add", "--from-missing", article, "--file", mine, "--yes", *asking)
    assert "added am-zaburan" in added.err, added.err
    (place,) = Gazetteer.from_file(mine).find("زابوران")
    assert (place.id, place.origin) == ("am-zaburan", "curated")
    assert "OpenStreetMap" in place.evidence
    assert geomap("places", "missing", article, "--places", mine, *asking).out == ""


def _day() -> object:
    from datetime import date

    return date(2020, 9, 28)


def _has_cache_group() -> bool:
    return geomap("cache", "--help").code == 0


def _cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every question fails the test."""

    def asked(*_: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr(Service, "_call", asked)
