"""``cache show, clear``: what geocoding services answered."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from geomap.cli.talk import emit, emit_record, tell
from geomap.places_cli.looking import brief

_Json = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]

cache = typer.Typer(help="What geocoding services answered: show, clear.", no_args_is_help=True)


@cache.command("show")
def show_cache(as_json: _Json = False) -> None:
    """Print answers and refusals of services, the newest first."""
    answers = import_module("geomap.geocoder.kept").Answers()
    count = 0
    for kept in answers:
        count += 1
        if as_json:
            place = brief(kept.place) if kept.place else None
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
