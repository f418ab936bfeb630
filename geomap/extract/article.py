"""One document as the extraction sees it: words with their meanings, places, times and clauses, all by token."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.codebook import feature_of
from geomap.dates import When
from geomap.extract.events.setting import of_text, setting_of
from geomap.geoparse.roles import sentence_view, time_label
from geomap.lazy import lazy
from geomap.lexicon import Lexicon
from geomap.memo import Memo, PerObject
from geomap.model import Mention
from geomap.punctuation import CLAUSE_CUTS
from geomap.tagging import SIGN, Tagged, mark

if TYPE_CHECKING:
    from geomap.extract.events.heads import Head
    from geomap.extract.losses.loss import Loss

#: Events that colour what is told beside them.
TELLING = frozenset(
    "shelling airstrike attack clash fire explosion mine capture shootdown destroy raid "
    "protest mobilise agree displace arrest abduct deploy".split()
)
_WEAPON, _EVENT, _LINK = mark("weapon"), mark("event"), mark("link")
_SPEECH, _SCOPED = mark("speech"), mark("scope", "speech")


@dataclass(frozen=True)
class Article:
    """One document as the extraction sees it: tagged tokens, placed mentions, times, all by token."""

    tagged: Tagged
    mentions: Sequence[Mention]
    mention_first: list[int]
    mention_stop: list[int]
    whens: list[When]
    published: date | None
    clause_of: list[int]
    clauses: list[tuple[int, int]]
    views: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    #: What was lost in the token ranges asked for so far; ``find_losses`` fills it.
    losses: dict[tuple[int, int], tuple[Loss, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    #: Mentions, by number, of the places where it happened that the token ranges asked for so far tell of: not those
    #: where only the guns stand, or where the war began; ``places_of`` fills it.
    struck: dict[tuple[int, int], list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _telling: dict[int, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _settings: dict[int, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def setting(self, number: int, heads: Sequence[Head]) -> tuple[str, ...]:
        """What a sentence stands in, as features; ``heads`` are all of the article."""
        found = self._settings.get(number)
        if found is None:
            found = self._settings[number] = setting_of(self, number, heads)
        return found

    def view(self, number: int) -> tuple[str, ...]:
        """What a sentence tells as a whole, as features."""
        found = self.views.get(number)
        if found is None:
            found = sentence_view(self.tagged, number, self.whens, self.published).features
            self.views[number] = found
        return found

    @lazy
    def stems(self) -> list[str]:
        """Each word without its clitics; nothing for words of one or two letters and marks."""
        plain = _stems(self.tagged.lexicon)
        return [
            (word[tags[0].cut :] if tags else plain[word]) if len(word) > 2 else ""
            for word, tags in zip(self.tagged.tokens.words, self.tagged.tags, strict=True)
        ]

    @lazy
    def scoped(self) -> list[int]:
        """Tokens that have a word of scope or speech."""
        return self.tagged.marked(_SCOPED)

    @lazy
    def denying(self) -> list[int]:
        """Tokens that may deny something."""
        return [k for k in self.tagged.marked(_SPEECH) if self.tagged.has(k, "speech", "deny")]

    @lazy
    def contradicted(self) -> frozenset[int]:
        """Sentences in which somebody may deny something."""
        sentence_of = self.tagged.tokens.sentence_of
        return frozenset([sentence_of[k] for k in self.denying])

    @lazy
    def named(self) -> list[tuple[str, str]]:
        """Role of each mention, and kind of place."""
        places = (m.place for m in self.mentions)
        kinds = (feature_of(place.feature_code) if place else "?" for place in places)
        return [(m.role, kind) for m, kind in zip(self.mentions, kinds, strict=True)]

    @lazy
    def times(self) -> list[tuple[int, str]]:
        """First token of each time expression, and what it is as a feature."""
        return [(when.first, time_label(when, self.published)) for when in self.whens]

    @lazy
    def timed(self) -> frozenset[int]:
        """Tokens that are part of a time expression."""
        return frozenset([k for when in self.whens for k in range(when.first, when.stop)])

    @lazy
    def last_times(self) -> dict[int, str]:
        """The last time expression of each sentence that has one, as a feature."""
        sentence_of = self.tagged.tokens.sentence_of
        return {sentence_of[first]: label for first, label in self.times}

    @lazy
    def of_text(self) -> list[str]:
        """How new the text's times are and how long it is, as features."""
        return of_text(self)

    @lazy
    def told(self) -> tuple[Counter[str], Counter[str]]:
        """How often the text tells of each kind of event and names each kind of weapon."""
        told = [(t.tag, t.value) for k in self.tagged.marked(_EVENT | _WEAPON) for t in self.tagged.tags[k]]
        events, weapons = (Counter([v for tag, v in told if tag == wanted]) for wanted in ("event", "weapon"))
        return events, weapons

    def telling(self, number: int) -> frozenset[str]:
        """Which of the events that colour what is told beside them a sentence tells."""
        found = self._telling.get(number)
        if found is None:
            tags, marks = self.tagged.tags, self.tagged.marks
            first, stop = self.tagged.tokens.sentences[number]
            here = (t for k in range(first, stop) if marks[k] & _EVENT for t in tags[k])
            found = frozenset(t.value for t in here if t.tag == "event" and t.value in TELLING)
            self._telling[number] = found
        return found

    def mentions_in(self, first: int, stop: int) -> range:
        """Indices of mentions that begin in a token range."""
        return range(bisect_left(self.mention_first, first), bisect_left(self.mention_first, stop))

    def whens_in(self, first: int, stop: int) -> list[When]:
        """Time expressions that begin in a token range."""
        return [w for w in self.whens if first <= w.first < stop]

    def sentence(self, i: int) -> tuple[int, int]:
        """Token range of the sentence of token ``i``."""
        return self.tagged.tokens.sentences[self.tagged.tokens.sentence_of[i]]

    def sentence_before(self, i: int) -> int:
        """First token of the sentence before that of token ``i``; of its own where it is the first."""
        return self.tagged.tokens.sentences[max(0, self.tagged.tokens.sentence_of[i] - 1)][0]

    def clause(self, i: int) -> tuple[int, int]:
        """Token range of the clause of token ``i``."""
        return self.clauses[self.clause_of[i]]


