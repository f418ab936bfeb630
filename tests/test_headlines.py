"""Headlines and headings are told again by the text under them; the first paragraph of a text is no headline."""

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


def test_a_line_over_a_part_of_the_text_is_told_by_that_part() -> None:
    other = "وزار الوزير العاصمة باكو يوم الجمعة."
    found = claims(f"{other}\n{HEADLINE}\n{LEAD}")
    assert found
    assert all(claim.start > len(other) + len(HEADLINE) for claim in found)


def test_the_lines_of_a_list_are_no_headlines() -> None:
    found = claims(f"{LEAD}\nمقتل جنديين أرمنيين قرب سوتك\nمقتل ثلاثة جنود أرمن قرب جيرموك\n{AGAIN}")
    assert {place.place.name for claim in found for place in claim.places} >= {"Sotk", "Jermuk"}


def test_a_headline_alone_tells_its_event() -> None:
    assert claims(HEADLINE)


def test_lines_without_a_text_under_them_are_kept() -> None:
    text = "مقتل جنديين أرمنيين قرب سوتك\nمقتل ثلاثة جنود أذربيجانيين قرب ترتر"
    assert len(claims(text)) == 2


def test_what_the_text_counts_nobody_for_is_told_by_its_line_alone() -> None:
    over = "مقتل 38 جنديا أرمنيا على الحدود حتى الظهر"
    text = "قالت وزارة الدفاع الأرمينية الثلاثاء إن المدفعية الأذربيجانية قصفت قرية تشيناري وأصابت منزلا."
    assert claims(f"{over}\n{text}")[0].start < len(over)


def test_lines_of_a_message_without_full_stops_are_no_headlines() -> None:
    long = "قصفت المدفعية الأذربيجانية قرية تشيناري " + "من الصباح وحتى المساء " * 6
    found = claims(f"{HEADLINE}\n{long}\nمقتل ثلاثة جنود أرمن قرب جيرموك")
    assert found[0].start < len(HEADLINE)


# ── a lead is text; headings inside it ────────────────────────────────────────────────────────────────

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
