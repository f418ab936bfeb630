"""Victims and equipment of an event: its counted losses with their sides and status."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.codebook import EVENT_TYPE_OF
from geomap.extract.losses import Loss
from geomap.extract.models import Models
from geomap.extract.victims.owners import listed, two_sides
from geomap.extract.victims.scene import Scene
from geomap.extract.victims.sides import Earlier, choose_side
from geomap.extract.victims.statuses import status_features
from geomap.model import Casualty, Equipment


def victims_and_equipment(
    scene: Scene, losses: Sequence[Loss], cumulative: Sequence[bool], models: Models
) -> tuple[tuple[Casualty, ...], tuple[Equipment, ...]]:
    """Victims and equipment of an event with their sides."""
    casualties: list[Casualty] = []
    equipment: list[Equipment] = []
    earlier, status = Earlier("", None), ""
    for at, (loss, running) in enumerate(zip(losses, cumulative, strict=True)):
        if loss.person and scene.event.sub_event_type in _FELL_ELSEWHERE:
            continue
        if loss.person:
            chances = models.statuses.probabilities(status_features(scene, loss, status))
            status = models.statuses.classes[max(range(len(chances)), key=chances.__getitem__)]
            told = loss._replace(status=status)
        else:
            told = loss
        side, _ = choose_side(models.sides, scene, told, earlier, () if loss.person else listed(scene, losses, at))
        earlier = Earlier(side, loss)
        start, end = scene.article.tagged.tokens.span(loss.first, loss.stop - 1)
        if loss.person:
            # victims of both sides without a number are some of each, a number is theirs together
            each = two_sides(scene) if side == "both" and _qualifier(loss) == "none_given" else ()
            casualties += [
                Casualty(loss.kind, loss.count, _qualifier(loss), one, status, running, start, end)
                for one in each or (side,)
            ]
        elif EVENT_TYPE_OF.get(scene.event.sub_event_type) not in _AMONG_CIVILIANS:
            equipment.append(Equipment(loss.kind, loss.count, side, start, end))
    return tuple(casualties), tuple(equipment)


#: Sub-types of bodies found or handed over and people who fled: the dead and wounded they tell of fell elsewhere.
_FELL_ELSEWHERE = frozenset({"Other"})
#: Event types whose burnt cars and broken windows are no equipment of anybody who fights.
_AMONG_CIVILIANS = frozenset({"Riots", "Protests", "Violence against civilians"})


def _qualifier(loss: Loss) -> str:
    return (
        "none_given"
        if loss.count is None and loss.qualifier in ("exact", "about", "at_least", "more_than")
        else loss.qualifier
    )
