"""Who denies an event that somebody else tells of: a learnt choice of the events that each denial can mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from geomap.extract.denials.words import Denial, find_denials, in_relative_clause, says
from geomap.extract.events.event import Event
from geomap.extract.events.heads import Article
from geomap.extract.parties.named import Parties
from geomap.extract.places import places_of
from geomap.extract.speech.words import Speech, Speeches, reporter_name
from geomap.extract.victims.scene import holders_of
from geomap.gazetteer import Gazetteer
from geomap.lazy import lazy
from geomap.linear import Linear
from geomap.model import ClaimPlace
from geomap.theatre import Theatre

#: Kinds of event that one denial may name by each other's words.
_FAMILIES = (
    frozenset("shelling airstrike attack hit suffer fire explosion raid clash violate chemical".split()),
    frozenset("capture withdraw transfer deploy raid repel".split()),
    frozenset("shootdown destroy lose".split()),
)
#: Sentences back that a denial may reach.
_REACH = 5
#: Tokens at the beginning of what is denied that say what it is.
_OPENING = 4
#: Tokens into what is denied within which "the existence of" stands: who denies stands before it.
_NAMED_BY = 6
#: Tokens before "which X denied" within which what it is stands.
_DENIED_BEFORE = 6
_SURE = 0.5
#: What a denial means most likely it means from here on; who says "denied" means something, who answers need not.
_BEST = {"deny": 0.25, "answer": 0.3}
_BEST_ELSE = 0.3
#: Of two accounts that are denied at once, each.
_BOTH = 0.02


def within_reach(article: Article, events: Sequence[Event], denial: Denial) -> list[int]:
    """Events that a denial can mean: of its own sentence and of a few before."""
    sentence_of = article.tagged.tokens.sentence_of
    at = sentence_of[denial.speech.at]
    return [k for k, e in enumerate(events) if 0 <= at - sentence_of[e.heads[0].first] <= _REACH]


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
        return _places(self.article, self.denial.start, self.denial.end)

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
    #: The denials of the article, once they were asked for.
    _found: list[list[Denial]] = field(default_factory=list, init=False, repr=False, compare=False)

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


def features(told: Told, k: int, denial: Denial) -> list[str]:
    """How one event stands to one denial."""
    article, events = told.article, told.events
    s, event = denial.speech, events[k]
    where = _where(article, events, k, denial)
    what = told.object(k, denial)
    who = _who(told, k, denial)
    said = told.contents(denial)
    lemmas, kind = said.lemmas, said.kind
    out = [
        "b",
        kind,
        where,
        f"{kind}|{where}",
        f"{kind}|{what}",
        who,
        f"{kind}|{where}|{what}",
        f"{kind}|{where}|{who}",
    ]
    out += [f"{what}|{who}", f"{where}|{what}|{who}", f"type={event.sub_event_type}|{kind}"]
    out += [f"lemma={lemma}" for lemma in lemmas] + [f"lemma={lemma}|{where}" for lemma in lemmas]
    out += said.clause
    shared = f"shared={told.shared(k, denial)}"
    named = "named" if _named(told, k, denial) else "unnamed"
    out += [f"{shared}|{kind}", f"{shared}|{where}", f"{shared}|{what}", f"{named}|{kind}", f"{named}|{where}"]
    out += _other_choices(told, k, denial, kind, what)
    out += _stakes(told, k, denial, kind)
    out += _kinds(told, k, denial, kind)
    out += _aims(told, k, denial, kind, where, what)
    denied = any(d.speech.value == "deny" and event.heads[0].first < d.speech.at < s.at for d in told.denials)
    out.append(f"denied-between={denied}|{where}|{kind}")
    rank = _rank(told, k, denial)
    out += [f"rank={rank}|{kind}", f"rank={rank}|{what}"]
    # what the denial itself tells it denies for other reasons than what it looks back on
    return [f"inside:{name}" for name in out] if event.heads[0].first > s.at else out


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


def _opened(article: Article, denials: Sequence[Denial], denial: Denial) -> range:
    """What a headline or first sentence tells before it says that the same party denies it: "X reports …, Y denies"."""
    sentence_of = article.tagged.tokens.sentence_of
    if sentence_of[denial.speech.at] == 0:
        return range(0)
    opening = (d for d in denials if d.name == denial.name and d.speech.value == "deny")
    return next((range(d.speech.at) for d in opening if sentence_of[d.speech.at] == 0), range(0))


def _shared(article: Article, event: Event, said: Contents) -> int:
    """How many words of what is denied the event's sentence has too, up to two."""
    first, last = article.sentence(event.heads[0].first)
    if first <= said.denial.speech.at < last:
        last = said.denial.speech.at
    return min(2, len(said.words.intersection(article.stems[first:last])))


