"""Who did away with a thing, by the grammar around the word that tells it: nobody destroys or captures their own."""

from __future__ import annotations

from typing import Final

from geomap.extract.article import Article
from geomap.extract.losses import Loss
from geomap.extract.losses.words import grammatical_number, is_passive
from geomap.extract.parties.clauses import onto, owned
from geomap.extract.parties.named import FIGHTING
from geomap.extract.victims.bearings import bearings
from geomap.extract.victims.scene import Scene, is_number
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, mark
from geomap.text import fold_name

_VERBS: Final = ("past", "present")
#: What is done to the things of others.
_DOING: Final = frozenset({"shootdown", "destroy", "capture", "attack", "loot", "arrest"})
_STRIKING: Final = frozenset({"attack", "airstrike", "shelling", "raid", "fire"})
#: Tokens beside a verb within which its subject stands, and before one in which the verb that it is joined to does.
_NEAR: Final = 3
_JOINED: Final = 24
#: Tokens from a verb of handing over to what was handed over.
_GIVEN: Final = 16
#: How many verbs may be joined: "they attacked, killed nine men, burnt two cars".
_MOST: Final = 4
_PARTY, _FATE, _WEAPON = mark("party"), mark("event", "loss"), mark("weapon")


def taker_of(scene: Scene, loss: Loss) -> str:
    """The side that destroyed, shot down or captured a thing; empty where nothing tells."""
    article = scene.article
    first, _ = article.sentence(loss.first)
    at = min(loss.head, loss.first)
    for k in range(at, max(first, at - _NEAR) - 1, -1):
        word = _doing(article, k)
        if word is not None:
            return _taker(scene, loss, k, word)
    return ""


def giver_of(scene: Scene, loss: Loss) -> str:
    """The side that gave up a thing which was its own: "the fighters handed over six tanks"; empty where none did."""
    article = scene.article
    labels = article.tagged.lexicon.labels
    first, _ = article.sentence(loss.first)
    at = min(loss.head, loss.first)
    left = article.tagged.lexicon.words("leaving")
    if loss.head <= at and article.stems[at] in left:
        return _side_at(scene, loss, at + 1) or bearings(scene, loss).foe  # nobody tells that his own men left theirs
    for k in range(at, max(first, at - _GIVEN) - 1, -1):
        verb = next((t for t in article.tagged.tags[k] if t.tag == "event"), None)
        if verb is not None and any(t.lemma in labels.get("surrendering", ()) for t in article.tagged.tags[k]):
            return _of_verb(scene, loss, k, verb, _MOST) if verb.form in _VERBS else ""
        if verb is not None:
            return ""
    return ""


def hit_before(scene: Scene, loss: Loss) -> str:
    """The side on which the attack was made that a verb goes on from: "they raided the rebels and burnt two cars"."""
    article = scene.article
    first, _ = article.sentence(loss.first)
    verb = article.tagged.tags[loss.head] if first < loss.head < loss.first else ()
    if not any(t.tag == "event" and t.value == "destroy" and t.form in _VERBS and t.cut for t in verb):
        return ""
    for head in scene.event.heads:
        if first <= head.first < loss.head and _STRIKING.intersection(head.values):
            party = onto(article, head, scene.parties)
            if party is not None:
                return party.side
    return ""


def _doing(article: Article, k: int) -> Tag | None:
    """The reading of a token as what somebody does to the things of others."""
    if k < 0 or not article.tagged.marks[k] & _FATE:
        return None
    labels = article.tagged.lexicon.labels
    befalling, hitting = labels.get("befalling", ()), labels.get("hitting", ())
    tags = article.tagged.tags[k]
    if any(t.tag == "event" and t.value == "lose" or t.lemma in befalling for t in tags):
        return None
    return next((t for t in tags if t.tag == "event" and t.value in _DOING or t.lemma in hitting), None)


def _taker(scene: Scene, loss: Loss, at: int, word: Tag) -> str:
    if word.form in _VERBS:
        return _of_verb(scene, loss, at, word, _MOST)
    beside = _behind(scene, loss, at, word)
    return beside or _teller(scene, loss)


def _teller(scene: Scene, loss: Loss) -> str:
    """Who tells of a thing in its sentence, if he admits nothing: "the army announced the downing of a drone"."""
    first, _ = scene.article.sentence(loss.first)
    if scene.speeches is None or not scene.speeches.within(first, loss.first) or scene.number(loss).admits:
        return ""
    return bearings(scene, loss).teller


