"""What the own words of a denial say, whichever event it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.denials.words import Denial, in_relative_clause, says
from geomap.lazy import lazy

#: Tokens at the beginning of what is denied that say what it is.
_OPENING = 4
#: Tokens into what is denied within which "the existence of" stands: who denies stands before it.
_NAMED_BY = 6
#: Tokens behind a negation within which what it negates stands.
_NEGATED = 5
#: Tokens before "which X denied" within which what it is stands.
_DENIED_BEFORE = 6


class Negation(NamedTuple):
    """How far into a clause its negation stands (in pairs of tokens), whether "and" leads to it, what it negates."""

    gap: int
    joined: bool
    told: str


@dataclass(frozen=True)
class Contents:
    """What a denial's own words say, whichever event it is of: every event in its reach asks for that."""

    article: Article
    denial: Denial
    #: Where the opening of the text tells what he denies there, if he does: tokens.
    opened: range = range(0)

    @lazy
    def kind(self) -> str:
        """What a denial is: of an event, of a mere detail, of the being of a thing; an answer, or another saying."""
        return _kind(self.article, self.denial)

    @lazy
    def clause(self) -> list[str]:
        """What its clause is made of, as features."""
        return _clause(self.article, self.denial, self.kind)

    @lazy
    def lemmas(self) -> set[str]:
        """What the word of denying may be."""
        return {t.lemma for t in self.article.tagged.tags[self.denial.speech.at] if t.tag == "speech"}

    @lazy
    def values(self) -> set[str]:
        """What the words of its clause may tell; a mere "this" is what its denier denied as the text opened."""
        own = _values(self.article, self.denial.start, self.denial.end)
        return own or _values(self.article, self.opened.start, self.opened.stop)

    @lazy
    def words(self) -> set[str]:
        """The words of its clause that may be an event's too."""
        tags, stems = self.article.tagged.tags, self.article.stems
        clause = range(self.denial.start, self.denial.end)
        return {stems[k] for k in clause if len(stems[k]) > 2 and not any(t.tag in _COMMON for t in tags[k])}

    @lazy
    def pointing(self) -> bool:
        """Whether it says "this", "the report", "any responsibility"."""
        return _points_back(self.article, self.denial)

    @lazy
    def many(self) -> bool:
        """Whether it is of several accounts: "these reports", "the accusations"."""
        return says(self.article, self.denial.start, self.denial.end, "many")

    @lazy
    def relative(self) -> bool:
        """Whether it stands in a relative clause."""
        return in_relative_clause(self.article, self.denial.speech)

    @lazy
    def details(self) -> bool:
        """Whether it is of a detail, by its own words or those before it."""
        article, denial, at = self.article, self.denial, self.denial.speech.at
        before = max(article.sentence(at)[0], at - 4)
        return says(article, before, at, "details") or says(article, denial.start, denial.end, "details")

    @lazy
    def involved(self) -> bool:
        """Whether it is of a part in what was done."""
        return says(self.article, self.denial.start, self.denial.end, "involvement")

    @lazy
    def civil(self) -> bool:
        """Whether it speaks of civilians."""
        here = (t for k in _clause_tokens(self.denial) for t in self.article.tagged.tags[k])
        return any(t.tag == "person" and t.value == "civilian" for t in here)

    @lazy
    def places(self) -> set[str]:
        """Places that its clause names."""
        return places_in(self.article, self.denial.start, self.denial.end)

    @lazy
    def things(self) -> set[tuple[str, str]]:
        """Weapons, people and places of work that its clause names."""
        return things_in(self.article, self.denial.start, self.denial.end)

    @lazy
    def deed(self) -> str:
        """Whether it is of what somebody did to another, or of what befell him."""
        values = self.values
        did, befell = bool(values & _DEEDS), bool(values & _FATES)
        return "both" if did and befell else "did" if did else "befell" if befell else "other" if values else "none"

    @lazy
    def negation(self) -> Negation | None:
        """Where what somebody says is negated, and what is: "that they fired no shell"; None where nothing is."""
        return _negation(self.article, self.denial)

    @lazy
    def room(self) -> int:
        """How many words its clause has that tell something, up to four."""
        return min(4, sum(len(self.article.stems[k]) > 2 for k in _clause_tokens(self.denial)))

    @lazy
    def noun(self) -> tuple[bool, str] | None:
        """Whether its first word of an event has the article, and the form of that word; None where it has none."""
        tagged = self.article.tagged
        told = ((k, t) for k in _clause_tokens(self.denial) for t in tagged.tags[k] if t.tag in ("event", "loss"))
        found = next(told, None)
        if found is None:
            return None
        (k, t), the = found, tagged.lexicon.labels["article"]
        return tagged.tokens.words[k][max(0, t.cut - len(the)) :].startswith(the), t.form


