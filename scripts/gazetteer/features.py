"""Small questions about a feature of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from geomap.codebook import feature_of
from geomap.geo import LonLat
from scripts.gazetteer.tables import key

#: Words for kinds of divisions, which one table writes and another leaves out.
_KIND = re.compile(
    r"\b(?:province|governorate|district|oblast|region|state|republic|county|rayon|raion|wilayah?|of|the|emirate"
    r"|municipality|autonomous|prefecture|division|subdistrict|rayonu|marz|marzi|ostan|locality|department|cercle"
    r"|caza|de|du|markaz|n[ae]fat|liw[aā]['’]?|qa[dḑ][aā]['’]?|shahrest[aā]n(?:-e)?|"
    r"محافظة|إقليم|ولاية|مقاطعة|منطقة|قضاء|شعبية|مركز|لواء|محلية|نفت|نفه|استان|شهرستان|مديرية|область|край|республика|район)\b",
    re.IGNORECASE,
)
#: Languages whose names are in Latin letters.
LATIN = ("en", "az", "tr", "ku", "fr", "es", "de", "ro", "pl")


def kind(feature: Any) -> str:
    """Settlement, district, region, country, facility or feature."""
    return feature_of(feature["properties"]["feature_code"])


def at(feature: Any) -> LonLat:
    """The feature's point."""
    properties = feature["properties"]
    return LonLat(*(properties.get("point") or feature["geometry"]["coordinates"])[:2])


def latin_names(feature: Any) -> list[str]:
    """The names in Latin letters."""
    properties = feature["properties"]
    return [properties["name"], *(n for language in LATIN for n in properties["names"].get(language, ()))]


def division_names(feature: Any) -> list[str]:
    """The names by which a division may be found in a table."""
    names = feature["properties"]["names"]
    return [*latin_names(feature), *(n for language in ("ar", "fa", "ru", "hy", "uk") for n in names.get(language, ()))]


def bare(name: str) -> str:
    """A division's name without the word for what it is."""
    return key(_KIND.sub(" ", name)) or key(name)


def bares(names: Iterable[str]) -> frozenset[str]:
    """The bare names of a division."""
    return _bares(tuple(names))


@cache
def _bares(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(bare, names)) - {""}
