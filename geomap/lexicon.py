"""One language's words: what each form means to the later steps.

A lexicon file (``lexicons/<code>.toml``) holds tables ``[tag.value]`` with word lists. Inflected forms are generated
from the affixes of its ``[morphology]`` table, so that the file names a verb or noun once. The later steps see tags,
never words.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from geomap.constraints import Constraint, read_constraints
from geomap.errors import DataError
from geomap.memo import Memo
from geomap.paths import data_files, data_path
from geomap.text import TOKEN, fold

#: Tags a lexicon may use; each value of a tag is free.
TAGS: Final = frozenset(
    "event loss weapon person organ speech scope link class prep time month weekday number bound count plural pronoun "
    "state land body hint title party common target".split()
)
_LISTS: Final = frozenset({"verbs", "nouns", "adjectives", "words", "about"})
_VERBAL: Final = frozenset({"past", "present"})
_SETTINGS: Final = frozenset({"language", "clitics", "morphology", "labels", "demonym", "constraint"})


#: More labels than a lexicon has, so that each is folded once.
_LABELS: Final = 512


class Entry(NamedTuple):
    """What one form can mean: tag, value, lemma (first form in the file) and kind of form.

    ``form`` is one of ``past``, ``present``, ``noun``, ``adjective``, ``word``.
    """

    tag: str
    value: str
    lemma: str
    form: str


class Phrase(NamedTuple):
    """A form of several words: the words after the first, and what the whole means."""

    rest: tuple[str, ...]
    entry: Entry


class Analysis(NamedTuple):
    """One way to read a written word: length of its clitics, the stem, and the stem's entries and phrases."""

    cut: int
    stem: str
    entries: tuple[Entry, ...]
    phrases: tuple[Phrase, ...]


@dataclass(slots=True)
class Lexicon:
    """The compiled words of one language."""

    language: str
    forms: dict[str, tuple[Entry, ...]]
    phrases: dict[str, tuple[Phrase, ...]]
    clitics: tuple[tuple[str, str], ...]
    demonym_affixes: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Any]
    nominal: frozenset[str] = frozenset()
    timeless: frozenset[str] = frozenset()
    sound_plurals: frozenset[str] = frozenset()
    constraints: Mapping[str, tuple[Constraint, ...]] = field(default_factory=dict)
    _memo: dict[str, tuple[Analysis, ...]] = field(default_factory=dict)
    #: Clitics by their first letter, as most words can have one or two of them.
    _clitics: dict[str, tuple[tuple[str, str], ...]] = field(init=False, repr=False)
    _among: dict[tuple[str, ...], Memo[str, int | None]] = field(default_factory=dict, repr=False)
    #: What is left of each written word, which is asked for by every list of words.
    _stems: Memo[str, tuple[tuple[int, str], ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        letters = {clitic[:1] for clitic, _ in self.clitics}
        self._clitics = {a: tuple(pair for pair in self.clitics if pair[0][:1] == a) for a in letters}
        self._stems = Memo(self._cut, 50_000)

    def analyses(self, word: str) -> tuple[Analysis, ...]:
        """Ways to read a folded word, the one with the fewest clitics first; empty for an unknown word."""
        found = self._memo.get(word)
        if found is None:
            if len(self._memo) > 200_000:
                self._memo.clear()
            found = self._memo[word] = tuple(self._analyse(word))
        return found

    def words(self, label: str) -> frozenset[str]:
        """The words of a label, folded; none where the language has no such label."""
        return _folded(tuple(self.labels.get(label, ())))

    def phrases_of(self, label: str) -> tuple[tuple[str, ...], ...]:
        """The phrases of a label, each as its folded words, the longest first."""
        return _phrases(tuple(self.labels.get(label, ())))

    def owning(self) -> tuple[str, ...]:
        """The endings that tell whose something is: "its", "our"."""
        our = self.labels.get("our", "")
        return (*self.labels.get("possessives", ()), *([our] if our else []))

    def among(self, *labels: str) -> Memo[str, int | None]:
        """By written word: the letters to take off it to have a word of these labels; None where it has none."""
        found = self._among.get(labels)
        if found is None:
            known = frozenset().union(*map(self.words, labels))

            def cut_off(word: str) -> int | None:
                for cut, stem in self._stems[word]:
                    if stem in known:
                        return cut
                return None

            found = self._among[labels] = Memo(cut_off)
        return found

    def _analyse(self, word: str) -> Iterator[Analysis]:
        for cut, stem in self.stems(word):
            entries, phrases = self.forms.get(stem, ()), self.phrases.get(stem, ())
            if cut and word[:cut] in self.nominal:
                entries = tuple(_as_noun(entry) for entry in entries)
            elif cut and word[:cut] in self.timeless:
                entries = tuple(_as_noun(entry) if entry.form == "past" else entry for entry in entries)
            if entries or phrases:
                yield Analysis(cut, stem, entries, phrases)

    def stems(self, word: str) -> Sequence[tuple[int, str]]:
        """The word itself, then what is left when each clitic is taken off: (letters taken off, stem)."""
        return self._stems[word]

    def _cut(self, word: str) -> tuple[tuple[int, str], ...]:
        return (
            (0, word),
            *[
                (len(clitic) - len(instead), instead + word[len(clitic) :])
                for clitic, instead in self._clitics.get(word[:1], ())
                if word.startswith(clitic) and len(word) - len(clitic) + len(instead) >= 2
            ],
        )

    def entries(self, word: str, tag: str) -> Iterator[Entry]:
        """Entries of one tag that the written word can have."""
        for analysis in self.analyses(word):
            for entry in analysis.entries:
                if entry.tag == tag:
                    yield entry


def _as_noun(entry: Entry) -> Entry:
    """What a form means where no verb can stand: a verb's form is its verbal noun's, too ("the shelling")."""
    return entry._replace(form="noun") if entry.form in _VERBAL else entry


@lru_cache(maxsize=_LABELS)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word).text for word in words)


