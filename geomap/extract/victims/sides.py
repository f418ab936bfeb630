"""Whose dead, whose tanks: the side of a loss.

Candidates are the parties that the article names, those who hold the place, "both" and "unknown"; where the loss's own
words tell its side they decide, else a small model ranks the candidates by how they stand to the number.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

from geomap.extract.losses import Loss
from geomap.extract.parties.named import CLAIMANTS, FIGHTING
from geomap.extract.victims.ambushes import ambushed
from geomap.extract.victims.bearings import Bearings, bearings, goes_on
from geomap.extract.victims.foes import beaten_of, killer_of
from geomap.extract.victims.owners import (
    crew_of,
    is_foes,
    is_mutual,
    is_unidentified,
    is_unnamed,
    is_untold,
    loser_of,
    own_of,
    owner_of,
)
from geomap.extract.victims.scene import Number, Scene, is_outsider
from geomap.extract.victims.takers import giver_of, hit_before, taker_of
from geomap.linear import Features, Linear, Namer

_MOST = 8
#: The countries that most of the places named lie in have dead wherever they are told of.
_LANDS = 2
#: Who speaks for nobody has no dead.
_SOURCES = frozenset(CLAIMANTS.values())


class Earlier(NamedTuple):
    """The loss told just before, None for none, and the side it was given."""

    side: str
    loss: Loss | None


def candidates(scene: Scene, loss: Loss) -> list[str]:
    """Sides that a loss of the event can have, the likeliest by mere presence first."""
    sentences = dict.fromkeys(scene.article.sentence(k) for k in (scene.event.heads[0].first, loss.first))
    near = [
        p.side for a, b in sentences for p in scene.parties.within(a, b) if p.kind in FIGHTING or p.kind == "latent"
    ]
    foe = scene.foe
    lands = list(scene.parties.countries.values())[:_LANDS]
    named = dict.fromkeys([*near, *scene.holders, *lands, *scene.parties.ranked, *([foe] if foe else [])])
    found = [side for side in named if side not in _SOURCES][: _MOST + len(lands)]
    return [*found, "both", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A loss whose side is asked for, with all that is known of it whosever it is."""

    scene: Scene
    loss: Loss
    #: The side of the loss told just before, and whether this one is told in one breath with it.
    before: str
    linked: bool
    number: Number
    bearings: Bearings
    #: What tells how a candidate stands to it, by all that this depends on.
    stances: dict[Hashable, Features] = field(default_factory=dict)


def _asked(scene: Scene, loss: Loss, earlier: Earlier) -> Asked:
    linked = goes_on(scene, loss, earlier.loss, earlier.side)
    return Asked(scene, loss, earlier.side, linked, scene.number(loss), bearings(scene, loss))


def side_features(scene: Scene, loss: Loss, side: str, earlier: Earlier) -> Features:
    """How one candidate stands to the loss."""
    return _features(_asked(scene, loss, earlier), side)


def _features(asked: Asked, side: str) -> Features:
    scene, number, found = asked.scene, asked.number, asked.bearings
    kind, sub, holders, parties = number.kind, scene.event.sub_event_type, scene.holders, scene.parties
    attacker = scene.attacker.side if scene.attacker else ""
    named = side not in _UNNAMED
    ties = (
        side in number.beside,
        bool(holders) and holders[0] == side,
        side in holders[1:],
        side in scene.speakers,
        side in scene.denied,
        scene.attacker is not None and attacker == side,
        asked.before == side,
        named and side == scene.foe,
        named and side == scene.attackers_foe,
        named and is_outsider(scene, side),
    )
    told = (
        side == found.teller,
        side == found.foe,
        side == found.first,
        side == found.last,
        *ties[1:7],
        side in found.trailing,
    )
    what = parties.standing.get(side, "other")
    where = _place(scene, asked.loss, side) if side in number.near else (None, None, side in parties.by_side)
    other = "other" if named else side
    stands = tuple(compress(_BEARINGS, told)) or (other,)
    # most candidates have no ties to a loss: they stand alike
    alike = ties, told, side in number.between, what, other
    stance = asked.stances.get(alike)
    if stance is None:
        stance = asked.stances[alike] = Features(_stance(asked, ties, stands, side in number.between, what, other))
    one: list[tuple[Namer, Hashable]] = [
        (_standing, (what, kind, sub, "side" if named else side, min(3, parties.rank.get(side, -1)))),
        (_where, where),
    ]
    if named:
        one.append((_who, (side, kind, "+".join(stands))))
    else:
        one.append((_nobodys, (side, tuple(holders), tuple(scene.reported), kind, sub)))
        one.append((_shared, (side, kind, sub, found.parts, min(3, len(number.near)))))
    return Features(one, shared=stance)


