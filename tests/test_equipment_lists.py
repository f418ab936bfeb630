"""Lists of things lost: what a comma, an aside or brackets part belongs together, under one verb."""

from __future__ import annotations

import pytest

from tests.support.reading import claims


def things(text: str) -> set[tuple[str, int | None]]:
    return {(e.item, e.count) for claim in claims(text) for e in claim.equipment}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an aside parts the list; the name of a thing holds a word that tells of something else by itself
        (
            "قالت وزارة الدفاع الأرمينية إن الجيش الأذربيجاني خسر أمس ثلاث مروحيات، بعضها جديد، و7 دبابات وناقلتي جند.",
            {("helicopter", 3), ("tank", 7), ("armoured_vehicle", 2)},
        ),
        # what is added to the men who were lost
        (
            "أعلنت موسكو أن العدو فقد أمس قرب سودجا نحو 300 عسكري، إضافة إلى 9 دبابات و4 مدافع.",
            {("tank", 9), ("artillery", 4)},
        ),
        # a post is no thing that is counted, but things follow it
        (
            "أعلنت وزارة الدفاع الأذربيجانية تدمير منظومة «تور» في محور فضولي، ومركز قيادة وخمس شاحنات ذخيرة أمس.",
            {("air_defence", 1), ("other", 5)},
        ),
        # figures in brackets, as official statements of the Gulf write them
        (
            "أعلن التحالف اعتراض وتدمير صاروخ باليستي أطلقته المليشيا الحوثية مساء أمس، وعدد (4) طائرات بدون طيار "
            "باتجاه جازان.",
            {("other", 1), ("drone", 4)},
        ),
        # one more thing, and where
        (
            "أعلنت وزارة الدفاع الأرمينية أن دفاعاتها أسقطت أمس مسيرتين قرب هادروت، وطائرة «أن-2» فوق مارتوني.",
            {("drone", 2), ("aircraft", 1)},
        ),
        (
            "أعلنت وزارة الدفاع الأرمينية أن دفاعاتها أسقطت أمس مسيرتين قرب هادروت، وفوق مارتوني مروحية قتالية.",
            {("drone", 2), ("helicopter", 1)},
        ),
        # the makes of some, in quotes
        (
            "أعلنت موسكو أن العدو خسر أمس قرب سودجا 19 دبابة، خمس منها «ليوبارد»، و43 مدرعة.",
            {("tank", 19), ("armoured_vehicle", 43)},
        ),
    ],
)
def test_a_list_goes_on(text: str, expected: set[tuple[str, int | None]]) -> None:
    assert things(text) == expected


def test_another_deed_ends_a_list() -> None:
    text = "أعلنت باكو أنها دمرت أمس دبابتين قرب فضولي، وأن ثلاث طائرات مسيرة أطلقتها على هادروت عادت سالمة."
    assert ("drone", 3) not in things(text)


@pytest.mark.parametrize(
    "text",
    [
        "بدأت في أرمينيا تدريبات واسعة. ويقضي السيناريو بأن الوحدات أسقطت عشر مسيرات ودمرت دبابتين قرب يريفان.",
        "بحسب سيناريو اليوم الثاني، دمرت المروحيات أربع دبابات قرب باكو.",
    ],
)
def test_nothing_is_lost_in_a_scenario(text: str) -> None:
    assert not things(text)
