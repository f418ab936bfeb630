"""What a name stands for where it stands: the place itself, its government, its people, or background.

The decision is statistical by nature, so a linear model over the tags around the name makes it; the weights are data.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.dates import When
from geomap.gazetteer import Gazetteer
from geomap.geoparse.candidates import NameIndex, Span
from geomap.linear import Linear
from geomap.tagging import Tagged

CLASSES = ("location", "actor", "nationality", "background", "none")

#: Tags that tell how a sentence stands to what it tells.
_SENTENCE_TAGS = frozenset({"scope", "event", "loss", "speech", "time", "state"})
_NEAR_TAGS = frozenset({"class", "organ", "event", "speech", "person", "prep", "scope", "loss", "link", "hint", "title", "time", "weapon", "party"})


class SentenceView(NamedTuple):
    """Features that all names of one sentence share, and those of each of its clauses."""

    features: tuple[str, ...]
    whens: tuple[When, ...]


def sentence_view(tagged: Tagged, number: int, whens: Sequence[When], published: date | None) -> SentenceView:
    """Cues anywhere in the sentence."""
    tokens = tagged.tokens
    first, stop = tokens.sentences[number]
    found: set[str] = set()
    for i in range(first, stop):
        for t in tagged.tags[i]:
            if t.tag == "event" or t.tag == "loss":
                found.add(f"s:{t.tag}.{t.value}")
                found.add("s:violence" if t.value in _VIOLENT else "s:other-event")
            elif t.tag in ("scope", "state"):
                found.add(f"s:{t.tag}.{t.value}")
            elif t.tag == "speech" and t.value in ("ask", "deny", "accuse"):
                found.add(f"s:speech.{t.value}")
        word = tokens.words[i]
        if len(word) == 4 and word.isdigit() and "1800" < word < "2100" and published and int(word) < published.year:
            found.add("s:old-year")
    mine = tuple(w for w in whens if first <= w.first < stop)
    found |= {f"s:t={time_label(w, published)}" for w in mine}
    if not mine:
        found.add("s:t=none")
    if number == 0:
        found.add("s:first")
    if number == len(tokens.sentences) - 1:
        found.add("s:last")
    found.add(f"s:len{min(4, (stop - first) // 12)}")
    found.add(f"s:w1={tokens.words[first]}")
    return SentenceView(tuple(sorted(found)), mine)


def time_label(when: When, published: date | None) -> str:
    """A time expression as a feature: its kind, and whether it is new, past or to come."""
    if when.start is None:
        return when.kind
    if published and when.start > published:
        return "coming"
    age = when.age(published)
    return f"{when.kind}:{'new' if age is not None and age <= 2 else 'past'}"


_VIOLENT = frozenset("shelling airstrike attack clash fire explosion mine capture shootdown destroy killed injured raid".split())


def features(
    tagged: Tagged, spans: list[Span], j: int, roles: list[str], view: SentenceView, gazetteer: Gazetteer, index: NameIndex
) -> list[str]:
    """Names of the features that hold for span ``j``; ``roles`` are those given to the spans before it."""
    span = spans[j]
    words, tags = tagged.tokens.words, tagged.tags
    i, stop = span.first, span.stop
    kind = _kind(span, gazetteer, index)
    out = ["b", f"k={kind}", f"name={span.key}"]
    for analysis in index.lexicon.analyses(words[i])[:1]:
        for entry in analysis.entries[:3]:
            out.append(f"lex={entry.tag}.{entry.value}|{stop - i > 1}")
    if span.kind in ("unknown", "variant"):
        out += (f"shape={span.kind}|{span.key[:2]}", f"shape={span.kind}|{span.key[-2:]}", f"len={min(8, len(span.key))}|{span.kind}")
    clitic = words[i][: span.cut]
    if clitic:
        out += (f"cl={clitic}", f"cl={clitic}|{kind}")
    p1 = words[i - 1] if i else "^"
    p2 = words[i - 2] if i > 1 else "^"
    n1 = words[stop] if stop < len(words) else "$"
    n2 = words[stop + 1] if stop + 1 < len(words) else "$"
    out += (f"p1={p1}", f"p2={p2}", f"n1={n1}", f"n2={n2}", f"p1={p1}|{kind}", f"n1={n1}|{kind}", f"p21={p2} {p1}")
    _tags_near(out, tags, i - 1, "p1", kind)
    _tags_near(out, tags, i - 2, "p2", "")
    _tags_near(out, tags, i - 3, "p3", "")
    _tags_near(out, tags, stop, "n1", kind)
    _tags_near(out, tags, stop + 1, "n2", "")
    if j:
        _neighbour(out, words, spans[j - 1], span, roles[j - 1], kind, clitic)
    if j + 1 < len(spans) and spans[j + 1].first - stop <= 2:
        out.append(f"next={_kind(spans[j + 1], gazetteer, index)}|{n1 if spans[j + 1].first > stop else 'adj'}")
    for f in view.features:
        out.append(f)
        out.append(f"{f}|{kind}")
    if i <= 3:
        out.append(f"dateline={i}|{kind}|{n1}")
    _clause(out, tagged, i, stop, kind)
    return out


_OPENS = frozenset({"contrast", "relative", "that", "addition"})


def _clause(out: list[str], tagged: Tagged, i: int, stop: int, kind: str) -> None:
    """The clause around the name: its first word and cues, the nearest preposition and event on either side."""
    tags, words = tagged.tags, tagged.tokens.words
    first, last = tagged.tokens.sentences[tagged.tokens.sentence_of[i]]
    begin, prep, event = first, "", ""
    quotes = 0
    for k in range(i - 1, first - 1, -1):
        if words[k] == '"':
            quotes += 1
        for t in tags[k]:
            if not prep and t.tag == "prep" and i - k <= 4:
                prep = f"{t.value}{i - k}"
            elif not event and t.tag in ("event", "loss"):
                event = f"{t.value}.{t.form}.{'near' if i - k <= 5 else 'far'}"
            if t.tag == "scope" or t.tag == "speech" and t.value in ("ask", "deny"):
                out.append(f"<{t.value}")
                if begin == first:
                    out.append(f"<c{t.value}|{kind}")
            if begin == first and t.tag == "link" and t.value in _OPENS:
                begin = k
        if begin == first and words[k] in ",،:;؛(" and k + 1 < i:
            begin = k + 1
    out += (f"c1={words[begin]}", f"c1={words[begin]}|{kind}", f"pp={prep}|{kind}", f"ev<{event}", f"ev<{event}|{kind}")
    out += [f"c1t={t.tag}.{t.value}|{t.form}" for t in tags[begin]]
    if quotes % 2:
        out.append("quoted")
    for k in range(stop, min(last, stop + 8)):
        mark = next((t for t in tags[k] if t.tag in ("event", "loss", "speech")), None)
        if mark:
            out.append(f"ev>{mark.value}.{mark.form}|{kind}")
            break


def _tags_near(out: list[str], tags: list[tuple], i: int, where: str, kind: str) -> None:  # type: ignore[type-arg]
    if 0 <= i < len(tags):
        for t in tags[i]:
            if t.tag in _NEAR_TAGS:
                out.append(f"{where}t={t.tag}.{t.value}")
                if kind:
                    out.append(f"{where}t={t.tag}.{t.value}|{kind}")
                    out.append(f"{where}t={t.tag}|{kind}|{t.form}")


def _neighbour(out: list[str], words: list[str], before: Span, span: Span, role: str, kind: str, clitic: str) -> None:
    gap = span.first - before.stop
    if gap == 0:
        out.append(f"adj={before.kind}.{role}")
        if clitic:
            out.append(f"conj={role}|{kind}")
    elif gap <= 2:
        between = " ".join(words[before.stop : span.first])
        out.append(f"gap={between}|{role}")
    elif gap <= 6:
        out.append(f"prev={role}")


def _kind(span: Span, gazetteer: Gazetteer, index: NameIndex) -> str:
    if span.kind == "demonym":
        return "weak-demonym" if span.key in index.weak_demonyms else "demonym"
    if span.kind in ("unknown", "border") or not span.places:
        return span.kind
    best = max((gazetteer.places[p] for p in span.places), key=lambda p: (p.feature_code == "PCLI", p.feature_code == "PPLC", p.population))
    kind = "capital" if best.feature_code == "PPLC" else feature_of(best.feature_code)
    if best.needs_cue:
        kind += "-cue"
    return kind + ("-variant" if span.kind == "variant" else "")


def decide(model: Linear, names: list[str]) -> tuple[str, float, list[float]]:
    """The likeliest class of one span, its probability, and all probabilities."""
    shares = model.probabilities(names)
    best = max(range(len(shares)), key=shares.__getitem__)
    return model.classes[best], shares[best], shares
