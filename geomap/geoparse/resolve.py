"""Which place of a name is meant: scores from context, with their reasons. Nothing is invented: too close is unresolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from geomap.codebook import feature_of
from geomap.gazetteer import Gazetteer
from geomap.geo import distance_km
from geomap.geoparse.candidates import Span
from geomap.model import Candidate, Place, Reason
from geomap.tagging import Tagged

#: Two candidates closer in score than this, and farther apart than MAX_SAME_KM, are too close to call.
MIN_LEAD = 0.15
MAX_SAME_KM = 60.0
_NEAR_KM = 160.0


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole article tells about where it plays: countries by weight, and places that are certain."""

    countries: Mapping[str, float]
    anchors: Sequence[Place]


def article_context(spans: Iterable[Span], gazetteer: Gazetteer, theatre_countries: Iterable[str] = ()) -> Context:
    """Countries and certain places of an article: those whose name has one bearer only."""
    weight: Counter[str] = Counter()
    anchors: dict[str, Place] = {}
    for span in spans:
        found = {gazetteer.places[p].country for p in span.places}
        if len(found) == 1 and (country := next(iter(found))):
            weight[country] += 1
            if span.kind == "name" and len(span.places) <= 2:
                place = gazetteer.places[span.places[0]]
                if feature_of(place.feature_code) != "country":
                    anchors[place.id] = place
    total = sum(weight.values()) or 1
    shares = {c: n / total for c, n in weight.items()}
    for code in theatre_countries:
        shares[code] = shares.get(code, 0.0) + 0.2
    return Context(shares, tuple(anchors.values()))


_BASE = {
    "country": 3.0,
    "region": 0.9,
    "settlement": 1.2,
    "district": 0.6,
    "water": 0.6,
    "mountain": 0.3,
    "facility": 0.2,
    "line": 0.3,
}
_SEAT = {"PPLC": 1.6, "PPLA": 0.6, "PPLA2": 0.25}


def rank(tagged: Tagged, span: Span, context: Context, gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates of a span, best first, each with its reasons."""
    cues = place_cues(tagged, span)
    ranked = [_score(gazetteer.places[p], cues, context, len(span.places) > 1) for p in span.places]
    return sorted(ranked, key=lambda c: (-c.score, c.place.id))


def choose(ranked: Sequence[Candidate]) -> Place | None:
    """The best candidate's place, or None where another one far off scores the same."""
    if not ranked:
        return None
    best = ranked[0]
    for other in ranked[1:]:
        if best.score - other.score >= MIN_LEAD:
            break
        if distance_km(best.place.lonlat, other.place.lonlat) > MAX_SAME_KM:
            return None
    return best.place


def place_cues(tagged: Tagged, span: Span) -> set[str]:
    """Feature words that the nouns before the name ask for."""
    found: set[str] = set()
    for back in (1, 2, 3):
        i = span.first - back
        if i < 0 or tagged.tokens.sentence_of[i] != tagged.tokens.sentence_of[span.first]:
            break
        here = {t.value for t in tagged.tags[i] if t.tag == "class" and t.value not in ("around", "border")}
        if here:
            return here
        if back > 1 and not tagged.tags[i]:
            break
    return found


def _score(place: Place, cues: set[str], context: Context, ambiguous: bool) -> Candidate:
    feature = feature_of(place.feature_code)
    reasons = [Reason("feature", f"a {feature} named so", _BASE[feature] + _SEAT.get(place.feature_code, 0.0))]
    if ambiguous:
        if cues:
            fits = (
                feature in cues
                or (feature == "district" and "region" in cues)
                or (feature == "region" and "district" in cues)
            )
            reasons.append(
                Reason(
                    "class noun",
                    f"the noun before the name {'asks for' if fits else 'does not ask for'} a {feature}",
                    1.6 if fits else -0.8,
                )
            )
        share = context.countries.get(place.country or "", 0.0)
        if share:
            reasons.append(Reason("country", f"{share:.0%} of the article's names lie in {place.country}", 2.5 * share))
        near = sum(1 for a in context.anchors if a.id != place.id and distance_km(a.lonlat, place.lonlat) <= _NEAR_KM)
        if near:
            reasons.append(
                Reason(
                    "neighbours",
                    f"{near} places named in the article lie within {_NEAR_KM:.0f} km",
                    min(1.5, 0.5 * near),
                )
            )
        if place.population:
            reasons.append(Reason("population", f"{place.population} inhabitants", 0.12 * log10(place.population + 1)))
        if place.needs_cue and not cues:
            reasons.append(
                Reason(
                    "misleading name", "the name is also a word or another place, and nothing says it is meant", -0.7
                )
            )
        if place.origin != "curated":
            reasons.append(Reason("origin", f"known from {place.origin} only", -0.6))
    return Candidate(place, round(sum(r.score or 0.0 for r in reasons), 3), tuple(reasons))
