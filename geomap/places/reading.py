"""Features of a GeoJSON file, each checked and with its line, as places.

Any FeatureCollection will do; the curated file has one feature a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.codebook import FEATURE_OF
from geomap.errors import DataError
from geomap.geo import LonLat
from geomap.model import Place
from geomap.places.provenance import provenance_of
from geomap.text import TOKEN

#: What a feature may say of its place, in the order of the file.
PROPERTIES = (
    "name", "feature_code", "country", "admin1", "admin2", "radius_km", "population", "names", "demonyms", "parents",
    "needs_cue", "point", "geonames", "wikidata", "source", "dated", "second", "alone", "admin2_from",
)  # fmt: skip
GEOMETRIES = ("Point", "Polygon", "MultiPolygon", "LineString", "MultiLineString")
#: How deep the lists of positions lie in a geometry's coordinates.
_DEPTH = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
#: Half the way round the Earth is 20,000 km; no name reaches farther than a continent does.
MAX_RADIUS_KM = 6000

_FEATURES = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{2,5}\d?H?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOW = "See docs/adding-a-place.md."


@dataclass(frozen=True, slots=True)
class Row:
    """One feature of a file: ``file:line``, the feature as written, and its place."""

    where: str
    feature: Mapping[str, Any]
    place: Place


def read_rows(path: Path) -> Iterator[Row]:
    """Features of a file in its order.

    Raises
    ------
    DataError
        At the first feature that is broken or repeats an id.
    """
    return rows_of(str(path), read_text(path))


def read_text(path: Path) -> str:
    """The text of a GeoJSON file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(str(path), f"cannot be read ({error.strerror})", "Name a GeoJSON file.") from error
    except UnicodeDecodeError as error:
        raise DataError(str(path), f"not UTF-8 (byte {error.start})", "Save the file as UTF-8.") from error


def rows_of(path: str, text: str) -> Iterator[Row]:
    """Features of a file's text in its order."""
    seen: dict[str, str] = {}
    for where, feature in features_of(path, text):
        place = place_of(where, feature)
        if place.id in seen:
            raise DataError(
                where, f"duplicate id {place.id!r}, first in {seen[place.id]}", "Give each place its own id."
            )
        seen[place.id] = where
        yield Row(where, feature, place)


def features_of(path: str, text: str) -> Iterator[tuple[str, Any]]:
    """Every feature with its ``file:line``, before anything in it is looked at."""
    opening = _FEATURES.search(text)
    if opening is None:
        raise DataError(path, "not a GeoJSON FeatureCollection (no features)", _HOW)
    decode = json.JSONDecoder().raw_decode
    # places share few strings, so one decoder a file is enough
    at, line, counted = opening.end(), 1, 0
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] == "]":
            break
        line, counted = line + text.count("\n", counted, at), at
        try:
            feature, at = decode(text, at)
        except ValueError as error:
            raise DataError(f"{path}:{line}", f"not valid JSON ({error})", "Mend the line.") from error
        yield f"{path}:{line}", feature
    _check_frame(path, text[: opening.end()] + text[at:])


def _check_frame(path: str, frame: str) -> None:
    try:
        collection = json.loads(frame)
    except ValueError as error:
        raise DataError(path, f"not valid JSON around its features ({error})", _HOW) from error
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise DataError(path, "not a GeoJSON FeatureCollection", _HOW)


def place_of(where: str, feature: Any) -> Place:
    """The place that a feature describes.

    Raises
    ------
    DataError
        Where a value is missing, unknown or impossible.
    """
    try:
        given, geometry, place_id = feature["properties"], feature["geometry"], feature["id"]
    except (KeyError, TypeError) as error:
        raise DataError(where, f"a feature without {error}", "It needs id, geometry and properties.") from error
    if not isinstance(place_id, str) or not _ID.fullmatch(place_id):
        raise DataError(where, f"bad id {place_id!r}", "An id is a lower-case ASCII slug such as az-tartar.")
    _known(where, place_id, given)
    code = given.get("feature_code", "")
    if not isinstance(code, str) or (code not in FEATURE_OF and not _CODE.fullmatch(code)):
        raise DataError(where, f"{place_id}: bad feature_code {code!r}", "Take a GeoNames feature code such as PPL.")
    shape = _geometry(where, place_id, geometry)
    point = given.get("point") or (geometry["coordinates"] if geometry["type"] == "Point" else None)
    country = given.get("country")
    if country is not None and not (isinstance(country, str) and _COUNTRY.fullmatch(country)):
        raise DataError(where, f"{place_id}: bad country {country!r}", "An ISO 3166 code of two capitals, or null.")
    return Place(
        id=place_id,
        name=_name(where, place_id, given.get("name")),
        lonlat=_lonlat(where, place_id, point),
        feature_code=code,
        country=country,
        admin1=_string(where, place_id, given, "admin1"),
        admin2=_string(where, place_id, given, "admin2"),
        radius_km=float(_number(where, place_id, given, "radius_km", 1.0, MAX_RADIUS_KM) or 1.0),
        population=int(_number(where, place_id, given, "population", 0, 3_000_000_000)),
        names=_spellings(where, place_id, given, "names"),
        demonyms=_spellings(where, place_id, given, "demonyms"),
        parents=_parents(where, place_id, given.get("parents", ())),
        geometry=shape,
        needs_cue=_flag(where, place_id, given.get("needs_cue", False)),
        evidence=_string(where, place_id, given, "source"),
        provenance=provenance_of(where, place_id, given),
    )


