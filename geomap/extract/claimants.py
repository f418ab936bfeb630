"""Who says so, and who denies it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geomap.extract.events import Event
from geomap.extract.heads import Article
from geomap.extract.parties import Parties, Party
from geomap.punctuation import COMMAS, SEMICOLONS
from geomap.tagging import Tag, mark

_TOLD = frozenset({"say", "according", "confirm", "admit", "claim", "accuse", "deny"})
_SPEECH = mark("speech")
_OPENING = frozenset(':"')
_QUOTES = frozenset("\"'")
_ENDS = COMMAS | SEMICOLONS | frozenset(".\n")
_SPEAKERS = frozenset({"state", "region", "group", "organisation", "claimant"})


class Speech(NamedTuple):
    """A speech word at tokens ``at`` to ``stop`` with its speaker; None where it goes on with the last one."""

    at: int
    stop: int
    value: str
    speaker: Party | None
    form: str


@dataclass(frozen=True)
class Speeches:
    """All speech words of an article, in order."""

    found: Sequence[Speech]

    @cached_property
    def _starts(self) -> list[int]:
        return [s.at for s in self.found]

    @cached_property
    def voices(self) -> list[tuple[Speech, str]]:
        """Those that tell, with the name of who speaks."""
        return [(s, reporter_name(s.speaker)) for s in self.found if s.speaker is not None and s.value != "deny"]

    @cached_property
    def ranked(self) -> list[str]:
        """Who speaks, the most heard first."""
        return [name for name, _ in Counter(reporter_name(s.speaker) for s in self.found if s.speaker).most_common()]

    def within(self, first: int, stop: int) -> Sequence[Speech]:
        """Speech words in a token range."""
        return self.found[bisect_left(self._starts, first) : bisect_left(self._starts, stop)]


def find_speeches(article: Article, parties: Parties) -> Speeches:
    """Speech words and who speaks by them: the party just behind a verb, else the one just before it.

    A verb with no subject goes on with the speaker before it, in its paragraph.
    """
    found: list[Speech] = []
    for i, speech in _speech_words(article, parties):
        stop = i + speech.width
        speaker = _speaker(article, parties, found, i, stop, speech.value, speech.form)
        if speaker is None and not _own_subject(article, parties, stop, speech):
            speaker = _going_on(article, parties, found, i, speech)
        found.append(Speech(i, stop, speech.value, speaker, speech.form))
    return Speeches(found)


def _speech_words(article: Article, parties: Parties) -> Iterator[tuple[int, Tag]]:
    """Words of speech in order: told, denied, answered ("replied that"); none that is negated ("did not confirm")."""
    lexicon = article.tagged.lexicon
    answers, refusals, tellers = map(lexicon.words, ("answers", "refusals", "tellers"))
    cuts = lexicon.among("answers", "refusals", "tellers")
    words, marks = article.tagged.tokens.words, article.tagged.marks
    for i in [i for i, cut in enumerate(map(cuts.__getitem__, words)) if cut is not None or marks[i] & _SPEECH]:
        cut, word, tags = cuts[words[i]], words[i], article.tagged.tags[i]
        if i and article.tagged.has(i - 1, "scope", "negation") and not any(t.form == "noun" for t in tags):
            continue
        speech = next((t for t in tags if t.tag == "speech" and t.value in _TOLD), None)
        if speech is not None:
            if _speaks(article, parties, i, speech):
                yield i, speech
            continue
        if cut is None:
            continue
        stem = word[cut:]
        if stem in answers and _quotes(article, i + 1):
            yield i, Tag("speech", "answer", stem, "past", 1, cut)
        elif stem in tellers and any(p.kind in _SPEAKERS for p in parties.within(i + 1, i + 3)):
            yield i, Tag("speech", "say", stem, "past", 1, cut)
        elif stem in refusals and _refuses(article, i + 1):
            yield i, Tag("speech", "deny", stem, "past", 1, cut)


def _quotes(article: Article, at: int) -> bool:
    """Whether "that", a colon or a quotation follows, before another verb or the end of the clause."""
    _, last = article.sentence(at - 1)
    words, tags = article.tagged.tokens.words, article.tagged.tags
    for k in range(at, min(last, at + 9)):
        if words[k] in _OPENING or any(t.tag == "link" and t.value == "that" for t in tags[k]):
            return True
        if words[k] in _ENDS or any(t.tag == "event" and t.form in ("past", "present") for t in tags[k]):
            return False
    return False


def _refuses(article: Article, at: int) -> bool:
    """Whether what is refused is an accusation or a claim."""
    _, last = article.sentence(at - 1)
    claims = article.tagged.lexicon.among("claimed")
    return any(claims[word] is not None for word in article.tagged.tokens.words[at : min(last, at + 9)])


def _speaks(article: Article, parties: Parties, i: int, speech: Tag) -> bool:
    """Whether a verb that can mean another thing is one of speech: what is said follows, or a body that only speaks."""
    if speech.form not in ("past", "present") or speech.lemma not in article.tagged.lexicon.labels["loose_speech"]:
        return True
    _, last = article.sentence(i)
    tags = article.tagged.tags
    stop = i + speech.width
    if _quotes(article, stop):
        return True
    near = parties.within(stop, min(last, stop + 3))
    tolls = any(t.tag == "loss" for k in range(stop, min(last, stop + 9)) for t in tags[k])
    return any(p.kind in ("claimant", "organisation") or tolls and p.kind in _SPEAKERS for p in near)


def _own_subject(article: Article, parties: Parties, at: int, speech: Tag) -> bool:
    """Whether a subject that is no known party stands behind a verb of speech."""
    if speech.form not in ("past", "present") or at >= len(article.tagged.tags) or parties.within(at, at + 1):
        return False
    word, tags = article.tagged.tokens.words[at], article.tagged.tags[at]
    return word[0].isalpha() and (not tags or any(t.tag in ("organ", "person") for t in tags)) and len(word) > 2


def _going_on(article: Article, parties: Parties, found: Sequence[Speech], i: int, speech: Tag) -> Party | None:
    """Who speaks where a speech word has no subject of its own.

    The last speaker of its sentence, else the party that the sentence begins with, else the last speaker of the
    sentences just before, in the same paragraph.
    """
    first, _ = article.sentence(i)
    if speech.value == "deny" and (hasty := _hasty(article, parties, first, i)):
        return hasty
    last = next((s for s in reversed(found) if s.speaker and s.value != "deny"), None)
    if last and last.at >= first:
        return last.speaker
    verb = speech.form in ("past", "present")
    lead = next((p for p in parties.within(first, min(i, first + 5)) if p.kind in _SPEAKERS), None)
    if verb and lead and lead.kind != "claimant" and lead.stop < i:
        return lead
    if last is None or speech.value == "deny" and not verb:
        return None
    gap = article.tagged.tokens.sentence_of[i] - article.tagged.tokens.sentence_of[last.at]
    apart = "\n" in article.tagged.tokens.words[last.at : i]
    return None if apart or gap > 2 else last.speaker


def _hasty(article: Article, parties: Parties, first: int, i: int) -> Party | None:
    """Who "hastened to deny": the party before "to" and the infinitive."""
    if not any(t.tag == "prep" and t.value == "to" for t in article.tagged.tags[i - 1]):
        return None
    ahead = [p for p in parties.within(max(first, i - 8), i) if p.kind in _SPEAKERS or p.kind == "latent"]
    return ahead[-1] if ahead else None


def _speaker(
    article: Article, parties: Parties, found: Sequence[Speech], i: int, stop: int, value: str, form: str
) -> Party | None:
    first, last = article.sentence(i)
    limit = _that(article, parties, stop, last)
    behind = [p for p in parties.within(stop, limit) if _may_speak(article, p, stop)]
    if value == "according":
        return _weightiest(article, behind) if behind else _unnamed_state(article, parties, found, stop, limit)
    ahead = [
        p
        for p in parties.within(max(first, i - 9), i)
        if p.stop <= i and (p.kind in _SPEAKERS or p.kind == "latent" and i - p.stop <= 1)
    ]
    bare = not any(t.cut for t in article.tagged.tags[i] if t.tag == "speech") or _topic(article, first)
    verb = form in ("past", "present")
    if verb and ahead and bare and _next_to(article, ahead[-1].stop, i):
        return ahead[-1]
    if value == "accuse" and len(behind) == 1 and _accused(article, behind[0]):
        return None
    if behind:
        return _weightiest(article, behind)
    if verb and (unnamed := _unnamed_state(article, parties, found, stop, limit)):
        return unnamed
    return ahead[-1] if ahead and verb and bare else None


def _next_to(article: Article, stop: int, at: int) -> bool:
    """Whether a verb follows its subject with no more than a word between."""
    return at - stop <= 2 and all(w[0].isalnum() or w in _QUOTES for w in article.tagged.tokens.words[stop:at])


def _accused(article: Article, party: Party) -> bool:
    """Whether a party behind a verb of accusing is what is accused: the deed follows at once ("of shelling")."""
    tags = article.tagged.tags
    return party.stop < len(tags) and any(t.cut and t.tag in ("event", "loss") for t in tags[party.stop])


def _may_speak(article: Article, party: Party, stop: int) -> bool:
    """Whether a party behind a speech word ending at ``stop`` can be who speaks.

    An adjective speaks for its state where only the words for a body stand between.
    """
    gap = party.first - stop
    if party.kind in _SPEAKERS:
        return gap <= 9
    if party.kind == "latent":
        return gap <= 1
    between = range(stop, party.first)
    return (
        party.kind == "people"
        and 1 <= gap <= 5
        and not any(article.tagged.tokens.words[k] in _ENDS for k in between)
        and not any(
            t.tag in ("event", "loss", "prep", "person", "number") for k in between for t in article.tagged.tags[k]
        )
    )


def _topic(article: Article, first: int) -> bool:
    """Whether a sentence names its subject first ("as for X, it said")."""
    tags = article.tagged.tags
    return any(t.tag == "link" and t.value == "contrast" for k in (first, first + 1) if k < len(tags) for t in tags[k])


def _unnamed_state(article: Article, parties: Parties, found: Sequence[Speech], stop: int, limit: int) -> Party | None:
    """Name the state of a bare "ministry" or "army".

    It is the body that spoke last where the words point back ("the ministry", "the same source"), else the state of
    the place that the sentence tells of, else the one told of in its sentence or last before.
    """
    near = range(stop, min(limit, stop + 4))
    tags = article.tagged.tags
    organs = [(k, t) for k in near for t in tags[k] if t.tag == "organ" and t.value in ("state", "office", "force")]
    source = [k for k in near for t in tags[k] if t.tag == "speech" and t.form == "noun"]
    if not organs and not source:
        return None
    first, last = article.sentence(stop)
    if not organs:
        spoke = [s.speaker for s in found if s.speaker is not None]
        return spoke[-1] if spoke else None
    spoke = [s.speaker for s in found if s.speaker is not None and s.value != "deny"]
    armed = _armed(article, organs) or _forces(article, organs[0])
    if armed and any(_definite(article, k, t) for k, t in organs[:1]):
        bodies = ("group",) if _forces(article, organs[0]) else ("state", "region")
        acting = [p for p in parties.within(first, stop) if p.kind in bodies] or [p for p in spoke if p.kind in bodies]
        acting = acting or [p for p in parties.within(0, first) if p.kind == "group" and p.kind in bodies]
        acting = acting or [p for p in spoke if p.kind in ("state", "region")]
        if acting:
            return acting[-1]
    if not armed and (home := _at_home(article, parties, first, last)):
        return home
    named = [p for p in parties.within(0, stop) if p.kind in ("state", "people", "region")]
    here = [p for p in named if p.first >= first]
    places = [article.mentions[k] for k in article.mentions_in(first, stop) if article.mentions[k].role == "location"]
    countries = {m.place.country for m in places if m.place is not None}
    near_home = [p for p in named if p.country in countries]
    earlier = [p for p in named if p.first < first and p.kind != "people"]
    best = near_home[-1:] or here[:1] or earlier[-1:]
    return best[0] if best else None


def _armed(article: Article, organs: Sequence[tuple[int, Tag]]) -> bool:
    """Whether a body is one of soldiers, which may tell of another country."""
    soldiers = article.tagged.lexicon.labels.get("armies", ())
    return any(t.lemma in soldiers for k, _ in organs for t in article.tagged.tags[k] if t.tag == "organ")


def _at_home(article: Article, parties: Parties, first: int, last: int) -> Party | None:
    """The authorities of the place that a sentence tells of."""
    for k in article.mentions_in(first, last):
        mention, at = article.mentions[k], article.mention_first[k]
        if mention.role != "location" or mention.place is None:
            continue
        held = [p for p in parties.within(at, at + 1) if p.kind in ("latent", "region", "state")]
        own = [
            p for p in parties.found if p.country == mention.place.country and p.kind in ("state", "people", "latent")
        ]
        if held or own:
            return (held or own)[0]
    return None


def _forces(article: Article, organ: tuple[int, Tag]) -> bool:
    """Whether a word for a body means irregulars as well as soldiers: "the forces", not "the army"."""
    return any(t.tag == "organ" and t.value == "force" for t in article.tagged.tags[organ[0]]) and organ[
        1
    ].lemma not in article.tagged.lexicon.labels.get("armies", ())


def _definite(article: Article, at: int, tag: Tag) -> bool:
    """Whether a noun has the article: "the ministry", of which the text has told."""
    the = article.tagged.lexicon.labels["article"]
    return article.tagged.tokens.words[at][max(0, tag.cut - len(the)) :].startswith(the)


def _that(article: Article, parties: Parties, at: int, last: int) -> int:
    """Where the reported clause begins: at "that", a colon, a quotation mark or another speech word."""
    words, tags = article.tagged.tokens.words, article.tagged.tags
    named = {k for p in parties.within(at, last) for k in range(p.first, p.stop)}
    for k in range(at, last):
        if k in named or any(t.tag == "speech" and t.value == "according" for t in tags[k]):
            continue
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
    if len(speeches.ranked) != 1:
        return None
    return next(s.speaker for s in reversed(speeches.found) if s.speaker is not None)


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
    return article.tagged.first("link", "contrast", end, at) is None


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
            return _weightiest(article, named) if named else None
    return None


def _state_name(party: Party) -> bool:
    """A country or capital that may stand for its government; an area's name at a line's head is only a heading."""
    return party.kind == "latent" and party.country is not None


def _weightiest(article: Article, named: Sequence[Party]) -> Party:
    """Of several parties before a colon or behind a verb: the first, but of a mere channel its source."""
    first = named[0]
    if first.kind != "claimant":
        return first
    words = article.tagged.tokens.words
    for p in named[1:]:
        apposed = p.first - first.stop <= 1
        cited = any(t.tag == "prep" and t.value == "from" for t in article.tagged.tags[p.first - 1]) or any(
            t.tag == "speech" and t.value == "according"
            for k in range(first.stop, p.first)
            for t in article.tagged.tags[k]
        )
        if p.kind != "claimant" and (apposed or cited or words[first.stop - 1] == ":"):
            return p
    return first


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
    tail = next((w for w in reversed(words[first:stop]) if w != "\n"), "")
    named = [p for p in parties.within(first, stop) if p.kind in _SPEAKERS or _state_name(p)]
    if tail == ":" and named:
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
