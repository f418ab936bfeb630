"""What an accord brings, what an army calls its attack, and what is no event of the war at all."""

from __future__ import annotations

import pytest

from geomap.extract.events.accords import comes_into_force, handed_over
from geomap.extract.events.heads import find_heads
from tests.support.reading import article, claims


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دخل الجيش الأذربيجاني مدينة كلبجار صباح اليوم بموجب الاتفاق.", True),
        ("دخلت القوات البلدة وفقا لاتفاق رعته موسكو.", True),
        # no accord is named
        ("دخل الجيش الأذربيجاني مدينة كلبجار صباح اليوم.", False),
        # to seize is not to enter
        ("سيطر الجيش على المدينة بموجب خطة أعدها الأركان.", False),
    ],
)
def test_entered_by_an_accord(text: str, expected: bool) -> None:
    found = article(text)
    assert handed_over(found, find_heads(found)[:1]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلنت باكو هدنة اعتبارا من الساعة الثامنة مساء.", True),
        ("توسطت موسكو في هدنة بدأت ظهر اليوم.", True),
        ("أعلنت باكو هدنة جديدة.", False),
        # what may come, what was, what did not
        ("قد تعلن باكو هدنة اعتبارا من الغد.", False),
        ("لم تعلن باكو أي هدنة اعتبارا من مساء اليوم.", False),
        # it begins in another sentence
        ("أعلنت باكو هدنة. وبدأت المحادثات مساء.", False),
    ],
)
def test_a_truce_that_comes_into_force(text: str, expected: bool) -> None:
    found = article(text)
    truce = next(h for h in find_heads(found) if "agree" in h.values)
    assert comes_into_force(found, truce) is expected


@pytest.mark.parametrize(
    "text",
    [
        "قصفت المدفعية أهدافا افتراضية أمس خلال مناورات قرب كنجة.",
        "قتل ثلاثة جنود أمس في سقوط مروحية قرب خيزي خلال طلعة تدريبية.",
        "ضرب زلزال مدينة غيومري أمس وأصيب أربعة أشخاص.",
        "اجتاح إعصار سواحل المهرة أمس وقتل ثلاثة جنود.",
        "قتل مئة جندي وسيطر الجيش على شوشا في تلك الحرب.",
        "حكم على جندي أمس في باكو بالسجن عشر سنوات بعد اعتقاله في شوشا.",
    ],
)
def test_drills_quakes_courts_and_old_wars_are_no_events(text: str) -> None:
    assert not claims(text)


@pytest.mark.parametrize("name", ["إجراءات لمكافحة الإرهاب", "تدابير محلية لمكافحة الإرهاب"])
def test_what_an_army_calls_its_attack_is_a_fight(name: str) -> None:
    found = article(f"أعلنت باكو بدء {name} في الإقليم ظهر اليوم.")
    assert any("clash" in h.values for h in find_heads(found))


def test_entering_by_an_accord_is_a_transfer() -> None:
    (claim,) = claims("دخل الجيش الأذربيجاني صباح اليوم مدينة كلبجار بموجب الاتفاق.")
    assert claim.sub_event_type == "Non-violent transfer of territory"