_COMMON = frozenset({"speech", "scope", "link", "prep", "time", "pronoun", "number", "count", "plural", "organ"})


def _named(told: Told, k: int, denial: Denial) -> bool:
    """Whether the denier is named in the event's sentence, as anything but its teller."""
    first, last = told.article.sentence(told.events[k].heads[0].first)
    tellers = {s.speaker.first for s in told.speeches.within(first, last) if s.speaker is not None}
    here = [p for p in told.parties.within(first, last) if p.first not in tellers]
    return any(denial.name in (p.side, p.name) for p in here if p.first < denial.speech.at)


def _other_choices(told: Told, k: int, denial: Denial, kind: str, what: str) -> list[str]:
    """Whether another event in reach fits what is denied better."""
    others = [j for j in within_reach(told.article, told.events, denial) if j != k]
    mine = told.shared(k, denial)
    best = max((told.shared(j, denial) for j in others), default=0)
    fit = "more" if mine > best else "as-much" if mine == best else "less"
    later = any(j > k and told.object(j, denial) == what for j in others)
    return [
        f"fit={fit}|{kind}",
        f"fit={fit}|{what}",
        f"later-like={later}|{what}",
        f"others={min(3, len(others))}|{kind}",
    ]


def _stakes(told: Told, k: int, denial: Denial, kind: str) -> list[str]:
    """Whether an event is on the denier's ground, and the last deed of its own told before."""
    sub = told.events[k].sub_event_type
    ground = "own" if denial.name in told.held[k] else "other" if told.held[k] else "nobody"
    doer = told.attackers[k] == denial.name
    later = any(
        told.attackers[j] == denial.name
        for j in within_reach(told.article, told.events, denial)
        if j > k and told.events[j].heads[0].first < denial.speech.at
    )
    last = "last" if doer and not later else "later" if later else "none"
    return [f"ground={ground}|{sub}", f"ground={ground}|{kind}|{doer}", f"doer={last}|{kind}"]


def _kinds(told: Told, k: int, denial: Denial, kind: str) -> list[str]:
    """What each word of a denial is to a kind of event, and how much the denial's sentence tells besides."""
    sub = told.events[k].sub_event_type
    values = sorted(told.contents(denial).values)
    first, last = told.article.sentence(denial.speech.at)
    here = sum(first <= e.heads[0].first < last for e in told.events)
    out = [f"denies={value}|{sub}" for value in values] or [f"denies=nothing|{sub}|{kind}"]
    return [*out, f"told-here={min(2, here)}|{kind}"]


def _aims(told: Told, k: int, denial: Denial, kind: str, where: str, what: str) -> list[str]:
    """Whether a denial is of the event or of a detail, by what its clause says and what the denier grants beside it."""
    article, s, event, said = told.article, denial.speech, told.events[k], told.contents(denial)
    first, last = article.sentence(s.at)
    beside = [x for x in told.speeches.within(first, last) if x.speaker is not None and x.at != s.at]
    out = []
    if any(x.value in ("admit", "confirm") and reporter_name(x.speaker) == denial.name for x in beside if x.speaker):
        out += [f"grants|{kind}", f"grants|{where}"]
    if said.details:
        out += [f"detail|{kind}", f"detail|{where}", f"detail|{what}"]
    if said.involved:
        out += [f"involved|{kind}|{event.sub_event_type}", f"involved|{where}"]
    out.append(f"civil={said.civil}|{what}")
    mine = _places(article, *article.sentence(event.heads[0].first)) if said.places else set()
    match = "same" if said.places & mine else "other" if said.places else "none"
    out += [f"place={match}|{what}", f"place={match}|{where}"]
    if said.noun is not None:
        definite, form = said.noun
        out += [f"known={definite}|{what}|{where}", f"verbal={form}|{what}"]
    return out


def _clause_tokens(denial: Denial) -> range:
    return range(denial.start, denial.end)


