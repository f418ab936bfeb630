"""Whose dead, whose tanks: the side of a loss, and whether its people were soldiers.

Candidates are the parties that the article names, those who hold the place, "both" and "unknown"; a small model ranks
them by how they stand to the number.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.extract.events import Event
from geomap.extract.heads import Article, Head
from geomap.extract.losses import Loss
from geomap.extract.parties import CLAIMANTS, FIGHTING, Parties, Party
from geomap.gazetteer import Gazetteer
from geomap.linear import Features, Linear, Namer
from geomap.model import ClaimPlace
from geomap.punctuation import PAUSES
from geomap.tagging import mark
from geomap.theatre import Theatre

_MOST = 8
#: Who speaks for nobody has no dead.
_SOURCES = frozenset(CLAIMANTS.values())


class _Number(NamedTuple):
    """What is known of a loss whosever it is.

    ``beside`` are the sides named right behind it, ``near`` those named in its sentence.
    """

    kind: str
    marks: tuple[str, ...]
    admits: bool
    beside: frozenset[str]
    lemmas: tuple[str, ...]
    fate: tuple[str, str, str]
    between: frozenset[str]
    near: frozenset[str]


@dataclass(frozen=True)
class Scene:
    """What is known of an event when its losses are given their sides."""

    article: Article
    event: Event
    parties: Parties
    places: Sequence[ClaimPlace]
    reported: Sequence[str]
    denied: Sequence[str]
    attacker: Party | None
    gazetteer: Gazetteer
    theatres: Sequence[Theatre]
    _numbers: dict[Loss, _Number] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def holders(self) -> list[str]:
        """Who holds the places of the event: a zone's authorities, else the country."""
        return holders_of(self.places, self.gazetteer, self.theatres, self.article.published)

    @cached_property
    def speakers(self) -> list[str]:
        """Sides of those who report the event: a ministry of health speaks for its side."""
        sides = {p.name: p.side for p in self.parties.found}
        return list(dict.fromkeys(sides.get(name, name) for name in self.reported))

    @cached_property
    def foe(self) -> str:
        """Whom the speaker means by "the enemy"; empty where nobody who fights speaks."""
        speaker = self.speakers[0] if self.speakers else ""
        fights = speaker in self.parties.rank or any(t.opponents(speaker) for t in self.parties.theatres)
        return self.parties.against(speaker) if speaker and fights else ""

    @cached_property
    def loses(self) -> bool:
        """Whether the event is told as somebody's loss."""
        return any("lose" in head.values for head in self.event.heads)

    @cached_property
    def attackers_foe(self) -> str:
        """Whom the attacker fights; empty where nobody attacks."""
        return self.parties.against(self.attacker.side) if self.attacker else ""

    @cached_property
    def lands(self) -> frozenset[str]:
        """Countries of the theatres that the article plays in."""
        return frozenset(country for theatre in self.theatres for country in theatre.countries)

    def number(self, loss: Loss) -> _Number:
        """What is known of a loss whosever it is."""
        found = self._numbers.get(loss)
        if found is None:
            found = self._numbers[loss] = _number(self, loss)
        return found


def holders_of(
    places: Sequence[ClaimPlace], gazetteer: Gazetteer, theatres: Sequence[Theatre], day: date | None
) -> list[str]:
    """Names of those who hold some places on a day: authorities of a zone first, then the country.

    A front or a border is nobody's.
    """
    found: list[str] = []
    for p in places:
        if feature_of(p.place.feature_code) == "line":
            continue
        zone = next((side for t in theatres if (side := t.holder(p.place.lonlat, day))), "")
        country = gazetteer.country(p.place.country)
        for name in (zone, country.name if country else ""):
            if name and name not in found:
                found.append(name)
    return found


