"""Marks at which reading pauses, in the scripts that geomap reads, each set once."""

from __future__ import annotations

from typing import Final

COMMAS: Final = frozenset(",\N{ARABIC COMMA}")
SEMICOLONS: Final = frozenset(";\N{ARABIC SEMICOLON}")
#: Where what belongs to a number or a verb ends.
PAUSES: Final = COMMAS | {"."}
QUOTES: Final = frozenset("\"'")
#: Dashes as reading folds them, and those that it leaves.
DASHES: Final = frozenset("-–—\N{ARABIC TATWEEL}")
#: What opens what somebody says, and where a clause that says it ends.
SAYING: Final = frozenset(':"')
SAYING_ENDS: Final = COMMAS | SEMICOLONS | frozenset(".\n")
#: Where one clause of a sentence is cut from the next.
CLAUSE_CUTS: Final = COMMAS | frozenset(":\N{ARABIC SEMICOLON}")
PERCENT: Final = frozenset("%\N{ARABIC PERCENT SIGN}")
#: Where a sentence ends, and where a clause ends, for what looks at the neighbours of a word.
SENTENCE_ENDS: Final = SEMICOLONS | frozenset(".!?\N{ARABIC QUESTION MARK}\n")
CLAUSE_ENDS: Final = SENTENCE_ENDS | COMMAS | frozenset(":()")
