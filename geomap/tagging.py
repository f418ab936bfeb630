"""One pass over the tokens that gives each its lexicon tags; phrases of several words beat their parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from geomap.constraints import Constraint
from geomap.lexicon import TAGS, Analysis, Entry, Lexicon
from geomap.memo import Memo, PerObject
from geomap.punctuation import SEMICOLONS
from geomap.text import Tokens


class Tag(NamedTuple):
    """What tokens ``i`` to ``i + width`` can mean; ``cut`` letters of the first are clitics."""

    tag: str
    value: str
    lemma: str
    form: str
    width: int
    cut: int


class Tags(tuple[Tag, ...]):
    """Tags that begin at one token, the widest first. There is one object for all equal ones, so its hash is quick."""

    __slots__ = ()
    __hash__ = object.__hash__


NO_TAGS: Final = Tags()
_KNOWN: dict[tuple[Tag, ...], Tags] = {(): NO_TAGS}

_BIT: Final = {tag: 1 << k for k, tag in enumerate(sorted(TAGS))}
#: In the marks of a token: it begins with a digit.
DIGIT: Final = 1 << len(_BIT)
#: It is no word or number, but a mark of punctuation or another sign.
SIGN: Final = DIGIT << 1
_PHRASE: Final = DIGIT << 2
_BOUND: Final = DIGIT << 3


def mark(*tags: str) -> int:
    """The bits of these tags in the marks of a token."""
    return sum(_BIT[tag] for tag in set(tags))


@dataclass(frozen=True, slots=True)
class Tagged:
    """Tokens with their tags; ``tags[i]`` are those that begin at token ``i``, the widest first.

    ``marks[i]`` has the bits of the tags that token ``i`` has, to pass over most tokens quickly.
    """

    tokens: Tokens
    tags: list[Tags]
    lexicon: Lexicon
    marks: list[int]
    #: Tokens that have any mark: about half of them.
    _marked: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_marked", [i for i, marks in enumerate(self.marks) if marks])

    def find(self, i: int, tag: str) -> Tag | None:
        """The widest tag of this kind at token ``i``."""
        for found in self.tags[i]:
            if found.tag == tag:
                return found
        return None

    def has(self, i: int, tag: str, value: str) -> bool:
        """Whether token ``i`` can be this."""
        for found in self.tags[i]:  # noqa: SIM110  # quicker so
            if found.tag == tag and found.value == value:
                return True
        return False

    def first(self, tag: str, value: str, start: int, stop: int) -> int | None:
        """The first token of a range that can be this."""
        bit = _BIT[tag]
        for i, marks in enumerate(self.marks[start:stop], start):
            if marks & bit and self.has(i, tag, value):
                return i
        return None

    def has_article(self, i: int, reading: Tag) -> bool:
        """Whether the article stands right before what a reading of token ``i`` takes for the word."""
        article = self.lexicon.labels.get("article", "")
        return bool(article) and self.tokens.words[i][: reading.cut].endswith(article)

    def has_conjunction(self, i: int) -> bool:
        """Whether token ``i`` begins with a letter that means "and", or may."""
        return self.tokens.words[i][:1] in self.lexicon.labels.get("conjunction_letters", "")

    def is_conjunction(self, i: int) -> bool:
        """Whether token ``i`` is nothing but such a letter."""
        return len(self.tokens.words[i]) == 1 and self.has_conjunction(i)

    def is_one(self, i: int, label: str) -> bool:
        """Whether token ``i`` is one of a label's words, its clitics left out."""
        return self.lexicon.among(label)[self.tokens.words[i]] is not None

    def phrase_at(self, i: int, label: str) -> int:
        """How many tokens the phrase of a label has that begins with token ``i``; 0 where there is none."""
        words = self.tokens.words
        known = self.lexicon.phrases_of(label)
        return next((len(phrase) for phrase in known if tuple(words[i : i + len(phrase)]) == phrase), 0)

    def phrase_before(self, i: int, label: str) -> int:
        """How many tokens the phrase of a label has that ends right before token ``i``; 0 where there is none."""
        words = self.tokens.words
        known = self.lexicon.phrases_of(label)
        return next((len(phrase) for phrase in known if tuple(words[max(0, i - len(phrase)) : i]) == phrase), 0)

    def marked(self, bits: int) -> list[int]:
        """Tokens that have any of these marks, in order."""
        marks = self.marks
        return [i for i in self._marked if marks[i] & bits]


def tags_of(tags: Iterable[Tag]) -> Tags:
    """The one object for these tags."""
    key = tuple(tags)
    found = _KNOWN.get(key)
    if found is None:
        found = _KNOWN[key] = Tags(key)
    return found


def marks_of(tags: Tags) -> int:
    """The bits of these tags."""
    return mark(*(t.tag for t in tags))


#: Tags and marks of a word, the phrases it can open by their second word (words behind the first, tag), and the
#: constraints on its readings.
_Single = tuple[Tags, int, dict[str, list[tuple[tuple[str, ...], Tag]]], tuple[Constraint, ...]]


def _singles_of(lexicon: Lexicon) -> Memo[str, _Single]:
    return Memo(lambda word: _single(word, lexicon))


_singles = PerObject(_singles_of)


