"""Kinds of deeds, means and aims that tell the type of an event, and what tells two events of one sentence apart."""

from __future__ import annotations

import pytest

from geomap.extract.events.evidence import evidence
from geomap.extract.events.heads import find_heads
from geomap.extract.events.links import link_features
from geomap.extract.events.setting import setting_of
from geomap.extract.losses import find_losses
from tests.support.reading import article, claims


def clues(text: str, number: int = 0) -> set[str]:
    """The evidence of the events of one sentence of a text."""
    found = article(text)
    first, stop = found.tagged.tokens.sentences[number]
    heads = [h for h in find_heads(found) if first <= h.first < stop]
    return set(evidence(found, heads, find_losses(found, first, stop), first, stop))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت المدفعية خنادق الجيش وقتلت جنديين.", {"fm=military|guns", "fa=military|post"}),
        ("أغارت طائرة مسيرة على القرية فقتلت طفلين.", {"fm=civilian|air", "mad=air|town|loss+strike"}),
        ("أصابت قذيفة منازل القرية.", {"ma=guns|civil+town"}),
        # drones that were lost are no means
        ("أسقط الجيش ثلاث طائرات مسيرة.", {"fm=-|-"}),
    ],
)
def test_who_fell_what_was_aimed_at_and_by_what_means(text: str, expected: set[str]) -> None:
    assert expected <= clues(text)


def test_a_bare_toll_is_read_with_what_was_told_before() -> None:
    text = "أغارت الطائرات على حي سكني ليلا وأصابت مدنيين. وقتل في اليوم نفسه تسعة أشخاص."
    assert {"un=loss|1=airstrike", "un=loss|p=civilian"} <= clues(text, 1)
    # words that say how it was done need none
    assert not any(f.startswith("un=") for f in clues("أغارت الطائرات على الحي. وقصفت المدفعية القرية.", 1))


def pair(text: str) -> set[str]:
    found = article(text)
    a, b = find_heads(found)[:2]
    return set(link_features(found, a, b))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت المدفعية مارتوني أمس، وأغارت الطائرات على هادروت.", {"place=other", "means=other"}),
        ("قصفت المدفعية مارتوني أمس، وأصابت القذائف سوق مارتوني.", {"place=same"}),
        ("قصفت المدفعية مارتوني أمس، فقتل ثلاثة من سكانها.", {"place=one-", "number=one+"}),
    ],
)
def test_whether_two_clauses_tell_of_one_place_and_one_means(text: str, expected: set[str]) -> None:
    assert expected <= pair(text)


@pytest.mark.parametrize(
    "text",
    [
        "اثنا عشر صاروخا على هادروت منذ الصباح.",
        "أعلن المتحدث: قذائف على بلدة مارتوني.",
        "ليلة طويلة، وقنابل عنقودية على مارتوني.",
    ],
)
def test_shells_at_a_place_tell_a_strike_without_a_verb(text: str) -> None:
    assert [h.values for h in find_heads(article(text))] == [("shelling",)]


@pytest.mark.parametrize(
    "text",
    [
        "سقطت صواريخ على هادروت.",  # the verb tells it
        "عرض الجيش صواريخ على شاشات كبيرة.",  # no place is hit
        "وصلت شاحنة قذائف من هادروت.",
    ],
)
def test_shells_beside_a_verb_or_without_a_place_tell_nothing_more(text: str) -> None:
    tagged = article(text).tagged
    assert all(tagged.find(h.first, "event") or tagged.find(h.first, "loss") for h in find_heads(article(text)))


def test_a_lone_sentence_stands_in_nothing() -> None:
    alone, last = article("قصفت المدفعية مارتوني."), article("هدأت الجبهة. قصفت المدفعية مارتوني.")
    assert setting_of(alone, 0, find_heads(alone)) == ()
    assert setting_of(last, 1, find_heads(last))


@pytest.mark.parametrize(
    "text",
    [
        "قصفت القوات الأرمينية قرى في ترتر وأغدام.",
        "شهدت مارتوني وهادروت قصفا.",
        "غارات على أطراف خاركيف.",
        "خمسة صواريخ على بلدة مارتوني.",
        "اشتباكات قرب سوتك.",
    ],
)
def test_a_flash_is_read(text: str) -> None:
    (claim,) = claims(text)
    assert claim.event_type in ("Battles", "Explosions/Remote violence")
    assert claim.places


@pytest.mark.parametrize(
    "text",
    [
        "قصفت القوات الروسية مدينة خاركيف في عام 1943.",
        "دعا الوزير إلى وقف قصف مارتوني.",
        "قد تندلع اشتباكات قرب سوتك.",
        "لماذا يتجدد القصف على مارتوني؟",
    ],
)
def test_a_lone_sentence_that_tells_no_news_is_not(text: str) -> None:
    assert not claims(text)
