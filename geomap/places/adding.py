"""Adding places to a gazetteer file: a line each, checked before anything is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from geomap.errors import DataError
from geomap.gazetteer import Gazetteer
from geomap.model import Issue, Place
from geomap.places.check import check_text
from geomap.places.reading import read_rows
from geomap.places.writing import feature_of_place, save, text_of
from geomap.text import fold_name

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(name: str, country: str | None, taken: Iterable[str] = ()) -> str:
    """An id for a place: its country and name in ASCII, with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ə", "a").replace("ı", "i"))
    body = _NOT_SLUG.sub("-", plain.encode("ascii", "ignore").decode()).strip("-") or "place"
    base = f"{country.lower()}-{body}" if country else body
    used = set(taken)
    if base not in used:
        return base
    return next(f"{base}-{n}" for n in range(2, len(used) + 3) if f"{base}-{n}" not in used)


def curated(place: Place, taken: Iterable[str], name: str, language: str) -> Place:
    """A place of the fallback as a curated one: an id of its own, the name as the article writes it among its names."""
    names = {lang: list(spellings) for lang, spellings in place.names.items()}
    names.setdefault("en", [place.name])
    spellings = names.setdefault(language, [])
    if fold_name(name) not in map(fold_name, spellings):
        spellings.insert(0, name)
    return replace(
        place,
        id=slug(place.name, place.country, taken),
        names={lang: tuple(_once(given)) for lang, given in names.items()},
        origin="curated",
    )


def _once(names: Sequence[str]) -> list[str]:
    return list({fold_name(name): name for name in reversed(names)}.values())[::-1]


def known_under(place: Place, gazetteer: Gazetteer, max_km: float = 3.0) -> Place | None:
    """The curated settlement that lies where the place lies, if any: its other name rather than another place."""
    from geomap.codebook import feature_of

    kind = feature_of(place.feature_code)
    near = (p for _, p in gazetteer.near(place.lonlat, max_km) if feature_of(p.feature_code) == kind)
    return next(near, None)


def add_to_file(path: Path, places: Sequence[Place]) -> list[Issue]:
    """Add places to a file, made if it is not there; what is wrong with the outcome, in which case nothing is written.

    Raises
    ------
    DataError
        Where the file is broken already.
    OutputError
        Where it cannot be written.
    """
    features: list[Mapping[str, Any]] = [row.feature for row in read_rows(path)] if path.exists() else []
    taken = {f["id"] for f in features}
    for place in places:
        if place.id in taken:
            raise DataError(str(path), f"duplicate id {place.id!r}", "Give the place its own id.")
    features += [feature_of_place(place) for place in places]
    _, faults = check_text(str(path), text_of(features))
    if not faults:
        save(path, features)
    return faults
