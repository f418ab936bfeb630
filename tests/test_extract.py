"""Claims of sentences of our own: what happened, where, who says so; and nothing where nothing happened.

The shares are those measured with the models that ship, less some slack for models that are trained anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from geomap.codebook import EVENT_TYPE_OF
from geomap.model import Claim
from tests.support.reading import MONDAY, analysis, analyzer, claims, document, table

EXAMPLES = table("sentences-ar.toml")
NOTHING = table("no-events-ar.toml")
#: Shares of the examples that are right: measured 0.81, 0.92 and 0.89.
LEAST = {"sub_event_type": 0.78, "place": 0.89, "claimant": 0.8}
#: A claim as sure as this is shown as a fact.
SURE = 0.8


@cache
def best(text: str) -> Claim | None:
    """The surest claim of a text."""
    return max(claims(text), key=lambda claim: claim.confidence, default=None)


def right(row: dict[str, Any], field: str) -> bool:
    claim = best(row["text"])
    if claim is None:
        return False
    if field == "sub_event_type":
        return claim.sub_event_type == row[field]
    if field == "place":
        return any(row[field] in place.place.name for place in claim.places)
    return row[field] in claim.reported_by


@pytest.mark.parametrize("field", LEAST)
def test_the_share_of_examples_that_are_right(field: str) -> None:
    rows = [row for row in EXAMPLES if field in row]
    wrong = [(row["text"], row[field]) for row in rows if not right(row, field)]
    assert 1 - len(wrong) / len(rows) >= LEAST[field], wrong


def test_the_examples_tell_all_kinds_of_event() -> None:
    """All but mob violence, which the lexicon has no words for."""
    assert set(EVENT_TYPE_OF) - {row["sub_event_type"] for row in EXAMPLES} == {"Mob violence"}


@pytest.mark.parametrize(
    "sub_event_type",
    [
        "Armed clash",
        "Government regains territory",
        "Shelling/artillery/missile attack",
        "Air/drone strike",
        "Remote explosive/landmine/IED",
        "Arrests",
        "Disrupted weapons use",
        "Peaceful protest",
    ],
)
def test_most_examples_of_a_frequent_kind_are_right(sub_event_type: str) -> None:
    rows = [row for row in EXAMPLES if row["sub_event_type"] == sub_event_type]
    assert sum(right(row, "sub_event_type") for row in rows) / len(rows) > 0.5


@pytest.mark.parametrize("row", NOTHING, ids=lambda row: row["text"])
def test_history_threats_forecasts_and_sport_are_no_sure_claim(row: dict[str, Any]) -> None:
    claim = best(row["text"])
    assert claim is None or claim.confidence < SURE, row["kind"]


def test_few_of_the_sentences_without_an_event_give_any_claim() -> None:
    told = Counter(row["kind"] for row in NOTHING if best(row["text"]))
    assert sum(told.values()) / len(NOTHING) <= 0.1, told


# ── what every claim is ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"])
def test_a_claim_quotes_its_article_and_keeps_its_why(row: dict[str, Any]) -> None:
    text = row["text"]
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.text
        assert claim.event_type == EVENT_TYPE_OF[claim.sub_event_type]
        assert 0 < claim.confidence <= 1
        assert {"event", "type", "date"} <= {reason.rule for reason in claim.reasons}
        assert claim.date is not None
        assert claim.date <= MONDAY
        assert claim.date_end is None or claim.date <= claim.date_end
        for place in claim.places:
            assert place.geo_precision in (1, 2, 3)
            assert place.start is None or text[place.start : place.end]


def test_mentions_quote_their_article() -> None:
    for row in EXAMPLES:
        for mention in analysis(row["text"]).mentions:
            assert row["text"][mention.start : mention.end] == mention.text


def test_yesterday_is_the_day_before_publication() -> None:
    (claim,) = claims("قصفت القوات الأذربيجانية بلدة جرموك أمس.")
    assert (claim.date, claim.date_end, claim.date_precision) == (MONDAY - timedelta(1), None, "day")


def test_a_night_is_a_range() -> None:
    (claim,) = claims("قصفت القوات الأذربيجانية بلدة جرموك خلال الليل.")
    assert (claim.date, claim.date_end, claim.date_precision) == (MONDAY - timedelta(1), MONDAY, "range")


def test_without_any_date_there_is_none() -> None:
    for claim in claims("قصفت القوات الأذربيجانية بلدة جرموك.", None):
        assert (claim.date, claim.date_precision) == (None, "unknown")


@pytest.mark.parametrize(
    "text", ["", " \n ", "...", "123", "زغبرطق", "Shelling hit Jermuk yesterday.", "\u200f\ufeff", "🙂" * 50]
)
def test_a_text_that_tells_nothing_gives_nothing(text: str) -> None:
    found = analysis(text)
    assert found.claims == ()


@pytest.mark.parametrize("text", ["قصفت القوات بلدة جرموك عام 2020² أمس.", "على مساحة 100² كم قرب باكو."])
def test_a_footnote_mark_behind_a_number_costs_nothing(text: str) -> None:
    analysis(text)


def test_the_same_article_gives_the_same_claims() -> None:
    for row in EXAMPLES[:20]:
        assert claims(row["text"]) == analyzer().analyze(document(row["text"])).claims


def test_an_articles_id_is_in_its_claims_ids() -> None:
    text = EXAMPLES[0]["text"]
    one, other = (analyzer().analyze(document(text, name=name)).claims for name in ("a", "b"))
    assert {c.id for c in one}.isdisjoint(c.id for c in other)
    assert [replace(c, id="", source=one[0].source) for c in other] == [replace(c, id="") for c in one]


def test_marks_that_nobody_sees_change_no_claim() -> None:
    for row in EXAMPLES[:40]:
        plain, marked = claims(row["text"]), claims("\u202b" + row["text"].replace(" ", "\u00a0") + "\u202c")
        assert [(c.sub_event_type, c.date, [p.place.id for p in c.places], c.reported_by) for c in plain] == [
            (c.sub_event_type, c.date, [p.place.id for p in c.places], c.reported_by) for c in marked
        ]


def test_two_sentences_tell_two_events() -> None:
    text = "قصفت القوات الأذربيجانية بلدة جرموك أمس. وتظاهر المئات في يريفان اليوم."
    assert [(c.sub_event_type, c.places[0].place.id) for c in claims(text)] == [
        ("Shelling/artillery/missile attack", "am-jermuk"),
        ("Peaceful protest", "am-yerevan"),
    ]


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        (
            "أعلنت أذربيجان أن القوات الأرمينية أطلقت النار صباح اليوم على بلدة ترتر.",
            "Shelling/artillery/missile attack",
        ),
        ("وقالت باكو إن الجنود الأرمن فتحوا النار أمس على مواقع للجيش قرب ترتر.", "Armed clash"),
    ],
)
def test_fire_on_a_town_is_shelling_and_on_positions_a_clash(text: str, sub: str) -> None:
    assert [c.sub_event_type for c in claims(text)] == [sub]


@pytest.mark.parametrize(
    "text",
    [
        "وأعلنت وزارة الدفاع الأرمينية أن المعارك على الجبهة الجنوبية مستمرة منذ صباح اليوم.",
        "وأكدت وزارة الدفاع الأرمينية اليوم أن القتال عند جرموك لا يزال متواصلا.",
    ],
)
def test_fighting_that_goes_on_is_told_by_a_nominal_sentence(text: str) -> None:
    assert [c.event_type for c in claims(text)] == ["Battles"]


# ── kinds of event by who acts and where ─────────────────────────────────────────────────────────────


def kinds(text: str) -> set[str]:
    return {claim.sub_event_type for claim in claims(text)}


def test_a_raid_on_ground_of_another_state_takes_none() -> None:
    text = "اقتحمت قوات الاحتلال الإسرائيلي بلدة قباطية جنوب جنين فجر اليوم، وسط إطلاق كثيف للنار."
    assert "Government regains territory" not in kinds(text)
    assert not any(EVENT_TYPE_OF[kind] in ("Protests", "Riots") for kind in kinds(text))


def test_words_inside_names_tell_nothing() -> None:
    assert kinds("زار الوزير مقر هيئة تحرير الشام في إدلب أمس، ثم بلدة دارة عزة وكفر كلا.") == set()


def test_units_and_vehicles_for_combat_do_not_fight() -> None:
    assert kinds("وصف المتحدث المستودع في سومي بأنه مخزن تستخدمه الوحدات القتالية ومركباتها.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "بعد ساعات من إعلان أرمينيا التعبئة العامة، بدأت يريفان اليوم بتجنيد الشبان.",
        "غداة إعلان باكو التعبئة الجزئية بدأت أذربيجان اليوم تجنيد الشبان.",
    ],
)
def test_what_an_announcement_told_before_is_no_measure_of_today(text: str) -> None:
    told = [reason.text for claim in claims(text) for reason in claim.reasons if reason.rule == "measure"]
    assert "call-up, conscription" not in told
    assert "conscription" in told


@pytest.mark.parametrize(
    "text",
    [
        "قالت أرمينيا إن بلدة جرموك تعرضت للقصف فجر اليوم، وأنها ردت على ما وصفته بالاستفزاز من جانب أذربيجان.",
        "قصفت القوات الأذربيجانية بلدة غوريس صباح اليوم، وقالت إنها ردت على استفزازات أرمينيا.",
    ],
)
def test_an_answer_to_a_provocation_is_part_of_the_fight_told_before(text: str) -> None:
    assert len(claims(text)) == 1


@pytest.mark.parametrize("who", ["الوزير", "رئيس الوفد", "السفير الروسي"])
def test_an_official_who_leaves_is_no_withdrawal(who: str) -> None:
    assert claims(f"غادر {who} يريفان صباح اليوم بعد المحادثات.") == ()
