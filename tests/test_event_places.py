"""Where an event happened: the finest places its clause gives, then its sentence, then what was told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geomap.extract.places import places_of
from geomap.model import ClaimPlace
from tests.support.reading import analyzer, article, claims


def found(text: str, part: str | None = None, before: tuple[ClaimPlace, ...] = ()) -> tuple[ClaimPlace, ...]:
    """Places of the event in a part of a text, all names being locations."""
    view = article(text)
    view = replace(view, mentions=[replace(m, role="location") for m in view.mentions])
    words = view.tagged.tokens
    start = text.index(part) if part else 0
    inside = [i for i in range(len(words.words)) if start <= words.span(i, i)[0] < start + len(part or text)]
    return places_of(view, inside[0], inside[-1] + 1, before)


def ids(places: tuple[ClaimPlace, ...]) -> list[str]:
    return [p.place.id for p in places]


def test_a_town_is_finer_than_its_province_and_country() -> None:
    assert ids(found("قصفت بلدة سراقب في محافظة إدلب في سوريا.")) == ["sy-saraqib"]


def test_all_towns_of_a_list_count() -> None:
    assert ids(found("قصفت بلدات جرموك وغوريس وكابان.")) == ["am-jermuk", "am-goris", "am-kapan"]


def test_where_the_war_began_is_not_where_it_hit() -> None:
    assert ids(found("سقطت عشرات القذائف على أرمينيا منذ بداية القتال في إقليم قره باغ.")) == ["am-armenia"]
    assert ids(found("ومنذ بداية القتال سقطت قذائف على جرموك.")) == ["am-jermuk"]


@pytest.mark.parametrize(
    ("text", "meant", "code"),
    [
        ("اجتمع الوزراء في كييف. وقصفت خاركيف. ودارت معارك في ضواحي العاصمة.", "ua-kyiv", 2),
        ("وصل وفد من كابان إلى يريفان. وهزت انفجارات العاصمة.", "am-yerevan", 1),
    ],
)
def test_the_capital_is_the_one_named_last_before(text: str, meant: str, code: int) -> None:
    (place,) = found(text, text.rsplit(". ", 1)[-1])
    assert (place.place.id, place.geo_precision, place.inferred) == (meant, code, True)


def test_what_else_was_fired_at_other_towns_goes_on_with_the_list() -> None:
    text = "أطلقت القوات 3 صواريخ على مدينة جرموك، وصاروخين على مدينة غوريس، وصاروخا على كابان."
    assert ids(found(text, "أطلقت القوات 3 صواريخ على مدينة جرموك،")) == ["am-jermuk", "am-goris", "am-kapan"]


def test_a_place_counts_once() -> None:
    assert ids(found("قصفت جرموك ثم قصفت جرموك.")) == ["am-jermuk"]


def test_a_country_is_the_last_resort() -> None:
    text = "في مدينة إدلب، قصفت القوات مواقع في سوريا."
    assert ids(found(text, "قصفت القوات مواقع في سوريا")) == ["sy-idlib"]
    assert ids(found("قصفت القوات مواقع في سوريا.")) == ["sy-syria"]


def test_a_place_behind_the_event_in_its_sentence_is_inferred() -> None:
    text = "قتل خمسة جنود، وفق ما قاله سكان في جرموك."
    (place,) = found(text, "قتل خمسة جنود")
    assert (place.place.id, place.inferred) == ("am-jermuk", True)


def test_where_nothing_is_named_the_place_told_before_stands() -> None:
    before = found("قصفت جرموك.")
    (place,) = found("قتل خمسة جنود.", before=before)
    assert (place.place.id, place.inferred, place.start) == ("am-jermuk", True, None)
    assert found("قتل خمسة جنود.") == ()


def test_a_named_place_shows_where_it_stands() -> None:
    text = "قصفت القوات بلدة جرموك."
    (place,) = found(text)
    assert not place.inferred
    assert text[place.start : place.end] == "جرموك"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("قصفت بلدة جرموك.", 1),
        ("قصفت القوات قرب جرموك.", 2),
        ("اشتباكات على مشارف مدينة هادروت.", 2),
        ("قصفت القوات محافظة إدلب.", 3),
        ("قصفت القوات سوريا.", 3),
        ("قصفت القوات منطقة كلبجار.", 3),
    ],
)
def test_the_surroundings_of_a_town_are_less_precise(text: str, code: int) -> None:
    assert [p.geo_precision for p in found(text)] == [code]


def test_who_acts_is_not_where() -> None:
    (claim,) = claims("قالت أرمينيا إن القوات الأذربيجانية قصفت بلدة جرموك أمس.")
    assert [p.place.id for p in claim.places] == ["am-jermuk"]


def test_every_place_of_a_claim_is_one_of_the_gazetteer() -> None:
    known = analyzer().index.gazetteer
    for claim in claims(
        "قصفت القوات الأذربيجانية بلدتي جرموك وغوريس أمس. وقتل جنديان على الحدود بين أرمينيا وأذربيجان."
    ):
        assert claim.places
        assert all(known.get(p.place.id) == p.place for p in claim.places)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("قصفت القوات الروسية مدينة خاركيف أمس. وأعلنت أوكرانيا التعبئة العامة.", ["ua-ukraine"]),
        ("قصفت القوات الأذربيجانية مدينة ستيباناكيرت أمس. وأعلنت أرمينيا التعبئة العامة.", ["am-armenia"]),
        ("قصفت القوات الروسية مدينة خاركيف أمس. وفرضت السلطات الأوكرانية حظر التجول في أوديسا.", ["ua-odesa"]),
    ],
)
def test_a_measure_holds_where_the_state_that_orders_it_is(text: str, where: list[str]) -> None:
    measure = next(c for c in claims(text) if c.sub_event_type == "Change to group/activity")
    assert [p.place.id for p in measure.places] == where


def test_what_a_state_orders_at_home_does_not_move_the_fighting() -> None:
    told = claims(
        "اندلعت معارك في ستيباناكيرت أمس. وأعلنت أرمينيا التعبئة العامة. "
        "وأعلنت وزارة الدفاع الأرمينية مقتل 16 جنديا خلال الاشتباكات."
    )
    assert [[p.place.id for p in c.places] for c in told] == [["az-stepanakert"], ["am-armenia"], ["az-stepanakert"]]


def test_civilians_of_a_state_are_not_on_its_ground_that_others_hold() -> None:
    text = "اندلعت اشتباكات في ناغورني قره باغ الأحد. وأعلنت أذربيجان مقتل 6 مدنيين أذربيجانيين في القصف الأرميني."
    (claim,) = (c for c in claims(text) if any(x.count == 6 for x in c.casualties))
    assert ids(claim.places) == ["az-azerbaijan"]


def test_the_kind_of_measure_is_told() -> None:
    text = "أعلنت أرمينيا الأحكام العرفية أمس الأحد. وأعلنت أذربيجان اليوم التعبئة الجزئية."
    told = [r.text for c in claims(text) for r in c.reasons if r.rule == "measure"]
    assert told == ["martial law", "call-up"]


def test_a_truce_and_the_fighting_are_where_the_article_began() -> None:
    told = claims(
        "اندلعت اشتباكات عنيفة أمس على خط التماس في ناغورني قره باغ. وقصفت المدفعية الأذربيجانية بلدة جرموك مساء. "
        "وأعلنت روسيا اليوم التوصل إلى وقف لإطلاق النار بين الطرفين اعتبارا من منتصف الليل."
    )
    (truce,) = (c for c in told if c.sub_event_type == "Agreement")
    (shelled,) = (c for c in told if c.event_type == "Explosions/Remote violence")
    assert ids(shelled.places) == ["am-jermuk"]
    assert ids(truce.places) == ids(told[0].places) != ids(shelled.places)
    assert truce.places[0].inferred


def test_before_any_place_was_told_the_nearest_name_is_taken() -> None:
    text = "قتل خمسة جنود. وقال شهود في جرموك إنهم سمعوا دوي انفجارات."
    (place,) = found(text, "قتل خمسة جنود")
    assert (place.place.id, place.inferred) == ("am-jermuk", True)


def test_conscription_is_another_measure_than_the_call_up() -> None:
    text = "أعلنت أرمينيا التعبئة العامة أمس الأحد. وبدأت السلطات الأرمينية اليوم تجنيد الشبان في العاصمة."
    told = [r.text for c in claims(text) for r in c.reasons if r.rule == "measure"]
    assert told == ["call-up", "conscription"]


def test_a_list_of_places_goes_on_behind_commas() -> None:
    text = "حررت القوات الأذربيجانية أمس قرى: طالش، ومداغيز، وقرية كند، وبلدتي أغدام وهادروت في محافظة ترتر."
    (claim,) = claims(text)
    assert [p.place.name for p in claim.places] == ["Talish", "Sugovushan", "Agdam", "Hadrut"]


def test_what_else_is_told_of_a_place_ends_its_list() -> None:
    text = "قصفت القوات الأرمينية أمس مدينة غنجة، وغادر الوزير يريفان، وهو في باكو الآن."
    (claim,) = claims(text)
    assert [p.place.name for p in claim.places] == ["Ganja"]


def test_no_fight_is_taken_to_the_town_of_an_accord() -> None:
    text = (
        "قُتل جنديان أذربيجانيان في قصف على بلدة ترتر أمس. ووقع وزيرا خارجية أرمينيا وأذربيجان اتفاق هدنة في موسكو أمس."
        " وقالت وزارة الدفاع الأذربيجانية إن خمسة جنود أرمن قُتلوا أيضا."
    )
    assert all(place.place.name != "Moscow" for claim in claims(text)[2:] for place in claim.places)
    assert len(claims(text)) == 3


def test_the_place_that_only_says_where_another_lies_is_not_counted() -> None:
    assert ids(found("انفجرت سيارة في سراقب 15 كم جنوب شرق إدلب.")) == ["sy-saraqib"]
    assert ids(found("اندلع قتال في سراقب، وجنوب إدلب.")) == ["sy-saraqib", "sy-idlib"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("قصفت القوات الأذربيجانية أمس بلدة تشارتار، التي تبعد نحو 20 كيلومترا شرق ستيباناكيرت.", {"Chartar"}),
        ("أفاد مصدر طبي في غوريس بمقتل ثلاثة جنود أرمن في قصف على ستيباناكيرت أمس.", {"Stepanakert"}),
        ("قصفت القوات الأذربيجانية أمس قرب ستيباناكيرت شاحنات متجهة إلى غوريس.", {"Stepanakert"}),
        ("قُتل سائق برصاص قناص أمس في كابان على الطريق المؤدية إلى غوريس.", {"Kapan"}),
        # all that is named stays where nothing else is
        ("أصيب جنديان أرمنيان أمس بانفجار لغم على الطريق إلى غوريس.", {"Goris"}),
    ],
)
def test_where_somebody_speaks_goes_to_or_lies_by_is_not_where_it_happened(text: str, meant: set[str]) -> None:
    assert {p.place.name for c in claims(text) for p in c.places} == meant


def test_the_town_is_the_last_town_named() -> None:
    text = "وصل الوالي إلى سراقب في ريف إدلب. وبعد ساعات سقطت ثلاث قذائف على المدينة."
    assert ids(found(text, "سقطت ثلاث قذائف على المدينة")) == ["sy-saraqib"]


def test_a_capital_where_somebody_only_speaks_is_not_where_it_happened() -> None:
    before = found("قصفت القوات بلدة سوتك.")
    for text in (
        "وقالت وزارة الدفاع في باكو إن جنديا قتل.",
        "وفي باكو، أكدت الوزارة تدمير مدفع.",
        "وأقرت الخارجية في يريفان بوقوع عشرين جنديا في الأسر.",
    ):
        assert ids(found(text, before=before)) == ["am-sotk"], text
    assert ids(found("وفي باكو، احتشد المتظاهرون ورشقوا الشرطة بالحجارة.", before=before)) == ["az-baku"]
    assert ids(found("قصفت الطائرات مقر قيادة الأركان في كييف.", before=before)) == ["ua-kyiv"]


def test_what_is_sent_from_a_town_is_told_of_where_it_goes() -> None:
    (claim,) = (c for c in claims("نقلت تركيا أمس 200 مقاتل من مدينة عفرين إلى أذربيجان.") if c.places)
    assert ids(claim.places) == ["az-azerbaijan"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقالت القيادة إن الهجوم على جرموك صُدّ.", ["am-jermuk"]),
        ("وقال الرئيس إن قصف غوريس وكابان لم يتوقف.", ["am-goris", "am-kapan"]),
        # named far from what was done, or beyond a comma
        ("وقُصف، كما قال رئيس بلدية غوريس، مستودع.", ["am-sotk"]),
        # a country is named as often for other reasons
        ("وقال إن قصف أرمينيا لم يتوقف.", ["am-sotk"]),
    ],
)
def test_what_was_hit_is_the_place_in_a_passage_of_background_too(text: str, expected: list[str]) -> None:
    before = found("قصفت بلدة سوتك.")
    assert ids(before) == ["am-sotk"]
    view = article(text)
    view = replace(view, mentions=[replace(m, role="background") for m in view.mentions])
    assert ids(places_of(view, 0, len(view.tagged.tokens.words), before)) == expected


def test_a_part_of_the_country_right_behind_a_province_only_says_where_it_lies() -> None:
    assert ids(found("قصفت المدفعية قرى في محافظة إدلب شمالي سوريا.")) == ["sy-idlib-governorate"]


def test_drones_shot_down_by_dozens_are_over_the_country_not_over_the_town_told_before() -> None:
    told = claims(
        "سيطرت القوات الروسية أمس على مدينة كوبيانسك. "
        "وأعلنت وزارة الدفاع الروسية أن الدفاعات الجوية الروسية أسقطت 74 طائرة مسيرة أوكرانية خلال الليل.",
        date(2025, 12, 3),
    )
    assert [[p.place.name for p in claim.places] for claim in told] == [["Kupiansk"], ["Russia"]]


def test_a_number_told_again_stays_where_it_was_told_first() -> None:
    told = claims(
        "أسقطت الدفاعات الجوية الروسية 42 طائرة مسيرة أوكرانية فوق مقاطعة كورسك. "
        "وجاء في بيان لوزارة الدفاع الروسية أنه تم تدمير 42 طائرة مسيرة أوكرانية خلال الليل.",
        date(2025, 12, 3),
    )
    assert {p.place.name for claim in told for p in claim.places} == {"Kursk Oblast"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("فتح الجنود النار من مواقعهم في سوتك على مواقع قرب كلبجار.", ["az-kalbajar"]),
        ("قصفت القوات المتمركزة في غوريس قرية جرموك بالهاون.", ["am-jermuk"]),
        ("أطلقت النار من اتجاه غوريس على مواقعنا المتمركزة في اتجاه جرموك.", ["am-jermuk"]),
        # where nothing else is named, it is where they are
        ("أطلقت النار من مواقع في غوريس.", ["am-goris"]),
        ("قصفت مواقع في غوريس وجرموك.", ["am-goris", "am-jermuk"]),
    ],
)
def test_what_is_hit_is_the_place_not_where_the_guns_stand(text: str, expected: list[str]) -> None:
    assert ids(found(text)) == expected
