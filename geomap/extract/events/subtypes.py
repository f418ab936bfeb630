"""The sub-event type that the codebook's rules give to what an event's words say; a model may correct it."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

#: In order of precedence: (any of these values, none of these, sub-event type).
_RULES: Final[tuple[tuple[Set[str], Set[str], str], ...]] = (
    (frozenset({"sexual"}), frozenset(), "Sexual violence"),
    (frozenset({"suicide"}), frozenset(), "Suicide bomb"),
    (frozenset({"chemical"}), frozenset(), "Chemical weapon"),
    (frozenset({"grenade"}), frozenset({"shelling", "airstrike"}), "Grenade"),
    (frozenset({"abduct"}), frozenset({"shelling", "airstrike"}), "Abduction/forced disappearance"),
    (frozenset({"exchange"}), frozenset({"shelling", "airstrike", "clash", "loss-killed"}), "Other"),
    (frozenset({"protest"}), frozenset({"shelling", "airstrike", "clash"}), "Peaceful protest"),
    (frozenset({"loot"}), frozenset({"shelling", "airstrike", "clash"}), "Looting/property destruction"),
    (frozenset({"mobilise"}), frozenset({"shelling", "airstrike"}), "Change to group/activity"),
    (
        frozenset({"agree"}),
        frozenset({"violate", "shelling", "airstrike", "loss-killed", "fire", "capture", "transfer"}),
        "Agreement",
    ),
    (frozenset({"airstrike"}), frozenset(), "Air/drone strike"),
    (frozenset({"shootdown"}), frozenset({"shelling"}), "Disrupted weapons use"),
    (frozenset({"mine"}), frozenset({"shelling", "clash", "capture"}), "Remote explosive/landmine/IED"),
    (frozenset({"transfer"}), frozenset({"loss-killed", "attack", "destroy"}), "Non-violent transfer of territory"),
    (frozenset({"shelling"}), frozenset(), "Shelling/artillery/missile attack"),
    (frozenset({"arrest"}), frozenset({"clash", "loss-killed", "repel", "destroy"}), "Arrests"),
    (frozenset({"capture"}), frozenset({"clash"}), "Government regains territory"),
    (frozenset({"clash"}), frozenset(), "Armed clash"),
    (frozenset({"murder"}), frozenset({"explosion"}), "Attack"),
    (frozenset({"raid", "repel"}), frozenset({"arrest"}), "Armed clash"),
    (
        frozenset({"destroy", "lose"}),
        frozenset({"loss-killed", "loss-injured", "attack", "fire"}),
        "Disrupted weapons use",
    ),
    (frozenset({"arrest"}), frozenset({"loss-killed"}), "Arrests"),
    (frozenset({"explosion"}), frozenset({"attack"}), "Remote explosive/landmine/IED"),
    (frozenset({"fire"}), frozenset(), "Armed clash"),
    (frozenset({"base"}), frozenset({"attack", "loss-killed", "violate"}), "Headquarters or base established"),
    (frozenset({"deploy"}), frozenset({"attack", "loss-killed", "violate"}), "Change to group/activity"),
    (frozenset({"withdraw"}), frozenset({"attack", "loss-killed", "displace"}), "Non-violent transfer of territory"),
    (frozenset({"displace", "arrive", "blockade", "overflight"}), frozenset({"attack", "loss-killed"}), "Other"),
)
_AIR: Final = frozenset({"drone", "aircraft", "helicopter"})
_SHELLS: Final = frozenset({"shell", "artillery", "munition"})
_PLATFORMS: Final = frozenset(
    {"tank", "armoured_vehicle", "artillery", "air_defence", "drone", "helicopter", "aircraft", "vehicle", "ship"}
)


def by_rule(
    values: Set[str],
    weapons: Set[str],
    persons: Set[str],
    classes: Set[str],
    *,
    non_state: bool,
    lost: Set[str] = frozenset(),
    fell: Set[str] = frozenset(),
) -> str:
    """Sub-event type by the codebook's rules.

    Parameters
    ----------
    values : set of str
        What the heads say (``shelling``, ``loss-killed`` …).
    weapons, persons, classes : sets of str
        Weapons, people and place nouns named in the event.
    non_state : bool
        Whether the party that acts is no state.
    lost, fell : sets of str
        Equipment that was lost, and whether its victims are ``military``, ``civilian`` or ``unknown``.
    """
    sub = next((s for some, none, s in _RULES if values & some and not values & none), "")
    civilians = bool(persons & {"civilian"}) and not persons & {"military", "police"}
    if fell and "fire" in values:
        # who fell tells more than who else is named: the shepherd, not the sniper
        civilians = "military" not in fell
    if sub in ("", "Armed clash") and values & {"protest", "disperse", "riot"} and not values & _BATTLE:
        return _protest(values)
    if sub in ("", "Armed clash", "Disrupted weapons use") and not values & (_BATTLE | {"shootdown"}):
        return _by_means(values, weapons, civilians, persons, classes, lost)
    if sub == "Shelling/artillery/missile attack" and weapons & _AIR and not weapons & _SHELLS:
        return "Air/drone strike"
    if sub == "Remote explosive/landmine/IED" and "explosion" in values and weapons & _AIR:
        return "Air/drone strike"
    if sub == "Government regains territory":
        return "Non-state actor overtakes territory" if non_state else sub
    if sub == "Peaceful protest":
        return _protest(values)
    return sub or "Armed clash"


_BATTLE: Final = frozenset({"clash", "raid", "repel", "capture"})


def _by_means(
    values: Set[str], weapons: Set[str], civilians: bool, persons: Set[str], classes: Set[str], lost: Set[str]
) -> str:
    """What is told by its means alone, or by what it did."""
    if values & {"destroy", "lose"} and lost and not values & _STRUCK:
        return "Disrupted weapons use"
    flown = bool(weapons & _AIR) and not lost  # what destroyed it, not what was destroyed
    if "destroy" in values and weapons & _PLATFORMS and not values & {"loss-killed", "loss-injured", "hit"}:
        return "Air/drone strike" if flown else "Disrupted weapons use"
    if weapons & _AIR and not values & {"lose", "shootdown"}:
        return "Air/drone strike"
    if weapons & _SHELLS:
        return "Shelling/artillery/missile attack"
    if values & {"fire"}:
        return _fire(civilians, persons, classes)
    if values & {"attack", "suffer", "hit", "violate"}:
        return _attack(weapons, civilians, classes)
    if "lose" in values and persons & {"military", "civilian"}:
        return "Armed clash"
    if values & {"destroy", "lose"} and not values & {"loss-killed", "loss-injured"}:
        return "Disrupted weapons use" if weapons & _PLATFORMS else "Shelling/artillery/missile attack"
    return "Attack" if "smallarms" in weapons and civilians else "Armed clash"


_STRUCK: Final = frozenset({"loss-killed", "loss-injured", "attack", "hit", "fire"})


def _protest(values: Set[str]) -> str:
    if values & {"riot", "loot", "capture", "raid"}:
        return "Violent demonstration"
    if values & {"loss-killed", "fire"}:
        return "Excessive force against protesters"
    return "Protest with intervention" if values & {"disperse", "arrest"} else "Peaceful protest"


def _fire(civilians: bool, persons: Set[str], classes: Set[str]) -> str:
    if civilians:
        return "Attack"
    village = classes & {"settlement"} and not persons & {"military"} and not classes & {"position"}
    return "Shelling/artillery/missile attack" if village else "Armed clash"


def _attack(weapons: Set[str], civilians: bool, classes: Set[str]) -> str:
    if weapons & _AIR:
        return "Air/drone strike"
    if weapons & _SHELLS:
        return "Shelling/artillery/missile attack"
    if civilians and not classes & {"settlement"}:
        return "Attack"
    village = classes & {"settlement"} and not classes & {"position"}
    return "Shelling/artillery/missile attack" if village else "Armed clash"
