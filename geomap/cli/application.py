"""The application: global options, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from geomap.cli import data, export, maps, pictures, places, quality, reasons, steps
from geomap.cli.talk import set_loudness, tell_error
from geomap.errors import GeomapError, UsageError

FAILED, USAGE, INTERRUPTED = 1, 2, 130


class _Group(TyperGroup):
    """Turns what a command raises into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            tell_error(str(error))
            raise typer.Exit(USAGE) from None
        except GeomapError as error:
            tell_error(str(error))
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            tell_error("interrupted: nothing was changed.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # whoever read the output wants no more of it; what Python would flush at exit has nowhere to go
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(FAILED) from None


app = typer.Typer(
    name="geomap",
    cls=_Group,
    help="Reads news about armed conflict, and puts who did what, where and when on one map per day.",
    epilog="Exit codes: 0 done, 1 failed and nothing written (check found something, find nothing), 2 usage, "
    "3 written with issues under --strict, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("geomap")
        except PackageNotFoundError:
            number = "(not installed)"
        print(f"geomap {number}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[  # noqa: ARG001 -- its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="Tell more, -vv all.")] = 0,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Tell errors only.")] = False,
) -> None:
    """Global options."""
    set_loudness(-1 if quiet else verbose)


maps.add_to(app)
pictures.add_to(app)
steps.add_to(app)
export.add_to(app)
reasons.add_to(app)
places.add_to(app)
data.add_to(app)
quality.add_to(app)
