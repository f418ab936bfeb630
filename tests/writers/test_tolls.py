"""One number out of rival figures: a total is never added to its parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Figure
from geomap.tolls import Toll, toll


def killed(side: str, status: str, best: int, low: int | None = None, high: int | None = None) -> Figure:
    return Figure("killed", side, status, best if low is None else low, best, best if high is None else high, False, ())


def test_no_figure_is_not_zero() -> None:
    assert toll([], "killed") is None
    assert toll([Figure("killed", "A", "unknown", None, None, None, False, ())], "killed") is None
    assert toll([killed("A", "military", 0)], "killed") == Toll(0, 0, 0)


def test_sides_add_up() -> None:
    assert toll([killed("A", "military", 49), killed("B", "military", 50)], "killed") == Toll(99, 99, 99)


def test_a_joint_figure_is_a_rival_of_the_sum() -> None:
    figures = [killed("both", "military", 100), killed("A", "military", 49), killed("B", "military", 50)]
    assert toll(figures, "killed") == Toll(99, 100, 100)


def test_a_joint_figure_is_not_lowered_by_one_side() -> None:
    assert toll([killed("both", "military", 100), killed("A", "military", 49)], "killed") == Toll(100, 100, 100)


def test_the_total_of_a_side_is_not_added_to_its_parts() -> None:
    figures = [killed("A", "unknown", 18), killed("A", "military", 16), killed("A", "civilian", 2)]
    assert toll(figures, "killed") == Toll(18, 18, 18)
    assert toll(figures, "killed", status="civilian") == Toll(2, 2, 2)
    assert toll(figures, "killed", sides=["B"]) is None


def test_a_best_below_its_low_pulls_the_low_down() -> None:
    assert toll([killed("A", "military", 16, 17, 32)], "killed") == Toll(16, 16, 32)


FIGURES = st.lists(
    st.builds(
        killed,
        st.sampled_from(["A", "B", "both", "unknown"]),
        st.sampled_from(["military", "civilian", "unknown"]),
        st.integers(0, 500),
    ),
    min_size=1,
    max_size=8,
)


@given(FIGURES)
def test_a_total_lies_between_its_largest_part_and_the_sum(figures: list[Figure]) -> None:
    found = toll(figures, "killed")
    assert found is not None
    assert found.low <= found.best <= found.high
    assert max(f.best or 0 for f in figures) <= found.best <= sum(f.best or 0 for f in figures)


@given(FIGURES)
def test_the_order_of_the_figures_does_not_matter(figures: list[Figure]) -> None:
    assert toll(figures, "killed") == toll(figures[::-1], "killed")