def tag(tokens: Tokens, lexicon: Lexicon) -> Tagged:
    """Tags of every token."""
    words = tokens.words
    singles = list(map(_singles(lexicon).__getitem__, words))
    tags = [single[0] for single in singles]
    marks = [single[1] for single in singles]
    for i in [i for i, bits in enumerate(marks[:-1]) if bits & _PHRASE and words[i + 1] in singles[i][2]]:
        wide = _phrases(words, i, singles[i][2][words[i + 1]])
        if wide:
            tags[i] = tags_of((*wide, *tags[i]))
            marks[i] |= marks_of(tags[i])
    for i in [i for i, bits in enumerate(marks) if bits & _BOUND]:
        left = _constrained(words, tags, marks, i, singles[i][3], lexicon)
        if left is not tags[i]:
            tags[i], marks[i] = left, marks_of(left) | marks[i] & (DIGIT | SIGN | _PHRASE)
    return Tagged(tokens.joined(_gone_on(tokens, tags)), tags, lexicon, marks)


def _gone_on(tokens: Tokens, tags: list[Tags]) -> frozenset[int]:
    """Sentences that are none: what is said, cut off by semicolons from who says it ("X said; in a post; that …")."""
    found: set[int] = set()
    for number, (first, _) in enumerate(tokens.sentences):
        if not _behind_semicolon(tokens, number) or not _opens_saying(tags[first]):
            continue
        begins = number
        while _behind_semicolon(tokens, begins - 1) and not _tells(tags, tokens.sentences[begins - 1]):
            begins -= 1
        found.update(range(begins, number + 1))
    return frozenset(found)


def _behind_semicolon(tokens: Tokens, number: int) -> bool:
    """Whether a semicolon, no full stop, stands before a sentence."""
    return number > 0 and tokens.words[tokens.sentences[number][0] - 1] in SEMICOLONS


def _opens_saying(tags: Tags) -> bool:
    """Whether a word is "that", with no "and" before it."""
    return any(t.tag == "link" and t.value == "that" and not t.cut for t in tags)


def _tells(tags: list[Tags], sentence: tuple[int, int]) -> bool:
    """Whether a sentence has a verb that tells something."""
    return any(t.form in ("past", "present") for k in range(*sentence) for t in tags[k])


def _constrained(
    words: list[str],
    tags: list[Tags],
    marks: list[int],
    i: int,
    constraints: tuple[Constraint, ...],
    lexicon: Lexicon,
) -> Tags:
    """What the readings of token ``i`` are, given those around it."""

    def readings(k: int) -> frozenset[str]:
        return _NAMES_OF[tags[k]] | _A_NUMBER if marks[k] & DIGIT else _NAMES_OF[tags[k]]

    def stems(k: int) -> list[str]:
        return [stem for _, stem in lexicon.stems(words[k])]

    left = tags[i]
    for constraint in constraints:
        drop = constraint.drop
        bound = [t for t in left if t.width == 1 and (t.tag in drop or f"{t.tag}.{t.value}" in drop)]
        if bound and constraint.holds(words, i, i + 1, readings, stems):
            others = [t for t in left if t not in bound]
            if constraint.become:
                tag, value = constraint.become
                others.append(bound[0]._replace(tag=tag, value=value))
            left = tags_of(dict.fromkeys(others))
    return left


def _names_of(tags: Tags) -> frozenset[str]:
    """What tags are called in a constraint: ``tag`` and ``tag.value``."""
    return frozenset([t.tag for t in tags] + [f"{t.tag}.{t.value}" for t in tags])


_NAMES_OF: Final[Memo[Tags, frozenset[str]]] = Memo(_names_of)
_A_NUMBER: Final = frozenset({"number"})


def _single(word: str, lexicon: Lexicon) -> _Single:
    analyses = lexicon.analyses(word)
    entries = next((a for a in analyses if a.entries), None)
    tags = tags_of(_tag(e, 1, a.cut) for a in _readings(analyses, entries) for e in a.entries) if entries else NO_TAGS
    opens: dict[str, list[tuple[tuple[str, ...], Tag]]] = {}
    for analysis in analyses:
        for phrase in analysis.phrases:
            made = _tag(phrase.entry, 1 + len(phrase.rest), analysis.cut)
            opens.setdefault(phrase.rest[0], []).append((phrase.rest, made))
    bound = tuple(c for _, stem in lexicon.stems(word) for c in lexicon.constraints.get(stem, ())) if tags else ()
    kind = (
        (DIGIT if word[:1].isdecimal() else 0 if word[:1].isalpha() else SIGN)
        | (_PHRASE if opens else 0)
        | (_BOUND if bound else 0)
    )
    return tags, marks_of(tags) | kind, opens, bound


def _readings(analyses: tuple[Analysis, ...], first: Analysis | None) -> list[Analysis]:
    """The first reading that means something; where it is a mere link ("by shelling"), the next one too."""
    if first is None:
        return []
    others = [a for a in analyses if a.entries and a.cut > first.cut]
    return [first, *others[:1]] if all(e.tag == "link" for e in first.entries) else [first]


def _phrases(words: list[str], i: int, phrases: list[tuple[tuple[str, ...], Tag]]) -> list[Tag]:
    """Tags of the phrases that stand at token ``i``, one for each meaning."""
    seen: dict[tuple[str, str], Tag] = {}
    for rest, made in phrases:
        if len(rest) == 1 or tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
            seen.setdefault((made.tag, made.value), made)
    return list(seen.values())


def _tag(entry: Entry, width: int, cut: int) -> Tag:
    return Tag(entry.tag, entry.value, entry.lemma, entry.form, width, cut)
