"""JSON lines: every incident whole, with its claims, figures, agreement and reasons; what ``geomap merge`` prints.

The one format that nothing is lost in: ``geomap export`` makes all the others of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.model import Incident
from geomap.outputs import replacing
from geomap.record import incident_record, json_line


def write(incidents: Sequence[Incident], path: Path, *, language: str = "ar") -> Path:  # noqa: ARG001 - one signature for all
    """Write incidents as JSON lines, in the order given.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Not used: a record has the names of all languages that it knows.

    Returns
    -------
    Path
        The path written.
    """
    with replacing(path) as free, free.open("wb") as out:
        out.writelines(json_line(incident_record(incident)) for incident in incidents)
    return path
