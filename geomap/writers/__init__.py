"""Output formats: one module each, whose ``write(incidents, path, *, language, ...)`` makes one file.

``FORMATS`` names them; ``write`` chooses by the suffix of the path. A module is imported when its format is written.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from geomap.errors import UsageError
from geomap.model import Incident


@dataclass(frozen=True, slots=True)
class Format:
    """One output format: its name, the suffixes that mean it, its module, and what the module needs beyond geomap.

    ``tagged`` is whether it can have a row of HXL tags (``hxl=True``).
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    extra: str = ""
    options: tuple[tuple[str, Any], ...] = ()
    tagged: bool = False

    def writer(self) -> Callable[..., Any]:
        """The function that writes it, ``write(incidents, path, *, language, ...)``.

        Raises
        ------
        UsageError
            Where a package is missing.
        """
        try:
            write = importlib.import_module(self.module).write
        except ModuleNotFoundError as error:
            raise self.missing(error) from error
        return functools.partial(write, **dict(self.options)) if self.options else cast("Callable[..., Any]", write)

    def missing(self, error: ModuleNotFoundError) -> UsageError:
        """What to tell a user who lacks a package."""
        extra = f"Install it: pip install 'geomap[{self.extra}]'." if self.extra else "Install geomap again."
        return UsageError(self.name, f"needs the package {error.name}", extra)


def _format(
    name: str, *suffixes: str, extra: str = "", module: str = "", tagged: bool = False, **options: Any
) -> Format:
    return Format(name, suffixes, f"geomap.writers.{module or name}", extra, tuple(options.items()), tagged)


#: Every format by its name. ``acled``, ``ucdp`` and ``hxl`` end in ``.csv`` too: ``x.acled.csv`` tells them apart.
FORMATS: Final[dict[str, Format]] = {
    found.name: found
    for found in (
        _format("geojson", ".geojson", ".json"),
        _format("gpkg", ".gpkg"),
        _format("csv", ".csv", tagged=True),
        _format("hxl", ".hxl.csv", module="csv", hxl=True, bom=False),
        _format("acled", ".acled.csv", tagged=True),
        _format("ucdp", ".ucdp.csv", tagged=True),
        _format("xlsx", ".xlsx"),
        _format("kml", ".kml"),
        _format("kmz", ".kmz", module="kml"),
        _format("flatgeobuf", ".fgb"),
        _format("jsonl", ".jsonl", ".ndjson"),
        _format("geoparquet", ".parquet", ".geoparquet", extra="parquet"),
        _format("postgis", "postgresql://", "postgres://", extra="postgis"),
    )
}


def format_of(path: str | Path) -> Format:
    """The format that a path's suffix (or a URL's scheme) means.

    Raises
    ------
    UsageError
        Where no format has it.
    """
    text = str(path)
    if text.startswith(("postgresql://", "postgresql+", "postgres://")):
        return FORMATS["postgis"]
    # The longer suffix first: ``x.acled.csv`` names its format before ``.csv``.
    for suffix in ("".join(Path(text).suffixes[-2:]), Path(text).suffix):
        for found in FORMATS.values():
            if suffix.lower() in found.suffixes:
                return found
    known = ", ".join(suffix for found in FORMATS.values() for suffix in found.suffixes)
    raise UsageError(
        text, f"no output format has the suffix {Path(text).suffix!r}", f"One of {known}, or name it with -f."
    )


def write(
    incidents: Sequence[Incident],
    path: str | Path,
    format: str | None = None,  # noqa: A002 - what users of the library expect it to be called
    **options: Any,
) -> Path | str:
    """Write incidents to a file, whole or not at all.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : str | Path
        Where to; its suffix names the format. A ``postgresql://`` URL writes to PostGIS.
    format : str | None
        Name of the format (a key of ``FORMATS``) where the suffix does not tell.
    **options : Any
        Passed on to the format's own ``write``, such as ``language="en"``.

    Returns
    -------
    Path | str
        What was written.

    Raises
    ------
    UsageError
        For an unknown format or a missing package.
    OutputError
        Where the place cannot be written; what was there before is as it was.
    """
    if format is not None and format not in FORMATS:
        raise UsageError(format, "no such output format", f"One of {', '.join(FORMATS)}.")
    chosen = format_of(path) if format is None else FORMATS[format]
    target = path if chosen.name == "postgis" else Path(path)
    try:
        written: Path | str = chosen.writer()(incidents, target, **options)
    except ModuleNotFoundError as error:
        raise chosen.missing(error) from error
    return written
