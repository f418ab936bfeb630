"""Entries in GeoNames and Wikidata."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from geomap.geo import LonLat, distance_km
from geomap.text import fold_name
from scripts.gazetteer.features import at, bares, division_names, kind, latin_names
from scripts.gazetteer.tables import Division, Labelled, Tables, key

_ENTRY: Final = re.compile(r"GeoNames (\d+)")
#: A row farther from the place than this is another town.
_SAME_KM: Final = 3.0
#: A division's centre may be drawn anywhere within it.
_DIVISION_KM: Final = 150.0
#: Words for kinds of divisions in Wikidata's labels.
_KIND: Final = re.compile(
    r"^(?:محافظة|إقليم|ولاية|مقاطعة|منطقة|قضاء) | (?:область|район|провинция|губернаторство|мухафаза)$"
)
#: Divisions: code and GeoNames' level.
_LEVEL: Final = {"ADM1": 1, "ADM2": 2}


def take_ids(features: list[dict[str, Any]], tables: Tables) -> Iterator[str]:
    """Give places their ids; tell how many have one."""
    for feature in features:
        properties = feature["properties"]
        entry = _ENTRY.search(properties["source"])
        if entry:
            properties["geonames"] = int(entry[1])
    _divisions(features, tables)
    _countries(features, tables)
    _towns(features, tables)
    yield from _once(features)
    for name in ("geonames", "wikidata"):
        yield f"{name}: {sum(name in f['properties'] for f in features)} of {len(features)}"


def division_of(feature: dict[str, Any], tables: Tables) -> Division | None:
    """The division of GeoNames that a province or district is, by its entry or by country and name."""
    properties = feature["properties"]
    if properties["feature_code"] not in _LEVEL:
        return None
    names = bares(division_names(feature))
    same = [
        d
        for d in tables.divisions.get(properties["country"], ())
        if (d.geonames == properties["geonames"] if "geonames" in properties else names & bares(d.names))
    ]
    level = _LEVEL[properties["feature_code"]]
    # what is a province in one list is a district in another, never the other way round
    fitting = [d for d in same if d.level == level] or [d for d in same if d.level > level]
    spelt = set(map(key, division_names(feature)))
    for named in ([d for d in fitting if spelt & set(map(key, d.names))], fitting):
        if len({d.geonames for d in named}) == 1:
            return named[0]
    return None


def _divisions(features: list[dict[str, Any]], tables: Tables) -> None:
    labelled = {(row.country, row.code): row for row in tables.labelled_divisions}
    for feature in features:
        division = division_of(feature, tables)
        if division is None:
            continue
        properties = feature["properties"]
        if division.geonames:
            properties.setdefault("geonames", division.geonames)
        row = labelled.get((division.country, division.iso.partition("-")[2])) if division.iso else None
        if row and row.lonlat and distance_km(row.lonlat, at(feature)) <= _DIVISION_KM and _says(row, feature):
            properties.setdefault("wikidata", row.wikidata)


def _countries(features: list[dict[str, Any]], tables: Tables) -> None:
    labelled = {row.country: row.wikidata for row in tables.labelled_countries}
    for feature in features:
        properties = feature["properties"]
        iso = properties["country"]
        if properties["feature_code"] != "PCLI" or iso is None:
            continue
        properties.setdefault("geonames", int(tables.countries[iso]["geonameid"])) if iso in tables.countries else None
        drawn = tables.label_points.get(iso, {}).get("WIKIDATAID")
        if drawn and labelled.get(iso, drawn) == drawn:
            properties.setdefault("wikidata", drawn)


def _towns(features: list[dict[str, Any]], tables: Tables) -> None:
    """Ids of towns: the row must bear a name of the place, lie there, and Wikidata's own labels must not contradict."""
    rows: defaultdict[tuple[str, str], list[Labelled]] = defaultdict(list)
    for row in tables.labelled_towns:
        rows[row.country, key(row.name)].append(row)
    for feature in features:
        properties = feature["properties"]
        if kind(feature) != "settlement" or "wikidata" in properties or not properties["country"]:
            continue
        town = tables.towns.get(str(properties.get("geonames")), {})
        names = {*map(key, latin_names(feature)), *map(key, (n for n in town.get("alternatenames", ()) if n.isascii()))}
        near = {
            row.wikidata: row
            for name in names - {""}
            for row in rows.get((properties["country"], name), ())
            if row.lonlat and distance_km(row.lonlat, at(feature)) <= _SAME_KM
        }
        fitting = [row for row in near.values() if _says(row, feature, town) or _only(row, rows, names)]
        if len(fitting) == 1:
            properties["wikidata"] = fitting[0].wikidata


def _says(row: Labelled, feature: dict[str, Any], town: Any = None) -> bool:
    """Whether a label of Wikidata is a name of the place; one in brackets tells of another of the name."""
    names = {fold_name(name) for spelt in feature["properties"]["names"].values() for name in spelt}
    names |= {fold_name(name) for name in (town or {}).get("alternatenames", ())}
    labels = [label for language, label in row.labels.items() if language in ("ar", "ru")]
    if not labels and town is None:
        return bool(bares(row.labels.values()) & bares(latin_names(feature)))
    stripped = [_without_kind(label) for label in labels]
    return any(fold_name(label) in names for label in (*labels, *stripped))


def _without_kind(label: str) -> str:
    return re.sub(
        r"^(?:محافظة|إقليم|ولاية|مقاطعة|منطقة|قضاء) | (?:область|район|провинция|губернаторство|мухафаза)$", "", label
    )


def _only(row: Labelled, rows: Mapping[tuple[str, str], list[Labelled]], names: set[str]) -> bool:
    """Whether Wikidata's English label is the place's name and no other of its country bears it.

    A row whose id has no labels at all names an entry that is no more, or another's.
    """
    told = any(language in row.labels for language in ("ar", "ru"))
    same = key(row.labels.get("en", "")) in names - {""}
    return same and not told and len({r.wikidata for name in names for r in rows.get((row.country, name), ())}) == 1


def _once(features: list[dict[str, Any]]) -> Iterator[str]:
    """An id that two places would share is neither's, but where it comes from the file itself."""
    for name in ("geonames", "wikidata"):
        bearers = Counter(f["properties"].get(name) for f in features)
        for feature in features:
            properties = feature["properties"]
            if name in properties and bearers[properties[name]] > 1:
                if name == "wikidata" or f"GeoNames {properties[name]}" not in properties["source"]:
                    del properties[name]
                else:
                    yield f"{feature['id']}: shares the GeoNames entry {properties[name]}"


def point_of(lonlat: LonLat) -> list[float]:
    """A point as the file has it."""
    return [round(lonlat.lon, 4), round(lonlat.lat, 4)]
