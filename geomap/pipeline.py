"""The wiring: articles -> claims -> incidents -> files. The only module that knows the order of the steps."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from geomap.analysis import Analysis
from geomap.days import by_day, days_of
from geomap.errors import InputError, OutputError, UsageError
from geomap.geo import LonLat
from geomap.merge import MergeRule, merge
from geomap.model import Claim, Document, Incident, Issue, Mention
from geomap.readers import read
from geomap.settings import Analysts, Settings
from geomap.staging import Staging, staged
from geomap.text import fold_name
from geomap.undated import Undated
from geomap.workers import analyze_all
from geomap.writers import FORMATS, write

Sources = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
#: What a full run writes, and what a run for one day does.
DEFAULT_FORMATS = ("html", "geojson", "gpkg", "csv")
DAY_FORMATS = ("html",)


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may be told.

    Parameters
    ----------
    formats : tuple of str
        ``html`` or names of ``geomap.writers.FORMATS``; none for the usual ones.
    day : date, optional
        Write this day's page (and files of the formats named) alone; the rest of the folder stays as it is.
    first, last : date, optional
        Leave out incidents of other days.
    bbox : tuple of four floats, optional
        West, south, east, north in degrees: leave out incidents without a place in it.
    places, theatre, geocode
        See ``Settings``.
    published : date, optional
        Date of articles that do not tell theirs.
    language : str, optional
        Language of all articles.
    lang : str
        Language of the pages and of names in styles.
    min_confidence : float
        Leave out incidents of less confidence.
    workers : int
        Number of processes.
    rule : MergeRule
        What makes two claims one event.
    assets : {'inline', 'shared'}
        Whether each page carries its scripts, or all share the folder ``assets``.
    tiles : str, optional
        An xyzservices provider to load map images from.
    dry_run : bool
        Do all but write.
    """

    formats: tuple[str, ...] = ()
    day: date | None = None
    first: date | None = None
    last: date | None = None
    bbox: tuple[float, float, float, float] | None = None
    places: tuple[str, ...] = ()
    theatre: str = ""
    geocode: bool = False
    published: date | None = None
    language: str | None = None
    lang: str = "ar"
    min_confidence: float = 0.0
    workers: int = 1
    rule: MergeRule = field(default_factory=MergeRule)
    assets: Literal["inline", "shared"] = "inline"
    tiles: str | None = None
    dry_run: bool = False

    @property
    def settings(self) -> Settings:
        """What analysis depends on."""
        return Settings(self.places, self.theatre, self.geocode)

    @property
    def chosen_formats(self) -> tuple[str, ...]:
        """The formats to write."""
        return self.formats or (DAY_FORMATS if self.day else DEFAULT_FORMATS)


