"""Media and whom they speak for: who said what they pass on, and which are their state's own."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.parties.named import CLAIMANTS, Party
from geomap.extract.speech.bodies import is_there
from geomap.extract.speech.words import Speech

#: Sources that speak for themselves, of whatever country they are; the press passes on what others say.
_SOURCES = frozenset(CLAIMANTS[value] for value in ("security", "soldiers", "medical", "witness"))
#: Those of them that speak for a government in whose seat they are: "military sources in X".
_ARMED = frozenset(CLAIMANTS[value] for value in ("security", "soldiers"))
#: Tokens behind "according to" within which a medium stands: "according to what was carried by the agency".
_NEAR = 3


def passed_on(article: Article, speech: Speech, found: Sequence[Speech]) -> bool:
    """Whether a medium only passes on what another, named before it in its sentence, said by a verb."""
    if speech.value != "according" or not _medium(article, speech):
        return False
    first, _ = article.sentence(speech.at)
    return any(
        first <= s.at < speech.at
        and s.form in ("past", "present")
        and s.speaker is not None
        and s.speaker.name != CLAIMANTS["media"]
        for s in found
    )


def _medium(article: Article, speech: Speech) -> bool:
    """Whether a medium stands behind "according to"."""
    if speech.speaker is not None and speech.speaker.name == CLAIMANTS["media"]:
        return True
    near = range(speech.stop, min(len(article.tagged.tags), speech.stop + _NEAR))
    return any(article.tagged.has(k, "organ", "media") for k in near)


def weightiest(article: Article, named: Sequence[Party]) -> Party:
    """Of several parties before a colon or behind a verb: the first.

    Of a mere channel it is its source, of an office whoever is named as its holder.
    """
    first = named[0]
    if quoted := _quoted(article, named):
        return quoted
    if not first.leader and any(p.leader and p.first - first.stop <= 1 for p in named[1:2]):
        return named[1]  # "the governor of X, N": whom he is known to serve
    if first.kind == "claimant" and _office(article, first) and any(p.first == first.stop for p in named[1:2]):
        return named[1]  # "an official of health of the X": whose he is
    if first.kind != "claimant" or first.name in _SOURCES:
        seat = next((p for p in named[1:2] if first.name in _ARMED and is_there(article, p)), None)
        return seat if seat and seat.kind in ("state", "region") and seat.first - first.stop <= 1 else first
    words, affiliated = article.tagged.tokens.words, article.tagged.lexicon.among("affiliated")
    for p in named[1:]:
        apposed = p.first - first.stop <= 1
        between = range(first.stop, p.first)
        cited = any(t.tag == "prep" and t.value == "from" for t in article.tagged.tags[p.first - 1]) or any(
            t.tag == "speech" and t.value == "according" for k in between for t in article.tagged.tags[k]
        )
        cited = cited or any(affiliated[words[k]] is not None for k in between)
        owned = official(article, first, "state_media", "news_agencies")
        if owned and p.kind in ("people", "state") and p.first - first.stop <= 2:
            return p
        if apposed and not cited and p.kind == "people":
            return first
        if (p.kind != "claimant" or cited and p.name != first.name) and (
            apposed or cited or words[first.stop - 1] == ":"
        ):
            return p
    return first


def _office(article: Article, party: Party) -> bool:
    """Whether a claimant without a name holds an office or rank: he speaks for whose name stands beside him."""
    tags = article.tagged.tags[party.first]
    return any(t.tag == "organ" and t.value == "office" or t.tag == "person" and t.value == "military" for t in tags)


def _quoted(article: Article, named: Sequence[Party]) -> Party | None:
    """Whom a state's agency quotes: the party behind "from", with no more than its body between."""
    first, tags = named[0], article.tagged.tags
    if first.kind not in ("state", "people"):
        return None
    near = range(max(0, first.first - _NEAR), first.stop)
    if not any(t.tag == "organ" and t.value == "media" for k in near for t in tags[k]):
        return None
    for p in named[1:]:
        source = article.tagged.first("prep", "from", first.stop, p.first)
        if source is None or source - first.stop > 1:
            continue
        between = range(source + 1, p.first)
        if not any(t.tag in ("event", "loss", "number") or t.tag == "link" for k in between for t in tags[k]):
            return p
    return None


def of_a_medium(article: Article, i: int) -> bool:
    """Whether a noun of speech is part of a medium's name: "agency of news"."""
    return i > 0 and any(t.tag == "organ" and t.value == "media" and t.width > 1 for t in article.tagged.tags[i - 1])


def official(article: Article, medium: Party, *lists: str) -> bool:
    """Whether a medium is one of these labels', which are their state's own."""
    labels = article.tagged.lexicon.labels
    known = [name for label in lists for name in labels[label]]
    return any(t.lemma in known for k in range(medium.first, medium.stop) for t in article.tagged.tags[k])
