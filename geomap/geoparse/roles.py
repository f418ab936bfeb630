"""What a name stands for where it stands: the place itself, its government, its people, or background.

The decision is statistical by nature, so a linear model over the tags around the name makes it; the weights are data.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from geomap.dates import When
from geomap.geoparse.candidates import Span
from geomap.geoparse.names import NameIndex
from geomap.linear import Features, Linear, Namer
from geomap.memo import Memo
from geomap.punctuation import COMMAS, SEMICOLONS
from geomap.tagging import DIGIT, NO_TAGS, SIGN, Tagged, Tags, mark

CLASSES = ("location", "actor", "nationality", "background", "none")

_NEAR_TAGS = frozenset(
    {
        "class",
        "organ",
        "event",
        "speech",
        "person",
        "prep",
        "scope",
        "loss",
        "link",
        "hint",
        "title",
        "time",
        "weapon",
        "party",
    }
)


class SentenceView(NamedTuple):
    """Features that all names of one sentence share, and its time expressions."""

    features: tuple[str, ...]
    whens: tuple[When, ...]


class ArticleView(NamedTuple):
    """How much of one article plays in each country."""

    countries: Mapping[str, str]


#: The share of an article's names from which on a country is one that the article is about, in tenths.
_MUCH = 4


def article_view(countries: Mapping[str, float]) -> ArticleView:
    """What all names of an article share, by the share of its names that lie in each country."""
    most = max(countries.values(), default=0.0)
    return ArticleView(
        {code: "most" if share == most else str(min(_MUCH, int(share * 10))) for code, share in countries.items()}
    )


_CUES = mark("event", "loss", "scope", "state", "speech") | DIGIT


def sentence_view(tagged: Tagged, number: int, whens: Sequence[When], published: date | None) -> SentenceView:
    """Cues anywhere in the sentence."""
    tokens = tagged.tokens
    first, stop = tokens.sentences[number]
    found: set[str] = set()
    for i, marks in enumerate(tagged.marks[first:stop], first):
        if marks & _CUES:
            found.update(_CUES_OF[tagged.tags[i]])
            if marks & DIGIT and published and _is_old_year(tokens.words[i], published):
                found.add("s:old-year")
    mine = tuple([w for w in whens if first <= w.first < stop])
    found.update([f"s:t={time_label(w, published)}" for w in mine] or ["s:t=none"])
    if number == 0:
        found.add("s:first")
    if number == len(tokens.sentences) - 1:
        found.add("s:last")
    found.add(f"s:len{min(4, (stop - first) // 12)}")
    found.add(f"s:w1={tokens.words[first]}")
    return SentenceView(tuple(sorted(found)), mine)


def _is_old_year(word: str, published: date) -> bool:
    return len(word) == 4 and word.isdecimal() and "1800" < word < "2100" and int(word) < published.year


def _cues_of(tags: Tags) -> tuple[str, ...]:
    """What a token tells about its whole sentence."""
    found: list[str] = []
    for t in tags:
        if t.tag in ("event", "loss"):
            found += (f"s:{t.tag}.{t.value}", "s:violence" if t.value in _VIOLENT else "s:other-event")
        elif t.tag in ("scope", "state") or t.tag == "speech" and t.value in ("ask", "deny", "accuse"):
            found.append(f"s:{t.tag}.{t.value}")
    return tuple(found)


_CUES_OF: Memo[Tags, tuple[str, ...]] = Memo(_cues_of)


def time_label(when: When, published: date | None) -> str:
    """A time expression as a feature: its kind, and whether it is new, past or to come."""
    if when.start is None:
        return when.kind
    if published and when.start > published:
        return "coming"
    age = when.age(published)
    return f"{when.kind}:{'new' if age is not None and age <= 2 else 'past'}"


_VIOLENT = frozenset(
    "shelling airstrike attack clash fire explosion mine capture shootdown destroy killed injured raid".split()
)


def features(
    tagged: Tagged,
    spans: list[Span],
    j: int,
    roles: list[str],
    view: SentenceView,
    article: ArticleView,
    index: NameIndex,
) -> Features:
    """The features that hold for span ``j``; ``roles`` are those given to the spans before it."""
    i, stop, cut, how, key, _ = span = spans[j]
    words, tags = tagged.tokens.words, tagged.tags
    kind = kind_of(span, index)
    word, last = words[i], len(words) - 1
    clitic = word[:cut]
    # what stands outside of the quotes around a name tells more of it than they do
    if words[i - 1] == _QUOTE:
        i, stop, glued = outside_quotes(words, i, stop)
        clitic = clitic or glued
    p1, p1_tags = (words[i - 1], tags[i - 1]) if i else ("^", NO_TAGS)
    p2, p2_tags = (words[i - 2], tags[i - 2]) if i > 1 else ("^", NO_TAGS)
    n1, n1_tags = (words[stop], tags[stop]) if stop <= last else ("$", NO_TAGS)
    n2, n2_tags = (words[stop + 1], tags[stop + 1]) if stop < last else ("$", NO_TAGS)
    one: _One = [
        (_itself, (kind, key, how, clitic, index.meanings[word], span.stop - span.first > 1)),
        (_just_before, (p1, p1_tags, kind)),
        (_two_before, (p2, p2_tags)),
        (_just_behind, (n1, n1_tags, kind)),
        (_two_behind, (n2, n2_tags)),
        (_home, (_share(span, index, article), kind)),
    ]
    if how == "name" and key[:-1] in index.demonyms:
        one.append((_as_adjective, (index.agreement[p1], key[-1])))
    if i > 2 and tags[i - 3]:
        one.append((_three_before, tags[i - 3]))
    if j:
        before = spans[j - 1]
        if i - before.stop <= _NEIGHBOUR:
            _, behind, _ = outside_quotes(words, before.first, before.stop)
            _neighbour(one, words, before.kind, behind, i, roles[j - 1], kind, clitic)
    if j + 1 < len(spans):
        after = spans[j + 1]
        if after.first - stop <= _QUOTED:
            begins, _, _ = outside_quotes(words, after.first, after.stop)
            if begins - stop <= _NEXT:
                one.append((_next, (kind_of(after, index), n1 if begins > stop else "adj")))
    if i < span.first:
        one.append((_in_quotes, kind))
    if i <= 3:
        one.append((_dateline, (i, kind, n1)))
    _clause(one, tagged, i, stop, kind)
    return Features(one, [(_SENTENCE_AND[kind], view.features)], [f"p21={p2} {p1}", f"name={key}"])


def outside_quotes(words: Sequence[str], first: int, stop: int) -> tuple[int, int, str]:
    """A name's tokens with the quotes that stand just around it, and the clitic that is glued to the first of them."""
    if not first or stop >= len(words) or words[first - 1] != _QUOTE or words[stop] != _QUOTE:
        return first, stop, ""
    first, stop = first - 1, stop + 1
    if first and len(words[first - 1]) == 1 and words[first - 1].isalpha():
        return first - 1, stop, words[first - 1]
    return first, stop, ""


