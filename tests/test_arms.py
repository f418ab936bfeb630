"""What wars are fought with, by the names that it has in Arabic: singular, dual, counted, by its make."""

from __future__ import annotations

import pytest

from geomap.extract.losses import find_losses
from tests.support.reading import article


def items(text: str) -> list[tuple[str, int | None]]:
    read = article(text)
    return [(x.kind, x.count) for x in find_losses(read, 0, len(read.tagged.tokens.words)) if not x.person]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دمرت القوات ملالتين وثلاث مجنزرات.", [("armoured_vehicle", 2), ("armoured_vehicle", 3)]),
        ("دمرت القوات تسع سيارات قتالية وأربعة تاتشرات.", [("armoured_vehicle", 9), ("other", 4)]),
        ("دمرت القوات جيبين عسكريين وعجلة همر.", [("armoured_vehicle", 2), ("armoured_vehicle", 1)]),
        ("دمرت القوات أربع آليات مشاة قتالية ومدفعين ميدانيين.", [("armoured_vehicle", 4), ("artillery", 2)]),
        ("أعلن الجيش تدمير منظومتي «سميرتش» ومنظومة «تور».", [("artillery", 2), ("air_defence", 1)]),
        ("أعلن الجيش تدمير منظومة «إس-125» ومحطتي رادار.", [("air_defence", 1), ("other", 2)]),
        ("أعلن الجيش إسقاط طائرتين انتحاريتين ومسيرة «إم كيو-9».", [("drone", 2), ("drone", 1)]),
        ("أعلن الجيش إسقاط مقاتلتين من طراز «سو-30» وطائرة نقل.", [("aircraft", 2), ("aircraft", 1)]),
        ("أعلن الجيش إغراق زورقي إنزال وفرقاطة.", [("ship", 2), ("ship", 1)]),
        ("دمرت القوات مدفعا وآلية.", [("artillery", 1), ("armoured_vehicle", 1)]),
    ],
)
def test_arms_by_their_names(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أسقط الجيش مسيرة أمس. هذا ما ذهب إليه الوزير في كلمته.", [("drone", 1)]),
        ("أعلن الجيش تدمير دبابة وآلية عسكرية.", [("tank", 1), ("armoured_vehicle", 1)]),
        ("استهدف المقاتلون آلية مدرعة وأعطبوها.", [("armoured_vehicle", 1)]),
    ],
)
def test_to_him_is_no_vehicle(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالت القيادة إن أربع مدرعات احترقت في الكمين.", [("armoured_vehicle", 4)]),
        ("قالت البلدية إن ثلاث سيارات احترقت في القصف.", []),
        ("ضربة نفذتها مسيرة صباح اليوم دمرت محطة كهرباء.", []),
    ],
)
def test_what_burns_and_what_a_drone_destroys(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert items(text) == expected
