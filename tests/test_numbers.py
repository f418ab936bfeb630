"""Numbers in digits and in words, added up and multiplied."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.lexicon import lexicon_for
from geomap.numbers import digits, number_at
from tests.support.reading import tagged

ONES = {
    1: "واحد", 2: "اثنان", 3: "ثلاثة", 4: "أربعة", 5: "خمسة", 6: "ستة", 7: "سبعة", 8: "ثمانية", 9: "تسعة"
}  # fmt: skip
TENS = {
    20: "عشرون", 30: "ثلاثين", 40: "أربعون", 50: "خمسين", 60: "ستون", 70: "سبعين", 80: "ثمانون", 90: "تسعين"
}  # fmt: skip
HUNDREDS = {
    100: "مئة", 200: "مئتين", 300: "ثلاثمئة", 400: "أربعمئة", 500: "خمسمئة", 600: "ستمئة", 700: "سبعمئة",
    800: "ثمانمئة", 900: "تسعمئة",
}  # fmt: skip


def spelled(n: int) -> str:
    """A number below a thousand as Arabic spells it out."""
    parts = [HUNDREDS[n // 100 * 100]] if n >= 100 else []
    rest = n % 100
    if rest in (11, 12):
        parts.append({11: "أحد عشر", 12: "اثني عشر"}[rest])
    elif 13 <= rest <= 19:
        parts.append(f"{ONES[rest - 10]} عشر")
    else:
        parts += [ONES[rest % 10]] if rest % 10 and rest > 10 or 0 < rest < 10 else []
        parts += ["عشرة"] if rest == 10 else [TENS[rest // 10 * 10]] if rest >= 20 else []
    return " و".join(parts)


def number(text: str) -> tuple[int, int] | None:
    return number_at(tagged(text).tokens.words, 0, lexicon_for("ar"))


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0", 0), ("7", 7), ("6600", 6600), ("38,345", 38345), ("1.250", 1250), ("1,234,567", 1234567),
        ("12.5", None), ("1,2", None), ("1234,567", None), ("10:30", None), ("28/9/2020", None), ("شخص", None),
        ("1234567890123", None),
    ],
)  # fmt: skip
def test_digits(word: str, value: int | None) -> None:
    assert digits(word) == value


@pytest.mark.parametrize("mark", ["²", "¹", "³", "₂"])
def test_a_raised_digit_is_no_number_and_no_error(mark: str) -> None:
    assert digits(mark) is None


@given(st.integers(0, 10**12 - 1))
@settings(deadline=None)
def test_digits_with_and_without_separators_are_the_same_number(n: int) -> None:
    assert digits(str(n)) == n
    assert digits(f"{n:,}") == n
    assert digits(f"{n:,}".replace(",", ".")) == n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("خمسة", 5),
        ("خمس", 5),
        ("خمسة وثلاثين", 35),
        ("واحد وعشرون", 21),
        ("مئة وعشرين", 120),
        ("مئة وخمسة وعشرين", 125),
        ("مائة وخمسة", 105),
        ("ثلاثة عشر", 13),
        ("ثلاث عشرة", 13),
        ("أحد عشر", 11),
        ("إحدى عشرة", 11),
        ("اثني عشر", 12),
        ("اثنتا عشرة", 12),
        ("ستمائة وثلاثة وأربعون", 643),
        ("ألف", 1000),
        ("ألفان", 2000),
        ("ألف ومئتين وخمسين", 1250),
        ("ألفين وثلاثمئة", 2300),
        ("ثلاثة آلاف", 3000),
        ("ثلاثة آلاف وخمسمئة", 3500),
        ("سبعة آلاف ومئتان وثلاثون", 7230),
        ("خمسة عشر ألفا", 15000),
        ("عشرون ألفا وخمسمئة", 20500),
        ("مئة ألف", 100_000),
        ("مئتي ألف", 200_000),
        ("مليون", 1_000_000),
        ("مليون ومئتي ألف", 1_200_000),
        ("5 آلاف", 5000),
        ("15 ألفا", 15000),
        ("3 ملايين", 3_000_000),
        ("٢٣", 23),
        ("ألف وتسعمئة وأربعة وتسعين", 1994),
        ("تسعمئة وتسعة وتسعون ألفا وتسعمئة وتسعة وتسعون", 999_999),
    ],
)
def test_number_words_add_up_and_multiply(text: str, value: int) -> None:
    assert number(text) == (value, len(tagged(text).tokens.words))


@pytest.mark.parametrize(("text", "value"), [("وخمسة", 5), ("لخمسة", 5), ("بخمسة", 5), ("الخمسة", 5)])
def test_a_number_word_may_carry_a_clitic(text: str, value: int) -> None:
    assert number(text) == (value, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("خمسة مدنيين", 5),
        ("5 مدنيين", 5),
        ("ثلاثة وخمسة", 3),
        ("ثلاثة أربعة", 3),
        ("5 و7", 5),
        ("10 20", 10),
        ("خمسة ومدنيان", 5),
    ],
)
def test_a_number_ends_where_the_next_word_does_not_belong_to_it(text: str, value: int) -> None:
    assert number(text) == (value, 1)


@pytest.mark.parametrize("text", ["مدنيين", "جنود", "و", "،", "في خمسة"])
def test_what_is_no_number_gives_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize("text", ["مليونين", "مليونان"])
def test_two_million(text: str) -> None:
    assert number(text) == (2_000_000, 1)


@given(st.integers(1, 999))
@settings(deadline=None)
def test_every_number_below_a_thousand_is_read_as_it_is_spelled(n: int) -> None:
    assert number(spelled(n)) == (n, len(spelled(n).split()))


@given(st.integers(3, 10), st.integers(1, 999))
@settings(deadline=None)
def test_thousands_and_what_follows_them(thousands: int, rest: int) -> None:
    head = "عشرة" if thousands == 10 else ONES[thousands]
    assert number(f"{head} آلاف و{spelled(rest)}") == (thousands * 1000 + rest, 2 + len(spelled(rest).split()))
