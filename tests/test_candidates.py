"""Where names of places and peoples stand in a text, before anything decides what they mean."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat
from geomap.geoparse.names import NameIndex, skeleton
from geomap.model import Place
from geomap.text import fold, fold_name
from tests.support.reading import analyzer, spans


def only(text: str) -> tuple[str, str, int]:
    """The one candidate of a sentence: as written, its kind, the letters of its clitics."""
    ((written, span),) = spans(f"قال {text} ثم")
    return written, span.kind, span.cut


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("جيرموك", "جيرموك", 0),
        ("وجيرموك", "جيرموك", 1),
        ("ليريفان", "يريفان", 1),
        ("بأذربيجان", "أذربيجان", 1),
        ("والقامشلي", "القامشلي", 1),
        ("بالحسكة", "الحسكة", 1),
        ("وبيريفان", "يريفان", 2),
        ("وكابان", "كابان", 1),
        ("وموسكو", "موسكو", 1),
    ],
)
def test_clitics_before_a_name_are_not_part_of_it(text: str, name: str, cut: int) -> None:
    assert only(text) == (name, "name", cut)


def test_the_first_letter_of_a_word_is_no_clitic() -> None:
    assert spans("في ولايات.") == []
    assert only("سرت")[2] == 0
    assert only("لبنان")[2] == 0


@pytest.mark.parametrize("text", ["قره باغ", "قره-باغ", "قره\nباغ", "قره\u00a0باغ", "قـره بـاغ", "قَره باغ"])
def test_a_name_of_two_words_is_one_candidate_however_it_is_set(text: str) -> None:
    assert only(text) == (text, "name", 0)


@pytest.mark.parametrize(
    "name",
    ["ناغورنو كاراباخ", "ناغورني كاراباخ", "ناغورني قره باغ", "ناغورني قره باخ", "قرة باغ", "قره باخ", "كاراباخ"],
)
def test_spellings_of_one_place_are_one_place(name: str) -> None:
    ((_, span),) = spans(f"في {name} اليوم")
    assert span.places == ("az-nagorno-karabakh",)


def test_the_longest_name_wins() -> None:
    assert [name for name, _ in spans("في مخيم جباليا")] == ["مخيم جباليا"]
    assert [name for name, _ in spans("على الحدود السورية التركية")] == ["الحدود السورية التركية"]


@pytest.mark.parametrize(
    "word", ["أذربيجاني", "أذربيجانية", "أذربيجانيون", "أذربيجانيين", "أذربيجانيان", "أرمنيا", "أذرية", "لبنانيين"]
)
def test_a_demonym_in_its_forms_is_a_candidate(word: str) -> None:
    assert only(word)[1] in ("demonym", "name")


def test_a_border_without_a_name_is_a_candidate() -> None:
    assert only("الحدود") == ("الحدود", "border", 0)


def test_another_spelling_is_known_by_its_consonants() -> None:
    ((written, span),) = spans("في ستيبناكيرت اليوم")
    assert (written, span.kind, span.places) == ("ستيبناكيرت", "variant", ("az-stepanakert",))


def test_a_strange_word_behind_a_place_noun_is_a_candidate() -> None:
    assert [(name, s.kind) for name, s in spans("في بلدة زرنقوق وشمبقان ثم")] == [
        ("زرنقوق", "unknown"),
        ("شمبقان", "unknown"),
    ]


def test_a_strange_word_with_no_place_noun_is_none() -> None:
    assert spans("قال زرنقوق ذلك") == []


def test_a_place_noun_with_the_article_asks_for_no_name() -> None:
    assert spans("في البلدة زرنقوق") == []


@given(
    st.lists(
        st.sampled_from("جرموك وباكو يريفان، قره باغ . الحدود قصفت في بلدة زرنقوق أذربيجانية".split()), max_size=12
    )
)
@settings(deadline=None)
def test_candidates_follow_one_another_and_their_text_folds_to_their_key(words: list[str]) -> None:
    found = spans(" ".join(words))
    assert all(a.stop <= b.first for (_, a), (_, b) in pairwise(found))
    for written, span in found:
        if span.kind in ("name", "unknown", "variant"):
            assert fold_name(written) == span.key


def test_every_curated_arabic_name_is_found_where_it_stands() -> None:
    """Names in Arabic of all places, each in a sentence of its own; a longer name may win over a shorter one."""
    missed = []
    for place in analyzer().index.gazetteer:
        for name in place.names.get("ar", ())[:1]:
            found = spans(f"في {name} .")
            if not any(place.id in span.places for _, span in found):
                missed.append(name)
    assert len(missed) <= 5, missed[:20]


@pytest.mark.parametrize(("one", "other"), [("ستيباناكيرت", "ستيبناكرت"), ("غوريس", "كوريس"), ("باخموت", "باكموت")])
def test_spellings_of_a_foreign_name_share_their_consonants(one: str, other: str) -> None:
    lexicon = analyzer().lexicon
    assert skeleton(fold(one).text, lexicon) == skeleton(fold(other).text, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "باكو (الأناضول) - اجتمع الوزراء.",
        "باكو - الأناضول - اجتمع الوزراء.",
        "قال الوزير لوكالة الأناضول إنه عائد.",
        "الدوحة /قنا/ اجتمع الوزراء.",
    ],
)
def test_a_news_agency_is_no_place(text: str) -> None:
    assert not any(name in ("الأناضول", "أناضول", "قنا") for name, _ in spans(text))


def test_a_place_that_is_called_like_an_agency_is_a_place() -> None:
    assert [name for name, _ in spans("سافروا إلى هضاب الأناضول شتاء.")] == ["الأناضول"]


@pytest.mark.parametrize(
    "text", ["المعارك في المنطقة الجبلية.", "كانتا معا.", "عقدوا اجتماعا طارئا.", "صواريخ إلبروس."]
)
def test_words_that_are_written_like_a_name_are_no_names(text: str) -> None:
    assert spans(text) == []


def test_a_family_name_behind_a_first_name_is_no_people() -> None:
    assert not any(span.kind == "demonym" for _, span in spans("صرح أرتاك بلغاريان بذلك."))
    assert [span.kind for _, span in spans("وصل سائحان بلغاريان.")] == ["demonym"]


def test_a_name_in_quotes_behind_a_noun_is_a_candidate() -> None:
    assert [name for name, _ in spans("قصفوا قرية «شورقلي» أمس.")] == ["شورقلي"]


# ── names that are verbs, adjectives, or only sound alike ────────────────────────────────────────────


@pytest.mark.parametrize("text", ["المدفعية تدمر دبابتين", "الصواريخ تدمر ثلاث شاحنات"])
def test_a_verb_with_what_it_hits_behind_it_is_no_name(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("text", ["في تدمر دبابات", "قصف تدمر أمس", "إلى تدمر ثلاث شاحنات"])
def test_the_same_word_is_a_name_elsewhere(text: str) -> None:
    assert [span.places for _, span in spans(text)] == [("sy-palmyra",)]


def test_the_adjective_of_a_state_wins_over_a_quarter_named_so() -> None:
    ((_, span),) = spans("الشركة السودانية")
    assert (span.kind, span.places) == ("demonym", ("sd-sudan",))


@pytest.mark.parametrize("name", ["غرداب", "الكرداب"])
def test_names_of_the_languages_own_countries_keep_their_consonants(name: str) -> None:
    native, foreign = (f"zz-{country}" for country in ("sy", "ua"))
    gazetteer = Gazetteer(
        {
            p.id: p
            for p in (
                Place(native, native, LonLat(36, 35), "PPL", "SY", names={"ar": ("قرداب",)}),
                Place(foreign, foreign, LonLat(30, 50), "PPL", "UA", names={"ar": ("خرداب",)}),
            )
        }
    )
    index = NameIndex(gazetteer, analyzer().lexicon)
    assert native not in index.alike(fold_name(name))
    assert index.alike("قرداب") == (native, foreign)


@pytest.mark.parametrize("text", ["حريق كبير على الطريق", "وكتبت الصحيفة", "هجوم كبير على المدينة"])
def test_a_letter_of_a_word_is_no_clitic_that_names_seldom_have(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("name", ["القاهرة الإخبارية", "كردستان 24", "دارفور 24"])
def test_a_broadcaster_named_for_a_place_is_no_place(name: str) -> None:
    assert spans(f"وأفادت {name} بذلك") == []


@pytest.mark.parametrize(
    "text",
    [
        "القرداحة، مسقط رأس الرئيس السابق",
        "عاد إلى مسقط رأسه",
        "القذائف التي سقطت على الضفة المقابلة من النهر",
        "رفعوا العلم على الضفة الغربية لنهر الفرات",
        "قال المتحدث باسم التحالف تركي المالكي",
        "نفى البنتاغون ذلك",
    ],
)
def test_phrases_that_hold_the_name_of_a_place_and_name_none(text: str) -> None:
    written = {name for name, _ in spans(text)}
    assert written.isdisjoint({"مسقط", "الضفة", "الضفة الغربية", "تركي", "البنتاغون"})
