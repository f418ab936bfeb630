"""The curator's commands: find, near, check, missing, add, import, map, and the cache of answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geomap import geocoder
from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat
from geomap.geocoder.kept import Answers
from geomap.geocoder.offline import OfflineNames, build
from geomap.model import Place
from geomap.places.adding import slug
from geomap.places.importing import read_places
from geomap.places.merging import merge
from geomap.places_cli import app, cache
from tests.support.gazetteer import feature, text

#: Said in several ways, since what is a place is a model's decision.
TEXT = """قصفت القوات الأذربيجانية بلدة زابوران في أرمينيا صباح اليوم، وقتل ثلاثة جنود أرمينيين.
وقالت وزارة الدفاع الأرمينية إن القوات الأذربيجانية قصفت بلدة زابوران بالمدفعية.
وقصف الجيش قرية كورتيلو اليوم. وقتل ثلاثة أشخاص في قصف على قرية كورتيلو. ودارت اشتباكات في قرية كورتيلو."""
READ = ("--language", "ar", "--published", "2020-09-28")


class Ran:
    def __init__(self, result: Any) -> None:
        self.code, self.out, self.err = result.exit_code, result.stdout, result.stderr
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception


def places(*arguments: object, stdin: str = "") -> Ran:
    return Ran(CliRunner().invoke(app, list(map(str, arguments)), input=stdin))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def towns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfflineNames]:
    def cities() -> Iterator[dict[str, Any]]:
        row = {"geonameid": 9, "name": "Zaburan", "longitude": 45.9, "latitude": 39.4, "countrycode": "AM"}
        yield row | {"population": 700, "alternatenames": ["زابوران"]}

    build(folder / "towns.sqlite", cities)
    found = OfflineNames(folder / "towns.sqlite")
    monkeypatch.setattr("geomap.geocoder.offline.OfflineNames", lambda: found)
    yield found
    found.close()


@pytest.fixture
def article(folder: Path) -> Path:
    path = folder / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


class TestFind:
    def test_names_like_it_come_with_why(self) -> None:
        lines = places("find", "--like", "Stepanakart").out.splitlines()
        assert re.match(r" +\d\d\.\d  az-stepanakert .* 1 letter from its en name", lines[0])
        scores = [float(line.split()[0]) for line in lines]
        assert scores == sorted(scores, reverse=True)

    def test_the_same_name_folded_is_all_there_is_to_it(self) -> None:
        assert places("find", "--like", "ستيباناكيرت", "--json").out.splitlines()[0].count('"score":100.0') == 1
        assert "folded" in places("find", "--like", "STEPANAKERT").out.splitlines()[0]

    def test_nothing_like_it_fails(self) -> None:
        assert places("find", "--like", "qqqqxxxxzzzz").code == 1
        assert places("find", "qqqqxxxxzzzz").code == 1
        assert places("find", "Goris").code == 0


class TestNear:
    def test_the_nearest_comes_first(self) -> None:
        assert places("near", "39.8177,46.7528", "--km", "5").out.split()[2] == "az-stepanakert"

    def test_nothing_near_fails(self) -> None:
        assert places("near", "-50,-120", "--km", "10").code == 1

    @pytest.mark.parametrize("point", ["here", "1", "95,10", "10,190", "nan,nan"])
    def test_what_is_no_point_is_refused(self, point: str) -> None:
        from geomap.errors import UsageError

        with pytest.raises(UsageError, match="Latitude first"):
            places("near", point)


class TestCheck:
    def test_the_curated_places_are_sound(self) -> None:
        ran = places("check")
        assert ran.code == 0
        assert re.search(r"places\.geojson: \d{4} places, \d+ names, nothing wrong", ran.err)
        assert re.search(r"sources: two [\d,]+, one with a note why [\d,]+, dated [\d,]+", ran.err)

    def test_every_fault_is_listed(self, folder: Path) -> None:
        path = folder / "bad.geojson"
        path.write_text(text(feature(feature_code="x"), feature("am-b", radius_km=-1)), "utf-8")
        ran = places("check", path)
        assert ran.code == 1
        assert len(ran.err.splitlines()) == 2
        assert "bad.geojson:2: am-goris: bad feature_code 'x'" in ran.err

    def test_fix_sorts_the_lines(self, folder: Path) -> None:
        path = folder / "p.geojson"
        path.write_text(text(feature("am-b", name="B", names={}), feature("am-a", name="A", names={})), "utf-8")
        assert places("check", "--fix", path).code == 0
        assert [json.loads(line.rstrip(","))["id"] for line in path.read_text("utf-8").splitlines()[1:-1]] == [
            "am-a",
            "am-b",
        ]

    def test_points_far_from_the_offline_names_are_listed(self, folder: Path, towns: OfflineNames) -> None:
        path = folder / "p.geojson"
        far = {"type": "Point", "coordinates": [45.9, 39.7]}
        path.write_text(
            text(feature("am-zaburan", name="Zaburan", names={}, source="GeoNames 9", geometry=far)), "utf-8"
        )
        ran = places("check", "--against", path)
        assert ran.code == 1
        assert re.search(r"33\.\d km  am-zaburan", ran.out)


class TestMissing:
    def test_what_nothing_resolved_is_listed_with_quotes(self, article: Path) -> None:
        ran = places("missing", "--no-offline", *READ, article)
        assert re.search(r"^ +\d  زابوران · no place of this name$", ran.out, re.M)
        assert re.search(r"^ +article:\d+: .*\[كورتيلو\]", ran.out, re.M)

    def test_what_only_the_fallback_knows_is_listed_too(self, article: Path, towns: OfflineNames) -> None:
        rows = [json.loads(line) for line in places("missing", *READ, "--json", article).out.splitlines()]
        by_name = {row["name"]: row for row in rows}
        assert by_name["زابوران"]["why"] == "known from geonames only"
        assert by_name["زابوران"]["place"]["name"] == "Zaburan"
        assert by_name["زابوران"]["place"]["origin"] == "geonames"
        assert by_name["كورتيلو"]["place"] is None

    def test_a_name_goes_from_missing_to_curated(self, folder: Path, article: Path, towns: OfflineNames) -> None:
        mine = folder / "mine.geojson"
        ran = places("add", "--from-missing", article, "--file", mine, "--yes", *READ)
        assert ran.code == 0, ran.err
        assert "added am-zaburan (Zaburan)" in ran.err
        (place,) = Gazetteer.from_file(mine).find("زابوران")
        assert (place.origin, place.country, place.evidence) == ("curated", "AM", "GeoNames 9")
        rows = places("missing", *READ, "--places", mine, "--json", article).out.splitlines()
        assert [json.loads(row)["name"] for row in rows] == ["كورتيلو"]

    def test_nothing_is_added_that_the_user_does_not_want(
        self, folder: Path, article: Path, towns: OfflineNames
    ) -> None:
        mine = folder / "mine.geojson"
        assert places("add", "--from-missing", article, "--file", mine, *READ, stdin="n\n").code == 0
        assert not mine.exists()


class TestAdd:
    def test_a_place_is_a_line_in_its_order(self, folder: Path) -> None:
        mine = folder / "mine.geojson"
        for name, at in (("Zzz", "39.5,46.3"), ("Aaa", "39.6,46.2")):
            assert (
                places(
                    "add",
                    name,
                    "--at",
                    at,
                    "--country",
                    "am",
                    "--name",
                    "ar=قرية ما",
                    "--needs-cue",
                    "--file",
                    mine,
                    "-y",
                ).code
                == 0
            )
        lines = mine.read_text("utf-8").splitlines()
        assert ['"id":"am-aaa"' in lines[1], '"id":"am-zzz"' in lines[2], len(lines)] == [True, True, 4]

    def test_what_fails_the_check_is_not_written(self, folder: Path) -> None:
        mine = folder / "mine.geojson"
        ran = places("add", "Zzz", "--at", "10,10", "--country", "AM", "--file", mine, "-y")
        assert ran.code == 1
        assert "lies outside AM" in ran.err
        assert not mine.exists()

    def test_ids_are_ascii_and_new(self) -> None:
        assert slug("Ağdərə", "AZ") == "az-agdara"
        assert slug("Ağdərə", "AZ", {"az-agdara"}) == "az-agdara-2"
        assert slug("غوريس", None) == "place"


ROW = "616108 Vardenis Vardenis Vardenis,واردنيس,Վարդենիս 40.1827 45.7316 P PPL AM - - - - - 12685 - - - 2020-01-01"
GEONAMES = ROW.replace("-", "").replace(" ", "\t") + "\n"


class TestImport:
    @pytest.fixture
    def mine(self, folder: Path) -> Path:
        known = feature("am-vardenis", name="Vardenis", names={"en": ["Vardenis"], "ar": ["فاردينيس"]})
        known["geometry"]["coordinates"] = [45.73, 40.18]
        (folder / "mine.geojson").write_text(text(known), "utf-8")
        return folder / "mine.geojson"

    def write(self, mine: Path, name: str, content: str) -> Path:
        (mine.parent / name).write_text(content, "utf-8")
        return mine.parent / name

    def test_nothing_changes_without_write(self, mine: Path) -> None:
        before = mine.read_bytes()
        ran = places("import", self.write(mine, "am.txt", GEONAMES), "--file", mine)
        assert (ran.code, mine.read_bytes()) == (0, before)
        assert "change  am-vardenis" in ran.out

    def test_the_same_place_takes_the_new_names_and_source(self, mine: Path) -> None:
        assert places("import", self.write(mine, "am.txt", GEONAMES), "--file", mine, "--write").code == 0
        (place,) = Gazetteer.from_file(mine)
        assert place.names["ar"] == ("فاردينيس", "واردنيس")
        assert place.names["hy"] == ("Վարդենիս",)
        assert (place.population, place.evidence) == (12685, "a test; GeoNames 616108")
        assert "0 new, 0 changed, 1 as they are" in places("import", mine.parent / "am.txt", "--file", mine).err

    def test_a_contradiction_is_told_and_not_taken_over(self, mine: Path) -> None:
        known = Gazetteer.from_file(mine)
        place = next(iter(known))
        source = Place("x", "Vardenis", LonLat(45.73, 41.0), "PPL", "AM", evidence="a test 1")
        merged = merge(Gazetteer({place.id: _with(place, "a test 1")}), [source])
        assert "91 km apart" in merged.conflicts[0].message
        assert (merged.changed, merged.added) == ({}, {})

    def test_a_wikidata_table_is_read(self, mine: Path) -> None:
        table = "item,itemLabel,labelAr,coord,country,population\n"
        table += "http://www.wikidata.org/entity/Q42,Norashen,نوراشين,Point(45.1 40.2),AM,300\n"
        (place,) = read_places(self.write(mine, "q.csv", table))
        assert (place.name, place.names["ar"], place.lonlat) == ("Norashen", ("نوراشين",), LonLat(45.1, 40.2))
        assert (place.evidence, place.population) == ("Wikidata Q42", 300)

    def test_an_osm_table_and_geojson_are_read(self, mine: Path) -> None:
        table = "@id,name,name:en,name:ar,place,@lat,@lon,country\nnode/5,Նոր,Nor,نور,hamlet,40.2,45.1,AM\n"
        (place,) = read_places(self.write(mine, "o.csv", table))
        assert (place.id, place.names["ar"], place.evidence) == ("am-nor", ("نور",), "OpenStreetMap node/5")
        given = {"name": "Նոր", "name:en": "Nor", "name:ar": "نور", "place": "village"}
        item = {
            "type": "Feature",
            "id": "node/5",
            "geometry": {"type": "Point", "coordinates": [45.1, 40.2]},
            "properties": given,
        }
        path = self.write(mine, "o.geojson", json.dumps({"type": "FeatureCollection", "features": [item]}))
        (place,) = read_places(path)
        assert (place.name, place.feature_code, place.lonlat) == ("Nor", "PPL", LonLat(45.1, 40.2))

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.txt", "only\tthree\tcolumns\n"),
            ("a.csv", "x,y\n1,2\n"),
            ("a.csv", "name,lat,lon\nA,x,1\n"),
            ("a.xls", ""),
            ("a.json", "[]"),
        ],
    )
    def test_what_is_no_table_is_refused_with_its_line(self, mine: Path, name: str, content: str) -> None:
        from geomap.errors import DataError

        with pytest.raises(DataError, match=name):
            list(read_places(self.write(mine, name, content)))


def _with(place: Place, evidence: str) -> Place:
    from dataclasses import replace

    return replace(place, evidence=evidence)


def test_the_page_opens_with_no_network_and_runs_no_name(folder: Path) -> None:
    mine = folder / "mine.geojson"
    mine.write_text(text(feature(source="</script><b>x", names={"en": ["Goris"]})), "utf-8")
    out = folder / "p.html"
    assert places("map", "-o", out, "--places", mine, "--country", "AM").code == 0
    page = out.read_text("utf-8")
    assert "default-src 'none'" in page
    assert "</script><b>x" not in page
    assert not re.search(r"""src=["']?(?:https?:)?//|<link""", page)


def test_answers_are_shown_and_forgotten(folder: Path) -> None:
    answers = Answers()
    answers.put("nominatim localhost", "تيغ", "{}", Place("n1", "Tegh", LonLat(46.4, 39.5), "PPL", "AM"), "found")
    answers.put("nominatim localhost", "لا مكان", "{}", None, "the service knows no such name")
    answers.close()
    shown = Ran(CliRunner().invoke(cache, ["show"]))
    assert "Tegh 39.5000,46.4000" in shown.out
    assert "refused · the service knows no such name" in shown.out
    assert "1 answers forgotten" in Ran(CliRunner().invoke(cache, ["clear", "تيغ"])).err
    assert "Tegh" not in Ran(CliRunner().invoke(cache, ["show", "--json"])).out


def test_the_fallback_is_the_one_that_the_run_uses() -> None:
    assert callable(geocoder.open_geocoder)
