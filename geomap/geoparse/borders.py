"""A border without a name: the line between the two states named beside it, or those the article is about."""

from __future__ import annotations

from geomap.gazetteer import Gazetteer
from geomap.geoparse.candidates import Span
from geomap.geoparse.resolve import Context
from geomap.model import Place
from geomap.tagging import Tagged

_REACH = 8


def border_place(tagged: Tagged, spans: list[Span], j: int, context: Context, gazetteer: Gazetteer) -> Place | None:
    """The curated border that fits best, None where none does."""
    here = spans[j]
    sentence = tagged.tokens.sentence_of[here.first]
    beside: list[str] = []
    for other in spans[j + 1 : j + 4]:
        if other.first - here.stop <= _REACH and tagged.tokens.sentence_of[other.first] == sentence:
            beside += [c for c in _countries(other, gazetteer) if c not in beside]
    before = [
        c
        for s in spans[max(0, j - 4) : j]
        for c in _countries(s, gazetteer)
        if tagged.tokens.sentence_of[s.first] == sentence
    ]
    weight = dict(context.countries)
    for k, code in enumerate(beside[:2]):
        weight[code] = weight.get(code, 0.0) + 2.0 - 0.2 * k
    for code in before:
        weight[code] = weight.get(code, 0.0) + 0.6
    best: tuple[float, Place] | None = None
    for place in borders(gazetteer):
        if all(weight.get(code, 0.0) > 0 for code in place.parents):
            score = sum(weight[code] for code in place.parents)
            if best is None or score > best[0]:
                best = (score, place)
    return best[1] if best else None


def _countries(span: Span, gazetteer: Gazetteer) -> list[str]:
    found = {gazetteer.places[p].country for p in span.places}
    code = next(iter(found)) if len(found) == 1 else None
    return [code] if code else []


_CACHE: dict[int, tuple[Place, ...]] = {}


def borders(gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Lines with exactly two states as parents, sorted by id."""
    found = _CACHE.get(id(gazetteer))
    if found is None:
        lines = (p for p in gazetteer if p.feature_code == "BDRY" and len(p.parents) == 2)
        found = _CACHE[id(gazetteer)] = tuple(sorted(lines, key=lambda p: p.id))
    return found
