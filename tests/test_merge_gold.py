"""Merging the gold claims of the five articles gives the gold events."""

from __future__ import annotations

import json
from itertools import combinations

from geomap.days import by_day
from geomap.merge import merge
from geomap.model import Incident
from tests.support.sample import GOLD, sample_claims

Key = tuple[str, int]


def incidents() -> tuple[list[Incident], dict[str, Key]]:
    claims = sample_claims()
    return merge(c for _, c in claims), {c.id: key for key, c in claims}


def pairs(groups: list[list[Key]]) -> set[tuple[Key, Key]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def clusters() -> dict[str, list[Key]]:
    rows = json.loads((GOLD / "clusters.json").read_text("utf-8"))
    return {row["cluster"]: sorted((m["doc"], m["start"]) for m in row["members"]) for row in rows}


def test_pairs_of_the_gold_clusters() -> None:
    found, keys = incidents()
    mine, gold = pairs([[keys[c.id] for c in i.claims] for i in found]), pairs(list(clusters().values()))
    assert 2 * len(mine & gold) / (len(mine) + len(gold)) >= 0.9


def test_the_days_hold_the_gold_events() -> None:
    found, keys = incidents()
    days, undated = by_day(found)
    names = {tuple(members): name for name, members in clusters().items()}

    def events(group: list[Incident]) -> set[str]:
        return {names[members] for i in group if (members := tuple(sorted(keys[c.id] for c in i.claims))) in names}

    gold = json.loads((GOLD / "days.json").read_text("utf-8"))
    mine = {day.isoformat(): events(group) for day, group in days.items()} | {"undated": events(undated)}
    assert mine == {day: {row["event"] for row in rows} for day, rows in gold.items()}


def test_figures_and_claimants_of_the_gold_days() -> None:
    found, keys = incidents()
    gold = {row["event"]: row for rows in json.loads((GOLD / "days.json").read_text("utf-8")).values() for row in rows}
    names = {tuple(members): name for name, members in clusters().items()}
    for incident in found:
        row = gold[names[tuple(sorted(keys[c.id] for c in incident.claims))]]
        told = {
            (r.claimant or None, f.kind, r.casualty.count, r.casualty.qualifier, f.side, f.status, f.cumulative)
            for f in incident.figures
            for r in f.rivals
        }
        assert told == {
            tuple(c[k] for k in ("claimant", "kind", "count", "qualifier", "side", "status", "cumulative"))
            for c in row["casualties"]
        }
        assert {(e.claimant or None, e.item, e.count, e.side) for e in incident.equipment} == {
            (e["claimant"], e["item"], e["count"], e["side"]) for e in row["equipment"]
        }
        assert incident.sub_event_type == row["sub_event_type"]
        assert set(incident.denied_by) == set(row["denied_by"])
