"""Examples of who acts and who is hit, from annotated incidents."""

from __future__ import annotations

from typing import Any

from geomap.extract.parties.cast import Cast
from geomap.extract.parties.doers import who_acts
from geomap.extract.parties.parts import ACTOR, NONE, TARGET, options
from geomap.extract.victims.scene import Scene
from geomap.learning.fitting import Examples
from geomap.model import Casualty, Equipment
from geomap.parties import parties


def part_examples(made: Examples, document: str, scene: Scene, incident: dict[str, Any]) -> None:
    """Which part each candidate takes in an annotated incident; none are made where it names nobody."""
    if not incident["actors"] and not incident["targets"]:
        return
    cast = cast_of(scene, incident)
    known = parties()
    wanted = {ACTOR: known.compared(incident["actors"]), TARGET: known.compared(incident["targets"])}
    for name, features in options(cast):
        part = next((part for part, sides in wanted.items() if not known.compared([name]).isdisjoint(sides)), NONE)
        made.add(features, part, document)


def cast_of(scene: Scene, incident: dict[str, Any]) -> Cast:
    """The event with the victims and losses that its annotation has."""
    acting = who_acts(scene.article, scene.event.heads, scene.parties)
    casualties = [Casualty(c["kind"], c["count"], side=c["side"], status=c["status"]) for c in incident["casualties"]]
    equipment = [Equipment(e["item"], e["count"], side=e["side"]) for e in incident["equipment"]]
    return Cast(scene, acting, casualties, equipment)
