"""What codebooks call a country: names, numbers and regions by ISO code, from ``data/countries.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

from geomap.paths import data_path


@dataclass(frozen=True, slots=True)
class Country:
    """One country: ISO 3166-1 codes, English name, Gleditsch and Ward's number, ACLED's and UCDP's regions."""

    iso2: str
    iso3: str
    iso_numeric: int | None
    name: str
    gw: int | None
    acled_region: str
    ucdp_region: str


#: What is said of a place in no single country.
NOWHERE: Final = Country("", "", None, "", None, "", "")


@cache
def countries() -> dict[str, Country]:
    """Every country by its ISO 3166-1 alpha-2 code."""
    with data_path("countries.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["iso2"]: Country(
                row["iso2"],
                row["iso3"],
                int(row["iso_numeric"]) if row["iso_numeric"] else None,
                row["name"],
                int(row["gw"]) if row["gw"] else None,
                row["acled_region"],
                row["ucdp_region"],
            )
            for row in csv.DictReader(lines)
        }


def country(iso2: str | None) -> Country:
    """The country of that code; ``NOWHERE`` for an unknown one."""
    return countries().get(iso2 or "", NOWHERE)
