"""Counts in running text: digits, number words, their bounds ("more than", "dozens of").

The words are the lexicon's (tags ``number`` and ``bound``); this module adds and multiplies them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geomap.lexicon import Lexicon
from geomap.memo import Memo, PerObject


class Count(NamedTuple):
    """A number in tokens ``first`` to ``stop`` (half-open), with the bound its wording gives it."""

    first: int
    stop: int
    value: int | None
    qualifier: str


def digits(word: str) -> int | None:
    """The whole number a token writes (``38,345`` is 38345); None for a decimal, a clock time or a word."""
    if word.isdecimal():
        return int(word) if len(word) <= 12 else None
    for mark in ",.":
        head, *groups = word.split(mark)
        if groups and head.isdecimal() and len(head) <= 3 and all(len(g) == 3 and g.isdecimal() for g in groups):
            return int(head + "".join(groups))
    return None


def number_at(words: Sequence[str], i: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Number that begins at token ``i``: (value, token behind it); None for none.

    Number words add up over the conjunction that is glued to them ("five and-thirty") and multiply before
    "thousand" and "million".
    """
    total, group, at, seen = 0, 0, i, False
    while at < len(words):
        step = _step(words, at, lexicon, first=not seen) or (_rest(words, at, total, lexicon) if not group else None)
        if step is None:
            break
        value, factor, width = step
        if factor:
            group = max(1, group) * factor
            total, group = total + group, 0
        elif seen and group and value >= group and not (group < 10 <= value):
            break
        else:
            group += value
        at, seen = at + width, True
    return (total + group, at) if seen else None


def number_openers(lexicon: Lexicon) -> Memo[str, bool]:
    """By written word: whether a number may begin with it; where not, there is no need to look for one."""
    return _openers(lexicon)


def _openers_of(lexicon: Lexicon) -> Memo[str, bool]:
    return Memo(lambda word: _opens(word, lexicon))


_openers = PerObject(_openers_of)


def _opens(word: str, lexicon: Lexicon) -> bool:
    return digits(word) is not None or any(
        meaning.tag == "number"
        for analysis in lexicon.analyses(word)
        for meaning in (*analysis.entries, *(phrase.entry for phrase in analysis.phrases))
    )


def _step(words: Sequence[str], at: int, lexicon: Lexicon, *, first: bool) -> tuple[int, int, int] | None:
    """(value, factor, tokens used) of the number word or digits at ``at``."""
    if not number_openers(lexicon)[words[at]]:
        return None
    written = digits(words[at])
    if written is not None:
        return (written, 0, 1) if first else None
    analyses = [analysis for analysis in lexicon.analyses(words[at]) if analysis.cut <= (1 if not first else 3)]
    # "and eleven" is spelt like "one" and then "ten": what makes more of the words goes first
    for analysis in analyses:
        for phrase in analysis.phrases:
            if phrase.entry.tag == "number" and tuple(words[at + 1 : at + 1 + len(phrase.rest)]) == phrase.rest:
                value = _value(phrase.entry.value)
                if value is not None:
                    return value, 0, 1 + len(phrase.rest)
    for analysis in analyses:
        numbers = [e for e in analysis.entries if e.tag == "number"]
        if analysis.entries and not numbers:
            break  # a word that means something else as it stands
        if not first or len(numbers) == 1:
            numbers.sort(key=lambda e: not e.value.startswith("times"))
        for entry in numbers:
            if entry.value.startswith("times"):
                if analysis.cut == 0 or first:
                    return 0, int(entry.value[5:]), 1
                continue
            value = _value(entry.value)
            # behind a number word only "and-N" or a teen may follow
            if value is not None and (first or analysis.cut == 1 or value == 10 or value >= 100):
                return value, 0, 1
    return None


def _rest(words: Sequence[str], at: int, total: int, lexicon: Lexicon) -> tuple[int, int, int] | None:
    """What digits behind a conjunction add to thousands: "11 thousand and 240"."""
    if not total or at + 1 >= len(words) or words[at] not in tuple(lexicon.labels.get("conjunction_letters", "")):
        return None
    written = digits(words[at + 1])
    return (written, 0, 2) if written is not None and written < 1000 <= total else None


def _value(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
