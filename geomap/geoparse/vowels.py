"""Signs over and under letters, where a text writes them, tell namesakes apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import combining

from geomap.model import Place


def is_signed(text: str) -> bool:
    """Whether any letter of a text bears a sign."""
    return not text.isascii() and any(map(combining, text))


def as_signed(written: str, places: Sequence[Place], language: str) -> tuple[str, ...]:
    """Ids of the places whose names fit the signs of a written name best: all of them where none fits better.

    A name without signs fits anything; a sign that another contradicts speaks against it.
    """
    signs = _signs(written)
    fits = {p.id: max((_agree(signs, _signs(name)) for name in p.names.get(language, ())), default=0) for p in places}
    best = max(fits.values(), default=0)
    return tuple(p.id for p in places if fits[p.id] == best)


def _signs(text: str) -> list[tuple[str, str]]:
    """Letters with the signs that each bears."""
    found: list[tuple[str, str]] = []
    for character in text:
        if combining(character) and found:
            letter, signs = found[-1]
            found[-1] = letter, signs + character
        elif not combining(character):
            found.append((character, ""))
    return found


def _agree(one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]) -> int:
    """Letters whose signs are the same, less those whose signs differ; nothing for other letters."""
    one, other = list(one), list(other)
    if [letter for letter, _ in one] != [letter for letter, _ in other]:
        return 0
    pairs = [(set(a), set(b)) for (_, a), (_, b) in zip(one, other, strict=True) if a and b]
    return sum(1 if a & b else -1 for a, b in pairs)
