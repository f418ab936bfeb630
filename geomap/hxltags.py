"""HXL hashtags of the columns, for humanitarian data platforms: one row under the header.

Those of ACLED and UCDP are the ones that HDX itself uses for these data; the rest follow the HXL 1.1 standard. How well
a date is known is ``#meta``: the standard's own schema takes every value under ``#date`` for a date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

INCIDENTS: Final[Mapping[str, str]] = {
    "id": "#event+code",
    "event_date": "#date+start",
    "date_end": "#date+end",
    "date_precision": "#meta+date_precision",
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
ACLED: Final[Mapping[str, str]] = {
    "event_id_cnty": "#event+code",
    "event_date": "#date+occurred",
    "year": "#date+year",
    "time_precision": "#meta+date_precision",
    "event_type": "#event+type",
    "sub_event_type": "#event+type+sub",
    "actor1": "#group+name+first",
    "assoc_actor_1": "#group+name+first+assoc",
    "actor2": "#group+name+second",
    "assoc_actor_2": "#group+name+second+assoc",
    "iso": "#country+code+v_iso_numeric",
    "region": "#region+name",
    "country": "#country+name",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "admin3": "#adm3+name",
    "location": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "geo_precision": "#geo+precision",
    "source": "#meta+source",
    "notes": "#description",
    "fatalities": "#affected+killed",
}
UCDP: Final[Mapping[str, str]] = {
    "id": "#event+code",
    "year": "#date+year",
    "conflict_name": "#crisis+name",
    "side_a": "#group+name+first",
    "side_b": "#group+name+second",
    "source_article": "#meta+source",
    "source_headline": "#description",
    "where_prec": "#geo+precision",
    "where_coordinates": "#loc+name",
    "adm_1": "#adm1+name",
    "adm_2": "#adm2+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "country": "#country+name",
    "region": "#region+name",
    "date_prec": "#meta+date_precision",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "deaths_civilians": "#affected+killed+civilian",
    "best": "#affected+killed",
    "high": "#affected+killed+high",
    "low": "#affected+killed+low",
}


def tag_row(columns: Sequence[str], tags: Mapping[str, str]) -> list[str]:
    """One tag a column; empty for a column that HXL has no word for."""
    return [tags.get(column, "") for column in columns]
