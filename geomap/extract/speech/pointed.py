"""Who speaks where only "the latter", "the second", "the other side" or "its spokesman" stands."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, Party
from geomap.extract.speech.bodies import named_last
from geomap.extract.speech.neighbours import deed_follows
from geomap.extract.speech.words import SPEAKERS, Speech

#: Of so many sides an article may say "the latter".
_FEW = 4


def its_own(article: Article, parties: Parties, first: int, i: int, stop: int) -> Party | None:
    """Whose "its statement" or "its spokesman" is: the party that the sentence tells of."""
    if article.tagged.has(i, "speech", "say") and any(t.form == "noun" for t in article.tagged.tags[i]):
        stop = i
    if stop >= len(article.tagged.tags) or parties.within(stop, stop + 3):
        return None
    words, labels = article.tagged.tokens.words, article.tagged.lexicon.labels
    endings = labels["possessives"]
    named_by = {name + ending for name in labels["on_behalf"] for ending in endings}
    near = range(stop, min(len(words), stop + 2))
    body = any(t.tag == "organ" for t in article.tagged.tags[stop])
    if body and any(has_ending(article, k, endings) for k in near[1:]) and not has_ending(article, stop, endings):
        people = [p for p in parties.within(first, i) if p.kind == "people"]
        return people[-1] if people else None
    if not has_ending(article, stop, endings) and not any(words[k] in named_by for k in near):
        return None
    of_places = article.tagged.lexicon.labels["of_places"]
    if any(t.lemma in of_places for t in article.tagged.tags[stop] if t.tag == "organ"):
        return named_last(article, parties, i)
    named = [p for p in parties.within(first, i) if p.kind in ("state", "region", "group")]
    return named[0] if named else None


def has_ending(article: Article, k: int, endings: Sequence[str]) -> bool:
    """Whether a word for a body or a statement says whose it is: "its ministry"."""
    word = article.tagged.tokens.words[k]
    return any(
        word[t.cut :] == t.lemma + ending
        for t in article.tagged.tags[k]
        if t.tag == "speech" and t.form == "noun" or t.tag == "organ" and t.value in ("office", "state", "force")
        for ending in endings
    )


def _of_the_two(article: Article, parties: Parties, first: int, stop: int) -> Party | None:
    """Whom "the first" and "the second" mean behind a speech word: of two named together in the sentence before."""
    if stop >= len(article.tagged.tags) or article.tagged.tokens.words[first - 1] == "\n":
        return None
    nth = next(
        (n for n, label in enumerate(("first_of_two", "second_of_two")) if article.tagged.is_one(stop, label)), None
    )
    if (
        nth is None
        or stop + 1 < len(article.tagged.tags)
        and any(t.tag == "organ" for t in article.tagged.tags[stop + 1])
    ):
        return None
    start = article.sentence_before(stop)
    sides: dict[str, Party] = {}
    for p in parties.within(start, stop):
        if p.kind in ("state", "region", "group", "people", "latent"):
            sides.setdefault(p.side, p)
    return list(sides.values())[nth] if len(sides) > 1 else None


def latter(
    article: Article, parties: Parties, found: Sequence[Speech], first: int, stop: int, accuses: bool
) -> Party | None:
    """Whom "the latter" means behind a speech word: the party named last before, other than who spoke last."""
    near = range(stop, min(stop + 2, len(article.tagged.tags)))
    if len(near) > 1 and article.tagged.is_one(stop, "sides") and article.tagged.is_one(stop + 1, "other_side"):
        return None if accuses and deed_follows(article, stop + 2) else _other_side(parties, found, stop)
    if two := _of_the_two(article, parties, first, stop):
        return two
    this_one = (
        len(near) > 1 and article.tagged.is_one(stop, "this_one") and article.tagged.has(stop + 1, "link", "that")
    )
    if not this_one and not any(article.tagged.is_one(k, "latter") for k in near):
        return None
    spoke = next((s.speaker.side for s in reversed(found) if s.speaker and s.value != "deny"), "")
    start = article.sentence_before(first)
    sides = set(parties.ranked[:_FEW]) - {spoke}
    named = [p for p in parties.within(start, stop) if p.kind in SPEAKERS and p.side in sides]
    return named[-1] if named else None


def _other_side(parties: Parties, found: Sequence[Speech], stop: int) -> Party | None:
    """Who "the other side" is: the party named last that fights whoever spoke last."""
    told = [s.speaker for s in found if s.speaker and s.value != "deny" and s.speaker.kind != "claimant"]
    spoke = told[-1].side if told else ""
    against = parties.against(spoke) if spoke else ""
    return next((p for p in reversed(parties.within(0, stop)) if p.side == against), None)
