"""People who tell what they saw, with no name or office: a farmer, a driver, an officer who is not named."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.extract.parties.named import CLAIMANTS, Parties, Party
from geomap.tagging import Tag

#: What people of each kind are called as claimants.
_CALLED = {
    "civilian": CLAIMANTS["witness"],
    "military": CLAIMANTS["soldiers"],
    "police": CLAIMANTS["security"],
}
#: What those are called that a label of the lexicon holds.
_BY_LABEL = {
    "somebody": CLAIMANTS["witness"],
    "notables": "local notables",
    "factions": "political parties",
    "companies": "company",
    "lawyers": "lawyers",
    "diplomats": "diplomats",
}
_PRESS = CLAIMANTS["media"]
#: Tokens behind a soldier within which his army may be named.
_NEAR = 4


def teller(article: Article, parties: Parties, at: int) -> Party | None:
    """Whoever stands right behind a word of speech as its subject, if he is of a plain kind of people.

    A soldier speaks for the army that is named beside him, not for himself.
    """
    tags = article.tagged.tags
    if at >= len(tags) or any(p.kind != "civilians" for p in parties.within(at, at + 1)):
        return None
    word, lexicon = article.tagged.tokens.words[at], article.tagged.lexicon
    for label, name in _BY_LABEL.items():
        if lexicon.among(label)[word] == 0:
            return Party(at, at + 1, name, "unknown", "claimant", False, None)
    if any(t.tag == "organ" for t in tags[at]):
        return None
    if lexicon.among("anonymous")[word] == 0 and _nothing_told_of(article, at + 1):
        return Party(at, at + 1, _PRESS, "unknown", "claimant", False, None)
    if any(t.tag == "title" for t in tags[at]) or lexicon.among("titled")[word] is not None:
        return None
    if lexicon.among("newsmen")[word] == 0:
        return Party(at, at + 1, _PRESS, "unknown", "claimant", False, None)
    person = next((t for t in tags[at] if t.tag == "person"), None)
    if person is None or not _is_subject(article, at, person):
        return None
    stop = at + person.width
    if person.value in ("military", "police"):
        if own := [p for p in parties.within(stop, stop + 2) if p.kind == "people"]:
            return own[0]
        if person.cut or _has_army(article, parties, stop):
            return None
    called = _CALLED.get(person.value)
    return Party(at, stop, called, "unknown", "claimant", False, None) if called else None


def _nothing_told_of(article: Article, at: int) -> bool:
    """Whether nothing at a token tells whose a source is: what it said follows, or to whom."""
    if at >= len(article.tagged.tags):
        return True
    word, tags, lexicon = article.tagged.tokens.words[at], article.tagged.tags[at], article.tagged.lexicon
    if not word[0].isalpha() or any(t.tag == "link" for t in tags) or lexicon.among("adverbs")[word] is not None:
        return True
    addressed = word.startswith(tuple(lexicon.labels["addressing_letters"]))
    return addressed and not any(t.tag == "organ" and t.value != "media" for t in tags)


def _is_subject(article: Article, at: int, person: Tag) -> bool:
    """Whether a noun has no preposition glued before it: "a farmer said", not "said to a farmer"."""
    labels = article.tagged.lexicon.labels
    return not person.cut or article.tagged.tokens.words[at][: person.cut] == labels["article"]


def _has_army(article: Article, parties: Parties, stop: int) -> bool:
    """Whether a body or a party stands beside a soldier: "an officer of the army"."""
    near = range(stop, min(len(article.tagged.tags), stop + _NEAR))
    return bool(parties.within(stop, stop + _NEAR)) or any(
        t.tag == "organ" and t.value != "media" for k in near for t in article.tagged.tags[k]
    )
