"""A fight that is told of as going on is told because it goes on."""

from __future__ import annotations

import pytest

from geomap.extract.events.heads import find_heads
from geomap.extract.events.types import goes_on
from tests.support.reading import article, claims


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير إن المعارك قرب سوتك لا تزال دائرة.", True),
        ("تواصل قصف القرى الحدودية حتى المساء.", True),
        ("قال الوزير إن الهجمات من جهة الشرق وعند النهر مستمرة.", True),
        ("قال الوزير إن المعارك وقعت قرب سوتك.", False),
        # the word stands in another sentence
        ("وقعت معارك قرب سوتك. والمحادثات مستمرة.", False),
        # what goes on is no fight
        ("قال الوزير إن التعبئة العامة مستمرة.", False),
    ],
)
def test_what_goes_on(text: str, expected: bool) -> None:
    found = article(text)
    assert goes_on(found, find_heads(found)[:1]) is expected


def test_arms_that_are_laid_down_are_weapons_lost() -> None:
    (claim,) = claims("سلم المسلحون الأرمن في قره باغ أسلحتهم إلى القوات الروسية أمس.")
    assert claim.sub_event_type == "Disrupted weapons use"


def test_a_broken_truce_is_no_accord() -> None:
    found = claims("رصد المراقبون خروقات عدة لوقف إطلاق النار قرب مارتوني أمس.")
    assert not any(claim.sub_event_type == "Agreement" for claim in found)
