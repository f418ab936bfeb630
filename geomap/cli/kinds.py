"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer


def parse_date(text: str) -> date:
    """A day of the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"not a day of the calendar ({text!r}). Write it as YYYY-MM-DD.") from None


def parse_bbox(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees."""
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        raise typer.BadParameter(f"not four numbers ({text!r}). Write W,S,E,N in degrees.") from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise typer.BadParameter(f"no box on the Earth ({text!r}). Write W,S,E,N: longitudes, latitudes, in degrees.")
    return west, south, east, north


def parse_names(text: str) -> tuple[str, ...]:
    """Names divided by commas."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def parse_formats(text: str) -> tuple[str, ...]:
    """Names of formats divided by commas."""
    return parse_names(text.lower())


Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Files or folders of articles; - reads standard input.", show_default=False),
]
Published = Annotated[
    date | None,
    typer.Option(
        "--published", parser=parse_date, metavar="DATE", help="Date of the articles that do not tell theirs."
    ),
]
Language = Annotated[str | None, typer.Option("--language", metavar="CODE", help="Language of all articles.")]
Lang = Annotated[
    str, typer.Option("--lang", metavar="CODE", help="Language of pages and styles: a file of data/labels.")
]
Places = Annotated[
    list[Path] | None,
    typer.Option("--places", metavar="FILE", help="GeoJSON of places over the curated ones; may be given again."),
]
Theatre = Annotated[str, typer.Option("--theatre", metavar="NAME", help="Look for the parties of this conflict alone.")]
Geocode = Annotated[bool, typer.Option("--geocode", help="Ask a service for names that no gazetteer has.")]
Workers = Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Number of processes.")]
First = Annotated[
    date | None,
    typer.Option("--from", parser=parse_date, metavar="DATE", help="Leave out incidents before this day."),
]
Last = Annotated[
    date | None,
    typer.Option("--to", parser=parse_date, metavar="DATE", help="Leave out incidents after this day."),
]
Box = Annotated[
    Any,
    typer.Option(
        "--bbox", parser=parse_bbox, metavar="W,S,E,N", help="Leave out incidents outside this box (degrees)."
    ),
]
Types = Annotated[
    Any,
    typer.Option(
        "--type", parser=parse_names, metavar="NAMES",
        help="Leave out incidents of other types: ACLED's event types and sub-types, divided by commas.",
    ),
]  # fmt: skip
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, metavar="P", help="Leave out incidents of less confidence."),
]


def place_files(places: list[Path] | None) -> tuple[str, ...]:
    """The files of ``--places``, for settings."""
    return tuple(str(path) for path in places or ())
