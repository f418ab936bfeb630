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
from geomap.extract.heads import Article
from geomap.extract.losses import Loss
from geomap.extract.parties import FIGHTING, Parties, Party
from geomap.gazetteer import Gazetteer
from geomap.linear import Features, Linear, Namer
from geomap.model import ClaimPlace
from geomap.punctuation import PAUSES
from geomap.tagging import mark
from geomap.theatre import Theatre

_MOST = 8


class _Number(NamedTuple):
    """What is known of a loss whosever it is.

    ``beside`` are the sides named right behind it, ``near`` those named in its sentence.
    """

    kind: str
    marks: tuple[str, ...]
    admits: bool
    beside: frozenset[str]
    lemmas: tuple[str, ...]
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
    def loses(self) -> bool:
        """Whether the event is told as somebody's loss."""
        return any("lose" in head.values for head in self.event.heads)

    @cached_property
    def opponents(self) -> tuple[str | None, str | None]:
        """Whom the first who tells of the event fights, and whom its attacker does; None where nobody is told."""
        speaker = self.reported[0] if self.reported else ""
        attacker = self.attacker.side if self.attacker else ""
        return (
            self.parties.against(speaker) if speaker else None,
            self.parties.against(attacker) if attacker else None,
        )

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
    found = list(dict.fromkeys([*near, *scene.holders, *scene.parties.ranked]))[:_MOST]
    return [*found, "both", "unknown"]


def side_features(scene: Scene, loss: Loss, side: str, before: str) -> Features:
    """How one candidate stands to the loss; ``before`` is the side of the loss told just before it."""
    kind, marks, admits, beside, lemmas, near = scene.number(loss)
    sub, holders, reported, parties = scene.event.sub_event_type, scene.holders, scene.reported, scene.parties
    attacker = scene.attacker.side if scene.attacker else ""
    speaks = side in reported
    named = side not in _UNNAMED
    speakers_enemy, attackers_enemy = scene.opponents
    ties = (
        side in beside,
        bool(holders) and holders[0] == side,
        side in holders[1:],
        speaks,
        side in scene.denied,
        scene.attacker is not None and attacker == side,
        before == side,
        named and side == speakers_enemy,
        named and side == attackers_enemy,
        named and _is_outsider(scene, side),
    )
    what = parties.standing.get(side, "other")
    one: list[tuple[Namer, Hashable]] = [
        (_ties, (ties, kind, sub)),
        (_standing, (what, kind, sub, "side" if named else side, parties.rank.get(side, -1))),
        (_where, _place(scene, loss, side) if side in near else (None, None, side in parties.by_side)),
    ]
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
    near = frozenset([p.side for p in scene.parties.within(*scene.article.sentence(loss.first))])
    return _Number(kind, tuple(pointing), admits, _beside(scene, loss), tuple(lemmas), near)


def _beside(scene: Scene, loss: Loss) -> frozenset[str]:
    """An adjective or party right behind the noun, before a comma: "32 Armenian soldiers"."""
    reach = _reach(scene, loss)
    named = {p.side for p in scene.parties.within(loss.first, reach) if p.kind in FIGHTING or p.kind == "latent"}
    for m in scene.article.mentions_in(loss.first, reach):
        place = scene.article.mentions[m].place
        if place and feature_of(place.feature_code) == "country":
            named.add(place.name)
    return frozenset(named)


def _loser(scene: Scene, loss: Loss) -> str:
    """The party that touches a verb of losing before the number: its subject, "the army lost 4 helicopters"."""
    for head in scene.event.heads:
        if "lose" not in head.values or head.form == "noun" or head.first >= loss.first:
            continue
        for p in scene.parties.found:
            if p.kind in ("group", "state") and head.first in (p.stop, p.first - (head.stop - head.first)):
                return p.side
    return ""


def _reach(scene: Scene, loss: Loss) -> int:
    """Token at which what belongs to the number ends: a comma, a link, or the next thing told."""
    words, tags = scene.article.tagged.tokens.words, scene.article.tagged.tags
    for k in range(loss.stop, min(scene.event.stop, loss.stop + 5)):
        if words[k] in ",،.:؛" or any(
            t.tag in ("link", "loss", "event") or t.cut and t.tag in ("person", "number") for t in tags[k]
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
    out = [
        "b",
        f"rule={loss.status}",
        f"type={scene.event.sub_event_type}",
        f"rule={loss.status}|{scene.event.sub_event_type}",
        f"kind={loss.kind}",
        f"before={before}",
        f"before={before}|{loss.status}|{loss.kind}",
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
