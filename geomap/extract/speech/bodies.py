"""Whose a body without a name is: the state of a bare "ministry" or "army"."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.parties.named import FIGHTING, Parties, Party, is_named_body
from geomap.extract.speech.words import Speech
from geomap.tagging import Tag, Tags, mark

_ORGAN = mark("organ")
#: Tokens at a sentence's head within which a capital tells where its words come from.
_OPENING = 4
#: Sides of a war.
_SIDES = 2
_SEATS = frozenset({"PPLC", "PPLA"})
#: Tokens within which a body's state is named.
_NEAR = 5


def unnamed_state(
    article: Article, parties: Parties, found: Sequence[Speech], stop: int, limit: int, ours: str = ""
) -> Party | None:
    """Name the state of a bare "ministry" or "army".

    In a text that takes a side ("ours"), "the ministry of defence" is its own. Elsewhere it is the one last named by
    that word where the words point back ("the ministry", "the same source"), else the state of the place that the
    sentence tells of, else the one told of in its sentence or last before.
    """
    tags = article.tagged.tags
    near = range(stop, min(limit, stop + 4))
    # "according to the governor forces took X": who acts is named behind the deed
    near = range(stop, next((k for k in near[1:] if _is_deed(tags[k])), near.stop))
    organs = [(k, t) for k in near for t in _widest(tags[k])]
    source = [k for k in near for t in tags[k] if t.tag == "speech" and t.form == "noun"]
    if not organs and not source:
        return None
    first, last = article.sentence(stop)
    if organs and (owner := _owner(article, parties, organs[0])):
        return owner
    if not organs:
        heard = [s for s in found if s.speaker is not None]
        stated = [s for s in heard if s.form == "noun" and _same(article, s.at, source[0])]
        # people without a name or a house of the sick make no statements
        official = [s for s in heard if s.speaker is not None and s.speaker.kind != "claimant"]
        voiced = [s for s in official if s.at >= first and s.form in ("past", "present")]
        return (voiced or stated or official or heard)[-1].speaker if heard else None
    if any(_is_there(article, k) for k in range(near.start + 1, min(len(tags), near.stop + 1))) and (
        there := named_last(article, parties, near.start)
    ):
        return there
    spoke = [s.speaker for s in found if s.speaker is not None and s.speaker.kind != "claimant" and s.value != "deny"]
    body = next((organ for organ in organs if organ[1].value != "office"), organs[0])
    local = any(t.lemma in article.tagged.lexicon.labels["services"] for _, t in organs)
    local = local or any(_is_local(article, k) for k in range(near.start, min(len(tags), near.stop + 1)))
    if local and (held := _held(article, parties, first, last)):
        return held
    if seat := _seat(article, parties, first, near.start):
        return seat
    if ours and body[1].value == "state" and body[1].width > 1:
        return Party(body[0], body[0] + 1, ours, ours, "state", False, None)
    armed = _armed(article, organs) or _forces(article, organs[0])
    definite = _definite(article, *organs[0])
    same = None if local else _named_before(article, parties, spoke, *body)
    if same is None and not local and body[1].value == "state" and (own := _own_president(article, parties, stop)):
        return own
    if same and not armed:
        return same
    if armed and definite:
        bodies = ("group",) if _forces(article, organs[0]) else ("state", "region")
        acting = [p for p in parties.within(first, stop) if p.kind in bodies] or ([same] if same else [])
        acting = acting or [p for p in spoke if p.kind in bodies or p.kind == "latent" and "state" in bodies]
        acting = acting or [p for p in parties.within(0, first) if p.kind == "group" and p.kind in bodies]
        acting = acting or [p for p in spoke if p.kind in ("state", "region", "latent")]
        if acting:
            return acting[-1]
    if armed and same:
        return same
    if not armed and (home := _at_home(article, parties, spoke, first, last)):
        return home
    named = [p for p in parties.within(0, stop) if p.kind in ("state", "people", "region")]
    here = [p for p in named if p.first >= first]
    places = [article.mentions[k] for k in article.mentions_in(first, stop) if article.mentions[k].role == "location"]
    countries = {m.place.country for m in places if m.place is not None}
    near_home = [p for p in named if p.country in countries]
    earlier = [p for p in named if p.first < first and p.kind != "people"]
    if not armed and not here and (again := _spoken_before(article, found, body[1])):
        return again
    if not armed and not here and (home := _just_told_of(article, parties, spoke, first)):
        return home
    # "X's shelling hit A, by a spokesman of the army": it is A's that tells of it, not the one who shells
    beset = armed and here and all(p.kind == "people" and p.country not in countries for p in here) and countries
    if beset and (told := _at_home(article, parties, spoke, first, last)):
        return told
    # "the ministry of defence" goes on with the government that spoke last, not with the enemy whom it told of
    heard_last = [p for p in spoke if p.kind in ("state", "region", "latent")][-1:] if armed else []
    best = near_home[-1:] or here[:1] or heard_last or earlier[-1:] or (named[-1:] if armed else [])
    return best[0] if best else _own_ground(article, parties, first, last) or _home(parties, stop)


def _is_deed(tags: Tags) -> bool:
    """Whether a verb tells what happened."""
    return any(t.tag in ("event", "loss") and t.form in ("past", "present") for t in tags) and not any(
        t.tag in ("organ", "speech") for t in tags
    )


def _owner(article: Article, parties: Parties, organ: tuple[int, Tag]) -> Party | None:
    """The group that a body belongs to, by a noun alone: "the ministry of health affiliated to the group"."""
    words, affiliated = article.tagged.tokens.words, article.tagged.lexicon.among("affiliated")
    stop = organ[0] + organ[1].width
    near = range(stop, min(len(words), stop + 2))
    k = next((k for k in near if affiliated[words[k]] == 0), None)
    return None if k is None else by_its_noun(article, parties, k + 1)


def _same(article: Article, before: int, at: int) -> bool:
    """Whether "the statement" is one told of before: by the same word, with the article."""
    tags = article.tagged.tags
    lemmas = {t.lemma for t in tags[before] if t.form == "noun"}
    return any(t.lemma in lemmas and _definite(article, at, t) for t in tags[at])


def _own_president(article: Article, parties: Parties, at: int) -> Party | None:
    """Of the two that fight, the state whose president was named with no country beside him; None for two such."""
    known = article.tagged.lexicon.among("at_home")
    words = article.tagged.tokens.words
    bare = [p for p in parties.within(1, at) if p.leader and known[words[p.first - 1]] == 0]
    fights = [side for side in parties.ranked[:_SIDES] if any(t.opponents(side) for t in parties.theatres[:1])]
    own = {p.side: p for p in bare if p.kind == "state" and p.side in fights}
    return next(iter(own.values())) if len(own) == 1 else None


def state_here(article: Article, parties: Parties, found: Sequence[Speech], at: int) -> Party | None:
    """The state of the place that a sentence tells of, else of most places."""
    spoke = [s.speaker for s in found if s.speaker is not None and s.speaker.kind != "claimant"]
    return _at_home(article, parties, spoke, *article.sentence(at)) or _home(parties, at)


def _home(parties: Parties, at: int) -> Party | None:
    """The state that most of the places named lie in."""
    state = next(iter(parties.countries.items()), None)
    return Party(at, at + 1, state[1], state[1], "latent", False, state[0]) if state else None


def _own_ground(article: Article, parties: Parties, first: int, last: int) -> Party | None:
    """The one state that all places told of in a sentence lie in, where nobody else holds any of them."""
    told = [k for k in article.mentions_in(first, last) if article.mentions[k].role == "location"]
    lying = [(article.mention_first[k], place) for k in told if (place := article.mentions[k].place)]
    if len({place.country for _, place in lying}) != 1 or any(
        _holds(parties, p) for at, _ in lying for p in parties.within(at, at + 1)
    ):
        return None
    at, place = lying[0]
    state = parties.countries.get(place.country or "")
    return Party(at, at + 1, state, state, "latent", False, place.country) if state else None


def _widest(tags: Tags) -> list[Tag]:
    """Readings of a word as a body, those of the longest phrase only: "civil defence", not "defence"."""
    organs = [t for t in tags if t.tag == "organ" and t.value in ("state", "office", "force")]
    width = max((t.width for t in organs), default=0)
    return [t for t in organs if t.width == width]


def by_its_noun(article: Article, parties: Parties, at: int) -> Party | None:
    """The group or organisation that a definite noun alone points back to: "the brigades", "the organisation"."""
    words, labels = article.tagged.tokens.words, article.tagged.lexicon.labels
    if at >= len(words) or parties.within(at, at + 2):
        return None
    noun = next(
        (words[at][len(the) :] for the in (labels["article"], labels["to_the"]) if words[at].startswith(the)), ""
    )
    if not noun:
        return None
    lexicon = article.tagged.lexicon
    before = [p for p in reversed(parties.within(0, at)) if p.kind == "group" or is_named_body(p)]
    bodies = [p for p in before if p.kind in ("group", "organisation")]
    own = next((p for p in bodies if p.stop - p.first > 1 and words[p.first].endswith(noun)), None)
    if own is not None:
        return own
    # "the movement" is whichever group was named last where none bears the word in its name; so is "the organisation"
    if noun in lexicon.words("movements"):
        return next((p for p in before if p.kind == "group"), None)
    return next(filter(is_named_body, before), None) if noun in lexicon.words("organisations") else None


def _is_local(article: Article, k: int) -> bool:
    """Whether a word says that a body is one of the place told of."""
    return article.tagged.is_one(k, "locals")


def of_a_government(article: Article, parties: Parties, at: int) -> Party | None:
    """Whose an account is that is only called official, "an official toll": the acting state's, else the place's."""
    words, known = article.tagged.tokens.words, article.tagged.lexicon.among("official")
    if at + 1 >= len(words) or known[words[at + 1]] != 0:
        return None
    first, last = article.sentence(at)
    acting = [p for p in parties.within(first, at) if p.kind in ("state", "region")]
    return acting[0] if acting else _at_home(article, parties, [], first, last)


def _is_there(article: Article, k: int) -> bool:
    """Whether a word says that a body is one of the place told of last: "the army there"."""
    return article.tagged.is_one(k, "there")


def named_last(article: Article, parties: Parties, at: int) -> Party | None:
    """Who was named last before a token, or governs the place named last, in its sentence or the one before."""
    start = article.sentence_before(at)
    places = [k for k in article.mentions_in(start, at) if article.mentions[k].role != "nationality"]
    if not places:
        return None
    first = article.mention_first[places[-1]]
    named = [p for p in parties.within(start, at) if p.first <= first < p.stop and p.kind != "civilians"]
    if named:
        return named[-1]
    place = article.mentions[places[-1]].place
    state = parties.countries.get(place.country or "") if place else None
    return Party(first, first + 1, state, state, "latent", False, place.country) if place and state else None


def _held(article: Article, parties: Parties, first: int, last: int) -> Party | None:
    """Who holds the ground told of, by a place's name in the sentence, else the only region that the article names."""
    holders = [p for p in parties.within(first, last) if p.kind in ("latent", "region") and _holds(parties, p)]
    regions = [p for p in parties.found if p.kind == "region" or p.kind == "latent" and _holds(parties, p)]
    places = any(article.mentions[k].role == "location" for k in article.mentions_in(first, last))
    return next(iter(holders), None) or (None if places else next(iter(regions), None))


