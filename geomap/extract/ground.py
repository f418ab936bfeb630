"""Whose ground an event is on: a measure holds at home, civilians are not where others rule."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.parties.named import Party
from geomap.extract.places import place_word_in
from geomap.gazetteer import Gazetteer
from geomap.model import Casualty, ClaimPlace, Equipment
from geomap.numbers import digits

#: Kinds of party that may stand for a state whose ground they order things on.
_STATES = frozenset({"state", "people"})


def own_country(
    article: Article, event: Event, acting: Party | None, places: tuple[ClaimPlace, ...], gazetteer: Gazetteer
) -> tuple[ClaimPlace, ...]:
    """Places of a measure: a call-up or martial law holds in the country of the state that orders it.

    Only ground of its own that the clause names is finer than that; what was told before, or what it arms for, is not
    where it calls up.
    """
    home = gazetteer.country(acting.country) if acting and acting.kind in _STATES else None
    if home is None:
        return places
    if places and not any("mobilise" in head.values for head in event.heads):
        return places
    own = tuple(p for p in places if not p.inferred and p.place.country == home.country)
    if own or (places and place_word_in(article, event.first, event.stop)):
        return own or places
    return (ClaimPlace(home, 3, None, None, True),)


def over_the_country(
    article: Article,
    event: Event,
    acting: Party | None,
    places: tuple[ClaimPlace, ...],
    equipment: Sequence[Equipment],
    gazetteer: Gazetteer,
) -> tuple[ClaimPlace, ...]:
    """Places of what a state's air defence shot down in great number: its country, where the sentence names no place.

    The town of which was told before is none where dozens of drones were shot down in one night.
    """
    home = gazetteer.country(acting.country) if acting and acting.kind in _STATES else None
    heads = {value for head in event.heads for value in head.values}
    swarm = [e for e in equipment if (e.count or 0) >= _MANY and e.item in _FLOWN and heads & _FLOWN[e.item]]
    if home is None or not swarm or not all(p.inferred for p in places):
        return places
    if any(e.side == home.name or _counted_before(article, e.count, event.first) for e in swarm):
        return places
    if place_word_in(article, event.first, event.stop) or _told_here(article, event, places):
        return places
    return (ClaimPlace(home, 3, None, None, True),)


def _told_here(article: Article, event: Event, places: Sequence[ClaimPlace]) -> bool:
    """Whether the event's own sentence names one of these places."""
    named = (article.mentions[k].place for k in article.mentions_in(*article.sentence(event.first)))
    return bool({place.id for place in named if place} & {p.place.id for p in places})


def _counted_before(article: Article, count: int | None, at: int) -> bool:
    """Whether the text gave a number before: what is told again happened where it was told first."""
    return any(digits(word) == count for word in article.tagged.tokens.words[:at])


#: What comes in swarms, with the words by which it is brought down; and how many at least make a swarm.
_FLOWN = {"drone": frozenset({"shootdown", "destroy"}), "other": frozenset({"shootdown"})}
_MANY = 20


def off_held_ground(
    places: tuple[ClaimPlace, ...], holders: Sequence[str], casualties: Sequence[Casualty], gazetteer: Gazetteer
) -> tuple[ClaimPlace, ...]:
    """Places, unless they are only taken over and held by others than the state whose civilians were hit.

    Its civilians are then elsewhere in that state.
    """
    home = gazetteer.country(places[0].place.country) if places and all(p.inferred for p in places) else None
    if home is None or not holders or holders[0] == home.name or not casualties:
        return places
    hit = all(c.side == home.name and c.status == "civilian" for c in casualties)
    return (ClaimPlace(home, 3, None, None, True),) if hit else places
