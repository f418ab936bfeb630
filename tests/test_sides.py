"""Whose the victims and the equipment are: adjectives, "belonging to", "the enemy", "we lost", a denier's own."""

from __future__ import annotations

from typing import Any

import pytest

from geomap.theatre import theatres
from tests.support.reading import claims, table

EXAMPLES = table("sides-ar.toml")
#: The forces of Nagorno-Karabakh count as Armenia's.
SAME = {"Nagorno-Karabakh": "Armenia"}


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"])
def test_whose_losses(row: dict[str, Any]) -> None:
    told = claims(row["text"])
    found = [(c.kind, c.count, SAME.get(c.side, c.side), c.status) for x in told for c in x.casualties]
    found += [(e.item, e.count, SAME.get(e.side, e.side), "") for x in told for e in x.equipment]
    wanted = [(kind, count or None, SAME.get(side, side), status) for kind, count, side, status in row["losses"]]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_the_speaker_s_enemy_need_not_be_named() -> None:
    (claim,) = claims("قالت وزارة الدفاع الأذربيجانية إن العدو خسر 4 دبابات قرب جبرائيل أمس.")
    assert [(e.item, e.count, e.side) for e in claim.equipment] == [("tank", 4, "Armenia")]


def test_where_a_thing_was_made_is_not_whose_it_is() -> None:
    (claim,) = claims("أسقطت القوات الأرمينية طائرة مسيرة تركية الصنع أطلقتها أذربيجان فوق مارتوني أمس.")
    assert [e.side for e in claim.equipment] != ["Turkey"]


def test_camps_name_sides_that_are_known() -> None:
    known = {actor.side for theatre in theatres().values() for actor in theatre.actors}
    for theatre in theatres().values():
        for camp in theatre.camps:
            assert set(camp) <= known, theatre.name


def test_opponents_are_of_other_camps() -> None:
    caucasus = theatres()["south-caucasus"]
    assert caucasus.opponents("Azerbaijan") == ("Armenia", "Nagorno-Karabakh")
    assert "Armenia" in caucasus.friends("Nagorno-Karabakh")
    assert caucasus.opponents("Norway") == ()
