"""Headlines are told again by the text under them; the first paragraph of a text is no headline."""

from __future__ import annotations

import pytest

from tests.support.reading import claims

LEAD = "قُتل أربعة جنود أذربيجانيين في اشتباكات قرب بلدة ترتر أمس الأحد."
AGAIN = "وقالت وزارة الدفاع الأذربيجانية إن الجنود الأربعة قُتلوا في الاشتباكات قرب ترتر."
HEADLINE = "مقتل أربعة جنود أذربيجانيين في اشتباكات قرب ترتر"


def test_a_first_paragraph_is_kept_though_the_next_tells_of_it_again() -> None:
    text = f"{LEAD}\n{AGAIN}"
    assert claims(text)[0].start < len(LEAD)


@pytest.mark.parametrize(
    "over",
    [
        HEADLINE,
        f"تصعيد في القوقاز.. {HEADLINE}",
        f"الاثنين 28 سبتمبر 2020 14:05\n\n{HEADLINE}",
        f"{HEADLINE}\n\nمقتل جنود أذربيجانيين في ترتر (صورة من الأرشيف)",
    ],
)
def test_what_stands_over_a_text_is_told_by_the_text(over: str) -> None:
    found = claims(f"{over}\n\n{LEAD}")
    assert found
    assert all(claim.start > len(over) for claim in found)


def test_a_headline_alone_tells_its_event() -> None:
    assert claims(HEADLINE)


def test_lines_without_a_text_under_them_are_kept() -> None:
    text = "مقتل جنديين أرمنيين قرب سوتك\nمقتل ثلاثة جنود أذربيجانيين قرب ترتر"
    assert len(claims(text)) == 2