def _holds(parties: Parties, party: Party) -> bool:
    """Whether a place is another's than the state's that it lies in."""
    return party.side != parties.countries.get(party.country or "", party.side)


def _seat(article: Article, parties: Parties, first: int, stop: int) -> Party | None:
    """The capital that a sentence opens with: "in X, the ministry's spokesman said"."""
    opening = [p for p in parties.within(first + 1, min(stop, first + _OPENING)) if p.kind == "latent"]
    return next((p for p in opening if is_there(article, p) and _capital(article, p)), None)


def is_there(article: Article, party: Party) -> bool:
    """Whether "in" or "from" stands before a name; a dateline has the name alone."""
    return any(article.tagged.has(party.first - 1, "prep", value) for value in ("in", "from"))


def _capital(article: Article, party: Party) -> bool:
    """Whether a party is named by its seat of government."""
    named = [article.mentions[k] for k in article.mentions_in(party.first, party.stop)]
    return any(m.place is not None and m.place.feature_code in _SEATS for m in named)


def _armed(article: Article, organs: Sequence[tuple[int, Tag]]) -> bool:
    """Whether a body is one of soldiers, which may tell of another country."""
    soldiers = article.tagged.lexicon.labels.get("armies", ())
    return any(t.lemma in soldiers for k, _ in organs for t in _widest(article.tagged.tags[k]))


