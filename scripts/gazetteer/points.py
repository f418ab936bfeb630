"""A second source for each point, or why there is none, and the date of the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from geomap.geo import LonLat, distance_km
from scripts.gazetteer.features import at, kind, latin_names
from scripts.gazetteer.ids import division_of, point_of
from scripts.gazetteer.tables import Entry, Tables, cell, consonants, key

#: Points of two sources confirm each other within this, or within the place's reach; beyond the last they contradict.
_AGREE_KM, _CONTRADICT_KM = 5.0, 10.0
#: Points nearer than this are one.
_SAME_DEGREES: Final = 1e-3
#: A town of the name farther off than this is a namesake.
_NAMESAKE_KM: Final = 40.0
#: Under another spelling of a name, so near; a name of fewer consonants says too little.
_ALIKE_KM, _LETTERS = 4.0, 2
#: The tables, those first that lean the least on GeoNames.
_ORDER: Final = ("Natural", "iso3166-2", "SimpleMaps", "libgweather", "World", "Countries", "tz", "GeoNames")
#: What a source's line begins with -> its date.
_DATES: Final = {"GeoNames": "2026-07", "Wikipedia": "2026-11", "OpenStreetMap": "2026-11"}
_EDITOR: Final = "2026-11"
_NO_TABLE: Final = {
    "PPLX": "a quarter: free tables list none",
    "ADM1": "free tables have no point of this province that fits",
    "ADM2": "free tables list no points of districts",
    "RGN": "a region without fixed bounds: its centre is a convention",
    "BDRY": "a border: its middle is a convention",
    "SEA": "a sea: its centre is a convention",
    "PCLH": "a state that is no more",
    "CMP": "a camp: free tables list none",
    "STM": "a river: free tables list none",
    "MILB": "a military site: free tables list none",
    "CRSG": "a crossing: free tables list none",
}  # fmt: skip
_OF_KIND: Final = {
    "settlement": "a village that neither GeoNames (500 people or more) nor another free table lists",
    "country": "no second point that fits",
    "facility": "a site that free tables do not list",
}
_REST: Final = "a natural feature that free tables do not list"


def compare_points(features: list[dict[str, Any]], tables: Tables) -> Iterator[str]:
    """Give each place its second source and dates; tell how many have one, and what contradicts."""
    far: list[tuple[float, str]] = []
    for feature in features:
        properties = feature["properties"]
        first = properties["source"].partition(" ")[0].rstrip(";")
        properties.setdefault("dated", _DATES.get(first, _EDITOR))
        if "second" in properties:
            properties.pop("alone", None)
            continue
        found = sorted(_others(feature, tables), key=lambda pair: (pair[0], pair[1].source))
        allowed = max(_AGREE_KM, min(properties["radius_km"], _reach(feature)))
        agreeing = [pair for pair in found if pair[0] <= allowed and not _copied(feature, pair[1])]
        if agreeing:
            km, entry = min(agreeing, key=lambda pair: _ORDER.index(pair[1].source.partition(" ")[0]))
            properties["second"] = _second(km, entry)
            properties.pop("alone", None)
        else:
            # an editor's own word stays
            said = properties.get("alone") if first == "Wikipedia" else ""
            properties["alone"] = said or _why(feature, found)
        limit = max(_CONTRADICT_KM, properties["radius_km"] if _reach(feature) > _CONTRADICT_KM else 0.0)
        far += [(km, f"{feature['id']}: {e.source} {km:.0f} km off") for km, e in found if km > limit]
    for _, line in sorted(far, reverse=True):
        yield line
    told = [f["properties"]["second"]["source"] for f in features if "second" in f["properties"]]
    seconds = Counter(re.sub(r" [A-Z]{2}-?\w+$", "", source) for source in told)
    yield f"second source: {sum(seconds.values())} of {len(features)}: " + ", ".join(
        f"{n} {source}" for source, n in seconds.most_common()
    )


def _reach(feature: dict[str, Any]) -> float:
    """How far from its point an area's other point may lie; of a town none but the nearest will do."""
    return 10.0 if kind(feature) in ("settlement", "facility") else 400.0


