"""Who says so, by rule: the speaker named beside an event, or the one who goes on."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.parties.named import CLAIMANTS, Parties, Party
from geomap.extract.speech.bodies import unnamed_state
from geomap.extract.speech.bulletins import stands_for_state
from geomap.extract.speech.channels import passed_on, weightiest
from geomap.extract.speech.signatures import signed
from geomap.extract.speech.words import SPEAKERS, Speech, Speeches, reporter_name

#: Tokens at a sentence's head within which "according to" tells all of it.
_OPENING = 2
#: Tokens at a sentence's head within which it points back: "that was said by X".
_POINTING = 3
#: Tokens behind a verb within which its subject ends.
_SUBJECT = 5
#: Tokens from a body to the colon behind it: whose it is, and a name.
_HEADING = 8
#: Kinds of party whose names hold words of war.
_NAMED = frozenset({"organisation", "group"})
#: Tokens before a deed within which stands what was rumoured of it.
_TALK = 12
_NEWS = frozenset({"event", "loss", "number"})


def reporters(
    article: Article, event: Event, parties: Parties, speeches: Speeches, running: Party | None, denied: bool
) -> list[str]:
    """Claimants of one event: named in its sentence, or the speaker who goes on; empty where the article asserts it."""
    first, last = article.sentence(event.heads[0].first)
    head, end = _told_from(event, parties), event.heads[-1].stop
    here = speeches.within(first, last)
    chosen: list[str] = []
    for s in here:
        inside = event.first <= s.at < event.stop or s.at - first <= _OPENING and s.at < head
        if s.value == "according" and (inside or s.at >= end and _same_stretch(article, end, s.at)):
            if _both(article, s):
                chosen += parties.ranked[:2]
                continue
            speaker = None if passed_on(article, s, here) else s.speaker or running
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
    elif chosen and (colon := _headline_speaker(article, parties, speeches, first, head)):
        chosen.insert(0, reporter_name(colon))
    elif not chosen:
        chosen += _other_ways(article, parties, speeches, here, first, head, end)
    if not chosen and not before and (pointing := said_behind(article, speeches, last)):
        chosen.append(reporter_name(pointing))
    if not chosen and not before:
        speaker = running or _only_speaker(speeches)
        if speaker is not None:
            # whom a text that takes a side calls the enemy speaks by his words only, the text for its own side
            ours, enemy, _ = speeches.partisan
            chosen.append(ours if ours and speaker.side == enemy else reporter_name(speaker))
    return list(dict.fromkeys(chosen))[:2]


def _told_from(event: Event, parties: Parties) -> int:
    """Where an event's first word stands that is no part of a body's name: "organisation for migration: …"."""
    heads = [head.first for head in event.heads]
    bodies = [p for p in parties.within(heads[0] - _SUBJECT, heads[-1]) if p.kind in _NAMED]
    return next((k for k in heads if not any(p.first <= k < p.stop for p in bodies)), heads[0])


def said_behind(article: Article, speeches: Speeches, stop: int) -> Party | None:
    """Who the next sentence says told what this one tells: "That was in a statement of X"."""
    words = article.tagged.tokens.words
    if stop >= len(words) or words[stop - 1] == "\n":
        return None
    _, last = article.sentence(stop)
    near = range(stop, min(last, stop + _POINTING))
    known = article.tagged.lexicon.among("bare_pointers")
    if not any(known[words[k]] is not None for k in near):
        return None
    behind = speeches.within(stop, stop + 2 * _POINTING)
    if any(s.value == "deny" for s in behind):
        return None
    return next((s.speaker for s in behind if s.speaker), None)


def _both(article: Article, s: Speech) -> bool:
    """Whether both sides speak: "according to the two sides"."""
    tags = article.tagged.tags
    return s.speaker is None and any(
        t.tag == "party" and t.value == "both" for k in range(s.stop, min(len(tags), s.stop + 4)) for t in tags[k]
    )


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
    article: Article,
    parties: Parties,
    speeches: Speeches,
    here: Sequence[Speech],
    first: int,
    head: int,
    end: int,
) -> list[str]:
    colon = _headline_speaker(article, parties, speeches, first, head) or signed(article, parties, speeches.found, end)
    if colon:
        return [reporter_name(colon)]
    for s in here:
        if s.speaker and s.at > head and _tells_of_it(article, s):
            return [reporter_name(s.speaker)]
        if (
            s.at >= end
            and s.value in ("say", "confirm", "claim", "admit", "accuse")
            and s.speaker
            and s.at - end <= 14
            and s.form in ("past", "present")
            # who is blamed behind a deed is blamed for it
            and (s.value == "accuse" or _closes(article, s))
        ):
            return [reporter_name(s.speaker)]
    return []


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


def _tells_of_it(article: Article, speech: Speech) -> bool:
    """Whether a verb goes on about what stands before it: "strikes on X, said Y that they killed two"."""
    if speech.form not in ("past", "present") or speech.value not in ("say", "claim", "confirm"):
        return False
    if article.tagged.has_conjunction(speech.at):
        return False
    _, last = article.sentence(speech.at)
    endings = tuple(article.tagged.lexicon.labels["possessives"])
    for k in range(speech.stop, min(last, speech.stop + _SUBJECT)):
        if any(t.tag == "link" and t.value == "that" for t in article.tagged.tags[k]):
            return article.tagged.tokens.words[k].endswith(endings)
    return False


def _may_head(article: Article, party: Party) -> bool:
    """Whether a party before a colon speaks; "province of X:" is only a heading."""
    heading = party.first > 0 and any(t.tag == "class" for t in article.tagged.tags[party.first - 1])
    if party.kind == "people" and party.first > 0:
        # "the X account: …"
        known = article.tagged.lexicon.among("claimed")
        return known[article.tagged.tokens.words[party.first - 1]] is not None
    return not heading and (party.kind in SPEAKERS or stands_for_state(party))


def talked_of(article: Article, event: Event, parties: Parties, enemy: str) -> str:
    """Who spread what is denied before it is told: "the reports of X on …", "what was rumoured of …"; empty for none.

    A text that takes a side calls the other one the enemy.
    """
    head = event.heads[0].first
    first, _ = article.sentence(head)
    words, lexicon = article.tagged.tokens.words, article.tagged.lexicon
    talk, of = lexicon.among("talk", "talked"), lexicon.among("talk_of")
    near = range(head - 1, max(first, head - _TALK) - 1, -1)
    start = next((k for k in near if talk[words[k]] is not None or _what_was_told(article, k)), None)
    if start is None:
        return ""
    stop = next((k for k in range(start + 1, head) if of[words[k]] is not None), head)
    named = [p for p in parties.within(start + 1, stop) if p.kind in SPEAKERS]
    if named:
        return reporter_name(named[-1])
    foes = lexicon.among("foes")
    return enemy if enemy and any(foes[words[k]] is not None for k in range(start + 1, stop)) else CLAIMANTS["media"]


def over_the_line(article: Article, event: Event, parties: Parties, speeches: Speeches) -> Party | None:
    """Who stands before a colon in an event's sentence, so that all behind it is what he tells."""
    first, _ = article.sentence(event.heads[0].first)
    return _headline_speaker(article, parties, speeches, first, _told_from(event, parties))


