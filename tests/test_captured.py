"""Weapons that change hands, what is left behind, and what is no equipment of those who fight."""

from __future__ import annotations

import pytest

from tests.support.reading import claims


def things(text: str) -> set[tuple[str, int | None, str]]:
    return {(e.item, e.count, e.side) for claim in claims(text) for e in claim.equipment}


def test_small_arms_count_where_they_are_captured_with_other_things() -> None:
    text = "أعلن الجيش الأذربيجاني أن قواته غنمت أمس قرب هادروت دبابتين وثلاث شاحنات و40 بندقية."
    assert things(text) == {("tank", 2, "Armenia"), ("other", 3, "Armenia"), ("other", 40, "Armenia")}


def test_rounds_are_not_counted() -> None:
    text = "أعلن الجيش الأذربيجاني أن قواته غنمت أمس قرب هادروت دبابتين وثلاثة آلاف ذخيرة."
    assert things(text) == {("tank", 2, "Armenia")}


def test_who_hands_weapons_over_had_them() -> None:
    text = "سلم مقاتلو قره باغ الجيش الروسي صباح أمس الجمعة خمس مدرعات وأكثر من 300 بندقية."
    assert {side for _, _, side in things(text)} <= {"Armenia", "Nagorno-Karabakh"}


@pytest.mark.parametrize(
    "text",
    [
        "قالت وزارة الدفاع الأرمينية إن العدو هاجم قرب هادروت أمس وترك في أرض المعركة عشرات الجثث ومدرعتين.",
        "أعلنت وزارة الدفاع الأرمينية صد هجوم للعدو أمس عند غوريس، وقالت إن جنوده تركوا وراءهم مدرعتين.",
    ],
)
def test_what_the_enemy_left_was_his(text: str) -> None:
    assert things(text) == {("armoured_vehicle", 2, "Azerbaijan")}


def test_a_swarm_has_no_number() -> None:
    text = "اعترضت الدفاعات الجوية الأوكرانية فجر اليوم سربا من المسيرات الروسية فوق أوديسا."
    assert things(text) == {("drone", None, "Russia")}


def test_a_thing_that_nobody_knows_is_nobody_s() -> None:
    text = "أسقطت الدفاعات الجوية الإيرانية صباح اليوم طائرة مسيرة مجهولة الهوية فوق جلفا."
    assert things(text) == {("drone", 1, "unknown")}


@pytest.mark.parametrize(
    "text",
    [
        "أصابت مسيرة روسية صباح اليوم مستشفى في خيرسون وأحرقت سيارتي إسعاف.",
        "أسفر سقوط مسيرة روسية على منزل في خيرسون أمس عن مقتل شخصين.",
    ],
)
def test_ambulances_and_drones_that_strike_are_no_losses(text: str) -> None:
    assert things(text) == set()
