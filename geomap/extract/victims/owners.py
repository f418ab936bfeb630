"""Whose a loss is by its own words: an adjective, "belonging to", "the enemy", "lost", "its"."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.codebook import feature_of
from geomap.extract.events.heads import Head
from geomap.extract.losses import Loss
from geomap.extract.losses.things import last_thing
from geomap.extract.parties.named import FIGHTING
from geomap.extract.victims.bearings import bearings
from geomap.extract.victims.scene import Scene, has_owner_letter, is_number, is_outsider, reach_of
from geomap.punctuation import PAUSES
from geomap.tagging import mark


def owner_of(scene: Scene, loss: Loss) -> str:
    """The country whose adjective stands behind a thing, or the party that it is said to belong to.

    "A Turkish helicopter", "a tank of the army"; not "a drone of Turkish make".
    """
    reach = reach_of(scene, loss)
    beside = _beside(scene, loss)
    if beside:
        return beside
    for p in scene.parties.within(loss.stop, reach):
        if p.kind in FIGHTING and any(_belongs(scene, k) for k in range(loss.stop, p.first + 1)):
            return p.side
    words = scene.article.tagged.tokens.words
    made = scene.article.tagged.lexicon.labels.get("made", ())
    named = last_thing(scene.article, loss.first) if _is_of_them(scene, loss) else -1
    first, reach = (named, min(loss.first, named + _ADJECTIVE)) if named >= 0 else (loss.first, reach)
    for m in scene.article.mentions_in(first, reach):
        mention, stop = scene.article.mentions[m], scene.article.mention_stop[m]
        if mention.role == "nationality" and mention.place and feature_of(mention.place.feature_code) == "country":
            return "" if stop < len(words) and words[stop] in made else mention.place.name
    return _told_before(scene, loss)


def _beside(scene: Scene, loss: Loss) -> str:
    """The country whose adjective stands right behind a thing, where it does not tell where that was made."""
    words = scene.article.tagged.tokens.words
    made = scene.article.tagged.lexicon.labels.get("made", ())
    for m in scene.article.mentions_in(loss.stop, loss.stop + 1):
        mention, stop = scene.article.mentions[m], scene.article.mention_stop[m]
        if mention.role == "nationality" and mention.place and feature_of(mention.place.feature_code) == "country":
            return "" if stop < len(words) and words[stop] in made else mention.place.name
    return ""


def listed(scene: Scene, losses: Sequence[Loss], at: int) -> Sequence[Loss]:
    """The things that are told in one list with one and behind it: whose the last are, all are."""
    stop = at
    while stop + 1 < len(losses) and _goes_on(scene, losses[stop], losses[stop + 1]):
        stop += 1
    return losses[at + 1 : stop + 1]


def _goes_on(scene: Scene, loss: Loss, following: Loss) -> bool:
    """Whether a thing is joined to the one before it under one word, nobody and nothing else named between."""
    tagged = scene.article.tagged
    words, between = tagged.tokens.words, range(loss.stop, following.first)
    joined = tagged.has_conjunction(following.first) or tagged.is_conjunction(following.first - 1)
    return (
        not following.person
        and following.head == loss.head < loss.first
        and joined
        and len(between) <= _MADE
        and not any(tagged.marks[k] & _ANEW or words[k] in PAUSES for k in between)
        and not scene.article.mentions_in(loss.stop, following.first)
    )


#: Tokens between things of one list: the kind and the make of the first; and what ends a list.
_MADE = 5
_ANEW = mark("event", "loss", "speech", "party")


def _told_before(scene: Scene, loss: Loss) -> str:
    """Whose a thing with the article is: of the country whose adjective it had when it was first told of.

    "A Russian helicopter fell. The helicopter was shot down"; empty where those told of before were of several.
    """
    tagged = scene.article.tagged
    here = next((t for t in tagged.tags[loss.first] if t.tag == "weapon"), None)
    if here is None or not tagged.has_article(loss.first, here):
        return ""
    found = set()
    for k in range(loss.first):
        thing = next((t for t in tagged.tags[k] if t.tag == "weapon" and t.value == here.value), None)
        if thing is not None:
            found |= _adjectives(scene, k + thing.width)
    return found.pop() if len(found) == 1 else ""


def _adjectives(scene: Scene, first: int) -> set[str]:
    """Countries whose adjectives stand right behind a thing, before the next word that tells something."""
    article = scene.article
    stop = next(
        (k for k in range(first, min(len(article.tagged.tags), first + _BEHIND)) if article.tagged.marks[k] & _TELLS),
        first + _BEHIND,
    )
    return {
        place.name
        for m in article.mentions_in(first, stop)
        if article.mentions[m].role == "nationality"
        and (place := article.mentions[m].place)
        and feature_of(place.feature_code) == "country"
    }


#: Tokens behind a thing within which the adjective stands that tells whose it is, and what ends them.
_BEHIND = 3
_TELLS = mark("event", "loss", "speech", "party", "prep", "link")


def is_unidentified(scene: Scene, loss: Loss) -> bool:
    """Whether an adjective behind a thing says that nobody knows whose it is."""
    words = scene.article.tagged.tokens.words
    known = scene.article.tagged.lexicon.words("unidentified")
    return any(word in known for word in words[loss.first : loss.stop + 1])


def _is_of_them(scene: Scene, loss: Loss) -> bool:
    """Whether things are some "of them": whose those are stands where they were named."""
    around = range(max(0, loss.first - 1), min(loss.stop + 1, len(scene.article.tagged.tags)))
    return not loss.person and any(scene.article.tagged.has(k, "link", "subset") for k in around)


#: Tokens from a thing within which the adjective stands that tells whose it is.
_ADJECTIVE = 5


def _belongs(scene: Scene, k: int) -> bool:
    """Whether a word ties what stands before it to whose it is: "belonging to", or the letter for "of"."""
    return scene.article.tagged.has(k, "link", "owner") or has_owner_letter(scene.article, k)


def is_foes(scene: Scene, loss: Loss) -> bool:
    """Whether a loss is the enemy's: "the enemy lost 4 tanks", "4 tanks of the enemy", "we cost them 4 tanks"."""
    tagged = scene.article.tagged
    foes = tagged.lexicon.labels.get("enemies", ())
    if any(t.lemma in tagged.lexicon.labels.get("inflicting", ()) for t in tagged.tags[_verb_of(scene, loss)]):
        return True
    ahead = range(max(scene.event.first, loss.head - _NEAR), loss.first) if loss.head >= 0 else range(0)
    near = (*range(loss.stop, reach_of(scene, loss)), *reversed(ahead))
    for k in near:
        if tagged.marks[k] & _PARTY and any(t.tag == "party" and t.lemma in foes for t in tagged.tags[k]):
            between = scene.parties.within(k + 1, loss.first) if k < loss.first else ()
            return not any(p.kind in FIGHTING for p in between)
    return False


