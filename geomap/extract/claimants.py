"""Who says so, and who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.extract.events import Event
from geomap.extract.heads import Article
from geomap.extract.parties import Parties, Party

_SAYS = frozenset({"say", "according", "confirm", "admit", "claim", "accuse"})
_SPEAKERS = frozenset({"state", "region", "group", "organisation", "claimant"})


class Speech(NamedTuple):
    """A speech word at token ``at`` (phrase up to ``stop``) with its speaker, None where it goes on with the last one."""

    at: int
    stop: int
    value: str
    speaker: Party | None
    form: str


@dataclass(frozen=True, slots=True)
class Speeches:
    """All speech words of an article, in order."""

    found: Sequence[Speech]

    def within(self, first: int, stop: int) -> list[Speech]:
        """Speech words in a token range."""
        return [s for s in self.found if first <= s.at < stop]


def find_speeches(article: Article, parties: Parties) -> Speeches:
    """Speech words and who speaks by them: the party just behind a verb, else the one just before it."""
    found: list[Speech] = []
    tags = article.tagged.tags
    for i, here in enumerate(tags):
        speech = next((t for t in here if t.tag == "speech" and (t.value in _SAYS or t.value == "deny")), None)
        if speech is None:
            continue
        stop = i + speech.width
        found.append(Speech(i, stop, speech.value, _speaker(article, parties, i, stop, speech.value, speech.form), speech.form))
    return Speeches(found)


def _speaker(article: Article, parties: Parties, i: int, stop: int, value: str, form: str) -> Party | None:
    first, last = article.sentence(i)
    limit = _that(article, stop, last)
    behind = [p for p in parties.within(stop, limit) if p.kind in _SPEAKERS and p.first - stop <= 9]
    if value == "according":
        return behind[0] if behind else None
    ahead = [p for p in parties.within(max(first, i - 9), i) if p.kind in _SPEAKERS and p.stop <= i]
    if form in ("past", "present") and ahead and i - ahead[-1].stop <= 2 and not _clitic(article, i):
        return ahead[-1]
    if behind:
        return behind[0]
    return ahead[-1] if ahead and form in ("past", "present") and not _clitic(article, i) else None


def _clitic(article: Article, i: int) -> bool:
    return any(t.cut for t in article.tagged.tags[i] if t.tag == "speech")


def _that(article: Article, at: int, last: int) -> int:
    """Where the reported clause begins: at "that", a colon or a quotation mark."""
    for k in range(at, last):
        if article.tagged.tokens.words[k] in ':"' or any(t.tag == "link" and t.value == "that" for t in article.tagged.tags[k]):
            return k
    return min(last, at + 12)


def reporters(article: Article, event: Event, parties: Parties, speeches: Speeches, running: Party | None) -> list[str]:
    """Claimants of one event: named in its sentence, or the speaker who goes on; empty where the article asserts it."""
    first, last = article.sentence(event.heads[0].first)
    head = event.heads[0].first
    end = event.heads[-1].stop
    here = speeches.within(first, last)
    chosen: list[str] = []
    for s in here:
        if s.value == "according" and s.speaker and (event.first <= s.at < event.stop or s.at >= end and _same_stretch(article, end, s.at)):
            chosen.append(_name(s.speaker))
    before = [s for s in here if s.value != "according" and s.at <= head]
    if before:
        s = before[-1]
        speaker = s.speaker or running
        if s.value == "deny":
            speaker = None
        if speaker is not None:
            chosen.insert(0, _name(speaker))
    elif not chosen:
        colon = _headline_speaker(article, parties, first, head)
        if colon:
            chosen.append(_name(colon))
        else:
            after = [s for s in here if s.at >= end and s.value in ("say", "confirm", "claim", "admit") and s.speaker and s.at - end <= 14 and s.form in ("past", "present") and _closes(article, s)]
            if after and after[0].speaker:
                chosen.append(_name(after[0].speaker))
    return list(dict.fromkeys(chosen))[:2]


def _name(party: Party) -> str:
    return party.side if party.kind in ("group",) and party.leader else party.name


def _same_stretch(article: Article, end: int, at: int) -> bool:
    """Whether no other event's contrast word stands between the event and the source named behind it."""
    return not any(t.tag == "link" and t.value == "contrast" for k in range(end, at) for t in article.tagged.tags[k])


