"""How names may be written: letters of their language's script only, composed, no invisible marks.

A letter that merely looks right makes a name that no article ever matches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from geomap.places.folding import fold_names

#: Script -> a character class of its letters and the marks that stand with them.
_SCRIPTS = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u0259\u02bb\u02bc\u1e00-\u1eff\u0300-\u036f",
    "Arabic": "\u0621-\u063a\u0641-\u065f\u0670-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f",
    "Cyrillic": "\u0400-\u052f\u0300-\u0304",
    "Armenian": "\u0531-\u0587",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Hebrew": "\u0591-\u05f4",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Han": "\u3005\u3007\u3400-\u9fff",
}
_SCRIPT_OF = {
    language: script
    for script, languages in {
        "Latin": "en fr de es it pt tr az ku pl ro hu cs sk nl sv so ha sw",
        "Arabic": "ar fa ur ckb ps",
        "Cyrillic": "ru uk be bg sr kk os",
        "Armenian": "hy",
        "Georgian": "ka",
        "Hebrew": "he yi",
        "Greek": "el",
        "Han": "zh",
    }.items()
    for language in languages.split()
}
#: Persian, Urdu and Kurdish letters that pass for Arabic ones; گ چ پ ژ ڤ are in use in the Arabic press.
_FOREIGN = {"ar": re.compile("[\u06a9\u06be\u06c1\u06cc\u06d2\u06d5]")}
_PRESENTATION = re.compile("[\ufb1d-\ufdff\ufe70-\ufefe\ufb00-\ufb17\uff00-\uffef]")
_HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u00a0\u00ad\u0640\u061c\u200b\u200e-\u200f\u2000-\u200a\u2028-\u202f\u2060-\u206f\ufeff]"
)
_JOINERS = re.compile("[\u200c\u200d]")
#: Languages that part letters within a word.
_JOINED = ("fa", "ckb", "ur")
_BAD_SPACE = re.compile("^ | $|  ")
#: What may stand in a name of any script: digits, signs, and a road's or base's Latin number.
_SIGNS = r"[\d '’‘`.,\-–/()&№״׳·!?:]|(?<![A-Z])[A-Z](?=\d)"


_LETTER_OF = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}


def script_of(name: str) -> str | None:
    """The script in which a name is written; None for none or several."""
    found = {script for script, letter in _LETTER_OF.items() if letter.search(name)}
    return next(iter(found)) if len(found) == 1 else None


@lru_cache(maxsize=64)
def _written(language: str) -> Callable[[str], object]:
    letters = _SCRIPTS.get(_SCRIPT_OF.get(language, ""))
    joiners = "\u200c\u200d" if language in _JOINED else ""
    return re.compile(rf"(?:[{letters}{joiners}]|{_SIGNS})+" if letters else r".+").fullmatch


def faults(language: str, names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a place's names in one language, as (name, what, remedy)."""
    fits = _written(language)
    for name in names:
        if not fits(name) or _BAD_SPACE.search(name) or _FOREIGN.get(language, _PRESENTATION).search(name):
            yield name, *_fault(language, name)
        elif not unicodedata.is_normalized("NFC", name):
            yield name, "is not in composed form (NFC)", f"Write {unicodedata.normalize('NFC', name)!r}."
        elif _HIDDEN.search(name):
            # the scripts' ranges hold the tatweel
            yield name, *_fault(language, name)


def _fault(language: str, name: str) -> tuple[str, str]:
    hidden = _HIDDEN.search(name) or (_JOINERS.search(name) if language not in _JOINED else None)
    if hidden:
        return f"has an invisible or stretching character ({_called(hidden[0])})", "Remove it."
    if _BAD_SPACE.search(name):
        return "has a space too many", "One space between words, none around them."
    form = _PRESENTATION.search(name)
    if form:
        plain = unicodedata.normalize("NFKC", name)
        return f"has a presentation form ({_called(form[0])})", f"Write {plain!r}."
    foreign = _FOREIGN[language].search(name) if language in _FOREIGN else None
    if foreign:
        return f"has a look-alike letter ({_called(foreign[0])})", "Use the letter of the Arabic keyboard."
    fits = _written(language)
    odd = next(c for c in name if not fits(c))
    script = _SCRIPT_OF.get(language, "")
    return (
        f"has a look-alike or foreign letter ({_called(odd)})",
        f"Names in {language!r} are written in {script} letters.",
    )


def _called(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, 'control character')}"


def repeated(names: Sequence[Mapping[str, Sequence[str]]]) -> Iterator[tuple[int, str, str, str]]:
    """Spellings of one place and language that fold to one key, as (number of the place, language, first, again)."""
    spelt = [
        (number, language, name)
        for number, by_language in enumerate(names)
        for language, spellings in by_language.items()
        if len(spellings) > 1
        for name in spellings
    ]
    seen: dict[tuple[int, str, str], str] = {}
    for (number, language, name), key in zip(spelt, fold_names([name for _, _, name in spelt]), strict=True):
        first = seen.setdefault((number, language, key), name)
        if first is not name:
            yield number, language, first, name
