"""``places find, near, check, map``: what there is."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli import kinds
from geomap.cli import places as basic
from geomap.cli.talk import emit, emit_record, tell, tell_error
from geomap.errors import UsageError

if TYPE_CHECKING:
    from geomap.model import Place

_Json = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]


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

    found = find(gazetteer_of(places), name, limit)
    if not found:
        tell_error(f"{name}: no place of a name like this.")
        raise typer.Exit(1)
    for f in found:
        if as_json:
            emit_record({**brief(f.place), "score": round(f.score, 1), "spelling": f.spelling, "why": f.why})
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
    found = gazetteer_of(places).near(LonLat(lon, lat), max_km)
    for km, place in found:
        if as_json:
            emit_record({**brief(place), "km": round(km, 2)})
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
    divisions: Annotated[
        bool, typer.Option("--divisions", help="By country, how many places lack a second-level division, and why.")
    ] = False,
) -> None:
    """Check files of places; exit code 1 where something is wrong."""
    from geomap.paths import data_path

    curated = data_path("places.geojson")
    wrong = [_check(path, path.samefile(curated) if path.exists() else False, fix) for path in files or [curated]]
    if against:
        wrong.append(_compare(gazetteer_of(files), max_km))
    if divisions:
        _divisions(gazetteer_of(files))
    if any(wrong):
        raise typer.Exit(1)


def _divisions(places: Any) -> None:
    """List the countries with places that lack a second-level division."""
    from geomap.places.coverage import second_levels

    for row in second_levels(places):
        emit(f"{row.country}  {row.has:5,} of {row.able:5,}  {row.why}")
        if row.places:
            emit(f"    {', '.join(row.places)}")


def _check(path: Path, curated: bool, fix: bool) -> int:
    """Number of faults of one file."""
    from geomap.places.check import check_text
    from geomap.places.coverage import coverage
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
        for line in coverage(row.place for row in rows):
            tell(f"  {line}")
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


def map_places(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Page to write.")] = Path("places.html"),
    country: Annotated[str | None, typer.Option("--country", metavar="CC", help="Of this country alone.")] = None,
    places: kinds.Places = None,
) -> None:
    """Draw places on a page: names, how far they reach, areas and lines."""
    from geomap.places.page import page
    from geomap.places.writing import save_text

    shown = [p for p in gazetteer_of(places) if country is None or p.country == country.upper()]
    save_text(out, page(shown))
    tell(f"{out}: {len(shown)} places")


def gazetteer_of(files: list[Path] | None) -> Any:
    """The curated places with these files over them."""
    from geomap.settings import load_gazetteer

    return load_gazetteer(kinds.place_files(files))


def brief(place: Place) -> dict[str, Any]:
    """A place as JSON has it."""
    from geomap.record import place_record

    return place_record(place)
