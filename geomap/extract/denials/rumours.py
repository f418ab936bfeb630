"""Deeds that only their denial tells: "denied the reports of shelling on X", "the talk of its fall is untrue".

A denial mostly looks back on what was told before, and what it names is no event of its own. Where it names what
others are said to have told, at a place that the text has not named yet, it is all that the text tells of the deed.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.extract.article import Article
    from geomap.extract.events.heads import Head

#: Tokens from the word for what is told, or from the denial, to the deed; from the deed to what calls it untrue.
_REACH, _BEHIND = 14, 18
#: Tokens in which a sentence comes to the talk that it calls untrue: "as to the reports of …".
_OPENING = 3
_TELLS = frozenset({"say", "claim", "accuse"})


def rumoured(article: Article, head: Head) -> str:
    """Whether a head stands in a denial: of a ``rumour``, or that it "be" a ``deed``.

    With ``-new`` where a place is named first there; empty where it stands in none, or looks back on what was told.
    """
    if article.tagged.tokens.sentence_of[head.first] not in article.contradicted:
        return ""
    first, last = article.sentence(head.first)
    told = _talk_before(article, head, first)
    if told is not None:
        before = _denying(article, first, told + 1)
        opens = told - article.clause(told)[0] < _OPENING
        if before or opens and _denying(article, head.stop, min(last, head.stop + _BEHIND)):
            return "rumour-new" if _names_new_place(article, told, last) else "rumour"
    be = _be_before(article, head)
    if be is not None:
        return "deed-new" if _names_new_place(article, be, article.clause(head.first)[1]) else "deed"
    return ""


def told_by_denial(article: Article, head: Head) -> bool:
    """Whether only a denial tells of a deed: of a rumour, or of an act of war in a town, not named before."""
    kind = rumoured(article, head)
    if not kind:
        return False
    first, last = article.clause(head.first)
    if kind == "deed-new":
        return bool(_WAR.intersection(head.values)) and _names_new_place(article, first, last, town=True)
    return kind == "rumour-new" and _talk_before(article, head, first) is not None


_WAR = frozenset("shelling airstrike attack fire explosion clash capture raid loss-killed loss-injured".split())


def _talk_before(article: Article, head: Head, first: int) -> int | None:
    """The word for what others tell of a deed, from token ``first`` on."""
    start = max(first, head.first - _REACH)
    told = next((k for k in range(head.first - 1, start - 1, -1) if _is_talk(article, k)), None)
    return told if told is not None and _is_about(article, told + 1, head.first) else None


def _be_before(article: Article, head: Head) -> int | None:
    """Where "denied that … be" leads to a deed in its clause."""
    tagged = article.tagged
    first, _ = article.clause(head.first)
    for k in range(max(first, head.first - _REACH), head.first - 1):
        if tagged.has(k, "link", "that") and tagged.is_one(k + 1, "being"):
            return k if _denying(article, max(article.sentence(k)[0], k - _REACH), k) else None
    return None


def _is_talk(article: Article, k: int) -> bool:
    """Whether a token is a word for what others tell: "reports", or "what" before a verb of telling."""
    tagged = article.tagged
    if tagged.is_one(k, "talk"):
        return True
    if not tagged.is_one(k, "what") or k + 1 >= len(tagged.tags):
        return False
    return tagged.is_one(k + 1, "talked") or any(
        t.tag == "speech" and t.value in _TELLS and t.form != "noun" for t in tagged.tags[k + 1]
    )


def _is_about(article: Article, start: int, stop: int) -> bool:
    """Whether "of" or "that" leads from the talk to the deed, and no contrast cuts them apart."""
    tagged = article.tagged
    if any(tagged.has(k, "link", "contrast") for k in range(start, stop)):
        return False
    known = tagged.lexicon.among("talk_of")
    return any(known[tagged.tokens.words[k]] is not None or tagged.has(k, "link", "that") for k in range(start, stop))


def _denying(article: Article, start: int, stop: int) -> bool:
    """Whether somebody denies, or the text calls something untrue, in a token range."""
    at = bisect_left(article.denying, start)
    return at < len(article.denying) and article.denying[at] < stop


def _names_new_place(article: Article, start: int, stop: int, *, town: bool = False) -> bool:
    """Whether a place (a ``town``) stands in a token range that the text has not named before."""
    before = {_name(article, m) for m in article.mentions_in(0, start)}
    return any(
        role in _PLACES and (not town or kind == "settlement") and _name(article, m) not in before
        for m in article.mentions_in(start, stop)
        for role, kind in (article.named[m],)
    )


_PLACES = frozenset({"location", "background"})


def _name(article: Article, m: int) -> str:
    mention = article.mentions[m]
    return mention.place.id if mention.place else mention.text
