"""The wiring: articles -> claims -> incidents -> files. The only module that knows the order of the steps."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.analysis import Analysis
from geomap.collecting import collecting_seldom
from geomap.days import by_day, listed
from geomap.errors import InputError
from geomap.merge import merge
from geomap.model import Claim, Document, Incident, Issue, Mention
from geomap.naming import party_names
from geomap.options import Options, check, drawn_lines
from geomap.readers import read
from geomap.settings import Analysts
from geomap.staging import Staging, staged
from geomap.stale import stale_pages
from geomap.text import fold_name
from geomap.undated import Undated
from geomap.workers import analyze_all
from geomap.writers import FORMATS, geojson, write

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geomap.notebook import NotebookMap

Sources = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


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

    ``files`` are all outputs of the run, ``changed`` those whose bytes are new, ``removed`` pages of an earlier run on
    days that have no incident any more; under ``dry_run`` there are none.
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
    removed: tuple[Path, ...] = ()

    def incidents_gdf(self) -> GeoDataFrame:
        """The incidents as a typed GeoDataFrame, its columns those of ``docs/columns.md``."""
        from geomap.frames import incidents_gdf

        return incidents_gdf(self.incidents)

    def explore(self, language: str = "ar", height: int = 640) -> NotebookMap:
        """A map of the incidents for a notebook, which needs no network; ``.save("map.html")`` keeps it.

        Parameters
        ----------
        language : str
            Language of the page.
        height : int
            Of its frame, in pixels.
        """
        from geomap.notebook import explore
        from geomap.settings import load_gazetteer

        return explore(self.incidents, load_gazetteer(()), language=language, height=height)


def paths_of(sources: Sources) -> tuple[str | os.PathLike[str], ...]:
    """One source or several as several."""
    return (sources,) if isinstance(sources, str | os.PathLike) else tuple(sources)


def analyze(items: Iterable[Document | Issue], analysts: Analysts, workers: int = 1) -> Iterator[Analysis | Issue]:
    """Analyses of articles, undated ones last, dated by the others where that is sure."""
    undated = Undated(analysts.analyze)
    # a service is asked by one process, as it takes one question a second
    results = analyze_all(undated.hold(items), analysts, 1 if analysts.settings.geocode else workers)
    with collecting_seldom():
        yield from undated.settle(results)
    yield from analysts.geocoder.issues


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
        The folder to write to. Files whose bytes would be the same are left alone; geomap's own pages of days that have
        no incident any more are removed.
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
    check(chosen, Path(out))
    analysts = Analysts(chosen.settings)
    report = _report(gather(sources, chosen, analysts, progress), chosen)
    return report if chosen.dry_run else _written(report, Path(out), chosen, analysts)


def _report(found: Gathered, options: Options) -> Report:
    """What the claims add up to."""
    incidents = options.selection.of(merge(found.claims, options.rule))
    days, undated = by_day(incidents)
    days = {day: of_day for day, of_day in days.items() if options.selection.wants(day)}
    if options.day and options.day not in days:
        what = f"no incident on this day ({options.day})"
        raise InputError("--day", what, f"Days with incidents: {listed(days)}.")
    return Report(
        articles=found.articles,
        mentions=found.mentions,
        claims=tuple(found.claims),
        incidents=tuple(incidents),
        days=days,
        undated=tuple(undated),
        unresolved=tuple(found.unresolved),
        issues=tuple(found.issues),
    )


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────


def _written(report: Report, out: Path, options: Options, analysts: Analysts) -> Report:
    with staged(out) as staging:
        _write_formats(report, staging, options, analysts)
        if options.day is None:
            lines = (json.dumps(issue_record(issue), ensure_ascii=False) + "\n" for issue in report.issues)
            staging.folder.joinpath("issues.jsonl").write_bytes("".join(lines).encode("utf-8", "replace"))
            if "html" in options.chosen_formats:
                staging.doomed += stale_pages(out, report.days, options.selection.wants)
    files, changed, removed = map(tuple, (staging.files, staging.changed, staging.removed))
    return replace(report, files=files, changed=changed, removed=removed)


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
        if name == "geojson" and options.day is None:
            geojson.write_days(report.days, staging.folder, language=options.lang)


def _write_pages(report: Report, folder: Path, options: Options, analysts: Analysts) -> None:
    from geomap.writers.html import write_pages
    from geomap.writers.html.labels import load_labels

    known = load_labels(options.lang).words
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
        labels=party_names(options.lang, analysts.gazetteer, known),
        gazetteer_labels=tuple(analysts.gazetteer),
        lines=drawn_lines(options),
    )


def levels(issues: Iterable[Issue]) -> Counter[str]:
    """How many issues there are of each level."""
    return Counter(issue.level for issue in issues)
