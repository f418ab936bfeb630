"""Which of the parties at hand reports an event: a ranked choice among them, "the article itself" included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.parties.named import Parties, Party
from geomap.extract.speech.bulletins import Running
from geomap.extract.speech.channels import passed_on
from geomap.extract.speech.claimants import over_the_line, said_behind, talked_of
from geomap.extract.speech.signatures import signed
from geomap.extract.speech.words import Speech, Speeches, reporter_name
from geomap.lazy import lazy
from geomap.linear import Linear

#: The candidate that stands for the article's own voice.
ARTICLE = ""
_SPEAKING = frozenset({"state", "region", "group", "organisation", "claimant"})
_SECOND = 0.5
#: Tokens before a party in which its title stands.
_TITLE = 4
#: Nobody less likely is named as the claimant: the article tells it itself.
OWN_VOICE = 0.1


@dataclass(frozen=True)
class Hearing:
    """What is known of who speaks when an event's claimant is looked for."""

    article: Article
    event: Event
    parties: Parties
    speeches: Speeches
    running: Running
    by_rule: Sequence[str]
    before: str
    denied_by: Sequence[str]
    attacker: str
    holders: Sequence[str]

    @lazy
    def here(self) -> Sequence[Speech]:
        """Speech words of the event's sentence."""
        return self.speeches.within(*self.article.sentence(self.event.heads[0].first))

    @lazy
    def ties(self) -> tuple[tuple[str, Sequence[str]], ...]:
        """What ties somebody to the event, and whom."""
        speaker, bulletin = self.running
        colon = over_the_line(self.article, self.event, self.parties, self.speeches)
        return (
            ("rule", self.by_rule[:1]),
            ("running", [reporter_name(speaker)] if speaker else ()),
            ("bulletin", [reporter_name(bulletin)] if bulletin else ()),
            ("before", [self.before]),
            ("talk", [self.talk]),
            ("colon", [reporter_name(colon)] if colon else ()),
            ("signed", [reporter_name(self.signature)] if self.signature else ()),
            ("attacker", [self.attacker]),
            ("denier", self.denied_by),
            ("holder", self.holders),
            ("ours", [self.speeches.partisan.ours]),
            ("enemy", [self.speeches.partisan.enemy]),
        )

    @lazy
    def signature(self) -> Party | None:
        """Who signs the line in which nobody speaks."""
        if self.here:
            return None
        return signed(self.article, self.parties, self.speeches.found, self.event.heads[-1].stop)

    @lazy
    def pointed(self) -> str:
        """Who the next sentence says told it, where nobody speaks in its own; empty for none."""
        told = (
            None
            if self.here
            else said_behind(self.article, self.speeches, self.article.sentence(self.event.heads[0].first)[1])
        )
        return reporter_name(told) if told else ARTICLE

    @lazy
    def talk(self) -> str:
        """Who spread what is denied; empty for none."""
        if not self.denied_by:
            return ARTICLE
        return talked_of(self.article, self.event, self.parties, self.speeches.partisan.enemy)

    @lazy
    def tied(self) -> dict[str, list[str]]:
        """What ties each to the event that anything does."""
        found: dict[str, list[str]] = {}
        for tie, whom in self.ties:
            for name in dict.fromkeys(whom):
                found.setdefault(name, []).append(tie)
        return found

    @lazy
    def named(self) -> list[tuple[Party, str]]:
        """Parties named in the event's sentence, with what each is called as a claimant."""
        here = self.parties.within(*self.article.sentence(self.event.heads[0].first))
        return [(party, reporter_name(party)) for party in here]

    @lazy
    def around(self) -> tuple[dict[str, int], tuple[int, str] | None, str]:
        """Who spoke before the event, each with the last token, the last one last; who speaks next; the only voice."""
        head = self.event.heads[0].first
        last: dict[str, int] = {}
        following = None
        for speech, name in self.speeches.voices:
            if speech.at > head:
                following = speech.at, name
                break
            last.pop(name, None)
            last[name] = speech.at
        names = {name for _, name in self.speeches.voices}
        return last, following, names.pop() if len(names) == 1 else ARTICLE

    @lazy
    def said(self) -> list[tuple[Speech, str]]:
        """Speech words of the event's sentence, with the name of who speaks; empty where nobody does."""
        return [(s, reporter_name(s.speaker) if s.speaker is not None else ARTICLE) for s in self.here]

    @lazy
    def nearest(self) -> Speech | None:
        """The speech word last before the event in its sentence, else the first behind it."""
        return _nearest(self.here, self.event.heads[0].first)

    @lazy
    def discourse(self) -> list[str]:
        """How the event's sentence joins those before, as features."""
        return _discourse(self, self.event.heads[0].first)

    @lazy
    def taking(self) -> str:
        """Whether the event's sentence takes a side itself, or the article elsewhere."""
        return _taking_sides(self, self.event.heads[0].first)


