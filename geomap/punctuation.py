"""Marks at which reading pauses, in the scripts that geomap reads, each set once."""

from __future__ import annotations

from typing import Final

COMMAS: Final = frozenset(",،")
SEMICOLONS: Final = frozenset(";؛")
#: Where what belongs to a number or a verb ends.
PAUSES: Final = COMMAS | {"."}
QUOTES: Final = frozenset("\"'")
#: Dashes as reading folds them, and those that it leaves.
DASHES: Final = frozenset("-–—ـ")
#: What opens what somebody says, and where a clause that says it ends.
SAYING: Final = frozenset(':"')
SAYING_ENDS: Final = COMMAS | SEMICOLONS | frozenset(".\n")
#: Where one clause of a sentence is cut from the next.
CLAUSE_CUTS: Final = COMMAS | frozenset(":؛")
PERCENT: Final = frozenset("%٪")
#: Where a sentence ends, and where a clause ends, for what looks at the neighbours of a word.
SENTENCE_ENDS: Final = SEMICOLONS | frozenset(".؟!?\n")
CLAUSE_ENDS: Final = SENTENCE_ENDS | COMMAS | frozenset(":()")