def _verb_of(scene: Scene, loss: Loss) -> int:
    """The word that tells a loss's fate; before dead that are counted as such, the nearest one: "cost them 9 dead"."""
    if loss.head < loss.first:
        return max(loss.head, 0)
    marks = scene.article.tagged.marks
    return next((k for k in range(loss.first - 1, scene.event.first - 1, -1) if marks[k] & _FATE), loss.head)


#: Tokens before the word of losing in which its subject may stand.
_NEAR = 3


def is_unnamed(scene: Scene, side: str) -> bool:
    """Whether the article never names a side: then nobody tells that somebody is of it, whomever he fought."""
    known = side in scene.parties.by_side or side in scene.holders or side in scene.parties.countries.values()
    return not known and side not in _NOBODY


_NOBODY = frozenset({"both", "unknown"})


def loser_of(scene: Scene, loss: Loss) -> str:
    """The party that touches a verb of losing before the number: its subject, "the army lost 4 helicopters"."""
    for head in scene.event.heads:
        if "lose" not in head.values or head.form == "noun" or not _is_lost_by(scene, loss, head):
            continue
        # "Azerbaijan said that it lost": a pronoun stands for the party
        first = head.first - 1 if scene.article.tagged.has(head.first - 1, "link", "that") else head.first
        for p in scene.parties.found:
            if p.kind in ("group", "state") and (p.stop == first or p.first == head.stop):
                return p.side
        if first < head.first and _is_pronoun(scene, first) and len(scene.reported) == 1:
            return scene.reported[0]
    return ""


def _is_pronoun(scene: Scene, at: int) -> bool:
    """Whether "that" takes a pronoun with it, which stands for whoever speaks: "and says that it lost"."""
    tagged = scene.article.tagged
    bare = tagged.lexicon.labels.get("bare_that", ())
    return not any(t.tag == "link" and t.lemma in bare for t in tagged.tags[at])


def _is_lost_by(scene: Scene, loss: Loss, head: Head) -> bool:
    """Whether a verb of losing tells this loss's fate, or has as its object the noun that does: "lost 50 dead"."""
    if loss.head < loss.first:
        return head.first <= loss.head < head.stop
    between = range(head.stop, loss.first)
    return head.stop <= loss.first and not any(scene.article.tagged.marks[k] & _FATE for k in between)


