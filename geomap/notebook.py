"""A map for notebooks: the period page in a frame of its own, which loads nothing from anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final

from geomap.days import by_day
from geomap.gazetteer import Gazetteer
from geomap.model import Incident
from geomap.naming import party_names
from geomap.outputs import write_text

#: The page keeps its state behind the # of its address; in a frame, that is the notebook's without this.
_BASE: Final = '<base href="about:srcdoc">'
#: What the page needs: its script, links to the articles in new tabs, and saving what is shown.
_ALLOWED: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"


@dataclass(frozen=True, slots=True)
class NotebookMap:
    """A map that a notebook shows where it is the last value of a cell.

    Parameters
    ----------
    page : str
        HTML that needs no other file.
    height : int
        Of the frame, in pixels.
    """

    page: str = field(repr=False)
    height: int = 640

    def _repr_html_(self) -> str:
        inside = re.sub(r"<head[^>]*>", lambda head: head[0] + _BASE, self.page, count=1)
        return (
            f'<iframe srcdoc="{escape(inside)}" sandbox="{_ALLOWED}" title="geomap" '
            f'style="width:100%;height:{self.height:d}px;border:0"></iframe>'
        )

    def save(self, path: str | Path) -> Path:
        """Write the page to a file that any browser opens.

        Raises
        ------
        OutputError
            Where it cannot be written; what was there is as it was.
        """
        return write_text(Path(path), self.page)


def explore(
    incidents: Sequence[Incident], gazetteer: Gazetteer, *, language: str = "ar", height: int = 640
) -> NotebookMap:
    """A map of the incidents with their list, filters and time bar; text in it cannot act.

    Parameters
    ----------
    incidents : Sequence[Incident]
    gazetteer : Gazetteer
        Whose names, rivers and lines the basemap shows.
    language : str
        Language of the page.
    height : int
        Of the frame, in pixels.
    """
    from geomap.writers.html.labels import load_labels
    from geomap.writers.html.period import period_page

    labels = party_names(language, gazetteer, load_labels(language).words)
    days, undated = by_day(incidents)
    return NotebookMap(
        period_page(days, undated, language=language, labels=labels, gazetteer_labels=tuple(gazetteer)), height
    )
