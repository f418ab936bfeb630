"""Text as the later steps see it: folded letters with exact offsets back, tokens, sentences.

Folding unifies what writers use interchangeably (alef and hamza forms, digits, quotes, case) and drops what carries no
letter (harakat, tatweel, zero-width and bidi controls). The rules are data (``lexicons/letters.toml``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from geomap.errors import DataError
from geomap.memo import Memo
from geomap.paths import data_path


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and the way back.

    ``origin[i]`` is the offset in the original text of folded character ``i``; None where the two texts run in step.
    """

    text: str
    original: str
    origin: Sequence[int] | _Kept | None

    def start_of(self, index: int) -> int:
        """Original offset at which folded character ``index`` begins."""
        if self.origin is None:
            return index
        return self.origin[index] if index < len(self.origin) else len(self.original)

    def end_of(self, index: int) -> int:
        """Original offset just behind the folded characters before ``index``, with the marks that belong to them."""
        if self.origin is None:
            return index
        stop = self.origin[index] if index < len(self.origin) else len(self.original)
        begin = self.origin[index - 1] + 1 if index else 0
        # marks that were dropped belong to the letter before them, controls and spaces do not
        while begin < stop and unicodedata.combining(self.original[begin]):
            begin += 1
        return begin


@dataclass(frozen=True, slots=True)
class _Rules:
    """Letters to unify, as a table and as pairs; the pairs give the same where no letter of them is made by another."""

    table: dict[int, str]
    pairs: tuple[tuple[str, str], ...]
    dropped: re.Pattern[str]

    def unify(self, text: str) -> str:
        """The text with its letters unified and in lower case."""
        if not self.pairs or len(text) < _SHORT or _ACCENTED.search(text):
            return text.translate(self.table).lower()
        # a search for each letter is faster by far than a look at each letter
        for letter, to in self.pairs:
            if letter in text:
                text = text.replace(letter, to)
        return text.lower()


_SHORT = 100


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    path = data_path("lexicons/letters.toml")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        told = {ord(letter): to for letters, to in data["same"] for letter in letters}
        drop = data["drop"]
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DataError(
            str(path), f"not a letter table ({error})", "It needs `same` pairs and a `drop` string."
        ) from error
    chained = any(ord(letter) in told for to in told.values() for letter in to)
    pairs = () if chained else tuple((chr(letter), to) for letter, to in told.items())
    plain = {letter: to.translate(told) for letter, to in _without_accents(drop).items()}
    return _Rules(plain | told, pairs, re.compile(f"[{re.escape(drop)}]"))


#: Latin, Greek and Cyrillic letters that have their accent in them, signs that are such letters, and others.
_ACCENTED = re.compile("[\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff\u2100-\u214f]")


def _without_accents(drop: str) -> dict[int, str]:
    """Letters with an accent to those without, where the accent is dropped when it stands behind its letter."""
    gone = str.maketrans("", "", drop)
    letters = map(chr, (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000), *range(0x2100, 0x2150)))
    plain = {ord(c): unicodedata.normalize("NFD", c).translate(gone) for c in letters}
    return {letter: to for letter, to in plain.items() if len(to) == 1 and to != chr(letter)}


#: Characters whose compatibility form is longer or another one: presentation forms, full width, ligatures.
_COMPAT = re.compile(r"[\ufb00-\ufdff\ufe70-\ufeff\uff00-\uffef\u2460-\u24ff\u0130]")


def fold(text: str) -> Folded:
    """Unify letters and drop marks.

    Idempotent: folding a folded text changes nothing. Every folded character maps back to one original offset.
    """
    rules = _rules()
    if _COMPAT.search(text):
        return _fold_with_map(text, rules)
    cuts = [match.span() for match in rules.dropped.finditer(text)]
    kept = rules.dropped.sub("", text) if cuts else text
    folded = rules.unify(kept)
    if len(folded) != len(kept):
        return _fold_with_map(text, rules)
    return Folded(folded, text, _Kept(cuts, len(kept)) if cuts else None)


class _Kept:
    """Offsets of what is left of a text when cuts are made; few of them are ever asked for."""

    __slots__ = ("_behind", "_gone", "_length")

    def __init__(self, cuts: Sequence[tuple[int, int]], length: int) -> None:
        self._length = length
        #: What has gone up to each cut, and where the text goes on behind it.
        self._gone = [0, *accumulate(stop - start for start, stop in cuts)]
        self._behind = [start - gone for (start, _), gone in zip(cuts, self._gone, strict=False)]

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> int:
        if index >= self._length:
            raise IndexError(index)
        return index + self._gone[bisect_right(self._behind, index)]


def _fold_with_map(text: str, rules: _Rules) -> Folded:
    out: list[str] = []
    origin: list[int] = []
    place = 0
    for match in rules.dropped.finditer(text):
        _fold_piece(text, place, match.start(), rules, out, origin)
        place = match.end()
    _fold_piece(text, place, len(text), rules, out, origin)
    return Folded("".join(out), text, origin)


