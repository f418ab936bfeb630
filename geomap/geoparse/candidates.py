"""Where names of places and peoples stand in the tokens, before anything decides what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from geomap.gazetteer import Gazetteer, Name
from geomap.lexicon import Lexicon
from geomap.tagging import Tagged
from geomap.text import fold_name


class Span(NamedTuple):
    """A candidate mention: tokens ``first`` to ``stop``, letters of clitics before it, and what it may name.

    ``kind`` is ``name``, ``demonym``, ``border`` (a border without a name), ``variant`` (a name by its consonants only)
    or ``unknown`` (a word behind a place noun that no gazetteer has).
    """

    first: int
    stop: int
    cut: int
    kind: str
    key: str
    places: tuple[str, ...]


class _Opening(NamedTuple):
    cut: int
    names: tuple[Name, ...]
    demonym: str | None
    stem: str


@dataclass(slots=True)
class NameIndex:
    """Names of a gazetteer as one language writes them, with a memo per written word."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    demonyms: dict[str, str] = field(default_factory=dict)
    weak_demonyms: set[str] = field(default_factory=set)
    skeletons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _memo: dict[str, tuple[_Opening, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        suffixes = self.lexicon.demonym_affixes.get("suffixes", ("",))
        language = self.lexicon.language
        for place in self.gazetteer:
            for stem in place.demonyms.get(language, ()):
                self._add_demonym(stem, place.id, suffixes)
        skeletons: dict[str, set[str]] = {}
        for place in self.gazetteer:
            for name in place.names.get(language, ()):
                key = skeleton(fold_name(name), self.lexicon)
                if len(key) >= 4:
                    skeletons.setdefault(key, set()).add(place.id)
        self.skeletons = {k: tuple(sorted(v)) for k, v in skeletons.items()}

    def _add_demonym(self, stem: str, place_id: str, suffixes: tuple[str, ...]) -> None:
        bare = fold_name(stem.strip("=*"))
        forms = [bare] if stem.startswith("=") else [bare + s for s in suffixes] + [bare[:-1] + s for s in ("",) if s]
        for form in forms:
            self.demonyms.setdefault(form, place_id)
            if "*" in stem:
                self.weak_demonyms.add(form)

    def conjunction(self, word: str) -> int:
        """1 where the word may begin with a glued conjunction, else 0."""
        return int(word[:1] in self.lexicon.labels.get("conjunction_letters", ""))

    def opens_compound(self, stem: str) -> bool:
        """Whether a name of two words may begin with this one."""
        return stem in self.lexicon.labels.get("compound_openers", ())

    def openings(self, word: str) -> tuple[_Opening, ...]:
        """Names and demonyms that can begin with this written word, fewest clitics first."""
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > 200_000:
                self._memo.clear()
            known = self._memo[word] = tuple(self._openings(word))
        return known

    def _openings(self, word: str) -> Iterator[_Opening]:
        if not word[0].isalpha():
            return
        is_word = any(a.cut == 0 and a.entries for a in self.lexicon.analyses(word))
        for cut, stem in self.lexicon.stems(word):
            if cut and is_word:
                continue
            names = self.gazetteer.starting_with(stem)
            demonym = self.demonyms.get(stem)
            if names or demonym:
                yield _Opening(cut, names, demonym, stem)


_VOWELS = frozenset("اويه")


def skeleton(key: str, lexicon: Lexicon) -> str:
    """Consonants of a name: what its spellings in another script have in common."""
    same = lexicon.labels.get("skeleton", {})
    return "".join(same.get(c, c) for c in key if c not in same.get("drop", "") and c != " ")


def find_spans(tagged: Tagged, index: NameIndex) -> list[Span]:
    """Candidate mentions in order, none overlapping another: the longest at each token wins."""
    words = tagged.tokens.words
    found: list[Span] = []
    i, count = 0, len(words)
    openings = index.openings
    memo = index._memo
    while i < count:
        word = words[i]
        heads = memo.get(word)
        if heads is None:
            heads = openings(word)
        if heads:
            span = _longest(words, i, heads)
            if span:
                found.append(span)
                i = span.stop
                continue
        border = next((t for t in tagged.tags[i] if t.tag == "class" and t.value == "border"), None)
        if border:
            found.append(Span(i, i + border.width, border.cut, "border", words[i][border.cut :], ()))
            i += border.width
            continue
        strange = _strange(tagged, i, found[-1] if found else None, index)
        if strange:
            found.append(strange)
            i = strange.stop
            continue
        i += 1
    return found


def _strange(tagged: Tagged, i: int, before: Span | None, index: NameIndex) -> Span | None:
    """A name that no gazetteer writes so: another spelling by its consonants, or a word behind a place noun."""
    word = tagged.tokens.words[i]
    if len(word) < 3 or not word.isalpha() or tagged.tags[i]:
        return None
    cut = index.conjunction(word)
    stem = word[cut:]
    if cut and (len(stem) < 3 or index.lexicon.analyses(stem)):
        cut, stem = 0, word
    behind_noun = i > 0 and _asks_for_name(tagged, i - 1)
    in_list = before is not None and _continues(tagged, before, i, cut)
    stop = i + 1
    if (behind_noun or in_list) and index.opens_compound(stem) and stop < len(tagged.tokens.words) and tagged.tokens.words[stop].isalpha():
        return Span(i, stop + 1, cut, "unknown", f"{stem} {tagged.tokens.words[stop]}", ())
    key = skeleton(stem, index.lexicon)
    places = index.skeletons.get(key, ()) if len(stem) >= 5 and len(key) >= 4 else ()
    if places and len(places) <= 3:
        return Span(i, stop, cut, "variant", stem, places)
    if behind_noun or in_list:
        return Span(i, stop, cut, "unknown", stem, ())
    return None


def _asks_for_name(tagged: Tagged, i: int) -> bool:
    """A place noun in the construct: it has no article."""
    article = tagged.lexicon.labels.get("article", "")
    for t in tagged.tags[i]:
        if t.tag == "class" and t.value not in ("around", "border"):
            return not (article and tagged.tokens.words[i][: t.cut].endswith(article)) and not t.lemma.startswith(article)
    return False


def _continues(tagged: Tagged, before: Span, i: int, cut: int) -> bool:
    """Whether token ``i`` goes on a list that a place noun opened."""
    gap = tagged.tokens.words[before.stop : i]
    if not (gap == [] and cut or gap in ([","], ["،"])):
        return False
    if before.kind == "unknown":
        return True
    return before.kind == "name" and any(_asks_for_name(tagged, k) for k in range(max(0, before.first - 5), before.first))


def _longest(words: list[str], i: int, heads: tuple[_Opening, ...]) -> Span | None:
    best: Span | None = None
    for head in heads:
        for name in head.names:
            stop = _match(words, i + 1, name.rest)
            if stop and (best is None or stop > best.stop):
                best = Span(i, stop, head.cut, "name", name.key, name.places)
                break
        if head.demonym and (best is None or best.stop == i + 1 and best.cut > head.cut):
            best = Span(i, i + 1, head.cut, "demonym", head.stem, (head.demonym,))
    return best


def _match(words: list[str], at: int, rest: tuple[str, ...]) -> int:
    """Token behind the name, or 0; a line break or a hyphen inside a name does not matter."""
    for want in rest:
        if at < len(words) and words[at] in "\n-" and want not in "\n-":
            at += 1
        if at >= len(words) or words[at] != want:
            return 0
        at += 1
    return at
