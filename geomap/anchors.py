"""The points that UCDP gives to places it knows only roughly, from ``data/ucdp.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import NamedTuple

from geomap.paths import data_path


class Anchor(NamedTuple):
    """A point in degrees (WGS 84) and UCDP's precision of what is placed there."""

    latitude: float
    longitude: float
    where_prec: int


@cache
def anchors() -> dict[str, Anchor]:
    """Every anchor by the id of its place in the gazetteer."""
    raw = tomllib.loads(data_path("ucdp.toml").read_text("utf-8"))
    return {place: Anchor(**found) for place, found in raw.get("anchors", {}).items()}
