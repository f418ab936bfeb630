"""CSV of the table ``incidents``: every incident, located or not; readable by Excel, pandas and R.

UTF-8 with a byte order mark, as Excel takes Arabic for Windows-1252 without one; lines end in CRLF, as RFC 4180 says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap import hxltags
from geomap.delimited import write_rows
from geomap.model import Incident
from geomap.schema import INCIDENTS
from geomap.tables import incident_row


def write(
    incidents: Sequence[Incident],
    path: Path,
    *,
    language: str = "ar",  # noqa: ARG001 - one signature for all formats
    hxl: bool = False,
    bom: bool = True,
    guard: bool = True,
) -> Path:
    """Write incidents as CSV.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Not used: the header has the names of ``docs/columns.md`` in every language.
    hxl : bool
        Whether to add a row of HXL tags under the header.
    bom : bool
        Whether to start with a byte order mark.
    guard : bool
        Whether to put an apostrophe before text that a spreadsheet would run as a formula.

    Returns
    -------
    Path
        The path written.
    """
    tags = hxltags.tag_row(INCIDENTS.names, hxltags.INCIDENTS) if hxl else None
    return write_rows(path, INCIDENTS.names, map(incident_row, incidents), tags=tags, bom=bom, guard=guard)
