"""Toponyms and demonyms of an article: recognise, give each its role, resolve it, say why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from geomap.codebook import feature_of
from geomap.dates import When, find_times
from geomap.gazetteer import Gazetteer
from geomap.geoparse import roles
from geomap.geoparse.borders import border_place
from geomap.geoparse.candidates import NameIndex, Span, find_spans, names_follow
from geomap.geoparse.resolve import Context, article_context, choose, fitting, lies_in, rank
from geomap.linear import Linear
from geomap.model import Candidate, Document, Mention, Place, Reason
from geomap.tagging import Tagged

#: Asked for a name that no gazetteer resolves: (name as written, feature words asked for, countries) -> place or None.
Fallback = Callable[[str, frozenset[str], Sequence[str]], Place | None]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Mentions of a document with the tokens they stand on: ``spans[k]`` belongs to ``mentions[k]``."""

    tagged: Tagged
    mentions: tuple[Mention, ...]
    spans: tuple[Span, ...]
    whens: tuple[When, ...]
    views: Mapping[int, roles.SentenceView] = field(default_factory=dict, repr=False, compare=False)


def parse(
    document: Document,
    tagged: Tagged,
    index: NameIndex,
    model: Linear,
    theatre_countries: Sequence[str] = (),
    fallback: Fallback | None = None,
) -> Parsed:
    """Mentions of one tagged document.

    Parameters
    ----------
    document : Document
    tagged : Tagged
        Its tokens with their lexicon tags.
    index : NameIndex
        The gazetteer as the document's language writes it.
    model : Linear
        The role model of the language.
    theatre_countries : sequence of str
        Codes of the countries that the run is about, where it says so.
    fallback : Fallback, optional
        Asked where the gazetteer has no such name.
    """
    spans = find_spans(tagged, index)
    gazetteer = index.gazetteer
    context = article_context(spans, gazetteer, theatre_countries)
    views: dict[int, roles.SentenceView] = {}
    given: list[str] = []
    kept: list[Mention] = []
    kept_spans: list[Span] = []
    tokens = tagged.tokens
    published = document.source.published
    whens = tuple(w for a, b in tokens.sentences for w in find_times(tagged, a, b, published)) if spans else ()
    for j, span in enumerate(spans):
        number = tokens.sentence_of[span.first]
        view = views.get(number)
        if view is None:
            view = views[number] = roles.sentence_view(tagged, number, whens, published)
        names = roles.features(tagged, spans, j, given, view, index)
        role, share, shares = roles.decide(model, names)
        by_noun = role == "none" and not span.is_known and names_follow(tagged, span.first)
        if by_noun:
            role, share = roles.likeliest_name(model, shares)
        elif role == "none":
            given.append(role)
            continue
        mention = _mention(document, tagged, span, role, share, context, gazetteer, fallback, spans, j)
        if by_noun and mention.place is None and index.may_describe(span.key):
            given.append("none")
            continue
        given.append(role)
        kept.append(mention)
        kept_spans.append(span)
    return Parsed(tagged, tuple(kept), tuple(kept_spans), whens, views)


def _mention(
    document: Document,
    tagged: Tagged,
    span: Span,
    role: str,
    share: float,
    context: Context,
    gazetteer: Gazetteer,
    fallback: Fallback | None,
    spans: list[Span],
    j: int,
) -> Mention:
    start, end = tagged.tokens.span(span.first, span.stop - 1)
    start = tagged.tokens.folded.start_of(tagged.tokens.starts[span.first] + span.cut)
    written = document.text[start:end]
    ranked: list[Candidate] = []
    if span.kind == "border":
        place = border_place(tagged, spans, j, context, gazetteer)
    else:
        inside = lies_in(tagged, spans, j, gazetteer) if len(span.places) > 1 else None
        ranked = rank(tagged, fitting(tagged, span, context, gazetteer), context, gazetteer, inside)
        place = choose(ranked)
        if place is None and not ranked and fallback is not None:
            place = fallback(written, frozenset(), sorted(context.countries, key=lambda c: -context.countries[c])[:3])
    reasons = [Reason("role", f"the words around it make it {role}", round(share, 3))]
    if place:
        reasons.append(
            Reason(
                "place",
                f"{place.name} ({feature_of(place.feature_code)}), known from {place.origin}",
                ranked[0].score if ranked else None,
            )
        )
    else:
        reasons.append(
            Reason(
                "unresolved",
                "no place of this name" if not ranked else "several places of this name, too close to call",
            )
        )
    return Mention(document.id, start, end, written, role, place, tuple(ranked[:4]), tuple(reasons))  # type: ignore[arg-type]
