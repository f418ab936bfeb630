"""What stands between a speaker and his words: "X said, in a post that Y passed on, that …" is said by X."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.parties.named import CLAIMANTS, Party
from geomap.extract.speech.words import Speech
from geomap.punctuation import CLAUSE_ENDS, DASHES
from geomap.tagging import Tag

#: Marks between which an aside stands.
_MARKS = CLAUSE_ENDS | DASHES
#: Tokens behind a verb of speech within which what is said begins.
_REACH = 40


def is_aside(article: Article, found: Sequence[Speech], i: int, speech: Tag) -> bool:
    """Whether a verb of speech at ``i`` only tells how the last speaker's words came out.

    It stands between marks, without a conjunction, behind a verb of speech with its speaker, and the "that" of what is
    said follows behind the second mark.
    """
    if speech.form not in ("past", "present") or _joined(article, i):
        return False
    first, last = article.sentence(i)
    before = next((s for s in reversed(found) if s.form in ("past", "present") or s.at < first), None)
    if before is None or before.at < first or before.speaker is None:
        return False
    words = article.tagged.tokens.words
    said = next((k for k in range(before.stop, min(last, before.at + _REACH)) if _that(article, k)), None)
    if said is None or said <= i or words[said - 1] not in _MARKS:
        return False
    if _MARKS.isdisjoint(words[before.stop : i]):
        return False
    return not any(_tells(article, k) for k in range(before.stop, i))


def stated_by(article: Article, found: Sequence[Speech], i: int) -> Party | None:
    """Whose the statement is that a noun at ``i`` means, between a verb of speech and its "that": the verb's subject.

    A medium passes on the statements of others.
    """
    first, _ = article.sentence(i)
    before = next((s for s in reversed(found) if s.form in ("past", "present") or s.at < first), None)
    if before is None or before.at < first or before.speaker is None or before.speaker.name == CLAIMANTS["media"]:
        return None
    between = range(before.stop, i)
    if any(_that(article, k) or _tells(article, k) for k in between):
        return None
    behind = range(i, min(article.sentence(i)[1], i + _REACH))
    said = next((k for k in behind if _that(article, k)), None)
    return before.speaker if said is not None and not any(_tells(article, k) for k in range(i, said)) else None


def _tells(article: Article, k: int) -> bool:
    """Whether a verb tells an event and nothing that is said."""
    tags = article.tagged.tags[k]
    told = any(t.tag in ("event", "loss") and t.form in ("past", "present") for t in tags)
    return told and not any(t.tag == "speech" for t in tags)


def _that(article: Article, k: int) -> bool:
    """Whether "that" or a colon opens what is said."""
    return article.tagged.tokens.words[k] == ":" or article.tagged.has(k, "link", "that")


def _joined(article: Article, i: int) -> bool:
    """Whether a conjunction is glued before a verb, so that it tells something more."""
    tagged = article.tagged
    return tagged.has_conjunction(i) and any(t.cut for t in tagged.tags[i] if t.tag == "speech")
