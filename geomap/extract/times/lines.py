"""Lines of a list, of a log, of a bulletin: what heads them and which are items."""

from __future__ import annotations

from collections.abc import Sequence


def head_of_list(words: Sequence[str], at: int) -> tuple[int, int]:
    """Tokens of the nearest line before that is no item of the list."""
    stop = line_of(words, at)
    while stop and is_item_line(words, line_of(words, stop - 1)):
        stop = line_of(words, stop - 1)
    return (line_of(words, stop - 1), stop) if stop else (0, 0)


def is_headed_line(words: Sequence[str], line: int) -> bool:
    """Whether a line opens with a few words and a colon: who speaks, or the district of which it tells."""
    return any(word == ":" for word in words[line + 1 : line + 1 + _HEADING])


#: The most words of what heads a line.
_HEADING = 4


def is_item_line(words: Sequence[str], line: int) -> bool:
    """Whether a line opens with a number or a sign."""
    return not words[line][0].isalpha() and words[line] not in _OPENERS


_OPENERS = frozenset("\"'([")


def line_of(words: Sequence[str], at: int) -> int:
    """The first token of the line of token ``at``."""
    while at and words[at - 1] != "\n":
        at -= 1
    return at
