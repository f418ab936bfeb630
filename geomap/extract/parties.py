"""Who is named: states (by country, capital or adjective with an organ), armed groups, organisations, witnesses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.extract.heads import Article
from geomap.gazetteer import Gazetteer
from geomap.lexicon import Lexicon
from geomap.model import Place
from geomap.theatre import Actors, Alias, Theatre

#: Organs that speak for nobody in particular; the value is what they are called as claimants.
CLAIMANTS = {
    "media": "media reports",
    "witness": "witnesses",
    "medical": "medical sources",
    "security": "security sources",
    "soldiers": "military sources",
    "activists": "activists",
    "local": "local authorities",
}


class Party(NamedTuple):
    """A party named by tokens ``first`` to ``stop``.

    ``kind`` is ``state``, ``region`` (authorities of an area), ``group``, ``organisation``, ``claimant`` (witnesses,
    media …), ``people`` (an adjective with no organ beside it) or ``latent`` (a place
    that speaks only where a speech word stands beside it).
    """

    first: int
    stop: int
    name: str
    side: str
    kind: str
    leader: bool
    country: str | None


@dataclass(frozen=True, slots=True)
class Parties:
    """Parties of an article in order of appearance."""

    found: Sequence[Party]
    starts: Sequence[int]

    def within(self, first: int, stop: int) -> Sequence[Party]:
        """Parties that begin in a token range."""
        return self.found[bisect_left(self.starts, first) : bisect_left(self.starts, stop)]


def find_parties(article: Article, actors: Actors, gazetteer: Gazetteer, theatres: Sequence[Theatre]) -> Parties:
    """All parties; an armed group's name wins over the place or adjective inside it."""
    found = [*_groups(article, actors, frozenset(t.name for t in theatres))]
    taken = {k for p in found for k in range(p.first, p.stop)}
    for k, mention in enumerate(article.mentions):
        first, stop = article.mention_first[k], article.mention_stop[k]
        if mention.place is None or first in taken:
            continue
        party = _from_place(article, first, stop, mention.role, mention.place, gazetteer, theatres)
        if party:
            found.append(party)
    taken |= {k for p in found for k in range(p.first, p.stop)}
    found += _claimants(article, taken)
    found += _authorities(article, taken | {k for p in found for k in range(p.first, p.stop)})
    found.sort(key=lambda p: (p.first, -p.stop))
    return Parties(found, [p.first for p in found])


def _authorities(article: Article, taken: set[int]) -> list[Party]:
    """Authorities of "the region", with no name: those of the region that the article names most."""
    named = [
        m.place
        for m in article.mentions
        if m.place and feature_of(m.place.feature_code) == "region" and m.role in ("actor", "location", "background")
    ]
    if not named:
        return []
    region = max(dict.fromkeys(named), key=named.count)
    found: list[Party] = []
    tags = article.tagged.tags
    for i in range(1, len(tags)):
        definite = any(t.tag == "class" and t.value == "region" and t.cut >= 2 for t in tags[i])
        if definite and i not in taken and any(t.tag == "organ" for k in range(max(0, i - 3), i) for t in tags[k]):
            found.append(Party(i, i + 1, region.name, region.name, "region", False, region.country))
    return found


def _groups(article: Article, actors: Actors, weak_theatres: frozenset[str]) -> list[Party]:
    words = article.tagged.tokens.words
    memo = _openings(actors, article.tagged.lexicon)
    found: list[Party] = []
    i, count = 0, len(words)
    while i < count:
        word = words[i]
        aliases = memo.get(word)
        if aliases is None:
            aliases = memo[word] = tuple(
                a for _, stem in article.tagged.lexicon.stems(word) for a in actors.starting_with(stem)
            )
        best = _best_alias(words, i, aliases, weak_theatres) if aliases else None
        if best:
            stop, alias = best
            actor = alias.actor
            found.append(
                Party(i, stop, actor.name, actor.side, _KIND_OF.get(actor.kind, "group"), alias.leader, actor.country)
            )
            i = stop
        else:
            i += 1
    return found