_QUOTE = '"'
#: Tokens from the name before that still tell of a name, with the quote behind it; to the name behind, without and with
#: the quote and the clitic before it.
_NEIGHBOUR, _NEXT, _QUOTED = 7, 2, 4

#: A feature: what names it, and with what.
_One = list[tuple[Namer, Hashable]]


def _itself(named: tuple[str, str, str, str, tuple[str, ...], bool]) -> list[str]:
    kind, key, how, clitic, meanings, wide = named
    out = ["b", f"k={kind}", *(f"lex={meaning}|{wide}" for meaning in meanings)]
    if how in ("unknown", "variant"):
        out += (f"shape={how}|{key[:2]}", f"shape={how}|{key[-2:]}", f"len={min(8, len(key))}|{how}")
    if clitic:
        out += (f"cl={clitic}", f"cl={clitic}|{kind}")
    return out


def _share(span: Span, index: NameIndex, article: ArticleView) -> str:
    """How much of the article plays in the country of a name; nothing where that may be several."""
    code = index.lands[span.places]
    return code if code == "?" else article.countries.get(code, "0")


def _home(at: tuple[str, str]) -> list[str]:
    return [f"home={at[0]}", f"home={at[0]}|{at[1]}"]


def _as_adjective(at: tuple[str, str]) -> list[str]:
    """A name that is written like an adjective of a people, by what the word before it would agree with."""
    return [f"agrees={at[0]}|{at[1]}"]


