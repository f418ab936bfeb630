"""What a run may be told: checked before any work."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from geomap.errors import OutputError, UsageError
from geomap.merge import MergeRule
from geomap.paths import data_files
from geomap.selection import Selection
from geomap.settings import Settings
from geomap.writers import FORMATS

if TYPE_CHECKING:
    from geomap.writers.html.lines import Line

#: What a full run writes, and what a run for one day does.
DEFAULT_FORMATS = ("html", "geojson", "gpkg", "csv", "jsonl")
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
    types : tuple of str
        Leave out incidents of other event types and sub-event types than these.
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
    disputed : bool
        Whether the pages draw disputed borders, fronts and ceasefire lines.
    lines : str
        A GeoJSON file of such lines to draw in place of those that geomap knows.
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
    types: tuple[str, ...] = ()
    min_confidence: float = 0.0
    workers: int = 1
    rule: MergeRule = field(default_factory=MergeRule)
    assets: Literal["inline", "shared"] = "inline"
    tiles: str | None = None
    disputed: bool = True
    lines: str = ""
    dry_run: bool = False

    @property
    def settings(self) -> Settings:
        """What analysis depends on."""
        return Settings(self.places, self.theatre, self.geocode)

    @property
    def selection(self) -> Selection:
        """Which incidents the run keeps; ``day`` is not of it, as a page of one day knows of the others."""
        return Selection(None, self.first, self.last, self.bbox, self.types, self.min_confidence)

    @property
    def chosen_formats(self) -> tuple[str, ...]:
        """The formats to write."""
        return self.formats or (DAY_FORMATS if self.day else DEFAULT_FORMATS)


def check(options: Options, out: Path) -> None:
    """Refuse, before any work, what could not be written.

    Raises
    ------
    UsageError
        For an unknown format, language or type of event, a period that ends before it begins, or options at odds.
    InputError
        For a file of lines that cannot be read.
    OutputError
        For a folder that cannot be written to.
    """
    files = ("html", *(f.name for f in FORMATS.values() if f.suffixes[0].startswith(".")))
    for name in options.chosen_formats:
        if name not in files:
            what = "not a format of files" if name in FORMATS else "no such format"
            raise UsageError("-f", f"{what} ({name!r})", f"One of {', '.join(files)}.")
    options.selection.check()
    if options.lines and not options.disputed:
        raise UsageError("--lines", "nothing of it would be drawn beside --no-disputed", "Give one of the two.")
    drawn_lines(options)
    languages = [path.stem for path in data_files("labels", ".toml")]
    if options.lang not in languages:
        raise UsageError("--lang", f"no interface labels for {options.lang!r}", f"There are {', '.join(languages)}.")
    if options.dry_run:
        return
    there = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    if not there.is_dir():
        raise OutputError(str(there), "not a folder", "Choose another place with -o.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(str(out), "cannot be written (no permission)", "Choose another place with -o.")


def drawn_lines(options: Options) -> tuple[Line, ...] | None:
    """The lines with dates that the pages draw in place of geomap's own; None for those."""
    from geomap.writers.html.lines import read_lines

    if not options.disputed:
        return ()
    return read_lines(Path(options.lines)) if options.lines else None
