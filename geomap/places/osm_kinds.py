"""OpenStreetMap's words for settlements and areas, as GeoNames feature codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Word -> feature code, and how far a name of this kind reaches in km where no box tells.
KINDS: Final[Mapping[str, tuple[str, float]]] = {
    "city": ("PPL", 8.0), "town": ("PPL", 4.0), "village": ("PPL", 2.0), "hamlet": ("PPL", 1.0),
    "isolated_dwelling": ("PPL", 1.0), "locality": ("LCTY", 2.0), "municipality": ("ADM3", 10.0),
    "suburb": ("PPLX", 2.0), "quarter": ("PPLX", 1.5), "neighbourhood": ("PPLX", 1.0), "city_block": ("PPLX", 1.0),
    "borough": ("PPLX", 4.0), "island": ("ISL", 10.0), "islet": ("ISL", 1.0), "district": ("ADM2", 20.0),
    "county": ("ADM2", 25.0), "city_district": ("PPLX", 4.0), "state": ("ADM1", 80.0), "region": ("ADM1", 80.0),
    "province": ("ADM1", 60.0), "state_district": ("ADM2", 30.0),
}  # fmt: skip
