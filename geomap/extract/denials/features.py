"""How an event stands to a denial, as the features by which a model tells whether it is the one denied."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.denials.contents import places_in
from geomap.extract.denials.matches import matches
from geomap.extract.denials.told import Told, within_reach
from geomap.extract.denials.words import Denial
from geomap.extract.events.event import Event
from geomap.extract.speech.words import reporter_name


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
    out += matches(told, k, denial, kind, where, what)
    out += _manner(told, denial, kind, where, what)
    denied = any(d.speech.value == "deny" and event.heads[0].first < d.speech.at < s.at for d in told.denials)
    out.append(f"denied-between={denied}|{where}|{kind}")
    rank = _rank(told, k, denial)
    out += [f"rank={rank}|{kind}", f"rank={rank}|{what}"]
    # what the denial itself tells it denies for other reasons than what it looks back on
    if where.startswith("ahead"):
        return [f"ahead:{name}" for name in out]
    return [f"inside:{name}" for name in out] if event.heads[0].first > s.at else out


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
    mine = places_in(article, *article.sentence(event.heads[0].first)) if said.places else set()
    match = "same" if said.places & mine else "other" if said.places else "none"
    out += [f"place={match}|{what}", f"place={match}|{where}"]
    if said.noun is not None:
        definite, form = said.noun
        out += [f"known={definite}|{what}|{where}", f"verbal={form}|{what}"]
    return out


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
    if sentence_of[head] > sentence_of[at]:
        return f"ahead|{sentence_of[head] - sentence_of[at]}"
    if head > at:
        return "inside" if head < denial.end else "behind"
    between = sum(head < e.heads[0].first < at for e in events)
    gap = sentence_of[at] - sentence_of[head]
    return f"back={min(gap, 3)}|{min(between, 2)}"


def _who(told: Told, k: int, denial: Denial) -> str:
    """What the denier has to do with the event: tells it, does it; and whether another tells it."""
    tellers = told.teller(k, denial)
    teller = "teller" if denial.name in tellers else "told" if tellers else "untold"
    return f"{teller}|{'doer' if told.attackers[k] == denial.name else 'other'}"


def _manner(told: Told, denial: Denial, kind: str, where: str, what: str) -> list[str]:
    """Who denies, and what a saying that is no word of denying negates."""
    out = []
    if kind in ("not", "answer"):
        no = told.contents(denial).negation
        negated, of = (f"{no.gap}|{no.joined}", no.told or "?") if no else ("none", "")
        out += [f"negated={negated}|{kind}", f"negates={of}|{kind}", f"negates={of}|{what}"]
    denier = denial.speech.speaker.kind if denial.speech.speaker is not None else "own"
    return [*out, f"denier={denier}|{kind}", f"denier={denier}|{where}"]
