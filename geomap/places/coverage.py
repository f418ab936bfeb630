"""How much is known of the places of a file: second sources, ids, what they lie in, names by language.

And by country, of how many places the second-level division is known, and why it is not of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from geomap.model import Place
from geomap.places.second_level import SecondLevel, is_small, second_level

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


class Lacking(NamedTuple):
    """A country's second level: how many places have it of those that can, why not more, and the ids of the rest."""

    country: str
    has: int
    able: int
    why: str
    places: tuple[str, ...]


def second_levels(places: Iterable[Place], levels: SecondLevel | None = None) -> list[Lacking]:
    """The countries with places that lack a second-level division or cannot have one, those that lack most first."""
    levels = levels or second_level()
    every: dict[str, list[Place]] = {}
    for place in places:
        if place.country is not None and is_small(place.feature_code):
            every.setdefault(place.country, []).append(place)
    told = []
    for country, theirs in every.items():
        able = [place for place in theirs if levels.can_have(place)]
        lacking = tuple(sorted(place.id for place in able if not place.admin2))
        state = levels.state(country)
        why = "; ".join(filter(None, (state.why, state.left if lacking else ""))) or _UNTOLD
        if lacking or state.why:
            told.append(Lacking(country, len(able) - len(lacking), len(able), why, lacking))
    return sorted(told, key=lambda row: (-len(row.places), row.country))
