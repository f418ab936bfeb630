"""Names that no gazetteer writes so, names inside other names, and what the text says that a name lies in."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from geomap.geo import LonLat
from geomap.geoparse import parse
from geomap.model import Mention, Place
from tests.support.reading import analyzer, document, mentions, place_of

TARIN = Place("xx-tarin", "Tarin", LonLat(46.0, 40.0), "PPL", "AM", origin="geonames")


def named(text: str, name: str) -> Mention | None:
    """The mention written so."""
    return next((m for m in mentions(text) if m.text == name), None)


def with_fallback(text: str, known: dict[str, Place]) -> tuple[list[str], tuple[Mention, ...]]:
    """What the fallback was asked, and the mentions of a text with it."""
    asked: list[str] = []

    def fallback(name: str, features: frozenset[str], countries: Sequence[str]) -> Place | None:
        asked.append(name)
        return known.get(name)

    article = document(text)
    found = analyzer()
    parsed = parse(article, found.tagged(article), found.index, found.models.roles, (), fallback)
    return asked, parsed.mentions


@pytest.mark.parametrize("noun", ["بلدة", "قرية", "مدينة", "محافظة", "قضاء", "ناحية"])
def test_an_unknown_word_behind_a_noun_that_names_follow_is_a_name(noun: str) -> None:
    mention = named(f"قصفت المدفعية {noun} زرنقوق في أرمينيا أمس.", "زرنقوق")
    assert mention is not None
    assert mention.place is None
    assert any(r.rule == "unresolved" for r in mention.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "أصيب مدني في قرية جبلية قرب يريفان.",
        "سقطت قذيفة على بلدة حدودية في أرمينيا.",
        "تحولت إلى مدينة أشباح بعد الحرب في أرمينيا.",
        "احترقت مدينة الطين القديمة في صنعاء.",
    ],
)
def test_a_word_that_describes_the_noun_is_no_name(text: str) -> None:
    assert [m.text for m in mentions(text) if m.place is None] == []


@pytest.mark.parametrize(
    ("written", "country", "place_id"),
    [
        ("فنادزر", "أرمينيا", "am-vanadzor"),
        ("خنليك", "أذربيجان", "az-khanlig"),
        ("صامخ", "أذربيجان", "az-samukh"),
        ("سابيراباد", "أذربيجان", "az-sabirabad"),
    ],
)
def test_a_spelling_of_the_same_consonants_is_the_place_in_a_country_of_the_article(
    written: str, country: str, place_id: str
) -> None:
    assert place_of(f"قصفت المدفعية بلدة {written} في {country} أمس.", written) == place_id


@pytest.mark.parametrize(
    ("written", "place_id"),
    [
        ("باساركيتشر", "am-vardenis"),
        ("يوخاري شورجا", "am-verin-shorzha"),
        ("أشاغي شورجه", "am-nerkin-shorzha"),
        ("زركند", "am-kut"),
        ("زود", "am-sotk"),
        ("قاراكيلسا", "am-sisian"),
        ("توفوزقلعة", "am-berd"),
        ("موسيسغيخ", "am-movses"),
    ],
)
def test_what_baku_calls_a_village_of_armenia_is_that_village(written: str, place_id: str) -> None:
    said = f"أطلقت وحدات أرمينية النار من مواقعها في بلدة {written} على مواقع الجيش الأذربيجاني أمس."
    assert any(m.place is not None and m.place.id == place_id for m in mentions(said))


def test_a_village_whose_name_is_a_verb_is_none_without_its_noun() -> None:
    said = "أمس زود الجيش الأرميني قواته على الحدود مع أذربيجان بأسلحة جديدة."
    assert all(m.place is None or m.place.id != "am-sotk" for m in mentions(said))


def test_consonants_alone_make_no_place_of_a_country_that_the_article_does_not_name() -> None:
    assert place_of("قصفت المدفعية بلدة كيربالي في أرمينيا أمس.", "كيربالي") is None


def test_the_fallback_is_asked_for_two_words_and_then_for_one() -> None:
    asked, found = with_fallback("قصفت المدفعية بلدة زرنقوق بالا في أرمينيا أمس.", {"زرنقوق بالا": TARIN})
    assert asked[0] == "زرنقوق بالا"
    assert next((m.text, m.place) for m in found) == ("زرنقوق بالا", TARIN)
    asked, found = with_fallback("قصفت المدفعية بلدة زرنقوق أمس في أرمينيا.", {"زرنقوق": TARIN})
    assert "زرنقوق" in asked
    assert next((m.text, m.place) for m in found) == ("زرنقوق", TARIN)


def test_an_exact_name_of_the_fallback_counts_for_more_than_likeness() -> None:
    _, found = with_fallback("قصفت المدفعية بلدة فنادزر في أرمينيا أمس.", {"فنادزر": TARIN})
    assert found[0].place == TARIN


def test_a_compound_whose_first_word_is_a_place_is_looked_up_as_a_whole() -> None:
    asked, _ = with_fallback("قصفت الطائرات بلدة عين زرنقوق في الجزائر أمس.", {})
    assert asked[0] == "عين زرنقوق"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قالت جورجيا ميلوني إن بلادها قلقة.", "جورجيا"),
        ("سرت أنباء عن هدنة جديدة.", "سرت"),
        ("صرح الجنرال سيفان بوغوصيان بأن المعركة انتهت.", "سيفان"),
        ("أكد الوزير آرارات ميرزويان ذلك.", "آرارات"),
        ("ذكرت صحيفة نيويورك تايمز أن الاتفاق قريب.", "نيويورك"),
    ],
)
def test_a_name_inside_another_name_is_no_place(text: str, name: str) -> None:
    assert named(text, name) is None


@pytest.mark.parametrize(
    "text", ["تبنت سرايا القدس إطلاق الصواريخ.", "أعلن فيلق القدس مقتل ضابط.", "أدانت محكمة لاهاي القصف."]
)
def test_a_name_inside_that_of_a_body_is_not_where_something_happens(text: str) -> None:
    assert [m.text for m in mentions(text) if m.role == "location"] == []


def test_a_demonym_before_a_family_name_stays() -> None:
    mention = named("التقى نظيره الأرميني باشينيان في موسكو.", "الأرميني")
    assert mention is not None
    assert mention.role == "nationality"


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("قصفت القوات مارتوني في كاراباخ أمس.", "مارتوني", "az-khojavend"),
        ("قصفت القوات مارتوني في أرمينيا أمس.", "مارتوني", "am-martuni"),
        ("اندلعت اشتباكات في طرابلس في لبنان.", "طرابلس", "lb-tripoli-lebanon"),
        ("سقطت قذيفة على مدينة جلفا الإيرانية.", "جلفا", "ir-jolfa"),
    ],
)
def test_what_a_name_lies_in_decides(text: str, name: str, place_id: str) -> None:
    assert place_of(text, name) == place_id


def test_a_name_with_one_bearer_is_not_taken_for_a_town_of_a_country_that_nothing_names() -> None:
    assert place_of("سقطت قذيفة على بلدة فانادزور في اليمن أمس.", "فانادزور") is None


def test_a_misleading_name_alone_is_left_open() -> None:
    assert all(m.place is None for m in mentions("لم تتدخل فضولي في الشجار."))
    assert place_of("قصفت القوات مدينة فضولي أمس.", "فضولي") == "az-fuzuli"


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("هددت باكو بضرب محطة الطاقة النووية في أرمينيا.", "am-metsamor-nuclear-power-plant"),
        ("انفجار قرب محطة الطاقة النووية في أوكرانيا.", "ua-zaporizhzhia-nuclear-power-plant"),
        ("تضررت محطة الطاقة النووية أمس.", None),
    ],
)
def test_a_plant_without_a_name_is_the_one_of_the_country_that_is_named(text: str, place_id: str | None) -> None:
    assert place_of(text, "محطة الطاقة النووية") == place_id


@pytest.mark.parametrize(
    ("written", "mention"),
    [
        ("القوات الأذربيجانية", "الأذربيجانية"),
        ("الجنود والأرمن", "الأرمن"),
        ("بالسوريين", "السوريين"),
        ("جنود أرمن", "أرمن"),
        ("للأرمن", "أرمن"),
    ],
)
def test_the_article_belongs_to_a_demonym_and_other_clitics_do_not(written: str, mention: str) -> None:
    assert mention in [m.text for m in mentions(f"ألحق القصف خسائر {written} أمس قرب يريفان.")]
