"""Places from others' tables: GeoNames dumps, CSV of Wikidata or OpenStreetMap, GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from geomap.codebook import FEATURE_OF
from geomap.errors import DataError
from geomap.model import Place
from geomap.places.adding import slug
from geomap.places.osm_kinds import KINDS
from geomap.places.reading import place_of
from geomap.places.spelling import script_of

#: Columns of the GeoNames dump, tab-separated, without a header.
_GEONAMES: Final = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code",
    "country_code", "cc2", "admin1", "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone",
    "changed",
)  # fmt: skip
#: Column of a CSV -> what it holds; Wikidata's and Overpass's names among them.
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "qid", "item", "wikidata", "osm_id", "@id", "geonameid"),
    "name": ("name:en", "name_en", "labelen", "itemlabel", "label", "name"),
    "lat": ("lat", "latitude", "@lat", "y"),
    "lon": ("lon", "lng", "longitude", "@lon", "x"),
    "coord": ("coord", "coords", "coordinates", "location", "wkt", "point"),
    "country": ("country", "country_code", "countrycode", "iso2", "iso"),
    "code": ("feature_code", "fcode"),
    "kind": ("place", "type"),
    "population": ("population", "pop"),
}
_REACH: Final = {"settlement": 3.0, "district": 15.0, "region": 60.0}
#: Language of a script's names where a table does not tell it.
_LANGUAGE: Final = {"Latin": "en", "Arabic": "ar", "Cyrillic": "ru", "Armenian": "hy", "Georgian": "ka", "Hebrew": "he"}


def read_places(path: Path) -> Iterator[Place]:
    """Places of a file, by its suffix.

    ``.txt`` and ``.tsv`` are GeoNames dumps, ``.csv`` a table with a header, ``.geojson`` and ``.json`` features.

    Raises
    ------
    DataError
        Where a row cannot be a place: the message names file, line and value.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DataError(str(path), f"unknown format ({path.suffix!r})", f"One of {', '.join(sorted(READERS))}.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(str(path), f"cannot be read ({error})", "A UTF-8 text file.") from error
    return reader(str(path), text)


def _geonames(path: str, text: str) -> Iterator[Place]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) < len(_GEONAMES) - 1:
            hint = "A GeoNames dump has 19 columns divided by tabs."
            raise DataError(f"{path}:{number}", f"{len(cells)} columns", hint)
        row = dict(zip(_GEONAMES, cells, strict=False))
        names = [row["name"], *row["alternatenames"].split(",")]
        yield _place(
            f"{path}:{number}", row["name"], row["longitude"], row["latitude"], row["feature_code"],
            row["country_code"], row["population"], _by_script(names), f"GeoNames {row['geonameid']}",
        )  # fmt: skip


def _csv(path: str, text: str) -> Iterator[Place]:
    rows = csv.DictReader(io.StringIO(text))
    columns = {name.strip().lower(): name for name in rows.fieldnames or ()}
    known = {what: next((columns[n] for n in names if n in columns), None) for what, names in _COLUMNS.items()}
    if not known["name"] or not (known["coord"] or known["lat"] and known["lon"]):
        raise DataError(path, f"no name or no point among {', '.join(columns)}", "Columns name, lat, lon, country, …")
    for number, row in enumerate(rows, 2):
        where = f"{path}:{number}"
        given = {what: (row.get(column) or "").strip() if column else "" for what, column in known.items()}
        lon, lat = _wkt(where, given["coord"]) if given["coord"] else (given["lon"], given["lat"])
        code = given["code"] or _code_of_kind(given["kind"])
        yield _place(
            where, given["name"], lon, lat, code, given["country"], given["population"], _named_columns(row),
            _evidence(known["id"] or "", given["id"]),
        )  # fmt: skip


