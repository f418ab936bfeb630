"""The strict check of a gazetteer file: all that is wrong with it, each with file:line, value and remedy."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from geomap.codebook import feature_of
from geomap.errors import DataError
from geomap.geo import BBox, LonLat, box_around
from geomap.model import Issue, Place
from geomap.paths import data_path
from geomap.places.index import Index, index_of
from geomap.places.reading import Row, features_of, place_of
from geomap.places.sharing import undecided
from geomap.places.spelling import faults, repeated

#: What lies off a country's coast and is still its own.
_OFFSHORE: Final = frozenset({"ISL", "ISLS", "OILF", "GASF", "RIGS", "MT"})
_OFFSHORE_KM = 100.0
#: States that are no more have no box.
_PAST: Final = frozenset({"PCLH"})


def check_text(path: str, text: str, curated: bool = True) -> tuple[list[Row], list[Issue]]:
    """Every sound feature of a file, and everything that is wrong.

    Parameters
    ----------
    path : str
        Name of the file in the messages.
    text : str
    curated : bool
        Whether the rules of the shipped file hold: one feature a line sorted by id, no name shared without a rule.
    """
    rows: list[Row] = []
    found: list[Issue] = []
    seen: dict[str, str] = {}
    try:
        for where, feature in features_of(path, text):
            try:
                place = place_of(where, feature)
            except DataError as error:
                found.append(_from(error))
                continue
            if place.id in seen:
                found.append(
                    _error(
                        where, f"duplicate id {place.id!r}, first in {seen[place.id]}", "Give each place its own id."
                    )
                )
                continue
            seen[place.id] = where
            rows.append(Row(where, feature, place))
    except DataError as error:
        found.append(_from(error))
    return rows, [*found, *check_rows(rows, index_of(row.place for row in rows), curated)]


def check_rows(rows: Sequence[Row], index: Index, curated: bool = True) -> Iterator[Issue]:
    """What is wrong with places each of which could be read."""
    yield from _names(rows, curated)
    yield from _boxes(rows)
    if curated:
        yield from _order(rows)
        yield from _parents(rows)
        yield from _shared(rows, index)


def _error(where: str, message: str, hint: str) -> Issue:
    return Issue("error", where, message, hint)


def _from(error: DataError) -> Issue:
    return Issue(
        "error",
        error.where,
        str(error).removeprefix(f"{error.where}: ").removesuffix(error.hint).rstrip(" ."),
        error.hint,
    )


def _names(rows: Sequence[Row], curated: bool) -> Iterator[Issue]:
    for row in rows:
        place = row.place
        for kind, spellings in (("name", place.names), ("demonym", place.demonyms)):
            for language, names in spellings.items():
                bare = [n.strip("=*") for n in names] if kind == "demonym" else names
                for name, what, remedy in faults(language, bare):
                    yield _error(row.where, f"{place.id}: {language} {kind} {name!r} {what}", remedy)
        # in a layer of the user's own the name need not be English
        for name, what, remedy in faults("en" if curated else "", (place.name,)):
            yield _error(row.where, f"{place.id}: name {name!r} {what}", remedy)
    for number, language, first, again in repeated([row.place.names for row in rows]):
        what = f"{rows[number].place.id}: {language} names {first!r} and {again!r} fold to one"
        yield _error(rows[number].where, what, "Keep the first.")


@lru_cache(maxsize=1)
def country_boxes() -> dict[str, BBox]:
    """The box of each country, by ISO code."""
    with data_path("country-boxes.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {r["iso2"]: BBox(float(r["west"]), float(r["south"]), float(r["east"]), float(r["north"])) for r in rows}


def _boxes(rows: Sequence[Row]) -> Iterator[Issue]:
    boxes = country_boxes()
    for row in rows:
        place = row.place
        if place.country is None or place.feature_code in _PAST:
            continue
        box = boxes.get(place.country)
        if box is None:
            yield _error(
                row.where, f"{place.id}: unknown country {place.country!r}", "An ISO 3166 code, or null for several."
            )
        elif not box.contains(place.lonlat) and not _reaches(place, box):
            at = f"[{place.lonlat.lon:g}, {place.lonlat.lat:g}]"
            inside = f"{box.west:g}..{box.east:g} east, {box.south:g}..{box.north:g} north"
            yield _error(
                row.where,
                f"{place.id}: point {at} lies outside {place.country}",
                f"{place.country} lies within {inside}.",
            )


def _reaches(place: Place, box: BBox) -> bool:
    """Whether an area reaches into the box, or the place lies off its coast."""
    km = _OFFSHORE_KM if place.feature_code in _OFFSHORE else 0.0
    if feature_of(place.feature_code) not in ("settlement", "facility"):
        km = max(km, place.radius_km)
    near = box_around(place.lonlat, km)
    nearest = LonLat(min(max(place.lonlat.lon, box.west), box.east), min(max(place.lonlat.lat, box.south), box.north))
    return near.contains(nearest)


def _order(rows: Sequence[Row]) -> Iterator[Issue]:
    line = ""
    for before, row in zip([None, *rows], rows, strict=False):
        if before is not None and row.place.id < before.place.id:
            remedy = "Sort the lines by id, or run `geomap places check --fix`."
            yield _error(row.where, f"{row.place.id} stands behind {before.place.id}: the lines are not sorted", remedy)
        if row.where == line:
            yield _error(
                row.where, f"{row.place.id} shares its line", "One feature a line, or run `geomap places check --fix`."
            )
        line = row.where


def _parents(rows: Sequence[Row]) -> Iterator[Issue]:
    ids = {row.place.id for row in rows}
    for row in rows:
        for parent in row.place.parents:
            if parent not in ids and parent not in country_boxes():
                yield _error(
                    row.where, f"{row.place.id}: unknown parent {parent!r}", "The id of a place, or a country's code."
                )


def _shared(rows: Sequence[Row], index: Index) -> Iterator[Issue]:
    by_id = {row.place.id: row for row in rows}
    places = {place_id: row.place for place_id, row in by_id.items()}
    for first, second, keys in undecided(places, index.by_name):
        names = ", ".join(repr(k) for k in keys)
        message = f"{second} shares the name {names} with {first} ({by_id[first].where}), and no rule tells them apart"
        remedy = "Merge them, take the name from one, give a parent or a population, or set needs_cue."
        yield _error(by_id[second].where, message, remedy)
