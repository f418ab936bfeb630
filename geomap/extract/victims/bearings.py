"""How a loss stands in its sentence: who tells of it, who was named last before it, what it goes on with."""

from __future__ import annotations

from typing import NamedTuple

from geomap.extract.losses import Loss
from geomap.extract.parties.named import FIGHTING
from geomap.extract.victims.scene import Scene, is_number
from geomap.punctuation import PAUSES
from geomap.tagging import mark

_PARTY = mark("party")
#: Tokens behind a number within which the side of those counted is named.
_OF = 4
#: Tokens behind a loss within which the side of those counted together is named.
_TRAIL = 9


class Bearings(NamedTuple):
    """What the sentence of a loss tells of whose it is.

    ``teller`` is the side of whoever tells of it, ``foe`` whom that side fights, ``first`` and ``last`` are the sides
    named first and last before it ("the enemy" is the teller's foe), ``word`` tells its fate, ``irregulars`` says
    whether they are fighters of no army by their noun, ``medics`` whether medics are named, ``parts`` of how many
    sides numbers are told behind it, ``trailing`` are the sides
    named behind it and what is counted with it: "two dead and 14 wounded of the army".
    """

    teller: str
    foe: str
    first: str
    last: str
    word: str
    own: bool
    irregulars: bool
    medics: bool
    parts: int
    trailing: frozenset[str]


def bearings(scene: Scene, loss: Loss) -> Bearings:
    """Where a loss stands in its sentence."""
    known = scene.found.get(loss)
    if known is None:
        known = scene.found[loss] = _bearings(scene, loss)
    return known


def _bearings(scene: Scene, loss: Loss) -> Bearings:
    tagged = scene.article.tagged
    teller = teller_of(scene, loss)
    foe = foe_of(scene, teller)
    named = _named(scene, loss, teller, foe)
    known = scene.number(loss)
    irregular = tagged.lexicon.labels.get("irregulars", ())
    first, last = scene.article.sentence(loss.first)
    return Bearings(
        teller,
        foe,
        named[0] if named else "",
        named[-1] if named else "",
        tagged.tokens.words[loss.head] if 0 <= loss.head < len(tagged.tags) else "",
        "own" in known.marks,
        any(lemma in irregular for lemma in known.lemmas),
        any(t.tag == "organ" and t.value == "medical" for k in range(first, last) for t in tagged.tags[k]),
        _shares(scene, loss.stop, last),
        _trailing(scene, loss, last),
    )


def teller_of(scene: Scene, loss: Loss) -> str:
    """The side of whoever tells of a loss: the last to speak before it in its sentence, else the next behind it."""
    first, last = scene.article.sentence(loss.first)
    if scene.speeches is not None:
        told = scene.speeches.within(first, loss.first)
        if told and told[-1].speaker is None:
            # who goes on speaking may have been named in the sentence before
            told = [*scene.speeches.within(scene.article.sentence(max(0, first - 1))[0], first), *told]
        # whoever is named behind an accusation is accused
        told = [s for s in told if s.speaker is not None and (s.value != "accuse" or s.form != "noun")]
        behind = [speech for speech in scene.speeches.within(loss.stop, last) if speech.speaker is not None]
        speaker = told[-1].speaker if told else behind[0].speaker if behind else None
        if speaker is not None:
            return speaker.side if speaker.kind in FIGHTING or speaker.kind == "latent" else ""
    return next(iter(scene.speakers), "")


def foe_of(scene: Scene, side: str) -> str:
    """Whom a side means by "the enemy"; empty for one that does not fight."""
    fights = side in scene.parties.rank or any(t.opponents(side) for t in scene.parties.theatres)
    return scene.parties.against(side) if side and fights else ""


def _named(scene: Scene, loss: Loss, teller: str, foe: str) -> list[str]:
    """Sides named before a loss in its sentence, in order."""
    tagged = scene.article.tagged
    foes = tagged.lexicon.labels.get("enemies", ())
    first, _ = scene.article.sentence(loss.first)
    named = [(p.first, p.side) for p in scene.parties.within(first, loss.first) if p.kind in FIGHTING]
    for k in range(first, loss.first):
        if not tagged.marks[k] & _PARTY:
            continue
        if foe and any(t.tag == "party" and t.lemma in foes for t in tagged.tags[k]):
            named.append((k, foe))
        elif teller and tagged.has(k, "party", "own"):
            named.append((k, teller))
    return [side for _, side in sorted(named)]


def _trailing(scene: Scene, loss: Loss, last: int) -> frozenset[str]:
    """Sides named behind a loss and those counted with it, before a pause, a word of speech or of place."""
    tagged = scene.article.tagged
    led = tagged.lexicon.among("doer_words")
    stop = min(last, loss.stop + _TRAIL)
    for k in range(loss.stop, stop):
        if (
            tagged.tokens.words[k] in PAUSES
            or led[tagged.tokens.words[k]] is not None
            or any(
                t.tag in ("event", "speech") or t.tag == "prep" and t.value in ("near", "on", "with")
                for t in tagged.tags[k]
            )
        ):
            stop = k
            break
    return frozenset(p.side for p in scene.parties.within(loss.stop, stop) if p.kind in FIGHTING)


def _shares(scene: Scene, first: int, stop: int) -> int:
    """Of how many sides numbers are told in a token range: "60 of X, 18 of Y"."""
    sides = set()
    for k in range(first, stop):
        if is_number(scene.article, k):
            party = next((p for p in scene.parties.within(k + 1, min(stop, k + 1 + _OF)) if p.kind in FIGHTING), None)
            if party is not None:
                sides.add(party.side)
    return min(3, len(sides))


def goes_on(scene: Scene, loss: Loss, before: Loss | None, side: str) -> bool:
    """Whether a loss is told in one breath with the one before it, which is of a side: no other is named between."""
    if before is None or scene.article.sentence(before.first) != scene.article.sentence(loss.first):
        return False
    between = scene.parties.within(before.stop, loss.first)
    return before.stop <= loss.first and not any(p.kind in FIGHTING and p.side != side for p in between)
