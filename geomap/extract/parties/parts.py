"""Who did it and who was hit: the part that each party, and each kind of people or thing named, takes in an event.

Candidates are the parties that the article names and their foes, those who hold the place, civilians, and what the
event's own words name (a hospital, protesters). A small model gives each its part: actor, target or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from geomap.codebook import EVENT_TYPE_OF
from geomap.extract.parties.cast import Cast, sides_of
from geomap.extract.parties.named import FIGHTING
from geomap.extract.parties.standing import CIVILIANS, side_part, thing_part, town_part
from geomap.linear import Features, Linear

ACTOR: Final = "actor"
TARGET: Final = "target"
NONE: Final = "none"
PROTESTERS: Final = "protesters"
#: Sub-types in which nobody has to be under arms: the state itself is named, not its forces.
UNARMED: Final = frozenset({"Agreement", "Change to group/activity", "Non-violent transfer of territory"})
#: Probabilities at which a candidate takes a part, and at which it does where no other takes it.
_SURE: Final = 0.5
_LEAST: Final = 0.2
#: Probability at which a candidate is the other side of a fight of which one is known.
_OTHER: Final = 0.2
CLASH: Final = "Armed clash"


class Parts(NamedTuple):
    """Those who act in an event and those who are hit, by their usual English names."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]


def parts(model: Linear, cast: Cast) -> Parts:
    """Who acts and who is hit, the surest first; parties and people before things."""
    scene = cast.scene
    act, hit = model.classes.index(ACTOR), model.classes.index(TARGET)
    chances = [Chance(name, p[act], p[hit]) for name, p in _chances(model, cast)]
    given = give(chances, fought=scene.event.sub_event_type == CLASH)
    targets = sorted(
        _with_the_others(given.targets, cast.towns), key=lambda name: name in cast.things or name in cast.towns
    )
    return Parts(_named(cast, _without_friends(cast, given.actors)), _named(cast, targets))


def _with_the_others(targets: Sequence[str], towns: Iterable[str]) -> list[str]:
    """What is hit: where one of the towns that the event is at is, all of them are ("the shelling of X and Y")."""
    hit = not set(targets).isdisjoint(towns)
    return list(dict.fromkeys([*targets, *(towns if hit else ())]))


def _without_friends(cast: Cast, sides: Sequence[str]) -> list[str]:
    """The sides without those that the article does not name, where a surer one is of their camp."""
    parties = cast.scene.parties
    kept: list[str] = []
    for side in sides:
        friends = {friend for theatre in parties.theatres for friend in theatre.friends(side)}
        if any(p.kind in FIGHTING for p in parties.by_side.get(side, ())) or friends.isdisjoint(kept):
            kept.append(side)
    return kept


def _chances(model: Linear, cast: Cast) -> Iterable[tuple[str, list[float]]]:
    return ((name, model.probabilities(features)) for name, features in options(cast))


class Chance(NamedTuple):
    """How likely a candidate acts, and is hit."""

    name: str
    acts: float
    hit: float


def give(chances: Sequence[Chance], *, fought: bool) -> Parts:
    """The parts by their likelihood; a fight (``fought``) has two sides."""
    actors = _chosen((c.name, c.acts) for c in chances if c.acts >= c.hit)
    targets = _chosen((c.name, c.hit) for c in chances if c.hit > c.acts)
    if fought and len(actors) == 1 and not targets:
        other = max((c for c in chances if c.name not in actors), key=lambda c: c.acts + c.hit, default=None)
        if other is not None and other.acts + other.hit >= _OTHER:
            (actors if other.acts >= other.hit else targets).append(other.name)
    return Parts(tuple(actors), tuple(targets))


def _chosen(chances: Iterable[tuple[str, float]]) -> list[str]:
    """Names that are likelier than not, the surest first; where none is, the likeliest of those that may be."""
    ranked = sorted(chances, key=lambda x: (-x[1], x[0]))
    sure = [name for name, chance in ranked if chance >= _SURE]
    return sure or [name for name, chance in ranked[:1] if chance >= _LEAST]


def options(cast: Cast) -> Iterable[tuple[str, Features]]:
    """All that may take part, with how it stands to the event."""
    for side in sides_of(cast):
        yield side, side_part(cast, side)
    unrest = EVENT_TYPE_OF[cast.scene.event.sub_event_type] in ("Protests", "Riots")
    for name in dict.fromkeys([CIVILIANS, *([PROTESTERS] if unrest else []), *cast.things]):
        yield name, thing_part(cast, name)
    for name in cast.towns:
        yield name, town_part(cast, name)


def _named(cast: Cast, sides: Iterable[str]) -> tuple[str, ...]:
    """Sides by what their people under arms are called, where it is they who act."""
    scene = cast.scene
    if scene.event.sub_event_type in UNARMED:
        return tuple(sides)
    theatres = scene.parties.theatres
    return tuple(next((name for t in theatres if (name := t.forces(side))), side) for side in sides)