@lru_cache(maxsize=_LABELS)
def _phrases(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(fold(phrase).text.split()) for phrase in phrases), key=len, reverse=True))


class _Builder:
    def __init__(self, where: str, morphology: Mapping[str, list[str]]) -> None:
        self.where = where
        self.morphology = {name: [_fold_affix(a) for a in affixes] for name, affixes in morphology.items()}
        self.forms: dict[str, list[Entry]] = {}
        self.phrases: dict[str, list[Phrase]] = {}
        self.sound_plurals: set[str] = set()

    def add(self, text: str, entry: Entry) -> None:
        words = TOKEN.findall(fold(text).text)
        if not words:
            raise DataError(self.where, f"an empty word ({text!r}) under [{entry.tag}.{entry.value}]", "Remove it.")
        if len(words) == 1:
            known = self.forms.setdefault(words[0], [])
            if not any(e.tag == entry.tag and e.value == entry.value for e in known):
                known.append(entry)
        else:
            known_phrases = self.phrases.setdefault(words[0], [])
            phrase = Phrase(tuple(words[1:]), entry)
            if phrase not in known_phrases:
                known_phrases.append(phrase)

    def table(self, tag: str, value: str, table: Mapping[str, Any]) -> None:
        for kind, lines in table.items():
            if kind not in _LISTS:
                raise DataError(self.where, f"unknown key {kind!r} in [{tag}.{value}]", _did_you_mean(kind, _LISTS))
            if kind == "about":
                continue
            for line in lines:
                for form, text in self._inflect(kind, line):
                    self.add(text, Entry(tag, value, line.split("/")[0].strip(), form))

    def _inflect(self, kind: str, line: str) -> Iterable[tuple[str, str]]:
        parts = [p.strip() for p in line.split("/")]
        if kind == "words":
            return [("word", p) for p in parts]
        if kind == "verbs":
            return self._verb(parts)
        if any(fold(p).text.endswith(tuple(self.morphology.get("sound_plural", ["\0"]))) for p in parts[1:]):
            self.sound_plurals.add(parts[0])
        return [(kind[:-1], form) for part in parts for form in self._noun(part)]

    def _verb(self, parts: list[str]) -> Iterator[tuple[str, str]]:
        """``past / present [/ further forms]``; each may be a phrase whose first word inflects."""
        for tense, part in zip(("past", "present"), parts, strict=False):
            head, _, tail = fold(part).text.partition(" ")
            for form in self._past(head) if tense == "past" else self._present(head):
                yield tense, f"{form} {tail}".strip()
        for extra in parts[2:]:
            yield "past", extra

    def _past(self, head: str) -> Iterator[str]:
        weak = self.morphology.get("weak_endings", [])
        if head[-1:] in weak and len(head) > 2:
            yield head
            for suffix in self.morphology.get("past_weak", []):
                yield head[:-1] + suffix
        else:
            for suffix in self.morphology.get("past", [""]):
                yield head + suffix

    def _present(self, head: str) -> Iterator[str]:
        starts = self.morphology.get("present_prefixes", [])
        stem = head[1:] if head[:1] in starts else head
        weak = self.morphology.get("weak_endings", [])
        suffixes = self.morphology.get("present_weak" if stem[-1:] in weak else "present", [""])
        base = stem[:-1] if stem[-1:] in weak and "present_weak" in self.morphology else stem
        for prefix in starts or [""]:
            yield prefix + stem
            for suffix in suffixes:
                yield prefix + base + suffix

    def _noun(self, part: str) -> Iterator[str]:
        head, _, tail = fold(part).text.partition(" ")
        feminine = self.morphology.get("feminine_ending", [])
        if head[-1:] in feminine:
            suffixes, base = self.morphology.get("noun_feminine", [""]), head[:-1]
        else:
            suffixes, base = self.morphology.get("noun", [""]), head
        yield f"{head} {tail}".strip()
        for suffix in suffixes:
            yield f"{base}{suffix} {tail}".strip()
        if head[-1:] in self.morphology.get("weak_endings", []) and len(head) > 3:
            for suffix in self.morphology.get("noun_weak", []):
                yield f"{head[:-1]}{suffix} {tail}".strip()
        if head[-1:] in self.morphology.get("changing_endings", []):
            for suffix in self.morphology.get("noun_changed", []):
                yield f"{head[:-1]}{suffix} {tail}".strip()


