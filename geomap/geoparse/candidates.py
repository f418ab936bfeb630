"""Where names of places and peoples stand in the tokens, before anything decides what they mean."""

from __future__ import annotations

from typing import NamedTuple

from geomap.gazetteer import Gazetteer
from geomap.geoparse.names import Form, NameIndex, Opening, Stranger
from geomap.punctuation import COMMAS
from geomap.tagging import DIGIT, Tagged, mark
from geomap.text import past_words


class Span(NamedTuple):
    """A candidate mention: tokens ``first`` to ``stop``, letters of clitics before it, and what it may name.

    ``kind`` is ``name``, ``demonym``, ``border`` (a border without a name), ``variant`` (a name by its consonants only)
    or ``unknown`` (a word behind a place noun that no gazetteer has; its places, if any, have few of its consonants).
    """

    first: int
    stop: int
    cut: int
    kind: str
    key: str
    places: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether a place's name or demonym stands here as a gazetteer writes it, or a border."""
        return self.kind not in ("unknown", "variant")


_NOTHING = Form((), (), None, False)
_CLASS = mark("class")
_EVENT, _PLACED = mark("event"), mark("class", "prep")
#: What a verb of war may have as its object.
_OBJECTS = frozenset({"weapon", "person", "number"})
_OBJECT = mark(*_OBJECTS)


def find_spans(tagged: Tagged, index: NameIndex) -> list[Span]:
    """Candidate mentions in order, none overlapping another: the longest at each token wins."""
    words, tags, marks = tagged.tokens.words, tagged.tags, tagged.marks
    found: list[Span] = []
    stop = 0
    forms = map(index.forms.__getitem__, words)
    for i, form in [(i, form) for i, form in enumerate(forms) if form is not None or marks[i] & _CLASS]:
        if i < stop:
            continue
        openings, decoys, stranger, compound = form or _NOTHING
        if decoys and (passed := _decoy(words, i, decoys)):
            stop = passed
            continue
        span = _longest(words, i, openings) if openings and not _is_verb(tagged, i) else None
        if compound and (span is None or span.stop == i + 1) and names_follow(tagged, i):
            span = _compound(tagged, i, index) or span
        if span and openings:
            span = _as_adjective(tagged, span, openings, index.gazetteer)
        if span and _is_person(tagged, span, index):
            stop = span.stop + 1
            continue
        if span and (_is_agency(tagged, span, index) or _is_family_name(tagged, span, index)):
            stop = span.stop
            continue
        if span is None:
            if marks[i] & _CLASS:
                span = _border(tagged, i)
            elif stranger and not tags[i]:
                span = _strange(tagged, i, found[-1] if found else None, stranger, index)
        if span:
            found.append(span)
            stop = span.stop
    return found


def _decoy(words: list[str], i: int, decoys: tuple[tuple[str, ...], ...]) -> int:
    """Where a phrase ends that holds a place's name and names no place; 0 where none begins."""
    for rest in decoys:
        if tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
            return i + 1 + len(rest)
    return 0


def _is_verb(tagged: Tagged, i: int) -> bool:
    """Whether a word that may tell an event is its verb: what is hit stands right behind it, as its object."""
    behind = i + 1
    if behind >= len(tagged.tags) or not tagged.marks[i] & _EVENT or not tagged.marks[behind] & (_OBJECT | DIGIT):
        return False
    if not any(t.tag == "event" and t.form == "present" and not t.cut for t in tagged.tags[i]):
        return False
    before = tagged.marks[i - 1] if i else 0
    return not before & _PLACED and all(not t.cut for t in tagged.tags[behind] if t.tag in _OBJECTS)


def _is_person(tagged: Tagged, span: Span, index: NameIndex) -> bool:
    """Whether a name of one word is a first name: a family name stands behind it."""
    words, behind = tagged.tokens.words, span.first + 1
    if span.kind == "demonym" and span.cut or span.stop != behind:
        return False
    if behind >= len(words) or tagged.tags[behind] or names_follow(tagged, span.first):
        return False
    return index.is_surname(words[behind]) and not index.openings[words[behind]]


def _is_family_name(tagged: Tagged, span: Span, index: NameIndex) -> bool:
    """Whether a demonym by its ending is a family name: a word that nothing knows stands before it, a first name."""
    if span.kind != "demonym" or span.cut or not span.first or not index.is_surname(tagged.tokens.words[span.first]):
        return False
    before = tagged.tokens.words[span.first - 1]
    return before.isalpha() and not tagged.tags[span.first - 1] and not index.openings[before]


def _is_agency(tagged: Tagged, span: Span, index: NameIndex) -> bool:
    """Whether a name is that of a news agency: it stands between marks, as in a dateline, or behind who reports."""
    if span.stop > span.first + 1 or span.key not in index.agencies:
        return False
    words, behind = tagged.tokens.words, span.stop
    before = words[span.first - 1] if span.first else ""
    if before in _OPENS_SOURCE and behind < len(words) and words[behind] in _CLOSES_SOURCE:
        return True
    return bool(span.first) and bool(tagged.marks[span.first - 1] & _SPEECH or tagged.has(span.first - 1, *_MEDIA))


#: Marks between which the source of a report stands.
_OPENS_SOURCE, _CLOSES_SOURCE = frozenset("(/-[|"), frozenset(")/-]|")
_SPEECH, _MEDIA = mark("speech"), ("organ", "media")


