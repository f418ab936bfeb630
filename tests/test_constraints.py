"""Readings that the neighbours of a word rule out."""

from __future__ import annotations

import pytest

from geomap.constraints import read_constraints
from geomap.errors import DataError
from geomap.lexicon import TAGS, lexicon_for
from geomap.tagging import tag
from geomap.text import tokenize


def events(text: str, word: int) -> set[str]:
    """What a word can tell as an event or a loss."""
    return {
        f"{t.tag}.{t.value}" for t in tag(tokenize(text), lexicon_for("ar")).tags[word] if t.tag in ("event", "loss")
    }


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("وصلت القافلة فجر الجمعة", 2, set()),
        ("فجر انتحاري نفسه", 0, {"event.explosion"}),
        ("عادوا عبر المعبر", 1, set()),
        ("فقد أعلنت الوزارة", 0, set()),
        ("فقد الجيش ثلاث دبابات", 0, {"event.lose"}),
        ("سقط ستة مدنيين", 0, {"loss.killed"}),
        ("سقوط المدينة صباحا", 0, {"event.capture", "event.hit"}),
        ("تبادل الطرفان الأسرى", 0, {"event.exchange"}),
        ("تبادلت القوتان القصف", 0, {"event.clash"}),
        ("دخلت الهدنة حيز التنفيذ", 0, set()),
        ("القرية تبعد 15 كيلومترا عن الجبهة", 1, set()),
        ("أضرار في مركز تسوق", 3, set()),
        ("دوت صافرات الإنذار", 0, set()),
        ("دوت انفجارات عنيفة", 0, {"event.explosion"}),
        ("دخلت القوات البلدة", 0, {"event.capture"}),
        ("أطلقت الحكومة مبادرة", 0, {"event.fire"}),
        ("أطلقت مبادرة جديدة", 0, set()),
        ("استولت على ثلاث دبابات", 0, {"event.destroy"}),
        ("الاستيلاء على ذخائر كثيرة", 0, {"event.destroy"}),
        ("الاستيلاء على بلدة مجاورة", 0, {"event.capture"}),
        ("مقر هيئة تحرير الشام", 2, set()),
        ("تحرير البلدة أمس", 0, {"event.capture"}),
        ("بيان نشرته على صفحتها", 1, set()),
        ("نشر الجيش قوات جديدة", 0, {"event.deploy"}),
        ("استهدفوا تجمعا لقوات الحرس", 1, set()),
        ("نظموا تجمعا أمام البرلمان", 1, {"event.protest"}),
        ("سقطت مسيرة في الوادي", 0, {"event.shootdown"}),
        ("سقطت مسيرة على مبنى", 0, {"event.hit", "loss.killed"}),
        ("سقوط عشرة مدنيين", 0, {"loss.killed"}),
        ("سقوط قذيفة على المبنى", 0, {"event.shelling", "event.hit"}),
        ("نشرت موسكو ألفي جندي", 0, {"event.deploy"}),
        ("نشرت الوزارة أسماء جنودها", 0, set()),
        ("وردت أنباء عن الحادث", 0, set()),
        ("رفع الجنود علم بلادهم فوق البلدة", 0, {"event.capture"}),
        ("رفعت الوزارة الحصيلة إلى تسعة", 0, set()),
        ("ورفع المحتجون أعلام بلادهم", 0, set()),
        ("أحكموا قبضتهم على الطريق", 1, {"event.capture"}),
        ("ألقت الشرطة القبض على ثلاثة", 2, {"event.arrest"}),
        ("أحكم مقاتلو الكتيبة الثالثة التابعة للواء قبضتهم على الميناء", 6, {"event.capture"}),
        ("وصار الجسر كله في قبضتهم", 4, {"event.capture"}),
        ("ولوح الزعيم بقبضته أمام الحشد", 2, set()),
        ("تفقدت اللجنة مخازن الحبوب", 0, set()),
        ("تفقدوا أوراق الركاب", 0, set()),
        ("وكسروا زجاج النوافذ", 0, set()),
        ("أسقطت دفاعات المنطقة، فوق التلال الواقعة شمال النهر، مسيرة", 0, {"event.shootdown"}),
        ("أسقط البرلمان مشروع القانون", 0, set()),
        ("نصب المعتصمون، وعددهم نحو سبعين، خيامهم أمام المقر", 0, {"event.protest"}),
        ("نصبت الكتيبة حاجزا على الجسر", 0, {"event.base"}),
        ("افتتح نصب تذكاري في الساحة", 1, set()),
        ("نزل عشرات الآلاف من الطلاب إلى شوارع العاصمة", 0, {"event.protest"}),
        ("نزلت درجة الحرارة كثيرا", 0, set()),
        ("زار رئيس المجلس الانتقالي القرية", 3, set()),
        ("انتقلت الكتيبة إلى الجبهة", 0, {"event.deploy"}),
        ("والبلدة تحت سيطرة قواتنا", 2, set()),
        ("باتت البلدة تحت سيطرة قواتنا", 3, {"event.capture"}),
        ("بات الوضع على الجبهة تحت السيطرة", 5, set()),
        ("القرى الخاضعة لسيطرة الجيش", 2, set()),
        ("وتشكل السيطرة على التل نقطة تحول", 1, set()),
        ("أعلنت الوزارة السيطرة على التل", 2, {"event.capture"}),
        ("بهدف استعادة البلدة", 1, set()),
        ("استعادة الهدوء في البلدة", 0, set()),
        ("استعادة البلدة أمس", 0, {"event.capture"}),
        ("بدأ القصف مساء وتوقف فجرا", 3, set()),
        ("قرية تقع في الجبل", 1, set()),
        ("عادت فرقة من الجنود", 1, set()),
        ("كان المزارعون يزرعون حقولهم", 2, set()),
        ("زرعت القوات ألغاما في حقول القرية", 0, {"event.mine"}),
        ("أوقفوا مركبة نقل مدنية", 2, set()),
        ("ضربت عاصفة شديدة البلدة", 0, set()),
        ("فتحت البلدية الطريق أمس", 0, set()),
        ("فتحت القوات المتمركزة في التل النار", 0, {"event.fire"}),
        ("سياسة القوة لا تجدي", 1, set()),
        ("لم يبق سوى جدار", 2, set()),
        ("وسوى الانفجار البيت بالأرض", 0, {"event.destroy"}),
        ("تواجه القرية نقصا في الدواء", 0, set()),
        ("وتواجه الجيشان عند الجسر", 0, {"event.clash"}),
        ("وتعرض على العاصمة وساطة", 0, set()),
        ("انقضت مدة الإنذار", 0, set()),
        ("وانقضت المقاتلات على الرتل", 0, {"event.attack"}),
        ("آلاف الأسر في العراء", 1, set()),
        ("لتعبئة صفائحهم بالوقود", 0, set()),
        ("أوقف الجانبان القتال ظهرا", 0, set()),
        ("وأوقفت الشرطة أربعة شبان", 0, {"event.arrest"}),
        ("توقف ضخ المياه", 0, set()),
        ("أعادت اللجنة فتح السوق", 0, set()),
        ("أبرز ما ورد في الصحف", 2, set()),
    ],
)
def test_a_reading_is_dropped_where_its_neighbours_rule_it_out(text: str, word: int, expected: set[str]) -> None:
    assert events(text, word) == expected


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("انفجر مستودع للوقود في الضاحية فقضى سبعة", True),
        ("انفجر مستودع للوقود في الضاحية جراء غارة", False),
        ("حصد انفجار عرضي تسعة عمال", True),
        ("تدربت الوحدة على صد إنزال", True),
    ],
)
def test_accidents_and_drills_stand_apart(text: str, apart: bool) -> None:
    tags = {f"{t.tag}.{t.value}" for found in tag(tokenize(text), lexicon_for("ar")).tags for t in found}
    assert ("scope.apart" in tags) == apart