def candidates(scene: Scene) -> list[str]:
    """Sides that a loss of the event can have, the likeliest by mere presence first."""
    first, last = scene.article.sentence(scene.event.heads[0].first)
    near = [p.side for p in scene.parties.within(first, last) if p.kind in FIGHTING or p.kind == "latent"]
    foe = scene.foe
    named = dict.fromkeys([*near, *scene.holders, *scene.parties.ranked, *([foe] if foe else [])])
    found = [side for side in named if side not in _SOURCES][:_MOST]
    return [*found, "both", "unknown"]


def side_features(scene: Scene, loss: Loss, side: str, before: str) -> Features:
    """How one candidate stands to the loss; ``before`` is the side of the loss told just before it."""
    kind, marks, admits, beside, lemmas, fate, between, near = scene.number(loss)
    sub, holders, parties = scene.event.sub_event_type, scene.holders, scene.parties
    attacker = scene.attacker.side if scene.attacker else ""
    speaks = side in scene.speakers
    named = side not in _UNNAMED
    ties = (
        side in beside,
        bool(holders) and holders[0] == side,
        side in holders[1:],
        speaks,
        side in scene.denied,
        scene.attacker is not None and attacker == side,
        before == side,
        named and side == scene.foe,
        named and side == scene.attackers_foe,
        named and _is_outsider(scene, side),
    )
    what = parties.standing.get(side, "other")
    one: list[tuple[Namer, Hashable]] = [
        (_ties, (ties, kind, sub)),
        (_standing, (what, kind, sub, "side" if named else side, parties.rank.get(side, -1))),
        (_where, _place(scene, loss, side) if side in near else (None, None, side in parties.by_side)),
    ]
    stands = tuple(name for name, holds in zip(_TIES, ties, strict=True) if holds and name in _PLAIN)
    stands = stands or ("other" if named else side,)
    one.append((_fate, (fate, stands, side in between)))
    if marks or lemmas:
        one.append((_said, (marks, lemmas, stands)))
    if marks:
        one.append((_marks, (marks, "speaker" if speaks else "other" if named else side)))
    if admits:
        one.append((_admits, "speaker" if speaks else "other"))
    if scene.loses:
        one.append((_loses, "speaker" if speaks else "attacker" if ties[5] else "other"))
    if lemmas:
        one.append((_nouns, (lemmas, what)))
    return Features(one)


def _is_outsider(scene: Scene, side: str) -> bool:
    """Whether a side is of no country of the theatres that the article plays in."""
    countries = scene.parties.homes.get(side)
    return countries is not None and bool(scene.theatres) and scene.lands.isdisjoint(countries)


_UNNAMED = frozenset({"both", "unknown"})
_TIES = (
    "beside", "holder", "holder2", "speaker", "denier", "attacker", "before", "against-speaker", "against-attacker",
    "outsider",
)  # fmt: skip


def _ties(at: tuple[tuple[bool, ...], str, str]) -> list[str]:
    holding, kind, sub = at
    true = [name for name, holds in zip(_TIES, holding, strict=True) if holds]
    out = [f"{name}|{kind}" for name in true] or [f"no-tie|{kind}"]
    return [*out, *true, "ties=" + "+".join(true), "ties=" + "+".join(true) + f"|{sub}"]


#: Ties by which a word of killing, a noun of people or a word like "enemy" tells whose they are.
_PLAIN = frozenset({"holder", "holder2", "speaker", "attacker", "against-speaker", "against-attacker", "outsider"})


def _fate(at: tuple[tuple[str, str, str], tuple[str, ...], bool]) -> list[str]:
    """How the candidate stands to the word of killing or losing: whoever "lost" them, whoever "neutralised" them."""
    (lemma, value, form), stands, between = at
    out = [f"fate={lemma}.{form}|{tie}" for tie in stands] + [f"fate={value}.{form}|" + "+".join(stands)]
    return [*out, f"between|{lemma}.{form}", f"between|{value}.{form}"] if between else out


