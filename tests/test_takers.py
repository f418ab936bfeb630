"""Nobody is told to destroy, shoot down or capture their own: whose things are, by the grammar around the verb."""

from __future__ import annotations

import pytest

from tests.support.reading import claims

#: Nagorno-Karabakh's forces count as Armenia's.
ARMENIAN = {"Armenia", "Nagorno-Karabakh"}


def sides(text: str) -> set[str]:
    return {e.side for claim in claims(text) for e in claim.equipment}


@pytest.mark.parametrize(
    "text",
    [
        # the subject right behind the verb
        "كما دمرت القوات الأذربيجانية ليلا راجمتين وثلاثة مدافع قرب خوجافند.",
        "أصابت القوات الأذربيجانية عند الفجر منصتين لإطلاق الصواريخ قرب فاردينيس، كما قالت يريفان.",
        # the subject right before it, with "that"
        "وقالت يريفان إن الجيش الأذربيجاني أحرق أربع مدرعات عند تاليش.",
        # "its forces", then a verb that goes on from another one
        "أكد الجيش الأذربيجاني أن قواته صدت هجوما قرب جبرائيل وقتلت عشرين جنديا وغنمت خمس دبابات.",
        # "it" of who speaks
        "وأعلنت وزارة الدفاع الأذربيجانية أنها أسقطت مسيرتين فوق توفوز ودمرت منظومة أوسا.",
        # a noun of what was done, behind who tells of it
        "أعلن الجيش الأذربيجاني تدمير دبابتين وإسقاط مسيرة واحدة قرب فضولي.",
        # the enemy right behind a verb whose subject stands before it
        "قالت وزارة الدفاع الأذربيجانية إنها دحرت العدو اليوم من مرتفعات قرب جبرائيل وغنمت ست مدرعات.",
        # "its fire"
        "قالت وزارة الدفاع الأذربيجانية إن نيرانها دمرت أمس منظومتي صواريخ قرب جيرموك.",
        # the enemy as the one who acts
        "أقرت يريفان بأن طيران خصمها دمر ليلا راجمتين قرب فاردينيس.",
    ],
)
def test_what_azerbaijan_took_was_armenias(text: str) -> None:
    found = sides(text)
    assert found
    assert found <= ARMENIAN


@pytest.mark.parametrize(
    "text",
    [
        "وأعلنت يريفان أن جيش الدفاع أسقط مروحيتين في قره باغ صباح اليوم.",
        "قالت يريفان إن قواتها قتلت أربعين جنديا من الجيش الأذربيجاني وأحرقت ثلاث دبابات.",
    ],
)
def test_what_armenia_took_was_azerbaijans(text: str) -> None:
    assert sides(text) == {"Azerbaijan"}


def test_those_on_whom_a_raid_was_made_lost_what_it_destroyed() -> None:
    text = "أغار طيران الجيش السوداني فجر اليوم على ارتكازات للدعم السريع شمال مليط ودمر خمس شاحنات وعربتين قتاليتين."
    assert sides(text) == {"Rapid Support Forces"}


def test_things_joined_under_one_verb_are_of_one_side() -> None:
    text = "أعلنت وزارة الدفاع التركية أمس تدمير دبابتين للجيش السوري و12 عربة مدرعة وثلاثة مدافع قرب سراقب."
    assert sides(text) == {"Syria"}


@pytest.mark.parametrize(
    "text",
    [
        # "the air defences", without a word of whose they are: of who tells
        "قال المتحدث باسم وزارة الدفاع الروسية إن الدفاع الجوي أسقط خلال يوم 12 مسيرة قرب ميليتوبول.",
        # of who holds the ground, where nobody tells
        "قصفت القوات الأوكرانية مواقع روسية في دونيتسك. وفي سماء بيلغورود أسقطت الدفاعات الجوية أمس ثلاث مسيرات.",
    ],
)
def test_the_air_defences_are_of_who_tells_or_holds_the_ground(text: str) -> None:
    assert sides(text) == {"Ukraine"}


def test_who_fires_from_a_states_ground() -> None:
    text = "أغارت إسرائيل على صور في لبنان وتوعد حزب الله بالرد. وقال الجيش الإسرائيلي إنه اعترض مسيرتين من لبنان."
    assert sides(text) == {"Hezbollah"}


def test_an_adjective_tells_more_than_what_stands_behind_it() -> None:
    text = "أسقطت مقاتلة أميركية مسيرة تركية اقتربت من قاعدة للتحالف قرب الحسكة، وفق وزارة الدفاع الأميركية."
    assert sides(text) == {"Turkey"}
