"""How much is known of the places of a file: second sources, ids, what they lie in, names by language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from geomap.model import Place

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


def coverage(places: Iterable[Place]) -> list[str]:
    """A line for each kind of knowledge: of how many places it is there."""
    known = list(places)
    lines = [
        f"{title}: " + ", ".join(f"{name} {sum(map(bool, map(asked, known))):,}" for name, asked in asked_for)
        for title, asked_for in _KNOWN
    ]
    languages = Counter(language for place in known for language, names in place.names.items() if names)
    told = sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))
    return [*lines, "names: " + ", ".join(f"{language} {count:,}" for language, count in told)]
