"""What the grammar around the words of an event tells of who acts: the subject of a verb, what the speaker calls ours.

A verb of war has its subject right behind it or right before it, with nouns of people or weapons between ("the
army's artillery shelled"); a noun of war has the subject of the verb that it hangs on ("the forces carried out
raids").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from geomap.extract.article import Article
from geomap.extract.events.heads import Head
from geomap.extract.parties.named import FIGHTING, Parties, Party
from geomap.punctuation import PAUSES
from geomap.tagging import mark
from geomap.text import fold_name

#: Tokens between a verb and its subject, and between a noun of war and the verb that it hangs on.
_NEAR: Final = 3
#: Tokens behind a word of war in which "on" may stand.
_FAR: Final = 6
#: Tokens before a name in which what leads to it may stand.
_REACH: Final = 3
_ABOUT: Final = mark("prep", "person", "body", "organ", "weapon", "class", "event", "loss", "link")
_MEN: Final = mark("person", "body", "organ", "weapon", "class")
_PREP: Final = mark("prep")
_VERBS: Final = ("past", "present")
#: Nouns that may be somebody's.
_OWNED: Final = mark("person", "body", "organ", "weapon", "target")


class Own(NamedTuple):
    """A noun with "its" or "our": its token, what it names."""

    at: int
    noun: str


def subject(article: Article, head: Head, parties: Parties) -> Party | None:
    """The party that is the subject of a verb of war, or of the verb that a noun of war hangs on."""
    if head.form in _VERBS:
        return _subject_of(article, head.first, head.stop, parties)
    words = article.tagged.tokens.words
    doing = article.tagged.lexicon.among("doing_words")
    first, _ = article.sentence(head.first)
    for k in range(head.first - 1, max(first, head.first - 1 - _NEAR) - 1, -1):
        if words[k] in PAUSES:
            return None
        if doing[words[k]] is not None:
            return _subject_of(article, k, k + 1, parties, head.first)
    return None


def _subject_of(article: Article, first: int, behind: int, parties: Parties, stop: int | None = None) -> Party | None:
    """The party right behind a verb, up to ``stop``, else the one right before it."""
    words, marks = article.tagged.tokens.words, article.tagged.marks
    begin, end = article.sentence(first)
    for k in range(behind, min(end, behind + _NEAR, end if stop is None else stop)):
        found = next((p for p in parties.within(k, k + 1) if p.kind in FIGHTING), None)
        if found is not None:
            return found
        # "units of the army": neither these nor what they are of parts a verb from its subject
        if words[k] in PAUSES or not marks[k] & _MEN and not _is_of(article, k):
            break
    ahead = [p for p in parties.within(max(begin, first - 2 * _NEAR), first) if p.kind in FIGHTING]
    return ahead[-1] if ahead and ahead[-1].stop in (first, first - 1) and words[first - 1] not in PAUSES else None


def onto(article: Article, head: Head, parties: Parties) -> Party | None:
    """The party that "on" leads to behind a word of war, with at most nouns of people and positions between."""
    words, tagged = article.tagged.tokens.words, article.tagged
    _, stop = article.sentence(head.first)
    for k in range(head.stop, min(stop, head.stop + _FAR)):
        if words[k] in PAUSES:
            return None
        if not tagged.marks[k] & _PREP or not tagged.has(k, "prep", "on"):
            continue
        for j in range(k + 1, min(stop, k + 1 + _NEAR)):
            found = next((p for p in parties.within(j, j + 1) if p.kind in FIGHTING), None)
            if found is not None:
                return found
            if not tagged.marks[j] & _MEN:
                return None
    return None


def _is_of(article: Article, k: int) -> bool:
    """Whether a word leads from a part to the whole."""
    return any(t.tag == "prep" and t.value == "from" for t in article.tagged.tags[k])


def pronoun_ahead(article: Article, head: Head) -> bool:
    """Whether "that it" stands just before a word of war: its subject is who speaks."""
    words = article.tagged.tokens.words
    pronouns = article.tagged.lexicon.labels.get("doer_pronouns", ())
    first, _ = article.sentence(head.first)
    return any(word in pronouns for word in words[max(first, head.first - 2) : head.first])


def owned(article: Article, first: int, stop: int) -> list[Own]:
    """The people, positions and weapons in a token range that are "its" or "ours"."""
    tagged = article.tagged
    words, endings = tagged.tokens.words, tagged.lexicon.owning()
    feminine = tagged.lexicon.labels.get("feminine_letter", "")
    found: list[Own] = []
    for k in range(first, stop):
        if not tagged.marks[k] & _OWNED or not words[k].endswith(endings):
            continue
        tags = [t for t in tagged.tags[k] if t.tag in _OWNED_TAGS and t.width == 1]
        if not tags or any(words[k][t.cut :] == fold_name(t.lemma) for t in tags):
            continue
        tag, known = tags[0], fold_name(tags[0].lemma)
        if known.endswith(feminine) and not words[k].endswith(_longer(endings)):
            continue  # the ending is the noun's own
        found.append(Own(k, f"{tag.tag}.{tag.value}"))
    return found


def _longer(endings: Sequence[str]) -> tuple[str, ...]:
    """The endings of more than one letter, which no noun has of its own."""
    return tuple(ending for ending in endings if len(ending) > 1)


_OWNED_TAGS: Final = frozenset({"person", "body", "organ", "weapon", "target"})


def lead_to(article: Article, parties: Parties, k: int) -> tuple[str, str]:
    """What leads to a name: the preposition just before it or the letter it hangs on, and the noun that it is of."""
    tagged = article.tagged
    first, _ = article.sentence(k)
    if tagged.has_conjunction(k):
        # what leads to "X and Y" leads to both
        ahead = next((p for p in parties.within(max(first, k - _REACH), k) if p.stop == k), None)
        if ahead is not None:
            return lead_to(article, parties, ahead.first)
    lead = noun = ""
    for j in range(k - 1, max(first, k - _REACH) - 1, -1):
        if tagged.tokens.words[j] in PAUSES:
            break
        if not tagged.marks[j] & _ABOUT:
            continue
        for t in tagged.tags[j]:
            if t.tag == "prep" and not lead:
                lead = t.lemma
            elif t.tag in ("person", "body", "organ", "weapon", "class") and not noun:
                noun = f"{t.tag}.{t.value}"
                if t.cut and not lead:
                    lead = tagged.tokens.words[j][: t.cut]
            elif t.tag in ("event", "loss") and not noun:
                noun = t.tag
        if lead:
            break
    if not lead:
        lead = tagged.tokens.words[k][:2]
    return lead, noun
