"""``places missing, add, import``: what there should be."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli import kinds
from geomap.cli.talk import Progress, emit, emit_record, tell, tell_error, tell_issue
from geomap.errors import UsageError
from geomap.places_cli.looking import brief, gazetteer_of

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.model import Document, Issue, Mention, Place
    from geomap.places.missing import Missing

_Json = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]
_File = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="File of places to write.  [default: the curated one]")
]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def missing_places(
    sources: kinds.Sources,
    geocode: kinds.Geocode = False,
    offline: Annotated[bool, typer.Option("--offline/--no-offline", help="Look in the offline names too.")] = True,
    theatre: kinds.Theatre = "",
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many names.")] = 100,
    published: kinds.Published = None,
    language: kinds.Language = None,
    places: kinds.Places = None,
    as_json: _Json = False,
) -> None:
    """Print names that no gazetteer has, or only the fallback, the most frequent first, with quotes."""
    found = _missing(sources, theatre, places, geocode, offline, published, language)
    for entry in found[:limit]:
        _show(entry, as_json)
    tell(f"{len(found)} names are missing" if found else "no name is missing")


def _missing(
    sources: list[str],
    theatre: str,
    places: list[Path] | None,
    geocode: bool,
    offline: bool,
    published: Any,
    language: Any,
) -> list[Missing]:
    from geomap.model import Issue
    from geomap.places.missing import missing
    from geomap.readers import read
    from geomap.settings import Analysts, Settings
    from geomap.theatre import theatres

    analysts = Analysts(Settings(kinds.place_files(places), theatre))
    geocoder = import_module("geomap.geocoder")
    analysts.geocoder = (
        geocoder.open_geocoder(theatres().get(theatre), gazetteer=analysts.gazetteer, offline=offline)
        if geocode
        else geocoder.fallback_for(gazetteer=analysts.gazetteer, offline=offline)
    )

    def analysed() -> Iterator[tuple[Document, tuple[Mention, ...]]]:
        with Progress("articles") as progress:
            for item in read(*sources, published=published, language=language):
                result = item if isinstance(item, Issue) else analysts.analyze(item)
                if isinstance(result, Issue):
                    tell_issue(result)
                    continue
                progress.step()
                yield result.document, result.mentions

    found = missing(analysed())
    for issue in analysts.geocoder.issues if analysts.geocoder else ():
        tell_issue(issue)
    return found


def _show(entry: Missing, as_json: bool) -> None:
    if as_json:
        emit_record(
            {
                "name": entry.name,
                "count": entry.count,
                "articles": sorted(entry.articles),
                "why": entry.why,
                "place": {**brief(entry.place), "origin": entry.place.origin} if entry.place else None,
                "quotes": entry.quotes,
            }
        )
        return
    at = f" · {entry.place.name} {entry.place.lonlat.lat:.4f},{entry.place.lonlat.lon:.4f}" if entry.place else ""
    emit(f"{entry.count:5}  {entry.name} · {entry.why}{at}")
    for quote in entry.quotes:
        emit(f"       {quote}")


def add_place(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="English name; with --from-missing, of the articles.")
    ] = "",
    point: Annotated[str, typer.Option("--at", metavar="LAT,LON", help="Degrees.")] = "",
    country: Annotated[str, typer.Option("--country", metavar="CC", help="ISO 3166 code.")] = "",
    code: Annotated[str, typer.Option("--code", metavar="CODE", help="GeoNames feature code.")] = "PPL",
    radius_km: Annotated[float, typer.Option("--radius", metavar="KM", help="How far the name reaches.")] = 2.0,
    names: Annotated[
        list[str] | None, typer.Option("--name", metavar="LANG=NAME", help="A name; may be given again.")
    ] = None,
    needs_cue: Annotated[bool, typer.Option("--needs-cue", help="The name misleads alone.")] = False,
    evidence: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where the point is from.")] = "",
    from_missing: Annotated[
        list[str] | None, typer.Option("--from-missing", metavar="SOURCE", help="Names that the fallback found there.")
    ] = None,
    geocode: kinds.Geocode = False,
    theatre: kinds.Theatre = "",
    published: kinds.Published = None,
    language: kinds.Language = None,
    file: _File = None,
    yes: _Yes = False,
) -> None:
    """Add a place to a file, or those that articles name and the fallback knows, if the file then passes the check."""
    if from_missing:
        layers = [file] if file is not None and file.exists() else None
        found = _missing(from_missing, theatre, layers, geocode, True, published, language)
        chosen = _wanted(found, gazetteer_of(layers), name, yes)
    else:
        given = _given(name, point, country, code, radius_km, names or [], needs_cue, evidence)
        emit_record(brief(given))
        chosen = [given] if yes or typer.confirm("Add it?", err=True) else []
    _add(chosen, _target(file))


def _wanted(found: list[Missing], gazetteer: Gazetteer, name: str, yes: bool) -> list[Place]:
    """Places of the fallback that the user wants, each with an id of its own."""
    from geomap.places.adding import curated, known_under
    from geomap.text import fold_name

    chosen: list[Place] = []
    for entry in found:
        if entry.place is None or name and fold_name(name) != fold_name(entry.name):
            continue
        _show(entry, as_json=False)
        near = known_under(entry.place, gazetteer)
        if near is not None:
            tell(f"{near.id} ({near.name}) lies there: give it the name {entry.name!r} instead. Skipped.")
        elif yes or typer.confirm(f"Add {entry.place.name} under the name {entry.name}?", err=True):
            taken = {*gazetteer.places, *(place.id for place in chosen)}
            chosen.append(curated(entry.place, taken, entry.name, "ar" if _is_arabic(entry.name) else "en"))
    return chosen


def _is_arabic(name: str) -> bool:
    from geomap.places.spelling import script_of

    return script_of(name) == "Arabic"


def _given(
    name: str, point: str, country: str, code: str, radius_km: float, names: list[str], needs_cue: bool, evidence: str
) -> Place:
    from geomap.places.adding import slug
    from geomap.places.reading import place_of

    if not name or not point:
        raise UsageError("places add", "no name or no --at", "places add NAME --at LAT,LON --country CC --name ar=…")
    spelt: dict[str, list[str]] = {"en": [name]}
    for pair in names:
        language, _, spelling = pair.partition("=")
        spelt.setdefault(language, []).append(spelling)
    try:
        lat, lon = map(float, point.split(","))
    except ValueError:
        raise UsageError("--at", f"not two numbers ({point!r})", "Latitude first: 39.8265,46.7656.") from None
    properties = {
        "name": name, "feature_code": code, "country": country.upper() or None, "radius_km": radius_km,
        "names": spelt, "needs_cue": needs_cue, "source": evidence or "added by hand, one source",
    }  # fmt: skip
    place_id = slug(name, country or None, gazetteer_of(None).places)
    return place_of(
        "places add",
        {"id": place_id, "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties},
    )


def _add(places: list[Place], path: Path) -> None:
    from geomap.places.adding import add_to_file

    if not places:
        tell("nothing added")
        return
    _stop_on(add_to_file(path, places))
    for place in places:
        tell(f"{path}: added {place.id} ({place.name})")


def import_places(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="GeoNames dump (.txt), .csv or .geojson.")],
    write: Annotated[bool, typer.Option("--write", help="Write; without it, only tell what would change.")] = False,
    file: _File = None,
) -> None:
    """Merge places of another source by id and distance; report conflicts."""
    from geomap.gazetteer import Gazetteer
    from geomap.places.check import check_text
    from geomap.places.importing import read_places
    from geomap.places.merging import merge
    from geomap.places.reading import read_rows
    from geomap.places.writing import feature_of_place, save, text_of

    path = _target(file)
    rows = list(read_rows(path)) if path.exists() else []
    merged = merge(Gazetteer({row.place.id: row.place for row in rows}), read_places(source))
    for conflict in merged.conflicts:
        tell_issue(conflict)
    for verb, places in (("change", merged.changed), ("add", merged.added)):
        for place in places.values():
            emit(f"{verb:<6}  {place.id:<32} {place.name} · {place.lonlat.lat:.4f} {place.lonlat.lon:.4f}")
    told = f"{len(merged.added)} new, {len(merged.changed)} changed, {merged.same} as they are"
    told += f", {len(merged.conflicts)} in conflict" if merged.conflicts else ""
    features = [feature_of_place(merged.changed.get(row.place.id, row.place)) for row in rows]
    features += [feature_of_place(place) for place in merged.added.values()]
    _, faults = check_text(str(path), text_of(features), curated=False)
    _stop_on(faults)
    if write:
        save(path, features)
    tell(told if write else f"{told}; nothing written without --write")


def _stop_on(faults: list[Issue]) -> None:
    for fault in faults:
        tell_error(f"{fault.where}: {fault.message}. {fault.hint}")
    if faults:
        tell_error("nothing was written.")
        raise typer.Exit(1)


def _target(file: Path | None) -> Path:
    from geomap.paths import data_path

    return file or data_path("places.geojson")
