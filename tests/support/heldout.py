"""The held-out lists of ``tests/data/gazetteer``: what of them is found, and which traps are right.

``python -m tests.support.heldout`` prints the figures; with ``-v`` also every fault.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat, distance_km
from geomap.geoparse import parse
from geomap.model import Mention, Place
from geomap.settings import Analysts
from tests.support.reading import DATA, document

LISTS = ("south-caucasus", "other-theatres")
TRAPS = ("traps", "traps-second")
#: A place farther away than this, and than its own tolerance, is another one.
SAME_KM = 25.0
#: How an article would name a place of a kind, and the state it lies in. The word «أمس» keeps the date out of question.
_SENTENCES = {
    "settlement": "قصفت المدفعية بلدة {name} في {country} أمس.",
    "other": "قصفت المدفعية {name} في {country} أمس.",
}
_AREAS = {"district", "region"}
#: Camps of refugees, which are towns.
_TOWNLIKE = {"CMP"}


class Listed(NamedTuple):
    """A place of a list: what it is, where and who says so, and its spellings by language."""

    kind: str
    country: str
    lonlat: LonLat
    km: float
    point: str
    names: dict[str, tuple[str, ...]]

    def near(self, place: Place) -> bool:
        """Whether a place lies within the tolerance of the list's point."""
        return distance_km(place.lonlat, self.lonlat) <= self.tolerance(place)

    def tolerance(self, place: Place) -> float:
        """How far off a place may lie: a town by the list's word, what has an extent by its own reach too."""
        return self.km if self.kind == "settlement" else max(self.km, place.radius_km)


class Trap(NamedTuple):
    """A phrase and what its name must be: ``none``, ``no-pin``, or a kind of place and its country."""

    expected: str
    name: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many of how many, and what was wrong with the others."""

    label: str
    right: int
    total: int
    faults: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.total if self.total else 1.0


def listed(name: str) -> list[Listed]:
    """The places of a list."""
    return [
        Listed(
            row["kind"],
            row["country"],
            LonLat(float(row["lon"]), float(row["lat"])),
            float(row["km"]),
            row["point"],
            {k: tuple(filter(None, row[k].split("|"))) for k in ("ar", "en", "ru")},
        )
        for row in _rows(name)
    ]


def traps(name: str = "traps") -> list[Trap]:
    """The trap phrases of a list."""
    return [Trap(row["expected"], row["name"], row["phrase"]) for row in _rows(name)]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / "gazetteer" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def _analysts() -> Analysts:
    return Analysts()


def read(text: str) -> tuple[Mention, ...]:
    """Mentions of a text by the chain of a run: gazetteer, then offline names."""
    analysts = _analysts()
    analyzer = analysts._analyzer("ar")
    return parse(
        document(text), analyzer.tagged(document(text)), analyzer.index, analyzer.models.roles, (), analyzer.fallback
    ).mentions


def _fits(place: Place, want: Listed) -> bool:
    kind = feature_of(place.feature_code)
    if want.kind in ("settlement", "district", "region"):
        right = kind == want.kind or {kind, want.kind} <= _AREAS or place.feature_code in _TOWNLIKE
    else:
        right = kind != "country"
    return right and distance_km(place.lonlat, want.lonlat) <= max(SAME_KM, want.tolerance(place))


def by_name(names: Gazetteer, want: Listed, spelling: str) -> Place | None:
    """The nearest fitting place of the gazetteer that bears a spelling."""
    fitting = [p for p in names.find(spelling) if _fits(p, want)]
    return min(fitting, key=lambda p: distance_km(p.lonlat, want.lonlat), default=None)


def in_sentence(names: Gazetteer, want: Listed, spelling: str) -> Place | None:
    """The fitting place that a spelling resolves to in an article's sentence."""
    country = names.country(want.country)
    assert country is not None
    sentence = _SENTENCES.get(want.kind, _SENTENCES["other"])
    text = sentence.format(name=spelling, country=country.names["ar"][0])
    start = text.index(spelling)
    for mention in read(text):
        if mention.start < start + len(spelling) and mention.end >= start + len(spelling) and mention.place:
            return mention.place if _fits(mention.place, want) else None
    return None


def found(name: str, language: str, *, sentences: bool = False) -> tuple[Score, Score]:
    """Spellings of a list that are found, and found places that lie within their tolerance."""
    gazetteer = _analysts().gazetteer
    search = in_sentence if sentences else by_name
    missing: list[str] = []
    far: list[str] = []
    total = here = 0
    for want in listed(name):
        hits = [(s, search(gazetteer, want, s)) for s in want.names[language]]
        total += len(hits)
        missing += [f"{s} ({want.kind}, {want.country}, {want.names['en'][:1]})" for s, p in hits if p is None]
        place = next((p for _, p in hits if p), None)
        if place:
            here += 1
            if not want.near(place):
                gap, allowed = distance_km(place.lonlat, want.lonlat), want.tolerance(place)
                far.append(f"{place.id}: {gap:.1f} km from the list's point, {allowed:.0f} allowed")
    label = f"{name} {language} {'in a sentence' if sentences else 'by name'}"
    return (
        Score(f"{label}: found", total - len(missing), total, tuple(missing)),
        Score(f"{label}: near", here - len(far), here, tuple(far)),
    )


def trapped(name: str = "traps") -> Score:
    """Trap phrases of a list that are read right."""
    all_traps = traps(name)
    faults = [f"{t.phrase} [{t.name}]: {what}, not {t.expected}" for t in all_traps if (what := _wrong(t))]
    return Score(f"{name}: right", len(all_traps) - len(faults), len(all_traps), tuple(faults))


def _wrong(trap: Trap) -> str:
    """What a trap is taken for where that is not right."""
    start = trap.phrase.index(trap.name)
    stop = start + len(trap.name)
    mentions = [m for m in read(trap.phrase) if m.start < stop and m.end > start]
    if trap.expected == "none":
        return next((_told(m) for m in mentions if m.place), "")
    if trap.expected == "no-pin":
        return next((_told(m) for m in mentions if m.place and m.role == "location"), "")
    kind, country = trap.expected.split()
    if any(m.place and m.place.country == country and _kind(m.place) == kind for m in mentions):
        return ""
    return "; ".join(_told(m) for m in mentions) or "nothing"


def _kind(place: Place) -> str:
    kind = feature_of(place.feature_code)
    return "region" if kind in _AREAS else kind


def _told(mention: Mention) -> str:
    return f"{mention.role} {mention.place.id if mention.place else 'unresolved'}"


def scores() -> Iterator[Score]:
    """All figures."""
    for name in LISTS:
        for language, sentences in (("ar", False), ("ar", True), ("en", False), ("ru", False)):
            yield from found(name, language, sentences=sentences)
    yield from map(trapped, TRAPS)


def report(lines: Iterable[Score], *, verbose: bool = False) -> Iterator[str]:
    """The figures as lines of text."""
    for score in lines:
        yield f"{score.label:48}{score.right:5} of {score.total:4}  {score.share:.3f}\n"
        if verbose:
            yield from (f"      {fault}\n" for fault in score.faults)


if __name__ == "__main__":
    sys.stdout.writelines(report(scores(), verbose="-v" in sys.argv[1:]))
