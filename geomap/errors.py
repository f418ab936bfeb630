"""What geomap raises.

GeomapError
├── DataError      curated data (gazetteer, lexicon, theatre) is broken: nothing is written
├── InputError     a source cannot be read at all (missing folder, unknown format)
├── OutputError    an output cannot be written (no permission, full disk)
└── UsageError     the call itself makes no sense (exit code 2 on the command line)

Every message follows one pattern: ``where: what is wrong (the value). what to do.``
"""

from __future__ import annotations


class GeomapError(Exception):
    """Root of all errors that geomap raises on purpose.

    Parameters
    ----------
    where : str
        File (with line, where there is one), option or step.
    what : str
        What is wrong, with the offending value.
    hint : str
        What to do about it.
    """

    def __init__(self, where: str, what: str, hint: str = "") -> None:
        self.where, self.what, self.hint = where, what, hint
        super().__init__(f"{where}: {what}." + (f" {hint}" if hint else ""))


class DataError(GeomapError, ValueError):
    """Curated data is broken."""


class InputError(GeomapError, OSError):
    """A source cannot be read."""


class OutputError(GeomapError, OSError):
    """An output cannot be written."""


class UsageError(GeomapError, ValueError):
    """The call makes no sense."""