def _at_home(article: Article, parties: Parties, spoke: Sequence[Party], first: int, last: int) -> Party | None:
    """The authorities of the place told of; on ground that is fought for, the state that spoke last."""
    rank = {code: n for n, code in enumerate(parties.countries)}
    here = [(k, article.mentions[k].place) for k in article.mentions_in(first, last)]
    told = [(k, place) for k, place in here if place and article.mentions[k].role == "location"]
    heading = [x for x in told if _heads_line(article, x[0])]
    for k, place in heading or sorted(told, key=lambda x: rank.get(x[1].country or "", len(rank))):
        at = article.mention_first[k]
        held = [p for p in parties.within(at, at + 1) if p.kind in ("latent", "region", "state")]
        state = parties.countries.get(place.country or "")
        own = [
            p
            for p in parties.found
            if p.country == place.country and (p.kind in ("state", "people") or p.kind == "latent" and p.side == state)
        ]
        if held and held[0].side != parties.countries.get(place.country or ""):
            acting = [p for p in parties.within(first, last) if p.kind == "state"]
            heard = [p for p in reversed(spoke) if p.kind in ("state", "region", "latent")] or acting
            return heard[0] if heard else held[0]
        if held or own:
            return (held or own)[0]
        if state:
            return Party(at, at + 1, state, state, "latent", False, place.country)
    return None