def _geojson(path: str, text: str) -> Iterator[Place]:
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(path, f"not a GeoJSON FeatureCollection ({error})", "See docs/adding-a-place.md.") from error
    for number, feature in enumerate(features, 1):
        where = f"{path}: feature {number}"
        given = feature.get("properties") or {}
        if "feature_code" in given and isinstance(given.get("names"), dict):
            yield place_of(where, feature)
            continue
        if (feature.get("geometry") or {}).get("type") != "Point":
            raise DataError(where, "no point", "Import points; areas are drawn in the curated file itself.")
        lon, lat = feature["geometry"]["coordinates"][:2]
        name = given.get("name:en") or given.get("name_en") or given.get("name") or ""
        code = given.get("feature_code") or _code_of_kind(str(given.get("place", "")))
        yield _place(
            where, name, lon, lat, code, given.get("country") or given.get("country_code") or "",
            given.get("population") or "", _named_columns(given),
            _evidence("@id", str(feature.get("id") or given.get("@id") or "")),
        )  # fmt: skip


READERS: Final[Mapping[str, Callable[[str, str], Iterator[Place]]]] = {
    ".txt": _geonames,
    ".tsv": _geonames,
    ".csv": _csv,
    ".geojson": _geojson,
    ".json": _geojson,
}


def _place(
    where: str,
    name: str,
    lon: Any,
    lat: Any,
    code: str,
    country: str,
    population: Any,
    names: dict[str, list[str]],
    source: str,
) -> Place:
    """A row as a place, checked like a curated line."""
    try:
        point = [round(float(lon), 4), round(float(lat), 4)]
        people = int(float(population or 0))
    except ValueError as error:
        raise DataError(
            where, f"{name}: not a number ({error})", "Decimal degrees, and a whole number of people."
        ) from error
    if script_of(name) != "Latin":
        name = next(iter(names.get("en", ())), name)
    names.setdefault("en", [name])
    properties = {
        "name": name,
        "feature_code": code or "PPL",
        "country": country.upper() or None,
        "radius_km": _REACH.get(FEATURE_OF.get(code or "PPL", ""), 1.0),
        "population": people,
        "names": names,
        "source": source,
        **_ids(source),
    }
    feature = {
        "id": slug(name, country or None),
        "geometry": {"type": "Point", "coordinates": point},
        "properties": properties,
    }
    return place_of(where, feature)


def _ids(source: str) -> dict[str, Any]:
    """The ids that a source's entry is."""
    table, _, entry = source.partition(" ")
    if table == "GeoNames" and entry.isdigit():
        return {"geonames": int(entry)}
    return {"wikidata": entry} if table == "Wikidata" else {}


def _by_script(names: list[str]) -> dict[str, list[str]]:
    """Names by the language that their script stands for; of the Latin ones the first, as many are transcriptions."""
    found: dict[str, list[str]] = {}
    for name in names:
        language = _LANGUAGE.get(script_of(name) or "")
        if language and name.strip() and name.strip() not in found.get(language, []):
            found.setdefault(language, []).append(name.strip())
    found["en"] = found.get("en", [])[:1] or [names[0]]
    return found


def _named_columns(row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Names in columns such as ``name:ar``, ``name_ar`` or ``labelAr``; several are divided by | or ;."""
    found: dict[str, list[str]] = {}
    for column, value in row.items():
        language = (
            (column or "").lower().removeprefix("name").removeprefix("label").removeprefix("alt_name").lstrip(":_")
        )
        if (
            isinstance(value, str)
            and value
            and column.lower() not in ("name", "label")
            and 2 <= len(language) <= 3
            and language != column.lower()
        ):
            found.setdefault(language, []).extend(n.strip() for n in value.replace(";", "|").split("|") if n.strip())
    return found


def _code_of_kind(kind: str) -> str:
    return KINDS.get(kind, ("PPL", 0.0))[0]


def _wkt(where: str, text: str) -> tuple[str, str]:
    """Longitude and latitude of ``Point(lon lat)``, as Wikidata writes it."""
    numbers = text.upper().removeprefix("POINT").strip(" ()").replace(",", " ").split()
    if len(numbers) != 2:
        raise DataError(where, f"no point ({text!r})", "Point(longitude latitude).")
    return numbers[0], numbers[1]


def _evidence(column: str, value: str) -> str:
    if not value:
        return "imported, source not told"
    bare = value.rsplit("/", 1)[-1]
    if bare[:1] == "Q" and bare[1:].isdigit():
        return f"Wikidata {bare}"
    return f"GeoNames {bare}" if column.lower() == "geonameid" else f"OpenStreetMap {value}"
