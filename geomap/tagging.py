"""One pass over the tokens that gives each its lexicon tags; phrases of several words beat their parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from geomap.lexicon import Entry, Lexicon
from geomap.text import Tokens


class Tag(NamedTuple):
    """What tokens ``i`` to ``i + width`` can mean; ``cut`` letters of the first are clitics."""

    tag: str
    value: str
    lemma: str
    form: str
    width: int
    cut: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """Tokens with their tags; ``tags[i]`` are those that begin at token ``i``, the widest first."""

    tokens: Tokens
    tags: list[tuple[Tag, ...]]
    lexicon: Lexicon

    def find(self, i: int, tag: str) -> Tag | None:
        """The widest tag of this kind at token ``i``."""
        for found in self.tags[i]:
            if found.tag == tag:
                return found
        return None

    def has(self, i: int, tag: str, value: str) -> bool:
        """Whether token ``i`` can be this."""
        return any(t.tag == tag and t.value == value for t in self.tags[i])


_MEMO: dict[int, dict[str, tuple[tuple[Tag, ...], bool]]] = {}


def tag(tokens: Tokens, lexicon: Lexicon) -> Tagged:
    """Tags of every token."""
    memo = _MEMO.setdefault(id(lexicon), {})
    if len(memo) > 200_000:
        memo.clear()
    words = tokens.words
    tags: list[tuple[Tag, ...]] = []
    append = tags.append
    for i, word in enumerate(words):
        known = memo.get(word)
        if known is None:
            known = memo[word] = _single(word, lexicon)
        if known[1]:
            wide = tuple(_phrases(words, i, lexicon))
            append(wide + known[0] if wide else known[0])
        else:
            append(known[0])
    return Tagged(tokens, tags, lexicon)


def _single(word: str, lexicon: Lexicon) -> tuple[tuple[Tag, ...], bool]:
    analyses = lexicon.analyses(word)
    for analysis in analyses:
        if analysis.entries:
            return tuple(_tag(e, 1, analysis.cut) for e in analysis.entries), any(a.phrases for a in analyses)
    return (), any(a.phrases for a in analyses)


def _phrases(words: list[str], i: int, lexicon: Lexicon) -> Iterator[Tag]:
    seen: set[tuple[str, str]] = set()
    for analysis in lexicon.analyses(words[i]):
        for phrase in analysis.phrases:
            stop = i + 1 + len(phrase.rest)
            if tuple(words[i + 1 : stop]) == phrase.rest and (phrase.entry.tag, phrase.entry.value) not in seen:
                seen.add((phrase.entry.tag, phrase.entry.value))
                yield _tag(phrase.entry, stop - i, analysis.cut)


def _tag(entry: Entry, width: int, cut: int) -> Tag:
    return Tag(entry.tag, entry.value, entry.lemma, entry.form, width, cut)
