"""Weights fitted to examples: one small linear model for each decision. Needs scikit-learn (the ``train`` extra)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geomap.linear import Linear


@dataclass(slots=True)
class Examples:
    """Feature lists with their labels and the document each comes from."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)

    def add(self, features: Iterable[str], label: str, document: str) -> None:
        """One more example."""
        self.features.append(list(features))
        self.labels.append(label)
        self.documents.append(document)


#: Inverse regularisation, least number of examples a feature must occur in, and how much rare ones count, per decision.
SETTINGS = {
    "roles": (0.15, 2, 0.0),
    "heads": (0.3, 3, 0.25),
    "links": (0.1, 2, 0.0),
    "types": (0.05, 1, 0.15),
    "sides": (0.5, 2, 0.0),
    "statuses": (0.2, 2, 0.0),
    "reporters": (0.25, 2, 0.0),
    "denials": (0.2, 2, 0.25),
    "parts": (0.15, 2, 0.0),
}
#: Least and most that a feature counts for being common or rare.
RAREST = (0.3, 3.0)
#: Features that carry knowledge of the codebook are held back less: their values count for more than one.
SCALE = {"rule=": 1.5}
#: With more classes than this a support vector machine is trained; its margins count this much in the softmax.
MANY = 8
MARGIN = 2.5


def fit(data: Examples, strength: float, least: int, rarity: float = 0.0) -> dict[str, Any]:
    """A model file's content: classes, bias and weights in hundredths; weights that round to nothing are left out.

    The penalty that holds weights down holds common features, which say the same in many examples, down too little and
    rare ones too much: each counts for the power ``-rarity`` of how common it is.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    seen = Counter(f for row in data.features for f in set(row))
    names = sorted(f for f, n in seen.items() if n >= least)
    place = {f: k for k, f in enumerate(names)}
    rows, columns = [], []
    for r, row in enumerate(data.features):
        for f in set(row):
            if f in place:
                rows.append(r)
                columns.append(place[f])
    scale = np.array(
        [next((x for prefix, x in SCALE.items() if f.startswith(prefix) and "|" not in f), 1.0) for f in names]
    )
    common = np.array([seen[f] for f in names])
    scale = scale * np.clip((common / common.mean()) ** -rarity, *RAREST)
    matrix = csr_matrix((scale[columns], (rows, columns)), shape=(len(data.features), len(names)))
    if len(set(data.labels)) > MANY:
        # many classes with few examples each: margins generalise better than likelihood
        model = LinearSVC(C=strength, random_state=0).fit(matrix, data.labels)
        model.coef_, model.intercept_ = model.coef_ * MARGIN, model.intercept_ * MARGIN
    else:
        model = LogisticRegression(C=strength, max_iter=400).fit(matrix, data.labels)
    classes, weights, bias = list(model.classes_), model.coef_ * scale, model.intercept_
    if len(classes) == 2:
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    hundredths = np.rint(weights * 100).astype(int)
    kept = {name: hundredths[:, k].tolist() for k, name in enumerate(names) if np.abs(hundredths[:, k]).max() >= 2}
    return {"classes": [str(c) for c in classes], "bias": np.rint(bias * 100).astype(int).tolist(), "weights": kept}


def as_linear(model: dict[str, Any]) -> Linear:
    """A fitted model's content as the model that runs."""
    weights = {f: tuple(w / 100 for w in row) for f, row in model["weights"].items()}
    return Linear(tuple(model["classes"]), tuple(b / 100 for b in model["bias"]), weights)


def cross_guess(data: Examples, strength: float, least: int, rarity: float = 0.0, folds: int = 4) -> list[str]:
    """The label that a model trained on the other documents gives each example.

    What is learnt from mentions is learnt from mentions as they will be: with the faults of the role model.
    """
    order = {name: k % folds for k, name in enumerate(dict.fromkeys(data.documents))}
    guessed = list(data.labels)
    for fold in range(folds):
        inside = [i for i, name in enumerate(data.documents) if order[name] != fold]
        model = as_linear(
            fit(
                Examples([data.features[i] for i in inside], [data.labels[i] for i in inside], []),
                strength,
                least,
                rarity,
            )
        )
        for i, name in enumerate(data.documents):
            if order[name] == fold:
                scores = model.scores(data.features[i])
                guessed[i] = model.classes[max(range(len(scores)), key=scores.__getitem__)]
    return guessed


#: A document of so many characters is a whole article; its examples count so many times.
WHOLE = 1500
WEIGHT = 2


def weighed(data: Examples, whole: Collection[str]) -> Examples:
    """Examples in which those of whole articles, of which there are few, stand more than once."""
    rows = [i for i, name in enumerate(data.documents) for _ in range(WEIGHT if name in whole else 1)]
    return Examples([data.features[i] for i in rows], [data.labels[i] for i in rows], [data.documents[i] for i in rows])


def write_model(model: dict[str, Any], path: Path) -> None:
    """One weight row a line, sorted, so that a change is readable in a diff."""
    lines = [
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for name, row in sorted(model["weights"].items())
    ]
    head = json.dumps({"classes": model["classes"], "bias": model["bias"]}, ensure_ascii=False)[:-1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{head},"weights":{{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
