"""What holds of merging whatever the claims: order, repetition, limits, symmetry, bounds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.codebook import EVENT_TYPE_OF, QUALIFIERS
from geomap.geo import LonLat, distance_km
from geomap.merge import MergeRule, merge, score
from geomap.merge.places import is_point
from geomap.model import Casualty, Claim, ClaimPlace, Equipment, Place, Source

PLACES = (
    Place("north", "North", LonLat(44.0, 33.0), "PPL", "IQ", admin1="Plain"),
    Place("camp", "Camp", LonLat(44.03, 33.01), "PPL", "IQ", admin1="Plain"),
    Place("south", "South", LonLat(44.1, 32.9), "PPL", "IQ", admin1="Plain", parents=("plain",)),
    Place("plain", "Plain", LonLat(44.0, 33.0), "ADM1", "IQ", radius_km=40.0),
    Place("iraq", "Iraq", LonLat(44.0, 33.0), "PCLI", "IQ", radius_km=400.0),
    Place(
        "road", "Road", LonLat(44.05, 32.95), "RD", "IQ", radius_km=5.0,
        geometry={"type": "LineString", "coordinates": [[44.0, 33.0], [44.1, 32.9]]},
    ),
)  # fmt: skip
SUBS = ("Armed clash", "Air/drone strike", "Shelling/artillery/missile attack", "Attack", "Change to group/activity",
        "Disrupted weapons use", "Peaceful protest")  # fmt: skip
PARTIES = st.lists(
    st.sampled_from(("Iraq", "Iraqi forces", "Islamic State", "Peshmerga")), max_size=2, unique=True
).map(tuple)
DAYS = st.integers(0, 4).map(lambda n: date(2016, 10, 17) + timedelta(n))
CASUALTIES = st.builds(
    Casualty,
    st.sampled_from(("killed", "injured")),
    st.none() | st.integers(0, 30),
    st.sampled_from(QUALIFIERS),
    st.sampled_from(("unknown", "both", "Iraq", "Islamic State")),
    st.sampled_from(("military", "civilian", "unknown")),
    st.booleans(),
)
EQUIPMENT = st.builds(
    Equipment, st.sampled_from(("tank", "drone")), st.none() | st.integers(1, 3), st.sampled_from(("Iraq", "unknown"))
)


@st.composite
def claim(draw: st.DrawFn) -> Claim:
    sub = draw(st.sampled_from(SUBS))
    day, published = draw(st.none() | DAYS), draw(st.none() | DAYS)
    end = draw(st.none() | DAYS) if day else None
    source = Source(draw(st.sampled_from("abcde")), draw(st.sampled_from(("", "ar"))), "", published=published)
    start = draw(st.integers(0, 3))
    return Claim(
        id=f"{source.document_id}{start}{sub}",
        source=source,
        start=start,
        end=start + 1,
        text=draw(st.sampled_from(("", "shelling of the market", "market shelling at noon", "полдень обстрел"))),
        event_type=EVENT_TYPE_OF[sub],
        sub_event_type=sub,
        date=day,
        date_end=end,
        date_precision=draw(st.sampled_from(("day", "range", "month"))) if day else "unknown",
        places=tuple(
            ClaimPlace(p, 1) for p in draw(st.lists(st.sampled_from(PLACES), max_size=2, unique_by=lambda p: p.id))
        ),
        actors=draw(PARTIES),
        targets=draw(PARTIES),
        reported_by=draw(PARTIES),
        denied_by=draw(st.sampled_from(((), (), ("Iraq",)))),
        casualties=tuple(draw(st.lists(CASUALTIES, max_size=2))),
        equipment=tuple(draw(st.lists(EQUIPMENT, max_size=1))),
        confidence=draw(st.floats(0, 1)),
    )


CLAIMS = st.lists(claim(), max_size=14, unique_by=lambda c: c.id)
RULE = MergeRule()


@given(CLAIMS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_claims_does_not_matter(claims: list[Claim], chance: random.Random) -> None:
    shuffled = claims.copy()
    chance.shuffle(shuffled)
    assert merge(shuffled) == merge(claims)


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_merging_again_changes_nothing(claims: list[Claim]) -> None:
    once = merge(claims)
    assert merge(c for i in once for c in i.claims) == once
    assert merge([*claims, *claims]) == once
    for incident in once:
        assert merge(incident.claims) == [incident]


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_every_claim_stands_in_one_incident(claims: list[Claim]) -> None:
    found = [c.id for i in merge(claims) for c in i.claims]
    assert sorted(found) == sorted(c.id for c in claims)


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_no_incident_reaches_past_the_limits(claims: list[Claim]) -> None:
    for incident in merge(claims):
        for a, b in combinations(incident.claims, 2):
            link = score(a, b)
            assert not link.veto
            assert link.score >= RULE.floor
            if a.date and b.date:
                first, last = (
                    max(a.date, b.date),
                    min(max(a.date, a.date_end or a.date), max(b.date, b.date_end or b.date)),
                )
                starts = min(a.date, a.date_end or a.date), min(b.date, b.date_end or b.date)
                assert (max(starts) - last).days <= RULE.max_days or (first - last).days <= RULE.max_days
            spots = [[p.place for p in c.places] for c in (a, b)]
            countrywide = a.sub_event_type == "Change to group/activity"
            if not countrywide and all(spots) and all(is_point(p) for s in spots for p in s):
                assert min(distance_km(p.lonlat, q.lonlat) for p in spots[0] for q in spots[1]) <= RULE.max_km


@given(claim(), claim())
@settings(max_examples=300, deadline=None)
def test_a_score_is_the_same_both_ways(a: Claim, b: Claim) -> None:
    if a.id != b.id:
        assert score(a, b) == score(b, a)


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_low_best_and_high_stand_in_order_and_come_from_somebody(claims: list[Claim]) -> None:
    for incident in merge(claims):
        for figure in incident.figures:
            assert figure.rivals
            assert (figure.low is None) == (figure.best is None) == (figure.high is None)
            if figure.low is not None and figure.best is not None and figure.high is not None:
                assert figure.low <= figure.best <= figure.high
                assert figure.low in {r.low for r in figure.rivals}
                assert figure.high in {r.low for r in figure.rivals} | {r.high for r in figure.rivals}


@given(CLAIMS)
@settings(max_examples=40, deadline=None)
def test_an_incident_keeps_its_id_when_a_later_claim_joins(claims: list[Claim]) -> None:
    early = [replace(c, source=replace(c.source, published=date(2016, 10, 22))) for c in claims]
    for incident in merge(early):
        anchor = incident.claims[0]
        late = replace(
            anchor, id="late", source=replace(anchor.source, document_id="late", published=date(2016, 10, 23))
        )
        ids = {c.id: i.id for i in merge([*incident.claims, late]) for c in i.claims}
        assert ids[anchor.id] == incident.id