@pytest.mark.parametrize("text", ["لا تزال المعارك دائرة", "ما زال القصف متواصلا", "وما زالت البلدة محاصرة"])
def test_what_has_not_ceased_is_not_negated(text: str) -> None:
    assert {f"{t.tag}.{t.value}" for t in tag(tokenize(text), lexicon_for("ar")).tags[0]} == {"state.continue"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"words": ["a"], "drop": ["event.fire"], "nxt": ["b"]}, "unknown key 'nxt'"),
        ({"words": ["a"]}, "nothing to drop"),
        ({"drop": ["event.fire"]}, "no words"),
        ({"words": ["a"], "drop": ["even.fire"]}, "unknown tag in 'even.fire'"),
        ({"words": ["a"], "drop": ["event.fire"], "near": ["@weapn"]}, "unknown tag in '@weapn'"),
    ],
)
def test_a_bad_constraint_is_an_error_that_names_it(table: dict[str, list[str]], said: str) -> None:
    with pytest.raises(DataError, match=r"\[\[constraint\]\] 1") as caught:
        read_constraints("xx.toml", [table], TAGS)
    assert said in str(caught.value)


def test_conditions_all_have_to_hold() -> None:
    table = {"words": ["b"], "drop": ["event"], "before": ["a"], "unless_next": ["c"]}
    (constraint,) = read_constraints("xx.toml", [table], TAGS)

    def holds(*words: str) -> bool:
        return constraint.holds(words, words.index("b"), words.index("b") + 1, lambda _: (), lambda _: ())

    assert holds("a", "b", "d")
    assert holds("a", "b")
    assert not holds("a", "b", "c")
    assert not holds("d", "b", "d")