def _stance(
    asked: Asked, ties: tuple[bool, ...], stands: tuple[str, ...], between: bool, what: str, other: str
) -> list[tuple[Namer, Hashable]]:
    """What tells how a candidate stands to a loss, whichever it is.

    ``what`` is its standing, and ``other`` what it is called where it has no ties.
    """
    kind, marks, admits, _, lemmas, fate, _, _ = asked.number
    plain = tuple(compress(_PLAIN, compress(ties, _IS_PLAIN))) or (other,)
    speaks, attacks, before = ties[3], ties[5], ties[6]
    noun = "own" if asked.bearings.own else "irregular" if asked.bearings.irregulars else kind
    one: list[tuple[Namer, Hashable]] = [
        (_ties, (ties, kind, asked.scene.event.sub_event_type)),
        (_fate, (fate, plain, between)),
        (_bearings, (stands, noun, fate[1:])),
        (_worded, (stands, asked.bearings.word)),
    ]
    if marks or lemmas:
        one.append((_said, (marks, lemmas, plain)))
    if marks:
        one.append((_marks, (marks, "speaker" if speaks else other)))
    if admits:
        one.append((_admits, "speaker" if speaks else "other"))
    if asked.scene.loses:
        one.append((_loses, "speaker" if speaks else "attacker" if attacks else "other"))
    if lemmas:
        one.append((_nouns, (lemmas, what)))
    if asked.bearings.medics:
        one.append((_medics, (stands, kind)))
    if asked.linked:
        one.append((_linked, (before, noun)))
    return one


#: How a side can stand to the loss's sentence.
_BEARINGS = (
    "teller", "tellers-foe", "first", "last", "holder", "holder2", "speaker", "denier", "attacker", "before",
    "trailing",
)  # fmt: skip


def _bearings(at: tuple[tuple[str, ...], str, tuple[str, str]]) -> list[str]:
    """How the candidate stands in the sentence, by the word of fate and the noun of those who are counted."""
    stands, noun, (value, form) = at
    both = "+".join(stands)
    out = [f"in={both}", f"in={both}|{noun}", f"in={both}|{value}.{form}"]
    for stand in stands:
        out += [f"in={stand}|{noun}", f"in={stand}|{noun}|{value}.{form}"]
    return out


def _worded(at: tuple[tuple[str, ...], str]) -> list[str]:
    return [f"in={stand}|word={at[1]}" for stand in at[0]]


def _medics(at: tuple[tuple[str, ...], str]) -> list[str]:
    return [f"medics|{stand}|{at[1]}" for stand in at[0]]


def _linked(at: tuple[bool, str]) -> list[str]:
    return [f"linked={at[0]}", f"linked={at[0]}|{at[1]}"]


def _shared(at: tuple[str, str, str, int, int]) -> list[str]:
    """Whether a total is followed by each side's part."""
    side, kind, sub, parts, near = at
    return [f"{side}|parts={parts}", f"{side}|parts={parts}|{kind}", f"{side}|near={near}|{kind}|{sub}"]


def _who(at: tuple[str, str, str]) -> list[str]:
    """Which side it is: some have no civilians, some are never told of as holders."""
    side, kind, stands = at
    return [f"who={side}|{kind}", f"who={side}|{stands}"]


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
_TELLING = frozenset({"holder", "holder2", "speaker", "attacker", "against-speaker", "against-attacker", "outsider"})
_IS_PLAIN = tuple(name in _TELLING for name in _TIES)
_PLAIN = tuple(compress(_TIES, _IS_PLAIN))


def _fate(at: tuple[tuple[str, str, str], tuple[str, ...], bool]) -> list[str]:
    """How the candidate stands to the word of killing or losing: whoever "lost" them, whoever "neutralised" them."""
    (lemma, value, form), stands, between = at
    out = [f"fate={lemma}.{form}|{tie}" for tie in stands] + [f"fate={value}.{form}|" + "+".join(stands)]
    return [*out, f"between|{lemma}.{form}", f"between|{value}.{form}"] if between else out


