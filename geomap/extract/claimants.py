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
    """A speech word at tokens ``at`` to ``stop`` with its speaker; None where it goes on with the last one."""

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
    """Speech words and who speaks by them: the party just behind a verb, else the one just before it.

    One with no name goes on with the speaker before it in its sentence.
    """
    found: list[Speech] = []
    tags = article.tagged.tags
    sentence_of = article.tagged.tokens.sentence_of
    for i, here in enumerate(tags):
        speech = next((t for t in here if t.tag == "speech" and (t.value in _SAYS or t.value == "deny")), None)
        if speech is None:
            continue
        stop = i + speech.width
        speaker = _speaker(article, parties, i, stop, speech.value, speech.form)
        if speaker is None and found and speech.value != "deny":
            last = next((s for s in reversed(found) if s.speaker and s.value != "deny"), None)
            speaker = last.speaker if last and sentence_of[last.at] == sentence_of[i] else None
        found.append(Speech(i, stop, speech.value, speaker, speech.form))
    return Speeches(found)


def _speaker(article: Article, parties: Parties, i: int, stop: int, value: str, form: str) -> Party | None:
    first, last = article.sentence(i)
    limit = _that(article, stop, last)
    behind = [
        p
        for p in parties.within(stop, limit)
        if p.kind in _SPEAKERS and p.first - stop <= 9 or p.kind == "latent" and p.first - stop <= 1
    ]
    if value == "according":
        return _weightiest(behind) if behind else _unnamed_state(article, parties, stop, limit, first)
    ahead = [
        p
        for p in parties.within(max(first, i - 9), i)
        if p.stop <= i and (p.kind in _SPEAKERS or p.kind == "latent" and i - p.stop <= 1)
    ]
    bare = not any(t.cut for t in article.tagged.tags[i] if t.tag == "speech")
    verb = form in ("past", "present")
    if verb and ahead and i - ahead[-1].stop <= 2 and bare:
        return ahead[-1]
    if behind:
        return _weightiest(behind)
    if verb and (unnamed := _unnamed_state(article, parties, stop, limit, first)):
        return unnamed
    return ahead[-1] if ahead and verb and bare else None


def _unnamed_state(article: Article, parties: Parties, stop: int, limit: int, first: int) -> Party | None:
    """Name the state of a bare "ministry" or "army": the one told of in its sentence, else the last before."""
    near = range(stop, min(limit, stop + 4))
    if not any(t.tag == "organ" and t.value in ("state", "office") for k in near for t in article.tagged.tags[k]):
        return None
    states = [p for p in parties.within(first, stop) if p.kind in ("state", "people", "region")]
    if states:
        return states[0]
    earlier = [p for p in parties.within(0, first) if p.kind in ("state", "region")]
    return earlier[-1] if earlier else None


def _that(article: Article, at: int, last: int) -> int:
    """Where the reported clause begins: at "that", a colon, a quotation mark or another speech word."""
    words, tags = article.tagged.tokens.words, article.tagged.tags
    for k in range(at, last):
        if words[k] == ":" or any(t.tag == "link" and t.value == "that" for t in tags[k]):
            return k
        if (
            words[k] == '"'
            and k - at > 6
            or k > at
            and any(t.tag == "speech" and t.form in ("past", "present") for t in tags[k])
        ):
            return k
    return min(last, at + 12)


def reporters(
    article: Article, event: Event, parties: Parties, speeches: Speeches, running: Party | None, denied: bool
) -> list[str]:
    """Claimants of one event: named in its sentence, or the speaker who goes on; empty where the article asserts it."""
    first, last = article.sentence(event.heads[0].first)
    head, end = event.heads[0].first, event.heads[-1].stop
    here = speeches.within(first, last)
    chosen: list[str] = []
    for s in here:
        inside = event.first <= s.at < event.stop
        if s.value == "according" and (inside or s.at >= end and _same_stretch(article, end, s.at)):
            speaker = s.speaker or running
            if speaker:
                chosen.append(reporter_name(speaker))
    before = [
        s
        for s in here
        if s.value != "according" and s.at <= head and not (s.value == "say" and s.form == "noun" and s.speaker is None)
    ]
    if before:
        s = before[-1]
        speaker = s.speaker or running
        if speaker is not None and s.value != "deny":
            chosen.insert(0, reporter_name(speaker))
        elif denied:
            chosen.append(_rumour(parties, s.stop, head))
    elif not chosen:
        chosen += _other_ways(article, parties, here, first, head, end)
    if not chosen and not before:
        speaker = running or _only_speaker(speeches)
        if speaker is not None:
            chosen.append(reporter_name(speaker))
    return list(dict.fromkeys(chosen))[:2]


def _only_speaker(speeches: Speeches) -> Party | None:
    """The one speaker of the whole article, where there is one only."""
    named = {reporter_name(s.speaker): s.speaker for s in speeches.found if s.speaker is not None}
    return next(iter(named.values())) if len(named) == 1 else None


