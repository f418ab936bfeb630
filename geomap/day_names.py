"""Days that are names: a square called after the 7th of April, a newspaper called after today."""

from __future__ import annotations

from geomap.punctuation import QUOTES
from geomap.tagging import Tagged

#: Kinds of places that are called after days.
_NAMED_AFTER = frozenset({"district", "facility", "line"})
#: The most words of a quoted name.
_SHORT_NAME = 3


def called_after(tagged: Tagged, first: int, stop: int) -> bool:
    """Whether a day in tokens ``first`` to ``stop`` is the name, or part of the name, of something else."""
    return _of_a_place(tagged, first) or _quoted(tagged, first, stop)


def _of_a_place(tagged: Tagged, first: int) -> bool:
    """Whether a day and its month stand right behind a word for a place without an article: ``square 7 April``."""
    words = tagged.tokens.words
    if not first or not words[first][0].isdecimal():
        return False
    what = tagged.find(first - 1, "class")
    if what is None or what.value not in _NAMED_AFTER:
        return False
    return not words[first - 1][what.cut :].startswith(tagged.lexicon.labels.get("article", "\n"))


def _quoted(tagged: Tagged, first: int, stop: int) -> bool:
    """Whether it stands in a name between quotation marks, behind another word of it."""
    words = tagged.tokens.words
    before = range(first - 1, max(first - _SHORT_NAME, 0) - 1, -1)
    opens = next((k for k in before if words[k] in QUOTES), None)
    if opens is None or opens == first - 1:
        return False
    return stop < len(words) and words[stop] in QUOTES and stop - opens - 1 <= _SHORT_NAME
