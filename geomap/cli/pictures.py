"""``png``: a picture of a day's page, for a mail or a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from geomap.cli import kinds
from geomap.cli.talk import tell
from geomap.errors import InputError


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("png", no_args_is_help=True)(picture)


def picture(
    day: Annotated[
        date, typer.Argument(parser=kinds.parse_date, metavar="DAY", help="The day of the page.", show_default=False)
    ],
    maps: Annotated[Path, typer.Option("-m", "--maps", metavar="DIR", help="The folder of the pages.")] = Path("maps"),
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="The picture.  [default: DAY.png beside the page]"),
    ] = None,
    width: Annotated[int, typer.Option("--width", min=320, max=8000, metavar="PIXELS", help="How wide.")] = 1280,
    height: Annotated[int, typer.Option("--height", min=320, max=8000, metavar="PIXELS", help="How high.")] = 800,
) -> None:
    """A picture of a day's page, by Chromium where it is installed."""
    from geomap.writers.html.picture import write_png

    page = maps / f"{day}.html"
    if not page.is_file():
        days = sorted(path.stem for path in maps.glob("????-??-??.html"))
        known = f"There are {', '.join(days[-5:])}." if days else "Run `geomap map` first."
        raise InputError(str(page), f"no page of this day ({day})", known)
    tell(f"wrote {write_png(page, out or page.with_suffix('.png'), width=width, height=height)}")
