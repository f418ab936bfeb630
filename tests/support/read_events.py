"""The gold articles as the tool reads them: which gold event each read claim tells of, and how well merging finds them.

``scripts/score_merging.py`` prints all of it.
"""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from types import ModuleType
from typing import Any, NamedTuple

from geomap.days import by_day
from geomap.model import Claim, Incident
from geomap.record import document_record
from geomap.settings import Analysts, Settings
from tests.support.sample import GOLD, gold, sample_documents

Row = Mapping[str, Any]
UNDATED = "undated"


class Read(NamedTuple):
    """All read claims, and the gold event of each that tells of one, by the claim's id."""

    claims: tuple[Claim, ...]
    event_of: Mapping[str, str]


class Pairs(NamedTuple):
    """Pairs of claims that tell of one event: put together rightly, put together, and to be put together."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


@cache
def scorer() -> ModuleType:
    """The annotators' own scorer."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def clusters() -> tuple[Row, ...]:
    return tuple(json.loads((GOLD / "clusters.json").read_text("utf-8")))


@cache
def day_pages() -> Mapping[str, Sequence[Row]]:
    return dict(json.loads((GOLD / "days.json").read_text("utf-8")))


@cache
def read() -> Read:
    """Read the five articles and say which gold event each claim tells of."""
    analysts = Analysts(Settings())
    claims: list[Claim] = []
    event_of: dict[str, str] = {}
    for row, document in zip(gold(), sample_documents(), strict=True):
        analysis = analysts.analyze(document)
        claims += analysis.claims
        event_of |= _events(row, document_record(analysis)["claims"])
    return Read(tuple(claims), event_of)


def _events(row: Row, found: Sequence[Row]) -> dict[str, str]:
    """Gold events of an article's claims, by id: the scorer's pairs, then passages that tell one again or in part."""
    names = {(m["doc"], m["start"]): c["cluster"] for c in clusters() for m in c["members"]}
    gold_events = [(g, names[row["doc"], g["start"]]) for g in row["incidents"]]
    told = {found[j]["id"]: gold_events[i][1] for i, j in scorer().best_pairs(row["incidents"], found, _weight)}
    again = [(r, c["cluster"]) for c in clusters() for r in c.get("restated", ()) if r["doc"] == row["doc"]]
    for claim in found:
        parts = [(g, name) for g, name in gold_events if g["event_type"] == claim["event_type"]]
        for passages in (again, parts):
            shared, event = max(((scorer().overlap(r, claim), name) for r, name in passages), default=(0, ""))
            if claim["id"] not in told and 2 * shared > claim["end"] - claim["start"]:
                told[claim["id"]] = event
    return told


def _weight(a: Row, b: Row) -> int:
    """How well two incidents' texts match, as the scorer counts it."""
    shared: int = scorer().overlap(a, b)
    if a["event_type"] != b["event_type"] or shared < 0.3 * min(a["end"] - a["start"], b["end"] - b["start"]):
        return 0
    return shared + 1000 * (a["sub_event_type"] == b["sub_event_type"])


def pairs_of(incidents: Iterable[Incident], event_of: Mapping[str, str]) -> Pairs:
    """Count the pairs of claims with a gold event that incidents hold, and that they should hold."""
    mine = _pairs([c.id for c in incident.claims if c.id in event_of] for incident in incidents)
    members = defaultdict(list)
    for claim, event in event_of.items():
        members[event].append(claim)
    wanted = _pairs(members.values())
    return Pairs(len(mine & wanted), len(mine), len(wanted))


def _pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def pages(incidents: Sequence[Incident], event_of: Mapping[str, str]) -> dict[str, list[tuple[Incident, str]]]:
    """Incidents by day, each with the event that most of its claims tell of; empty where none does."""
    days, undated = by_day(incidents)
    told = {day.isoformat(): group for day, group in days.items()} | {UNDATED: undated}
    return {day: [(i, event_name(i, event_of)) for i in group] for day, group in told.items()}


def event_name(incident: Incident, event_of: Mapping[str, str]) -> str:
    """The gold event that most claims of an incident tell of."""
    names = [event_of[c.id] for c in incident.claims if c.id in event_of]
    return max(names, key=names.count, default="")
