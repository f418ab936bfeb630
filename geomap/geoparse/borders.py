"""A border without a name: the line between the two states named beside it, or those the article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from geomap.gazetteer import Gazetteer
from geomap.geoparse.candidates import Span
from geomap.geoparse.resolve import Context
from geomap.memo import PerObject
from geomap.model import Place
from geomap.punctuation import COMMAS
from geomap.tagging import Tagged

#: What a country named before the border in its sentence counts.
_BEFORE = 0.4
_BEFORE_SITE, _BESIDE = 1.0, 3
#: What the share of the article's sites counts: mediators are named by their capitals, and have none.
_SITES = 0.5
_OF_STATES = frozenset({"PCLI", "PPLC"})
_REACH = 8
#: Two states stand together where no more words part them: "between A and B", "the A-B front".
_TOGETHER = 6
#: What it counts that two states fight one another.
_RIVALS = 0.6
#: What two states count for where they stand together, and where that is all.
_PAIR, _MOST_PAIRS = 0.8, 1.5


def border_place(
    tagged: Tagged,
    spans: Sequence[Span],
    j: int,
    context: Context,
    gazetteer: Gazetteer,
    paired: Mapping[frozenset[str], int],
) -> Place | None:
    """The curated border that fits best, None where none does.

    Parameters
    ----------
    paired : mapping
        How often two countries stand together in the article, as `pairs_of` counts them.
    """
    here = spans[j]
    sentence = tagged.tokens.sentence_of[here.first]
    beside: list[str] = []
    for other in spans[j + 1 : j + 4]:
        between = tagged.tokens.words[here.stop : other.first]
        if len(between) <= _REACH and not COMMAS & set(between) and tagged.tokens.sentence_of[other.first] == sentence:
            beside += [c for c in _countries(other, gazetteer) if c not in beside]
    before = {
        c
        for s in spans[max(0, j - 4) : j]
        for c in _countries(s, gazetteer)
        if tagged.tokens.sentence_of[s.first] == sentence
    }
    weight = dict(context.countries)
    sites = Counter(p.country for p in context.anchors if p.country and p.feature_code not in _OF_STATES)
    for code, count in sites.items():
        weight[code] = weight.get(code, 0.0) + _SITES * count / sites.total()
    for site in spans[max(0, j - 1) : j]:
        if here.first - site.stop <= _BESIDE and site.kind == "name":
            for code in _countries(site, gazetteer):
                weight[code] = weight.get(code, 0.0) + _BEFORE_SITE
    for k, code in enumerate(beside[:2]):
        weight[code] = weight.get(code, 0.0) + 2.0 - 0.2 * k
    for code in before:
        weight[code] = weight.get(code, 0.0) + _BEFORE
    best: tuple[float, Place] | None = None
    for place in borders(gazetteer):
        if all(weight.get(code, 0.0) > 0 for code in place.parents):
            together = min(_MOST_PAIRS, _PAIR * paired.get(frozenset(place.parents), 0))
            fits = not beside or not set(beside[:2]).isdisjoint(place.parents)
            rivalry = _RIVALS if fits and frozenset(place.parents) in context.fronts.rivals else 0.0
            score = together + rivalry + sum(weight[code] for code in place.parents)
            if best is None or score > best[0]:
                best = (score, place)
    return best[1] if best else None


def pairs_of(spans: Sequence[Span], gazetteer: Gazetteer) -> Counter[frozenset[str]]:
    """How often two countries stand together in an article, or their border is named."""
    found: Counter[frozenset[str]] = Counter()
    for span in spans:
        for place in (gazetteer.places[p] for p in span.places[:1]):
            if place.feature_code == "BDRY" and len(place.parents) == 2:
                found[frozenset(place.parents)] += 1
    for a, b in pairwise(spans):
        if b.first - a.stop <= _TOGETHER:
            both = frozenset(_state(a, gazetteer) + _state(b, gazetteer))
            if len(both) == 2:
                found[both] += 1
    return found


def _state(span: Span, gazetteer: Gazetteer) -> list[str]:
    """The country that a span names by its name, its people or its capital."""
    names = all(gazetteer.places[p].feature_code in ("PCLI", "PPLC") for p in span.places)
    return _countries(span, gazetteer) if names else []


def _countries(span: Span, gazetteer: Gazetteer) -> list[str]:
    """The country that a span names or names a place of; none where the name may be a mere word."""
    places = [gazetteer.places[p] for p in span.places]
    if all(p.needs_cue and p.feature_code != "PCLI" for p in places):
        return []
    found = {p.country for p in places}
    code = next(iter(found)) if len(found) == 1 else None
    return [code] if code else []


def borders(gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Lines with exactly two states as parents, sorted by id."""
    return _borders(gazetteer)


def _borders_of(gazetteer: Gazetteer) -> tuple[Place, ...]:
    lines = (p for p in gazetteer if p.feature_code == "BDRY" and len(p.parents) == 2)
    return tuple(sorted(lines, key=lambda p: p.id))


_borders = PerObject(_borders_of)
