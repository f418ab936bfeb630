"""The period page as text, for what shows it elsewhere than in a folder of pages."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from geomap.model import Incident, Place
from geomap.writers.html.labels import load_labels
from geomap.writers.html.pages import PageWriter


def period_page(
    days: Mapping[date, Sequence[Incident]],
    undated: Sequence[Incident],
    *,
    language: str = "ar",
    labels: Mapping[str, str] | None = None,
    gazetteer_labels: Sequence[Place] = (),
) -> str:
    """The page of the whole period, which needs no other file; the parameters are those of ``write_pages``."""
    words = load_labels(language, labels)
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        page = PageWriter(days, undated, Path(folder), words, "inline", None, gazetteer_labels, None, True).period()
        return page.read_text("utf-8")