def _said(at: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> list[str]:
    marks, lemmas, stands = at
    return [f"said={word}|{tie}" for word in (*marks, *lemmas) for tie in stands]


def _nobodys(at: tuple[str, tuple[str, ...], tuple[str, ...], str, str]) -> list[str]:
    """Where and by whom victims are told without a side, or with both."""
    side, holders, reported, kind, sub = at
    ground = "+".join(holders)
    out = [f"{side}|ground={ground}|{kind}", f"{side}|grounds={len(holders)}|{kind}|{sub}"]
    return out + [f"{side}|by={name}|{kind}" for name in reported] + ([] if reported else [f"{side}|by=|{kind}"])


def _standing(at: tuple[str, str, str, str, int]) -> list[str]:
    what, kind, sub, named, rank = at
    out = [f"{what}|{kind}|{sub}", f"is={named}|{kind}"]
    return [*out, f"rank={rank}"] if rank >= 0 else out


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


def choose_side(
    model: Linear, scene: Scene, loss: Loss, earlier: Earlier, listed: Sequence[Loss] = ()
) -> tuple[str, float]:
    """The likeliest side of a loss and its probability; ``listed`` are the things told behind it in one list."""
    options = candidates(scene, loss)
    own = _of_people(scene, loss, options) if loss.person else _of_things(scene, (loss, *listed), options)
    if own:
        return own, 1.0
    foe = scene.foe or (scene.attackers_foe if not scene.reported else "")
    taker = killer_of(scene, loss) if loss.person else taker_of(scene, loss)
    # "the enemy's aircraft destroyed two launchers": those were not the enemy's
    if foe in options and foe != taker and any(is_foes(scene, one) for one in (loss, *listed)):
        return foe if loss.person else _who_fires(scene, loss, foe), 1.0
    loser = loser_of(scene, loss)
    if loser in options:
        return loser, 1.0
    told = "" if loss.person else _told_before(scene, loss, earlier)
    if told in options and told != taker:
        return told, 1.0
    yes = model.classes.index("yes")
    share, side = 0.0, ""
    asked = _asked(scene, loss, earlier)
    for option in options:
        if option == taker:
            continue  # nobody is told to kill, destroy or capture their own
        chance = model.probabilities(_features(asked, option))[yes]
        if chance > share or not side:
            share, side = chance, option
    # soldiers whom a side says that it killed are of the army it fights, named or not; gunmen may be anybody's
    killed = bool(taker) and not asked.bearings.irregulars
    if loss.person and not killed and is_unnamed(scene, side):
        return "unknown", share
    if loss.person:
        return side, share
    fights = scene.parties.against(taker) if taker and share < _DOUBT else ""
    return _who_fires(scene, loss, fights if fights in options else side), share


#: Where the model is less sure than this whose a thing was that a side took or destroyed, that side's foe lost it.
_DOUBT = 0.25


def _who_fires(scene: Scene, loss: Loss, side: str) -> str:
    """Whose a thing is that was shot down: of the group that fights from a state's ground, where it is named."""
    head = scene.article.tagged.tags[loss.head] if loss.head >= 0 else ()
    if not any(t.tag == "event" and t.value == "shootdown" for t in head):
        return side
    for theatre in scene.theatres:
        for code, group in theatre.fighters.items():
            if scene.parties.countries.get(code) == side and group in scene.parties.by_side:
                return group
    return side


def _of_people(scene: Scene, loss: Loss, options: Sequence[str]) -> str:
    """The side of victims that their own words and those of their fate tell; empty where none do."""
    number = scene.number(loss)
    if "both" in number.marks:
        return "both"
    beside = [side for side in options if side in number.beside]
    if len(beside) == 1:
        return beside[0]
    own = beaten_of(scene, loss) or own_of(scene, loss) or crew_of(scene, loss)
    if own in options:
        return own
    fallen = ambushed(scene, loss)
    if fallen in options:
        return fallen
    if is_untold(scene):
        return "unknown"
    return "both" if not number.marks and is_mutual(scene, loss) else ""


def _of_things(scene: Scene, listed: Sequence[Loss], options: Sequence[str]) -> str:
    """The side of the first thing of a list that the words of any of them, or of its fate, tell; empty for none."""
    owner = next((owner for thing in listed if (owner := owner_of(scene, thing))), "")
    if owner in options:
        return owner
    if is_unidentified(scene, listed[0]):
        return "unknown"
    giver = giver_of(scene, listed[0]) or ambushed(scene, listed[0])
    return giver if giver in options else ""


def _told_before(scene: Scene, loss: Loss, earlier: Earlier) -> str:
    """The side of the thing that this one is joined to under one word, else of those on whom the attack was made."""
    last = earlier.loss
    if last is not None and not last.person and last.head == loss.head and 0 <= loss.first - last.stop <= 1:
        return earlier.side
    return hit_before(scene, loss)
