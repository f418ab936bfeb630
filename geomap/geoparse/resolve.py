"""Which place of a name is meant: scores from context, with reasons. Nothing is invented: too close is unresolved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import log10

from geomap.codebook import feature_of
from geomap.fronts import PEACE, Fronts
from geomap.gazetteer import Gazetteer
from geomap.geo import distance_km, latitudes_within, longitudes_within, within_km
from geomap.geoparse.candidates import Span, names_follow
from geomap.memo import Memo
from geomap.model import Candidate, Place, Reason
from geomap.punctuation import COMMAS, QUOTES
from geomap.tagging import Tagged, Tags, mark
from geomap.text import fold_name

#: Two candidates closer in score than this, and farther apart than MAX_SAME_KM, are too close to call.
MIN_LEAD = 0.15
MAX_SAME_KM = 60.0
_NEAR_KM, _CLOSE_KM = 160.0, 40.0


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole article tells about where it plays.

    Countries by weight, places that are certain, from south to north, and the wars of its day.
    """

    countries: Mapping[str, float]
    anchors: Sequence[Place]
    #: Of the anchors that are known by a name of two places alone: these two, of which neither speaks for the other.
    namesakes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fronts: Fronts = PEACE
    _near: dict[str, tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)

    def near(self, place: Place) -> int:
        """Number of other certain places that lie near this one."""
        return self._around(place)[0]

    def close(self, place: Place) -> int:
        """Number of other certain places that lie next to this one."""
        return self._around(place)[1]

    def _around(self, place: Place) -> tuple[int, int]:
        found = self._near.get(place.id)
        if found is None:
            here = place.lonlat
            south, north = latitudes_within(here, _NEAR_KM)
            first = bisect_left(self.anchors, south, key=_latitude)
            stop = bisect_right(self.anchors, north, first, key=_latitude)
            reach = longitudes_within(here, _NEAR_KM)
            apart = [
                distance_km(a.lonlat, here)
                for a in self.anchors[first:stop]
                if abs(a.lonlat.lon - here.lon) <= reach
                and a.id != place.id
                and place.id not in self.namesakes.get(a.id, ())
            ]
            found = self._near[place.id] = sum([d <= _NEAR_KM for d in apart]), sum([d <= _CLOSE_KM for d in apart])
        return found


def _latitude(place: Place) -> float:
    return place.lonlat.lat


def article_context(
    tagged: Tagged,
    spans: Iterable[Span],
    gazetteer: Gazetteer,
    theatre_countries: Iterable[str] = (),
    fronts: Fronts = PEACE,
) -> Context:
    """Countries and certain places of an article: those whose name has one bearer only, and is written as known.

    A name that is a word too tells where the article plays only together with another name of the same country.
    """
    weight: Counter[str] = Counter()
    doubtful: dict[str, list[str]] = {}
    anchors: dict[str, Place] = {}
    namesakes: dict[str, tuple[str, ...]] = {}
    places = gazetteer.places
    for span in spans:
        if not span.is_known:
            continue
        country = places[span.places[0]].country if span.places else None
        if not country or len(span.places) > 1 and any(places[p].country != country for p in span.places):
            continue
        if is_doubtful(tagged, span, gazetteer):
            doubtful.setdefault(country, []).append(span.key)
            continue
        weight[country] += 1
        if span.kind == "name" and len(span.places) <= 2:
            place = places[span.places[0]]
            if feature_of(place.feature_code) != "country":
                alone = len(span.places) == 1 or place.id in anchors and place.id not in namesakes
                anchors[place.id] = place
                if alone:
                    namesakes.pop(place.id, None)
                else:
                    namesakes[place.id] = span.places
    for country, keys in doubtful.items():
        if weight[country] or len(set(keys)) > 1:
            weight[country] += len(keys)
    total = sum(weight.values()) or 1
    shares = {c: n / total for c, n in weight.items() if n}
    for code in theatre_countries:
        shares[code] = shares.get(code, 0.0) + 0.2
    return Context(shares, sorted(anchors.values(), key=_latitude), namesakes, fronts)