def _just_before(at: tuple[str, Tags, str]) -> list[str]:
    word, tags, kind = at
    return [f"p1={word}", f"p1={word}|{kind}", *_tags_near(tags, "p1", kind)]


def _two_before(at: tuple[str, Tags]) -> list[str]:
    return [f"p2={at[0]}", *_tags_near(at[1], "p2")]


def _three_before(tags: Tags) -> list[str]:
    return _tags_near(tags, "p3")


def _just_behind(at: tuple[str, Tags, str]) -> list[str]:
    word, tags, kind = at
    return [f"n1={word}", f"n1={word}|{kind}", *_tags_near(tags, "n1", kind)]


def _two_behind(at: tuple[str, Tags]) -> list[str]:
    return [f"n2={at[0]}", *_tags_near(at[1], "n2")]


def _tags_near(tags: Tags, where: str, kind: str = "") -> list[str]:
    out: list[str] = []
    for t in tags:
        if t.tag in _NEAR_TAGS:
            out.append(f"{where}t={t.tag}.{t.value}")
            if kind:
                out += (f"{where}t={t.tag}.{t.value}|{kind}", f"{where}t={t.tag}|{kind}|{t.form}")
    return out


def _sentence_and(kind: str) -> Namer:
    """Names a feature of the sentence, and the same with the kind of the name."""
    return lambda feature: (feature, f"{feature}|{kind}")


#: One namer for each kind, as hardly two sentences tell the same as a whole.
_SENTENCE_AND: Memo[str, Namer] = Memo(_sentence_and)


def _next(at: tuple[str, str]) -> list[str]:
    return [f"next={at[0]}|{at[1]}"]


def _in_quotes(kind: str) -> list[str]:
    return ["in-quotes", f"in-quotes|{kind}"]


def _dateline(at: tuple[int, str, str]) -> list[str]:
    return [f"dateline={at[0]}|{at[1]}|{at[2]}"]


def _neighbour(
    one: _One, words: list[str], before: str, behind: int, first: int, role: str, kind: str, clitic: str
) -> None:
    """The name just before, of which the first token behind it is given, by its role."""
    gap = first - behind
    if gap == 0:
        one.append((_adjacent, (before, role, kind if clitic else "")))
    elif gap <= 2:
        one.append((_gap, (" ".join(words[behind:first]), role)))
    elif gap <= 6:
        one.append((_previous, role))


def _adjacent(at: tuple[str, str, str]) -> list[str]:
    before, role, kind = at
    return [f"adj={before}.{role}", f"conj={role}|{kind}"] if kind else [f"adj={before}.{role}"]


def _gap(at: tuple[str, str]) -> list[str]:
    return [f"gap={at[0]}|{at[1]}"]


def _previous(role: str) -> list[str]:
    return [f"prev={role}"]


_OPENS = frozenset({"contrast", "relative", "that", "addition"})
_IN_CLAUSE = mark("prep", "event", "loss", "scope", "speech", "link")
_TOLD_BY = _IN_CLAUSE | SIGN
_MARKS_OF_CLAUSE = COMMAS | SEMICOLONS | frozenset(":(")
_FOLLOWS = mark("event", "loss", "speech")


