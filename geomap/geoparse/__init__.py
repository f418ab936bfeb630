"""Toponyms and demonyms of an article: recognise, give each its role, resolve it, say why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geomap.dates import When, times_of
from geomap.fronts import PEACE, Fronts
from geomap.geoparse import roles
from geomap.geoparse.candidates import Span, find_spans, names_follow
from geomap.geoparse.names import NameIndex
from geomap.geoparse.naming import Fallback, Namer
from geomap.geoparse.resolve import article_context
from geomap.linear import Linear
from geomap.model import Document, Mention
from geomap.tagging import Tagged

__all__ = ["Fallback", "Parsed", "parse"]


_NAMES = frozenset({"name", "variant", "unknown"})


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
    fronts: Fronts = PEACE,
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
    fronts : Fronts
        The wars of the document's day.
    """
    spans = find_spans(tagged, index)
    context = article_context(tagged, spans, index.gazetteer, theatre_countries, fronts)
    namer = Namer(document, tagged, spans, context, index.gazetteer, fallback)
    views: dict[int, roles.SentenceView] = {}
    article = roles.article_view(context.countries)
    given: list[str] = []
    kept: list[Mention] = []
    kept_spans: list[Span] = []
    tokens, word = tagged.tokens, model.classes.index("none")
    published = document.source.published
    whens = times_of(tagged, published) if spans else ()
    for j, span in enumerate(spans):
        number = tokens.sentence_of[span.first]
        view = views.get(number)
        if view is None:
            view = views[number] = roles.sentence_view(tagged, number, whens, published)
        names = roles.features(tagged, spans, j, given, view, article, index)
        role, share, shares = roles.decide(model, names)
        role = roles.possible(span, index, tokens.words[span.first], role, shares, model)
        by_noun = role == "none" and span.kind in _NAMES and names_follow(tagged, span.first)
        if by_noun:
            role, share = roles.likeliest_name(model, shares)
        if role == "location" and span.first and not span.cut and index.bodies[tokens.words[span.first - 1]]:
            role = "background"
        if role == "actor" and roles.heads_figures(tagged, span, index):
            role = "location"
        named = namer.name(j, shares[word]) if role != "none" else None
        if named is None or by_noun and named.place is None and (span.is_known or index.may_describe(span.key)):
            given.append("none")
            continue
        given.append(role)
        kept.append(namer.mention(named, role, share))
        kept_spans.append(named.span)
    return Parsed(tagged, tuple(kept), tuple(kept_spans), whens, views)
