"""Whose dead, whose tanks: the side of a loss."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.heads import Article
from geomap.extract.losses import Loss
from geomap.extract.parties import Parties, Party
from geomap.gazetteer import Gazetteer
from geomap.model import ClaimPlace

_MILITARY = frozenset({"state", "region", "group", "people"})


def side_of(article: Article, loss: Loss, parties: Parties, speaker: str | None, places: Sequence[ClaimPlace], gazetteer: Gazetteer, first: int, stop: int) -> tuple[str, str]:
    """Side of one loss and the reason for it."""
    tags = article.tagged.tags
    words = article.tagged.tokens.words
    # 1. an adjective or party right behind the noun: "32 Armenian soldiers", "five of Hezbollah's fighters"
    reach = loss.stop
    for k in range(loss.stop, min(stop, loss.stop + 5)):
        if words[k] in ",،.:؛" or any(t.tag == "link" for t in tags[k]):
            break
        if any(t.tag == "party" and t.value == "both" for t in tags[k]):
            return "both", "of the two sides"
        if any(t.tag == "party" and t.value == "own" for t in tags[k]) and speaker:
            return speaker, "its own, says the speaker"
        reach = k + 1
    near = [p for p in parties.within(loss.first, reach) if p.kind in _MILITARY or p.kind == "people"]
    if near:
        return near[0].side, "named beside the number"
    people = _people(article, loss.first, reach)
    if people:
        return people, "the adjective beside the number"
    if any(t.tag == "party" and t.value == "own" for k in range(loss.first, loss.stop) for t in tags[k]) and speaker:
        return speaker, "its own, says the speaker"
    return "", ""


def _people(article: Article, first: int, stop: int) -> str:
    for m in article.mentions_in(first, stop):
        mention = article.mentions[m]
        if mention.role in ("nationality", "actor") and mention.place:
            return mention.place.name
    return ""


def default_side(article: Article, parties: Parties, places: Sequence[ClaimPlace], gazetteer: Gazetteer, first: int, stop: int, *, civil: bool, speaker: str | None, attacker: Party | None) -> tuple[str, str]:
    """Side where nothing beside the number gives one."""
    if civil or attacker is None:
        for p in places:
            region = _authorities(p, parties)
            if region:
                return region, "the authorities of the place"
            country = gazetteer.country(p.place.country)
            if country and (attacker is None or attacker.side != country.name):
                return country.name, "the country of the place"
    others = [p for p in parties.within(first, stop) if p.kind in _MILITARY and (attacker is None or p.side != attacker.side)]
    if others:
        return others[-1].side, "the other party named"
    if attacker is not None and speaker and speaker != attacker.side:
        return speaker, "the party that complains"
    for p in places:
        country = gazetteer.country(p.place.country)
        if country and (attacker is None or attacker.side != country.name):
            return country.name, "the country of the place"
    return "unknown", "nothing says whose"


def _authorities(place: ClaimPlace, parties: Parties) -> str:
    """An area with authorities of its own that speak in the article and that holds the place."""
    for p in parties.found:
        if p.kind == "region" and p.country == place.place.country and p.side in (place.place.name, *place.place.parents, place.place.admin1):
            return p.side
    return ""
