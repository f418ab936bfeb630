"""The steps of ``map`` one by one, JSON lines in and out: ``read | geoparse | extract | merge``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from geomap.cli import kinds
from geomap.cli.talk import Progress, emit_record, tell_issue

if TYPE_CHECKING:
    from datetime import date

    from geomap.analysis import Analysis
    from geomap.model import Issue

Kept = TypeVar("Kept")
_Records = Annotated[list[str], typer.Argument(metavar="RECORDS", help="JSON lines; - reads standard input.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (read, geoparse, extract, merge):
        app.command(no_args_is_help=True)(command)


def read(sources: kinds.Sources, published: kinds.Published = None, language: kinds.Language = None) -> None:
    """Articles as JSON lines: text, date of publication, language."""
    from geomap.readers import document_record
    from geomap.readers import read as read_articles

    for document in _told(read_articles(*sources, published=published, language=language)):
        emit_record(document_record(document))


def geoparse(
    sources: kinds.Sources,
    published: kinds.Published = None,
    language: kinds.Language = None,
    places: kinds.Places = None,
    theatre: kinds.Theatre = "",
    geocode: kinds.Geocode = False,
    workers: kinds.Workers = 1,
) -> None:
    """Articles with their place names: span, role, place and reasons."""
    from geomap.record import mentions_record

    settings = {"places": kinds.place_files(places), "theatre": theatre, "geocode": geocode}
    _analyze(sources, published, language, settings, workers, mentions_record)


def extract(
    sources: kinds.Sources,
    published: kinds.Published = None,
    language: kinds.Language = None,
    places: kinds.Places = None,
    theatre: kinds.Theatre = "",
    geocode: kinds.Geocode = False,
    workers: kinds.Workers = 1,
) -> None:
    """Articles with their place names and claims: what happened, where, when, who says so."""
    from geomap.record import document_record

    settings = {"places": kinds.place_files(places), "theatre": theatre, "geocode": geocode}
    _analyze(sources, published, language, settings, workers, document_record)


def _analyze(
    sources: list[str],
    published: date | None,
    language: str | None,
    settings: dict[str, Any],
    workers: int,
    record: Callable[[Analysis], dict[str, Any]],
) -> None:
    from geomap.pipeline import analyze
    from geomap.readers import read as read_articles
    from geomap.settings import Analysts, Settings

    items = read_articles(*sources, published=published, language=language)
    analysts = Analysts(Settings(**settings))
    with Progress("articles") as progress:
        for analysis in _told(analyze(items, analysts, workers)):
            progress.step()
            emit_record(record(analysis))


def _told(items: Iterable[Kept | Issue]) -> Iterator[Kept]:
    """The items that are no issues; those are told."""
    from geomap.model import Issue

    for item in items:
        if isinstance(item, Issue):
            tell_issue(item)
        else:
            yield item


def merge(
    records: _Records,
    max_km: Annotated[float, typer.Option("--max-km", min=0.0, help="Two points may lie so far apart (km).")] = 5.0,
    max_days: Annotated[int, typer.Option("--max-days", min=0, help="Two dates may lie so far apart (days).")] = 1,
    places: kinds.Places = None,
) -> None:
    """Incidents from the lines of extract: the claims on one event put together."""
    from geomap.merge import MergeRule
    from geomap.merge import merge as merge_claims
    from geomap.record import incident_record
    from geomap.records import read_claims
    from geomap.settings import load_gazetteer

    gazetteer = load_gazetteer(kinds.place_files(places))
    claims = [claim for source in records for claim in read_claims(source, gazetteer)]
    for incident in merge_claims(claims, MergeRule(max_km=max_km, max_days=max_days)):
        emit_record(incident_record(incident))
