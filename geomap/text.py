"""Text as the later steps see it: folded letters with exact offsets back, tokens, sentences.

Folding unifies what writers use interchangeably (alef and hamza forms, digits, quotes, case) and drops what carries no
letter (harakat, tatweel, zero-width and bidi controls). The rules are data (``lexicons/letters.toml``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from geomap.errors import DataError
from geomap.paths import data_path


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and the way back.

    ``origin[i]`` is the offset in the original text of folded character ``i``; None where the two texts run in step.
    """

    text: str
    original: str
    origin: Sequence[int] | None

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
    table: dict[int, str]
    dropped: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    path = data_path("lexicons/letters.toml")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        table = {ord(letter): to for letters, to in data["same"] for letter in letters}
        drop = data["drop"]
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DataError(str(path), f"not a letter table ({error})", "It needs `same` pairs and a `drop` string.") from error
    return _Rules(table, re.compile(f"[{re.escape(drop)}]"))


#: Characters whose compatibility form is longer than one character or differs: presentation forms, full width, ligatures.
_COMPAT = re.compile(r"[\ufb00-\ufdff\ufe70-\ufeff\uff00-\uffef\u2460-\u24ff\u0130]")


def fold(text: str) -> Folded:
    """Unify letters and drop marks.

    Idempotent: folding a folded text changes nothing. Every folded character maps back to one original offset.
    """
    rules = _rules()
    if _COMPAT.search(text) or rules.dropped.search(text):
        return _fold_with_map(text, rules)
    folded = text.translate(rules.table)
    lowered = folded.lower()
    if len(lowered) != len(folded):
        return _fold_with_map(text, rules)
    return Folded(lowered, text, None)


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


#: Numbers with their separators, words without digits or underscores, and single marks; line breaks are marks.
TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+|[^\w\s]|\n")
_SENTENCE_END = frozenset(".!?؟…\n|•*;؛")
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

    def index_at(self, folded_offset: int) -> int:
        """Token that holds a folded offset, or the last one before it."""
        return max(0, bisect_right(self.starts, folded_offset) - 1)


def tokenize(text: str) -> Tokens:
    """Fold, cut into tokens and sentences."""
    folded = fold(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in TOKEN.finditer(folded.text):
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    sentences = _sentences(words, starts, ends)
    sentence_of = [0] * len(words)
    for number, (first, stop) in enumerate(sentences):
        for i in range(first, stop):
            sentence_of[i] = number
    return Tokens(folded, words, starts, ends, sentence_of, sentences)


def _sentences(words: list[str], starts: list[int], ends: list[int]) -> list[tuple[int, int]]:
    """Half-open token ranges. A full stop inside a number or abbreviation is part of its token or has no space behind."""
    found: list[tuple[int, int]] = []
    first, count, i = 0, len(words), 0
    while i < count:
        if words[i] in _SENTENCE_END and _ends_sentence(words, starts, ends, i):
            i += 1
            while i < count and (words[i] in _SENTENCE_END or words[i] in _CLOSERS and starts[i] == ends[i - 1]):
                i += 1
            found.append((first, i))
            first = i
        else:
            i += 1
    if first < count:
        found.append((first, count))
    return found


def _ends_sentence(words: list[str], starts: list[int], ends: list[int], i: int) -> bool:
    if words[i] != "." or i == 0 or i + 1 >= len(words):
        return True
    # an initial ("a. b. name") does not end a sentence; a dot glued to the next word does, unless one letter stands before it
    return len(words[i - 1]) > 1 or starts[i] != ends[i - 1]
