"""All that one language needs to read an article, put together once: lexicon, names, models, actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from geomap import extract, geoparse
from geomap.extract.models import Models
from geomap.fronts import fronts_of
from geomap.gazetteer import Gazetteer
from geomap.geoparse.names import NameIndex
from geomap.given import as_given
from geomap.lexicon import Lexicon, languages, lexicon_for
from geomap.linear import model_for
from geomap.model import Claim, Document, Mention
from geomap.tagging import Tagged, tag
from geomap.text import tokenize
from geomap.theatre import Actors, Theatre, actors_for, theatres


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was read out of one article."""

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Reads articles of one language."""

    lexicon: Lexicon
    index: NameIndex
    models: Models
    actors: Actors
    theatres: tuple[Theatre, ...]
    fallback: geoparse.Fallback | None = None

    @classmethod
    def for_language(
        cls, language: str, gazetteer: Gazetteer, fallback: geoparse.Fallback | None = None, only: Sequence[str] = ()
    ) -> Analyzer:
        """An analyzer with the shipped lexicon, models and theatres (``only`` those named, if any)."""
        lexicon = lexicon_for(language)
        models = Models(*(model_for(f"{language}/{field.name}") for field in fields(Models)))
        chosen = tuple(t for t in theatres().values() if not only or t.name in only)
        return cls(lexicon, NameIndex(gazetteer, lexicon), models, actors_for(language), chosen, fallback)

    def tagged(self, document: Document) -> Tagged:
        """The document's tokens with their tags."""
        return tag(tokenize(document.text), self.lexicon)

    def parse(self, document: Document) -> geoparse.Parsed:
        """Mentions of a document."""
        tagged, fronts = self.tagged(document), fronts_of(self.theatres, document.source.published)
        parsed = geoparse.parse(document, tagged, self.index, self.models.roles, (), self.fallback, fronts)
        return parsed if document.mentions is None else as_given(parsed, document, self.index.gazetteer)

    def analyze(self, document: Document) -> Analysis:
        """Mentions and claims of a document."""
        parsed = self.parse(document)
        claims = extract.extract_claims(document, parsed, self.models, self.index.gazetteer, self.actors, self.theatres)
        return Analysis(document, parsed.mentions, tuple(claims))


def supported(language: str) -> bool:
    """Whether geomap has a lexicon of the language."""
    return language in languages()
