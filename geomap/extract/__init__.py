"""Claims of an article: what, when, where, who, who was hit, who says so, who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geomap.extract.assembly import State, add_claim
from geomap.extract.denials.choice import Told, denials, held_by
from geomap.extract.events.headlines import without_headlines
from geomap.extract.events.heads import Article, cut_clauses, find_heads
from geomap.extract.events.recognition import find_events, keep_heads
from geomap.extract.models import Models
from geomap.extract.parties.doers import who_acts
from geomap.extract.parties.named import find_parties
from geomap.extract.speech.voices import find_speeches
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
    parties = find_parties(article, actors, gazetteer, active)
    events = find_events(article, [h for h, _ in kept], [p for _, p in kept], models, parties)
    speeches = find_speeches(article, parties)
    acting = [who_acts(article, event.heads, parties) for event in events]
    held = held_by(article, events, gazetteer, active)
    told = Told(article, events, [a.party.side if a.party else "" for a in acting], held, parties, speeches)
    denied = denials(models.denials, told)
    war = max((s for t in active if (s := t.war_start(document.source.published))), default=None)
    state = State()
    heads_at = [e.heads[0].first for e in events] + [len(parsed.tagged.tags)]
    for k, event in enumerate(events):
        state.next_head = heads_at[k + 1]
        said = denied.get(k, [])
        add_claim(document, article, event, acting[k], parties, speeches, said, gazetteer, active, war, models, state)
    return without_headlines(article.tagged, state.claims)


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
