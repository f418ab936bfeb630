"""Soldiers who fell of the other side: those whom a party says that it killed, who attacked it, who left their dead."""

from __future__ import annotations

from typing import Final

from geomap.extract.losses import Loss
from geomap.extract.victims.bearings import bearings
from geomap.extract.victims.scene import Scene
from geomap.punctuation import PAUSES, QUOTES
from geomap.tagging import Tag

#: Tokens from a verb of leaving behind, or of dealing losses, to the dead.
_LEFT: Final = 8
#: Tokens behind the dead within which "in its ranks" stands, and from "that it" to a verb joined to the first one.
_BEHIND: Final = 4
_JOINED: Final = 24
_CLOSE: Final = 5
_VERBS: Final = ("past", "present")


def killer_of(scene: Scene, loss: Loss) -> str:
    """The side that says of itself that it killed soldiers, or was attacked by them: they are not of it; else empty."""
    if loss.status != "military":
        return ""
    attackers = scene.article.tagged.lexicon.labels.get("attackers", ())
    if any(lemma in attackers for lemma in scene.number(loss).lemmas):
        return bearings(scene, loss).teller
    tags = scene.article.tagged.tags
    killing = scene.article.tagged.lexicon.labels.get("slaying", ())
    verb = (
        next((t for t in tags[loss.head] if t.lemma in killing and t.form in _VERBS), None) if loss.head >= 0 else None
    )
    if verb is None or loss.head >= loss.first:
        return ""
    return bearings(scene, loss).teller if _says_of_itself(scene, loss, verb) else ""


def _says_of_itself(scene: Scene, loss: Loss, verb: Tag) -> bool:
    """Whether "that it" or "that its forces" leads to a verb, or to one that it is joined to.

    The verb has the gender or number of that subject; "it killed ten of its fighters" may be said of something else.
    """
    tagged, at = scene.article.tagged, loss.head
    words = tagged.tokens.words
    pronouns = tagged.lexicon.among("doer_pronouns")
    theirs = bearings(scene, loss).own
    first, _ = scene.article.sentence(at)
    if not theirs and pronouns[words[at - 2 if words[at - 1] in QUOTES else at - 1]] is not None:
        return True
    if not words[at].endswith(tuple(tagged.lexicon.labels.get("agreeing", ()))):
        return False
    for k in range(max(first, at - (_JOINED if verb.cut else _CLOSE)), at):
        if not theirs and verb.cut and pronouns[words[k]] is not None:
            return True
        if tagged.has(k, "party", "own") and tagged.has(k - 1, "link", "that"):
            return True
    return False


def beaten_of(scene: Scene, loss: Loss) -> str:
    """The side of those who attacked, left their dead behind, or in whose ranks losses were dealt; else empty."""
    article = scene.article
    lexicon = article.tagged.lexicon
    found = bearings(scene, loss)
    attacker = scene.attacker.side if scene.attacker else ""
    attackers = lexicon.labels.get("attackers", ())
    if any(lemma in attackers for lemma in scene.number(loss).lemmas) and found.teller and attacker != found.teller:
        return attacker
    leaving, dealing, causes = lexicon.words("leaving"), lexicon.among("dealing"), lexicon.among("causes")
    first, _ = article.sentence(loss.first)
    words = article.tagged.tokens.words
    for k in range(min(loss.head, loss.first - 1), max(first, loss.first - _LEFT) - 1, -1):
        if words[k] in PAUSES:
            return ""
        if article.stems[k] in leaving:
            return found.foe
        if dealing[words[k]] is not None and causes[words[k - 1]] is None:
            return found.foe if _in_ranks(scene, k, loss.stop) else ""
    return ""


def _in_ranks(scene: Scene, first: int, stop: int) -> bool:
    """Whether "in its ranks" stands behind a word of dealing losses."""
    words = scene.article.tagged.tokens.words
    ranks = scene.article.tagged.lexicon.words("in_ranks")
    return any(word in ranks for word in words[first : stop + _BEHIND])
