"""An article once who is named and who speaks in it are known: what all of its events are read against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, find_parties
from geomap.extract.speech.voices import find_speeches
from geomap.extract.speech.words import Speeches
from geomap.extract.victims.scene import holders_of
from geomap.gazetteer import Gazetteer
from geomap.model import ClaimPlace
from geomap.theatre import Actors, Theatre


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its parties and speakers, and the theatres that it plays in, the likeliest first."""

    article: Article
    parties: Parties
    speeches: Speeches
    gazetteer: Gazetteer
    theatres: Sequence[Theatre]

    def holders(self, places: Sequence[ClaimPlace]) -> list[str]:
        """Who held some places on the day of publication: a zone's authorities, else the country."""
        return holders_of(places, self.gazetteer, self.theatres, self.article.published)


def read(article: Article, actors: Actors, gazetteer: Gazetteer, theatres: Sequence[Theatre]) -> Reading:
    """Find who is named and who speaks in an article."""
    parties = find_parties(article, actors, gazetteer, theatres)
    return Reading(article, parties, find_speeches(article, parties), gazetteer, theatres)