def _places(article: Article, first: int, stop: int) -> set[str]:
    """Places that stand for themselves in a token range."""
    found = (article.mentions[k] for k in article.mentions_in(first, stop))
    return {m.place.name for m in found if m.place is not None and m.role == "location"}


def _rank(told: Told, k: int, denial: Denial) -> int:
    """How many events between the event and the denial somebody else tells, up to two."""
    later = [
        j
        for j in range(k + 1, len(told.events))
        if told.events[j].heads[0].first < denial.speech.at and denial.name not in told.teller(j, denial)
    ]
    return min(2, len(later))


def _where(article: Article, events: Sequence[Event], k: int, denial: Denial) -> str:
    sentence_of = article.tagged.tokens.sentence_of
    at, head = denial.speech.at, events[k].heads[0].first
    if head > at:
        return "inside" if head < denial.end else "behind"
    between = sum(head < e.heads[0].first < at for e in events)
    gap = sentence_of[at] - sentence_of[head]
    return f"back={min(gap, 3)}|{min(between, 2)}"


def _object(event: Event, said: Contents) -> str:
    """What the words of a denial name: the kind of the event, another kind, nothing but "this"."""
    if said.relative:
        return "relative"
    values = said.values
    mine = {v for h in event.heads for v in h.values}
    same = "same" if values & mine else "akin" if values & _family(mine) else "other" if values else "nothing"
    return f"{same}{'+pointing' if said.pointing else ''}"


def _who(told: Told, k: int, denial: Denial) -> str:
    """What the denier has to do with the event: tells it, does it; and whether another tells it."""
    tellers = told.teller(k, denial)
    teller = "teller" if denial.name in tellers else "told" if tellers else "untold"
    return f"{teller}|{'doer' if told.attackers[k] == denial.name else 'other'}"


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
    if event.heads[0].first > denial.speech.at:
        return False
    here = told.speeches.within(*told.article.sentence(event.heads[0].first))
    if any(s.value == "accuse" for s in here):
        return False
    return denial.name in told.teller(k, denial) or not here and denial.name == told.speeches.partisan.ours


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


def _both(article: Article, denial: Denial) -> bool:
    """Whether two accounts are denied at once: "both reports", "the two incidents"."""
    return says(article, denial.start, denial.end, "both")


def _family(values: set[str]) -> set[str]:
    return values.union(*(f for f in _FAMILIES if f & values)) if values else values


def _values(article: Article, first: int, last: int) -> set[str]:
    """What the words of a token range may tell."""
    return {
        t.value if t.tag == "event" else f"loss-{t.value}"
        for k in range(first, last)
        for t in article.tagged.tags[k]
        if t.tag in ("event", "loss")
    }


def denials(model: Linear, told: Told) -> dict[int, list[str]]:
    """Index of the event -> who denies it."""
    found: dict[int, list[str]] = {}
    yes = model.classes.index("yes")
    for denial in told.denials:
        shares = [
            (model.probabilities(features(told, k, denial))[yes], k)
            for k in within_reach(told.article, told.events, denial)
            if not tells_himself(told, k, denial)
        ]
        if told.contents(denial).opened:
            # where the headline says which kind he denies, what else is told with it is a detail of it
            same = [(share, k) for share, k in shares if told.object(k, denial).startswith("same")]
            shares = same or shares
        # "both accounts" are the two that it fits best
        best = [k for _, k in sorted(shares, reverse=True)[: 2 if _both(told.article, denial) else 1]]
        least = _BOTH if len(best) > 1 else _BEST.get(denial.speech.value, _BEST_ELSE)
        for share, k in shares:
            if share >= _SURE or k in best and share >= least:
                _add(found, k, denial.name)
                if denial.joined:
                    _add(found, k, denial.joined)
    return found


def held_by(
    article: Article, events: Sequence[Event], gazetteer: Gazetteer, theatres: Sequence[Theatre]
) -> list[list[str]]:
    """Who holds the places of each event of an article."""
    found: list[list[str]] = []
    places: tuple[ClaimPlace, ...] = ()
    for event in events:
        places = places_of(article, event.first, event.stop, places) or places
        found.append(holders_of(places, gazetteer, theatres, article.published))
    return found


def _add(found: dict[int, list[str]], k: int, name: str) -> None:
    names = found.setdefault(k, [])
    if name not in names:
        names.append(name)
