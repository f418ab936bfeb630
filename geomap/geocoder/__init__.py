"""The fallback for names that no gazetteer has: offline names first, then, where the user allows it, a service.

Answers carry their origin (``geonames``, ``nominatim`` …) and never override a curated place: a name that the curated
gazetteer bears is not looked up, and a town that it knows under another name is answered by the curated place.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.codebook import feature_of
from geomap.geo import BBox
from geomap.model import Issue, Place

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.geocoder.offline import OfflineNames
    from geomap.geocoder.service import Service
    from geomap.theatre import Theatre

#: What the offline names hold.
_TOWNS = frozenset({"settlement", "district"})


class Fallback:
    """Asked for a name as written: ``fallback(name, feature words, countries)`` gives a place or None.

    ``issues`` collects what goes wrong; nothing is raised.
    """

    def __init__(
        self, gazetteer: Gazetteer, offline: OfflineNames | None, service: Service | None, issues: list[Issue]
    ):
        self.issues = issues
        self._gazetteer = gazetteer
        self._offline = offline
        self._service = service
        self._by_source: dict[str, Place] | None = None
        self._memo: dict[tuple[str, frozenset[str], tuple[str, ...]], Place | None] = {}

    def __call__(self, name: str, features: frozenset[str], countries: Sequence[str]) -> Place | None:
        """The place of a name; None where nobody knows it, or it is a country's or a curated place's own name."""
        query = (name, features, tuple(countries))
        if query not in self._memo:
            self._memo[query] = self._find(*query)
        return self._memo[query]

    def _find(self, name: str, features: frozenset[str], countries: tuple[str, ...]) -> Place | None:
        if any(
            feature_of(p.feature_code) == "country" or not countries or p.country in countries
            for p in self._gazetteer.find(name)
        ):
            return None
        if countries and (not features or features & _TOWNS):
            found = self._from_offline(name, countries)
            if found is not None:
                return self._curated(found) or found
        return self._service.find(name, features, countries) if self._service else None

    def _from_offline(self, name: str, countries: tuple[str, ...]) -> Place | None:
        if self._offline is None:
            return None
        try:
            return self._offline.find(name, countries)
        except (OSError, sqlite3.Error, KeyError, ValueError) as error:
            hint = "GEOMAP_CACHE names a folder that can be written; the run goes on without offline names."
            self.issues.append(Issue("warning", "offline names", f"cannot be used ({error})", hint))
            self._offline = None
            return None

    def _curated(self, place: Place) -> Place | None:
        """The curated place that has the same GeoNames entry."""
        if self._by_source is None:
            self._by_source = {}
            for known in self._gazetteer:
                for part in known.evidence.split("; "):
                    self._by_source.setdefault(part, known)
        return self._by_source.get(place.evidence)


def fallback_for(
    theatre: Theatre | None = None,
    *,
    gazetteer: Gazetteer | None = None,
    offline: bool = True,
    service: str = "",
    url: str = "",
    languages: Sequence[str] = ("ar", "en"),
    contact: str = "",
) -> Fallback:
    """A fallback; what goes wrong is in its ``issues``.

    Parameters
    ----------
    theatre : Theatre, optional
        Its countries and box bound what a service is asked for.
    gazetteer : Gazetteer, optional
        The places that are known already; by default the curated ones.
    offline : bool
        Whether the offline names are looked up.
    service : str
        ``nominatim`` or ``photon``; empty for none.
    url : str
        Address of one's own server.
    languages : sequence of str
        In which languages a service gives names.
    contact : str
        What a public server's operators can write to.

    Raises
    ------
    UsageError
        Where there is no such service, or the address is none.
    """
    from geomap.gazetteer import Gazetteer
    from geomap.geocoder.offline import OfflineNames

    issues: list[Issue] = []
    asked: Service | None = None
    if service:
        from geomap.geocoder.kept import Answers
        from geomap.geocoder.service import Service, Setting

        box = BBox(*theatre.bbox) if theatre and theatre.bbox else None
        countries = tuple(theatre.countries) if theatre else ()
        setting = Setting(service, url, countries, box, tuple(languages), contact=contact)
        answers = Answers()
        if answers.set_aside:
            issues.append(
                Issue("warning", str(answers.path), f"was broken and is now {answers.set_aside.name}", "Delete it.")
            )
        asked = Service(setting, answers, issues)
    known = gazetteer if gazetteer is not None else Gazetteer.from_file()
    return Fallback(known, OfflineNames() if offline else None, asked, issues)


def open_geocoder(theatre: Theatre | None = None, gazetteer: Gazetteer | None = None, offline: bool = True) -> Fallback:
    """The fallback with a service, as the environment names it.

    ``GEOMAP_GEOCODER`` (nominatim), ``GEOMAP_GEOCODER_URL`` and ``GEOMAP_CONTACT`` say which, where and who asks.
    """
    return fallback_for(
        theatre,
        gazetteer=gazetteer,
        offline=offline,
        service=os.environ.get("GEOMAP_GEOCODER", "nominatim"),
        url=os.environ.get("GEOMAP_GEOCODER_URL", ""),
        contact=os.environ.get("GEOMAP_CONTACT", ""),
    )
