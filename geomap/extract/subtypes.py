"""The sub-event type that the codebook's rules give to what an event's words say; a model may correct it."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Final

#: In order of precedence: (any of these values, none of these, sub-event type).
_RULES: Final[tuple[tuple[Set[str], Set[str], str], ...]] = (
    (frozenset({"sexual"}), frozenset(), "Sexual violence"),
    (frozenset({"suicide"}), frozenset(), "Suicide bomb"),
    (frozenset({"chemical"}), frozenset(), "Chemical weapon"),
    (frozenset({"abduct"}), frozenset({"shelling", "airstrike"}), "Abduction/forced disappearance"),
    (frozenset({"protest"}), frozenset({"shelling", "airstrike", "clash"}), "Peaceful protest"),
    (frozenset({"mobilise"}), frozenset({"shelling", "airstrike"}), "Change to group/activity"),
    (frozenset({"exchange"}), frozenset({"shelling", "airstrike", "clash"}), "Other"),
    (frozenset({"agree"}), frozenset({"violate", "shelling", "airstrike", "loss-killed"}), "Agreement"),
    (frozenset({"airstrike"}), frozenset(), "Air/drone strike"),
    (frozenset({"shootdown"}), frozenset({"shelling"}), "Disrupted weapons use"),
    (frozenset({"mine"}), frozenset({"shelling", "clash", "capture"}), "Remote explosive/landmine/IED"),
    (frozenset({"transfer"}), frozenset({"loss-killed", "attack"}), "Non-violent transfer of territory"),
    (frozenset({"shelling"}), frozenset(), "Shelling/artillery/missile attack"),
    (frozenset({"capture"}), frozenset({"protest"}), "Government regains territory"),
    (frozenset({"clash"}), frozenset(), "Armed clash"),
    (frozenset({"grenade"}), frozenset(), "Grenade"),
    (frozenset({"destroy"}), frozenset({"loss-killed"}), "Disrupted weapons use"),
    (frozenset({"murder"}), frozenset(), "Attack"),
    (frozenset({"raid", "repel"}), frozenset({"arrest"}), "Armed clash"),
    (frozenset({"arrest"}), frozenset(), "Arrests"),
    (frozenset({"loot"}), frozenset(), "Looting/property destruction"),
    (frozenset({"displace", "blockade", "overflight"}), frozenset({"attack", "fire"}), "Other"),
    (frozenset({"explosion"}), frozenset({"attack"}), "Remote explosive/landmine/IED"),
    (frozenset({"fire"}), frozenset(), "Armed clash"),
    (frozenset({"base"}), frozenset({"attack"}), "Headquarters or base established"),
    (frozenset({"deploy"}), frozenset({"attack"}), "Change to group/activity"),
    (frozenset({"withdraw"}), frozenset({"attack"}), "Non-violent transfer of territory"),
)
_AIR: Final = frozenset({"drone", "aircraft", "helicopter"})
_SHELLS: Final = frozenset({"shell", "artillery", "munition"})


def by_rule(values: Set[str], weapons: Set[str], persons: Set[str], classes: Set[str], *, non_state: bool) -> str:
    """Sub-event type by the codebook's rules.

    Parameters
    ----------
    values : set of str
        What the heads say (``shelling``, ``loss-killed`` …).
    weapons, persons, classes : sets of str
        Weapons, people and place nouns named in the event.
    non_state : bool
        Whether the party that acts is no state.
    """
    sub = next((s for some, none, s in _RULES if values & some and not values & none), "")
    if sub == "Shelling/artillery/missile attack" and weapons & _AIR and not weapons & _SHELLS:
        return "Air/drone strike"
    if sub == "Government regains territory":
        return "Non-state actor overtakes territory" if non_state else sub
    if sub == "Peaceful protest":
        return _protest(values)
    if sub == "Armed clash" and values & {"fire"} and not values & {"clash", "raid", "repel"}:
        return _fire(persons, classes)
    if not sub and values & {"attack", "suffer", "hit", "violate"}:
        return _attack(weapons, persons, classes)
    return sub or "Armed clash"


def _protest(values: Set[str]) -> str:
    if values & {"riot", "loot", "capture", "raid"}:
        return "Violent demonstration"
    if "loss-killed" in values:
        return "Excessive force against protesters"
    return "Protest with intervention" if values & {"disperse", "arrest"} else "Peaceful protest"


def _fire(persons: Set[str], classes: Set[str]) -> str:
    if persons & {"civilian"} and not persons & {"military"}:
        return "Attack"
    return "Shelling/artillery/missile attack" if classes & {"settlement"} and not persons & {"military"} else "Armed clash"


def _attack(weapons: Set[str], persons: Set[str], classes: Set[str]) -> str:
    if weapons & _AIR:
        return "Air/drone strike"
    if weapons & _SHELLS:
        return "Shelling/artillery/missile attack"
    if persons & {"civilian"} and not persons & {"military"} and not classes & {"settlement"}:
        return "Attack"
    return "Shelling/artillery/missile attack" if classes & {"settlement"} else "Armed clash"


def values_of(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    """All values of several heads."""
    return frozenset(v for values in groups for v in values)
