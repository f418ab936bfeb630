"""Who acts in an event."""

from __future__ import annotations

import pytest

from tests.support.reading import claims


def doers(text: str) -> set[str]:
    return {actor for claim in claims(text) for actor in claim.actors}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("قُتل شيخ وجُرحت طفلتان في قصف أذربيجاني على قرية تشيناري الأرمينية أمس الاثنين.", "Azerbaijani forces"),
        (
            "قالت وزارة الدفاع الأرمينية إن قصفا مدفعيا نفذته القوات الأذربيجانية على تشيناري أمس أصاب مدرسة.",
            "Azerbaijani forces",
        ),
        ("أعلن الجيش السوداني مقتل خمسة مدنيين في قصف لقوات الدعم السريع على الأبيض صباح أمس.", "Rapid Support Forces"),
        ("قتل فلاحان في غارة إسرائيلية على بلدة عيترون بجنوب لبنان صباح اليوم الثلاثاء.", "Israeli forces"),
    ],
)
def test_the_noun_of_war_has_its_doer_behind_it(text: str, actor: str) -> None:
    assert doers(text) == {actor}


def test_who_launched_what_is_shot_down_does_not_act() -> None:
    text = "قال الجيش السوداني إن دفاعاته أسقطت مسيرة أطلقتها قوات الدعم السريع نحو مروي صباح أمس."
    assert "Rapid Support Forces" not in doers(text)


def test_the_pronoun_behind_who_speaks_is_the_speaker() -> None:
    text = "أعلنت القوات الأوكرانية أنها أسقطت تسع مسيرات روسية فوق أوديسا ليل الاثنين."
    assert doers(text) == {"Ukrainian forces"}


def test_who_has_lost_somebody_was_hit_by_another() -> None:
    text = "أعلنت القوات الأرمينية مقتل أحد جنودها صباح أمس قرب سوتك. ولم تعلق القوات الأذربيجانية."
    assert "Azerbaijani forces" in doers(text)


def test_the_party_behind_a_verb_is_its_subject_whatever_was_lost() -> None:
    text = "أطلقت أوكرانيا عشرات المسيّرات على روسيا ليل أمس، ما أدى إلى إصابة حارس وحريق في مستودع، بحسب مسؤولين."
    assert doers(text) == {"Ukrainian forces"}


def test_a_hospital_named_for_a_group_is_not_the_group() -> None:
    text = "قال طبيب في مستشفى شهداء الأقصى بدير البلح إن ثلاثة جرحى وصلوا أمس بعد قصف إسرائيلي على البلدة."
    assert doers(text) == {"Israeli forces"}
