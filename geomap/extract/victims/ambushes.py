"""Who fell into an ambush: what is lost in it is theirs, not of those who laid it."""

from __future__ import annotations

from typing import Final

from geomap.extract.losses import Loss
from geomap.extract.parties.clauses import owned
from geomap.extract.parties.named import FIGHTING
from geomap.extract.victims.bearings import bearings
from geomap.extract.victims.scene import Scene, has_owner_letter
from geomap.punctuation import PAUSES
from geomap.tagging import mark

#: Tokens from the verb of falling into an ambush to the ambush, and from there to who laid it.
_FALLEN: Final = 14
_LAID: Final = 5
_EVENT: Final = mark("event")


def ambushed(scene: Scene, loss: Loss) -> str:
    """The side that fell into the ambush in which something was lost, or that its layer fights; else empty."""
    article = scene.article
    tags = article.tagged.tags
    ambushes = article.tagged.lexicon.labels.get("ambushes", ())
    first, last = article.sentence(loss.first)
    found = [
        k
        for k in range(max(first, scene.event.first), min(last, scene.event.stop))
        if article.tagged.marks[k] & _EVENT and any(t.lemma in ambushes for t in tags[k])
    ]
    before = [k for k in found if k < loss.first]
    if before and not _told_anew(scene, loss, before[-1]):
        return _fallen(scene, loss, first, before[-1]) or _against_layer(scene, before[-1], last)
    if not before and found and article.tagged.has(found[0] - 1, "prep", "in"):
        return _against_layer(scene, found[0], last)
    return ""


def _told_anew(scene: Scene, loss: Loss, at: int) -> bool:
    """Whether another fate is joined on between an ambush and a loss: "and a soldier was wounded elsewhere"."""
    tags = scene.article.tagged.tags
    return any(
        t.tag == "loss" and t.form in ("past", "present") and t.cut and loss.head != k
        for k in range(at, loss.first)
        for t in tags[k]
    )


def _fallen(scene: Scene, loss: Loss, first: int, at: int) -> str:
    """The side whose people a verb of falling in tells of: "a column of the army fell into an ambush"."""
    tagged = scene.article.tagged
    words = tagged.tokens.words
    falling = tagged.lexicon.among("falling_in")
    if not (tagged.has(at - 1, "prep", "in") or tagged.has(at - 1, "prep", "to") or tagged.tags[at][0].cut):
        return ""
    for k in range(at - 1, max(first, at - _FALLEN) - 1, -1):
        if words[k] in PAUSES:
            return ""
        if falling[words[k]] is not None:
            named = [p for p in scene.parties.within(k + 1, at) if p.kind in FIGHTING]
            if named:
                return named[0].side
            return bearings(scene, loss).teller if owned(scene.article, k + 1, at) else ""
    return ""


def _against_layer(scene: Scene, at: int, stop: int) -> str:
    """Whom the side fights that is named right behind an ambush as who laid it."""
    tagged = scene.article.tagged
    words = tagged.tokens.words
    laying = tagged.lexicon.among("laying")
    laid = False
    for k in range(at + 1, min(stop, at + _LAID)):
        if words[k] in PAUSES:
            return ""
        laid = laid or laying[words[k]] is not None or has_owner_letter(scene.article, k)
        party = next((p for p in scene.parties.within(k, k + 1) if p.kind in FIGHTING), None)
        if party is not None:
            return scene.parties.against(party.side) if laid else ""
    return ""
