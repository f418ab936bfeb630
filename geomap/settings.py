"""What a run knows before it reads an article: its places, its conflict, an analyzer for each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field
from pathlib import Path
from typing import Protocol

from geomap.analysis import Analysis, Analyzer, supported
from geomap.errors import InputError, UsageError
from geomap.gazetteer import Gazetteer, layered
from geomap.lexicon import languages
from geomap.model import Document, Issue, Place
from geomap.theatre import theatres


@dataclass(frozen=True, slots=True)
class Settings:
    """What analysis depends on besides the article; small, so that it can be sent to other processes.

    Parameters
    ----------
    places : tuple of str
        GeoJSON files of places over the curated ones; of two places with one id the later file's wins.
    theatre : str
        The conflict whose parties are looked for; empty for all.
    geocode : bool
        Whether a service is asked for names that no gazetteer has.
    """

    places: tuple[str, ...] = ()
    theatre: str = ""
    geocode: bool = False


class Geocoder(Protocol):
    """Finds places of names that no gazetteer has; what goes wrong becomes issues, never an error."""

    issues: list[Issue]

    def __call__(self, name: str, features: frozenset[str], countries: Sequence[str]) -> Place | None: ...


@dataclass(slots=True)
class Analysts:
    """An analyzer for each language, made when its first article comes.

    ``places`` stands in for the gazetteer that the settings name.
    """

    settings: Settings = Settings()
    places: InitVar[Gazetteer | None] = None
    gazetteer: Gazetteer = field(init=False)
    geocoder: Geocoder = field(init=False)
    _analyzers: dict[str, Analyzer] = field(default_factory=dict, init=False)

    def __post_init__(self, places: Gazetteer | None) -> None:
        check_theatre(self.settings.theatre)
        self.gazetteer = load_gazetteer(self.settings.places) if places is None else places
        self.geocoder = _geocoder(self.settings, self.gazetteer)

    def analyze(self, document: Document) -> Analysis | Issue:
        """What an article says; an issue where it cannot be told."""
        language = document.source.language
        if not supported(language):
            known = ", ".join(languages())
            what = f"no lexicon for its language ({language or 'unknown'})"
            return Issue("warning", document.id, what, f"Skipped. Languages: {known}; --language names another one.")
        try:
            return self._analyzer(language).analyze(document)
        except InputError as error:
            return Issue("error", error.where, error.what, f"Skipped. {error.hint}")
        except Exception as error:  # noqa: BLE001 -- one article must not cost the others
            what = f"could not be analysed ({type(error).__name__}: {error})"
            return Issue("error", document.id, what, "Skipped. Please report it with the article.")

    def _analyzer(self, language: str) -> Analyzer:
        found = self._analyzers.get(language)
        if found is None:
            only = (self.settings.theatre,) if self.settings.theatre else ()
            found = self._analyzers[language] = Analyzer.for_language(language, self.gazetteer, self.geocoder, only)
        return found


def load_gazetteer(places: tuple[str, ...] = ()) -> Gazetteer:
    """The curated gazetteer with the user's files over it.

    Raises
    ------
    DataError
        Where a file is broken.
    """
    curated = Gazetteer.from_file()
    return layered([curated, Gazetteer.from_file(*map(Path, places))]) if places else curated


def check_theatre(name: str) -> None:
    """Refuse a conflict that has no file.

    Raises
    ------
    UsageError
        With the names there are.
    """
    if name and name not in theatres():
        raise UsageError("--theatre", f"no such conflict ({name!r})", f"One of {', '.join(sorted(theatres()))}.")


def _geocoder(settings: Settings, gazetteer: Gazetteer) -> Geocoder:
    """Offline names, and a service where the user allows it."""
    from geomap.geocoder import fallback_for, open_geocoder

    theatre = theatres().get(settings.theatre)
    return open_geocoder(theatre) if settings.geocode else fallback_for(theatre, gazetteer=gazetteer)
