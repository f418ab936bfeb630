"""Small linear models: named binary features, one weight per class, summed. Their files are data, like a lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from geomap.errors import DataError
from geomap.paths import data_path


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of a (multinomial) logistic model: ``weights[feature][class]``."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """Log-odds of each class, up to a constant."""
        total = list(self.bias)
        get = self.weights.get
        for name in features:
            row = get(name)
            if row is not None:
                for k, weight in enumerate(row):
                    total[k] += weight
        return total

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """Probability of each class."""
        return softmax(self.scores(features))

    def reasons(self, features: Iterable[str], k: int, most: int = 3) -> list[tuple[str, float]]:
        """The features that speak most for class ``k``: (name, weight over the mean of the classes)."""
        rows = ((f, self.weights[f]) for f in features if f in self.weights)
        lift = [(f, row[k] - sum(row) / len(row)) for f, row in rows]
        return sorted((x for x in lift if x[1] > 0), key=lambda x: (-x[1], x[0]))[:most]


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
