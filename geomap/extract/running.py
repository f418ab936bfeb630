"""Running totals: which figures of an event count since an earlier day."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.events import Event
from geomap.extract.heads import Article
from geomap.extract.losses import Loss
from geomap.punctuation import COMMAS


def is_running(article: Article, loss: Loss, event: Event) -> bool:
    """A running total: "since" a day before, "so far", "rose to" behind the number or before it."""
    if not loss.person:
        return False
    near = range(max(event.first, loss.first - 14), min(event.stop, loss.stop + 10))
    since = any(w.kind in ("since", "start") and w.first in near for w in article.whens)
    return since or article.tagged.first("time", "since_start", near.start, near.stop) is not None


def has_new_figure(article: Article, losses: Sequence[Loss]) -> bool:
    """Whether a toll since a day stands behind a new figure: ``two fell, which makes 84 since Sunday``."""
    people = [loss for loss in losses if loss.person]
    if len(people) < 2:
        return False
    words = article.tagged.tokens.words
    return any(
        any(new.stop < w.first and COMMAS & set(words[new.stop : w.first]) for new in people)
        and any(w.stop <= old.first < w.stop + 10 for old in people)
        for w in article.whens
        if w.kind in ("since", "start")
    )
