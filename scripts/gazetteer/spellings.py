"""Names in the languages that other tables have and a place lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from geomap.lexicon import lexicon_for
from geomap.places.check import check_text
from geomap.places.spelling import faults, script_of
from geomap.places.writing import text_of
from geomap.text import fold_name
from scripts.gazetteer.features import bares, kind, latin_names
from scripts.gazetteer.ids import division_of
from scripts.gazetteer.tables import Tables, key

#: Languages to fill. Arabic is not among them: what the press writes is in no table, and a wrong spelling misleads.
_LANGUAGES: Final = ("ru", "az", "fa", "he", "hy", "ka", "tr", "uk")
#: Languages of Arabic letters, whose names an Arabic article might hold as words.
_ARABIC_LETTERS: Final = ("fa",)
#: Scripts of one language, by which GeoNames' unlabelled names can be told apart.
_ONE_LANGUAGE: Final = {"Hebrew": "he", "Armenian": "hy", "Georgian": "ka"}
#: A name in letters of Russian.
_RUSSIAN: Final = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -](?:[А-ЯЁ]?[а-яё]+))*")


def spell(features: list[dict[str, Any]], tables: Tables) -> Iterator[str]:
    """Add names; tell how many of which language."""
    words = _Words(features)
    added: Counter[str] = Counter()
    fresh: dict[str, dict[str, str]] = {}
    for feature in features:
        names = feature["properties"]["names"]
        for language, name in _found(feature, tables):
            if language not in names and _sound(language, name) and words.allow(feature, language, name):
                names[language] = [name]
                fresh.setdefault(feature["id"], {})[language] = name
    _, wrong = check_text("places.geojson", text_of(features))
    by_line = dict(enumerate(sorted(features, key=lambda f: str(f["id"])), 2))
    for fault in wrong:
        feature = by_line[int(fault.where.rpartition(":")[2])]
        for language in fresh.pop(feature["id"], {}):
            del feature["properties"]["names"][language]
    for names in fresh.values():
        added.update(names.keys())
    yield "names added: " + ", ".join(f"{language} {n}" for language, n in sorted(added.items()))


class _Words:
    """Which names may be added without making an Arabic word a place."""

    def __init__(self, features: list[dict[str, Any]]) -> None:
        self._lexicon = lexicon_for("ar")
        self._places: dict[str, set[str]] = {}
        for feature in features:
            for names in feature["properties"]["names"].values():
                for name in names:
                    self._places.setdefault(fold_name(name), set()).add(feature["id"])

    def allow(self, feature: dict[str, Any], language: str, name: str) -> bool:
        """Names in other letters always; in Arabic letters, where the place has the name already or is a country."""
        if language not in _ARABIC_LETTERS:
            return True
        own = self._places.get(fold_name(name), set())
        return feature["id"] in own or (not own and (kind(feature) == "country" or " " in name))


def _sound(language: str, name: str) -> bool:
    return bool(name.strip()) and not list(faults(language, [name]))


def _found(feature: dict[str, Any], tables: Tables) -> Iterator[tuple[str, str]]:
    properties = feature["properties"]
    if kind(feature) == "country" and properties["country"]:
        yield from _country(properties["country"], tables)
    division = division_of(feature, tables)
    if division is not None and division.iso:
        spelt = tables.division_names.get(division.iso, {})
        # codes have been given anew: the code's English name must be one of the place's
        if not bares([spelt.get("en", "")]) & bares(latin_names(feature)):
            spelt = {}
        yield from ((language, spelt[language]) for language in _LANGUAGES if language in spelt)
    label = tables.labels.get(properties.get("wikidata", ""), {}).get("ru", "")
    if kind(feature) == "settlement" and label and "(" not in label and "," not in label:
        yield "ru", label
    if properties["feature_code"] == "PPLC":
        yield from _capital(feature, tables)
    entry = str(properties.get("geonames", ""))
    if entry in tables.towns:
        yield from _town(entry, tables)


def _country(iso: str, tables: Tables) -> Iterator[tuple[str, str]]:
    from babel import Locale

    drawn: Mapping[str, Any] = tables.label_points.get(iso, {})
    for language in _LANGUAGES:
        name = Locale(language).territories.get(iso) or drawn.get(f"NAME_{language.upper()}")
        if name:
            yield language, str(name)


def _capital(feature: dict[str, Any], tables: Tables) -> Iterator[tuple[str, str]]:
    """A capital as the city that a time zone is called after."""
    from babel import Locale

    names = set(map(key, latin_names(feature)))
    for zone in tables.zones_of(feature["properties"]["country"]):
        if key(zone.rpartition("/")[2]) in names:
            for language in _LANGUAGES:
                name = Locale(language).time_zones.get(zone, {}).get("city")
                if name:
                    yield language, str(name)


def _town(entry: str, tables: Tables) -> Iterator[tuple[str, str]]:
    for language in _LANGUAGES:
        name = tables.town_names(language).get(entry, "").strip("\u200e\u200f ")
        if name:
            yield language, name
    scripts: dict[str, list[str]] = {}
    for name in tables.towns[entry]["alternatenames"]:
        language = _ONE_LANGUAGE.get(script_of(name) or "")
        if language:
            scripts.setdefault(language, []).append(name)
    russian = [name for name in tables.towns[entry]["alternatenames"] if _RUSSIAN.fullmatch(name)]
    if len(russian) == 1:
        yield "ru", russian[0]
    # of several no one says which is in use
    yield from ((language, names[0]) for language, names in scripts.items() if len(names) == 1)
