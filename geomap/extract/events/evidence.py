"""What an event's words say together about its type: its losses, what is done to what, what is missing, the text's war.

Fire on soldiers is a fight, on a shepherd an attack on a civilian; a drone strikes or is lost: one word does not tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geomap.extract.events.deeds import AIMS, CIVIL, DEEDS, MEANS
from geomap.extract.losses import Loss
from geomap.memo import Memo
from geomap.tagging import Tags, mark

if TYPE_CHECKING:
    from geomap.extract.article import Article
    from geomap.extract.events.heads import Head

#: Things and people that a word of an event is paired with.
_PAIRED = frozenset({"weapon", "person", "class", "body"})
#: Whose absence tells something too.
_MISSED = ("weapon", "person", "class", "party")
_TELLING = frozenset({*_PAIRED, *_MISSED, "target"})
_NOTED, _EVENT = mark(*_TELLING), mark("event")
_PERSON, _WEAPON = mark("person"), mark("weapon")
#: A text is about the events that make up more than this share of its others,
_SHARE = 0.15
#: and about the weapons it names so often beside.
_OFTEN = 2


def evidence(article: Article, heads: Sequence[Head], losses: Sequence[Loss], first: int, stop: int) -> Iterator[str]:
    """Features of what an event's tokens ``first`` to ``stop`` say together; ``losses`` are those found in them."""
    values = sorted({v for h in heads for v in h.values})
    yield from _lost(losses, values)
    tags, marks = article.tagged.tags, article.tagged.marks
    noted = {x for k in range(first, stop) if marks[k] & _NOTED for x in _NOTED_OF[tags[k]]}
    for tag, value in noted:
        if tag in _PAIRED:
            yield from (f"cj={v}&{tag}.{value}" for v in values)
    named = {tag for tag, _ in noted}
    for tag in _MISSED:
        if tag not in named:
            yield f"no-{tag}"
            yield from (f"no-{tag}|{v}" for v in values)
    yield from _about(article, heads)
    yield from _clues(article, noted, losses, values, first, stop)
    yield from _untold(article, heads, values)


def _noted_of(tags: Tags) -> tuple[tuple[str, str], ...]:
    return tuple((t.tag, t.value) for t in tags if t.tag in _TELLING)


_NOTED_OF: Memo[Tags, tuple[tuple[str, str], ...]] = Memo(_noted_of)


def _lost(losses: Sequence[Loss], values: Sequence[str]) -> Iterator[str]:
    """Whether people or things were lost, and which."""
    things, fates = {x.kind for x in losses if not x.person}, {x.kind for x in losses if x.person}
    statuses = {x.status for x in losses if x.person}
    yield f"lo={'things' if things else ''}{'people' if fates else ''}"
    yield from (f"lot={kind}" for kind in things)
    yield from (f"lop={kind}" for kind in fates)
    yield from (f"los={status}" for status in statuses)
    if things and not fates:
        yield from (f"lo=things|{v}" for v in values)
    if fates:
        yield from (f"lo=people|{v}" for v in values)
        yield from (f"los={status}|{v}" for v in values for status in statuses)


def _clues(
    article: Article,
    noted: set[tuple[str, str]],
    losses: Sequence[Loss],
    values: Sequence[str],
    first: int,
    stop: int,
) -> Iterator[str]:
    """Who fell, what was aimed at, by what means and by what kind of deed, together: few kinds, each seen often."""
    fell = "+".join(sorted({x.status for x in losses if x.person})) or "-"
    # what was lost is no means
    lost = {k for x in losses if not x.person for k in range(x.first, x.stop)}
    tags, marks = article.tagged.tags, article.tagged.marks
    armed = (k for k in range(first, stop) if marks[k] & _WEAPON and k not in lost)
    used = {MEANS[t.value] for k in armed for t in tags[k] if t.tag == "weapon" and t.value in MEANS}
    means = "+".join(sorted(used)) or "-"
    aims = {aim for n in noted if (aim := AIMS.get(n))}
    if "town" not in aims and any(
        article.named[m] == ("location", "settlement") for m in article.mentions_in(first, stop)
    ):
        aims.add("at")
    if any(t == "target" and v in CIVIL for t, v in noted):
        aims.add("civil")
    aim = "+".join(sorted(aims)) or "-"
    deed = "+".join(sorted({DEEDS.get(v, "other") for v in values}))
    yield f"fm={fell}|{means}"
    yield f"fa={fell}|{aim}"
    yield f"ma={means}|{aim}"
    yield f"fd={fell}|{deed}"
    yield f"md={means}|{deed}"
    yield f"ad={aim}|{deed}"
    yield f"fmd={fell}|{means}|{deed}"
    yield f"fad={fell}|{aim}|{deed}"
    yield f"mad={means}|{aim}|{deed}"
    yield f"fma={fell}|{means}|{aim}"


#: Kinds of deed of whose words none tells how it was done.
_VAGUE = frozenset({"loss", "attack"})


def _untold(article: Article, heads: Sequence[Head], values: Sequence[str]) -> Iterator[str]:
    """Where an event's own words do not say how it was done: what the text told just before and at its head."""
    deeds = {DEEDS.get(v, "other") for v in values}
    if not deeds <= _VAGUE:
        return
    deed = "+".join(sorted(deeds))
    number = article.tagged.tokens.sentence_of[heads[0].first]
    first, _ = article.tagged.tokens.sentences[number]
    tags, marks = article.tagged.tags, article.tagged.marks
    same = sorted(
        {t.value for k in range(first, heads[0].first) if marks[k] & _EVENT for t in tags[k] if t.tag == "event"}
    )
    yield from (f"un={deed}|same={v}" for v in same)
    for back in (1, 2):
        if number >= back and (told := article.telling(number - back)):
            yield from (f"un={deed}|{back}={v}" for v in told)
            break
    if number:
        yield from (f"un={deed}|lead={v}" for v in article.telling(0))
        before, behind = article.tagged.tokens.sentences[number - 1]
        people = {t.value for k in range(before, behind) if marks[k] & _PERSON for t in tags[k] if t.tag == "person"}
        yield from (f"un={deed}|p={v}" for v in sorted(people))


def _about(article: Article, heads: Sequence[Head]) -> Iterator[str]:
    """Which events and weapons the rest of the text tells of most."""
    tags = article.tagged.tags
    events, weapons = article.told
    own = [t for h in heads for k in range(h.first, h.stop) for t in tags[k]]
    rest = dict(events)
    for t in own:
        if t.tag == "event":
            rest[t.value] -= 1
    least = _SHARE * max(1, sum(rest.values()))
    yield from [f"doc={value}" for value, n in rest.items() if n > least]
    mine = Counter([t.value for t in own if t.tag == "weapon"])
    yield from [f"docw={value}" for value, n in weapons.items() if n >= _OFTEN + mine[value]]
