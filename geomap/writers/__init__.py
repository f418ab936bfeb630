"""Output formats: one module each, whose ``write(incidents, path, *, language, ...)`` makes one file.

``FORMATS`` names them; ``write`` chooses by the suffix of the path. A module is imported when its format is written.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geomap.errors import UsageError
from geomap.model import Incident


@dataclass(frozen=True, slots=True)
class Format:
    """One output format: its name, the suffixes that mean it, its module, and what the module needs beyond geomap."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    extra: str = ""

    def writer(self) -> Callable[..., Path]:
        """The function that writes it.

        Raises
        ------
        UsageError
            Where a package is missing.
        """
        try:
            return importlib.import_module(self.module).write  # type: ignore[no-any-return]
        except ModuleNotFoundError as error:
            raise self.missing(error) from error

    def missing(self, error: ModuleNotFoundError) -> UsageError:
        """What to tell a user who lacks a package."""
        extra = f"Install it: pip install 'geomap[{self.extra}]'." if self.extra else "Install geomap again."
        return UsageError(self.name, f"needs the package {error.name}", extra)


def _format(name: str, *suffixes: str, extra: str = "") -> Format:
    return Format(name, suffixes, f"geomap.writers.{name}", extra)


#: Every format by its name. ``acled``, ``ucdp`` and ``hxl`` are chosen by name, as their files end in ``.csv`` too.
FORMATS: Final[dict[str, Format]] = {
    found.name: found
    for found in (
        _format("geojson", ".geojson", ".json"),
        _format("gpkg", ".gpkg"),
        _format("csv", ".csv"),
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
    if text.startswith(("postgresql://", "postgresql+", "postgres://")) and "postgis" in FORMATS:
        return FORMATS["postgis"]
    # ``x.acled.csv`` names its format before the suffix.
    for suffix in ("".join(Path(text).suffixes[-2:]), Path(text).suffix):
        for found in FORMATS.values():
            if suffix.lower() in found.suffixes:
                return found
    known = ", ".join(suffix for found in FORMATS.values() for suffix in found.suffixes)
    raise UsageError(
        text, f"no output format has the suffix {Path(text).suffix!r}", f"One of {known}, or name it with -f."
    )


def write(incidents: Sequence[Incident], path: str | Path, format: str | None = None, **options: Any) -> Path | str:
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
    if format is None:
        chosen = format_of(path)
    elif format in FORMATS:
        chosen = FORMATS[format]
    else:
        raise UsageError(format, "no such output format", f"One of {', '.join(FORMATS)}.")
    target = path if chosen.name == "postgis" else Path(path)
    try:
        return chosen.writer()(incidents, target, **options)
    except ModuleNotFoundError as error:
        raise chosen.missing(error) from error
