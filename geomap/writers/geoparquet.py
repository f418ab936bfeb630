"""GeoParquet 1.0: typed columns, small and fast, for pandas, DuckDB and Arrow. Needs ``geomap[parquet]``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.frames import incidents_gdf
from geomap.model import Incident
from geomap.outputs import replacing
from geomap.schema import INCIDENTS


def write(incidents: Sequence[Incident], path: Path, *, language: str = "ar") -> Path:  # noqa: ARG001 - one signature for all
    """Write incidents, located or not, as GeoParquet.

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
    import pyarrow  # noqa: F401 - asked for first, so that a user without it is told its name

    frame = incidents_gdf(incidents)
    for column in INCIDENTS.columns:
        if column.type == "date":
            frame[column.name] = frame[column.name].astype("date32[pyarrow]")
    with replacing(path) as free:
        frame.to_parquet(free, index=False, compression="zstd")
    return path
