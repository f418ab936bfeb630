"""Claims of an article: what, when, where, who, who was hit, who says so, who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geomap.extract.article import Article, cut_clauses
from geomap.extract.assembly import Assembly
from geomap.extract.denials.choice import denials
from geomap.extract.denials.told import Told
from geomap.extract.events.headlines import without_headlines
from geomap.extract.events.heads import find_heads
from geomap.extract.events.recognition import find_events, keep_heads
from geomap.extract.models import Models
from geomap.extract.parties.doers import who_acts
from geomap.extract.reading import read
from geomap.gazetteer import Gazetteer
from geomap.geoparse import Parsed
from geomap.model import Claim, Document, Mention
from geomap.theatre import Actors, Theatre


def article_of(parsed: Parsed, published: date | None) -> Article:
    """The extraction's view of a geoparsed document."""
    tagged = parsed.tagged
    clause_of, clauses = cut_clauses(tagged)
    return Article(
        tagged,
        parsed.mentions,
        [s.first for s in parsed.spans],
        [s.stop for s in parsed.spans],
        list(parsed.whens),
        published,
        clause_of,
        clauses,
        {number: view.features for number, view in parsed.views.items()},
    )


def extract_claims(
    document: Document,
    parsed: Parsed,
    models: Models,
    gazetteer: Gazetteer,
    actors: Actors,
    theatres: Sequence[Theatre],
) -> list[Claim]:
    """Claims of one geoparsed document, in order."""
    article = article_of(parsed, document.source.published)
    heads = find_heads(article)
    kept = keep_heads(article, heads, models)
    if not kept:
        return []
    active = active_theatres(theatres, parsed.mentions)
    reading = read(article, actors, gazetteer, active)
    parties = reading.parties
    events = find_events(article, [h for h, _ in kept], [p for _, p in kept], models, parties)
    acting = [who_acts(article, event.heads, parties) for event in events]
    denied = denials(models.denials, Told.of(reading, events, [a.party for a in acting]))
    war = max((s for t in active if (s := t.war_start(document.source.published))), default=None)
    assembly = Assembly(document, reading, models, war)
    heads_at = [e.heads[0].first for e in events] + [len(parsed.tagged.tags)]
    for k, event in enumerate(events):
        assembly.next_head = heads_at[k + 1]
        assembly.add(event, acting[k], denied.get(k, []))
    return without_headlines(article.tagged, assembly.claims)


def active_theatres(theatres: Sequence[Theatre], mentions: Sequence[Mention]) -> list[Theatre]:
    """Theatres that the article plays in, the most named first: a state of the theatre is named at least twice."""
    count: dict[str, int] = {}
    for mention in mentions:
        if mention.place and mention.place.country:
            count[mention.place.country] = count.get(mention.place.country, 0) + 1
    weight = {t.name: sum(count.get(c, 0) for c in t.countries) for t in theatres}
    ranked = sorted((t for t in theatres if weight[t.name] >= 2), key=lambda t: (-weight[t.name], t.name))
    top = weight[ranked[0].name] if ranked else 0
    return [t for t in ranked if weight[t.name] * 3 >= top]