def candidates(hearing: Hearing) -> list[str]:
    """Names that may report the event, those of its sentence first, the article's own voice last."""
    here = [name for p, name in hearing.named if p.kind in _SPEAKING or p.kind in ("latent", "people")]
    going = [reporter_name(p) for p in (hearing.running.speaker, hearing.running.bulletin) if p]
    found = [
        *hearing.by_rule,
        hearing.talk,
        *here,
        *going,
        *([hearing.before] if hearing.before else []),
        *hearing.speeches.ranked[:3],
        *hearing.parties.ranked[:3],
        *hearing.holders,
        hearing.speeches.partisan.ours,
        "media reports",
        *(["witnesses"] if any(s.speaker is None and s.value != "deny" for s in hearing.here) else []),
    ]
    # a medium that passes on what another says is no claimant beside him
    carried = {
        reporter_name(s.speaker) for s in hearing.here if s.speaker and passed_on(hearing.article, s, hearing.here)
    }
    left_out = {*hearing.denied_by, *(carried - set(hearing.by_rule))}
    return [*dict.fromkeys(n for n in found if n and n not in left_out), ARTICLE]


def features(hearing: Hearing, name: str) -> list[str]:
    """How one candidate stands to the event."""
    head, end = hearing.event.heads[0].first, hearing.event.heads[-1].stop
    here = hearing.here
    rule = hearing.by_rule[0] if hearing.by_rule else ARTICLE
    if name == ARTICLE:
        return _own_voice(hearing, here, rule, head)
    out = ["b", f"rule={hearing.by_rule.index(name) if name in hearing.by_rule else 'no'}"]
    ties = hearing.tied.get(name, [])
    tied = "+".join(ties)
    out += ties
    out.append(f"ties={tied}")
    mine = [party for party, called in hearing.named if called == name]
    out += sorted({f"kind={p.kind}" for p in mine}) if mine else ["elsewhere"]
    speaking = [s for s, called in hearing.said if called == name]
    for s in speaking:
        where = "before" if s.at <= head else "behind" if s.at >= end else "within"
        out += [f"says={s.value}|{where}", f"says={where}|{min(3, abs(s.at - head) // 6)}", f"form={s.form}|{where}"]
        if s is hearing.nearest:
            out.append("nearest-speech")
    if mine and not speaking:
        out.append(f"silent|{mine[0].kind}|{'before' if mine[0].first < head else 'behind'}")
        out.append(f"near={min(4, min(abs(p.first - head) for p in mine) // 4)}|silent")
    out += _history(hearing, name, head, "speech" if here else "quiet")
    if mine and any(_in_parens(hearing.article, p) for p in mine):
        out.append("in-parens")
    if not here:
        out += [f"quiet|{t}" for t in ties] or ["quiet|none"]
        out += [f"{d}|{t}" for d in hearing.discourse for t in ties if t in _GOING_ON]
    out.append(f"name={name}" if name in ("media reports", "witnesses", "medical sources") else "named")
    out.append(f"{tied}|{'speech' if here else 'quiet'}|{'speaks' if speaking else 'silent'}")
    taking = hearing.taking
    rank = hearing.parties.rank.get(name)
    if taking != "neutral":
        out.append(f"{taking}|{'silent' if mine and not speaking else 'out'}|{'low' if rank is None else min(2, rank)}")
    if ties:
        out += [f"{taking}|{t}|{'speaks' if speaking else 'silent'}" for t in ties if t in ("ours", "enemy")]
    if hearing.denied_by:
        out.append(f"denied|{tied}")
    return out