def is_doubtful(tagged: Tagged, span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a name is a word or a person's too, and no noun before it asks for a place of this name."""
    if span.kind != "name" or not span.places or not gazetteer.places[span.places[0]].needs_cue:
        return False
    places = [gazetteer.places[p] for p in span.places]
    if not all(p.needs_cue and p.country for p in places):
        return False
    kinds = {_kind(p) for p in places}
    if "country" in kinds:
        return False
    cues = place_cues(tagged, span)
    return (span.stop == span.first + 1 or kinds == {"line"}) and not any(_asked_for(p, cues) for p in places)


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


def rank(
    tagged: Tagged, span: Span, context: Context, gazetteer: Gazetteer, inside: Place | None = None
) -> list[Candidate]:
    """Candidates of a span, best first, each with its reasons; ``inside`` is what the text says that it lies in."""
    if len(span.places) == 1:
        return [_score(gazetteer.places[span.places[0]], frozenset(), context, None, ambiguous=False)]
    cues = place_cues(tagged, span)
    ranked = [_score(gazetteer.places[p], cues, context, inside, ambiguous=True) for p in span.places]
    return sorted(ranked, key=lambda c: (-c.score, c.place.id))


def lies_in(tagged: Tagged, spans: Sequence[Span], j: int, gazetteer: Gazetteer) -> Place | None:
    """The country, region or town that stands just behind a name: behind "in", "north of", or as an adjective."""
    if j + 1 >= len(spans) or not spans[j + 1].places:
        return None
    mine, behind = spans[j], spans[j + 1]
    if behind.kind == "demonym":
        holds = behind.first == mine.stop
    else:
        holds = behind.kind == "name" and (_says_in(tagged, mine, behind.first) or _says_side(tagged, mine, behind))
    if not holds:
        return None
    places = [gazetteer.places[p] for p in behind.places]
    if len({p.country for p in places}) > 1 or any(_kind(p) not in _HOLDERS for p in places):
        return None
    return max(places, key=lambda p: (p.radius_km, p.id))


def _says_in(tagged: Tagged, span: Span, first: int) -> bool:
    """Whether "in" joins a name and what begins at a token; one more word of the name may stand before it."""
    sentence_of, words, stop = tagged.tokens.sentence_of, tagged.tokens.words, span.stop
    if not stop <= first <= stop + 2 or sentence_of[stop - 1] != sentence_of[first]:
        return False
    if first == stop + 2 and (not words[stop].isalpha() or tagged.has_conjunction(stop)):
        return False
    if first == stop + 2 and tagged.tags[stop] and not names_follow(tagged, span.first):
        return False
    return any(t.tag == "prep" and t.value == "in" for t in tagged.tags[max(stop, first - 1)])


def _says_side(tagged: Tagged, span: Span, behind: Span) -> bool:
    """Whether a name is followed by a part of what the next one names: "in the district of X", "north of X"."""
    between = range(span.stop, behind.first)
    if len(between) > 2 or tagged.tokens.sentence_of[span.first] != tagged.tokens.sentence_of[behind.first]:
        return False
    if not between:
        return tagged.has(behind.first, "class", "around") or _is_in_clitic(tagged, behind.first, behind.cut)
    if len(between) > 1 and tagged.has(span.stop, "prep", "in"):
        return bool(tagged.marks[span.stop + 1] & _CLASS)
    return all(_is_part(tagged, k) for k in between)


def _is_part(tagged: Tagged, k: int) -> bool:
    """Whether a token is "in the district", "north of" or the like: a noun of places, with "in" in front of it."""
    return any(t.tag == "class" and (t.value == "around" or _is_in_clitic(tagged, k, t.cut)) for t in tagged.tags[k])


def _is_in_clitic(tagged: Tagged, k: int, cut: int) -> bool:
    """Whether "in" is among the ``cut`` letters that are glued before a noun or name."""
    glued = tagged.tokens.words[k][:cut]
    entries = (e for i in range(len(glued)) for e in tagged.lexicon.entries(glued[i : i + 1], "prep"))
    return any(e.value == "in" for e in entries)


def _kind(place: Place) -> str:
    return feature_of(place.feature_code)


_HOLDERS = frozenset({"country", "region", "district", "settlement"})


def fitting(tagged: Tagged, span: Span, context: Context, gazetteer: Gazetteer) -> Span:
    """The span; known by its consonants alone, it means places of the article's countries and of the kind asked for."""
    if span.is_known or not span.places:
        return span
    cues = place_cues(tagged, span)
    found = [gazetteer.places[p] for p in span.places]
    fits = [
        p.id
        for p in found
        if (not context.countries or p.country in context.countries or p.country is None)
        and (not cues or _asked_for(p, cues))
    ]
    return span._replace(places=tuple(fits))


def _asked_for(place: Place, cues: Set[str]) -> bool:
    feature = feature_of(place.feature_code)
    return feature in cues or feature in _AREAS and bool(_AREAS & cues)


_AREAS = frozenset({"district", "region"})


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


_CLASS = mark("class")
_OF_A_TOWN = frozenset({"settlement"})
_OF_A_VILLAGE = frozenset({"settlement", "village"})
#: A village has no more people; a seat of a district or a province is a town.
_MOST_IN_VILLAGE = 20_000


def place_cues(tagged: Tagged, span: Span) -> frozenset[str]:
    """Feature words that the nouns before the name ask for; one in the singular asks for the name behind it alone."""
    first = span.first
    words, sentence_of, marks = tagged.tokens.words, tagged.tokens.sentence_of, tagged.marks
    another = False
    for i in range(first - 1, max(first - 4, -1), -1):
        if sentence_of[i] != sentence_of[first]:
            break
        if marks[i] & _CLASS and (asked := _ASKED[tagged.tags[i]]):
            if _is_one_of(tagged, i, "villages") and names_follow(tagged, i + 1):
                asked = _OF_A_VILLAGE
            if not _is_inflected(words[i], tagged.tags[i]):
                return frozenset() if another else asked
            return _OF_A_TOWN if _is_one_of(tagged, i, "quarters") else asked
        if not tagged.tags[i]:
            if i < first - 1:
                break
            another = words[i].isalpha()
    return _list_cues(tagged, span)


#: As many tokens before a name is the noun that opens its list looked for.
_LIST = 30


def _list_cues(tagged: Tagged, span: Span) -> frozenset[str]:
    """Feature words of the plural that opens a list of names, "the districts of X, Y and Z", for one further on."""
    words, sentence_of, first = tagged.tokens.words, tagged.tokens.sentence_of, span.first
    joins, length = bool(span.cut) and tagged.has_conjunction(first), 1
    for i in range(first - 1, max(first - _LIST, -1), -1):
        word = words[i]
        if word in COMMAS or tagged.is_conjunction(i):
            joins, length = True, 0
        elif word in QUOTES:
            continue
        elif sentence_of[i] != sentence_of[first] or not word.isalpha():
            break
        elif tagged.marks[i] & _CLASS and (asked := _ASKED[tagged.tags[i]]):
            return asked if _is_inflected(word, tagged.tags[i]) else frozenset()
        elif tagged.tags[i] or not joins and length > 1:
            break
        else:
            joins, length = tagged.has_conjunction(i), 1 if joins else length + 1
    return frozenset()


def _is_one_of(tagged: Tagged, i: int, kind: str) -> bool:
    """Whether a noun is one of a list: parts of a town, behind which in the plural is the town's name, or villages."""
    nouns = tagged.lexicon.words(kind)
    return any(t.tag == "class" and fold_name(t.lemma) in nouns for t in tagged.tags[i])


def _is_inflected(word: str, tags: Tags) -> bool:
    """Whether a place noun is a dual or a plural: another form than the dictionary's."""
    return all(word[t.cut :] != fold_name(t.lemma) for t in tags if t.tag == "class")


def _asked(tags: Tags) -> frozenset[str]:
    return frozenset(t.value for t in tags if t.tag == "class" and t.value not in ("around", "border"))


_ASKED: Memo[Tags, frozenset[str]] = Memo(_asked)


def _base(code: str) -> tuple[float, tuple[Reason, ...]]:
    """Score and reason that every place with this feature code has."""
    feature = feature_of(code)
    reason = Reason("feature", f"a {feature} named so", _BASE[feature] + _SEAT.get(code, 0.0))
    return round(reason.score or 0.0, 3), (reason,)


_BASES: Memo[str, tuple[float, tuple[Reason, ...]]] = Memo(_base)


def _score(place: Place, cues: Set[str], context: Context, inside: Place | None, *, ambiguous: bool) -> Candidate:
    score, reasons = _BASES[place.feature_code]
    if ambiguous:
        reasons = (*reasons, *_context_reasons(place, cues, context))
        if inside is not None and _is_in(place, inside):
            reasons = (*reasons, Reason("lies in", f"the text says that it lies in {inside.name}", 4.0))
        score = round(sum([r.score or 0.0 for r in reasons]), 3)
    return Candidate(place, score, reasons)


def _is_in(place: Place, inside: Place) -> bool:
    if inside.country != place.country and inside.country:
        return False
    if feature_of(inside.feature_code) == "country":
        return True
    return place.id != inside.id and (
        inside.id in place.parents or within_km(place.lonlat, inside.lonlat, inside.radius_km)
    )


#: Reasons that many candidates have, each made once.
_NEIGHBOURS: Memo[int, Reason] = Memo(
    lambda near: Reason(
        "neighbours", f"{near} places named in the article lie within {_NEAR_KM:.0f} km", min(1.5, 0.5 * near)
    )
)
_CLOSE: Memo[int, Reason] = Memo(
    lambda close: Reason(
        "close neighbours",
        f"{close} places named in the article lie within {_CLOSE_KM:.0f} km",
        min(0.6, 0.3 * close),
    )
)
_POPULATION: Memo[int, Reason] = Memo(
    lambda count: Reason("population", f"{count} inhabitants", 0.12 * log10(count + 1)), 50_000
)


#: A noun may be loose: a town that nothing else speaks against is meant all the same.
_NO_VILLAGE = Reason("class noun", "the noun before the name asks for a village, and this is a town", -1.2)


_FOUGHT = Reason("front", "it lies on ground that is fought for", 3.0)


def _is_town(place: Place) -> bool:
    return place.population > _MOST_IN_VILLAGE or place.feature_code.startswith(("PPLA", "PPLC"))


def _context_reasons(place: Place, cues: Set[str], context: Context) -> list[Reason]:
    """What speaks for one of several places of a name, and against it."""
    feature = feature_of(place.feature_code)
    reasons: list[Reason] = []
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
        if "village" in cues and _is_town(place):
            reasons.append(_NO_VILLAGE)
    share = context.countries.get(place.country or "", 0.0)
    if share:
        reasons.append(Reason("country", f"{share:.0%} of the article's names lie in {place.country}", 2.5 * share))
    near = context.near(place)
    if near:
        reasons.append(_NEIGHBOURS[near])
    # the middle of a district may lie on other ground than most of it
    if feature == "settlement" and context.fronts.fought(place.lonlat):
        reasons.append(_FOUGHT)
    close = context.close(place)
    if close:
        reasons.append(_CLOSE[close])
    if place.population:
        reasons.append(_POPULATION[place.population])
    if place.needs_cue and not cues:
        reasons.append(
            Reason("misleading name", "the name is also a word or another place, and nothing says it is meant", -1.2)
        )
    if place.origin != "curated":
        reasons.append(Reason("origin", f"known from {place.origin} only", -0.6))
    return reasons
