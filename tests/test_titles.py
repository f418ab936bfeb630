"""Headlines are told once: by the text under them; a lead is text."""

from __future__ import annotations

import pytest

from tests.support.reading import claims

TEXT = (
    "قصفت المدفعية الأذربيجانية قرية تشيناري صباح الثلاثاء، فجُرح مزارعان.\nوقالت الشرطة إن الطريق أُغلق.\nوعاد الهدوء."
)


def starts(text: str) -> list[int]:
    return [claim.start for claim in claims(text)]


@pytest.mark.parametrize("title", ["قصف على قرية تشيناري الحدودية", "جريحان.. قصف مدفعي على تشيناري"])
def test_a_headline_that_the_text_tells_again_gives_no_claim(title: str) -> None:
    found = starts(f"{title}\n{TEXT}")
    assert found
    assert min(found) > len(title)


def test_a_lead_is_no_headline() -> None:
    """It ends with a full stop, or is long; what follows may tell of other events of its kind."""
    assert min(starts(f"{TEXT}\nوقصفت المدفعية الأرمينية مساء الثلاثاء موقعا قرب توفوز، فقُتل جندي.")) < len(
        "قصفت المدفعية"
    )
    long = " ".join(["قصفت المدفعية الأذربيجانية قرية تشيناري صباح الثلاثاء", *["في المقاطعة الشمالية الحدودية"] * 6])
    assert min(starts(f"{long}\n{TEXT}")) < len("قصفت المدفعية")


def test_a_heading_inside_the_text_is_told_by_what_stands_under_it() -> None:
    text = f"التقى الوزيران في تبليسي يوم الاثنين.\nقصف على تشيناري\n{TEXT}"
    assert min(starts(text)) >= text.index(TEXT)


def test_a_headline_that_nothing_tells_again_stays() -> None:
    text = "مقتل جندي في انفجار لغم قرب أغدام\nاجتمع الوزراء في باكو يوم الاثنين.\nوبحثوا أسعار النفط.\nثم انصرفوا."
    assert any(start < len("مقتل جندي في انفجار لغم قرب أغدام") for start in starts(text))