def _copied(feature: dict[str, Any], entry: Entry) -> bool:
    """Whether two points are the same to the last digit: the tables had them from one hand."""
    step = max(entry.step, _SAME_DEGREES)
    return all(abs(a - b) <= step / 2 + 1e-9 for a, b in zip(at(feature), entry.lonlat, strict=True))


def _second(km: float, entry: Entry) -> dict[str, Any]:
    return {"source": entry.source, "dated": entry.dated, "km": round(km, 1), "point": point_of(entry.lonlat)}


def _others(feature: dict[str, Any], tables: Tables) -> Iterator[tuple[float, Entry]]:
    """What other tables say of a place's point, each table's nearest entry."""
    properties = feature["properties"]
    country = properties["country"]
    if country is None:
        return
    if kind(feature) == "country" and country in tables.label_points:
        row = tables.label_points[country]
        point = LonLat(row["LABEL_X"], row["LABEL_Y"])
        yield _measured(feature, Entry("Natural Earth 5.1", "2022", country, (), point))
    division = division_of(feature, tables)
    if division is not None and division.iso in tables.division_points:
        point = tables.division_points[division.iso]
        yield _measured(feature, Entry(f"iso3166-2 {division.iso}", "2026-08", country, (), point))
    if kind(feature) != "settlement" or properties["feature_code"] == "PPLX":
        return
    town = tables.towns.get(str(properties.get("geonames")), {})
    names = {*map(key, latin_names(feature)), *map(key, (n for n in town.get("alternatenames", ()) if n.isascii()))}
    nearest: dict[str, tuple[float, Entry]] = {}
    for name in sorted(names - {""}):
        for entry in tables.settlements.get((country, name), ()):
            measured = _measured(feature, entry)
            if measured[0] <= _NAMESAKE_KM and _is_other(feature, entry):
                nearest[entry.source] = min(measured, nearest.get(entry.source, measured), key=lambda pair: pair[0])
    yield from (nearest or dict(_alike(feature, tables))).values()


def _alike(feature: dict[str, Any], tables: Tables) -> Iterator[tuple[str, tuple[float, Entry]]]:
    """What lies close by under the same consonants, of each table the nearest."""
    names = {consonants(name) for name in latin_names(feature)}
    east, north = cell(at(feature))
    close = [
        _measured(feature, entry)
        for column in (east - 1, east, east + 1)
        for row in (north - 1, north, north + 1)
        for entry in tables.around.get((column, row), ())
        if entry.country == feature["properties"]["country"]
        and _is_other(feature, entry)
        and names & {consonants(name) for name in entry.names}
    ]
    for km, entry in sorted(close, key=lambda pair: -pair[0]):
        if km <= _ALIKE_KM and all(len(consonants(name)) >= _LETTERS for name in entry.names):
            yield entry.source, (km, entry)


def _is_other(feature: dict[str, Any], entry: Entry) -> bool:
    """Whether a table is another source than the feature's own: GeoNames is none of what has its point."""
    properties = feature["properties"]
    return entry.source != "GeoNames" or not ("geonames" in properties or properties["source"].startswith("GeoNames"))


def _measured(feature: dict[str, Any], entry: Entry) -> tuple[float, Entry]:
    return distance_km(at(feature), entry.lonlat), entry


def _why(feature: dict[str, Any], found: list[tuple[float, Entry]]) -> str:
    """Why one source stands alone."""
    if any(km <= _AGREE_KM for km, _ in found):
        return f"{found[0][1].source} has the same point to the last digit: one source, not two"
    if found:
        km, entry = found[0]
        return f"{entry.source} has it {km:.0f} km off"
    properties = feature["properties"]
    if kind(feature) == "settlement" and properties["source"].startswith("GeoNames"):
        return "free tables other than GeoNames do not list it"
    if kind(feature) == "settlement" and "from memory" in properties["source"]:
        return "a village from memory that no free table lists: it may lie 10 km off"
    return _NO_TABLE.get(properties["feature_code"]) or _OF_KIND.get(kind(feature), _REST)
