"""What a layer of places changes in those below it: ids taken over, names that then mean several places."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.gazetteer import Gazetteer
from geomap.geo import distance_km
from geomap.model import Issue
from geomap.places.sharing import rule_between


def layer_issues(where: str, below: Gazetteer, layer: Gazetteer) -> Iterator[Issue]:
    """What users of a layer should know; none of it stops a run.

    Parameters
    ----------
    where : str
        Name of the layer's file.
    below : Gazetteer
        The places that the layer is laid over.
    layer : Gazetteer
    """
    for place in layer:
        known = below.get(place.id)
        if known is not None:
            km = distance_km(known.lonlat, place.lonlat)
            moved = f", {km:.1f} km away" if km >= 0.1 else ""
            yield Issue(
                "info", where, f"{place.id} takes the place of the one below{moved}", "Give it another id if not meant."
            )
    for key, ids in layer.names().items():
        for rival_id in below.names().get(key, ()):
            for place_id in ids:
                place, rival = layer.places[place_id], below.places[rival_id]
                if rival_id in layer.places or rule_between(place, rival) is not None:
                    continue
                what = f"{place_id} shares the name {key!r} with {rival_id}, and no rule tells them apart"
                yield Issue(
                    "warning", where, what, "Such names may stay unresolved: give needs_cue, a parent or a population."
                )
