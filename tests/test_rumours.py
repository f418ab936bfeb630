"""Deeds that only their denial tells of, and denials that only look back."""

from __future__ import annotations

import pytest

from geomap.extract.denials.rumours import rumoured, told_by_denial
from geomap.extract.denials.words import find_denials
from geomap.extract.events.heads import find_heads
from geomap.extract.speech.voices import find_speeches
from tests.support.reading import article, claims, parties


def kinds(text: str) -> set[str]:
    """How the heads of a text stand in denials."""
    found = article(text)
    return {rumoured(found, head) for head in find_heads(found)}


@pytest.mark.parametrize(
    "text",
    [
        "ونفت الوزارة ما تردد عن قصف مدينة ترتر ليلا.",
        "ونفى متحدث في باكو شائعات عن انسحاب الجيش من لاتشين.",
        "ولا صحة لما أشيع عن دخول المسلحين بلدة تاليش.",
        "أما الأنباء عن سقوط قذائف على غوريس فلا أساس لها من الصحة.",
        "استمر الهدوء في الشمال، أما الكلام عن سقوط هادروت فهو شائعات.",
        "ونفت يريفان صحة تسجيل قيل إنه يظهر قصف مدينة غنجة.",
    ],
)
def test_denied_talk_of_a_place_not_named_before_tells_a_deed(text: str) -> None:
    assert "rumour-new" in kinds(text)
    found = article(text)
    assert any(told_by_denial(found, head) for head in find_heads(found))


def test_denied_talk_of_a_place_named_before_looks_back() -> None:
    text = "قصفت المدفعية مدينة ترتر صباحا. ونفت يريفان الأنباء عن قصف ترتر."
    assert "rumour" in kinds(text)
    assert "rumour-new" not in kinds(text)


def test_a_denial_that_a_town_be_taken_tells_a_deed() -> None:
    found = article("وأقرت الوزارة بخسائر قرب حلب، لكنها نفت أن يكون المسلحون قد دخلوا حماة.")
    assert any(told_by_denial(found, head) for head in find_heads(found))


def test_a_denial_that_troops_be_sent_is_no_deed_of_war() -> None:
    found = article("ونفت موسكو أن تكون أرسلت تعزيزات إلى غوريس.")
    assert not any(told_by_denial(found, head) for head in find_heads(found))


def test_what_is_told_without_a_denial_is_no_rumour() -> None:
    assert kinds("وتحدثت أنباء عن قصف مدينة ترتر ليلا.") == {""}


def test_the_denied_deed_is_a_claim_that_its_denier_denies() -> None:
    text = "قتل جنديان في اشتباك قرب مارتوني أمس. ونفت باكو ما تناقلته صفحات محلية عن قصف بلدة أسكيران بالمدفعية."
    denied = [claim for claim in claims(text) if claim.denied_by]
    assert [claim.denied_by for claim in denied] == [("Azerbaijan",)]
    assert denied[0].start >= text.index("ونفت")


def test_at_all_is_no_fire() -> None:
    found = article("وقال المسؤول إن ذلك لم يحدث إطلاقا.")
    assert not find_heads(found)


def deniers(text: str) -> list[str]:
    found = article(text)
    return [d.name for d in find_denials(found, parties(text), find_speeches(found, parties(text)))]


def test_whoever_is_quoted_does_not_deny_what_he_is_said_to_tell() -> None:
    assert "Armenia" not in deniers("دمرت قواتنا دبابتين قرب فضولي. وما تنشره يريفان عن خسائرنا دعاية.")


def test_the_movement_is_the_group_named_last() -> None:
    assert deniers("أعلن الجيش الإسرائيلي تدمير نفق لـ«حماس» قرب رفح. ونفت الحركة ذلك.") == ["Hamas"]


def test_the_support_forces_by_their_short_name() -> None:
    text = "أعلن الجيش السوداني استعادة القصر في الخرطوم. ونفت قوات الدعم خسارته."
    assert deniers(text) == ["Rapid Support Forces"]
