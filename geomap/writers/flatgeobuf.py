"""FlatGeobuf: points with a spatial index, for web maps that fetch only what they show.

The index has no room for rows without geometry: incidents without a place are left out, and the log says how many.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from geomap.frames import incidents_gdf
from geomap.model import Incident
from geomap.outputs import replacing

_log = logging.getLogger(__name__)


def write(incidents: Sequence[Incident], path: Path, *, language: str = "ar") -> Path:  # noqa: ARG001 - one signature for all
    """Write the located incidents as FlatGeobuf.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Not used: the columns are named as in ``docs/columns.md`` in every language.

    Returns
    -------
    Path
        The path written.
    """
    located = [incident for incident in incidents if incident.places]
    if len(located) < len(incidents):
        _log.warning("%s: %d incidents without a place left out", path, len(incidents) - len(located))
    frame = incidents_gdf(located)
    for name in frame.columns[frame.dtypes == "boolean"]:
        # pyogrio writes nullable truth values as numbers; of located incidents none is unknown.
        frame[name] = frame[name].astype(bool)
    with replacing(path) as free:
        frame.to_file(free, driver="FlatGeobuf", engine="pyogrio", layer="incidents", SPATIAL_INDEX="YES")
    return path
