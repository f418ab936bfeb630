"""Victims and equipment: which number belongs to whom, and to what fate."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.extract.losses.dying import died
from geomap.extract.losses.loss import Loss
from geomap.extract.losses.scan import scan
from geomap.extract.losses.sums import alike, corrected, joined, without_echoes, without_kept, without_parts

__all__ = ["Loss", "find_losses"]


def find_losses(article: Article, first: int, stop: int) -> tuple[Loss, ...]:
    """Victims and equipment lost in an event's tokens; kept, as its type and its claim both ask."""
    kept = article.losses.get((first, stop))
    if kept is None:
        told = without_kept(article, without_echoes(article, scan(article, first, stop)))
        found = died(article, told, stop)
        kept = tuple(corrected(article, without_parts(article, alike(article, joined(article, found)))))
        article.losses[first, stop] = kept
    return kept
