"""Small linear models: named binary features, one weight per class, summed. Their files are data, like a lexicon.

Weights are hundredths. Those of all classes stand in one integer, a field each, so that a sum over features is one
addition for each; and what a *namer* names for one argument is summed up once and kept.
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

    one: list[tuple[Namer, Hashable]] = field(default_factory=list)
    each: list[tuple[Namer, Iterable[Hashable]]] = field(default_factory=list)
    plain: Collection[str] = ()

    def __iter__(self) -> Iterator[str]:
        """The features by name."""
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
        return Memo(lambda argument: sum(get(name, 0) for name in namer(argument)), _MOST)

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
    _fields: Struct = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        packed = {name: _pack(row) for name, row in self.weights.items()}
        object.__setattr__(self, "_packed", packed)
        object.__setattr__(self, "_sums", _sums(packed))
        object.__setattr__(self, "_start", _pack(self.bias) + sum(_HALF << _FIELD * k for k in range(len(self.bias))))
        object.__setattr__(self, "_fields", Struct(f"<{len(self.bias)}I"))

    def scores(self, features: Features | Iterable[str]) -> list[float]:
        """Log-odds of each class, up to a constant."""
        if isinstance(features, Features):
            total = self._start
            sums = self._sums
            for namer, argument in features.one:
                total += sums[namer][argument]
            for namer, arguments in features.each:
                total += sum(map(sums[namer].__getitem__, arguments))
            if features.plain:
                total += sum(map(self._packed.get, features.plain, repeat(0)))
        else:
            total = sum(map(self._packed.get, features, repeat(0)), self._start)
        fields = self._fields
        return [(value - _HALF) / 100 for value in fields.unpack(total.to_bytes(fields.size, "little"))]

    def probabilities(self, features: Features | Iterable[str]) -> list[float]:
        """Probability of each class."""
        return softmax(self.scores(features))

    def reasons(self, features: Iterable[str], k: int, most: int = 3) -> list[tuple[str, float]]:
        """The features that speak most for class ``k``: (name, weight over the mean of the classes)."""
        rows = ((f, self.weights[f]) for f in features if f in self.weights)
        lift = [(f, row[k] - sum(row) / len(row)) for f, row in rows]
        return sorted((x for x in lift if x[1] > 0), key=lambda x: (-x[1], x[0]))[:most]


def _pack(row: Sequence[float]) -> int:
    """Weights in hundredths, a field each; sums of such integers are packed sums."""
    total = 0
    for weight in reversed(row):
        total = (total << _FIELD) + round(weight * 100)
    return total


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores to probabilities."""
    top = max(scores)
    raised = [exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


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
