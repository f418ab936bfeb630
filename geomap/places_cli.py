"""Commands of the curator: ``places`` near, missing, add, import, map, a closer find and check; and ``cache``.

``add_to(group)`` adds them to the group of ``geomap.cli.places``; ``app`` and ``cache`` are groups of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli import kinds
from geomap.cli import places as basic
from geomap.cli.talk import Progress, emit, emit_record, tell, tell_error, tell_issue
from geomap.errors import UsageError

if TYPE_CHECKING:
    from geomap.model import Document, Issue, Mention, Place
    from geomap.places.missing import Missing

_Json = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]
_File = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="File of places to write.  [default: the curated one]")
]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def add_to(group: typer.Typer) -> None:
    """Add the commands to the group of places, in place of those of the same name."""
    taken = {"find", "check"}
    group.registered_commands = [c for c in group.registered_commands if c.name not in taken]
    group.command("find", no_args_is_help=True)(find_place)
    group.command("near", no_args_is_help=True)(near_point)
    group.command("check")(check_places)
    group.command("missing", no_args_is_help=True)(missing_places)
    group.command("add")(add_place)
    group.command("import", no_args_is_help=True)(import_places)
    group.command("map")(map_places)


def find_place(
    name: Annotated[str, typer.Argument(metavar="NAME", help="In any language and spelling.")],
    like: Annotated[bool, typer.Option("--like", help="Names like it too, the closest first, and why.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="With --like, at most so many.")] = 10,
    places: kinds.Places = None,
    as_json: _Json = False,
) -> None:
    """Print places of a name, the most prominent first; exit code 1 where there is none."""
    if not like:
        basic.find_place(name, places, as_json)
        return
    from geomap.places.finding import find

    found = find(_gazetteer(places), name, limit)
    if not found:
        tell_error(f"{name}: no place of a name like this.")
        raise typer.Exit(1)
    for f in found:
        if as_json:
            emit_record({**_brief(f.place), "score": round(f.score, 1), "spelling": f.spelling, "why": f.why})
        else:
            emit(f"{f.score:5.1f}  {f.place.id:<32} {f.place.name} · {f.spelling} · {f.why}")


def near_point(
    point: Annotated[str, typer.Argument(metavar="LAT,LON", help="Degrees.")],
    max_km: Annotated[float, typer.Option("--km", min=0.0, metavar="KM", help="Within so many kilometres.")] = 25.0,
    places: kinds.Places = None,
    as_json: _Json = False,
) -> None:
    """Print places around a point, the nearest first; exit code 1 where there is none."""
    from geomap.geo import LonLat

    try:
        lat, lon = map(float, point.split(","))
    except ValueError:
        raise UsageError("LAT,LON", f"not two numbers ({point!r})", "Latitude first: 39.8265,46.7656.") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise UsageError("LAT,LON", f"off the Earth ({point!r})", "Latitude first, in degrees.")
    found = _gazetteer(places).near(LonLat(lon, lat), max_km)
    for km, place in found:
        if as_json:
            emit_record({**_brief(place), "km": round(km, 2)})
        else:
            emit(f"{km:7.1f} km  {place.id:<32} {place.name} · {place.label('ar')}")
    if not found:
        raise typer.Exit(1)


def check_places(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="GeoJSON.  [default: the curated places]")
    ] = None,
    against: Annotated[
        bool, typer.Option("--against", help="Compare points with the offline names'; list what is far apart.")
    ] = False,
    max_km: Annotated[float, typer.Option("--km", min=0.0, metavar="KM", help="With --against: farther than.")] = 10.0,
    fix: Annotated[bool, typer.Option("--fix", help="Sort the lines and write each in the usual order.")] = False,
) -> None:
    """Check files of places; exit code 1 where something is wrong."""
    from geomap.paths import data_path

    curated = data_path("places.geojson")
    wrong = [_check(path, path.samefile(curated) if path.exists() else False, fix) for path in files or [curated]]
    if against:
        wrong.append(_compare(_gazetteer(files), max_km))
    if any(wrong):
        raise typer.Exit(1)


def _check(path: Path, curated: bool, fix: bool) -> int:
    """Number of faults of one file."""
    from geomap.places.check import check_text
    from geomap.places.index import index_of
    from geomap.places.reading import read_rows, read_text
    from geomap.places.writing import save

    if fix:
        save(path, [row.feature for row in read_rows(path)])
    rows, faults = check_text(str(path), read_text(path), curated)
    for fault in faults:
        tell_error(f"{fault.where}: {fault.message}. {fault.hint}")
    if not faults:
        names = len(index_of(row.place for row in rows).by_name)
        tell(f"{path}: {len(rows)} places, {names} names, nothing wrong")
    return len(faults)


def _compare(places: Any, max_km: float) -> int:
    """Number of places whose point lies far from that of the offline names."""
    offline = import_module("geomap.geocoder.offline").OfflineNames()
    compared = import_module("geomap.geocoder.against").compare(places, offline)
    far = [c for c in compared if c.km > max_km]
    for c in far:
        emit(
            f"{c.km:7.1f} km  {c.place.id:<32} {c.place.name} · GeoNames {c.town.geoname_id} {c.town.name} (by {c.by})"
        )
    tell(f"{len(compared)} places compared, {len(far)} farther than {max_km:g} km apart")
    return len(far)


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
                result = item if _is_issue(item) else analysts.analyze(item)  # type: ignore[arg-type]
                if _is_issue(result):
                    tell_issue(result)  # type: ignore[arg-type]
                    continue
                progress.step()
                yield result.document, result.mentions  # type: ignore[union-attr]

    found = missing(analysed())
    for issue in analysts.geocoder.issues if analysts.geocoder else ():
        tell_issue(issue)
    return found


def _is_issue(value: object) -> bool:
    from geomap.model import Issue

    return isinstance(value, Issue)


def _show(entry: Missing, as_json: bool) -> None:
    if as_json:
        emit_record(
            {
                "name": entry.name,
                "count": entry.count,
                "articles": sorted(entry.articles),
                "why": entry.why,
                "place": {**_brief(entry.place), "origin": entry.place.origin} if entry.place else None,
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
    file: _File = None,
    yes: _Yes = False,
) -> None:
    """Add a place to a file, or those that articles name and the fallback knows, if the file then passes the check."""
    if from_missing:
        chosen = _from_missing(from_missing, name, geocode, theatre, file, yes)
    else:
        given = _given(name, point, country, code, radius_km, names or [], needs_cue, evidence)
        emit_record(_brief(given))
        chosen = [given] if yes or typer.confirm("Add it?", err=True) else []
    _add(chosen, _target(file))


def _from_missing(
    sources: list[str], name: str, geocode: bool, theatre: str, file: Path | None, yes: bool
) -> list[Place]:
    """Places of the fallback that the user wants, each with an id of its own."""
    from geomap.places.adding import curated, known_under
    from geomap.text import fold_name

    layers = [file] if file is not None and file.exists() else None
    gazetteer = _gazetteer(layers)
    chosen: list[Place] = []
    for entry in _missing(sources, theatre, layers, geocode, True, None, None):
        if entry.place is None or name and fold_name(name) != fold_name(entry.name):
            continue
        _show(entry, as_json=False)
        near = known_under(entry.place, gazetteer)
        if near is not None:
            tell(f"{near.id} ({near.name}) lies there: give it the name {entry.name!r} instead. Skipped.")
        elif yes or typer.confirm(f"Add {entry.place.name} under the name {entry.name}?", err=True):
            chosen.append(curated(entry.place, gazetteer, entry.name, "ar" if _is_arabic(entry.name) else "en"))
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
    place_id = slug(name, country or None, _gazetteer(None).places)
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


def map_places(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Page to write.")] = Path("places.html"),
    country: Annotated[str | None, typer.Option("--country", metavar="CC", help="Of this country alone.")] = None,
    places: kinds.Places = None,
) -> None:
    """Draw places on a page: names, how far they reach, areas and lines."""
    from geomap.places.page import page
    from geomap.places.writing import save_text

    shown = [p for p in _gazetteer(places) if country is None or p.country == country.upper()]
    save_text(out, page(shown))
    tell(f"{out}: {len(shown)} places")


def _stop_on(faults: list[Issue]) -> None:
    for fault in faults:
        tell_error(f"{fault.where}: {fault.message}. {fault.hint}")
    if faults:
        tell_error("nothing was written.")
        raise typer.Exit(1)


def _gazetteer(files: list[Path] | None) -> Any:
    from geomap.settings import load_gazetteer

    return load_gazetteer(kinds.place_files(files))


def _target(file: Path | None) -> Path:
    from geomap.paths import data_path

    return file or data_path("places.geojson")


def _brief(place: Place) -> dict[str, Any]:
    from geomap.record import place_record

    return place_record(place)


cache = typer.Typer(help="What geocoding services answered: show, clear.", no_args_is_help=True)


@cache.command("show")
def show_cache(as_json: _Json = False) -> None:
    """Print answers and refusals of services, the newest first."""
    answers = import_module("geomap.geocoder.kept").Answers()
    count = 0
    for kept in answers:
        count += 1
        if as_json:
            place = _brief(kept.place) if kept.place else None
            emit_record({**kept._asdict(), "place": place})
        else:
            at = (
                f"{kept.place.name} {kept.place.lonlat.lat:.4f},{kept.place.lonlat.lon:.4f}"
                if kept.place
                else "refused"
            )
            emit(f"{kept.asked_at}  {kept.service:<40} {kept.name} · {at} · {kept.reason}")
    tell(f"{answers.path}: {count} answers")
    answers.close()


@cache.command("clear")
def clear_cache(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Answers to this name alone.")] = "",
) -> None:
    """Forget answers of services."""
    from geomap.text import fold_name

    answers = import_module("geomap.geocoder.kept").Answers()
    tell(f"{answers.path}: {answers.clear(fold_name(name) if name else '')} answers forgotten")
    answers.close()


app = typer.Typer(help="The gazetteer: list, find, show, check and extend places.", no_args_is_help=True)
app.command("list")(basic.list_places)
app.command("show", no_args_is_help=True)(basic.show_place)
add_to(app)
