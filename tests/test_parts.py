"""Who acts in an event and who is hit."""

from __future__ import annotations

import tomllib

import pytest

from geomap.extract.parties.parts import Chance, give
from geomap.paths import data_path
from tests.support.reading import claims


def parts(text: str) -> list[tuple[set[str], set[str]]]:
    return [(set(claim.actors), set(claim.targets)) for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        (
            "أطلقت القوات الأذربيجانية النار صباح أمس على مواقع الجيش الأرميني قرب سوتك، بحسب وزارة الدفاع الأرمينية.",
            {"Azerbaijani forces"},
            {"Armenian forces"},
        ),
        (
            "اندلعت اشتباكات عنيفة بين القوات الأرمينية والقوات الأذربيجانية في محيط هادروت أمس.",
            {"Armenian forces", "Azerbaijani forces"},
            set(),
        ),
        (
            "قتل ثلاثة مدنيين وأصيب عشرة في قصف مدفعي شنته قوات الدعم السريع على حي سكني في الأبيض أمس.",
            {"Rapid Support Forces"},
            {"civilians"},
        ),
        (
            "أعلنت وزارة الدفاع الروسية سيطرة قواتها على بلدة في مقاطعة دونيتسك بعد انسحاب القوات الأوكرانية أمس.",
            {"Russian forces"},
            {"Ukrainian forces"},
        ),
        (
            "وقعت أرمينيا وأذربيجان أمس في جنيف اتفاقا لوقف إطلاق النار.",
            {"Armenia", "Azerbaijan"},
            set(),
        ),
        (
            "قالت وزارة الدفاع الأرمينية إن وحدات أذربيجانية فتحت النار مساء أمس على مواقعها قرب يراسخ.",
            {"Azerbaijani forces"},
            {"Armenian forces"},
        ),
        (
            "قصفت المدفعية الأذربيجانية صباح أمس قرية تشيناري الحدودية من دون وقوع إصابات، بحسب يريفان.",
            {"Azerbaijani forces"},
            {"Chinari"},
        ),
        (
            "شنت طائرات إسرائيلية فجر أمس غارة على مستشفى في دير البلح، بحسب شهود.",
            {"Israeli forces"},
            {"hospital"},
        ),
        ("تظاهر الآلاف مساء أمس وسط يريفان مطالبين باستقالة الحكومة.", {"protesters"}, set()),
    ],
)
def test_each_takes_its_part(text: str, actors: set[str], targets: set[str]) -> None:
    assert (actors, targets) in parts(text)


def test_who_denies_having_done_it_is_still_who_is_said_to_have() -> None:
    text = "اتهمت يريفان القوات الأذربيجانية بقصف قرية تشيناري أمس، ونفت وزارة الدفاع في باكو ذلك."
    assert [actors for actors, _ in parts(text)] == [{"Azerbaijani forces"}]


def test_nobody_is_named_where_nobody_is_told() -> None:
    text = "انفجر لغم أرضي أمس بسيارة مدنية قرب أغدام فقتل سائقها."
    assert all(not actors for actors, _ in parts(text))


def test_of_those_that_are_unsure_only_the_likeliest_takes_a_part() -> None:
    chances = [Chance("a", 0.3, 0.1), Chance("b", 0.25, 0.1), Chance("c", 0.05, 0.1)]
    assert give(chances, fought=False) == (("a",), ())


def test_a_fight_of_which_one_side_is_known_has_another() -> None:
    chances = [Chance("a", 0.9, 0.0), Chance("b", 0.1, 0.15), Chance("c", 0.1, 0.0)]
    assert give(chances, fought=True) == (("a",), ("b",))
    assert give(chances, fought=False) == (("a",), ())


def test_all_that_can_be_hit_has_a_name_in_the_pages() -> None:
    kinds = tomllib.loads(data_path("lexicons/ar.toml").read_text("utf-8"))["target"]
    words = tomllib.loads(data_path("labels/ar.toml").read_text("utf-8"))["words"]
    assert {kind.replace("_", " ") for kind in kinds} | {"civilians"} <= words.keys()
