"""Weights fitted to examples."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="training is an extra")

from geomap.learning.fitting import Examples, as_linear, fit


def examples() -> Examples:
    """Forty texts: a common sign that is right three times in four, and a rare one that is always right."""
    made = Examples()
    for k in range(40):
        found = ["common"] if k % 4 else ["other"]
        made.add(found + (["rare"] if k in (0, 4) else []), "yes" if k % 4 > 1 or k in (0, 4) else "no", str(k))
    return made


def test_rare_features_are_held_back_less_where_they_count_for_more() -> None:
    plain, counted = fit(examples(), 0.2, 1), fit(examples(), 0.2, 1, 0.5)
    assert counted["weights"]["rare"][1] > plain["weights"]["rare"][1] > 0


def test_a_fitted_model_decides_by_its_weights() -> None:
    model = as_linear(fit(examples(), 1.0, 1, 0.2))
    chances = [model.probabilities(found)[model.classes.index("yes")] for found in (["other", "rare"], ["other"])]
    assert chances[0] > 0.5 > chances[1]
