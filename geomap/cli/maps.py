"""``map``: articles in, maps out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from geomap.cli import kinds
from geomap.cli.talk import Progress, emit_table, loudness, tell, tell_issue

if TYPE_CHECKING:
    from geomap.pipeline import Report

WITH_ISSUES = 3
_Day = Annotated[
    date | None,
    typer.Option("--day", parser=kinds.parse_date, metavar="DATE", help="Write this day's page alone; leave the rest."),
]
_Formats = Annotated[
    Any,
    typer.Option(
        "-f", "--formats", parser=kinds.parse_formats, metavar="NAMES",
        help="What to write, divided by commas.  [default: html,geojson,gpkg,csv,jsonl; with --day: html]",
    ),
]  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map", no_args_is_help=True)(map_articles)


def map_articles(
    sources: kinds.Sources,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="The folder to write to.")] = Path("maps"),
    formats: _Formats = None,
    day: _Day = None,
    first: kinds.First = None,
    last: kinds.Last = None,
    bbox: kinds.Box = None,
    types: kinds.Types = None,
    min_confidence: kinds.MinConfidence = 0.0,
    places: kinds.Places = None,
    theatre: kinds.Theatre = "",
    geocode: kinds.Geocode = False,
    published: kinds.Published = None,
    language: kinds.Language = None,
    lang: kinds.Lang = "ar",
    assets: Annotated[
        Literal["inline", "shared"],
        typer.Option("--assets", help="Scripts in each page, or shared by all in one folder."),
    ] = "inline",
    tiles: Annotated[
        str | None,
        typer.Option("--tiles", metavar="PROVIDER", help="Load map images from this provider of xyzservices."),
    ] = None,
    no_disputed: Annotated[
        bool, typer.Option("--no-disputed", help="Draw no disputed borders, fronts and ceasefire lines.")
    ] = False,
    lines: Annotated[
        Path | None, typer.Option("--lines", metavar="FILE", help="GeoJSON of such lines to draw in place of geomap's.")
    ] = None,
    workers: kinds.Workers = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 where there are warnings or errors.")] = False,
    dry_run: Annotated[bool, typer.Option("-n", "--dry-run", help="Do all but write.")] = False,
) -> None:
    """Articles in, one map per day out, with tables and a list of issues."""
    from geomap.pipeline import levels, run

    with Progress("articles") as progress:
        report = run(
            sources, out, progress=progress.step,
            formats=formats or (), day=day, first=first, last=last, bbox=bbox, types=types or (),
            min_confidence=min_confidence,
            places=kinds.place_files(places), theatre=theatre, geocode=geocode, published=published, language=language,
            lang=lang, assets=assets, tiles=tiles, disputed=not no_disputed, lines=str(lines or ""), workers=workers,
            dry_run=dry_run,
        )  # fmt: skip
    for issue in report.issues:
        tell_issue(issue)
    if loudness() >= 0:
        emit_table(_table(report, out, dry_run))
    for path in report.changed:
        tell(f"wrote {path}", 1)
    for path in report.removed:
        tell(f"removed {path}", 1)
    found = levels(report.issues)
    if strict and found["warning"] + found["error"]:
        raise typer.Exit(WITH_ISSUES)


def _table(report: Report, out: Path, dry_run: bool) -> list[tuple[str, str]]:
    from geomap.pipeline import levels

    rows = [("articles", str(report.articles)), ("mentions", str(report.mentions)), ("claims", str(len(report.claims)))]
    rows.append(("incidents", str(len(report.incidents))))
    rows += [(f"  {day}", str(len(found))) for day, found in report.days.items()]
    if report.undated:
        rows.append(("  no single day", str(len(report.undated))))
    names = list(dict.fromkeys(mention.text for mention in report.unresolved))
    shown = ": " + ", ".join(names[:5]) + (" …" if len(names) > 5 else "") if names else ""
    rows.append(("unresolved", f"{len(names)} name{'s' * (len(names) != 1)}{shown}"))
    counts = levels(report.issues)
    told = ", ".join(
        f"{counts[level]} {level}{'s' * (counts[level] != 1)}"
        for level in ("error", "warning", "info")
        if counts[level]
    )
    rows.append(("issues", told or "none"))
    gone = f", {len(report.removed)} removed" if report.removed else ""
    files = "none (dry run)" if dry_run else f"{len(report.files)} in {out}, {len(report.changed)} changed{gone}"
    return [*rows, ("files", files)]
