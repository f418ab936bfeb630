"""Who is named: states (by country, capital or adjective with an organ), armed groups, organisations, witnesses."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.extract.article import Article
from geomap.extract.events.heads import Head
from geomap.gazetteer import Gazetteer
from geomap.lazy import lazy
from geomap.lexicon import Lexicon
from geomap.memo import Memo, PerObject
from geomap.model import Place
from geomap.punctuation import COMMAS, QUOTES
from geomap.tagging import Tag, Tags, mark
from geomap.text import past_words
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


#: Kinds of party that take part in fighting.
FIGHTING = frozenset({"state", "region", "group", "people"})


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


@dataclass(frozen=True)
class Parties:
    """Parties of an article in order of appearance."""

    found: Sequence[Party]
    starts: Sequence[int]
    #: The countries of the places that the article names, by their code, the most named first.
    countries: Mapping[str, str]
    theatres: Sequence[Theatre] = ()
    #: The party that "by" and the like lead to behind each head asked for so far; ``led_to`` fills it.
    led: dict[Head, Party | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    @lazy
    def _against(self) -> dict[str, str]:
        return {}

    @lazy
    def ranked(self) -> list[str]:
        """Sides that fight, the most named first."""
        return [side for side, _ in Counter(p.side for p in self.found if p.kind in FIGHTING).most_common()]

    @lazy
    def by_side(self) -> dict[str, list[Party]]:
        """The parties of each side."""
        found: dict[str, list[Party]] = {}
        for party in self.found:
            found.setdefault(party.side, []).append(party)
        return found

    @lazy
    def side_of(self) -> dict[str, str]:
        """The side of each party, by its name."""
        return {party.name: party.side for party in self.found}

    @lazy
    def homes(self) -> dict[str, set[str]]:
        """Countries of the parties of each side."""
        found: dict[str, set[str]] = {}
        for party in self.found:
            if party.country:
                found.setdefault(party.side, set()).add(party.country)
        return found

    @lazy
    def standing(self) -> dict[str, str]:
        """What each side that has people under arms of its own is: group or state."""
        found: dict[str, str] = {}
        for p in self.found:
            if p.kind == "group" or p.kind in ("state", "region") and p.side not in found:
                found[p.side] = "group" if p.kind == "group" else "state"
        return found

    @lazy
    def rank(self) -> dict[str, int]:
        """Place of each side among those that fight."""
        return {side: k for k, side in enumerate(self.ranked)}

    def against(self, side: str) -> str:
        """The main side that fights this one, by the theatre's camps as far as they tell; empty for none."""
        known = self._against.get(side)
        if known is None:
            opponents = [other for t in self.theatres for other in t.opponents(side)]
            friends = {side, *(friend for t in self.theatres for friend in t.friends(side))}
            named = [other for other in self.ranked if other in opponents]
            others = [other for other in self.ranked if other not in friends]
            known = next(iter([*named, *opponents[:1], *others]), "")
            self._against[side] = known
        return known

    def within(self, first: int, stop: int) -> Sequence[Party]:
        """Parties that begin in a token range."""
        return self.found[bisect_left(self.starts, first) : bisect_left(self.starts, stop)]


def find_parties(article: Article, actors: Actors, gazetteer: Gazetteer, theatres: Sequence[Theatre]) -> Parties:
    """All parties; an armed group's name wins over the place or adjective inside it, but not inside a place's."""
    named = list(zip(article.mention_first, article.mention_stop, strict=True))
    found = [
        p
        for p in _groups(article, actors, {t.name: n for n, t in enumerate(theatres)})
        if not any(first < p.first and p.stop <= stop for first, stop in named)
    ]
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
    taken |= {k for p in found for k in range(p.first, p.stop)}
    found += _authorities(article, found, taken, gazetteer, theatres)
    found.sort(key=lambda p: (p.first, -p.stop))
    codes = Counter(m.place.country for m in article.mentions if m.place and m.place.country)
    countries = {code: country.name for code, _ in codes.most_common() if (country := gazetteer.country(code))}
    return Parties(found, [p.first for p in found], countries, theatres)


def _authorities(
    article: Article, known: Sequence[Party], taken: set[int], gazetteer: Gazetteer, theatres: Sequence[Theatre]
) -> list[Party]:
    """Authorities of "the region", with no name.

    They are those of the area with its own authorities that the article names most, else the state of the province.
    """
    at = [i for i in article.tagged.marked(_CLASS) if i and i not in taken and _is_the_region(article, i)]
    if not at:
        return []
    own = [p for p in known if p.kind == "region"] or [p for p in known if p.kind == "latent" and _held(p, gazetteer)]
    named = [
        m.place
        for m in article.mentions
        if m.place and feature_of(m.place.feature_code) == "region" and m.role in ("actor", "location", "background")
    ]
    if own:
        sides = [p.side for p in own]
        side = max(dict.fromkeys(sides), key=sides.count)
        name, kind, country = side, "region", next(p.country for p in own if p.side == side)
    elif named:
        ids = [place.id for place in named]
        region = named[ids.index(max(dict.fromkeys(ids), key=ids.count))]
        state = None if _governs_itself(region, theatres) else gazetteer.country(region.country)
        name, kind = (state.name, "state") if state else (region.name, "region")
        country = region.country
    else:
        return []
    return [Party(i, i + 1, name, name, kind, False, country) for i in at]


