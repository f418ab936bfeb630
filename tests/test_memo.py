"""What is worked out once: by its argument, of an object, as an attribute."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.lazy import lazy
from geomap.memo import Memo, PerObject


def test_a_value_is_made_once_until_there_are_too_many() -> None:
    made: list[int] = []
    squares = Memo(lambda n: made.append(n) or n * n, 2)  # type: ignore[func-returns-value]
    assert [squares[n] for n in (2, 2, 3, 2)] == [4, 4, 9, 4]
    assert made == [2, 3]
    assert squares[4] == 16
    assert list(squares) == [4]


def test_equal_objects_have_a_value_each() -> None:
    made: list[list[int]] = []

    def total(numbers: list[int]) -> int:
        made.append(numbers)
        return sum(numbers)

    totals = PerObject(total)
    one, other = [1, 2], [1, 2]
    assert totals(one) == totals(one) == totals(other) == 3
    assert len(made) == 2


def test_an_identity_that_is_used_again_has_no_old_value() -> None:
    first = PerObject(lambda numbers: numbers[0])
    # each list would go at once, and the next one take its place in memory
    assert [first([n]) for n in range(100)] == list(range(100))


def test_objects_are_not_kept_without_end() -> None:
    first = PerObject(lambda numbers: numbers[0], 3)
    assert [first([n]) for n in range(10)] == list(range(10))
    assert len(first._known) <= 3


@dataclass(frozen=True)
class _Article:
    text: str

    @lazy
    def words(self) -> list[str]:
        """The words of the text."""
        return self.text.split()


def test_an_attribute_is_made_when_it_is_read_and_kept() -> None:
    article, other = _Article("a b"), _Article("c")
    assert "words" not in vars(article)
    assert article.words is article.words
    assert (article.words, other.words) == (["a", "b"], ["c"])
    assert _Article.words.__doc__ == "The words of the text."
