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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whose an aircraft is stands before the word that says that it has no pilot
        ("أسقطت الدفاعات طائرة إسرائيلية مسيرة فوق الجرد.", [("drone", 1)]),
        ("أسقطت مقاتلة فرنسية مسيرة فوق البحر.", [("drone", 1)]),
        # the means of an attack, and what became of them
        ("تعرض المطار لهجوم بثلاث مسيرات أُسقطت كلها.", [("drone", 3)]),
        ("حاولوا ضرب القصر بمسيرتين أُسقطتا قبل وصولهما.", [("drone", 2)]),
        ("حلقت مسيرات فوق القرية فأُسقطت إحداها.", [("drone", 1)]),
        ("شاركت تسع مسيرات في الهجوم، وإن ستا منها أُسقطت فوق الميناء.", [("drone", 6)]),
        ("أطلق صاروخان على المدينة فاعترضتهما القبة الحديدية.", [("other", 2)]),
        # what did it is not lost
        ("تحطمت مسيرة قرب النهر بعدما أصابتها نيران المضادات الأرضية.", [("drone", 1)]),
        ("نسب الناطق إسقاطها إلى صاروخ أرض جو.", []),
        ("سقط صاروخ باليستي فجر أمس على حي سكني.", []),
        ("هوت مسيرة انتحارية عند الفجر على حافلة.", []),
        ("القصف المدفعي أحرق حقول قريتين.", []),
        ("أوقعت قنبلة ألقتها طائرة على السوق تسعة قتلى.", []),
        # verbs that deal other things too
        ("أوقعت المضادات مروحيتين قرب الجبل.", [("helicopter", 2)]),
        ("أعلنت المتحدثة تحييد دبابة ومدرعة قرب القرية.", [("tank", 1), ("armoured_vehicle", 1)]),
        ("أخرجت من الخدمة خمس دبابات وثلاث راجمات.", [("tank", 5), ("artillery", 3)]),
        ("احترقت طائرتا نقل في المدرج.", [("aircraft", 2)]),
        ("أسقط الجيش بصاروخ محمول على الكتف مروحية قرب الحدود.", [("helicopter", 1)]),
    ],
)
def test_what_is_brought_down(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خسر العدو 60 فردا بينهم تسعة قتلى على الأقل و11 دبابة وست مدرعات.", [("tank", 11), ("armoured_vehicle", 6)]),
        ("أسقطت الدفاعات 20 صاروخا من أصل 31 إضافة إلى تسع مسيرات.", [("other", 20), ("drone", 9)]),
        ("خسر العدو مروحية واحدة ودبابتين أمس.", [("helicopter", 1), ("tank", 2)]),
        ("قدرت الأركان خسائر العدو بنحو 900 فرد بين قتيل وجريح، إضافة إلى سبع دبابات.", [("tank", 7)]),
        ("اجتاح المسلحون القاعدة وغنموا منها مدفعين وأربع مدرعات.", [("artillery", 2), ("armoured_vehicle", 4)]),
        ("استولى الجيش على ثلاثين نقطة، وعلى خمس مدرعات ودبابة.", [("armoured_vehicle", 5), ("tank", 1)]),
    ],
)
def test_what_goes_on_behind_men_and_ground(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "and another", where it fell
        ("أسقطت الدفاعات مسيرتين قرب الجبل وأخرى فوق النهر.", [("drone", 3)]),
        ("أسقطت الدفاعات مسيرة وأصابت أخرى.", [("drone", 1)]),
        # "of them": missiles only where no arms are named
        ("أمطر العدو المدينة بنحو ستين صاروخا، وقال الجيش إنه اعترض منها 41.", [("other", 41)]),
        ("أطلق العدو تسعين مسيرة وعشرة صواريخ، جرى إسقاط 71 منها.", [("drone", 71)]),
        # what was forced down
        ("أرغمت وحداتنا مسيرتين من طراز «مافيك» على الهبوط قرب القرية.", [("drone", 2)]),
        # a thing in quotes
        ("أحرقت القوات ناقلتي جند و«قاذفة صواريخ» للعدو.", [("armoured_vehicle", 2), ("artillery", 1)]),
        # gun trucks, and crews that are none
        ("أحرقت القوات خمسة أطقم ومدفعين.", [("other", 5), ("artillery", 2)]),
        ("دمرت الغارة ثلاثة أطقم طبية ومدفعين.", [("artillery", 2)]),
        # who took over what stands further on
        (
            "تسلمت القوات حتى مساء أمس من المسلحين ست مدرعات و50 منظومة محمولة مضادة للدروع.",
            [("armoured_vehicle", 6), ("other", 50)],
        ),
        ("سلم المقاتلون في الإقليم أمس إلى قوات حفظ السلام الروسية ثماني دبابات.", [("tank", 8)]),
    ],
)
def test_others_and_what_changes_hands(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert items(text) == expected