def _known(where: str, place_id: str, given: Any) -> None:
    if not isinstance(given, dict):
        raise DataError(where, f"{place_id}: bad properties ({given!r})", "An object with name, feature_code, names …")
    for key in given:
        if key not in PROPERTIES:
            raise DataError(where, f"{place_id}: unknown property {key!r}", f"Known: {', '.join(PROPERTIES)}.")


def _string(where: str, place_id: str, given: Mapping[str, Any], key: str) -> str:
    value = given.get(key, "")
    if not isinstance(value, str):
        raise DataError(where, f"{place_id}: bad {key} ({value!r})", "A text in quotes.")
    return value


def _flag(where: str, place_id: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise DataError(where, f"{place_id}: bad needs_cue ({value!r})", "true or false.")
    return value


def _number(where: str, place_id: str, given: Mapping[str, Any], key: str, default: float, most: float) -> float:
    value = given.get(key, default)
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most
    if not good or (key == "radius_km" and value == 0):
        raise DataError(where, f"{place_id}: bad {key} ({value!r})", f"A number above 0, at most {most:,}.")
    return value  # type: ignore[no-any-return]


def _name(where: str, place_id: str, value: Any) -> str:
    if not isinstance(value, str) or not TOKEN.search(value):
        raise DataError(where, f"{place_id}: bad name {value!r}", "Give the English name.")
    return value


def _spellings(where: str, place_id: str, given: Mapping[str, Any], key: str) -> dict[str, tuple[str, ...]]:
    value = given.get(key, {})
    if not isinstance(value, dict):
        raise DataError(where, f"{place_id}: bad {key} ({value!r})", 'Lists by language: {"en": ["Goris"]}.')
    for language, spellings in value.items():
        if not isinstance(spellings, list) or not all(isinstance(s, str) and s.strip() for s in spellings):
            raise DataError(where, f"{place_id}: bad {key} in {language!r} ({spellings!r})", "A list of texts.")
    return {language: tuple(spellings) for language, spellings in value.items()}


def _parents(where: str, place_id: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(p, str) and p for p in value):
        raise DataError(where, f"{place_id}: bad parents ({value!r})", "A list of ids of places.")
    return tuple(value)


def _lonlat(where: str, place_id: str, point: Any) -> LonLat:
    if not _is_position(point):
        raise DataError(
            where, f"{place_id}: no point ({point!r})", "An area or line needs `point`: [longitude, latitude]."
        )
    return _on_earth(where, place_id, point)


def _is_position(value: Any) -> bool:
    return (
        isinstance(value, list)
        and 2 <= len(value) <= 3
        and all(isinstance(c, int | float) and not isinstance(c, bool) for c in value)
    )


def _on_earth(where: str, place_id: str, position: Sequence[float]) -> LonLat:
    lon, lat = float(position[0]), float(position[1])
    if not -180 <= lon <= 180:
        raise DataError(
            where, f"{place_id}: longitude {lon:g} is off the Earth", "Longitude comes first and lies in -180..180."
        )
    if not -90 <= lat <= 90:
        raise DataError(
            where, f"{place_id}: latitude {lat:g} is off the Earth", "Latitude comes second and lies in -90..90."
        )
    return LonLat(lon, lat)


def _geometry(where: str, place_id: str, geometry: Any) -> Mapping[str, Any] | None:
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in GEOMETRIES or not geometry.get("coordinates"):
        raise DataError(where, f"{place_id}: bad geometry ({kind or geometry!r})", f"One of {', '.join(GEOMETRIES)}.")
    if kind == "Point":
        return None
    lines = list(_lines(where, place_id, geometry["coordinates"], _DEPTH[kind]))
    for line in lines:
        for position in line:
            _on_earth(where, place_id, position)
        if len(line) < 2:
            raise DataError(where, f"{place_id}: bad geometry (a line of one point)", "Two points at least.")
    if "Polygon" in kind and any(len(ring) < 4 or ring[0] != ring[-1] for ring in lines):
        raise DataError(
            where, f"{place_id}: bad geometry (an open or too short ring)", "Close each ring: first point = last."
        )
    return dict(geometry)


def _lines(where: str, place_id: str, nested: Any, depth: int) -> Iterator[list[list[float]]]:
    """Lists of positions, which lie ``depth`` lists deep."""
    if not isinstance(nested, list) or not nested:
        raise DataError(where, f"{place_id}: bad geometry ({nested!r} is no list)", "Lists of [longitude, latitude].")
    if depth > 1:
        for part in nested:
            yield from _lines(where, place_id, part, depth - 1)
        return
    wrong = next((p for p in nested if not _is_position(p)), None)
    if wrong is not None:
        raise DataError(
            where, f"{place_id}: bad geometry ({wrong!r} is no position)", "[longitude, latitude], numbers."
        )
    yield nested
