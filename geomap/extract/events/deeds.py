"""Few kinds of deeds, means and aims, under which the many values of the lexicon fall: each is seen often."""

from __future__ import annotations

from typing import Final

#: The kind of means that each weapon is with which one strikes.
MEANS: Final = {
    "drone": "air",
    "aircraft": "air",
    "helicopter": "air",
    "shell": "guns",
    "artillery": "guns",
    "munition": "guns",
    "smallarms": "arms",
}
#: What things that can be aimed at are to who aims.
AIMS: Final = {("body", "position"): "post", ("class", "settlement"): "town", ("class", "facility"): "site"}
#: Things that are hit which are of civilians.
CIVIL: Final = frozenset(
    "hospital ambulance school kindergarten university church cathedral mosque market house houses "
    "residential_building bus car train displacement_camp bakery hotel cemetery farmland".split()
)
#: What kind of deed each event is.
DEEDS: Final = {
    "shelling": "strike",
    "airstrike": "strike",
    "attack": "attack",
    "suffer": "attack",
    "hit": "attack",
    "violate": "fire",
    "fire": "fire",
    "clash": "ground",
    "raid": "ground",
    "repel": "ground",
    "capture": "ground",
    "destroy": "loss",
    "lose": "loss",
    "loss-killed": "loss",
    "loss-injured": "loss",
    "explosion": "blast",
    "mine": "blast",
}


def deed_of(value: str) -> str:
    """The kind of deed that a head's value tells; one of no kind is a kind of its own."""
    return DEEDS.get(value, value)


def means_of(weapon: str) -> str:
    """The kind of means that a weapon is; one of no kind is a kind of its own."""
    return MEANS.get(weapon, weapon)
