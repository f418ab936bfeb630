"""Who denies an event that somebody else tells of."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.extract.claimants import Speech, Speeches, reporter_name
from geomap.extract.events import Event
from geomap.extract.heads import Article
from geomap.extract.parties import Parties, Party

#: Kinds of event that one denial may name by each other's words.
_FAMILIES = (
    frozenset("shelling airstrike attack fire explosion raid clash target launch".split()),
    frozenset("capture withdraw enter control".split()),
    frozenset("shootdown destroy".split()),
)
#: Sentences back that a denial may reach: of what it names, and where it only points back.
_NAMED, _POINTED = 4, 2


def denials(article: Article, events: Sequence[Event], parties: Parties, speeches: Speeches) -> dict[int, list[str]]:
    """Index of the event -> who denies it.

    A denial belongs to the event told inside its own clause; else to the last event before it that its words repeat;
    else, where it only points back ("denied this"), to the last event before it. What somebody denies and tells
    himself is not denied: he speaks of something else.
    """
    found: dict[int, list[str]] = {}
    for s in speeches.found:
        if s.value != "deny" or _doubted(article, s):
            continue
        denier = s.speaker or _before(article, parties, s)
        if denier is None:
            continue
        name = reporter_name(denier)
        for k in _denied(article, events, s, speeches, name):
            names = found.setdefault(k, [])
            if name not in names:
                names.append(name)
    return found


def _doubted(article: Article, s: Speech) -> bool:
    """Whether a word that can deny only doubts or rules out what may come."""
    weak = article.tagged.lexicon.labels.get("weak_denials", ())
    return all(t.lemma in weak for t in article.tagged.tags[s.at] if t.tag == "speech" and t.value == "deny")


def _before(article: Article, parties: Parties, s: Speech) -> Party | None:
    """The party named last before a denial in its sentence."""
    first, _ = article.sentence(s.at)
    here = [p for p in parties.within(first, s.at) if p.kind in ("state", "region", "group", "organisation")]
    return here[-1] if here else None


def _denied(article: Article, events: Sequence[Event], s: Speech, speeches: Speeches, denier: str) -> list[int]:
    end = _clause_end(article, s, speeches)
    inside = [k for k, e in enumerate(events) if s.at < e.heads[0].first < end]
    if inside and not _relative(article, s):
        return inside[:1]
    before = [k for k, e in enumerate(events) if e.heads[0].first < s.at and not _tells(article, e, speeches, denier)]
    sentence_of = article.tagged.tokens.sentence_of
    gap = {k: sentence_of[s.at] - sentence_of[events[k].heads[0].first] for k in before}
    values = _values(article, s.stop, end)
    if not _relative(article, s) and values:
        echo = [k for k in before if gap[k] <= _NAMED and values & _family(v for h in events[k].heads for v in h.values)]
        return echo[-1:]
    if _points_back(article, s, end):
        near = [k for k in before if gap[k] <= _POINTED]
        return near[-1:]
    return []


def _clause_end(article: Article, s: Speech, speeches: Speeches) -> int:
    """Where what is denied ends: at a contrast, at the next word of saying, or with the sentence."""
    _, last = article.sentence(s.at)
    tags = article.tagged.tags
    saying = [x.at for x in speeches.within(s.stop, last) if x.value != "deny" and x.form != "noun" and x.value != "claim"]
    stop = min([last, *saying])
    contrast = (k for k in range(s.stop, stop) if any(t.tag == "link" and t.value == "contrast" for t in tags[k]))
    return next(contrast, stop)


def _relative(article: Article, s: Speech) -> bool:
    """Whether a verb of denying stands in a relative clause: "which it denied"."""
    tags = article.tagged.tags
    return any(t.tag == "speech" and t.form in ("past", "present") for t in tags[s.at]) and any(
        article.tagged.tokens.words[k] in article.tagged.lexicon.words("relative_words")
        for k in range(max(0, s.at - 2), s.at)
    )


def _points_back(article: Article, s: Speech, end: int) -> bool:
    """Whether a denial names nothing, or only "this", "the report", "any responsibility"."""
    if _relative(article, s):
        return True
    tokens = article.tagged.tokens.words[s.stop : end]
    lexicon = article.tagged.lexicon
    pointing = lexicon.words("pointing_back")
    if any(stem in pointing for word in tokens for _, stem in lexicon.stems(word)):
        return True
    return sum(word[0].isalpha() for word in tokens) <= 3


def _tells(article: Article, event: Event, speeches: Speeches, name: str) -> bool:
    """Whether an event is what somebody says in its sentence."""
    first, last = article.sentence(event.heads[0].first)
    here = [s for s in speeches.within(first, last) if s.value != "deny" and s.speaker is not None]
    before = [s for s in here if s.at <= event.heads[0].first and s.value != "according"]
    by = before[-1:] or [s for s in here if s.value == "according"][:1]
    return any(s.speaker is not None and reporter_name(s.speaker) == name for s in by)


def _family(values: object) -> set[str]:
    found = set(values)  # type: ignore[call-overload]
    return found.union(*(f for f in _FAMILIES if f & found)) if found else found


def _values(article: Article, first: int, last: int) -> set[str]:
    """What the words of a token range may tell."""
    return {
        t.value if t.tag == "event" else f"loss-{t.value}"
        for k in range(first, last)
        for t in article.tagged.tags[k]
        if t.tag in ("event", "loss")
    }