def _kind(article: Article, denial: Denial) -> str:
    """What a denial is: of an event, of a mere detail, of the being of a thing; an answer, or another saying."""
    s, start, end = denial.speech, denial.start, denial.end
    if s.value != "deny":
        return "answer" if s.value == "answer" else "not"
    first, _ = article.sentence(s.at)
    # of "a figure that X denied", "that X hastened to deny" the figure stands before
    back = _DENIED_BEFORE if s.form == "noun" or in_relative_clause(article, s) else _OPENING - 1
    if says(article, start, end, "details") or says(article, max(first, s.at - back), s.at, "details"):
        return "detail"
    return "existence" if says(article, start, min(end, start + _NAMED_BY), "existence") else "deny"


_COMMON = frozenset({"speech", "scope", "link", "prep", "time", "pronoun", "number", "count", "plural", "organ"})


def _clause_tokens(denial: Denial) -> range:
    return range(denial.start, denial.end)


def places_in(article: Article, first: int, stop: int) -> set[str]:
    """Places that stand for themselves in a token range."""
    found = (article.mentions[k] for k in article.mentions_in(first, stop))
    return {m.place.name for m in found if m.place is not None and m.role == "location"}


def _negation(article: Article, denial: Denial) -> Negation | None:
    """The first negation in a clause."""
    tagged = article.tagged
    at = tagged.first("scope", "negation", denial.start, denial.end)
    if at is None:
        return None
    that = tagged.first("link", "that", denial.start, at)
    gap = min(3, (at - (denial.start if that is None else that + 1)) // 2)
    near = range(at + 1, min(denial.end, at + _NEGATED))
    told = next((t.value if t.tag == "event" else t.tag for k in near for t in tagged.tags[k] if t.tag in _TOLD), "")
    joined = at > denial.start and tagged.tokens.words[at].startswith(tuple(tagged.lexicon.labels["joining_letters"]))
    return Negation(gap, joined, told)


_TOLD = frozenset({"event", "loss", "weapon", "speech", "person"})
_DEEDS = frozenset("shelling airstrike attack fire hit raid violate clash mine chemical capture deploy abduct".split())
_FATES = frozenset(
    "lose shootdown destroy suffer withdraw repel loss-killed loss-injured loss-captured loss-toll".split()
)
_THINGS = frozenset({"weapon", "person", "target", "body"})


def things_in(article: Article, first: int, stop: int) -> set[tuple[str, str]]:
    """Weapons, people and places of work that a token range names."""
    return {(t.tag, t.value) for k in range(first, stop) for t in article.tagged.tags[k] if t.tag in _THINGS}


def _clause(article: Article, denial: Denial, kind: str) -> list[str]:
    """What a denial's own clause is made of."""
    tags, words = article.tagged.tags, article.tagged.tokens.words
    s, start, end = denial.speech, denial.start, denial.end
    out = [f"size={min(4, sum(w[0].isalnum() for w in words[start:end]) // 3)}|{kind}", f"form={s.form}|{kind}"]
    out += sorted({f"has={t.tag}.{t.value}|{kind}" for k in range(start, end) for t in tags[k] if t.tag in _TELLING})
    opening = range(start, min(end, start + _OPENING))
    out += sorted({f"opens={t.lemma}|{kind}" for k in opening for t in tags[k] if t.tag in _MEANING})
    if _points_back(article, denial):
        out.append(f"pointing|{kind}")
    if says(article, start, end, "disbelief"):
        out.append(f"disbelief|{kind}")
    first = next((k for k in range(start, end) if any(t.tag in ("event", "loss") for t in tags[k])), None)
    if first is not None:
        out.append(f"first={min(3, (first - start) // 2)}|{kind}")
    return out


_TELLING = frozenset({"event", "loss", "person", "scope", "weapon", "state"})
_MEANING = _TELLING | {"speech", "organ"}


def _points_back(article: Article, denial: Denial) -> bool:
    """Whether a denial says "this", "the report", "any responsibility"."""
    return says(article, denial.start, denial.end, "pointing_back")


def _values(article: Article, first: int, last: int) -> set[str]:
    """What the words of a token range may tell."""
    return {
        t.value if t.tag == "event" else f"loss-{t.value}"
        for k in range(first, last)
        for t in article.tagged.tags[k]
        if t.tag in ("event", "loss")
    }