_FATE, _PARTY = mark("loss", "event"), mark("party")


def own_of(scene: Scene, loss: Loss) -> str:
    """Whose "its soldiers" or "in its ranks" are: of the party named last before them in their clause.

    "Our" soldiers are of whoever tells. Else not of one that stands before a verb of killing: "the army killed nine of
    its fighters" may be another's. Where one denies it, they are of that one: "it denied what X said of its dead".
    """
    if _OWN not in scene.number(loss).marks:
        return ""
    if _are_ours(scene, loss):
        return bearings(scene, loss).teller
    tags = scene.article.tagged.tags
    first, _ = scene.article.clause(loss.first)
    named = [p for p in scene.parties.within(first, loss.first) if p.kind in FIGHTING]
    if not named:
        return ""
    party = named[-1]
    verb = tags[loss.head] if party.stop <= loss.head < loss.first else ()
    acts = any(t.tag in ("loss", "event") and t.form in ("past", "present") and t.value != "lose" for t in verb)
    if acts:
        return ""
    if _is_denied(scene, loss) and party.side not in scene.denied and party.name not in scene.denied:
        # whose people they are denies that they fell
        return next((p.side for p in named if p.name in scene.denied or p.side in scene.denied), "")
    return party.side


def _are_ours(scene: Scene, loss: Loss) -> bool:
    """Whether the noun of those counted says "our": "one of our heroes"."""
    tagged = scene.article.tagged
    our = tagged.lexicon.labels["our"]
    near = range(loss.first, min(loss.stop + 2, len(tagged.tags)))
    own = next((k for k in near if tagged.has(k, "party", _OWN)), None)
    return own is not None and tagged.tokens.words[own].endswith(our)


def _is_denied(scene: Scene, loss: Loss) -> bool:
    """Whether a word of denial stands before a loss in its sentence."""
    first, _ = scene.article.sentence(loss.first)
    return bool(scene.denied) and scene.article.tagged.first("speech", "deny", first, loss.first) is not None


_OWN = "own"


def crew_of(scene: Scene, loss: Loss) -> str:
    """Whose the crew of a thing is that was told before: "two of its crew" are of whoever's helicopter it was."""
    tagged = scene.article.tagged
    crews = tagged.lexicon.labels.get("crews", ())
    endings = tuple(tagged.lexicon.labels.get("possessives", ()))
    crew = next(
        (
            k
            for k in range(loss.first, min(scene.event.stop, loss.stop + _NEAR))
            if any(t.lemma in crews for t in tagged.tags[k]) and tagged.tokens.words[k].endswith(endings)
        ),
        None,
    )
    if crew is None:
        return ""
    at = last_thing(scene.article, crew)
    thing = next((t for t in tagged.tags[at] if t.tag == "weapon"), None) if at >= 0 else None
    if thing is None:
        return ""
    own = _adjectives(scene, at + thing.width)
    return own.pop() if len(own) == 1 else _told_before(scene, loss._replace(first=at)) if not own else ""


def is_untold(scene: Scene) -> bool:
    """Whether nothing tells whose the victims are: on a front, with nobody named but an outsider who speaks of them."""
    if not scene.places or scene.holders or not scene.reported:
        return False
    first, last = scene.article.sentence(scene.event.heads[0].first)
    near = {p.side for p in scene.parties.within(first, last) if p.kind in FIGHTING or p.kind == "latent"}
    return near <= set(scene.reported) and all(is_outsider(scene, side) for side in scene.reported)


def is_mutual(scene: Scene, loss: Loss) -> bool:
    """Whether fighters fell in a clash "between" two sides of which nobody who fights tells: they are of both."""
    if loss.status != "military" or loss.count is None or scene.event.sub_event_type != _CLASH:
        return False
    first, last = scene.article.sentence(loss.first)
    tagged = scene.article.tagged
    if any(is_number(scene.article, k) for k in range(first, last) if not loss.first <= k < loss.stop):
        return False  # "13 of X and six of Y" are told apart
    for k in range(first, last):
        if tagged.has(k, "time", "between"):
            named = {p.side for p in scene.parties.within(k, min(last, k + _BETWEEN)) if p.kind in FIGHTING}
            if len(named) > 1 and not named & set(scene.reported):
                return True
    return False


_CLASH = "Armed clash"
#: Tokens behind "between" within which both sides are named.
_BETWEEN = 9


def two_sides(scene: Scene) -> tuple[str, ...]:
    """The two sides that "both" stands for: the most named party that has an opponent, and that one."""
    for side in scene.parties.ranked:
        other = scene.parties.against(side)
        if other:
            return side, other
    return ()