def _of_verb(scene: Scene, loss: Loss, at: int, word: Tag, most: int) -> str:
    article = scene.article
    if is_passive(article, at, word):
        return ""
    first, _ = article.sentence(at)
    if at > first and article.tagged.is_one(at - 1, "doer_pronouns"):
        return _teller(scene, loss)  # "that it drove the enemy off": whoever stands behind is no subject
    found = _behind(scene, loss, at, word)
    joined = bool(word.cut) and article.tagged.has_conjunction(at)
    if found or not joined:
        return found or _ahead(scene, loss, at) or _defender(scene, loss, at, word)
    for k in range(at - 1, max(first, at - _JOINED) - 1, -1) if most else ():
        verb = next((t for t in article.tagged.tags[k] if t.tag in ("event", "loss") and t.form in _VERBS), None)
        if verb is not None:
            return _of_verb(scene, loss, k, verb, most - 1)
    # "the army's forces ended the siege of X and seized three tanks": nothing else is told before
    capturing = article.tagged.lexicon.labels.get("capturing", ())
    return bearings(scene, loss).first if word.lemma in capturing else ""


def _defender(scene: Scene, loss: Loss, at: int, word: Tag) -> str:
    """Whose "the air defences" are that shot something down: of whoever tells, else of whoever holds the ground."""
    article = scene.article
    first, stop = article.sentence(at)
    near = (*range(max(first, at - _NEAR), at), *range(at + word.width, min(stop, at + word.width + _NEAR)))
    if word.value != "shootdown" or not any(article.tagged.phrase_at(k, "air_defenders") for k in near):
        return ""
    if scene.speeches is not None and any(s.speaker is not None for s in scene.speeches.within(first, stop)):
        return _teller(scene, loss)
    return scene.holders[0] if len(scene.holders) == 1 else ""


def _behind(scene: Scene, loss: Loss, at: int, word: Tag) -> str:
    """The side named right behind a word of taking, before what was taken."""
    article = scene.article
    tagged = article.tagged
    _, stop = article.sentence(at)
    for k in range(at + word.width, min(stop, at + word.width + _NEAR)):
        if tagged.tokens.words[k] in PAUSES or is_number(article, k) or _is_of(article, k):
            return ""
        side = _side_at(scene, loss, k)
        if side or word.form not in _VERBS:
            return side
        if tagged.marks[k] & _WEAPON and _is_object(article, k):
            return ""
    return ""


def _is_of(article: Article, k: int) -> bool:
    """Whether a word tells of whom something is that was taken: "of the enemy"."""
    tagged = article.tagged
    letters = tagged.lexicon.labels.get("owner_letters", "")
    return tagged.tokens.words[k][:1] in letters and any(t.cut or t.tag == "party" for t in tagged.tags[k])


def _is_object(article: Article, k: int) -> bool:
    """Whether a weapon word is one thing or two, not the arm that acts: "a drone", not "the defences"."""
    label = article.tagged.lexicon.labels.get("article", "")
    return any(
        t.tag == "weapon"
        and not (label and article.tagged.tokens.words[k].startswith(label))
        and grammatical_number(article, k, t) in (1, 2)
        for t in article.tagged.tags[k]
    )


def _ahead(scene: Scene, loss: Loss, at: int) -> str:
    """The side named right before a verb, or "that it" said by who tells."""
    article = scene.article
    words = article.tagged.tokens.words
    first, _ = article.sentence(at)
    pronouns = article.tagged.lexicon.among("doer_pronouns")
    for k in range(at - 1, max(first, at - _NEAR) - 1, -1):
        if words[k] in PAUSES:
            return ""
        if pronouns[words[k]] is not None:
            return _teller(scene, loss)
        if _is_own_fire(article, k):
            return bearings(scene, loss).teller  # whatever else is admitted
        if article.tagged.marks[k] & _WEAPON and _is_object(article, k):
            return ""
        side = _side_at(scene, loss, k)
        if side:
            party = next(iter(scene.parties.within(k, k + 1)), None)
            unowned = party is not None and party.kind == "people" and k > first
            return "" if unowned and _is_object(article, k - 1) else side
    return ""


def _is_own_fire(article: Article, k: int) -> bool:
    """Whether a word is "its fire", "its raids": a noun of what is done, with a pronoun for who does it."""
    tagged = article.tagged
    return tagged.tokens.words[k].endswith(tagged.lexicon.owning()) and any(
        t.tag == "event"
        and t.form == "noun"
        and t.width == 1
        and t.value in _STRIKING
        and len(tagged.tokens.words[k]) > t.cut + len(fold_name(t.lemma))
        for t in tagged.tags[k]
    )


def _side_at(scene: Scene, loss: Loss, k: int) -> str:
    """The side that a token names, in whatever way: by name, as "ours" or "its", as the enemy."""
    party = next((p for p in scene.parties.within(k, k + 1) if p.kind in FIGHTING), None)
    if party is not None:
        return party.side
    tagged = scene.article.tagged
    if tagged.marks[k] & _PARTY:
        foes = tagged.lexicon.labels.get("enemies", ())
        if any(t.tag == "party" and t.lemma in foes and not t.cut for t in tagged.tags[k]):
            return bearings(scene, loss).foe
        if tagged.has(k, "party", "own"):
            return _teller(scene, loss)
    return _teller(scene, loss) if owned(scene.article, k, k + 1) else ""