def _discourse(hearing: Hearing, head: int) -> list[str]:
    """How an event's sentence joins those before: what it opens with, a new paragraph, what had happened before."""
    article = hearing.article
    first, last = article.sentence(head)
    words, tags = article.tagged.tokens.words, article.tagged.tags
    opening = next((t for k in (first, first + 1) if k < last for t in tags[k] if t.tag in _OPENERS), None)
    joined = article.tagged.has_conjunction(first)
    out = [f"opens={opening.tag}.{opening.value if opening.tag == 'link' else ''}" if opening else "opens=other"]
    out.append("joined" if joined else "bare")
    if first and words[first - 1] == "\n":
        out.append("paragraph")
    if any(t.tag == "scope" and t.value == "pluperfect" for k in range(first, head) for t in tags[k]):
        out.append("pluperfect")
    return [*out, f"voiced={hearing.speeches.voiced}"]


#: Ties by which a speaker of other sentences may speak on.
_GOING_ON = frozenset({"rule", "running", "bulletin", "before"})
_OPENERS = frozenset({"link", "prep", "time", "event", "weekday"})


def _taking_sides(hearing: Hearing, head: int) -> str:
    """Whether the event's sentence takes a side itself, or the article elsewhere."""
    partisan = hearing.speeches.partisan
    here = hearing.article.tagged.tokens.sentence_of[head] in partisan.sentences
    return "sided-here" if here else "sided" if partisan.sentences else "neutral"


def _history(hearing: Hearing, name: str, head: int, now: str) -> list[str]:
    """When a candidate spoke last before the event, and whether it is the one that spoke last or speaks next."""
    sentence_of = hearing.article.tagged.tokens.sentence_of
    last, following, only = hearing.around
    at = last.get(name)
    out = [f"ago={min(3, sentence_of[head] - sentence_of[at])}|{now}" if at is not None else f"ago=never|{now}"]
    if at is not None and next(reversed(last)) == name:
        out.append(f"last-voice|{now}")
    if following and following[1] == name:
        out.append(f"next-voice|{min(2, sentence_of[following[0]] - sentence_of[head])}|{now}")
    if only == name:
        out.append(f"only-voice|{now}")
    return out


def _in_parens(article: Article, party: Party) -> bool:
    """Whether a party, with no more than its title, stands in brackets: a source behind its news."""
    words = article.tagged.tokens.words
    opens = range(max(0, party.first - _TITLE), party.first)
    return "(" in words[opens.start : opens.stop] and ")" in words[party.stop : party.stop + 2]


def _nearest(here: Sequence[Speech], head: int) -> Speech | None:
    ahead = [s for s in here if s.at <= head]
    return ahead[-1] if ahead else (here[0] if here else None)


def _own_voice(hearing: Hearing, here: Sequence[Speech], rule: str, head: int) -> list[str]:
    out = [
        "own",
        f"own|rule={'none' if rule == ARTICLE else 'some'}",
        f"own|before={'some' if hearing.before else 'none'}",
    ]
    out.append(f"own|speech={'yes' if here else 'no'}|{'some' if rule else 'none'}")
    out.append(f"own|running={'yes' if hearing.running.goes_on() else 'no'}")
    out.append(f"own|type={hearing.event.sub_event_type}")
    out.append(f"own|sentence={min(3, hearing.article.tagged.tokens.sentence_of[head])}")
    out.append(f"own|{hearing.taking}")
    out += [f"own|{d}|{'speech' if here else 'quiet'}" for d in hearing.discourse]
    if any(s.at <= head for s in here):
        out.append("own|speech-before")
    if any(s.value == "according" for s in here):
        out.append("own|according")
    return out


class Chosen(NamedTuple):
    """Who reports an event, and how likely the first of them does; nobody for the article's own voice."""

    names: tuple[str, ...]
    share: float


def choose(model: Linear, hearing: Hearing) -> Chosen:
    """The claimants: the likeliest, and a second one where it is likely too."""
    if hearing.pointed:
        return Chosen((hearing.pointed,), 1.0)
    yes = model.classes.index("yes")
    scored = [
        (model.probabilities(features(hearing, name))[yes], -k, name) for k, name in enumerate(candidates(hearing))
    ]
    scored.sort(reverse=True)
    scored = [x for x in scored if x[2] != ARTICLE and x[0] >= OWN_VOICE]
    if not scored:
        return Chosen((), 0.0)
    share, _, best = scored[0]
    others = [name for share, _, name in scored[1:3] if share >= _SECOND]
    return Chosen((best, *others[:1]), share)