def cut_clauses(tagged: Tagged) -> tuple[list[int], list[tuple[int, int]]]:
    """Cut sentences into clauses at commas, colons, brackets and words of contrast or addition."""
    words, marks = tagged.tokens.words, tagged.marks
    signs = tagged.marked(SIGN)
    opens = {i + 1 for i in signs if words[i] in CLAUSE_CUTS}
    opens.update([i for i in signs if words[i] == "(" and not _counts(words, i)])
    opens.update([i for i in tagged.marked(_LINK) if tagged.has(i, "link", "contrast")])
    opens.discard(len(words))
    cuts = sorted(opens | {first for first, _ in tagged.tokens.sentences})
    clauses = list(pairwise([*cuts, len(marks)])) if marks else []
    clause_of: list[int] = []
    for number, (first, stop) in enumerate(clauses):
        clause_of += [number] * (stop - first)
    return clause_of, clauses


def _counts(words: Sequence[str], i: int) -> bool:
    """Whether brackets hold nothing but a number, which counts what stands behind: "(6) drones"."""
    return i + 2 < len(words) and words[i + 1].isdecimal() and words[i + 2] == ")"


def _stems_of(lexicon: Lexicon) -> Memo[str, str]:
    clitics = lexicon.labels.get("light_clitics", ())

    def stem(word: str) -> str:
        cuts = [len(c) for c in clitics if word.startswith(c) and len(word) - len(c) >= 3]
        return word[max(cuts, default=0) :]

    return Memo(stem)


#: Words that a lexicon does not know, without their clitics.
_stems = PerObject(_stems_of)
