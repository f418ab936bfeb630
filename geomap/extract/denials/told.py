"""The events of an article beside its denials: what each has to do with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from geomap.extract.article import Article
from geomap.extract.denials.contents import Contents, places_in, things_in
from geomap.extract.denials.words import Denial, find_denials
from geomap.extract.events.event import Event
from geomap.extract.parties.named import Parties, Party
from geomap.extract.places import places_of
from geomap.extract.reading import Reading
from geomap.extract.speech.words import Speech, Speeches, reporter_name
from geomap.model import ClaimPlace

#: Kinds of event that one denial may name by each other's words.
_FAMILIES = (
    frozenset("shelling airstrike attack hit suffer fire explosion raid clash violate chemical".split()),
    frozenset("capture withdraw transfer deploy raid repel".split()),
    frozenset("shootdown destroy lose".split()),
)

#: Sentences back that a denial may reach.
_REACH = 5
#: Sentences below a headline that its denial may reach.
_AHEAD = 2


def within_reach(article: Article, events: Sequence[Event], denial: Denial) -> list[int]:
    """Events that a denial can mean: of its own sentence and of a few before; of a headline's, the first told below."""
    sentence_of = article.tagged.tokens.sentence_of
    at = sentence_of[denial.speech.at]
    ahead = _AHEAD if denial.speech.value == "deny" and in_headline(article, denial) else 0
    return [k for k, e in enumerate(events) if -ahead <= at - sentence_of[e.heads[0].first] <= _REACH]


def in_headline(article: Article, denial: Denial) -> bool:
    """Whether a denial stands in the line that opens a text."""
    words, (first, last) = article.tagged.tokens.words, article.sentence(denial.speech.at)
    return first == 0 and last < len(words) and "\n" in words[last - 1]


