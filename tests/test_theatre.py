"""Theatre files: a strict loader, zones, wars, and names of actors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geomap.errors import DataError
from geomap.geo import LonLat
from geomap.paths import data_files
from geomap.text import TOKEN, fold
from geomap.theatre import KINDS, Zone, actors_for, load, theatres

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
STEPANAKERT, BAKU = LonLat(46.75, 39.82), LonLat(49.87, 40.41)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "made-up.toml"
    path.write_text(text, encoding="utf-8")
    return path


# ── the loader ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "wrong", "meant"),
    [
        ("countrys = ['AM']", "countrys", "countries"),
        ("[[actors]]\nname = 'x'", "actors", "actor"),
        ("[[actor]]\nname = 'x'\nkind = 'state'\nleader_ar = []", "leader_ar", "leaders_ar"),
        ("[[zone]]\nside = 'x'\nring = [[0, 0], [1, 0], [1, 1]]\nsinse = 2020-01-01", "sinse", "since"),
    ],
)
def test_an_unknown_key_is_an_error_that_says_what_was_meant(tmp_path: Path, text: str, wrong: str, meant: str) -> None:
    with pytest.raises(DataError, match=f"unknown key '{wrong}'") as caught:
        load(written(tmp_path, text))
    assert f"Did you mean {meant!r}?" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[actor]]\nkind = 'state'", "an actor without a name"),
        ("[[actor]]\nname = 'x'", "unknown kind ''"),
        ("[[actor]]\nname = 'x'\nkind = 'army'", "unknown kind 'army'"),
        ("[[zone]]\nside = 'x'\nring = [[0, 0], [1, 1]]", "a zone without side or ring"),
        ("[[zone]]\nring = [[0, 0], [1, 1], [1, 0]]", "a zone without side or ring"),
        ("name = ", "not a readable TOML file"),
    ],
)
def test_a_broken_file_is_an_error(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(DataError, match=what):
        load(written(tmp_path, text))


def test_a_file_needs_no_more_than_its_name(tmp_path: Path) -> None:
    theatre, actors = load(written(tmp_path, ""))
    assert (theatre.name, theatre.actors, actors, theatre.bbox) == ("made-up", (), [], None)


def test_an_actor_counts_as_its_own_side_where_none_is_given(tmp_path: Path) -> None:
    theatre, _ = load(written(tmp_path, "[[actor]]\nname = 'Rebels'\nkind = 'rebel'"))
    assert theatre.actors[0].side == "Rebels"


# ── zones and wars ───────────────────────────────────────────────────────────────────────────────────


def test_a_zone_holds_what_lies_inside_while_it_lasts() -> None:
    zone = Zone("x", date(2020, 1, 1), date(2020, 12, 31), SQUARE)
    assert zone.holds(LonLat(5, 5), date(2020, 6, 1))
    assert zone.holds(LonLat(5, 5), None)
    assert not zone.holds(LonLat(5, 5), date(2019, 12, 31))
    assert not zone.holds(LonLat(5, 5), date(2021, 1, 1))
    assert not zone.holds(LonLat(15, 5), date(2020, 6, 1))


def test_a_zone_may_have_a_bay() -> None:
    ring = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 2.0), (0.0, 10.0))
    zone = Zone("x", None, None, ring)
    assert zone.holds(LonLat(1, 5), None)
    assert not zone.holds(LonLat(5, 8), None)


@pytest.mark.parametrize(
    ("point", "day", "holder"),
    [
        (STEPANAKERT, date(2020, 9, 28), "Nagorno-Karabakh"),
        (STEPANAKERT, date(2022, 1, 1), "Nagorno-Karabakh"),
        (STEPANAKERT, date(2024, 1, 1), ""),
        (BAKU, date(2020, 9, 28), ""),
    ],
)
def test_who_held_a_place_on_a_day(point: LonLat, day: date, holder: str) -> None:
    assert theatres()["south-caucasus"].holder(point, day) == holder


@pytest.mark.parametrize(
    ("name", "day", "start"),
    [
        ("south-caucasus", date(2020, 9, 28), date(2020, 9, 27)),
        ("south-caucasus", date(2022, 9, 13), date(2022, 9, 13)),
        ("south-caucasus", date(2016, 4, 4), date(2016, 4, 2)),
        ("south-caucasus", date(2018, 1, 1), None),
        ("israel-palestine-lebanon", date(2024, 5, 1), date(2023, 10, 7)),
        ("sudan", date(2024, 5, 1), date(2023, 4, 15)),
        ("ukraine", date(2023, 5, 1), date(2022, 2, 24)),
        ("ukraine", None, None),
    ],
)
def test_the_war_that_a_day_falls_into(name: str, day: date | None, start: date | None) -> None:
    assert theatres()[name].war_start(day) == start


# ── the shipped files ────────────────────────────────────────────────────────────────────────────────


def test_a_campaign_is_part_of_the_war_that_goes_on_around_it() -> None:
    known = theatres()
    assert known["syria"].outbreak(date(2019, 10, 14)) == date(2011, 3, 15)
    assert known["south-caucasus"].outbreak(date(2020, 10, 14)) == date(2020, 9, 27)
    assert known["south-caucasus"].outbreak(date(2024, 3, 4)) is None


def test_every_theatre_has_the_name_of_its_file() -> None:
    assert sorted(theatres()) == [path.stem for path in data_files("theatres", ".toml")]


@pytest.mark.parametrize("theatre", theatres().values(), ids=lambda t: t.name)
def test_a_theatre_is_whole(theatre) -> None:  # type: ignore[no-untyped-def]
    assert theatre.actors
    assert all(actor.kind in KINDS for actor in theatre.actors)
    assert all(len(code) == 2 and code.isupper() for code in theatre.countries)
    assert all(end is None or start <= end for _, start, end in theatre.wars)
    if theatre.bbox:
        west, south, east, north = theatre.bbox
        assert west < east
        assert south < north
        for zone in theatre.zones:
            assert all(west <= x <= east and south <= y <= north for x, y in zone.ring)


@pytest.mark.parametrize(
    ("name", "actor", "side"),
    [
        ("وزارة الدفاع الأرمينية", "Armenia", "Armenia"),
        ("الجيش الأذربيجاني", "Azerbaijani forces", "Azerbaijan"),
        ("حزب الله", "Hezbollah", "Hezbollah"),
        ("قوات الدعم السريع", "Rapid Support Forces", "Rapid Support Forces"),
        ("المرصد السوري لحقوق الإنسان", "Syrian Observatory for Human Rights", None),
        ("أنصار الله", "Houthis", "Houthis"),
        ("قوات سوريا الديمقراطية", "Syrian Democratic Forces", None),
    ],
)
def test_names_of_actors_in_arabic(name: str, actor: str, side: str | None) -> None:
    first, *rest = TOKEN.findall(fold(name).text)
    found = [a for a in actors_for("ar").starting_with(first) if a.rest == tuple(rest)]
    assert actor in {a.actor.name for a in found}
    assert side is None or side in {a.actor.side for a in found}


def test_the_longest_name_comes_first() -> None:
    for aliases in actors_for("ar").by_first.values():
        lengths = [len(alias.rest) for alias in aliases]
        assert lengths == sorted(lengths, reverse=True)


def test_a_word_that_names_nobody_has_no_alias() -> None:
    assert actors_for("ar").starting_with("زغبرطق") == ()


def test_a_leaders_name_and_an_ordinary_word_are_marked() -> None:
    marked = {(alias.leader, alias.weak) for aliases in actors_for("ar").by_first.values() for alias in aliases}
    assert marked == {(False, False), (True, False), (False, True)}


def test_a_name_means_one_actor_within_a_theatre() -> None:
    """Two actors of one theatre may not share a name, however it is spelled."""
    seen: dict[tuple[str, str, tuple[str, ...]], set[str]] = {}
    for first, aliases in actors_for("ar").by_first.items():
        for alias in aliases:
            seen.setdefault((alias.theatre, first, alias.rest), set()).add(alias.actor.name)
    assert {key: names for key, names in seen.items() if len(names) > 1} == {}