def _is_the_region(article: Article, i: int) -> bool:
    """Whether "the region" stands at a token, behind a body of its or a verb of speech."""
    tags = article.tagged.tags
    if not any(t.tag == "class" and t.value == "region" and t.cut >= 2 for t in tags[i]):
        return False
    if not any(t.tag == "organ" for k in range(max(0, i - 4), i) for t in tags[k]) and not _says_so(tags[i - 1]):
        return False
    # "the president of the republic" is the state's
    return not any(t.tag == "organ" and k + t.width > i for k in range(max(0, i - 3), i) for t in tags[k])


def _governs_itself(region: Place, theatres: Sequence[Theatre]) -> bool:
    """Whether an area has authorities of its own: a party goes by its name."""
    return region.feature_code in _OWN_AUTHORITIES and any(
        region.name in (actor.name, actor.side) for theatre in theatres for actor in theatre.actors
    )


def _held(party: Party, gazetteer: Gazetteer) -> bool:
    """Whether a place is held by others than the state that it lies in."""
    state = gazetteer.country(party.country)
    return state is not None and party.side != state.name


def _says_so(tags: Tags) -> bool:
    """Whether a word is a verb of speech, so that what stands right behind it speaks: "the region announced"."""
    return any(t.tag == "speech" and t.form in ("past", "present") for t in tags)


def _groups(article: Article, actors: Actors, theatres: Mapping[str, int]) -> list[Party]:
    words = article.tagged.tokens.words
    memo = _OPENINGS(actors)(article.tagged.lexicon)
    found: list[Party] = []
    behind, home = 0, _home(article)
    places = [(i, openings.at(words, i)) for i, openings in enumerate(map(memo.__getitem__, words)) if openings]
    places = [(i, aliases) for i, aliases in places if aliases]
    theatres = _fought_in(words, places, theatres)
    for i, aliases in places:
        if i < behind:
            continue
        best = _best_alias(words, i, aliases, theatres, home)
        if best:
            behind, alias = best
            actor = alias.actor
            kind = _KIND_OF.get(actor.kind, "group")
            found.append(Party(i, behind, actor.name, actor.side, kind, alias.leader, actor.country))
    return found


def _fought_in(
    words: list[str], places: Sequence[tuple[int, Sequence[Alias]]], theatres: Mapping[str, int]
) -> Mapping[str, int]:
    """The theatres of an article; where its places tell of none, those whose rebels it names by their full names."""
    if theatres or not any(alias.weak for _, aliases in places for alias in aliases):
        return theatres
    named = [
        alias.theatre
        for i, aliases in places
        for alias in aliases
        if alias.actor.kind == "rebel" and not alias.weak and past_words(words, i + 1, alias.rest, QUOTES)
    ]
    return {theatre: k for k, theatre in enumerate(dict.fromkeys(named))}


def _home(article: Article) -> str:
    """The country that most of the places named lie in; empty for none."""
    count = Counter(m.place.country for m in article.mentions if m.place and m.place.country and m.role == "location")
    return max(count, key=lambda c: count[c]) if count else ""


_KIND_OF = {
    "state": "state",
    "police": "state",
    "organisation": "organisation",
    "media": "claimant",
    "witnesses": "claimant",
    "medical": "claimant",
    "civilians": "civilians",
}


class _Openings:
    """Aliases that a written word can begin, and those of them that a second word goes on with."""

    __slots__ = ("aliases", "second")

    def __init__(self, aliases: tuple[Alias, ...]) -> None:
        self.aliases = aliases
        self.second: dict[str, list[Alias]] = {word: [] for word in dict.fromkeys(a.rest[0] for a in aliases if a.rest)}
        self.second[""] = []
        for alias in aliases:
            for found in [self.second[alias.rest[0]]] if alias.rest else self.second.values():
                found.append(alias)

    def at(self, words: list[str], i: int) -> Sequence[Alias]:
        """Those that may stand at token ``i``, in their order."""
        behind = words[i + 1] if i + 1 < len(words) else ""
        return self.aliases if behind in QUOTES else self.second.get(behind, self.second[""])


def _openings(actors: Actors, lexicon: Lexicon) -> Memo[str, _Openings | None]:
    """What each written word can begin."""

    def make(word: str) -> _Openings | None:
        aliases = tuple(a for _, stem in lexicon.stems(word) for a in actors.starting_with(stem))
        return _Openings(aliases) if aliases else None

    return Memo(make)


#: What each written word can begin, of actors and a lexicon.
_OPENINGS: PerObject[Actors, PerObject[Lexicon, Memo[str, _Openings | None]]] = PerObject(
    lambda actors: PerObject(lambda lexicon: _openings(actors, lexicon))
)


