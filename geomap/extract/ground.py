"""Whose ground an event is on: a measure holds at home, civilians are not where others rule."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.events import Event
from geomap.extract.heads import Article
from geomap.extract.parties import Party
from geomap.extract.places import place_word_in
from geomap.gazetteer import Gazetteer
from geomap.model import Casualty, ClaimPlace

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
