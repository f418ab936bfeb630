"""The place of a name where it stands: the gazetteer's, else one that the fallback knows, else one spelt much alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.gazetteer import Gazetteer
from geomap.geoparse.borders import border_place, pairs_of
from geomap.geoparse.candidates import Span, names_follow
from geomap.geoparse.resolve import Context, choose, fitting, is_doubtful, lies_in, rank
from geomap.geoparse.vowels import as_signed, is_signed
from geomap.memo import Memo
from geomap.model import Candidate, Document, Mention, Place, Reason
from geomap.tagging import Tagged, mark

#: Asked for a name that no gazetteer resolves: (name as written, feature words asked for, countries) -> place or None.
Fallback = Callable[[str, frozenset[str], Sequence[str]], Place | None]


#: Words that go on with the sentence, and not with a name.
_ENDS = mark("time", "weekday", "month", "prep", "link", "scope", "speech", "event", "loss", "state", "party", "weapon")
#: A name that is a word too, and has nothing in the article to speak for it, is a word from this probability on.
_DOUBT = 0.3
#: What lies in one country, and in no other under the same name.
_SITES = frozenset({"settlement", "district", "facility"})


def _in_one_country(place: Place) -> bool:
    """Whether a place is a site, or a province."""
    return feature_of(place.feature_code) in _SITES or place.feature_code.startswith("ADM")


class Named(NamedTuple):
    """A span with what it names: its place if that is known, and the candidates, best first."""

    span: Span
    place: Place | None
    ranked: list[Candidate]


@dataclass(frozen=True, slots=True)
class Namer:
    """Resolves the names of one article."""

    document: Document
    tagged: Tagged
    spans: Sequence[Span]
    context: Context
    gazetteer: Gazetteer
    fallback: Fallback | None
    #: How often two countries stand together, counted when the first border asks.
    paired: Counter[frozenset[str]] = field(default_factory=Counter, repr=False, compare=False)

    def name(self, j: int, doubt: float) -> Named | None:
        """What span ``j`` names; None where it is a word, which it is by itself with the probability ``doubt``.

        An exact name that the fallback knows counts for more than likeness of consonants.
        """
        span = self.spans[j]
        if span.kind == "border":
            if not self.paired:
                self.paired.update(pairs_of(self.spans, self.gazetteer))
            return Named(span, border_place(self.tagged, self.spans, j, self.context, self.gazetteer, self.paired), [])
        if not span.is_known and (found := self._looked_up(j)):
            return found
        inside = lies_in(self.tagged, self.spans, j, self.gazetteer)
        fits = self._as_signed(fitting(self.tagged, span, self.context, self.gazetteer))
        ranked = rank(self.tagged, fits, self.context, self.gazetteer, inside)
        if inside is not None and span.kind == "name" and self._elsewhere(j, inside):
            return self._looked_up(j) or Named(span, None, ranked)
        lands = {self.gazetteer.places[p].country for p in fits.places}
        if (inside is None or inside.country not in lands) and self._misleads(span):
            if doubt >= _DOUBT:
                return None
            if span.stop > span.first + 1 or self.context.countries:
                return Named(span, None, [])
        return Named(span, choose(ranked), ranked)

    def _as_signed(self, span: Span) -> Span:
        """The span with the places that the signs over its letters allow."""
        if len(span.places) < 2:
            return span
        start, end = self._offsets(span)
        written = self.document.text[start:end]
        if not is_signed(written):
            return span
        places = [self.gazetteer.places[p] for p in span.places]
        return span._replace(places=as_signed(written, places, self.tagged.lexicon.language))

    def _misleads(self, span: Span) -> bool:
        """Whether a name is a word or a person's too, and nothing in the article says that the place is meant."""
        if not is_doubtful(self.tagged, span, self.gazetteer):
            return False
        places = [self.gazetteer.places[p] for p in span.places]
        return not any(self.context.countries.get(p.country or "") or self.context.near(p) for p in places)

    def _elsewhere(self, j: int, inside: Place) -> bool:
        """Whether all sites of the name lie in countries that nothing else in the article names."""
        if inside.country is None:
            return False
        places = self.gazetteer.places
        mine = [places[p] for p in self.spans[j].places]
        if any(p.country in (None, inside.country) or not _in_one_country(p) for p in mine):
            return False
        if any(p.feature_code == "PPLC" for p in mine):  # nobody means a namesake of a capital
            return False
        lands = {p.country for p in mine}
        others = (s for k, s in enumerate(self.spans) if k != j and s.is_known)
        return not any(places[p].country in lands for s in others for p in s.places)

    def _looked_up(self, j: int) -> Named | None:
        """The place that the fallback has for a name of two words, or of one."""
        if self.fallback is None:
            return None
        countries = sorted(self.context.countries, key=lambda c: -self.context.countries[c])[:3]
        for span in (*self._longer(j), self.spans[j]):
            start, end = self._offsets(span)
            place = self.fallback(self.document.text[start:end], frozenset(), countries)
            if place is not None:
                return Named(span, place, [])
        return None

    def _longer(self, j: int) -> list[Span]:
        """The span with the next word, where a noun says that a name follows and nothing says that it has ended."""
        span, tokens = self.spans[j], self.tagged.tokens
        stop = span.stop
        if stop > span.first + 1 or not names_follow(self.tagged, span.first) or stop >= len(tokens.words):
            return []
        taken = j + 1 < len(self.spans) and self.spans[j + 1].first <= stop
        closes = tokens.words[stop] in self.tagged.lexicon.labels.get("compound_closers", ())
        ends = (
            self.tagged.marks[stop] & _ENDS and not closes or tokens.sentence_of[stop] != tokens.sentence_of[span.first]
        )
        if taken or ends or not tokens.words[stop].isalpha():
            return []
        return [span._replace(stop=stop + 1, key=f"{span.key} {tokens.words[stop]}")]

    def _offsets(self, span: Span) -> tuple[int, int]:
        tokens = self.tagged.tokens
        cut, article = span.cut, self.tagged.lexicon.labels.get("article", "\n")
        if span.kind == "demonym" and tokens.words[span.first][:cut].endswith(article):
            cut -= len(article)  # the article belongs to the word, which other clitics do not
        start = tokens.folded.start_of(tokens.starts[span.first] + cut)
        return start, tokens.folded.end_of(tokens.ends[span.stop - 1])

    def mention(self, named: Named, role: str, share: float) -> Mention:
        """A mention with its reasons."""
        start, end = self._offsets(named.span)
        place, ranked = named.place, named.ranked
        if place:
            score = ranked[0].score if ranked else None
            why = _PLACE_REASONS[place.name, place.feature_code, place.origin, score]
        else:
            why = _TOO_CLOSE if ranked else _NO_PLACE
        reasons = (_ROLE_REASONS[role, round(share, 3)], why)
        written = self.document.text[start:end]
        return Mention(self.document.id, start, end, written, role, place, tuple(ranked[:4]), reasons)  # type: ignore[arg-type]


#: Reasons that many mentions have, each made once.
_ROLE_REASONS: Memo[tuple[str, float], Reason] = Memo(
    lambda at: Reason("role", f"the words around it make it {at[0]}", at[1])
)
_PLACE_REASONS: Memo[tuple[str, str, str, float | None], Reason] = Memo(
    lambda at: Reason("place", f"{at[0]} ({feature_of(at[1])}), known from {at[2]}", at[3]), 50_000
)
_TOO_CLOSE = Reason("unresolved", "several places of this name, too close to call")
_NO_PLACE = Reason("unresolved", "no place of this name")
