"""How a side, a kind of people or things, or a town stands to an event: what the model of parts sees of it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from geomap.codebook import feature_of
from geomap.extract.parties.cast import Cast, Spot
from geomap.extract.parties.clauses import lead_to
from geomap.extract.parties.named import FIGHTING, Party
from geomap.extract.victims.scene import Scene
from geomap.linear import Features, Namer

#: As many tokens away a name stands beside the word that tells the event, near it, far from it.
_NEAR: Final = (2, 5, 9, 16)
_OF_SPEAKERS: Final = frozenset({"speaker", "denier", "speakers-foe"})
CIVILIANS: Final = "civilians"


def side_part(cast: Cast, side: str) -> Features:
    """How a side stands to the event."""
    parties = cast.scene.parties
    true = cast.tied.get(side, ())
    ahead, behind = _around(cast, side)
    # most sides have no ties and are named elsewhere: they stand alike
    alike = cast.stances.get((true, ahead, behind))
    if alike is None:
        alike = cast.stances[true, ahead, behind] = _stance(cast, true, ahead, behind)
    rank, many = min(3, parties.rank.get(side, -1)), min(4, len(parties.standing))
    what = parties.standing.get(side, "other")
    return Features(((_is, side), (_kept, (what, cast.scene.event.sub_event_type, rank, many))), shared=alike)


def _stance(cast: Cast, true: tuple[str, ...], ahead: Spot | None, behind: Spot | None) -> Features:
    """What tells how a side stands whichever it is: its ties to the event, and where it is named."""
    sub, head = cast.scene.event.sub_event_type, cast.scene.event.heads[0]
    others = tuple([name for name, _ in cast.ties if name not in true])
    one: list[tuple[Namer, Hashable]] = [
        (_tied, (true, sub)),
        (_placed, ("ahead", ahead, sub, head.values, head.form)),
        (_placed, ("behind", behind, sub, head.values, head.form)),
        (_hurt, (cast.statuses, true, sub)),
        (_told, (cast.told, sub)),
        (_others, (others, sub)),
        (_said, (head.lemma, head.form, "ahead" if ahead else "behind" if behind else "away")),
    ]
    if cast.own:
        one.append((_own, (cast.own, tuple([name for name in true if name in _OF_SPEAKERS]), sub)))
    for name in true:
        one.append((_told, (cast.told, name)))
        one.append((_against, (name, others)))
        one.append((_said_of, (head.lemma, head.form, name)))
    if not true:
        one.append((_against, ("none", others)))
    return Features(one, plain=["all=" + "+".join(cast.told) + "|" + "+".join(true)])


def thing_part(cast: Cast, name: str) -> Features:
    """How a kind of people or things stands to the event."""
    scene = cast.scene
    sub = scene.event.sub_event_type
    k = cast.things.get(name, -1)
    side = "side" if cast.hit else ""
    one: list[tuple[Namer, Hashable]] = [
        (_kind, (name, sub, cast.statuses, side, cast.told)),
        (_ground, (name, cast.nouns, tuple(cast.things))),
    ]
    if k >= 0:
        one.append((_at, (name, sub, *lead_to(scene.article, scene.parties, k), k > scene.event.heads[0].first)))
    return Features(one)


def town_part(cast: Cast, name: str) -> Features:
    """How a place stands to the event that hits it."""
    scene = cast.scene
    sub, town = scene.event.sub_event_type, cast.towns[name]
    k = cast.named.get(town.place.id, -1)
    side = "side" if cast.hit else ""
    lead, noun = lead_to(scene.article, scene.parties, k) if k >= 0 else ("", "")
    kind = feature_of(town.place.feature_code)
    one: list[tuple[Namer, Hashable]] = [
        (_town, (sub, kind, cast.statuses, side, town.inferred, min(3, len(cast.towns)))),
        (_town_at, (sub, lead, noun, k > scene.event.heads[0].first, cast.statuses)),
        (_town_with, (cast.nouns, tuple(cast.things), cast.told)),
    ]
    return Features(one)


def _around(cast: Cast, side: str) -> tuple[Spot | None, Spot | None]:
    """How a side stands where it is named last before the event's first head, and first behind it, in its sentence."""
    named = cast.around.get(side)
    if named is None:
        return None, None
    (ahead, behind), head, scene = named, cast.scene.event.heads[0], cast.scene
    return (
        _place(scene, ahead, ahead.stop, head.first) if ahead else None,
        _place(scene, behind, head.stop, behind.first) if behind else None,
    )


def _place(scene: Scene, party: Party, first: int, stop: int) -> Spot:
    others = any(p.kind in FIGHTING and p.side != party.side for p in scene.parties.within(first, stop))
    far = sum(stop - first > reach for reach in _NEAR)
    return (party.kind, far, *lead_to(scene.article, scene.parties, party.first), not others)


