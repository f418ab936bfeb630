"""Equipment in running text: what is lost and what only acts, and the make that stands behind a thing's name."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, mark

#: Weapon words by the item they count as.
ITEMS = {
    "tank": "tank",
    "armoured_vehicle": "armoured_vehicle",
    "artillery": "artillery",
    "air_defence": "air_defence",
    "drone": "drone",
    "helicopter": "helicopter",
    "aircraft": "aircraft",
    "ship": "ship",
    "vehicle": "other",
    "munition": "other",
}
#: Items that a word of what kind they are makes another: "an aircraft without pilot", "an armoured car".
_GENERIC = frozenset({"other", "aircraft"})
#: What a battery, a launcher or a system of missiles is by the make that follows.
_MAKES = {"artillery": frozenset({"air_defence"}), "air_defence": frozenset({"artillery"})}
_QUOTES = frozenset("\"'()")
#: What fires and flies is often the subject of a verb of destroying; tanks are its object.
_ACTING = frozenset({"aircraft", "drone", "helicopter", "air_defence", "artillery", "ship"})
_WEAPON, _OBJECT = mark("weapon"), mark("weapon", "class", "body")
_BEHIND = 12


def is_force(article: Article, t: Tag) -> bool:
    """Whether a weapon word names a branch of the forces, which nobody loses: the air force."""
    return t.lemma in article.tagged.lexicon.labels.get("branches", ())


def acts(article: Article, i: int, t: Tag, counted: bool, verb: int, stop: int) -> bool:
    """Whether a weapon right behind a verb is its subject: an object follows, "the defences shot down two drones"."""
    if t.value == "air_defence" and any(x.value == "shootdown" for x in article.tagged.tags[verb]):
        return True
    finite = any(x.tag == "event" and x.form in ("past", "present") for x in article.tagged.tags[verb])
    if not finite or t.value not in _ACTING or counted:
        return False
    for k in range(i + t.width, min(stop, i + _BEHIND)):
        if article.tagged.tokens.words[k] in PAUSES:
            return t.value != "air_defence" and not counted
        if article.tagged.marks[k] & _OBJECT and not _is_make(article, k) and not _is_joined(article, k):
            return True
    return t.value != "air_defence" and not counted


def _past_unmanned(article: Article, at: int, stop: int) -> int:
    """Token behind "without pilot", said of an aircraft, also behind the adjective of whose it is; 0 where not."""
    words, phrases = article.tagged.tokens.words, article.tagged.lexicon.phrases_of("unmanned")
    adjective = any(article.mentions[m].role != "location" for m in article.mentions_in(at, min(stop, at + 1)))
    for k in (at, at + 1) if adjective else (at,):
        for phrase in phrases:
            if k + len(phrase) <= stop and tuple(words[k : k + len(phrase)]) == phrase:
                return k + len(phrase)
    return 0


def _called_drone(article: Article, at: int, stop: int) -> int:
    """Token behind "unmanned" where the adjective of whose an aircraft is stands before it; 0 where it does not.

    A drone that has an adjective of its own is another thing: "an American aircraft shot down an Iranian drone".
    """
    if at + 1 >= stop or not (article.tagged.marks[at] & _PARTY or article.mentions_in(at, at + 1)):
        return 0
    plain = article.tagged.lexicon.labels.get("plain_aircraft", ())
    if not any(t.lemma in plain for t in article.tagged.tags[at - 1]) or article.mentions_in(at + 2, at + 3):
        return 0
    drone = next((t for t in article.tagged.tags[at + 1] if t.tag == "weapon" and t.value == "drone"), None)
    return at + 1 + drone.width if drone and _is_kind(article, at + 1, drone) else 0


_PARTY = mark("party")


def past_make(article: Article, at: int, stop: int, kind: str) -> tuple[int, str]:
    """Token behind the make or kind that follows a thing's name ("aircraft «Bayraktar»"), and the item it is then."""
    unmanned = _past_unmanned(article, at, stop) if kind in _GENERIC else 0
    if unmanned:
        return unmanned, "drone"
    words, tags = article.tagged.tokens.words, article.tagged.tags
    drone = _called_drone(article, at, stop) if kind == "aircraft" else 0
    if drone:
        return drone, "drone"
    model = next((t for t in tags[at] if t.tag == "link" and t.value == "model"), None) if at < stop else None
    begin = at + (model.width if model else 0)
    k = begin
    while k < stop and words[k] in _QUOTES:
        k += 1
    weapon = next((t for t in tags[k] if t.tag == "weapon" and _is_kind(article, k, t)), None) if k < stop else None
    if weapon is None:
        return at, kind
    found = ITEMS.get(weapon.value, "other")
    if kind in ("aircraft", "air_defence") and weapon.value == "shell":
        found = "artillery"  # a launcher of rockets is called like a bomber, or a system like those of air defence
    made = found in _MAKES.get(kind, ())
    # "the air defences two missiles" are two things, "the system «Smerch»" is one
    apart = not made or kind == "air_defence" and model is None
    if k == at and kind not in _GENERIC and found != kind and apart:
        return at, kind
    k += weapon.width
    while k < stop and (words[k] in _QUOTES or words[k].isdecimal() and words[k - 1] not in PAUSES):
        k += 1
    return k, found if made or kind in _GENERIC and found not in _GENERIC else kind


def _is_kind(article: Article, k: int, t: Tag) -> bool:
    """Whether a weapon word tells the kind of the thing before it: with the article where that has it, never joined."""
    label = article.tagged.lexicon.labels.get("article", "")
    definite = bool(label) and t.cut == len(label) and article.tagged.tokens.words[k].startswith(label)
    return not t.cut or definite and k > 0 and article.tagged.tokens.words[k - 1].startswith(label)


def _is_make(article: Article, k: int) -> bool:
    """Whether a weapon word stands in quotes, as the make of the thing before."""
    return k > 0 and article.tagged.tokens.words[k - 1] in _QUOTES


def _is_joined(article: Article, k: int) -> bool:
    """Whether a thing stands beside the one before: "a launcher and three tanks"."""
    return article.tagged.has_conjunction(k) and any(t.cut for t in article.tagged.tags[k])


def last_thing(article: Article, i: int) -> int:
    """Token of the thing that was named last before token ``i``: what "five of them" counts; -1 for none.

    Missiles are meant only where no arms are named: who shot down some "of them" names the drones first.
    """
    missile = -1
    for k in range(i - 1, max(-1, i - 40), -1):
        for t in article.tagged.tags[k] if article.tagged.marks[k] & _WEAPON else ():
            if t.tag == "weapon" and t.value in ITEMS:
                return k
            if missile < 0 and _is_missile(article, t):
                missile = k
    return missile


def last_named(article: Article, i: int) -> str:
    """The item that the thing named last before token ``i`` counts as; empty for none."""
    k = last_thing(article, i)
    named = [t for t in article.tagged.tags[k] if t.tag == "weapon"] if k >= 0 else []
    thing = next((t for t in named if t.value in ITEMS or _is_missile(article, t)), None)
    return past_make(article, k + thing.width, i, ITEMS.get(thing.value, "other"))[1] if thing else ""


def _is_missile(article: Article, t: Tag) -> bool:
    """Whether a word names missiles, which can be shot down."""
    return t.tag == "weapon" and t.value == "shell" and t.lemma in article.tagged.lexicon.labels.get("missiles", ())