def _border(tagged: Tagged, i: int) -> Span | None:
    for t in tagged.tags[i]:
        if t.tag == "class" and t.value == "border":
            return Span(i, i + t.width, t.cut, "border", tagged.tokens.words[i][t.cut :], ())
    return None


def _strange(tagged: Tagged, i: int, before: Span | None, stranger: Stranger, index: NameIndex) -> Span | None:
    """A name that no gazetteer writes so: another spelling by its consonants, or a word behind a place noun."""
    behind_noun = i > 0 and (tagged.marks[i - 1] & _CLASS or names_follow(tagged, i))
    close = before if before is not None and before.stop >= i - 1 else None
    if not (stranger.places or behind_noun or close):
        return None
    if i and tagged.tags[i - 1] and tagged.tags[i - 1][0].width > 1:
        return None
    if names_follow(tagged, i):
        return _named(tagged, i, stranger, index)
    cut, stem, places, _ = stranger
    asked = behind_noun and _asks_for_name(tagged, i - 1) or close is not None and _continues(tagged, close, i, cut)
    stop = i + 1
    if asked and index.opens_compound(stem) and stop < len(tagged.tags) and tagged.tokens.words[stop].isalpha():
        return Span(i, stop + 1, cut, "unknown", f"{stem} {tagged.tokens.words[stop]}", ())
    if places:
        return Span(i, stop, cut, "variant", stem, places)
    return Span(i, stop, cut, "unknown", stem, ()) if asked else None


def _compound(tagged: Tagged, i: int, index: NameIndex) -> Span | None:
    """A name of two words by its first one, which may be a word or a name by itself and opens such names."""
    words, stop = tagged.tokens.words, i + 1
    if stop >= len(words) or not words[stop].isalpha() or tagged.tags[stop]:
        return None
    both = f"{words[i]} {words[stop]}"
    return Span(i, stop + 1, 0, "unknown", both, index.alike(both))


def _named(tagged: Tagged, i: int, stranger: Stranger, index: NameIndex) -> Span:
    """A word behind a noun that a name follows: the word as it stands, or with the next one where places are alike."""
    word, stop = tagged.tokens.words[i], i + 1
    if stop < len(tagged.tags) and not tagged.tags[stop] and tagged.tokens.words[stop].isalpha():
        both = f"{word} {tagged.tokens.words[stop]}"
        if places := index.alike(both):
            return Span(i, stop + 1, 0, "unknown", both, places)
    return Span(i, stop, 0, "variant" if stranger.places else "unknown", word, stranger.whole)


def names_follow(tagged: Tagged, i: int) -> bool:
    """Whether the word before token ``i``, or before its quote, is a noun that nearly always has a name behind it."""
    noun = i - 2 if i > 1 and tagged.tokens.words[i - 1] == '"' else i - 1
    if not i or not tagged.marks[noun] & _CLASS or not _asks_for_name(tagged, noun):
        return False
    nouns = tagged.lexicon.labels.get("naming_nouns", ())
    word, tags = tagged.tokens.words[noun], tagged.tags[noun]
    return tags[0].width == 1 and any(t.tag == "class" and word[t.cut :] in nouns for t in tags)


def _asks_for_name(tagged: Tagged, i: int) -> bool:
    """A place noun in the construct: it has no article."""
    article = tagged.lexicon.labels.get("article", "")
    for t in tagged.tags[i]:
        if t.tag == "class" and t.value not in ("around", "border"):
            return not (article and tagged.tokens.words[i][: t.cut].endswith(article)) and not t.lemma.startswith(
                article
            )
    return False


def _continues(tagged: Tagged, before: Span, i: int, cut: int) -> bool:
    """Whether token ``i`` goes on a list that a place noun opened."""
    if not (before.stop == i and cut or before.stop == i - 1 and tagged.tokens.words[i - 1] in COMMAS):
        return False
    if before.kind == "unknown":
        return True
    return before.kind == "name" and any(
        _asks_for_name(tagged, k) for k in range(max(0, before.first - 5), before.first)
    )


#: A line break or a hyphen inside a name does not matter.
_PASSED = frozenset("\n-")


def _longest(words: list[str], i: int, heads: tuple[Opening, ...]) -> Span | None:
    best: Span | None = None
    behind = words[i + 1] if i + 1 < len(words) else ""
    mark_behind = behind in "\n-"
    for cut, names, demonym, stem in heads:
        for rest, key, places in names:
            if not rest:
                stop = i + 1
            elif mark_behind or rest[0] == behind:
                stop = past_words(words, i + 1, rest, _PASSED)
            else:
                continue
            if stop and (best is None or stop > best.stop):
                best = Span(i, stop, cut, "name", key, places)
                break
        if demonym and (best is None or best.stop == i + 1 and best.cut > cut):
            best = Span(i, i + 1, cut, "demonym", stem, (demonym,))
    return best


def _as_adjective(tagged: Tagged, span: Span, openings: tuple[Opening, ...], gazetteer: Gazetteer) -> Span:
    """The span; an easily mistaken name of one word is the adjective of another country behind a noun, if it may be."""
    i = span.first
    if span.kind != "name" or span.stop > i + 1 or not i or not tagged.tokens.words[i - 1].isalpha():
        return span
    if tagged.marks[i - 1] & _PLACED:
        return span
    for cut, _, demonym, stem in openings:
        if demonym is None or cut < span.cut:
            continue
        country = gazetteer.places[demonym].country
        if all((p := gazetteer.places[k]).needs_cue and p.country != country for k in span.places):
            return Span(i, i + 1, cut, "demonym", stem, (demonym,))
    return span