@dataclass(frozen=True, slots=True)
class Told:
    """The events of an article with the sides that act in them, and who is named and speaks."""

    article: Article
    events: Sequence[Event]
    attackers: Sequence[str]
    #: Names of those who hold the places of each.
    held: Sequence[Sequence[str]]
    parties: Parties
    speeches: Speeches
    #: How each event (by its index) stands to each denial (by its token), as every other one is compared with it.
    _shared: dict[tuple[int, int], int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _objects: dict[tuple[int, int], str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _tellers: dict[tuple[int, Speech], list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _contents: dict[Denial, Contents] = field(default_factory=dict, init=False, repr=False, compare=False)
    _places: dict[int, set[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _things: dict[int, set[tuple[str, str]]] = field(default_factory=dict, init=False, repr=False, compare=False)
    #: The denials of the article, once they were asked for.
    _found: list[list[Denial]] = field(default_factory=list, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, reading: Reading, events: Sequence[Event], attackers: Sequence[Party | None]) -> Told:
        """The events of an article, each with who acts in it."""
        sides = [party.side if party else "" for party in attackers]
        return cls(reading.article, events, sides, _held_by(reading, events), reading.parties, reading.speeches)

    def shared(self, k: int, denial: Denial) -> int:
        """How many words of what is denied the event's sentence has too, up to two."""
        key = k, denial.speech.at
        if key not in self._shared:
            self._shared[key] = _shared(self.article, self.events[k], self.contents(denial))
        return self._shared[key]

    def teller(self, k: int, denial: Denial) -> list[str]:
        """Who says an event in its sentence, other than by the words of a denial."""
        key = k, denial.speech
        if key not in self._tellers:
            self._tellers[key] = _teller(self.article, self.events[k], self.speeches, denial.speech)
        return self._tellers[key]

    def places(self, k: int) -> set[str]:
        """Places that an event's own words name."""
        if k not in self._places:
            self._places[k] = places_in(self.article, self.events[k].first, self.events[k].stop)
        return self._places[k]

    def things(self, k: int) -> set[tuple[str, str]]:
        """Weapons, people and places of work that an event's own words name."""
        if k not in self._things:
            self._things[k] = things_in(self.article, self.events[k].first, self.events[k].stop)
        return self._things[k]

    def bearing(self, name: str, denial: Denial) -> str:
        """What a party is to the one who denies: himself, of his camp, against it, another."""
        if not name or name == denial.name:
            return "own" if name else "nobody"
        for theatre in self.parties.theatres:
            if name in theatre.friends(denial.name):
                return "friend"
            if name in theatre.opponents(denial.name):
                return "foe"
        return "other"

    def contents(self, denial: Denial) -> Contents:
        """What a denial's own words say."""
        found = self._contents.get(denial)
        if found is None:
            found = self._contents[denial] = Contents(self.article, denial, _opened(self.article, self.denials, denial))
        return found

    @property
    def denials(self) -> list[Denial]:
        """All denials of the article."""
        if not self._found:
            self._found.append(find_denials(self.article, self.parties, self.speeches))
        return self._found[0]

    def object(self, k: int, denial: Denial) -> str:
        """What the words of a denial name: the kind of the event, another kind, nothing but "this"."""
        key = k, denial.speech.at
        if key not in self._objects:
            self._objects[key] = _object(self.events[k], self.contents(denial))
        return self._objects[key]


def _opened(article: Article, denials: Sequence[Denial], denial: Denial) -> range:
    """What a headline or first sentence tells before it says that the same party denies it: "X reports …, Y denies"."""
    sentence_of = article.tagged.tokens.sentence_of
    if sentence_of[denial.speech.at] == 0:
        here = range(denial.speech.at if denial.speech.value == "deny" and in_headline(article, denial) else 0)
        told = any(t.tag in ("event", "loss") for k in here for t in article.tagged.tags[k])
        return here if told else range(0)
    opening = (d for d in denials if d.name == denial.name and d.speech.value == "deny")
    return next((range(d.speech.at) for d in opening if sentence_of[d.speech.at] == 0), range(0))


def _shared(article: Article, event: Event, said: Contents) -> int:
    """How many words of what is denied the event's sentence has too, up to two."""
    first, last = article.sentence(event.heads[0].first)
    if first <= said.denial.speech.at < last:
        last = said.denial.speech.at
    return min(2, len(said.words.intersection(article.stems[first:last])))


def _object(event: Event, said: Contents) -> str:
    """What the words of a denial name: the kind of the event, another kind, nothing but "this"."""
    if said.relative:
        return "relative"
    values = said.values
    mine = {v for h in event.heads for v in h.values}
    same = "same" if values & mine else "akin" if values & _family(mine) else "other" if values else "nothing"
    return f"{same}{'+pointing' if said.pointing else ''}"


def _teller(article: Article, event: Event, speeches: Speeches, denying: Speech) -> list[str]:
    """Who says the event in its sentence."""
    head = event.heads[0].first
    first, last = article.sentence(head)
    here = [s for s in speeches.within(first, last) if s.value != "deny" and s.speaker is not None and s != denying]
    before = [s for s in here if s.at <= head and s.value != "according"]
    by = before[-1:] or [s for s in here if s.value == "according"][:1]
    return [reporter_name(s.speaker) for s in by if s.speaker is not None]


def tells_himself(told: Told, k: int, denial: Denial) -> bool:
    """Whether the denier told the event before, or the text did that is on his side."""
    event = told.events[k]
    sentence_of, head = told.article.tagged.tokens.sentence_of, event.heads[0].first
    if head > denial.speech.at and sentence_of[head] == sentence_of[denial.speech.at]:
        return False
    here = told.speeches.within(*told.article.sentence(event.heads[0].first))
    if any(s.value == "accuse" for s in here):
        return False
    return denial.name in told.teller(k, denial) or not here and denial.name == told.speeches.partisan.ours


def _family(values: set[str]) -> set[str]:
    return values.union(*(f for f in _FAMILIES if f & values)) if values else values


def _held_by(reading: Reading, events: Sequence[Event]) -> list[list[str]]:
    """Who holds the places of each event of an article."""
    found: list[list[str]] = []
    places: tuple[ClaimPlace, ...] = ()
    for event in events:
        places = places_of(reading.article, event.first, event.stop, places) or places
        found.append(reading.holders(places))
    return found
