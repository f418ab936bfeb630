"""The steps as Python functions on plain values; ``geomap`` offers them by these names."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from geomap.analysis import Analysis
from geomap.errors import UsageError
from geomap.gazetteer import Gazetteer
from geomap.merge import MergeRule
from geomap.merge import merge as merge_claims
from geomap.model import Claim, Document, Incident, Issue, Mention, Source, content_id
from geomap.readers import read as read_items
from geomap.settings import Analysts

_LOG = logging.getLogger("geomap")
_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def read(
    *sources: str | os.PathLike[str], published: date | None = None, language: str | None = None
) -> Iterator[Document]:
    """Articles of files and folders, one at a time; what is wrong with others is logged.

    Parameters
    ----------
    *sources : str or path
        Files, folders, ``-`` for standard input.
    published : date, optional
        Day of publication of the articles that do not tell theirs.
    language : str, optional
        Language of all articles.

    Raises
    ------
    InputError
        Where a source does not exist or its format is not known.
    """
    items = read_items(*sources, published=published, language=language)
    return _without_issues(items)


def geoparse(
    document: Document | str,
    language: str = "ar",
    *,
    published: date | None = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[Mention, ...]:
    """Place names and demonyms of an article or text, each with its role, place and reasons.

    Parameters
    ----------
    document : Document or str
    language, published
        Of a text; a document tells its own.
    gazetteer : Gazetteer, optional
        Other places than the curated ones.
    """
    return _analysis(document, language, published, gazetteer).mentions


def extract(
    document: Document | str,
    language: str = "ar",
    *,
    published: date | None = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[Claim, ...]:
    """Claims of an article or text; the parameters are those of ``geoparse``."""
    return _analysis(document, language, published, gazetteer).claims


def merge(claims: Iterable[Claim], rule: MergeRule = MergeRule()) -> list[Incident]:  # noqa: B008 -- frozen
    """Incidents that the claims of any articles add up to; see ``geomap.merge.merge``."""
    return merge_claims(claims, rule)


def _without_issues(items: Iterable[Document | Issue]) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Issue):
            _LOG.log(_LEVELS[item.level], "%s: %s. %s", item.where, item.message, item.hint)
        else:
            yield item


@lru_cache(maxsize=1)
def _analysts() -> Analysts:
    return Analysts()


def _analysis(document: Document | str, language: str, published: date | None, gazetteer: Gazetteer | None) -> Analysis:
    if isinstance(document, str):
        basis = "given" if published else ""
        source = Source(content_id(document), language, published=published, published_basis=basis)
        document = Document(document, source)
    analysts = _analysts() if gazetteer is None else Analysts(places=gazetteer)
    found = analysts.analyze(document)
    if isinstance(found, Issue):
        raise UsageError(found.where, found.message, found.hint)
    return found
