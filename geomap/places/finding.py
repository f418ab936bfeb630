"""Places by a name that may be misspelt: closest first, each with why."""

from __future__ import annotations

from typing import NamedTuple

from geomap.gazetteer import Gazetteer, prominence
from geomap.model import Place
from geomap.text import fold_name

#: Names less alike than this, in percent, are not shown.
CUTOFF = 72.0


class Found(NamedTuple):
    """A place, how close its name is (100: the same once folded), the spelling that is close, and why."""

    place: Place
    score: float
    spelling: str
    why: str


def find(gazetteer: Gazetteer, name: str, limit: int = 10) -> list[Found]:
    """Places of this name, then places of names like it; the closest first, the most prominent first among equals."""
    key = fold_name(name)
    if not key:
        return []
    found: dict[str, Found] = {}
    for close, score in _close_keys(gazetteer, key, limit * 4):
        for place_id in gazetteer.names()[close]:
            if place_id not in found:
                place = gazetteer.places[place_id]
                found[place_id] = Found(place, score, *_why(place, name, key, close))
    ranked = sorted(found.values(), key=lambda f: (f.score, prominence(f.place)), reverse=True)
    return ranked[:limit]


def _close_keys(gazetteer: Gazetteer, key: str, limit: int) -> list[tuple[str, float]]:
    from rapidfuzz import fuzz, process

    names = gazetteer.names()
    exact = [(key, 100.0)] if key in names else []
    # a one-letter difference in a short name is many percent of it, hence the second way round
    close = process.extract(key, names.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=CUTOFF)
    parts = process.extract(key, names.keys(), scorer=fuzz.token_set_ratio, limit=limit, score_cutoff=95.0)
    scores: dict[str, float] = dict(exact)
    for found, score, _ in close:
        scores.setdefault(found, min(score, 99.0))
    for found, _, _ in parts:
        scores.setdefault(found, CUTOFF)
    return sorted(scores.items(), key=lambda x: (-x[1], x[0]))


def _why(place: Place, name: str, key: str, close: str) -> tuple[str, str]:
    from rapidfuzz.distance import Levenshtein

    spelling, language = _spelling(place, close)
    where = f"its {language} name" if language else "its name"
    if close == key:
        return spelling, where if spelling == name else f"{where}, spelling folded"
    edits = Levenshtein.distance(key, close)
    if set(key.split()) < set(close.split()):
        return spelling, f"{where} has all the words"
    return spelling, f"{edits} letter{'s' * (edits > 1)} from {where}"


def _spelling(place: Place, key: str) -> tuple[str, str]:
    """The spelling that folds to a key, and its language."""
    for language, names in place.names.items():
        for name in names:
            if fold_name(name) == key:
                return name, language
    return place.name, ""
