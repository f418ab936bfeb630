"""Which place of a name is meant, and when that is left open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat, distance_km
from geomap.geoparse.candidates import Span, find_spans
from geomap.geoparse.names import NameIndex
from geomap.geoparse.resolve import MAX_SAME_KM, MIN_LEAD, article_context, choose, rank
from geomap.model import Candidate, Place
from tests.support.reading import analyzer, mentions, place_of, tagged

LIBYA = "قالت الحكومة الليبية إن اشتباكات اندلعت في طرابلس وامتدت إلى مصراتة والزاوية."
LEBANON = "اندلعت اشتباكات في طرابلس بين الجيش اللبناني ومسلحين، ونقل الجرحى إلى بيروت وصيدا."


def place(identity: str, lon: float = 0.0, lat: float = 0.0, code: str = "PPL", country: str = "XX") -> Place:
    return Place(identity, identity, LonLat(lon, lat), code, country, names={"ar": ("زرنقوق",)})


def chosen(text: str, *places: Place) -> Place | None:
    """What the first name of a text means in a gazetteer of these places alone."""
    gazetteer = Gazetteer({p.id: p for p in places})
    found = tagged(text)
    spans = [s for s in find_spans(found, NameIndex(gazetteer, analyzer().lexicon)) if s.places]
    return choose(rank(found, spans[0], article_context(found, spans, gazetteer), gazetteer))


# ── the shipped places ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        (LIBYA, "طرابلس", "ly-tripoli"),
        (LEBANON, "طرابلس", "lb-tripoli-lebanon"),
        ("اندلعت اشتباكات في طرابلس.", "طرابلس", "ly-tripoli"),
        ("وصلت قافلة من بيروت إلى طرابلس وصيدا.", "طرابلس", "lb-tripoli-lebanon"),
        ("شن الطيران الإسرائيلي غارات على غزة.", "غزة", "ps-gaza-city"),
        ("قصفت الطائرات قطاع غزة أمس.", "قطاع غزة", "ps-gaza-strip"),
        ("سيطرت القوات الأذربيجانية على مدينة لاتشين.", "لاتشين", "az-lachin"),
        ("قصفت القوات قرى في منطقة لاتشين.", "لاتشين", "az-lachin-district"),
        ("أغلق المحتجون ممر لاتشين أمام القوافل.", "ممر لاتشين", "az-lachin-corridor"),
        ("قتل أربعة في مدينة الحسكة أمس.", "مدينة الحسكة", "sy-hasakah"),
        ("قتل أربعة في محافظة الحسكة أمس.", "الحسكة", "sy-hasakah-governorate"),
        ("قصفت الطائرات مدينة صور جنوب لبنان.", "صور", "lb-tyre"),
        ("سيطر الجيش المصري على مدينة القاهرة.", "القاهرة", "eg-cairo"),
        ("اندلعت معارك في حي القاهرة بتعز بين الحوثيين والجيش اليمني.", "القاهرة", "ye-al-qahirah-taiz"),
        ("قصف الجيش الأوكراني دونيتسك وماكيفكا.", "دونيتسك", "ua-donetsk"),
        ("وصل الوفد إلى دونيتسك في روسيا قرب روستوف.", "دونيتسك", "ru-donetsk-rostov"),
        # what stands behind a name says where it lies
        (
            "عادت البعثة الليبية من بنغازي ومصراتة، ثم انفجرت سيارة في طرابلس شمال لبنان.",
            "طرابلس",
            "lb-tripoli-lebanon",
        ),
        ("نقل الجرحى إلى أغدام وباكو، وأصيب راعٍ في قرية خناتساخ بمنطقة سيونيك.", "خناتساخ", "am-khnatsakh"),
        # the plural of a part of a town has the town's name behind it
        ("دخل المقاتلون معظم أحياء حلب ليلا.", "حلب", "sy-aleppo"),
        ("تظاهر الآلاف في شوارع دير الزور أمس.", "دير الزور", "sy-deir-ez-zor"),
        # signs over the letters tell the town from the country
        ("عاد الوفد من عَمّان مساء أمس.", "عَمّان", "jo-amman"),
        ("قال دبلوماسي في عمّان إن المحادثات مستمرة.", "عمّان", "jo-amman"),
        ("عاد الوفد من عُمان مساء أمس.", "عُمان", "om-oman"),
        # a village is no town
        ("أصابت قذائف أطلقت من أرمينيا قرية أغدام في أذربيجان.", "أغدام", "az-agdam-tovuz"),
        ("دخلت القوات مدينة أغدام في أذربيجان.", "أغدام", "az-agdam"),
        # a capital is meant, whatever is said to lie elsewhere behind it
        ("تعلم الطبيب في الخرطوم وعمل في صنعاء سنوات.", "الخرطوم", "sd-khartoum"),
        ("هدأت الجبهات بعد لقاء الرياض وطهران في بكين.", "طهران", "ir-tehran"),
    ],
)
def test_a_name_of_several_places_means_the_one_that_the_article_is_about(text: str, name: str, place_id: str) -> None:
    assert place_of(text, name) == place_id


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("وقع إطلاق نار على الحدود بين أرمينيا وأذربيجان.", "border-am-az"),
        # two states that stand together are at odds; a third one in the sentence mediates
        ("حرب أرمينيا وأذربيجان: اتفقت أرمينيا وأذربيجان. وتقول روسيا إن الهدوء عاد إلى الحدود.", "border-am-az"),
        ("قال الجيش اللبناني إن قصفا وقع على الحدود مع إسرائيل.", "border-il-lb"),
        ("قتل جندي من تشاد على الحدود بين تشاد والسودان.", "border-sd-td"),
        # the article's sites lie on either side of it, the mediator has none
        (
            "أصيب جندي قرب غوريس وآخر قرب كلبجار وثالث في بلدة كابان. وقالت روسيا إن الهدوء عاد إلى الحدود.",
            "border-am-az",
        ),
        # words that are places' names too do not stand for their countries
        ("قتل جنديان في أذربيجان على الحدود الشمالية الغربية مع أرمينيا.", "border-am-az"),
    ],
)
def test_the_border_without_a_name_is_the_one_between_the_states_beside_it(text: str, place_id: str) -> None:
    assert place_of(text, "الحدود") == place_id


def test_the_border_of_nobody_is_left_open() -> None:
    assert place_of("وقع قصف على الحدود أمس.", "الحدود") is None


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("قصفت الطائرات قطاع غزة وخان يونس ورفح.", "خان يونس", "ps-khan-yunis"),
        ("اندلعت معارك في حي القاهرة بتعز أمس.", "تعز", "ye-taiz"),
        # one in the plural to all of its list
        ("سقطت قذائف في محافظات قازاخ وطاووز وداشكسان أمس.", "داشكسان", "az-dashkasan-district"),
        ("سقطت قذائف على مدن قازاخ، وطاووز، وداشكسان أمس.", "داشكسان", "az-dashkasan"),
        ("قصفت مدن «مارتوني» و«شوشا» و«أغدام» و«هادروت» أمس.", "هادروت", "az-hadrut"),
    ],
)
def test_a_place_noun_belongs_to_the_name_behind_it_alone(text: str, name: str, place_id: str) -> None:
    assert place_of(text, name) == place_id


def test_candidates_carry_their_reasons_and_the_best_comes_first() -> None:
    (mention,) = [m for m in mentions(LEBANON) if m.text == "طرابلس"]
    assert [c.place.id for c in mention.candidates] == ["lb-tripoli-lebanon", "ly-tripoli"]
    for candidate in mention.candidates:
        assert candidate.score == pytest.approx(sum(r.score or 0 for r in candidate.reasons), abs=0.001)
    assert {r.rule for r in mention.reasons} >= {"role", "place"}


def test_a_mention_left_open_says_so() -> None:
    (mention,) = mentions("وقع قصف على الحدود أمس.")
    assert mention.place is None
    assert any(reason.rule == "unresolved" for reason in mention.reasons)


# ── places of one name, made up ──────────────────────────────────────────────────────────────────────


def test_two_places_far_apart_with_nothing_between_them_are_too_close_to_call() -> None:
    assert chosen("وقع قصف على زرنقوق أمس.", place("one"), place("two", 10, 10)) is None


def test_two_places_side_by_side_are_as_good_as_one() -> None:
    assert chosen("وقع قصف على زرنقوق أمس.", place("one"), place("two", 0.1, 0.1)) is not None


def test_a_name_speaks_for_none_of_its_own_places() -> None:
    gazetteer = Gazetteer({p.id: p for p in (place("one"), place("two", 0.1, 0.1))})
    found = tagged("وقع قصف على زرنقوق أمس.")
    spans = find_spans(found, NameIndex(gazetteer, analyzer().lexicon))
    ranked = rank(found, spans[0], article_context(found, spans, gazetteer), gazetteer)
    assert "neighbours" not in {reason.rule for candidate in ranked for reason in candidate.reasons}


def test_a_quarter_is_not_put_in_another_country_than_its_town() -> None:
    assert place_of("قصف الجيش حي الزهور في درعا أمس.", "حي الزهور") != "iq-zuhour-mosul"


@pytest.mark.parametrize(("noun", "meant"), [("مدينة", "town"), ("محافظة", "province"), ("نهر", "river")])
def test_the_noun_before_a_name_decides(noun: str, meant: str) -> None:
    places = place("town"), place("province", 3, 3, "ADM1"), place("river", 6, 6, "STM")
    found = chosen(f"وقع قصف قرب {noun} زرنقوق أمس.", *places)
    assert found is not None
    assert found.id == meant


def test_a_place_that_shares_the_articles_country_is_meant() -> None:
    other = Place("capital", "capital", LonLat(9, 9), "PPL", "AA", names={"ar": ("شمبقان",)})
    found = chosen("وقع قصف على زرنقوق وشمبقان أمس.", place("one"), place("two", 10, 10, country="AA"), other)
    assert found is not None
    assert found.id == "two"


def test_a_misleading_name_needs_a_noun() -> None:
    plain, word = (
        place("one"),
        Place("two", "two", LonLat(9, 9), "PPL", "XX", names={"ar": ("زرنقوق",)}, needs_cue=True),
    )
    found = chosen("وقع قصف على زرنقوق أمس.", plain, word)
    assert found is not None
    assert found.id == "one"


def test_no_candidate_is_no_place() -> None:
    assert choose([]) is None


scored = st.lists(
    st.builds(
        lambda n, score, lon, lat: Candidate(place(f"p{n}", lon, lat), score),
        st.integers(0, 99),
        st.floats(-3, 6),
        st.floats(-180, 180),
        st.floats(-80, 80),
    ),
    min_size=1,
    max_size=6,
)


@given(scored)
@settings(deadline=None)
def test_a_place_is_chosen_only_with_a_lead_over_all_that_are_far_off(candidates: list[Candidate]) -> None:
    ranked = sorted(candidates, key=lambda c: (-c.score, c.place.id))
    best = ranked[0]
    rivals = [c for c in ranked[1:] if best.score - c.score < MIN_LEAD]
    far = [c for c in rivals if distance_km(c.place.lonlat, best.place.lonlat) > MAX_SAME_KM]
    assert choose(ranked) == (None if far else best.place)


def test_an_article_is_about_the_countries_of_its_certain_names() -> None:
    gazetteer = analyzer().index.gazetteer
    found = tagged("في باكو وغنجة ويريفان وطرابلس")
    spans: list[Span] = find_spans(found, analyzer().index)
    context = article_context(found, spans, gazetteer, ("LB",))
    assert context.countries["AZ"] > context.countries["AM"] > 0
    assert context.countries["LB"] == pytest.approx(0.2)
    assert "LY" not in context.countries
    assert all(anchor.country in ("AZ", "AM") for anchor in context.anchors)


# ── names that are words too ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("وقع الطرفان في كييف مذكرة في إطار خطة السلام الأوكرانية.", "إطار"),
        ("وعلى الطريق الساحلي بين صيدا وصور في لبنان، سارت قوافل على الجانب البحري.", "البحري"),
        ("وأغلقت الشرطة في حلب وإدلب السوريتين شوارع مؤدية إلى السوق.", "مؤدية"),
        ("واستمر تبادل القصف على خط الجبهة في ريف إدلب السورية.", "خط الجبهة"),
    ],
)
def test_a_word_is_no_place_of_a_country_that_nothing_else_names(text: str, word: str) -> None:
    assert all(m.place is None for m in mentions(text) if m.text == word)


def test_names_that_are_words_speak_for_their_country_together() -> None:
    gazetteer = analyzer().index.gazetteer
    alone, both = (tagged(text) for text in ("سارت قافلة إلى معركة", "سارت قافلة من بيروت إلى معركة"))
    one = article_context(alone, find_spans(alone, analyzer().index), gazetteer)
    two = article_context(both, find_spans(both, analyzer().index), gazetteer)
    assert "LB" not in one.countries
    assert two.countries["LB"] == 1.0


@pytest.mark.parametrize("text", ["في كرمان بمحافظة الحديدة اليمنية", "في كرمان في محافظة الحديدة اليمنية"])
def test_a_province_behind_a_name_speaks_against_a_namesake_abroad(text: str) -> None:
    assert all(m.place is None or m.place.country == "YE" for m in mentions(f"وصلت قوارب صيد إلى الميناء {text} أمس."))


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("أطلقت قوات أذربيجانية في نخجوان النار على قرية أرمينية.", "az-nakhchivan-region"),
        ("وصل الوفد إلى مدينة نخجوان في أذربيجان أمس.", "az-nakhchivan"),
    ],
)
def test_the_exclave_is_meant_unless_its_town_is_asked_for(text: str, place_id: str) -> None:
    assert place_of(text, "نخجوان") == place_id


# ── the wars of the day ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("published", "place_id"),
    [(date(2020, 10, 5), "az-khojavend"), (date(2024, 6, 5), "am-martuni")],
)
def test_of_two_towns_the_one_on_ground_that_is_fought_for_is_meant(published: date, place_id: str) -> None:
    text = "أصيب رجل بجروح في بلدة مارتوني مساء أمس، ونُقل إلى يريفان، كما قالت وزارة الصحة في أرمينيا."
    found = next(m for m in mentions(text, published) if m.text == "مارتوني")
    assert found.place is not None
    assert found.place.id == place_id


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        # a mediator stands behind a comma
        ("أعلنت أرمينيا هدنة مع أذربيجان على الحدود، كما قالت الخارجية في موسكو.", "border-am-az"),
        # who is named beside it goes before who fights whom
        ("تسلمت أوكرانيا رفات 300 من جنودها على الحدود مع بيلاروسيا صباح اليوم.", "border-ua-by"),
    ],
)
def test_the_border_of_those_who_fight(text: str, place_id: str) -> None:
    found = next(m for m in mentions(text, date(2022, 9, 14)) if m.text == "الحدود")
    assert found.place is not None
    assert found.place.id == place_id
