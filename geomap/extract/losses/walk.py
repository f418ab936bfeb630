"""Where a walk over an event stands: the fate that rules, what was found, and what the words around say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geomap.extract.article import Article
from geomap.extract.losses.loss import FATES, Loss, Quantity
from geomap.extract.losses.words import victim_nouns
from geomap.lexicon import Lexicon
from geomap.memo import PerObject
from geomap.numbers import number_openers
from geomap.punctuation import PAUSES
from geomap.tagging import Tag, Tags, mark

_STATUS = {"military": "military", "civilian": "civilian", "police": "unknown", "any": "unknown"}
_LOSS, _NUMBER = mark("loss"), mark("number")


def _leaving_of(lexicon: Lexicon) -> frozenset[str]:
    """Words by which those who withdraw leave what was theirs, alone or joined to what comes before."""
    return _joinable(lexicon, lexicon.words("leaving"))


def _opening_of(lexicon: Lexicon) -> frozenset[str]:
    """Words that open a toll, alone or joined to what comes before."""
    return _joinable(lexicon, frozenset(lexicon.labels.get("toll_openers", ())))


def _joinable(lexicon: Lexicon, known: frozenset[str]) -> frozenset[str]:
    return known | {letter + word for letter in lexicon.labels.get("conjunction_letters", "") for word in known}


_leaving, _opening = PerObject(_leaving_of), PerObject(_opening_of)


@dataclass(slots=True)
class Walk:
    """One walk over an event's tokens with the fate of people and things that the last head gave."""

    article: Article
    first: int
    stop: int
    tags: Sequence[Tags] = field(init=False)
    words: Sequence[str] = field(init=False)
    marks: Sequence[int] = field(init=False)
    lexicon: Lexicon = field(init=False)
    openers: frozenset[str] = field(init=False)
    asides: frozenset[str] = field(init=False)
    lists: frozenset[str] = field(init=False)
    leaving: frozenset[str] = field(init=False)
    opening: frozenset[str] = field(init=False)
    with_one: frozenset[str] = field(init=False)
    totals: Mapping[str, int | None] = field(init=False)
    number_openers: Mapping[str, bool] = field(init=False)
    #: What befalls people here, and the token that says so.
    fate: str | None = None
    fate_at: int = -99
    #: Whether things are lost here, the token that says so, and how far behind it they stand.
    wreck: bool = False
    wreck_at: int = -99
    reach: int = 3
    #: A phrase that told of victims, and their fate: "there were casualties".
    phrase: tuple[int, int, str] | None = None
    negated_until: int = -1
    #: Whether "the number of" the dead has been told, and its number not yet.
    open_toll: bool = False
    #: What the people were whose number has not been told yet: "the number of soldiers killed rose to".
    toll_status: str = "unknown"
    found: list[Loss] = field(default_factory=list)
    #: Counted people and things whose fate may still come.
    waiting: list[Loss] = field(default_factory=list)

    def __post_init__(self) -> None:
        tagged = self.article.tagged
        self.tags, self.words, self.marks, self.lexicon = tagged.tags, tagged.tokens.words, tagged.marks, tagged.lexicon
        self.openers = frozenset(self.lexicon.labels.get("toll_openers", ()))
        self.asides = frozenset(self.lexicon.labels.get("aside_ones", ()))
        self.lists = frozenset(self.lexicon.labels.get("aside_many", ()))
        self.leaving = _leaving(self.lexicon)
        self.opening = _opening(self.lexicon)
        self.with_one = self.lexicon.words("with_one")
        self.totals = self.lexicon.among("totals")
        self.number_openers = number_openers(self.lexicon)

    def says(self, i: int, tag: str, value: str) -> bool:
        """Whether token ``i`` can be this."""
        return self.article.tagged.has(i, tag, value)

    def has_article(self, i: int, t: Tag) -> bool:
        """Whether a reading stands behind the article."""
        return self.article.tagged.has_article(i, t)

    def conjoined(self, at: int) -> bool:
        """Whether a word begins with a conjunction."""
        return self.article.tagged.has_conjunction(at)

    def added(self, at: int) -> int:
        """Tokens of the phrase that adds a word to those before: "six drones, in addition to one"; 0 for none."""
        width = self.article.tagged.phrase_before(at, "adding")
        return width if at - width >= self.first else 0

    def victim_word(self, i: int) -> Tag | None:
        """A noun that names the victims themselves: the dead, the wounded, martyrs."""
        if not self.marks[i] & _LOSS:
            return None
        lemmas = victim_nouns(self.article)
        fates = [t for t in self.tags[i] if t.tag == "loss" and t.value in FATES]
        named = next((t for t in fates if t.form == "noun" and t.lemma in lemmas), None)
        if named or not fates or self.tags[i][0].form == "noun":
            return named
        # "their dead" is spelt like "they killed him": behind "the number of" it is the noun
        noun = next((t for t in self.tags[i] if t.tag == "person" and t.lemma in lemmas), None)
        counted = i > self.first and self.words[i - 1] in self.openers
        return fates[0]._replace(lemma=noun.lemma, form="noun") if noun and counted else None

    def widest(self, i: int) -> list[Tag]:
        """Readings as event or loss; a phrase hides those of its first word."""
        told = [t for t in self.tags[i] if t.tag in ("event", "loss")]
        width = max((t.width for t in told), default=1)
        return [t for t in told if t.width == width]

    def is_time(self, at: int) -> bool:
        """Whether a token is part of a time expression."""
        return at in self.article.timed

    def add(self, q: Quantity, stop: int, kind: str, person: Tag | None, head: int) -> None:
        """Add a group of victims, unless the text says there were none."""
        if q.first >= self.negated_until:
            self.found.append(self.made(q, stop, kind, person, head))

    def made(self, q: Quantity, stop: int, kind: str, person: Tag | None, head: int) -> Loss:
        """A group of victims with the status that its noun and the words behind it give."""
        own = _STATUS.get(person.value, "unknown") if person else "unknown"
        if person is not None and stop > q.first and self._are_mixed(stop - 1, person.value):
            own = "unknown"
        plain = person is not None and person.lemma in self.lexicon.labels.get("plain_people", ())
        status = self.status_behind(stop, "unknown" if plain else own)
        if plain and status == "unknown" and not self._of_police(stop):
            status = own
        if person is None and status == "unknown":
            status, self.toll_status = self.toll_status, "unknown"
        return Loss(q.first, stop, kind, q.count, q.qualifier, status, False, True, head)

    def add_item(self, q: Quantity, stop: int, kind: str) -> None:
        """Add things lost."""
        self.found.append(Loss(q.first, stop, kind, q.count, q.qualifier, "unknown", False, False, self.wreck_at))

    def is_police(self, k: int) -> bool:
        """Whether a body under arms is the police, whose people may be either."""
        return any(t.tag == "person" and t.value == "police" for t in self.tags[k])

    def _of_police(self, stop: int) -> bool:
        """Whether men are told to be of the police right behind their noun."""
        return any(self.is_police(k) for k in range(stop, min(self.stop, stop + 2)))

    def _are_mixed(self, k: int, value: str) -> bool:
        """Whether soldiers are joined to civilians, or civilians to soldiers: "of the civilians and the soldiers"."""
        return k + 1 < self.stop and any(
            t.cut and self.conjoined(k + 1) and self.has_article(k + 1, t)
            for t in self.tags[k + 1]
            if t.tag == "person" and t.value not in (value, "any") or t.tag == "organ" and t.value == "force"
        )

    def status_behind(self, stop: int, status: str) -> str:
        """What the words behind a noun say: civilian, of its soldiers, in its ranks, of the army."""
        whole = self.lexicon.labels.get("most_of_them", ())
        for k in range(stop, min(self.stop, stop + 4)):
            # "among them two soldiers" are some of the people, "most of them soldiers" tells what they are
            part = any(t.tag == "link" and t.value == "subset" and t.lemma not in whole for t in self.tags[k])
            counts_others = bool(self.marks[k] & _NUMBER) and self.conjoined(k)
            if self.words[k] in PAUSES or part or counts_others:
                break
            for t in self.tags[k]:
                conjoined = t.cut and self.conjoined(k)
                if t.tag == "person" and t.value in ("military", "civilian") and not conjoined and status == "unknown":
                    return "unknown" if self._are_mixed(k, t.value) else t.value
                if t.tag == "party" and t.value == "own" and status == "unknown":
                    return "military"
                of = k > stop and self.says(k - 1, "prep", "from")
                if t.tag == "organ" and t.value == "force" and of and status == "unknown" and not self.is_police(k):
                    return "military"
        return status
