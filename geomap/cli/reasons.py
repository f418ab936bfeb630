"""``explain``: an article or an incident with the reason for each decision, in colour on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from geomap.cli import kinds
from geomap.cli.talk import emit, tell_issue
from geomap.errors import InputError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from geomap.analysis import Analysis
    from geomap.explain import Line
    from geomap.settings import Analysts

_CODES = {
    "location": "1;32",
    "actor": "1;34",
    "nationality": "36",
    "background": "35",
    "claim": "4",
    "heading": "1",
    "strong": "1;33",
    "number": "1;33",
    "dim": "2",
}
_Within = Annotated[
    list[str] | None,
    typer.Option("--in", metavar="SOURCE", help="Where an id's articles are; may be given again.  [default: seeds]"),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(explain)


def explain(
    what: Annotated[
        str, typer.Argument(metavar="FILE|ID", help="An article, or the id of one, of a claim or of an incident.")
    ],
    within: _Within = None,
    published: kinds.Published = None,
    language: kinds.Language = None,
    places: kinds.Places = None,
    theatre: kinds.Theatre = "",
    colour: Annotated[
        Literal["auto", "always", "never"], typer.Option("--color", help="Whether to mark with colours.")
    ] = "auto",
) -> None:
    """An article or an incident with the reason for each decision, in colour on a terminal.

    Mentions are coloured by role (without colours: [location], {actor}, (nationality), <background>), claims numbered.
    """
    from geomap.settings import Analysts, Settings

    is_file = what == "-" or Path(what).exists()
    sources = [what] if is_file else within or ["seeds"]
    if not is_file and within is None and not Path("seeds").exists():
        raise UsageError(
            what, "no such file, and no folder seeds to look for this id in", "Name the articles with --in."
        )
    analysts = Analysts(Settings(kinds.place_files(places), theatre))
    analyses = list(_analyses(sources, published, language, analysts))
    painted = colour == "always" or (colour == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    lines = _all_articles(analyses) if is_file else _by_id(what, analyses)
    for line in lines:
        emit(_paint(line, painted))
    if not analyses:
        raise typer.Exit(1)


def _analyses(
    sources: list[str], published: date | None, language: str | None, analysts: Analysts
) -> Iterator[Analysis]:
    from geomap.model import Issue
    from geomap.pipeline import analyze
    from geomap.readers import read

    for item in analyze(read(*sources, published=published, language=language), analysts):
        if isinstance(item, Issue):
            tell_issue(item)
        else:
            yield item


def _all_articles(analyses: Iterable[Analysis]) -> Iterator[Line]:
    from geomap.explain import explain_article

    for number, analysis in enumerate(analyses):
        if number:
            yield ()
        yield from explain_article(analysis)


def _by_id(wanted: str, analyses: list[Analysis]) -> Iterator[Line]:
    """The article, or the incident of the claim, whose id this is or begins so."""
    from geomap.explain import explain_incident
    from geomap.merge import merge

    articles = [a for a in analyses if a.document.id == wanted or a.document.id.startswith(wanted + "_")]
    if articles:
        return _all_articles(articles)
    incidents = merge(claim for analysis in analyses for claim in analysis.claims)
    found = [i for i in incidents if len(wanted) >= 4 and any(c.id.startswith(wanted) for c in i.claims)]
    if not found:
        raise InputError(wanted, "no article, claim or incident of this id", "Name the articles it is from with --in.")
    if len(found) > 1:
        raise UsageError(wanted, f"several incidents ({', '.join(i.id for i in found)})", "Give more of the id.")
    return explain_incident(found[0], analyses)


def _paint(line: Line, painted: bool) -> str:
    from geomap.explain import MARKS

    shown = []
    for text, style in line:
        names = style.split()
        if painted and names:
            shown.append(f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m")
        elif names and names[0] in MARKS and text != names[0]:
            shown.append(f"{MARKS[names[0]][0]}{text}{MARKS[names[0]][1]}")
        else:
            shown.append(text)
    return "".join(shown)