def _tied(at: tuple[tuple[str, ...], str]) -> list[str]:
    true, sub = at
    together = "+".join(true)
    return ["s", f"s|{sub}", *true, *(f"{name}|{sub}" for name in true), f"ties={together}", f"ties={together}|{sub}"]


def _placed(at: tuple[str, Spot | None, str, tuple[str, ...], str]) -> list[str]:
    name, place, sub, values, form = at
    if place is None:
        return [f"no-{name}", f"no-{name}|{sub}"]
    kind, far, lead, noun, last = place
    out = [f"{name}={kind}", f"{name}={far}", f"{name}|{sub}", f"{name}|{lead}", f"{name}|{lead}|{noun}"]
    out += (f"{name}|{form}|{last}", f"{name}|{noun}|{sub}", f"{name}|{lead}|{sub}", f"{name}={far}|{last}|{form}")
    out += (f"{name}|{lead}|{value}|{form}" for value in values)
    out += (f"{name}|{value}|{form}|{far}" for value in values)
    return out


def _is(side: str) -> list[str]:
    return [f"is={side}"]


def _kept(at: tuple[str, str, int, int]) -> list[str]:
    what, sub, rank, many = at
    return [f"{what}|{sub}", f"rank={rank}|{min(3, many)}", f"many={many}|{sub}"]


def _hurt(at: tuple[str, tuple[str, ...], str]) -> list[str]:
    statuses, true, sub = at
    return [f"hurt={statuses}|{name}" for name in true] + [f"hurt={statuses}|{sub}|{'bereaved' in true}"]


def _told(at: tuple[tuple[str, ...], str]) -> list[str]:
    values, name = at
    return [f"told={value}|{name}" for value in values]


def _others(at: tuple[tuple[str, ...], str]) -> list[str]:
    others, sub = at
    return [f"other={name}" for name in others] + [f"other={name}|{sub}" for name in others]


def _against(at: tuple[str, tuple[str, ...]]) -> list[str]:
    mine, others = at
    return [f"{mine}-not-{name}" for name in others]


def _own(at: tuple[tuple[tuple[str, str, bool], ...], tuple[str, ...], str]) -> list[str]:
    own, true, sub = at
    who = "+".join(true) or "other"
    out: list[str] = []
    for lead, noun, ahead in own:
        out += (
            f"own|{who}|{noun}",
            f"own|{who}|{lead}",
            f"own|{who}|{noun}|{lead}|{ahead}",
            f"own|{who}|{ahead}|{sub}",
        )
    return out


def _said(at: tuple[str, str, str]) -> list[str]:
    lemma, form, where = at
    return [f"word={lemma}.{form}|{where}"]


def _said_of(at: tuple[str, str, str]) -> list[str]:
    lemma, form, name = at
    return [f"word={lemma}.{form}|{name}"]


def _kind(at: tuple[str, str, str, str, tuple[str, ...]]) -> list[str]:
    name, sub, statuses, side, values = at
    out = [f"k={name}", *(f"k={name}|{other}" for other in (sub, statuses, f"{statuses}|{sub}", f"{side}|{sub}"))]
    return [*out, *(f"k={name}|{told}" for value in values for told in (value, f"{value}|{sub}"))]


def _ground(at: tuple[str, tuple[str, ...], tuple[str, ...]]) -> list[str]:
    name, nouns, things = at
    which = name if name == CIVILIANS else "thing"
    return [f"k={which}|{noun}" for noun in nouns] + [f"k={which}|with={other}" for other in things if other != name]


def _at(at: tuple[str, str, str, str, bool]) -> list[str]:
    name, sub, lead, noun, behind = at
    out = [f"t|{lead}", f"t|{noun}", f"t|{lead}|{noun}", f"t|{behind}|{sub}", f"t|{lead}|{sub}"]
    return [*out, f"t={name}|{lead}", f"t={name}|{behind}"]


def _town(at: tuple[str, str, str, str, bool, int]) -> list[str]:
    sub, kind, statuses, side, inferred, many = at
    out = [f"p|{sub}", f"p|{kind}|{sub}", f"p|{statuses}|{sub}", f"p|{statuses}|{side}", f"p|{inferred}|{sub}"]
    return ["p", *out, f"p={many}", f"p={many}|{statuses}", f"p|{inferred}|{statuses}", f"p|{kind}|{statuses}"]


def _town_at(at: tuple[str, str, str, bool, str]) -> list[str]:
    sub, lead, noun, behind, statuses = at
    return [f"p@{lead}", f"p@{noun}", f"p@{lead}|{noun}", f"p@{behind}", f"p@{lead}|{statuses}", f"p@{lead}|{sub}"]


def _town_with(at: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> list[str]:
    nouns, things, told = at
    out = [f"p+{noun}" for noun in nouns] + [f"p+thing={thing}" for thing in things] + [f"p+{value}" for value in told]
    return [*out, f"p+things={min(2, len(things))}", "p+told=" + "+".join(told)]