def _fold_affix(affix: str) -> str:
    return fold(affix).text


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), 1)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(sorted(known))}."


def load(path: Path) -> Lexicon:
    """Read and check one lexicon file.

    Raises
    ------
    DataError
        Where the file is not TOML or has a key that nothing reads.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(str(path), f"not a readable TOML file ({error})", "Mend the line it names.") from error
    builder = _Builder(str(path), data.get("morphology", {}))
    for tag, values in data.items():
        if tag in _SETTINGS:
            continue
        if tag not in TAGS:
            raise DataError(str(path), f"unknown table [{tag}]", _did_you_mean(tag, TAGS | _SETTINGS))
        for value, table in values.items():
            builder.table(tag, value, table)
    clitics = [(fold(c).text, fold(i).text) for c, i in data.get("clitics", {}).get("prefixes", [])]
    return Lexicon(
        language=data.get("language", path.stem),
        forms={w: tuple(e) for w, e in builder.forms.items()},
        phrases={w: tuple(sorted(p, key=lambda x: -len(x.rest))) for w, p in builder.phrases.items()},
        clitics=tuple(sorted(clitics, key=lambda c: len(c[0]))),
        demonym_affixes={k: tuple(_fold_affix(a) for a in v) for k, v in data.get("demonym", {}).items()},
        labels=data.get("labels", {}),
        nominal=frozenset(fold(c).text for c in data.get("clitics", {}).get("nominal", [])),
        timeless=frozenset(fold(c).text for c in data.get("clitics", {}).get("timeless", [])),
        sound_plurals=frozenset(builder.sound_plurals),
        constraints=_by_word(read_constraints(str(path), data.get("constraint", []), TAGS)),
    )


def _by_word(constraints: Iterable[Constraint]) -> dict[str, tuple[Constraint, ...]]:
    found: dict[str, tuple[Constraint, ...]] = {}
    for constraint in constraints:
        for word in constraint.words:
            found[word] = (*found.get(word, ()), constraint)
    return found


@lru_cache(maxsize=8)
def lexicon_for(language: str) -> Lexicon:
    """The lexicon of a language code (``ar``), loaded once.

    Raises
    ------
    DataError
        Where there is none.
    """
    return load(data_path(f"lexicons/{language}.toml"))


def languages() -> list[str]:
    """Codes of the languages that have a lexicon."""
    return [p.stem for p in data_files("lexicons", ".toml") if p.stem != "letters"]
