"""Cases from several wars: which reports are one event, and which are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from geomap.codebook import EVENT_TYPE_OF, FEATURE_OF, GEO_PRECISION
from geomap.geo import LonLat
from geomap.merge import MergeRule, merge, score
from geomap.model import Casualty, Claim, ClaimPlace, Equipment, Place, Reason, Source, content_id

DAY = date(2024, 3, 10)
RULE = MergeRule()
SHELLING, STRIKE, CLASH = "Shelling/artillery/missile attack", "Air/drone strike", "Armed clash"
CAPTURE, LOST, CHANGE = "Government regains territory", "Disrupted weapons use", "Change to group/activity"


def place(name: str, lon: float, lat: float, code: str = "PPL", country: str = "UA", **more: Any) -> Place:
    return Place(name.lower(), name, LonLat(lon, lat), code, country, **more)


KRAMATORSK = place("Kramatorsk", 37.58, 48.74, admin1="Donetsk Oblast", radius_km=6)
SLOVIANSK = place("Sloviansk", 37.61, 48.85, admin1="Donetsk Oblast", radius_km=5)
DONETSK = place("Donetsk Oblast", 37.8, 48.1, "ADM1", radius_km=90)
KHARKIV = place("Kharkiv", 36.23, 49.99, admin1="Kharkiv Oblast", radius_km=12)
UKRAINE = place("Ukraine", 31.0, 49.0, "PCLI", radius_km=600)
JABALIA = place("Jabalia", 34.48, 31.53, country="PS", parents=("gaza",))
GAZA = place("Gaza", 34.4, 31.4, "RGN", country="PS", radius_km=25)
OMDURMAN = place("Omdurman", 32.48, 15.64, country="SD")
SUDAN = place("Sudan", 30.0, 15.0, "PCLI", country="SD", radius_km=800)
FRONT_LINE = {"type": "LineString", "coordinates": [[36.0, 47.4], [37.6, 47.8], [38.0, 48.9]]}
FRONT = place("Front", 37.5, 47.9, "FRNT", radius_km=15, geometry=FRONT_LINE)


def dead(count: int | None, side: str = "unknown", status: str = "civilian", **more: Any) -> Casualty:
    return Casualty(
        "killed", count, more.pop("qualifier", "exact" if count is not None else "none_given"), side, status, **more
    )


def claim(doc: str, sub: str, *places: Place, on: date | None = DAY, start: int = 0, **more: Any) -> Claim:
    """One claim; ``published`` defaults to the day it tells of, ``outlet`` to the document's name.

    ``taken_over`` is for places that the text before names.
    """
    taken_over = more.pop("taken_over", False)
    source = Source(
        doc,
        more.pop("language", "en"),
        more.pop("outlet", doc),
        published=more.pop("published", on),
        published_basis="given",
    )
    return Claim(
        id=content_id(doc, start, sub, more.get("text", "")),
        source=source,
        start=start,
        end=start + 10,
        text=more.pop("text", ""),
        event_type=EVENT_TYPE_OF[sub],
        sub_event_type=sub,
        date=on,
        date_precision=more.pop("precision", "day" if on else "unknown"),
        places=tuple(ClaimPlace(p, GEO_PRECISION[FEATURE_OF[p.feature_code]], inferred=taken_over) for p in places),
        **more,
    )


def groups(claims: Sequence[Claim], rule: MergeRule = RULE) -> list[list[str]]:
    """The incidents as sorted lists of ``document:start``."""
    return sorted(sorted(f"{c.document_id}:{c.start}" for c in i.claims) for i in merge(claims, rule))


RUSSIANS = {"actors": ("Russian forces",), "targets": ("civilians",)}
ISRAELIS = {"actors": ("Israeli forces",)}


def test_several_outlets_tell_one_air_strike_with_rival_figures() -> None:
    told = [
        claim("a", STRIKE, KHARKIV, **RUSSIANS, reported_by=("Ukraine",), casualties=(dead(12),)),
        claim(
            "b", STRIKE, KHARKIV, **RUSSIANS, reported_by=("witnesses",), casualties=(dead(15, qualifier="at_least"),)
        ),
        claim("c", STRIKE, KHARKIV, **RUSSIANS, casualties=(dead(None, qualifier="dozens"),)),
        claim("d", SHELLING, KHARKIV, reported_by=("Russia",), actors=("Russian forces",), casualties=(dead(20),)),
    ]
    (incident,) = merge(told)
    (figure,) = incident.figures
    assert len(figure.rivals) == 4
    assert (figure.low, figure.high) == (12, 99)
    assert {r.claimant for r in figure.rivals} == {"Ukraine", "witnesses", "", "Russia"}
    assert incident.sub_event_type == STRIKE


def test_two_strikes_in_one_town_on_one_day_stay_two_and_each_finds_its_like() -> None:
    told = [
        claim(doc, SHELLING, KRAMATORSK, start=start, **RUSSIANS, casualties=(dead(count),))
        for doc in ("a", "b")
        for start, count in ((0, 3), (100, 14))
    ]
    assert groups(told) == [["a:0", "b:0"], ["a:100", "b:100"]]
    assert groups([*told, claim("c", SHELLING, KRAMATORSK, casualties=(dead(14),))])[1] == ["a:100", "b:100", "c:0"]


def test_a_toll_corrected_next_day_by_the_same_claimant_replaces_the_first() -> None:
    told = [
        claim("a", STRIKE, KHARKIV, **RUSSIANS, reported_by=("Ukraine",), casualties=(dead(3),)),
        claim(
            "b",
            STRIKE,
            KHARKIV,
            **RUSSIANS,
            reported_by=("Ukraine",),
            casualties=(dead(7),),
            published=DAY + timedelta(1),
        ),
    ]
    (incident,) = merge(told)
    (figure,) = incident.figures
    assert (figure.low, figure.best, figure.high) == (7, 7, 7)
    assert len(figure.rivals) == 2


def test_a_village_taken_says_one_and_held_says_the_other() -> None:
    taken = claim(
        "a", CAPTURE, SLOVIANSK, actors=("Russian forces",), targets=("Ukrainian forces",), reported_by=("Russia",)
    )
    held = claim(
        "b",
        CAPTURE,
        SLOVIANSK,
        actors=("Russian forces",),
        targets=("Ukrainian forces",),
        reported_by=("Russia",),
        denied_by=("Ukraine",),
    )
    fought = claim(
        "c", CLASH, SLOVIANSK, actors=("Russian forces",), targets=("Ukrainian forces",), reported_by=("Ukraine",)
    )
    (incident,) = merge([taken, held, fought])
    assert incident.status == "denied"
    assert incident.denied_by == ("Ukraine",)
    assert incident.sub_event_type == CAPTURE


def test_towns_that_are_neighbours_are_two_places() -> None:
    told = [claim(d, SHELLING, p, **RUSSIANS) for d, p in (("a", KRAMATORSK), ("b", SLOVIANSK))]
    assert len(merge(told)) == 2
    assert "places apart" in {e.rule for e in score(*told, MergeRule(max_km=5)).evidence}


def test_a_point_given_twice_within_reach_is_one_place() -> None:
    near = place("Jabalia camp", 34.50, 31.54, country="PS")
    told = [claim("a", STRIKE, JABALIA, **ISRAELIS), claim("b", STRIKE, near, **ISRAELIS)]
    assert len(merge(told)) == 1
    assert len(merge(told, MergeRule(max_km=1))) == 2


@pytest.mark.parametrize(("wide", "narrow"), [(GAZA, JABALIA), (DONETSK, KRAMATORSK), (UKRAINE, KHARKIV)])
def test_a_town_and_its_region_are_one_place_only_if_something_particular_is_shared(wide: Place, narrow: Place) -> None:
    same = [
        claim("a", STRIKE, wide, casualties=(dead(22),), actors=("X",)),
        claim("b", STRIKE, narrow, casualties=(dead(22),)),
    ]
    assert len(merge(same)) == 1
    assert merge(same)[0].places[0].place is narrow
    vague = [claim("a", STRIKE, wide), claim("b", STRIKE, narrow)]
    assert len(merge(vague)) == 2


def test_two_towns_never_chain_through_their_region() -> None:
    told = [
        claim("a", STRIKE, DONETSK, **RUSSIANS, casualties=(dead(5), dead(11))),
        claim("b", STRIKE, KRAMATORSK, **RUSSIANS, casualties=(dead(5),)),
        claim("c", STRIKE, SLOVIANSK, **RUSSIANS, casualties=(dead(11),)),
    ]
    assert len(merge(told)) == 2


def test_days_never_chain() -> None:
    told = [
        claim(f"d{n}", SHELLING, KHARKIV, on=DAY + timedelta(n), **RUSSIANS, casualties=(dead(4),)) for n in range(6)
    ]
    for incident in merge(told):
        days = [c.date.toordinal() for c in incident.claims if c.date]
        assert max(days) - min(days) <= 1
    quiet = [claim(f"d{n}", SHELLING, KHARKIV, on=DAY + timedelta(n), **RUSSIANS) for n in range(6)]
    assert len(merge(quiet)) == 6


def test_running_totals_of_a_front_are_one_incident_apart_from_a_strike_in_it() -> None:
    sides = {"actors": ("Russian forces", "Ukrainian forces")}
    total = {"cumulative": True}
    told = [
        claim(
            "a",
            CLASH,
            DONETSK,
            **sides,
            reported_by=("Ukraine",),
            casualties=(dead(600, "Russia", "military", **total),),
        ),
        claim(
            "b",
            CLASH,
            DONETSK,
            **sides,
            reported_by=("Russia",),
            casualties=(dead(450, "Ukraine", "military", **total),),
        ),
        claim("b", CLASH, DONETSK, start=50, **sides, casualties=(dead(90, "Russia", "military", **total),)),
        claim("c", CLASH, DONETSK, actors=("Russian forces",), targets=("Ukrainian forces",)),
        claim("d", SHELLING, DONETSK, **RUSSIANS),
        claim("e", CLASH, KRAMATORSK, **sides, casualties=(dead(6, "Russia", "military"),)),
    ]
    assert groups(told) == [["a:0", "b:0", "b:50"], ["c:0"], ["d:0"], ["e:0"]]
    incident = next(i for i in merge(told) if len(i.claims) == 3)
    figures = [(f.side, f.low, f.best, f.high) for f in incident.figures]
    assert figures == [("Russia", 90, 90, 600), ("Ukraine", 450, 450, 450)]
    assert all(f.cumulative for f in incident.figures)


def test_an_attack_and_the_counter_attack_are_two() -> None:
    told = [
        claim("a", SHELLING, DONETSK, actors=("Russian forces",), targets=("Ukrainian forces",)),
        claim("b", SHELLING, DONETSK, actors=("Ukrainian forces",), targets=("Russian forces",)),
    ]
    assert len(merge(told)) == 2


def test_each_blames_the_other_for_one_strike() -> None:
    told = [
        claim("a", STRIKE, KRAMATORSK, actors=("Russian forces",), reported_by=("Ukraine",), casualties=(dead(50),)),
        claim("b", STRIKE, KRAMATORSK, actors=("Ukrainian forces",), reported_by=("Russia",), casualties=(dead(50),)),
    ]
    (incident,) = merge(told)
    assert incident.status == "agreed"
    assert incident.actors == ("Russian forces", "Ukrainian forces")


def test_equipment_lost_by_one_side_is_one_and_by_the_other_another() -> None:
    def lost(doc: str, side: str, by: str, *items: tuple[str, int | None]) -> Claim:
        return claim(
            doc,
            LOST,
            DONETSK,
            actors=(f"{by} forces",),
            targets=(f"{side} forces",),
            reported_by=(by,),
            equipment=tuple(Equipment(i, n, side) for i, n in items),
        )

    told = [
        lost("a", "Russia", "Ukraine", ("tank", 3), ("drone", 5)),
        lost("b", "Russia", "Ukraine", ("tank", 4), ("drone", 5)),
        lost("c", "Ukraine", "Russia", ("tank", 3)),
    ]
    assert groups(told) == [["a:0", "b:0"], ["c:0"]]
    incident = next(i for i in merge(told) if len(i.claims) == 2)
    drones = [e for e in incident.equipment if e.item == "drone"]
    assert [(e.count, e.claimant, len(e.claim_ids)) for e in drones] == [(5, "Ukraine", 2)]
    assert sorted(e.count or 0 for e in incident.equipment if e.item == "tank") == [3, 4]


def test_a_states_measure_is_one_wherever_it_was_announced() -> None:
    khartoum = place("Khartoum", 32.53, 15.5, country="SD")
    told = [
        claim("a", CHANGE, SUDAN, actors=("Sudan",), reported_by=("Sudan",)),
        claim("b", CHANGE, khartoum, actors=("Sudan",), reported_by=("Sudan",)),
        claim("c", CHANGE, SUDAN, actors=("Rapid Support Forces",)),
        claim("d", CHANGE, actors=("Sudan",), reported_by=("Sudan",)),
    ]
    assert groups(told) == [["a:0", "b:0", "d:0"], ["c:0"]]


def test_two_measures_of_one_state_are_told_apart_by_their_words() -> None:
    curfew, call_up = "curfew ordered across central districts tonight", "reservists called up to barracks"
    told = [
        claim("a", CHANGE, SUDAN, actors=("Sudan",), text=curfew),
        claim("b", CHANGE, SUDAN, actors=("Sudan",), text="the curfew ordered tonight across districts"),
        claim("c", CHANGE, SUDAN, actors=("Sudan",), text=call_up),
        claim("d", CHANGE, SUDAN, actors=("Sudan",), text="called up: reservists to their barracks"),
        claim("d", CHANGE, SUDAN, start=90, actors=("Sudan",), text="a curfew ordered in districts"),
    ]
    assert groups(told) == [["a:0", "b:0", "d:90"], ["c:0", "d:0"]]


def test_a_measure_heard_of_in_two_towns_is_one_where_the_words_agree() -> None:
    nyala, port = place("Nyala", 24.88, 12.05, country="SD"), place("Port Sudan", 37.2, 19.6, country="SD")
    words = "the army council declares a state of emergency in all states"
    told = [claim(d, CHANGE, p, actors=("Sudan",), text=words) for d, p in (("a", nyala), ("b", port))]
    assert len(merge(told)) == 1
    moved = [claim(d, CHANGE, p, actors=("Sudan",)) for d, p in (("a", nyala), ("b", port))]
    assert len(merge(moved)) == 2


def test_missing_place_needs_figures_to_join() -> None:
    there = claim("a", STRIKE, OMDURMAN, actors=("Sudanese army",), casualties=(dead(31),))
    assert len(merge([there, claim("b", STRIKE, actors=("Sudanese army",), casualties=(dead(31),))])) == 1
    assert len(merge([there, claim("b", STRIKE, actors=("Sudanese army",))])) == 2


def test_missing_date_joins_what_was_just_told_and_not_what_is_old() -> None:
    there = claim("a", STRIKE, OMDURMAN, actors=("Sudanese army",), casualties=(dead(31),))
    undated = {"on": None, "actors": ("Sudanese army",), "casualties": (dead(31),)}
    assert len(merge([there, claim("b", STRIKE, OMDURMAN, published=DAY + timedelta(1), **undated)])) == 1
    assert len(merge([there, claim("b", STRIKE, OMDURMAN, published=DAY + timedelta(90), **undated)])) == 2
    assert len(merge([there, claim("b", STRIKE, OMDURMAN, published=None, **undated)])) == 1
    assert merge([claim("b", STRIKE, on=None)])[0].date is None


def test_a_wrong_claimant_or_no_actor_does_not_part_what_all_else_joins() -> None:
    told = [
        claim(
            "a",
            STRIKE,
            OMDURMAN,
            actors=("Sudanese army",),
            reported_by=("Rapid Support Forces",),
            casualties=(dead(8),),
        ),
        claim("b", STRIKE, OMDURMAN, reported_by=("Sudan",), casualties=(dead(8),)),
    ]
    assert len(merge(told)) == 1


def test_a_line_holds_what_lies_along_it() -> None:
    on_it = place("Velyka", 37.55, 47.83)
    off_it = place("Far", 36.3, 49.9)
    figures = {"casualties": (dead(17),), "actors": ("Russian forces",)}
    assert len(merge([claim("a", SHELLING, FRONT, **figures), claim("b", SHELLING, on_it, **figures)])) == 1
    assert len(merge([claim("a", SHELLING, FRONT, **figures), claim("b", SHELLING, off_it, **figures)])) == 2


def test_a_joint_total_is_not_added_to_its_parts() -> None:
    told = claim(
        "a",
        CLASH,
        FRONT,
        actors=("Armenian forces", "Azerbaijani forces"),
        reported_by=("Armenia", "Azerbaijan"),
        casualties=(
            dead(100, "both", "military", qualifier="about"),
            dead(49, "Armenia", "military", qualifier="at_least"),
            dead(50, "Azerbaijan", "military"),
        ),
    )
    (incident,) = merge([told])
    assert {f.side: f.best for f in incident.figures} == {"both": 100, "Armenia": 49, "Azerbaijan": 50}
    assert {r.claimant for f in incident.figures for r in f.rivals} == {"", "Armenia", "Azerbaijan"}
    assert [r.text for r in incident.reasons if r.rule == "total and parts"] == [
        "killed: 49 + 50 are the 100 of both sides, not more"
    ]


@pytest.mark.parametrize(
    ("count", "qualifier", "low", "high"),
    [
        (5, "exact", 5, 5),
        (5, "at_least", 5, None),
        (5, "more_than", 6, None),
        (5, "about", 5, 5),
        (5, "at_most", 0, 5),
        (None, "several", 3, 11),
        (None, "dozens", 12, 99),
        (None, "hundreds", 100, 999),
        (None, "thousands", 1000, None),
        (None, "none_given", 1, None),
    ],
)
def test_wording_gives_the_bounds(count: int | None, qualifier: str, low: int, high: int | None) -> None:
    (incident,) = merge([claim("a", STRIKE, KHARKIV, casualties=(dead(count, qualifier=qualifier),))])
    (figure,) = incident.figures
    assert (figure.rivals[0].low, figure.rivals[0].high) == (low, high)
    if qualifier == "none_given":
        assert (figure.low, figure.best, figure.high) == (None, None, None)
    else:
        assert figure.low is not None
        assert figure.best is not None
        assert figure.high is not None
        assert figure.low <= figure.best <= figure.high


def test_running_totals_and_episode_tolls_of_one_incident_are_kept_apart() -> None:
    told = [
        claim("a", STRIKE, KHARKIV, **RUSSIANS, casualties=(dead(4),)),
        claim("b", STRIKE, KHARKIV, **RUSSIANS, casualties=(dead(40, cumulative=True),)),
    ]
    (incident,) = merge(told)
    assert sorted((f.cumulative, f.best) for f in incident.figures) == [(False, 4), (True, 40)]


def test_status_says_who_agrees() -> None:
    def status(*reporters: tuple[str, ...]) -> str:
        told = [
            claim(f"d{n}", SHELLING, KHARKIV, actors=("Russian forces",), targets=("Ukrainian forces",), reported_by=r)
            for n, r in enumerate(reporters)
        ]
        (incident,) = merge(told)
        return incident.status

    assert status(("Ukraine",)) == "claimed"
    assert status(("Ukraine",), ("Ukraine",)) == "claimed"
    assert status(("Ukraine",), ("Russia",)) == "agreed"
    assert status(("Ukraine",), ("United Nations",)) == "agreed"
    assert status(("Ukraine",), ()) == "agreed"


def test_allies_are_one_witness() -> None:
    told = [
        claim(
            doc,
            LOST,
            DONETSK,
            actors=(f"{by} forces",),
            targets=("Azerbaijani forces",),
            reported_by=(by,),
            equipment=(Equipment("tank", 3, "Azerbaijan"),),
        )
        for doc, by in (("a", "Armenia"), ("b", "Nagorno-Karabakh"))
    ]
    assert merge(told)[0].status == "claimed"


def test_sides_given_in_the_rule_make_allies_one_actor() -> None:
    told = [claim(d, STRIKE, KHARKIV, actors=(a,)) for d, a in (("a", "Wagner"), ("b", "Russian forces"))]
    assert "different actors" in {e.rule for e in score(*told).evidence}
    assert "shared actors" in {e.rule for e in score(*told, MergeRule(sides=(("Wagner", "Russia"),))).evidence}


def test_the_anchor_is_the_first_told_and_gives_its_id() -> None:
    early = claim("z", STRIKE, KHARKIV, **RUSSIANS, casualties=(dead(5),))
    late = claim("a", STRIKE, KHARKIV, **RUSSIANS, casualties=(dead(5),), published=DAY + timedelta(1))
    assert [i.id for i in merge([late, early])] == [early.id]


def test_an_article_that_repeats_a_figure_tells_one_event() -> None:
    told = [claim("a", STRIKE, KHARKIV, start=s, **RUSSIANS, casualties=(dead(23),)) for s in (0, 400)]
    assert len(merge(told)) == 1
    other = [claim("a", STRIKE, KHARKIV, start=s, **RUSSIANS, casualties=(dead(n),)) for s, n in ((0, 23), (400, 2))]
    assert len(merge(other)) == 2


def test_an_article_tells_again_what_befell_a_town_that_day() -> None:
    told = [claim("a", STRIKE, KHARKIV, start=0, **RUSSIANS), claim("a", STRIKE, KHARKIV, start=400, **RUSSIANS)]
    assert len(merge(told)) == 1
    toll = [told[0], claim("a", STRIKE, KHARKIV, start=400, **RUSSIANS, casualties=(dead(5),))]
    assert len(merge(toll)) == 1
    for apart in (
        claim("a", STRIKE, DONETSK, start=400, **RUSSIANS),
        claim("a", STRIKE, KHARKIV, start=400, **RUSSIANS, on=DAY - timedelta(1), published=DAY),
        claim("a", STRIKE, KHARKIV, start=400),
    ):
        assert len(merge([told[0], apart])) == 2


def test_types_that_reports_mix_up_are_one_at_a_spot_and_two_in_an_area() -> None:
    for where, number in ((KHARKIV, 1), (DONETSK, 2)):
        told = [claim(d, s, where, **RUSSIANS) for d, s in (("a", SHELLING), ("b", STRIKE))]
        assert len(merge(told)) == number


def test_every_decision_has_its_reasons() -> None:
    told = [
        claim(d, STRIKE, KHARKIV, **RUSSIANS, reported_by=(r,), casualties=(dead(5),))
        for d, r in (("a", "X"), ("b", "Y"))
    ]
    (incident,) = merge(told)
    rules = {r.rule: r for r in incident.reasons}
    assert {
        "merged",
        "same type",
        "same dates",
        "same place",
        "shared actors",
        "same figures",
        "different claimants",
    } <= set(rules)
    assert all(r.score is not None for r in incident.reasons)
    assert rules["same place"].text == "same place: Kharkiv"
    total = rules["merged"].score
    assert total == pytest.approx(sum(r.score or 0 for r in incident.reasons if r.rule != "merged"), abs=0.02)


@pytest.mark.parametrize("broken", [{"max_km": -1}, {"max_days": -1}, {"undated_days": -1}, {"floor": 9.0}])
def test_a_rule_that_makes_no_sense_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"MergeRule\."):
        MergeRule(**broken)


# ── claims as they are read: one party, places taken over, headline and text ─────────────────────────


def test_each_sides_own_losses_in_one_article_are_figures_of_one_fight() -> None:
    army, rivals = ("Sudanese army",), ("Rapid Support Forces",)
    told = [
        claim("a", CLASH, OMDURMAN, actors=army, casualties=(dead(30, "both", "military"),)),
        claim(
            "a", CLASH, OMDURMAN, start=50, taken_over=True, actors=army, casualties=(dead(12, army[0], "military"),)
        ),
        claim(
            "a",
            CLASH,
            OMDURMAN,
            start=90,
            taken_over=True,
            actors=rivals,
            casualties=(dead(18, rivals[0], "military"),),
        ),
    ]
    (incident,) = merge(told)
    assert {(f.side, f.best) for f in incident.figures} == {("both", 30), (army[0], 12), (rivals[0], 18)}


def test_two_tolls_of_one_side_in_one_article_stay_two_fights() -> None:
    army = ("Sudanese army",)
    told = [
        claim("a", CLASH, OMDURMAN, actors=army, casualties=(dead(4, army[0]),)),
        claim("a", CLASH, OMDURMAN, start=50, taken_over=True, actors=army, casualties=(dead(19, army[0]),)),
    ]
    assert len(merge(told)) == 2


@pytest.mark.parametrize("taken_over", [False, True])
def test_strikes_on_two_towns_in_one_day_stay_two(taken_over: bool) -> None:
    told = [
        claim(doc, STRIKE, town, start=start, taken_over=taken_over, actors=("Russian forces",))
        for doc in ("a", "b")
        for start, town in ((0, KHARKIV), (80, KRAMATORSK))
    ]
    assert groups(told) == [["a:0", "b:0"], ["a:80", "b:80"]]


def test_an_answer_to_a_strike_is_another_strike() -> None:
    told = [
        claim("a", STRIKE, JABALIA, **ISRAELIS, casualties=(dead(4),)),
        claim("a", STRIKE, JABALIA, start=60, taken_over=True, actors=("Hamas",)),
    ]
    assert len(merge(told)) == 2


def test_what_an_article_adds_to_a_strike_is_part_of_it() -> None:
    told = [
        claim("a", STRIKE, KHARKIV, actors=("Russian forces",), casualties=(dead(7),)),
        claim("a", STRIKE, KHARKIV, start=60, taken_over=True),
    ]
    assert len(merge(told)) == 1
    assert len(merge([told[0], claim("a", STRIKE, KHARKIV, start=60)])) == 2, "told anew with its place"


def test_a_call_up_in_several_wordings_is_one_and_the_neighbours_another() -> None:
    russia = place("Russia", 60.0, 60.0, "PCLI", country="RU", radius_km=2000)
    wordings = ("general mobilisation of reservists", "president signs martial law decree", "all men called to arms")
    told = [
        claim(doc, CHANGE, UKRAINE, taken_over=True, text=text, actors=("Ukraine",), reported_by=("Ukraine",))
        for doc, text in zip("abc", wordings, strict=True)
    ]
    other = claim("d", CHANGE, russia, taken_over=True, text=wordings[0], actors=("Russia",), reported_by=("Russia",))
    curfew = claim("a", CHANGE, KHARKIV, start=70, text="night curfew in Kharkiv", actors=("Ukraine",))
    assert groups([*told, other, curfew]) == [["a:0", "b:0", "c:0"], ["a:70"], ["d:0"]]


def test_fighting_along_a_front_is_told_again_in_headline_and_text() -> None:
    told = [
        claim("a", CLASH, FRONT, actors=("Russia",), reported_by=("Ukraine",), casualties=(dead(None),)),
        claim("a", CLASH, FRONT, start=60, actors=("Ukraine",), casualties=(dead(9, "Ukraine", "military"),)),
        claim("b", CLASH, FRONT, actors=("Ukraine",), reported_by=("Russia",)),
    ]
    assert len(merge(told)) == 1


def test_what_each_side_says_that_it_did_itself_is_two_acts() -> None:
    told = [
        claim(doc, CLASH, DONETSK, start=start, actors=(side,), reported_by=(side,))
        for doc in ("a", "b")
        for start, side in ((0, "Russia"), (60, "Ukraine"))
    ]
    assert groups(told) == [["a:0", "b:0"], ["a:60", "b:60"]]


def test_fighting_of_two_days_is_one_only_where_a_report_spans_both() -> None:
    after = DAY + timedelta(1)
    sides: dict[str, Any] = {"actors": ("Ukraine",), "reported_by": ("Russia",)}
    first = claim("a", CLASH, FRONT, **sides)
    second = claim("b", CLASH, FRONT, on=after, **sides)
    span = claim("c", CLASH, FRONT, precision="range", date_end=after, published=after, **sides)
    assert len(merge([first, second])) == 2
    (incident,) = merge([first, second, span])
    assert (incident.date, incident.date_end) == (DAY, after)


def test_daily_reports_of_a_front_do_not_run_into_one() -> None:
    told = [claim(f"d{n}", CLASH, FRONT, on=DAY + timedelta(n), actors=("Ukraine",)) for n in range(6)]
    assert len(merge(told)) == 6


def test_a_loss_without_item_or_owner_joins_no_list_of_losses() -> None:
    told = [
        claim("a", LOST, FRONT, reported_by=("Russia",), equipment=(Equipment("tank", 12, "Ukraine"),)),
        claim("b", LOST, FRONT, reported_by=("Russia",)),
    ]
    assert len(merge(told)) == 2


def test_dozens_may_be_nearly_a_hundred() -> None:
    told = [
        claim("a", STRIKE, JABALIA, **ISRAELIS, casualties=(dead(None, qualifier="dozens"),)),
        claim("b", STRIKE, JABALIA, **ISRAELIS, casualties=(dead(120),)),
    ]
    assert len(merge(told)) == 1


def test_a_call_up_and_martial_law_of_one_state_stay_two() -> None:
    def measure(doc: str, *kinds: str) -> Claim:
        reasons = (Reason("measure", ", ".join(kinds)),)
        return claim(doc, CHANGE, UKRAINE, actors=("Ukraine",), reported_by=("Ukraine",), reasons=reasons)

    told = [measure("a", "call-up"), measure("b", "martial law"), measure("c", "call-up"), measure("d", "martial law")]
    assert groups(told) == [["a:0", "c:0"], ["b:0", "d:0"]]
    assert len(groups([measure("a", "call-up"), measure("b", "call-up", "martial law")])) == 1


def test_conscription_and_a_call_up_of_reserves_stay_two() -> None:
    def measure(doc: str, kind: str) -> Claim:
        reasons = (Reason("measure", kind),)
        return claim(doc, CHANGE, UKRAINE, actors=("Ukraine",), reported_by=("Ukraine",), reasons=reasons)

    assert groups([measure("a", "call-up"), measure("b", "conscription")]) == [["a:0"], ["b:0"]]


# ── an article that tells again what it told ─────────────────────────────────────────────────────────


def test_a_lead_and_its_retelling_with_the_same_figures_are_one_event() -> None:
    """The second names the province or the town, and may call the attack by another name."""
    lead = claim("a", SHELLING, DONETSK, casualties=(dead(7),))
    assert len(merge([lead, claim("a", SHELLING, KRAMATORSK, start=90, casualties=(dead(7),))])) == 1
    at_town = claim("a", SHELLING, KRAMATORSK, casualties=(dead(7),))
    assert len(merge([at_town, claim("a", STRIKE, KRAMATORSK, start=90, casualties=(dead(7),))])) == 1


def test_one_dead_here_and_one_there_in_a_province_are_two_events() -> None:
    told = [claim("a", SHELLING, DONETSK, start=start, casualties=(dead(1),)) for start in (0, 90)]
    assert len(merge(told)) == 2


def test_the_same_figure_on_another_day_is_another_event() -> None:
    first = claim("a", SHELLING, DONETSK, casualties=(dead(7),))
    later = claim("a", SHELLING, KRAMATORSK, on=DAY + timedelta(days=1), published=DAY, start=90, casualties=(dead(7),))
    assert len(merge([first, later])) == 2
