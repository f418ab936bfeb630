"""``places``: the gazetteer.

The package ``geomap.places_cli`` with ``add_to(group)`` adds commands, or takes these over by their names; its group
``cache`` becomes a command beside ``places``.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli import kinds
from geomap.cli.talk import emit, emit_record, emit_table, tell, tell_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.gazetteer import Gazetteer
    from geomap.model import Place

_MORE = "geomap.places_cli"
_Json = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="The gazetteer: list, find, show and check places.", no_args_is_help=True)
    group.command("list")(list_places)
    group.command("find", no_args_is_help=True)(find_place)
    group.command("show", no_args_is_help=True)(show_place)
    group.command("check")(check_places)
    app.add_typer(group, name="places")
    if find_spec(_MORE):
        more = import_module(_MORE)
        more.add_to(group)
        if cache := getattr(more, "cache", None):
            app.add_typer(cache, name="cache")


def _gazetteer(places: list[Path] | None) -> Gazetteer:
    from geomap.settings import load_gazetteer

    return load_gazetteer(kinds.place_files(places))


def list_places(
    country: Annotated[str | None, typer.Option("--country", metavar="CC", help="Of this country alone.")] = None,
    feature: Annotated[
        str | None, typer.Option("--feature", metavar="WORD", help="Such as settlement or region.")
    ] = None,
    places: kinds.Places = None,
    as_json: _Json = False,
) -> None:
    """Print all places, sorted by id."""
    from geomap.codebook import feature_of

    found = sorted(_gazetteer(places), key=lambda place: place.id)
    _print(
        (
            place
            for place in found
            if (country is None or place.country == country.upper())
            and (feature is None or feature_of(place.feature_code) == feature)
        ),
        as_json,
    )


def find_place(
    name: Annotated[str, typer.Argument(metavar="NAME", help="In any language and spelling.")],
    places: kinds.Places = None,
    as_json: _Json = False,
) -> None:
    """Print places of a name, the most prominent first; exit code 1 where there is none."""
    gazetteer = _gazetteer(places)
    found = gazetteer.find(name)
    if not found:
        like = ", ".join(_like(name, gazetteer))
        tell_error(f"{name}: no place of this name." + (f" Like it: {like}." if like else ""))
        raise typer.Exit(1)
    _print(found, as_json)


def _like(name: str, gazetteer: Gazetteer) -> list[str]:
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    from geomap.text import fold_name

    names = list(gazetteer.names())
    return [
        found
        for found, _, _ in process.extract(
            fold_name(name), names, scorer=JaroWinkler.similarity, limit=3, score_cutoff=0.85
        )
    ]


def show_place(
    place_id: Annotated[str, typer.Argument(metavar="ID")], places: kinds.Places = None, as_json: _Json = False
) -> None:
    """Print all that is known of one place."""
    place = _gazetteer(places).get(place_id)
    if place is None:
        tell_error(f"{place_id}: no place of this id. Find it by name: geomap places find NAME.")
        raise typer.Exit(1)
    if as_json:
        emit_record(_record(place))
        return
    rows = [(name, _text(value)) for name, value in _record(place).items() if value not in (None, "", 0, {}, [], False)]
    emit_table(rows)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(part)}" for key, part in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _record(place: Place) -> dict[str, Any]:
    from geomap.places.provenance import properties_of
    from geomap.record import place_record

    return {
        **place_record(place),
        "feature_code": place.feature_code,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "population": place.population,
        "parents": list(place.parents),
        "needs_cue": place.needs_cue,
        "names": {language: list(names) for language, names in place.names.items()},
        "demonyms": {language: list(names) for language, names in place.demonyms.items()},
        "geometry": place.geometry["type"] if place.geometry else None,
        "evidence": place.evidence,
        **properties_of(place.provenance),
    }


def check_places(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="GeoJSON.  [default: the curated places]")
    ] = None,
) -> None:
    """Check files of places; exit code 1 where one is broken."""
    from geomap.errors import DataError
    from geomap.gazetteer import Gazetteer
    from geomap.paths import data_path

    broken = 0
    for path in files or [data_path("places.geojson")]:
        try:
            found = Gazetteer.from_file(path)
        except DataError as error:
            tell_error(str(error))
            broken += 1
        else:
            tell(f"{path}: {len(found)} places, {len(found.names())} names, nothing wrong")
    if broken:
        raise typer.Exit(1)


def _print(places: Iterable[Place], as_json: bool) -> None:
    from geomap.codebook import feature_of

    for place in places:
        if as_json:
            emit_record(_record(place))
            continue
        at, arabic = place.lonlat, place.label("ar")
        kind = feature_of(place.feature_code)
        emit(f"{place.id:<32} {place.name} · {arabic} · {kind} · {place.country or '—'} · {at.lat:.4f} {at.lon:.4f}")