def _fold_piece(text: str, start: int, end: int, rules: _Rules, out: list[str], origin: list[int]) -> None:
    piece = text[start:end]
    folded = piece.translate(rules.table).lower()
    if len(folded) == len(piece) and not _COMPAT.search(piece):
        out.append(folded)
        origin.extend(range(start, end))
        return
    for index in range(start, end):
        plain = unicodedata.normalize("NFKC", text[index]).translate(rules.table).lower()
        plain = rules.dropped.sub("", plain)
        out.append(plain)
        origin.extend([index] * len(plain))


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """Folded form of a name, with single spaces: the key under which names are compared."""
    return " ".join(TOKEN.findall(fold(name).text))


def past_words(words: list[str], at: int, wanted: tuple[str, ...], passed: frozenset[str]) -> int:
    """Token behind these words from token ``at`` on, or 0; one mark of ``passed`` before a word does not matter."""
    for want in wanted:
        if at < len(words) and words[at] in passed and want not in passed:
            at += 1
        if at >= len(words) or words[at] != want:
            return 0
        at += 1
    return at


#: Numbers with their separators, words without digits or underscores, and single marks; line breaks are marks.
TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+|[^\w\s]|\n")
_SENTENCE_END = frozenset(".!?…\n|•*;\N{ARABIC QUESTION MARK}\N{ARABIC SEMICOLON}")
_CLOSERS = frozenset("\"')]}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of a folded text as parallel lists: the words, their offsets in the folded text, and sentence numbers."""

    folded: Folded
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentence_of: list[int]
    sentences: list[tuple[int, int]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Original offsets of tokens ``first`` to ``last`` (inclusive)."""
        return self.folded.start_of(self.starts[first]), self.folded.end_of(self.ends[last])

    def joined(self, numbers: Collection[int]) -> Tokens:
        """These tokens with each sentence of these numbers made one with the sentence before it."""
        if not numbers:
            return self
        sentences: list[tuple[int, int]] = []
        for number, (first, stop) in enumerate(self.sentences):
            begins = sentences.pop()[0] if number in numbers and sentences else first
            sentences.append((begins, stop))
        return replace(self, sentences=sentences, sentence_of=_numbered(sentences))

    def index_at(self, folded_offset: int) -> int:
        """Token that holds a folded offset, or the last one before it."""
        return max(0, bisect_right(self.starts, folded_offset) - 1)


def tokenize(text: str) -> Tokens:
    """Fold, cut into tokens and sentences."""
    folded = fold(text)
    chunks = folded.text.split(" ")
    pieces = list(map(_PIECES.__getitem__, chunks))
    words = [word for found, _ in pieces for word in found]
    begins = accumulate([len(chunk) + 1 for chunk in chunks], initial=0)
    starts = [begin + offset for begin, (_, offsets) in zip(begins, pieces, strict=False) for offset in offsets]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    sentences = _sentences(words, starts, ends)
    return Tokens(folded, words, starts, ends, _numbered(sentences), sentences)


def _numbered(sentences: Sequence[tuple[int, int]]) -> list[int]:
    """The sentence of each token."""
    return [number for number, (first, stop) in enumerate(sentences) for _ in range(first, stop)]


def _pieces(chunk: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Tokens of what stands between two spaces, and their offsets in it."""
    found = tuple(TOKEN.finditer(chunk))
    if len(found) == 1 and found[0].group() == chunk:
        return (chunk,), _AT_ONCE
    return tuple(match.group() for match in found), tuple(match.start() for match in found)


_AT_ONCE = (0,)
_PIECES: Memo[str, tuple[tuple[str, ...], tuple[int, ...]]] = Memo(_pieces)


def _sentences(words: list[str], starts: list[int], ends: list[int]) -> list[tuple[int, int]]:
    """Half-open token ranges. A full stop in a number or abbreviation is part of its token or has no space behind."""
    found: list[tuple[int, int]] = []
    first, count = 0, len(words)
    for mark in [i for i, word in enumerate(words) if word in _SENTENCE_END]:
        if mark < first or not _ends_sentence(words, starts, ends, mark):
            continue
        i = mark + 1
        while i < count and (words[i] in _SENTENCE_END or words[i] in _CLOSERS and starts[i] == ends[i - 1]):
            i += 1
        found.append((first, i))
        first = i
    if first < count:
        found.append((first, count))
    return found


def _ends_sentence(words: list[str], starts: list[int], ends: list[int], i: int) -> bool:
    if words[i] != "." or i == 0 or i + 1 >= len(words):
        return True
    # an initial ("a. b. name") ends no sentence; a dot glued to the next word does, unless one letter stands before it
    return len(words[i - 1]) > 1 or not words[i - 1].isalpha() or starts[i] != ends[i - 1]