def _best_alias(
    words: list[str], i: int, aliases: Sequence[Alias], theatres: Mapping[str, int], home: str
) -> tuple[int, Alias] | None:
    """The longest alias at token ``i``; of equals the one of the theatre that the article plays in most."""
    best: tuple[int, Alias] | None = None
    last = len(theatres)
    for alias in aliases:
        if alias.weak and (alias.theatre not in theatres or alias.home and home not in alias.home):
            continue
        stop = past_words(words, i + 1, alias.rest, QUOTES) if alias.rest else i + 1
        if stop and (
            best is None
            or stop > best[0]
            or stop == best[0]
            and theatres.get(alias.theatre, last) < theatres.get(best[1].theatre, last)
        ):
            best = (stop, alias)
    return best


def _from_place(
    article: Article, first: int, stop: int, role: str, place: Place, gazetteer: Gazetteer, theatres: Sequence[Theatre]
) -> Party | None:
    """The party that a name stands for; a name with another role is ``latent``: it speaks only beside a speech word."""
    feature = feature_of(place.feature_code)
    organ = _organ_before(article, first, adjective=role == "nationality")
    name, kind = place.name, "state"
    if feature != "country":
        country = gazetteer.country(place.country)
        holder = next((side for t in theatres if (side := t.holder(place.lonlat, article.published))), "")
        if place.country is None and not holder:
            return None
        if holder != place.name and (role == "actor" or organ) and _governs_itself(place, theatres):
            kind = "region"
        elif place.feature_code == "PPLC" or role == "actor" or organ:
            name, kind = (holder, "region") if holder else (country.name if country else place.name, "state")
        elif holder:
            return Party(first, stop, holder, holder, "latent", False, place.country)
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


_CLASS, _ORGAN, _PREP = mark("class"), mark("organ"), mark("prep")
_STOPS = COMMAS | frozenset('.:\n"')
_VERBAL = mark("speech", "event")
#: Words of place, behind which a name is no more whose the body is: "the army's flag over X".
_WHERE = frozenset({"on", "near", "to"})


def _organ_before(article: Article, first: int, *, adjective: bool) -> str:
    """Organ word up to four tokens before a name, with no verb, comma or other name between.

    Media, witnesses, medics and councils of a place speak for themselves, not for its state, unless they are the
    state's own.
    """
    tags, words, marks = article.tagged.tags, article.tagged.tokens.words, article.tagged.marks
    named = article.mentions_in(first - 4, first)
    taken = {t for k in named for t in range(article.mention_first[k], article.mention_stop[k])} if named else ()
    for k in range(first - 1, max(-1, first - 5), -1):
        if words[k] in _STOPS or (
            marks[k] & _VERBAL and any(t.tag in ("speech", "event") and t.form in ("past", "present") for t in tags[k])
        ):
            return ""
        if marks[k] & _ORGAN:
            organs = [t for t in tags[k] if t.tag == "organ"]
            if not adjective and _owned(article, k, organs):
                return ""
            labels = article.tagged.lexicon.labels
            official = (*labels.get("state_media", ()), *labels.get("news_agencies", ()))
            own = all(t.value in _OWN_VOICES and t.lemma not in official for t in organs)
            return "" if own else organs[0].value
        if k in taken or marks[k] & _PREP and any(t.tag == "prep" and t.value in _WHERE for t in tags[k]):
            return ""
    return ""


def _owned(article: Article, k: int, organs: Sequence[Tag]) -> bool:
    """Whether a body's ending says whose it is: "our army near X" is not the one of X."""
    word = article.tagged.tokens.words[k]
    # one letter alone may be the ending of "she who speaks"
    endings = [ending for ending in article.tagged.lexicon.owning() if len(ending) > 1]
    return any(word.endswith(end) and len(word) - len(end) >= t.cut + len(t.lemma) for t in organs for end in endings)


#: Organs that speak for themselves wherever they are.
_OWN_VOICES = frozenset({"media", "witness", "medical", "activists", "local"})


def _organ_behind(article: Article, stop: int) -> bool:
    return stop < len(article.tagged.marks) and bool(article.tagged.marks[stop] & _ORGAN)


def _is_state(tags: Tags) -> bool:
    """Whether a body is one of a state: the ministry of health, not a hospital."""
    return any(t.tag == "organ" and t.value == "state" for t in tags)


def _claimants(article: Article, taken: set[int]) -> list[Party]:
    found: list[Party] = []
    tags = article.tagged.tags
    behind = 0
    for i in article.tagged.marked(_ORGAN):
        if i < behind:
            continue
        behind = i + max(t.width for t in tags[i] if t.tag == "organ")
        for t in tags[i]:
            if (
                t.tag == "organ"
                and t.value in CLAIMANTS
                and not (t.value == "medical" and _is_state(tags[i]))
                and not any(k in taken for k in range(i, i + t.width))
            ):
                found.append(Party(i, i + t.width, CLAIMANTS[t.value], "unknown", "claimant", False, None))
                break
    return found


def is_named_body(party: Party) -> bool:
    """Whether a party is a body with a name of its own, no state and none that fights."""
    return party.kind == "organisation" or party.kind == "claimant" and party.name not in CLAIMANTS.values()