def _closes(article: Article, speech: Speech) -> bool:
    """A source behind its claim: nothing is reported by the verb itself."""
    _, last = article.sentence(speech.at)
    return not any(t.tag == "link" and t.value == "that" for k in range(speech.stop, min(last, speech.stop + 10)) for t in article.tagged.tags[k])


def _headline_speaker(article: Article, parties: Parties, first: int, head: int) -> Party | None:
    """``Ministry: …``"""
    for k in range(first, head):
        if article.tagged.tokens.words[k] == ":":
            named = [p for p in parties.within(first, k) if p.kind in _SPEAKERS]
            return named[-1] if named else None
    return None


def running_speaker(article: Article, speeches: Speeches, sentence: int, before: Party | None) -> Party | None:
    """Who speaks on when a sentence says "he added" without a name."""
    first, stop = article.tagged.tokens.sentences[sentence]
    named = [s for s in speeches.within(first, stop) if s.speaker is not None and s.value not in ("according", "deny")]
    return named[-1].speaker if named else before


def denials(article: Article, events: Sequence[Event], parties: Parties, speeches: Speeches) -> dict[int, list[str]]:
    """Index of the event -> who denies it.

    A denial belongs to the event told inside its own clause; else to the event just before that its words repeat; else,
    where it only points back ("denied this"), to the last event before it.
    """
    found: dict[int, list[str]] = {}
    for s in speeches.found:
        if s.value != "deny":
            continue
        first, last = article.sentence(s.at)
        denier = s.speaker or _nearest(parties, s, first, last)
        if denier is None:
            continue
        for k in _denied(article, events, s, first, last, denier):
            names = found.setdefault(k, [])
            name = _name(denier)
            if name not in names:
                names.append(name)
    return found


def _nearest(parties: Parties, s: Speech, first: int, last: int) -> Party | None:
    here = [p for p in parties.within(first, last) if p.kind in _SPEAKERS]
    return min(here, key=lambda p: abs(p.first - s.at)) if here else None


def _denied(article: Article, events: Sequence[Event], s: Speech, first: int, last: int, denier: Party) -> list[int]:
    inside = [k for k, e in enumerate(events) if s.at < e.heads[0].first < last and not _interrupted(article, s.stop, e.heads[0].first)]
    if inside:
        return inside[:1]
    earlier = [k for k, e in enumerate(events) if e.heads[0].first < s.at]
    if not earlier:
        return []
    last_one = earlier[-1]
    same_sentence = article.tagged.tokens.sentence_of[events[last_one].heads[0].first] == article.tagged.tokens.sentence_of[s.at]
    gap = article.tagged.tokens.sentence_of[s.at] - article.tagged.tokens.sentence_of[events[last_one].heads[0].first]
    if same_sentence:
        return [last_one]
    values = _values(article, s.at, last)
    echo = [k for k in earlier if gap <= 3 and values & {v for h in events[k].heads for v in h.values}]
    if echo:
        return [echo[-1]]
    return [last_one] if gap <= 1 else []


def _interrupted(article: Article, at: int, head: int) -> bool:
    return any(t.tag == "link" and t.value == "contrast" for k in range(at, head) for t in article.tagged.tags[k])


def _values(article: Article, first: int, last: int) -> set[str]:
    return {t.value if t.tag == "event" else f"loss-{t.value}" for k in range(first, last) for t in article.tagged.tags[k] if t.tag in ("event", "loss")}
