"""Running totals: which figures of an event count since an earlier day."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.dates import When
from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.losses import Loss
from geomap.punctuation import COMMAS
from geomap.tagging import DIGIT, mark

#: So many victims are those of a war.
_OF_A_WAR = 5_000


def is_running(article: Article, loss: Loss, event: Event) -> bool:
    """A running total: "since" a day before, "so far", "rose to" near the number, or more than any one event has."""
    if not loss.person:
        return False
    if (loss.count or 0) >= _OF_A_WAR:
        return True
    near = range(max(event.first, loss.first - 14), min(event.stop, loss.stop + 10))
    since = any(w.first in near and _counts_from(article, w) for w in article.whens)
    return since or article.tagged.first("time", "since_start", near.start, near.stop) is not None


def _counts_from(article: Article, w: When) -> bool:
    """Whether an expression tells since when something is counted."""
    if w.kind == "month":
        return article.tagged.has(w.first, "time", "since")
    return w.kind in ("since", "start", "since_then")


#: How far behind "since" the number of a total may stand.
_REACH = 10
_NUMBER = mark("number") | DIGIT


def has_new_figure(article: Article, losses: Sequence[Loss]) -> bool:
    """Whether a toll since a day stands behind a new figure: ``two fell, which makes 84 since Sunday``."""
    words = article.tagged.tokens.words
    for w in article.whens:
        if w.kind not in ("since", "start"):
            continue
        begin = article.sentence(w.first)[0]
        figures = (loss for loss in losses if loss.person and begin <= loss.first and loss.stop < w.first)
        new = [loss for loss in figures if COMMAS & set(words[loss.stop : w.first])]
        if new and _total_behind(article, w.stop, losses, {loss.kind for loss in new}):
            return True
        if any(loss.count and _total_before(article, loss, w.first) for loss in new):
            return True
    return False


def _total_before(article: Article, new: Loss, since: int) -> bool:
    """Whether a total that the new figure adds to stands before "since": ``two fell, which makes 84 since Sunday``."""
    words, marks = article.tagged.tokens.words, article.tagged.marks
    begin = next((k for k in range(since - 1, new.stop - 1, -1) if words[k] in COMMAS), since)
    called = article.tagged.lexicon.among("totals", "running_totals")
    name = next((k for k in range(begin + 1, since) if called[words[k]] is not None), since)
    return any(marks[k] & _NUMBER for k in range(name + 1, since))


def _total_behind(article: Article, at: int, losses: Sequence[Loss], kinds: set[str]) -> bool:
    """Whether a number of the same kind as the new figure stands behind "since", or one of no victims in its clause."""
    words, marks = article.tagged.tokens.words, article.tagged.marks
    same_clause = True
    for k in range(at, min(at + _REACH, article.sentence(at - 1)[1])):
        same_clause = same_clause and words[k] not in COMMAS
        if marks[k] & _NUMBER:
            whose = next((loss for loss in losses if loss.first <= k < loss.stop), None)
            if whose.kind in kinds if whose else same_clause:
                return True
    return False
