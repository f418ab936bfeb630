"""What a name stands for where it stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geomap.dates import When
from geomap.geoparse.roles import CLASSES, article_view, decide, features, sentence_view, time_label
from geomap.linear import Linear, model_for
from tests.support.reading import MONDAY, analyzer, mentions, tagged, times

#: Text, name, role; sentences of our own. Measured: all right but one or two.
EXAMPLES = [
    ("دعت كل من روسيا وفرنسا باكو ويريفان إلى وقف القتال.", "باكو", "actor"),
    ("دعت كل من روسيا وفرنسا باكو ويريفان إلى وقف القتال.", "يريفان", "actor"),
    ("دعت كل من روسيا وفرنسا باكو ويريفان إلى وقف القتال.", "روسيا", "actor"),
    ("أعلنت باكو أن قواتها سيطرت على بلدة هادروت.", "باكو", "actor"),
    ("أعلنت باكو أن قواتها سيطرت على بلدة هادروت.", "هادروت", "location"),
    ("نفت يريفان صحة ما أعلنته باكو.", "يريفان", "actor"),
    ("قال رئيس أرمينيا إن القصف مستمر.", "أرمينيا", "actor"),
    ("اتفق وزيرا خارجية أرمينيا وأذربيجان على هدنة.", "أذربيجان", "actor"),
    ("انفجرت عبوة ناسفة في باكو أمس وأصيب شخصان.", "باكو", "location"),
    ("قصفت القوات الأذربيجانية بلدة جرموك في أرمينيا.", "جرموك", "location"),
    ("قصفت القوات الأذربيجانية بلدة جرموك في أرمينيا.", "أرمينيا", "location"),
    ("قتل 32 جنديا أرمينيا في القصف على مدينة شوشة.", "أرمينيا", "nationality"),
    ("قتل 32 جنديا أرمينيا في القصف على مدينة شوشة.", "شوشة", "location"),
    ("وبدأ النزاع في قره باغ عام 1988 حين طالب الإقليم بالانضمام إلى أرمينيا.", "قره باغ", "background"),
    ("وكانت حرب عام 1994 قد انتهت بسيطرة الأرمن على إقليم قره باغ.", "قره باغ", "background"),
    ("فاز فريق قره باغ على نادي برشلونة بهدفين في مباراة أقيمت في باكو.", "قره باغ", "background"),
    ("فاز فريق قره باغ على نادي برشلونة بهدفين في مباراة أقيمت في باكو.", "باكو", "background"),
    ("عقدت مجموعة مينسك اجتماعا حول النزاع.", "مينسك", "background"),
    ("دمشق (أ ف ب) - قصفت طائرات إسرائيلية مواقع قرب حلب.", "دمشق", "background"),
    ("دمشق (أ ف ب) - قصفت طائرات إسرائيلية مواقع قرب حلب.", "حلب", "location"),
    ("طالبت واشنطن طهران بوقف تزويد روسيا بالمسيرات.", "واشنطن", "actor"),
    ("طالبت واشنطن طهران بوقف تزويد روسيا بالمسيرات.", "طهران", "actor"),
    ("قصف الجيش السوري بلدة سراقب في ريف إدلب.", "سراقب", "location"),
    ("قال متحدث باسم الجيش الإسرائيلي إن غارة استهدفت مخيم جباليا.", "مخيم جباليا", "location"),
    ("قال الجيش السوداني إنه صد هجوما على مدينة الفاشر.", "الفاشر", "location"),
    ("وقع إطلاق نار على الحدود بين أرمينيا وأذربيجان.", "الحدود", "location"),
]
LEAST_RIGHT = 0.9


def test_most_names_have_their_role() -> None:
    wrong = [
        (name, role, text)
        for text, name, role in EXAMPLES
        if role not in [m.role for m in mentions(text) if m.text == name]
    ]
    assert 1 - len(wrong) / len(EXAMPLES) >= LEAST_RIGHT, wrong


@pytest.mark.parametrize(
    "text", ["القوات الأذربيجانية", "الجيش السوري", "الرئيس الروسي", "وزارة الدفاع الأوكرانية", "الأرمن"]
)
def test_an_adjective_of_a_country_is_a_nationality(text: str) -> None:
    assert [m.role for m in mentions(f"قال مصدر في {text} ذلك أمس.")] == ["nationality"]


def test_a_role_is_one_of_the_vocabulary_and_has_its_reason() -> None:
    for text, *_ in EXAMPLES:
        for mention in mentions(text):
            assert mention.role in set(CLASSES) - {"none"}
            assert mention.reasons[0].rule == "role"
            assert 0 < (mention.reasons[0].score or 0) <= 1


@pytest.mark.parametrize(
    ("when", "label"),
    [
        (When(0, 1, "day", MONDAY), "day:new"),
        (When(0, 1, "day", MONDAY - timedelta(2)), "day:new"),
        (When(0, 1, "day", MONDAY - timedelta(3)), "day:past"),
        (When(0, 1, "range", MONDAY - timedelta(9), MONDAY), "range:new"),
        (When(0, 1, "year", date(1994, 1, 1), date(1994, 12, 31)), "year:past"),
        (When(0, 1, "future", MONDAY + timedelta(1)), "coming"),
        (When(0, 1, "old", None), "old"),
    ],
)
def test_a_time_is_new_past_or_to_come(when: When, label: str) -> None:
    assert time_label(when, MONDAY) == label


def test_what_a_sentence_tells_is_shared_by_its_names() -> None:
    text = "قصفت القوات بلدة جرموك أمس."
    view = sentence_view(tagged(text), 0, times(text), MONDAY)
    assert {"s:event.shelling", "s:violence", "s:t=day:new", "s:first", "s:last"} <= set(view.features)
    assert list(view.features) == sorted(view.features)


def test_an_old_year_marks_its_sentence() -> None:
    text = "اندلعت معارك في حرب 1994."
    assert "s:old-year" in sentence_view(tagged(text), 0, times(text), MONDAY).features
    assert "s:old-year" not in sentence_view(tagged("معارك 2020"), 0, (), MONDAY).features


def test_features_tell_of_the_words_around_the_name() -> None:
    from geomap.geoparse.candidates import find_spans

    found = tagged("قصفت القوات بلدة جرموك وغوريس أمس.")
    index = analyzer().index
    spans = find_spans(found, index)
    view = sentence_view(found, 0, (), MONDAY)
    article = article_view({"AM": 1.0})
    first = features(found, spans, 0, [], view, article, index)
    second = features(found, spans, 1, ["location"], view, article, index)
    assert {"k=settlement", "name=جرموك", "p1=بلده", "p1t=class.settlement"} <= set(first)
    assert {"cl=و", "adj=name.location", "conj=location|settlement"} <= set(second)


def test_what_an_article_is_about_is_shared_by_its_names() -> None:
    assert article_view({"AM": 0.7, "FR": 0.3}).countries == {"AM": "most", "FR": "3"}
    assert article_view({}).countries == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلم الجيش 15 عسكريا أرمينيا أمس.", "agrees=indefinite_letter|ا"),
        ("عاد 32 أرمينيا أمس.", "agrees=number|ا"),
        ("هاجمت وحدة أرمينية الموقع.", "agrees=feminine_letter|ه"),
        ("عاد الوفد من غوريس أمس.", None),
        ("عاد الوفد من أرمينيا أمس.", "agrees=other|ا"),
    ],
)
def test_a_country_may_be_written_like_the_adjective_of_its_people(text: str, expected: str | None) -> None:
    from geomap.geoparse.candidates import find_spans

    found, index = tagged(text), analyzer().index
    spans = find_spans(found, index)
    view = sentence_view(found, 0, (), MONDAY)
    told = features(found, spans, 0, [], view, article_view({}), index)
    assert next((f for f in told if f.startswith("agrees=")), None) == expected


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("• البقاع: 3 شهداء و21 جريحا.", "location"),
        ("- النبطية: ستة قتلى.", "location"),
        ("باكو: ثلاثة قتلى.", "actor"),
    ],
)
def test_a_name_over_figures_is_where_they_fell_unless_it_may_speak(line: str, role: str) -> None:
    text = f"قالت وزارة الصحة إن الغارات على لبنان أسفرت أمس عن الحصيلة التالية:\n{line}\n"
    assert mentions(text)[-1].role == role


def test_the_likeliest_role_wins() -> None:
    model = Linear(CLASSES, (0.0,) * 5, {"a": (0.0, 3.0, 0.0, 0.0, 0.0)})
    role, share, shares = decide(model, ["a"])
    assert role == "actor"
    assert share == max(shares)
    assert sum(shares) == pytest.approx(1)


def test_the_shipped_model_knows_the_features_that_are_made() -> None:
    weights = model_for("ar/roles").weights
    assert {"b", "k=country", "k=demonym", "s:violence"} <= set(weights)


@pytest.mark.parametrize(
    "text",
    [
        "هاجمت الجماعة الإمارات بصواريخ بالستية بعد أن هددت اليمن بحرب طويلة.",
        "وضعت الحرب اليمن على شفا المجاعة، ودعت الإمارات إلى هدنة.",
    ],
)
def test_the_name_of_a_country_is_no_nationality(text: str) -> None:
    assert {m.role for m in mentions(text)} <= {"actor", "location", "background"}