def _rumour(parties: Parties, stop: int, head: int) -> str:
    """What is denied before it is told: said by whoever is named between, else by the media."""
    between = [p for p in parties.within(stop, head) if p.kind in ("claimant", "group", "organisation")]
    return between[-1].name if between else "media reports"


def _other_ways(
    article: Article, parties: Parties, here: Sequence[Speech], first: int, head: int, end: int
) -> list[str]:
    colon = _headline_speaker(article, parties, first, head)
    if colon:
        return [reporter_name(colon)]
    for s in here:
        if (
            s.at >= end
            and s.value in ("say", "confirm", "claim", "admit")
            and s.speaker
            and s.at - end <= 14
            and s.form in ("past", "present")
            and _closes(article, s)
        ):
            return [reporter_name(s.speaker)]
    return []


def reporter_name(party: Party) -> str:
    """A party as a claimant: a state, a leader by the side, anybody else by name."""
    return party.side if party.leader or party.kind in ("latent", "state") else party.name


def _same_stretch(article: Article, end: int, at: int) -> bool:
    """Whether no other event's contrast word stands between the event and the source named behind it."""
    return not any(t.tag == "link" and t.value == "contrast" for k in range(end, at) for t in article.tagged.tags[k])


def _closes(article: Article, speech: Speech) -> bool:
    """A source behind its claim: nothing is reported by the verb itself."""
    _, last = article.sentence(speech.at)
    return not any(
        t.tag == "link" and t.value == "that"
        for k in range(speech.stop, min(last, speech.stop + 10))
        for t in article.tagged.tags[k]
    )


def _headline_speaker(article: Article, parties: Parties, first: int, head: int) -> Party | None:
    """Find the party before a colon: ``Ministry: …``."""
    for k in range(first, head):
        if article.tagged.tokens.words[k] == ":":
            named = [p for p in parties.within(first, k) if p.kind in _SPEAKERS or _state_name(p)]
            return _weightiest(named) if named else None
    return None


def _state_name(party: Party) -> bool:
    """A country or capital that may stand for its government; an area's name at a line's head is only a heading."""
    return party.kind == "latent" and party.country is not None


def _weightiest(named: Sequence[Party]) -> Party:
    """Of several parties before a colon or behind a verb: the first that is no mere channel."""
    return next((p for p in named if p.kind != "claimant"), named[0])


class Running(NamedTuple):
    """Who speaks on: the speaker of the sentences before, in this paragraph or this bulletin."""

    speaker: Party | None
    bulletin: Party | None

    def goes_on(self) -> Party | None:
        """The speaker where a sentence names none."""
        return self.speaker or self.bulletin


def follow(article: Article, parties: Parties, speeches: Speeches, sentence: int, before: Running) -> Running:
    """Who may speak on behind one more sentence.

    A line that ends in a colon, or a first line that names the body whose statement it is, opens a bulletin; a new
    paragraph ends what a speaker said.
    """
    first, stop = article.tagged.tokens.sentences[sentence]
    words, tags = article.tagged.tokens.words, article.tagged.tags
    speaker, bulletin = before
    tail = [w for w in words[first:stop] if w != "\n"]
    named = [p for p in parties.within(first, stop) if p.kind in _SPEAKERS or _state_name(p)]
    if tail and tail[-1] == ":" and named:
        return Running(None, named[-1])
    statement = sentence == 0 and any(
        t.tag == "speech" and t.form == "noun" for k in range(first, stop) for t in tags[k]
    )
    if (
        statement
        and named
        and not any(t.tag == "speech" and t.form in ("past", "present") for k in range(first, stop) for t in tags[k])
    ):
        return Running(None, named[-1])
    mine = [s for s in speeches.within(first, stop) if s.speaker is not None and s.value not in ("according", "deny")]
    if mine:
        speaker = mine[-1].speaker
    if "\n" in words[first:stop]:
        speaker = None
    return Running(speaker, bulletin)


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
        for k in _denied(article, events, s, last):
            names = found.setdefault(k, [])
            name = reporter_name(denier)
            if name not in names:
                names.append(name)
    return found


def _nearest(parties: Parties, s: Speech, first: int, last: int) -> Party | None:
    here = [p for p in parties.within(first, last) if p.kind in _SPEAKERS]
    return min(here, key=lambda p: abs(p.first - s.at)) if here else None


def _denied(article: Article, events: Sequence[Event], s: Speech, last: int) -> list[int]:
    inside = [
        k
        for k, e in enumerate(events)
        if s.at < e.heads[0].first < last and not _interrupted(article, s.stop, e.heads[0].first)
    ]
    if inside:
        return inside[:1]
    earlier = [k for k, e in enumerate(events) if e.heads[0].first < s.at]
    if not earlier:
        return []
    last_one = earlier[-1]
    same_sentence = (
        article.tagged.tokens.sentence_of[events[last_one].heads[0].first] == article.tagged.tokens.sentence_of[s.at]
    )
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
    return {
        t.value if t.tag == "event" else f"loss-{t.value}"
        for k in range(first, last)
        for t in article.tagged.tags[k]
        if t.tag in ("event", "loss")
    }
