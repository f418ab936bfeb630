"""``export``: incidents to one file of any format, or to a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli import kinds
from geomap.cli.talk import Progress, tell
from geomap.errors import InputError, UsageError

if TYPE_CHECKING:
    from geomap.model import Incident
    from geomap.selection import Selection
    from geomap.writers import Format

_Day = Annotated[
    date | None, typer.Option("--day", parser=kinds.parse_date, metavar="DATE", help="Incidents of this day alone.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(export)


def export(
    source: Annotated[
        str, typer.Argument(metavar="SRC", help="A folder that map wrote, or lines of merge; - reads standard input.")
    ],
    target: Annotated[
        str, typer.Argument(metavar="DST", help="A file whose suffix names the format, or postgresql://USER@HOST/NAME.")
    ],
    format_name: Annotated[
        str | None, typer.Option("-f", "--format", metavar="NAME", help="The format, where the suffix does not tell.")
    ] = None,
    hxl: Annotated[bool, typer.Option("--hxl", help="Add a row of HXL tags (csv, acled, ucdp).")] = False,
    day: _Day = None,
    first: kinds.First = None,
    last: kinds.Last = None,
    bbox: kinds.Box = None,
    types: kinds.Types = None,
    min_confidence: kinds.MinConfidence = 0.0,
    lang: kinds.Lang = "ar",
    places: kinds.Places = None,
) -> None:
    """Incidents to a file of any format, or to PostGIS."""
    from geomap.dictionary import words
    from geomap.selection import Selection
    from geomap.writers import write

    chosen = _format(target, format_name, hxl)
    words(lang)
    selection = Selection(day, first, last, bbox, types or (), min_confidence)
    selection.check()
    incidents = _read(source, places)
    kept = _selected(incidents, selection)
    options: dict[str, Any] = {"hxl": True} if hxl and chosen.tagged else {}
    with Progress(f"of {len(kept)} incidents written") as progress:
        where = target if chosen.name == "postgis" else Path(target)
        written = write(_watched(kept, progress), where, chosen.name, language=lang, **options)
    if incidents and not kept:
        tell(f"warning: {written}: none of the {len(incidents)} incidents is wanted. Ask for more of them.")
    tell(f"wrote {written} ({len(kept)} of {len(incidents)} incidents)", 1)


def _format(target: str, name: str | None, hxl: bool) -> Format:
    """The format asked for, before any work is done for it."""
    from geomap.writers import FORMATS, format_of

    if name is None:
        chosen = format_of(target)
    elif name in FORMATS:
        chosen = FORMATS[name]
    else:
        raise UsageError("-f", f"no such format ({name!r})", f"One of {', '.join(FORMATS)}.")
    if ("://" in target) != (chosen.name == "postgis"):
        wanted = "postgresql://USER@HOST/NAME" if chosen.name == "postgis" else "the name of a file"
        raise UsageError("DST", f"no place for {chosen.name} ({target.partition('://')[0]!r})", f"Give {wanted}.")
    if hxl and not (chosen.tagged or chosen.name == "hxl"):
        tagged = ", ".join(f.name for f in FORMATS.values() if f.tagged)
        raise UsageError("--hxl", f"no row of tags in this format ({chosen.name})", f"Only {tagged} have one.")
    chosen.writer()
    return chosen


def _read(source: str, places: list[Path] | None) -> list[Incident]:
    from geomap.records import read_incidents
    from geomap.settings import load_gazetteer

    gazetteer = load_gazetteer(kinds.place_files(places))
    incidents = []
    with Progress("incidents read") as progress:
        for incident in read_incidents(source, gazetteer):
            incidents.append(incident)
            progress.step()
    unknown = {w.place.id for i in incidents for w in i.places if not w.place.names and not gazetteer.get(w.place.id)}
    if unknown:
        some = ", ".join(sorted(unknown)[:3]) + (" …" if len(unknown) > 3 else "")
        what = f"{len(unknown)} place{'s' * (len(unknown) > 1)} without names or outlines ({some})"
        tell(f"warning: {source}: {what}. Give the files that `geomap map` had with --places.")
    return incidents


def _selected(incidents: list[Incident], selection: Selection) -> list[Incident]:
    from geomap.days import by_day, listed

    kept = selection.of(incidents)
    if selection.day and not kept:
        days = by_day(replace(selection, day=None).of(incidents))[0]
        what = f"no incident on this day ({selection.day})"
        raise InputError("--day", what, f"Days with incidents: {listed(days)}.")
    return kept


def _watched(incidents: list[Incident], progress: Progress) -> Sequence[Incident]:
    """The incidents, counted as they are written where somebody looks."""
    from geomap.cli.watching import Watched

    return Watched(incidents, progress) if progress.shown else incidents