@dataclass(slots=True)
class Gathered:
    """What the articles say, before merging."""

    articles: int = 0
    mentions: int = 0
    claims: list[Claim] = field(default_factory=list)
    unresolved: list[Mention] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found and wrote.

    ``files`` are all outputs of the run, ``changed`` those whose bytes are new; under ``dry_run`` there are none.
    """

    articles: int
    mentions: int
    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    days: Mapping[date, Sequence[Incident]]
    undated: tuple[Incident, ...]
    unresolved: tuple[Mention, ...]
    issues: tuple[Issue, ...]
    files: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()


def paths_of(sources: Sources) -> tuple[str | os.PathLike[str], ...]:
    """One source or several as several."""
    return (sources,) if isinstance(sources, str | os.PathLike) else tuple(sources)


def analyze(items: Iterable[Document | Issue], analysts: Analysts, workers: int = 1) -> Iterator[Analysis | Issue]:
    """Analyses of articles, undated ones last, dated by the others where that is sure."""
    undated = Undated(analysts.analyze)
    return undated.settle(analyze_all(undated.hold(items), analysts, workers))


def gather(
    sources: Sources, options: Options, analysts: Analysts, progress: Callable[[Analysis], None] | None = None
) -> Gathered:
    """Read and analyse all articles.

    Raises
    ------
    InputError
        Where a source does not exist, or none holds an article.
    """
    paths = paths_of(sources)
    found = Gathered()
    items = read(*paths, published=options.published, language=options.language)
    for result in analyze(items, analysts, options.workers):
        if isinstance(result, Issue):
            found.issues.append(result)
            continue
        found.articles += 1
        found.mentions += len(result.mentions)
        found.claims += result.claims
        found.unresolved += [mention for mention in result.mentions if mention.place is None]
        if progress:
            progress(result)
    if not found.articles:
        why = "; ".join(f"{issue.where}: {issue.message}" for issue in found.issues[:3])
        where = ", ".join(os.fspath(path) for path in paths)
        raise InputError(where, f"no article to map ({why or 'nothing there'})", "Name files or folders of articles.")
    found.issues += unresolved_issues(found.unresolved)
    return found


def unresolved_issues(mentions: Iterable[Mention]) -> list[Issue]:
    """One issue for each name that has no place, however often it comes."""
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_name.setdefault(fold_name(mention.text), []).append(mention)
    return [_unresolved_issue(found) for found in by_name.values()]


def _unresolved_issue(found: Sequence[Mention]) -> Issue:
    first, articles = found[0], len({m.document_id for m in found})
    times = "" if len(found) == 1 else f", {len(found)} times in {articles} article{'s' * (articles > 1)}"
    why = next((r.text for r in first.reasons if r.rule == "unresolved"), "no place of this name")
    where = f"{first.document_id}:{first.start}"
    return Issue("warning", where, f"{why} ({first.text!r}{times})", "Add it to a file for --places, or leave it.")


def select(incidents: Iterable[Incident], options: Options) -> list[Incident]:
    """Incidents of the period, the box and the confidence asked for."""
    return [
        i
        for i in incidents
        if i.confidence >= options.min_confidence and _in_period(i, options) and _inside(i, options)
    ]


def _in_period(incident: Incident, options: Options) -> bool:
    if options.first is None and options.last is None:
        return True
    days = days_of(incident)
    return any(options.first is None or options.first <= day for day in days) and any(
        options.last is None or day <= options.last for day in days
    )


def _inside(incident: Incident, options: Options) -> bool:
    if options.bbox is None:
        return True
    west, south, east, north = options.bbox

    def holds(at: LonLat) -> bool:
        across = west <= at.lon <= east if west <= east else at.lon >= west or at.lon <= east
        return across and south <= at.lat <= north

    return any(holds(place.place.lonlat) for place in incident.places)


def run(
    sources: Sources,
    out: str | os.PathLike[str] = "maps",
    *,
    progress: Callable[[Analysis], None] | None = None,
    **options: Any,
) -> Report:
    """Read articles, merge what they say, and write maps and tables.

    Parameters
    ----------
    sources : path or iterable of paths
        Files and folders of articles, ``-`` for standard input.
    out : path
        The folder to write to. Files whose bytes would be the same are left alone.
    progress : callable, optional
        Called with each article's analysis.
    **options
        See ``Options``.

    Returns
    -------
    Report

    Raises
    ------
    GeomapError
        Where the data are broken, no article can be read or nothing can be written; ``out`` is then as it was.
    """
    chosen = Options(**options)
    target = Path(out)
    check(chosen, target)
    analysts = Analysts(chosen.settings)
    found = gather(sources, chosen, analysts, progress)
    incidents = select(merge(found.claims, chosen.rule), chosen)
    days, undated = by_day(incidents)
    days = {day: of_day for day, of_day in days.items() if _day_wanted(day, chosen)}
    report = Report(
        articles=found.articles,
        mentions=found.mentions,
        claims=tuple(found.claims),
        incidents=tuple(incidents),
        days=days,
        undated=tuple(undated),
        unresolved=tuple(found.unresolved),
        issues=tuple(found.issues),
    )
    if chosen.day and chosen.day not in days:
        raise InputError(
            "--day", f"no incident on this day ({chosen.day})", f"Days: {', '.join(map(str, days)) or 'none'}."
        )
    return report if chosen.dry_run else _written(report, target, chosen, analysts)


def check(options: Options, out: Path) -> None:
    """Refuse, before any work, what could not be written.

    Raises
    ------
    UsageError
        For an unknown format or a period that ends before it begins.
    OutputError
        For a folder that cannot be written to.
    """
    for name in options.chosen_formats:
        if name != "html" and (name not in FORMATS or not FORMATS[name].suffixes):
            known = ", ".join(("html", *(f.name for f in FORMATS.values() if f.suffixes)))
            raise UsageError("-f", f"no such format ({name!r})", f"One of {known}.")
    if options.first and options.last and options.last < options.first:
        raise UsageError(
            "--to", f"ends before it begins ({options.first} to {options.last})", "Give the earlier day first."
        )
    if options.dry_run:
        return
    there = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    if not there.is_dir():
        raise OutputError(str(there), "not a folder", "Choose another place with -o.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(str(out), "cannot be written (no permission)", "Choose another place with -o.")


def _day_wanted(day: date, options: Options) -> bool:
    return (options.first is None or options.first <= day) and (options.last is None or day <= options.last)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def _written(report: Report, out: Path, options: Options, analysts: Analysts) -> Report:
    with staged(out) as staging:
        _write_formats(report, staging, options, analysts)
        if options.day is None:
            lines = (json.dumps(issue_record(issue), ensure_ascii=False) + "\n" for issue in report.issues)
            staging.folder.joinpath("issues.jsonl").write_bytes("".join(lines).encode("utf-8", "replace"))
    return replace(report, files=tuple(staging.files), changed=tuple(staging.changed))


def issue_record(issue: Issue) -> dict[str, str]:
    """An issue as ``issues.jsonl`` has it."""
    return {"level": issue.level, "where": issue.where, "message": issue.message, "hint": issue.hint}


def _write_formats(report: Report, staging: Staging, options: Options, analysts: Analysts) -> None:
    incidents = report.days[options.day] if options.day else report.incidents
    stem = options.day.isoformat() if options.day else "incidents"
    for name in options.chosen_formats:
        if name == "html":
            _write_pages(report, staging.folder, options, analysts)
        else:
            path = staging.folder / f"{stem}{FORMATS[name].suffixes[0]}"
            write(incidents, path, name, language=options.lang)


def _write_pages(report: Report, folder: Path, options: Options, analysts: Analysts) -> None:
    from geomap.writers.html import write_pages

    write_pages(
        report.days,
        report.undated,
        folder,
        issues=report.issues,
        unresolved=report.unresolved,
        language=options.lang,
        assets=options.assets,
        tiles=options.tiles,
        only=None if options.day is None else [options.day],
        gazetteer_labels=tuple(analysts.gazetteer),
    )


def levels(issues: Iterable[Issue]) -> Counter[str]:
    """How many issues there are of each level."""
    return Counter(issue.level for issue in issues)