def _spoken_before(article: Article, found: Sequence[Speech], organ: Tag) -> Party | None:
    """For whom a body of this name spoke last in the article."""
    tags = article.tagged.tags
    for s in reversed(found):
        if s.speaker is None or s.speaker.kind == "claimant":
            continue
        near = range(s.stop, min(len(tags), s.stop + _NEAR))
        if any(t.tag == "organ" and t.lemma == organ.lemma for k in near for t in tags[k]):
            return s.speaker
    return None


def _just_told_of(article: Article, parties: Parties, spoke: Sequence[Party], first: int) -> Party | None:
    """The authorities of the place that the sentence before tells of, in the same paragraph."""
    if not first or article.tagged.tokens.words[first - 1] == "\n":
        return None
    return _at_home(article, parties, spoke, *article.sentence(first - 1))


def _heads_line(article: Article, mention: int) -> bool:
    """Whether a place stands before a colon, so that the line tells of it."""
    stop = article.mention_stop[mention]
    return stop < len(article.tagged.tokens.words) and article.tagged.tokens.words[stop] == ":"


def _named_before(article: Article, parties: Parties, spoke: Sequence[Party], at: int, organ: Tag) -> Party | None:
    """Whose body was named by the same word before: of several the one that spoke last, else the last."""
    words = organ.lemma.split()
    if len(words) == 1 and not _definite(article, at, organ):
        return None
    tags = article.tagged.tags
    owners: list[Party] = []
    for k in article.tagged.marked(_ORGAN):
        if k >= at:
            break
        if any(t.tag == "organ" and t.lemma.split()[: len(words)] == words for t in tags[k]):
            owners += [p for p in parties.within(k, min(k + _NEAR, at)) if p.kind in FIGHTING - {"people"}][:1]
    names = {p.side for p in owners}
    return next((p for p in reversed(spoke) if p.side in names), None) or (owners[-1] if owners else None)


def _forces(article: Article, organ: tuple[int, Tag]) -> bool:
    """Whether a word for a body means irregulars as well as soldiers: "the forces", not "the army"."""
    return any(t.tag == "organ" and t.value == "force" for t in article.tagged.tags[organ[0]]) and organ[
        1
    ].lemma not in article.tagged.lexicon.labels.get("armies", ())


def _definite(article: Article, at: int, tag: Tag) -> bool:
    """Whether a noun has the article: "the ministry", of which the text has told."""
    words, labels = article.tagged.tokens.words, article.tagged.lexicon.labels
    return any(words[at][max(0, tag.cut - len(the)) :].startswith(the) for the in (labels["article"], labels["to_the"]))