def _what_was_told(article: Article, k: int) -> bool:
    """Whether "what" stands before a verb of telling: "what channels have told of"."""
    tags = article.tagged.tags
    if not article.tagged.is_one(k, "what") or k + 1 >= len(tags):
        return False
    return any(t.tag == "speech" and t.value != "deny" and t.form in ("past", "present") for t in tags[k + 1])


def _headline_speaker(article: Article, parties: Parties, speeches: Speeches, first: int, head: int) -> Party | None:
    """Find the party before a colon: ``Ministry: …``; a body without a name speaks for its state."""
    for k in range(first, head):
        if article.tagged.tokens.words[k] == ":":
            named = [p for p in parties.within(first, k) if _may_head(article, p)]
            return weightiest(article, named) if named else _body_heading(article, parties, speeches, first, k)
    return None


def _body_heading(article: Article, parties: Parties, speeches: Speeches, first: int, colon: int) -> Party | None:
    """Whose body without a name stands before a colon, with no news beside it: "the governor: …"."""
    tags = article.tagged.tags
    body = next((k for k in range(first, colon) if any(t.tag == "organ" for t in tags[k])), None)
    if body is None or colon - body > _HEADING or any(t.tag in _NEWS for k in range(first, colon) for t in tags[k]):
        return None
    before = [s for s in speeches.found if s.at < first]
    return unnamed_state(article, parties, before, body, colon, speeches.partisan.ours)
