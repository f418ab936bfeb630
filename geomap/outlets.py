"""How far the outlets of articles reach, from ``data/outlets.toml``: ACLED's ``source_scale``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from geomap.errors import DataError
from geomap.model import Source
from geomap.paths import data_path

#: ACLED's scales in the order in which it writes them.
SCALES: Final = ("Local", "Subnational", "National", "Regional", "International", "Other")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: the country it is of (ISO 3166-1 alpha-2), and the scale of its news there."""

    country: str
    scale: str


@cache
def outlets() -> dict[str, Outlet]:
    """Every outlet by each of its names, in small letters, and of its sites.

    Raises
    ------
    DataError
        Where a scale is none of ``SCALES``, or two outlets share a name.
    """
    path = data_path("outlets.toml")
    found: dict[str, Outlet] = {}
    for row in tomllib.loads(path.read_text("utf-8"))["outlet"]:
        if row["scale"] not in SCALES:
            raise DataError(str(path), f"no such scale ({row['scale']!r})", f"One of {', '.join(SCALES)}.")
        outlet = Outlet(row["country"], row["scale"])
        for name in (*row["names"], *row.get("sites", ())):
            if found.setdefault(name.casefold(), outlet) is not outlet:
                raise DataError(str(path), f"two outlets of one name ({name!r})", "Take it from one of them.")
    return found


def outlets_of(source: Source) -> list[Outlet]:
    """The outlets that an article names (several are parted by ``/``), or else that of its address."""
    named = [outlets().get(" ".join(name.split()).casefold()) for name in source.outlet.split("/")]
    return [outlet for outlet in named if outlet] or _of_site(source.url)


def _of_site(url: str) -> list[Outlet]:
    try:
        host = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return []
    sites = (".".join(host[n:]) for n in range(len(host)))
    return [outlet for site in sites if (outlet := outlets().get(site))][:1]


def source_scale(sources: Iterable[Source], country: str) -> str:
    """ACLED's ``source_scale`` of articles on an event in a country, such as ``National-International``.

    What reaches its own nation is International elsewhere. Empty where no outlet is known.
    """
    found = {_scale_in(outlet, country) for source in sources for outlet in outlets_of(source)}
    return "-".join(scale for scale in SCALES if scale in found)


def _scale_in(outlet: Outlet, country: str) -> str:
    at_home = outlet.country == country or outlet.scale in ("Regional", "International", "Other")
    return outlet.scale if at_home else "International"
