"""What can be counted at a token: people, things, victims by their fate, a people by its name."""

from __future__ import annotations

from geomap.extract.losses.equipment import item_of
from geomap.extract.losses.walk import Walk
from geomap.tagging import Tag


def noun_at(walk: Walk, i: int) -> Tag | None:
    """People or a thing named at a token."""
    return next(
        (
            t
            for t in walk.tags[i]
            if t.tag == "person" and not _describes(walk, i, t) or t.tag == "weapon" and item_of(walk, t)
        ),
        None,
    )


def captive_at(walk: Walk, i: int) -> Tag | None:
    """Captives right behind what killed them, or the people whom a number counts: "the execution of two captives"."""
    if walk.fate != "killed" or i - walk.fate_at != 1 or walk.victim_word(walk.fate_at):
        return None
    found = next((t for t in walk.tags[i] if t.tag == "loss" and t.value == "captured" and t.form == "noun"), None)
    return Tag("person", "military", found.lemma, found.form, found.width, found.cut) if found else None


def _describes(walk: Walk, i: int, t: Tag) -> bool:
    """Whether a word for people is the adjective of the thing before it: "a civilian bus", "its military losses"."""
    if t.lemma not in walk.lexicon.labels.get("people_adjectives", ()):
        return False
    if walk.words[i][-1:] in walk.lexicon.labels.get("feminine_letter", ""):
        return True
    if i <= walk.first or t.cut and not walk.has_article(i, t) or walk.conjoined(i) and t.cut == 1:
        return False
    before = walk.tags[i - 1]
    if any(b.tag == "person" or b.tag == "loss" and b.value != "toll" for b in before):
        return False
    return any(b.tag in _DESCRIBED or b.tag == "loss" for b in before)


#: What an adjective of people describes where they are no people.
_DESCRIBED = frozenset({"class", "weapon", "body", "organ"})


def nouns_at(walk: Walk, at: int) -> tuple[Tag, ...]:
    """What a number before a token can count: people, things, victims by their fate, a people by its name."""
    if at >= walk.stop:
        return ()
    # "one and two tanks": what is joined on is not what the number before it counts
    found = tuple(
        t
        for t in walk.tags[at]
        if t.tag in ("person", "loss") or t.tag == "weapon" and not (t.cut and walk.conjoined(at))
    )
    people = None if found else people_at(walk, at) or _holders(walk, at)
    return (people,) if people else found


def _holders(walk: Walk, at: int) -> Tag | None:
    """Holders of an office as people that a number counts: "three officials of the ministry"."""
    held = next((t for t in walk.tags[at] if t.tag == "organ" and t.value == "office" and not t.cut), None)
    return Tag("person", "any", held.lemma, held.form, held.width, 0) if held else None


def people_at(walk: Walk, at: int) -> Tag | None:
    """An adjective of a country that stands for people: "two Indians and a Pakistani"."""
    for m in walk.article.mentions_in(at, at + 1):
        if walk.article.mentions[m].role == "nationality":
            word = walk.words[at]
            begins, _ = walk.article.tagged.tokens.span(at, at)
            cut = 1 if walk.conjoined(at) and walk.article.mentions[m].start > begins else 0
            return Tag("person", "any", word[cut:], "people", 1, cut)
    return None
