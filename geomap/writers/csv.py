"""CSV of the table ``incidents``: every incident, located or not; readable by Excel, pandas and R.

UTF-8 with a byte order mark, as Excel takes Arabic for Windows-1252 without one; lines end in CRLF, as RFC 4180 says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.delimited import write_rows
from geomap.model import Incident
from geomap.schema import INCIDENTS
from geomap.tables import incident_row

#: HXL tags of the columns that have one.
_HXL = {
    "id": "#event+code",
    "event_date": "#date+start",
    "date_end": "#date+end",
    "date_precision": "#date+precision",
    "event_type": "#event+type",
    "sub_event_type": "#event+type+sub",
    "actor1": "#group+name+first",
    "actor2": "#group+name+second",
    "status": "#status",
    "fatalities_low": "#affected+killed+low",
    "fatalities_best": "#affected+killed",
    "fatalities_high": "#affected+killed+high",
    "fatalities_military": "#affected+killed+military",
    "fatalities_civilian": "#affected+killed+civilian",
    "injured_low": "#affected+injured+low",
    "injured_best": "#affected+injured",
    "injured_high": "#affected+injured+high",
    "missing_best": "#affected+missing",
    "captured_best": "#affected+captured",
    "displaced_best": "#affected+displaced",
    "country": "#country+code+v_iso2",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "location": "#loc+name+i_en",
    "location_ar": "#loc+name+i_ar",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "geo_precision": "#geo+precision",
    "source": "#meta+source",
    "source_url": "#meta+url",
    "source_date": "#date+reported",
    "quote": "#description",
}


def write(
    incidents: Sequence[Incident],
    path: Path,
    *,
    language: str = "ar",
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
    tags = [_HXL.get(name, "") for name in INCIDENTS.names] if hxl else None
    return write_rows(path, INCIDENTS.names, map(incident_row, incidents), tags=tags, bom=bom, guard=guard)