def _clause(one: _One, tagged: Tagged, i: int, stop: int, kind: str) -> None:
    """The clause around the name: its first word and cues, the nearest preposition and event on either side."""
    tags, words, marks = tagged.tags, tagged.tokens.words, tagged.marks
    first, last = tagged.tokens.sentences[tagged.tokens.sentence_of[i]]
    begin, prep, event = first, "", ""
    quotes = 0
    for k in [k for k in range(i - 1, first - 1, -1) if marks[k] & _TOLD_BY]:
        if marks[k] & _IN_CLAUSE:
            for t in tags[k]:
                if not prep and t.tag == "prep" and i - k <= 4:
                    prep = f"{t.value}{i - k}"
                elif not event and t.tag in ("event", "loss"):
                    event = f"{t.value}.{t.form}.{'near' if i - k <= 5 else 'far'}"
                if t.tag == "scope" or t.tag == "speech" and t.value in ("ask", "deny"):
                    one.append((_scope, (t.value, kind if begin == first else "")))
                if begin == first and t.tag == "link" and t.value in _OPENS:
                    begin = k
        elif words[k] == '"':
            quotes += 1
        if begin == first and words[k] in _MARKS_OF_CLAUSE and k + 1 < i:
            begin = k + 1
    one.append((_opening, (words[begin], tags[begin], kind)))
    one.append((_before, (prep, event, kind)))
    if quotes % 2:
        one.append((_quoted, None))
    for k in range(stop, min(last, stop + 8)):
        if marks[k] & _FOLLOWS:
            one.append((_follows, (tags[k], kind)))
            break


def _scope(at: tuple[str, str]) -> list[str]:
    value, kind = at
    return [f"<{value}", f"<c{value}|{kind}"] if kind else [f"<{value}"]


def _opening(at: tuple[str, Tags, str]) -> list[str]:
    word, tags, kind = at
    return [f"c1={word}", f"c1={word}|{kind}", *(f"c1t={t.tag}.{t.value}|{t.form}" for t in tags)]


def _before(at: tuple[str, str, str]) -> list[str]:
    prep, event, kind = at
    return [f"pp={prep}|{kind}", f"ev<{event}", f"ev<{event}|{kind}"]


def _quoted(_: None) -> list[str]:
    return ["quoted"]


def _follows(at: tuple[Tags, str]) -> list[str]:
    mark = next(t for t in at[0] if t.tag in ("event", "loss", "speech"))
    return [f"ev>{mark.value}.{mark.form}|{at[1]}"]


def kind_of(span: Span, index: NameIndex) -> str:
    """What a span may name, in a word."""
    return index.kinds[span.kind, span.key, span.places]


def heads_figures(tagged: Tagged, span: Span, index: NameIndex) -> bool:
    """Whether a name heads a line of figures, "the valley: 3 dead": where they fell, if it is finer than a state."""
    words, behind = tagged.tokens.words, span.stop
    if behind + 1 >= len(words) or words[behind] != ":" or not tagged.marks[behind + 1] & _FIGURE:
        return False
    first, _ = tagged.tokens.sentences[tagged.tokens.sentence_of[span.first]]
    opens = not any(word.isalpha() for word in words[first : span.first])
    return opens and kind_of(span, index) not in ("country", "capital")


_FIGURE = mark("number") | DIGIT


def decide(model: Linear, found: Features) -> tuple[str, float, list[float]]:
    """The likeliest class of one span, its probability, and all probabilities."""
    shares = model.probabilities(found)
    share = max(shares)
    return model.classes[shares.index(share)], share, shares


def likeliest_name(model: Linear, shares: Sequence[float]) -> tuple[str, float]:
    """The likeliest class of a span that is sure to be a name, and its share of what is left."""
    named = [(share, name) for share, name in zip(shares, model.classes, strict=True) if name != "none"]
    share, name = max(named)
    return name, share / (sum(s for s, _ in named) or 1.0)


def possible(span: Span, index: NameIndex, word: str, role: str, shares: Sequence[float], model: Linear) -> str:
    """The role, or the likeliest that a span's form allows: the name of a place is no nationality."""
    if role != "nationality" or span.kind != "name" or span.stop > span.first + 1:
        return role
    # A people's adjective may be written like the country with a letter of its case.
    stems = {stem for _, stem in index.lexicon.stems(word)} | {span.key[:-1]}
    if any(stem in index.demonyms for stem in stems):
        return role
    return max((share, name) for share, name in zip(shares, model.classes, strict=True) if name in _OF_NAMES)[1]


_OF_NAMES = frozenset({"actor", "location", "background"})
