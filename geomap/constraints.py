"""Which reading of a word its neighbours rule out: "dawn", not "blew up"; "via", not "crossed".

A lexicon's ``[[constraint]]`` tables hold the rules, in the manner of a constraint grammar: readings that a context
rules out are dropped or replaced, no reading is ever made of nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from geomap.errors import DataError
from geomap.punctuation import CLAUSE_ENDS, SENTENCE_ENDS
from geomap.text import fold

#: Tokens within which ``near`` and ``unless_near`` look, where a rule gives no ``reach``.
_REACH: Final = 4
_CONDITIONS: Final = ("next", "unless_next", "before", "unless_before", "near", "unless_near")
_KEYS: Final = frozenset({"about", "words", "drop", "become", "reach", *_CONDITIONS})
_EDGE: Final = "^"

#: What a token can be: each ``tag`` and ``tag.value``.
Readings = Iterable[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a neighbour has to be: a word, the start of one (``x*``), ``@tag``, ``@tag.value``, or the edge ``^``."""

    words: frozenset[str]
    starts: tuple[str, ...]
    tags: frozenset[str]
    edge: bool

    def fits(
        self,
        stems: Callable[[int], Iterable[str]],
        k: int,
        word: str,
        readings: Callable[[int], Readings],
    ) -> bool:
        """Whether token ``k``, a word, is one of these."""
        if self.starts and word.startswith(self.starts):
            return True
        if self.words and (word in self.words or not self.words.isdisjoint(stems(k))):
            return True
        return bool(self.tags) and not self.tags.isdisjoint(readings(k))


@dataclass(frozen=True, slots=True)
class Constraint:
    """One rule: for ``words``, with what stands around them, the readings ``drop`` are none, or mean ``become``."""

    words: frozenset[str]
    drop: frozenset[str]
    become: tuple[str, str] | None
    reach: int
    conditions: tuple[tuple[str, Pattern], ...]

    def holds(
        self,
        words: Sequence[str],
        i: int,
        stop: int,
        readings: Callable[[int], Readings],
        stems: Callable[[int], Iterable[str]],
    ) -> bool:
        """Whether all conditions hold at token ``i``; the reading itself ends at ``stop``."""
        for name, pattern in self.conditions:
            place = name.removeprefix("unless_")
            if place == "near":
                found = any(pattern.fits(stems, k, words[k], readings) for k in _around(words, i, stop, self.reach))
            else:
                k = stop if place == "next" else i - 1
                if not 0 <= k < len(words) or words[k] in CLAUSE_ENDS:
                    found = pattern.edge
                else:
                    found = pattern.fits(stems, k, words[k], readings)
            if found == name.startswith("unless_"):
                return False
        return True


def _around(words: Sequence[str], i: int, stop: int, reach: int) -> Iterable[int]:
    """Tokens behind, then before, up to ``reach`` away and not over a stop; a long reach goes over commas."""
    stops = CLAUSE_ENDS if reach <= _REACH else SENTENCE_ENDS
    for k in range(stop, min(len(words), stop + reach)):
        if words[k] in stops:
            break
        yield k
    for k in range(i - 1, max(-1, i - 1 - reach), -1):
        if words[k] in stops:
            break
        yield k


def read_constraints(where: str, tables: Sequence[Mapping[str, Any]], tags: Iterable[str]) -> list[Constraint]:
    """Check and read the ``[[constraint]]`` tables of a lexicon.

    Raises
    ------
    DataError
        Where a key or a tag is unknown, or a rule has no word or nothing to drop.
    """
    return [_constraint(f"{where}: [[constraint]] {k}", table, frozenset(tags)) for k, table in enumerate(tables, 1)]


def _constraint(where: str, table: Mapping[str, Any], tags: frozenset[str]) -> Constraint:
    if unknown := sorted(set(table) - _KEYS):
        raise DataError(where, f"unknown key {unknown[0]!r}", f"Known: {', '.join(sorted(_KEYS))}.")
    if not table.get("words") or not table.get("drop"):
        raise DataError(where, "no words or nothing to drop", "Give both `words` and `drop`.")
    conditions = tuple((name, _pattern(where, table[name], tags)) for name in _CONDITIONS if name in table)
    for reading in [*table["drop"], *filter(None, [table.get("become")])]:
        if reading.split(".")[0] not in tags:
            raise DataError(where, f"unknown tag in {reading!r}", f"Known: {', '.join(sorted(tags))}.")
    tag, _, value = table.get("become", "").partition(".")
    return Constraint(
        frozenset(fold(word).text for word in table["words"]),
        frozenset(table["drop"]),
        (tag, value) if tag else None,
        int(table.get("reach", _REACH)),
        conditions,
    )


def _pattern(where: str, items: Sequence[str], tags: frozenset[str]) -> Pattern:
    words, starts, named = set(), [], set()
    for item in items:
        if item == _EDGE:
            continue
        if item.startswith("@"):
            if item[1:].split(".")[0] not in tags:
                raise DataError(where, f"unknown tag in {item!r}", f"Known: {', '.join(sorted(tags))}.")
            named.add(item[1:])
        elif item.endswith("*"):
            starts.append(fold(item[:-1]).text)
        else:
            words.add(fold(item).text)
    return Pattern(frozenset(words), tuple(starts), frozenset(named), _EDGE in items)
