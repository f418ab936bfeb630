"""Small linear models: named binary features, one weight per class, summed. Their files are data, like a lexicon.

Weights are hundredths, and count by how much they are over those of the first class. With two classes that is a plain
integer; with more they stand in one, a field each, so that a sum over features is one addition for each. What a *namer*
names for one argument is summed up once and kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from math import exp
from pathlib import Path
from struct import Struct
from typing import Any, Final

from geomap.errors import DataError
from geomap.memo import Memo
from geomap.paths import data_path

#: Names the features that hold for one argument, and for no other reason.
Namer = Callable[[Any], Iterable[str]]
_FIELD: Final = 32
_HALF: Final = 1 << (_FIELD - 1)
_MOST: Final = 100_000


@dataclass(slots=True)
class Features:
    """Features by what names them: a namer with its argument, or with each of many arguments; some by name."""

    one: Sequence[tuple[Namer, Hashable]] = ()
    each: Sequence[tuple[Namer, Iterable[Hashable]]] = ()
    plain: Collection[str] = ()
    #: Features that hold for others too, which are summed up once for all of them.
    shared: Features | None = None
    _summed: tuple[Linear, int] | None = field(default=None, init=False, repr=False, compare=False)

    def __iter__(self) -> Iterator[str]:
        """The features by name."""
        if self.shared is not None:
            yield from self.shared
        for namer, argument in self.one:
            yield from namer(argument)
        for namer, arguments in self.each:
            for argument in arguments:
                yield from namer(argument)
        yield from self.plain


def _sums(packed: dict[str, int]) -> Memo[Namer, Memo[Hashable, int]]:
    """Sums of the weights of what each namer names, by its argument."""

    def of(namer: Namer) -> Memo[Hashable, int]:
        get = packed.get
        return Memo(lambda argument: sum(map(get, namer(argument), repeat(0))), _MOST)

    return Memo(of)


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of a (multinomial) logistic model: ``weights[feature][class]``, to two decimals."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    _packed: dict[str, int] = field(init=False, repr=False, compare=False)
    _sums: Memo[Namer, Memo[Hashable, int]] = field(init=False, repr=False, compare=False)
    _start: int = field(init=False, repr=False, compare=False)
    _fields: Struct | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        packed = {name: _pack(row) for name, row in self.weights.items()}
        object.__setattr__(self, "_packed", packed)
        object.__setattr__(self, "_sums", _sums(packed))
        others = len(self.bias) - 1
        # fields hold no negative numbers, so they count from the middle
        middle = sum(_HALF << _FIELD * k for k in range(others)) if others != 1 else 0
        object.__setattr__(self, "_start", _pack(self.bias) + middle)
        object.__setattr__(self, "_fields", Struct(f"<{others}I") if others != 1 else None)

    def _total(self, features: Features | Iterable[str]) -> int:
        if not isinstance(features, Features):
            return sum(map(self._packed.get, features, repeat(0)), self._start)
        total = self._start if features.shared is None else self._shared(features.shared)
        sums = self._sums
        for namer, argument in features.one:
            total += sums[namer][argument]
        for namer, arguments in features.each:
            total += sum(map(sums[namer].__getitem__, arguments))
        if features.plain:
            total += sum(map(self._packed.get, features.plain, repeat(0)))
        return total

    def _shared(self, features: Features) -> int:
        known = features._summed
        if known is None or known[0] is not self:
            known = features._summed = self, self._total(features)
        return known[1]

    def scores(self, features: Features | Iterable[str]) -> list[float]:
        """Log-odds of each class, up to a constant."""
        rows = (self.weights[name] for name in features if name in self.weights)
        return [sum(round(weight * 100) for weight in column) / 100 for column in zip(self.bias, *rows, strict=True)]

    def probabilities(self, features: Features | Iterable[str]) -> list[float]:
        """Probability of each class."""
        total = self._total(features)
        if self._fields is None:
            return [_SHARES[-total], _SHARES[total]]
        fields = (_HALF, *self._fields.unpack(total.to_bytes(self._fields.size, "little")))
        top = max(fields)
        return _parts([exp((value - top) / 100) for value in fields])

    def reasons(self, features: Iterable[str], k: int, most: int = 3) -> list[tuple[str, float]]:
        """The features that speak most for class ``k``: (name, weight over the mean of the classes)."""
        rows = ((f, self.weights[f]) for f in features if f in self.weights)
        lift = [(f, row[k] - sum(row) / len(row)) for f, row in rows]
        return sorted((x for x in lift if x[1] > 0), key=lambda x: (-x[1], x[0]))[:most]


def _pack(row: Sequence[float]) -> int:
    """Weights over that of the first class in hundredths, a field each; sums of such integers are packed sums."""
    total, first = 0, round(row[0] * 100)
    for weight in reversed(row[1:]):
        total = (total << _FIELD) + round(weight * 100) - first
    return total


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores to probabilities."""
    top = max(scores)
    return _parts([exp(s - top) for s in scores])


def _parts(amounts: Sequence[float]) -> list[float]:
    total = sum(amounts)
    return [amount / total for amount in amounts]


#: Probability of the second of two classes, by how many hundredths it is over the first.
_SHARES: Final[Memo[int, float]] = Memo(lambda over: softmax([0.0, over / 100])[1], _MOST)


@lru_cache(maxsize=16)
def model_for(name: str) -> Linear:
    """The model in ``models/<name>.json``, loaded once."""
    return load(data_path(f"models/{name}.json"))


def load(path: Path) -> Linear:
    """Read a model file: classes, bias, and weights in hundredths.

    Raises
    ------
    DataError
        Where the file is broken.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        classes = tuple(data["classes"])
        weights = {f: tuple(w / 100 for w in row) for f, row in data["weights"].items()}
        bias = tuple(b / 100 for b in data["bias"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(str(path), f"not a model file ({error})", "Make it again with `geomap learn`.") from error
    if len(bias) != len(classes) or any(len(row) != len(classes) for row in weights.values()):
        raise DataError(str(path), "weights and classes do not match", "Make it again with `geomap learn`.")
    return Linear(classes, bias, weights)
