"""Victims and equipment: which number belongs to whom, and to what fate."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from geomap.codebook import CASUALTY_KINDS, CASUALTY_STATUS, EQUIPMENT, QUALIFIERS
from geomap.extract.losses import Loss, find_losses
from tests.support.reading import article, claims, table

EXAMPLES = table("losses-ar.toml")
VAGUE = {"dozens", "hundreds", "thousands", "several"}


def losses(text: str) -> list[Loss]:
    found = article(text)
    return find_losses(found, 0, len(found.tagged.tokens.words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("جرح ضابط أرميني برصاص قناص قرب سوتك وما لبث أن توفي.", [("killed", 1)]),
        ("أدى القصف إلى إصابة راع من القرية توفي لاحقا متأثرا بجروحه.", [("killed", 1)]),
        ("أصيب جنديان بجروح قاتلة في قصف على الموقع.", [("killed", 2)]),
        # others died
        ("أصيب جندي قرب توفوز، ثم توفي مدني في القرية.", [("injured", 1), ("killed", 1)]),
        ("أصيب جندي بجروح خفيفة قرب سوتك.", [("injured", 1)]),
    ],
)
def test_the_wounded_who_died_are_dead(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(loss.kind, loss.count) for loss in losses(text)] == expected


def told(loss: Loss) -> tuple[str, int | None, str]:
    """A loss as a claim tells it."""
    return loss.kind, loss.count, loss.qualifier if loss.count or loss.qualifier in VAGUE else "none_given"


def parameters() -> list[Any]:
    return [
        pytest.param(
            row,
            id=row["text"],
            marks=[pytest.mark.xfail(strict=True, reason=row["wrong"])] if "wrong" in row else [],
        )
        for row in EXAMPLES
    ]


@pytest.mark.parametrize("row", parameters())
def test_numbers_and_their_fates(row: dict[str, Any]) -> None:
    expected = [(kind, count or None, qualifier) for kind, count, qualifier in row["losses"]]
    assert sorted(map(told, losses(row["text"])), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"])
def test_losses_stay_in_their_range_and_in_the_vocabularies(row: dict[str, Any]) -> None:
    found = article(row["text"])
    for loss in find_losses(found, 0, len(found.tagged.tokens.words)):
        assert 0 <= loss.first < loss.stop <= len(found.tagged.tokens.words)
        assert loss.kind in (CASUALTY_KINDS if loss.person else EQUIPMENT)
        assert loss.qualifier in QUALIFIERS
        assert loss.status in CASUALTY_STATUS
        assert loss.count is None or loss.count > 0


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قتل خمسة جنود في القصف.", "military"),
        ("قتل خمسة مسلحين في القصف.", "military"),
        ("قتل خمسة مدنيين في القصف.", "civilian"),
        ("قتل خمسة أطفال في القصف.", "civilian"),
        ("قتل خمسة أشخاص في القصف.", "unknown"),
        ("قتل خمسة أشخاص مدنيين في القصف.", "civilian"),
        ("أصيب شرطيان في القصف.", "unknown"),
    ],
)
def test_the_noun_tells_who_they_were(text: str, status: str) -> None:
    assert [loss.status for loss in losses(text)] == [status]


def test_uncounted_neighbours_add_up() -> None:
    (loss,) = losses("مقتل امرأة وطفليها في القصف.")
    assert (loss.kind, loss.count, loss.status) == ("killed", 3, "civilian")


@pytest.mark.parametrize("text", ["قتلت امرأة وطفلاها في القصف.", "قتل رجل وابناه في القصف."])
def test_her_two_children_are_two(text: str) -> None:
    assert [loss.count for loss in losses(text)] == [3]


def test_victims_of_two_peoples_do_not_add_up() -> None:
    assert [(x.kind, x.count) for x in losses("قتل جندي أرميني وجندي أذربيجاني في الاشتباك.")] == [
        ("killed", 1),
        ("killed", 1),
    ]


def test_only_the_range_asked_for_is_read() -> None:
    found = article("قتل 5 جنود. وأصيب 7 مدنيين.")
    first, stop = found.tagged.tokens.sentences[1]
    assert [(x.kind, x.count) for x in find_losses(found, first, stop)] == [("injured", 7)]


def test_a_claim_shows_where_its_number_stands() -> None:
    text = "قصفت القوات الأذربيجانية مدينة مارتوني أمس، ما أسفر عن مقتل 5 مدنيين وإصابة 12 آخرين."
    (claim,) = claims(text)
    spans = {(c.kind, c.count): text[c.start : c.end] for c in claim.casualties if c.start is not None}
    assert spans == {("killed", 5): "5 مدنيين", ("injured", 12): "12 آخرين"}


def test_so_many_victims_are_those_of_a_war_and_of_no_day() -> None:
    text = "قالت وزارة الصحة في غزة الاثنين إن القصف الإسرائيلي على القطاع قتل 12 ألف شخص."
    (claim,) = claims(text, date(2023, 11, 20))
    assert [(c.count, c.cumulative) for c in claim.casualties] == [(12000, True)]


def test_a_running_total_is_marked() -> None:
    text = "قالت وزارة الصحة في غزة الاثنين إن 1200 فلسطيني قتلوا منذ بدء الحرب."
    (claim,) = claims(text, date(2023, 11, 20))
    assert [(c.count, c.cumulative) for c in claim.casualties] == [(1200, True)]
    assert claim.date_precision == "range"
    assert claim.date_end == date(2023, 11, 20)


def test_a_running_total_begins_with_the_war_of_its_place() -> None:
    (claim,) = claims("قالت وزارة الصحة في غزة الاثنين إن 1200 فلسطيني قتلوا منذ بدء الحرب.", date(2023, 11, 20))
    assert claim.date == date(2023, 10, 7)


@pytest.mark.parametrize(
    "text",
    [
        "أسفر القصف على حلب عن 5 قتلى و12 إصابة بين المدنيين.",
        "أعلنت السلطات سقوط 5 قتلى و12 إصابة في غارة على حلب.",
    ],
)
def test_the_noun_of_wounding_behind_a_number_counts_the_wounded(text: str) -> None:
    found = {(c.kind, c.count) for claim in claims(text) for c in claim.casualties}
    assert found == {("killed", 5), ("injured", 12)}


@pytest.mark.parametrize(
    "text",
    [
        "قالت وزارة الدفاع الأرمينية إن الجيش الأذربيجاني فقد 4 مروحيات في معارك قره باغ أمس.",
        "قالت وزارة الدفاع الأرمينية: خسر الجيش الأذربيجاني 4 مروحيات في معارك قره باغ أمس.",
    ],
)
def test_the_subject_of_a_verb_of_losing_is_the_loser(text: str) -> None:
    found = {(e.item, e.count, e.side) for claim in claims(text) for e in claim.equipment}
    assert found == {("helicopter", 4, "Azerbaijan")}


def test_victims_on_a_front_told_by_an_outsider_are_nobody_s() -> None:
    text = (
        "اشتبك الجيشان الأرميني والأذربيجاني أمس في قره باغ. "
        "وأعربت وزارة الخارجية الروسية عن قلقها من القصف أمس على خط التماس الذي أسفر عن إصابة 7 مدنيين."
    )
    sides = {c.side for claim in claims(text) for c in claim.casualties if c.count == 7}
    assert sides == {"unknown"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قُتل 27 شخصا بينهم جنديان في القصف.", "unknown"),
        ("قُتل 27 شخصا معظمهم جنود في القصف.", "military"),
        ("قُتل أربعون من المدنيين والعسكريين.", "unknown"),
        ("قُتل أربعة شبان من الجيش في الاشتباك.", "military"),
        ("قُتل أربعة رجال في القصف.", "civilian"),
    ],
)
def test_what_is_said_of_some_is_not_said_of_all(text: str, status: str) -> None:
    assert [loss.status for loss in losses(text)] == [status]


def test_bodies_that_are_handed_over_are_no_new_dead() -> None:
    text = "تسلمت أذربيجان أمس جثث ستة من جنودها عند خط التماس بوساطة الصليب الأحمر."
    assert not [c for claim in claims(text) if claim.sub_event_type == "Other" for c in claim.casualties]