def _said(at: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> list[str]:
    marks, lemmas, stands = at
    return [f"said={word}|{tie}" for word in (*marks, *lemmas) for tie in stands]


def _standing(at: tuple[str, str, str, str, int]) -> list[str]:
    what, kind, sub, named, rank = at
    out = [f"{what}|{kind}|{sub}", f"is={named}|{kind}"]
    return [*out, f"rank={min(3, rank)}"] if rank >= 0 else out


def _marks(at: tuple[tuple[str, ...], str]) -> list[str]:
    return [f"mark={value}|{at[1]}" for value in at[0]]


def _admits(who: str) -> list[str]:
    return [f"admits|{who}"]


def _loses(who: str) -> list[str]:
    return [f"loses|{who}"]


def _nouns(at: tuple[tuple[str, ...], str]) -> list[str]:
    return [f"noun={lemma}|{at[1]}" for lemma in at[0]]


def _place(scene: Scene, loss: Loss, side: str) -> tuple[tuple[str, int, bool] | None, tuple[str, int] | None, bool]:
    """The nearest naming of the candidate before and behind the number in its sentence, and whether it has any."""
    first, last = scene.article.sentence(loss.first)
    mine = scene.parties.by_side.get(side, ())
    ahead = behind = None
    for p in mine:
        if p.first >= loss.first:
            behind = p if p.first < last else None
            break
        if p.first >= first:
            ahead = p
    before = after = None
    if ahead:
        between = scene.parties.within(ahead.stop, loss.first)
        others = [p for p in between if p.kind in FIGHTING and p.side != side]
        before = (ahead.kind, min(4, (loss.first - ahead.stop) // 4), not others)
    if behind:
        after = (behind.kind, min(4, (behind.first - loss.stop) // 4))
    return before, after, bool(mine)


def _where(at: tuple[tuple[str, int, bool] | None, tuple[str, int] | None, bool]) -> list[str]:
    before, after, named = at
    out: list[str] = []
    if before:
        out += (f"ahead={before[0]}", f"ahead={before[1]}", f"ahead-last={before[2]}")
    if after:
        out += (f"behind={after[0]}", f"behind={after[1]}")
    return out or ["elsewhere" if named else "unnamed"]


_PARTY, _SPEECH, _PERSON = mark("party"), mark("speech"), mark("person")


def _number(scene: Scene, loss: Loss) -> _Number:
    tags, words, marks = scene.article.tagged.tags, scene.article.tagged.tokens.words, scene.article.tagged.marks
    pointing: list[str] = []
    for k in range(max(scene.event.first, loss.first - 3), min(scene.event.stop, loss.stop + 5)):
        if k > loss.stop and words[k] in PAUSES:
            break
        if marks[k] & _PARTY:
            pointing += [t.value for t in tags[k] if t.tag == "party"]
    first, _ = scene.article.sentence(scene.event.heads[0].first)
    admits = scene.article.tagged.first("speech", "admit", first, loss.first) is not None
    lemmas = [t.lemma for k in range(loss.first, loss.stop) if marks[k] & _PERSON for t in tags[k] if t.tag == "person"]
    kind = loss.status if loss.person else "things"
    between = frozenset(p.side for p in scene.parties.within(loss.head, loss.first) if p.kind in FIGHTING)
    near = frozenset([p.side for p in scene.parties.within(*scene.article.sentence(loss.first))])
    return _Number(
        kind, tuple(pointing), admits, _beside(scene, loss), tuple(lemmas), _word(scene, loss), between, near
    )


def _word(scene: Scene, loss: Loss) -> tuple[str, str, str]:
    """The word that tells the fate: its lemma, what it means, and whether it is a verb."""
    tags = scene.article.tagged.tags
    here = tags[loss.head] if 0 <= loss.head < len(tags) else ()
    found = next((t for t in here if t.tag in ("loss", "event")), None)
    if found is None:
        return "", "", ""
    return found.lemma, found.value, "verb" if found.form in ("past", "present") else "noun"


def _beside(scene: Scene, loss: Loss) -> frozenset[str]:
    """An adjective or party right behind the noun, before a comma: "32 Armenian soldiers"."""
    reach = _reach(scene, loss)
    named = {
        p.side
        for p in scene.parties.within(loss.first, reach)
        if p.kind in FIGHTING or p.kind == "latent" and not _is_where(scene, loss.stop, p.first)
    }
    for m in scene.article.mentions_in(loss.first, reach):
        place = scene.article.mentions[m].place
        if place and feature_of(place.feature_code) == "country":
            named.add(place.name)
    return frozenset(named)


def _owner(scene: Scene, loss: Loss) -> str:
    """The country whose adjective stands behind a thing, or the party that it is said to belong to.

    "A Turkish helicopter", "a tank of the army"; not "a drone of Turkish make".
    """
    reach = _reach(scene, loss)
    for p in scene.parties.within(loss.stop, reach):
        if p.kind in FIGHTING and any(_belongs(scene, k) for k in range(loss.stop, p.first + 1)):
            return p.side
    words = scene.article.tagged.tokens.words
    made = scene.article.tagged.lexicon.labels.get("made", ())
    for m in scene.article.mentions_in(loss.first, reach):
        mention, stop = scene.article.mentions[m], scene.article.mention_stop[m]
        if mention.role == "nationality" and mention.place and feature_of(mention.place.feature_code) == "country":
            return "" if stop < len(words) and words[stop] in made else mention.place.name
    return ""


def _belongs(scene: Scene, k: int) -> bool:
    """Whether a word ties what stands before it to whose it is: "belonging to", or the letter for "of"."""
    tagged = scene.article.tagged
    if tagged.has(k, "link", "owner"):
        return True
    letters = tagged.lexicon.labels.get("owner_letters", "")
    return tagged.tokens.words[k][:1] in letters and any(t.cut for t in tagged.tags[k])


def _is_foes(scene: Scene, loss: Loss) -> bool:
    """Whether a loss is the enemy's by name: "the enemy lost 4 tanks", "4 tanks of the enemy"."""
    tagged = scene.article.tagged
    foes = tagged.lexicon.labels.get("enemies", ())
    ahead = range(max(scene.event.first, loss.head - _NEAR), loss.first) if loss.head >= 0 else range(0)
    near = (*range(loss.stop, _reach(scene, loss)), *reversed(ahead))
    for k in near:
        if any(t.tag == "party" and t.lemma in foes for t in tagged.tags[k]):
            between = scene.parties.within(k + 1, loss.first) if k < loss.first else ()
            return not any(p.kind in FIGHTING for p in between)
    return False


#: Tokens before the word of losing in which its subject may stand.
_NEAR = 3


def _is_where(scene: Scene, first: int, stop: int) -> bool:
    """Whether words of place lead to a name: "in the outskirts of the capital" is where, not whose."""
    tags = scene.article.tagged.tags
    return any(t.tag == "prep" and t.value in ("in", "near", "on") for k in range(first, stop) for t in tags[k])


def _loser(scene: Scene, loss: Loss) -> str:
    """The party that touches a verb of losing before the number: its subject, "the army lost 4 helicopters"."""
    for head in scene.event.heads:
        if "lose" not in head.values or head.form == "noun" or not _is_lost_by(scene, loss, head):
            continue
        # "Azerbaijan said that it lost": a pronoun stands for the party
        first = head.first - 1 if scene.article.tagged.has(head.first - 1, "link", "that") else head.first
        for p in scene.parties.found:
            if p.kind in ("group", "state") and (p.stop == first or p.first == head.stop):
                return p.side
    return ""


def _is_lost_by(scene: Scene, loss: Loss, head: Head) -> bool:
    """Whether a verb of losing tells this loss's fate, or has as its object the noun that does: "lost 50 dead"."""
    if loss.head < loss.first:
        return head.first <= loss.head < head.stop
    between = range(head.stop, loss.first)
    return head.stop <= loss.first and not any(scene.article.tagged.marks[k] & _FATE for k in between)


_FATE = mark("loss", "event")


def _reach(scene: Scene, loss: Loss) -> int:
    """Token at which what belongs to the number ends: a comma, a link, or the next thing told."""
    words, tags = scene.article.tagged.tokens.words, scene.article.tagged.tags
    for k in range(loss.stop, min(scene.event.stop, loss.stop + 5)):
        if words[k] in PAUSES or any(
            t.tag in ("link", "loss", "event") and t.value != "owner" or t.cut and t.tag in ("person", "number")
            for t in tags[k]
        ):
            return k
    return min(scene.event.stop, loss.stop + 5)


def choose_side(model: Linear, scene: Scene, loss: Loss, before: str) -> tuple[str, float]:
    """The likeliest side of a loss and its probability."""
    options = candidates(scene)
    if loss.person:
        if "both" in scene.number(loss).marks:
            return "both", 1.0
        named = scene.number(loss).beside
        beside = [side for side in options if side in named]
        if len(beside) == 1:
            return beside[0], 1.0
        if _untold(scene):
            return "unknown", 1.0
        if not scene.number(loss).marks and _is_mutual(scene, loss):
            return "both", 1.0
    else:
        owner = _owner(scene, loss)
        if owner in options:
            return owner, 1.0
    foe = scene.foe or (scene.attackers_foe if not scene.reported else "")
    if foe in options and _is_foes(scene, loss):
        return foe, 1.0
    loser = _loser(scene, loss)
    if loser in options:
        return loser, 1.0
    yes = model.classes.index("yes")
    share, side = 0.0, ""
    for option in options:
        chance = model.probabilities(side_features(scene, loss, option, before))[yes]
        if chance > share or not side:
            share, side = chance, option
    return side, share


def _untold(scene: Scene) -> bool:
    """Whether nothing tells whose the victims are: on a front, with nobody named but an outsider who speaks of them."""
    if not scene.places or scene.holders or not scene.reported:
        return False
    first, last = scene.article.sentence(scene.event.heads[0].first)
    near = {p.side for p in scene.parties.within(first, last) if p.kind in FIGHTING or p.kind == "latent"}
    return near <= set(scene.reported) and all(_is_outsider(scene, side) for side in scene.reported)


def _is_mutual(scene: Scene, loss: Loss) -> bool:
    """Whether fighters fell in a clash "between" two sides of which nobody who fights tells: they are of both."""
    if loss.status != "military" or loss.count is None or scene.event.sub_event_type != _CLASH:
        return False
    first, last = scene.article.sentence(loss.first)
    tagged = scene.article.tagged
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


def status_features(scene: Scene, loss: Loss, before: str) -> list[str]:
    """What speaks for soldiers, civilians or neither; ``before`` is the status of the loss told just before."""
    tags, words = scene.article.tagged.tags, scene.article.tagged.tokens.words
    # what a party that fights has lost are its soldiers, unless it says who they were
    rule = "military" if loss.status == "unknown" and _loser(scene, loss) else loss.status
    out = [
        "b",
        f"rule={rule}",
        f"type={scene.event.sub_event_type}",
        f"rule={rule}|{scene.event.sub_event_type}",
        f"kind={loss.kind}",
        f"before={before}",
        f"before={before}|{rule}|{loss.kind}",
    ]
    for k in range(loss.first, loss.stop):
        out += [f"n={t.tag}.{t.lemma}" for t in tags[k] if t.tag in ("person", "loss", "number", "bound")]
    for k in range(loss.stop, min(scene.event.stop, loss.stop + 4)):
        if words[k] in PAUSES:
            break
        out.append(f"w={words[k]}")
        out += [f"a={t.tag}.{t.value}" for t in tags[k] if t.tag in ("person", "organ", "party", "link")]
    if 0 <= loss.head < len(tags):
        out += [f"f={t.lemma}" for t in tags[loss.head] if t.tag == "loss"]
    people = sorted({t.value for k in range(scene.event.first, scene.event.stop) for t in tags[k] if t.tag == "person"})
    out.append("people=" + "+".join(people))
    out += [f"value={v}" for h in scene.event.heads for v in h.values]
    if scene.places:
        out.append(f"place={feature_of(scene.places[0].place.feature_code)}|{scene.event.sub_event_type}")
    return out
