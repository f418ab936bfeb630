"""Parties and countries by their names in the reader's language, for pages that show them."""

from __future__ import annotations

from collections.abc import Collection

from geomap.codebook import feature_of
from geomap.gazetteer import Gazetteer
from geomap.paths import data_files
from geomap.theatre import load


def party_names(language: str, gazetteer: Gazetteer, known: Collection[str] = ()) -> dict[str, str]:
    """English name -> first name in this language, of all countries and of the parties of all conflicts.

    Parameters
    ----------
    language : str
    gazetteer : Gazetteer
        Has the countries.
    known : collection of str
        Names that need none.
    """
    found: dict[str, str] = {}
    for path in data_files("theatres", ".toml"):
        for table in load(path)[1]:
            if spellings := table.get(language):
                found.setdefault(table["name"], spellings[0])
    for place in gazetteer:
        if feature_of(place.feature_code) == "country" and place.names.get(language):
            found[place.name] = place.label(language)
    return {name: label for name, label in sorted(found.items()) if name not in known}
