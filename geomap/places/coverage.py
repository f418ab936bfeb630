"""How much is known of the places of a file: second sources, ids, what they lie in, names by language.

And by country, of how many places the second-level division is known, and why it is not of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from geomap.codebook import feature_of
from geomap.model import Place
from geomap.places.second_level import KINDS, SecondLevel, second_level

#: What may be known of a place, in the order in which it is told.
_KNOWN: Final[tuple[tuple[str, tuple[tuple[str, Callable[[Place], object]], ...]], ...]] = (
    (
        "sources",
        (
            ("two", lambda p: p.provenance.second),
            ("one with a note why", lambda p: p.provenance.alone),
            ("dated", lambda p: p.provenance.dated),
        ),
    ),
    ("ids", (("GeoNames", lambda p: p.provenance.geonames), ("Wikidata", lambda p: p.provenance.wikidata))),
    ("lie in", (("admin1", lambda p: p.admin1), ("admin2", lambda p: p.admin2), ("parents", lambda p: p.parents))),
)
#: Why a place has no second-level division, where nothing else is said.
_UNTOLD: Final = "neither GeoNames nor a list of the country tells it"


def coverage(places: Iterable[Place]) -> list[str]:
    """A line for each kind of knowledge: of how many places it is there."""
    known = list(places)
    second = second_level()
    able = [place for place in known if second.can_have(place)]
    lines = [
        f"{title}: " + ", ".join(f"{name} {sum(map(bool, map(asked, known))):,}" for name, asked in asked_for)
        for title, asked_for in _KNOWN
    ]
    has = sum(bool(place.admin2) for place in able)
    lines.append(f"second level: {has:,} of {len(able):,} places that can have one")
    languages = Counter(language for place in known for language, names in place.names.items() if names)
    told = sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))
    return [*lines, "names: " + ", ".join(f"{language} {count:,}" for language, count in told)]


def second_levels(places: Iterable[Place], second: SecondLevel | None = None) -> list[tuple[str, int, int, str, list[str]]]:
    """Of each country: places with a second-level division, places that can have one, why not more, and which lack it.

    Countries of which nothing lacks and nothing is to explain are left out.
    """
    levels = second or second_level()
    able: Counter[str] = Counter()
    lack: dict[str, list[str]] = {}
    every: Counter[str] = Counter()
    for place in places:
        if place.country is None or feature_of(place.feature_code) not in KINDS:
            continue
        every[place.country] += 1
        if levels.can_have(place):
            able[place.country] += 1
            if not place.admin2:
                lack.setdefault(place.country, []).append(place.id)
    told = []
    for country in sorted(every, key=lambda c: (-len(lack.get(c, ())), c)):
        state, lacking = levels.state(country), sorted(lack.get(country, ()))
        why = "; ".join(filter(None, (state.why, state.left if lacking else "")))
        if lacking or state.why:
            told.append((country, able[country] - len(lacking), able[country], why or _UNTOLD, lacking))
    return told