_KIND_OF = {
    "state": "state",
    "police": "state",
    "organisation": "organisation",
    "media": "claimant",
    "witnesses": "claimant",
    "medical": "claimant",
    "civilians": "civilians",
}
_MEMO: dict[tuple[int, int], dict[str, tuple[Alias, ...]]] = {}


def _openings(actors: Actors, lexicon: Lexicon) -> dict[str, tuple[Alias, ...]]:
    """Aliases that a written word can begin, kept for each pair of actors and lexicon."""
    memo = _MEMO.setdefault((id(actors), id(lexicon)), {})
    if len(memo) > 200_000:
        memo.clear()
    return memo


def _best_alias(
    words: list[str], i: int, aliases: tuple[Alias, ...], weak_theatres: frozenset[str]
) -> tuple[int, Alias] | None:
    """The longest alias at token ``i``; of equals the one whose theatre the article plays in."""
    best: tuple[int, Alias] | None = None
    for alias in aliases:
        if alias.weak and alias.theatre not in weak_theatres:
            continue
        stop = _match(words, i + 1, alias.rest)
        if stop and (
            best is None
            or stop > best[0]
            or stop == best[0]
            and alias.theatre in weak_theatres
            and best[1].theatre not in weak_theatres
        ):
            best = (stop, alias)
    return best


def _match(words: list[str], at: int, rest: tuple[str, ...]) -> int:
    for want in rest:
        if at < len(words) and words[at] in "\"'" and want not in "\"'":
            at += 1
        if at >= len(words) or words[at] != want:
            return 0
        at += 1
    return at


def _from_place(
    article: Article, first: int, stop: int, role: str, place: Place, gazetteer: Gazetteer, theatres: Sequence[Theatre]
) -> Party | None:
    """The party that a name stands for; a name with another role is ``latent``: it speaks only beside a speech word."""
    feature = feature_of(place.feature_code)
    organ = _organ_before(article, first)
    name, kind = place.name, "state"
    if feature != "country":
        country = gazetteer.country(place.country)
        holder = next((side for t in theatres if (side := t.holder(place.lonlat, article.published))), "")
        if place.feature_code in _OWN_AUTHORITIES and holder != place.name and (role == "actor" or organ):
            kind = "region"
        elif place.feature_code == "PPLC" or role == "actor" or organ:
            name, kind = (holder, "region") if holder else (country.name if country else place.name, "state")
        else:
            return None
        if holder == place.name:
            kind = "region"
    if role == "nationality" and not organ and not _organ_behind(article, stop):
        kind = "people"
    elif role in ("location", "background") and not organ:
        kind = "latent"
    return Party(first, stop, name, name, kind, False, place.country)


#: Areas that may have authorities of their own; a province speaks for its state.
_OWN_AUTHORITIES = frozenset({"RGN", "RGNE"})


def _organ_before(article: Article, first: int) -> str:
    """Organ word up to four tokens before a name, with no verb or comma between."""
    tags, words = article.tagged.tags, article.tagged.tokens.words
    for k in range(first - 1, max(-1, first - 5), -1):
        if words[k] in ',،.:\n"' or any(
            t.tag in ("speech", "event") and t.form in ("past", "present") for t in tags[k]
        ):
            return ""
        for t in tags[k]:
            if t.tag == "organ":
                return t.value
    return ""


def _organ_behind(article: Article, stop: int) -> bool:
    return stop < len(article.tagged.tags) and any(t.tag == "organ" for t in article.tagged.tags[stop])


def _claimants(article: Article, taken: set[int]) -> list[Party]:
    found: list[Party] = []
    tags = article.tagged.tags
    for i, here in enumerate(tags):
        for t in here:
            if t.tag == "organ" and t.value in CLAIMANTS and not any(k in taken for k in range(i, i + t.width)):
                found.append(Party(i, i + t.width, CLAIMANTS[t.value], "unknown", "claimant", False, None))
                break
    return found
