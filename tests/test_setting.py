"""What a sentence stands in tells how it is meant: history seldom names its year twice."""

from __future__ import annotations

import pytest

from geomap.extract.events.heads import find_heads
from geomap.extract.events.links import link_features
from geomap.extract.events.setting import setting_of
from tests.support.reading import article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقطت مارتوني في مايو 1992. ثم هاجم المقاتلون القرية.", "bt:=month:past"),
        ("وصل الوفد إلى مارتوني مساء أمس. ثم هاجم المقاتلون القرية.", "bt:=day:new"),
        ("وصل الوفد إلى مارتوني. ثم هاجم المقاتلون القرية.", "bt:=none"),
        # a sentence with a time of its own is told apart
        ("سقطت مارتوني في مايو 1992. ثم هاجم المقاتلون القرية أمس.", "bt:own=month:past"),
    ],
)
def test_the_time_told_before(text: str, expected: str) -> None:
    found = article(text)
    assert expected in setting_of(found, 1, find_heads(found))


def test_the_sentence_before_leaves_its_doubts() -> None:
    found = article("قد تندلع الحرب من جديد في الربيع. وتقصف المدفعية القرى.")
    assert "bs:scope.hypothesis" in setting_of(found, 1, find_heads(found))


def test_the_ages_of_all_times_are_counted() -> None:
    text = "قصفت القوات مارتوني أمس. وكانت قد قصفتها في عام 1993."
    found = article(f"{text} وعاد الأهالي بعد ذلك إلى بيوتهم.")
    assert {"new=1", "old=1"} <= set(setting_of(found, 0, find_heads(found)))
    # what two lines do not say tells nothing
    few = article(text)
    assert not any(feature.startswith(("new=", "old=")) for feature in setting_of(few, 0, find_heads(few)))


def test_two_clauses_with_a_place_each_are_told_apart() -> None:
    found = article("قصفت المدفعية مارتوني أمس، وهاجم المشاة هادروت فجر اليوم.")
    a, b = find_heads(found)[:2]
    assert {"pl=++", "ti=++"} <= set(link_features(found, a, b))
    found = article("قصفت المدفعية مارتوني وهاجم المشاة هادروت.")
    a, b = find_heads(found)[:2]
    assert not any(feature.startswith("pl=") for feature in link_features(found, a, b))
