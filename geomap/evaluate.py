"""How right the extraction is: its records against annotated ones, with intervals and every difference.

The figures are those of the annotators' own scorer, to the last digit: micro averages over all documents.

- A predicted mention is right where its span overlaps an annotated one's; each counts once.
- A place is right within 25 km (100 km for regions, waters, mountains and lines), a country by its code.
- A predicted incident is right where its text overlaps an annotated one's of the same event type, one to one.
- Sub-type, date, place and claimant are counted over the matched incidents.
- Victims and equipment are right with number, kind, side and status.
- Who acts and who is hit, which that scorer leaves out, is counted over the matched incidents, name by name; a state
  counts as its forces.
- A predicted incident in a passage marked as history leaks; one in a passage marked as restated does not count.

Intervals are of 95 %, from documents drawn with replacement (bootstrap).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from geomap.calibration import Outcome
from geomap.geo import LonLat, distance_km
from geomap.parties import parties

Row = Mapping[str, Any]
Figures = dict[str, Any]
Pair = tuple[int, int]

#: Features whose point is only a rough one.
WIDE: Final = frozenset("region water sea mountain line river lake road".split())
NEAR_KM, WIDE_KM = 25.0, 100.0
#: How much of the shorter of two incidents' texts must be in the other.
_SHARED: Final = 0.3
#: Incidents of the same sub-type are matched before others, however much text they share.
_SAME_SUB_TYPE: Final = 1000
_LITERAL: Final = ("location", "background")
#: Beginnings of a side's name, and the side meant.
_SAME_SIDE: Final = {
    "nagorno-karabakh": "armenia",
    "artsakh": "armenia",
    "karabakh": "armenia",
    "armenian": "armenia",
    "azerbaijani": "azerbaijan",
}
#: A claimant with one of these words is a state's organ and counts as the state.
_ORGANS: Final = ("ministry", "army", "government", "military", "president", "parliament", "armed forces")
_SEED, RESAMPLES = 0, 1000
_QUOTE: Final = 90


class Difference(NamedTuple):
    """Something that is not as annotated: what, where, what the annotators have, what was found."""

    document: str
    kind: str
    quote: str
    start: int | None
    gold: str
    got: str

    def __str__(self) -> str:
        at = self.document if self.start is None else f"{self.document}:{self.start}"
        parts = (at, self.kind, self.quote, self.gold and f"gold {self.gold}", self.got and f"got {self.got}")
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures by name as the annotators' scorer names them, with intervals; differences; what each claim came to."""

    figures: Figures
    intervals: Mapping[str, tuple[float, float]]
    differences: Sequence[Difference]
    outcomes: Sequence[Outcome] = ()
    #: F1 of actors and of targets, in the manner of ``figures``.
    parts: Figures = field(default_factory=dict)


def evaluate(gold: Mapping[str, Row], predicted: Mapping[str, Row], resamples: int = RESAMPLES) -> Evaluation:
    """Compare predicted documents with annotated ones.

    Parameters
    ----------
    gold, predicted : mapping of str to record
        Document records by id; a predicted document belongs to the gold document whose id it has or begins with,
        followed by ``_``.
    resamples : int
        Number of draws for the intervals; 0 for none.
    """
    judged = [_Judge(doc, row, _prediction(doc, predicted)) for doc, row in gold.items()]
    for judge in judged:
        judge.run()
    counts = [judge.n for judge in judged]
    differences = [difference for judge in judged for difference in judge.differences]
    outcomes = [outcome for judge in judged for outcome in judge.outcomes]
    total = _sum(counts)
    parts = {name: _f1(*(total[f"{key}_{count}"] for count in ("tp", "pred", "gold"))) for name, key in _PARTS.items()}
    return Evaluation(figures_of(total), _intervals(counts, resamples), differences, outcomes, parts)


#: A document is about the countries in which more than this share of its names lie: many a name is of no one country.
ABOUT = 0.35


def is_about(gold: Row, countries: Collection[str]) -> bool:
    """Whether an annotated document mostly names places in these countries (two letters each)."""
    named = [m.get("country") for m in gold["mentions"]]
    return sum(country in countries for country in named) > ABOUT * len(named)


def _prediction(doc: str, predicted: Mapping[str, Row]) -> Row | None:
    return predicted.get(doc) or next((row for key, row in predicted.items() if key.startswith(doc + "_")), None)


# ── from counts to figures ───────────────────────────────────────────────────────────────────────────

#: Shares: figure -> (what is counted, out of what).
_RATIOS: Final = {
    "published": ("published_ok", "docs"),
    "role_accuracy": ("role_ok", "m_tp"),
    "resolved_25km": ("m_near", "m_gold"),
    "literal_resolved_25km": ("lit_near", "lit_gold"),
    "key_recall": ("key_hit", "key_gold"),
    "sub_type_accuracy": ("sub_ok", "i_tp"),
    "date_accuracy": ("date_ok", "i_tp"),
    "incident_place_accuracy": ("place_ok", "place_gold"),
    "reporter_accuracy": ("rep_ok", "rep_gold"),
    "history_leaks": ("bg_leak", "bg_gold"),
}
#: F1 scores: figure -> beginning of its three counts.
_SCORES: Final = {"mention": "m", "incident": "i", "casualty": "cas", "equipment": "equ", "denial": "den"}
#: Those of the parts that parties take: figure -> beginning of its counts.
_PARTS: Final = {"actor": "actors", "target": "targets"}
_ORDER: Final = (
    *("documents", "published", "mention", "role_accuracy", "resolved_25km", "literal_resolved_25km", "incident"),
    *("key_recall", "sub_type_accuracy", "date_accuracy", "incident_place_accuracy", "reporter_accuracy"),
    *("casualty", "equipment", "denial", "history_leaks"),
)


def figures_of(n: Counter[str]) -> Figures:
    """All figures from counts."""
    found: Figures = {"documents": n["docs"]}
    found |= {name: _ratio(n[part], n[whole]) for name, (part, whole) in _RATIOS.items()}
    found |= {name: _f1(n[f"{key}_tp"], n[f"{key}_pred"], n[f"{key}_gold"]) for name, key in _SCORES.items()}
    return {name: found[name] for name in _ORDER}


def headline(figures: Figures, name: str) -> float | None:
    """The one number of a figure: F1 where it has several."""
    value = figures[name]
    return value["f1"] if isinstance(value, dict) else value  # type: ignore[no-any-return]


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _f1(right: int, predicted: int, gold: int) -> dict[str, float | int | None]:
    p, r = _ratio(right, predicted), _ratio(right, gold)
    f1 = 2 * p * r / (p + r) if p and r else (0.0 if gold or predicted else None)
    return {"f1": f1, "p": p, "r": r, "tp": right, "pred": predicted, "gold": gold}


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for n in counts:
        total.update(n)
    return total


def _intervals(counts: Sequence[Counter[str]], resamples: int) -> dict[str, tuple[float, float]]:
    drawn: dict[str, list[float]] = {name: [] for name in _ORDER if name != "documents"}
    chance = random.Random(_SEED)  # noqa: S311 -- the same draws each time
    for _ in range(resamples if counts else 0):
        figures = figures_of(_sum(chance.choices(counts, k=len(counts))))
        for name, values in drawn.items():
            value = headline(figures, name)
            if value is not None:
                values.append(value)
    return {name: _middle(sorted(values)) for name, values in drawn.items() if values}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """The bounds that leave out a fortieth on each side."""
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]


# ── one document ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Judge:
    """Compares one document; counts into ``n``."""

    doc: str
    gold: Row
    found: Row | None
    n: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def run(self) -> None:
        if self.found is None:
            self._note("no prediction for this document")
        predicted: Row = self.found or {}
        self.n["docs"] += 1
        published = self.gold.get("published")
        self.n["published_ok"] += bool(published) and published == predicted.get("published")
        if self.found and published != predicted.get("published"):
            self._note("published", None, published, predicted.get("published"))
        mentions = predicted.get("mentions", [])
        incidents = predicted.get("claims", predicted.get("incidents", []))
        self._mentions(self.gold.get("mentions", []), mentions)
        self._incidents(self.gold.get("incidents", []), incidents, mentions)
        self._losses("casualty", "cas", self.gold.get("incidents", []), incidents)
        self._losses("equipment", "equ", self.gold.get("incidents", []), incidents)

    def _note(self, kind: str, at: Row | None = None, gold: object = None, got: object = None) -> None:
        quote = " ".join(str(at.get("text", "")).split())[:_QUOTE] if at else ""
        start = at.get("start") if at else None
        shown = ["" if value is None else str(value) for value in (gold, got)]
        self.differences.append(Difference(self.doc, kind, quote, start, *shown))

    def _mentions(self, gold: Sequence[Row], found: Sequence[Row]) -> None:
        n = self.n
        pairs = _best_pairs(gold, found, _overlap)
        n.update(m_gold=len(gold), m_pred=len(found), m_tp=len(pairs))
        n["lit_gold"] += sum(m["role"] in _LITERAL for m in gold)
        for i, j in pairs:
            a, b = gold[i], found[j]
            place = _place_of(b)
            right = a["role"] == b.get("role")
            near = _near(a, place)
            n.update(role_ok=right, m_near=near, lit_near=near and a["role"] in _LITERAL)
            if not right:
                self._note("role", a, a["role"], b.get("role"))
            if not near:
                self._note("place", a, a.get("place"), place.get("name", b.get("place")) or "none")
        matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
        for i in range(len(gold)):
            if i not in matched:
                self._note("missed mention", gold[i], gold[i]["role"])
        for j in range(len(found)):
            if j not in used:
                self._note("extra mention", found[j], None, found[j].get("role"))

    def _incidents(self, gold: Sequence[Row], found: Sequence[Row], mentions: Sequence[Row]) -> None:
        n = self.n
        pairs = _best_pairs(gold, found, _incident_weight)
        matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
        n.update(i_gold=len(gold), i_tp=len(pairs))
        n.update(key_gold=sum(bool(g.get("key")) for g in gold), key_hit=sum(bool(gold[i].get("key")) for i in matched))
        where = {m["place"]: m for m in self.gold.get("mentions", [])}
        told = {p.get("name") or p.get("place"): p for p in map(_place_of, mentions) if p}
        for i, j in pairs:
            self._matched(gold[i], found[j], where, told)
        for i in range(len(gold)):
            if i not in matched:
                n["den_gold"] += bool(gold[i].get("denied_by"))
                key = "missed key incident" if gold[i].get("key") else "missed incident"
                self._note(key, gold[i], f"{gold[i]['event_type']} / {gold[i].get('sub_event_type')}")
        rest = [found[j] for j in range(len(found)) if j not in used]
        spare = [x for x in rest if not any(2 * _overlap(p, x) > _length(x) for p in self.gold.get("restated", []))]
        n["i_pred"] += len(found) - len(rest) + len(spare)
        for x in spare:
            n["den_pred"] += bool(x.get("denied_by"))
            leak = any(2 * _overlap(x, p) > _length(x) for p in self.gold.get("background", []))
            n["bg_leak"] += leak
            kind = "extra incident (history)" if leak else "extra incident"
            self._note(kind, x, None, f"{x['event_type']} / {x.get('sub_event_type')}")
            self.outcomes.append(Outcome(x.get("confidence", 1.0), right=False, exact=False))
        n["bg_gold"] += len(self.gold.get("background", []))

    def _matched(self, a: Row, b: Row, where: Mapping[Any, Row], told: Mapping[Any, Row]) -> None:
        n = self.n
        exact = all(a.get(name) == b.get(name) for name in ("sub_event_type", "date"))
        self.outcomes.append(Outcome(b.get("confidence", 1.0), right=True, exact=exact))
        for name, key in (("sub_event_type", "sub_ok"), ("date", "date_ok")):
            n[key] += a.get(name) == b.get(name)
            if a.get(name) != b.get(name):
                self._note(name.replace("sub_event_type", "sub-type"), a, a.get(name), b.get(name) or "none")
        wanted = [where.get(name, {"place": name}) for name in a.get("places", [])]
        if wanted:
            given = [p if isinstance(p, dict) else told.get(p, {"name": p}) for p in b.get("places", [])]
            n["place_gold"] += 1
            hit = _on_border(wanted, given) or any(_near(x, y) for x in wanted for y in given)
            n["place_ok"] += hit
            if not hit:
                self._note("incident place", a, a["places"], [p.get("name") for p in given])
        if a.get("reported_by"):
            n["rep_gold"] += 1
            hit = bool(_claimants(a["reported_by"]) & _claimants(b.get("reported_by")))
            n["rep_ok"] += hit
            if not hit:
                self._note("claimant", a, a["reported_by"], b.get("reported_by"))
        for name in _PARTS.values():
            self._part(name, a, b)
        denied, found = bool(a.get("denied_by")), bool(b.get("denied_by"))
        n.update(den_tp=denied and found, den_pred=found, den_gold=denied)
        if denied != found:
            self._note("denial", a, a.get("denied_by"), b.get("denied_by"))

    def _part(self, name: str, a: Row, b: Row) -> None:
        wanted, given = (parties().compared(map(_side, row.get(name, ()))) for row in (a, b))
        self.n.update({f"{name}_tp": len(wanted & given), f"{name}_pred": len(given), f"{name}_gold": len(wanted)})
        if wanted != given:
            self._note(name, a, a.get(name), b.get(name))

    def _losses(self, kind: str, key: str, gold: Sequence[Row], found: Sequence[Row]) -> None:
        ours, theirs = Counter(_losses(kind, found)), Counter(_losses(kind, gold))
        tp = sum((ours & theirs).values())
        self.n.update({f"{key}_tp": tp, f"{key}_pred": ours.total(), f"{key}_gold": theirs.total()})
        for what in (theirs - ours).elements():
            self._note(f"missed {kind}", _teller(kind, gold, what), _told_loss(what))
        for what in (ours - theirs).elements():
            self._note(f"extra {kind}", _teller(kind, found, what), None, _told_loss(what))


# ── what counts as the same ──────────────────────────────────────────────────────────────────────────


def _overlap(a: Row, b: Row) -> int:
    return max(0, int(min(a["end"], b["end"]) - max(a["start"], b["start"])))


def _length(a: Row) -> int:
    return int(a["end"]) - int(a["start"])


def _incident_weight(a: Row, b: Row) -> int:
    shared = _overlap(a, b)
    if a["event_type"] != b["event_type"] or shared < _SHARED * min(_length(a), _length(b)):
        return 0
    return shared + _SAME_SUB_TYPE * (a.get("sub_event_type") == b.get("sub_event_type"))


def _best_pairs(gold: Sequence[Row], found: Sequence[Row], weight: Callable[[Row, Row], int]) -> list[Pair]:
    """Pairs by falling weight, each side used once; a weight of 0 is no pair."""
    scored = [(weight(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)]
    scored = sorted((s for s in scored if s[0] > 0), key=lambda s: (-s[0], s[1], s[2]))
    left, right, pairs = set[int](), set[int](), list[Pair]()
    for _, i, j in scored:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _place_of(mention: Row) -> Row:
    """Annotated mentions carry their place's fields flat; predicted ones may nest them."""
    return mention["place"] if isinstance(mention.get("place"), dict) else mention


def _point(place: Row) -> LonLat | None:
    if place.get("lat") is None or place.get("lon") is None:
        return None
    return LonLat(float(place["lon"]), float(place["lat"]))


def _near(gold: Row, found: Row) -> bool:
    if gold.get("feature") == "country":
        return found.get("feature") == "country" and gold.get("country") == found.get("country")
    a, b = _point(gold), _point(found)
    return bool(a and b) and distance_km(a, b) <= (WIDE_KM if gold.get("feature") in WIDE else NEAR_KM)  # type: ignore[arg-type]


def _on_border(wanted: Sequence[Row], given: Sequence[Row]) -> bool:
    """Two annotated countries and a predicted border line agree."""
    states = len(wanted) > 1 and all(p.get("feature") == "country" for p in wanted)
    return states and any(p.get("feature") == "line" for p in given)


def _side(name: object) -> str:
    text = str(name or "unknown").strip().lower()
    for beginning, meant in _SAME_SIDE.items():
        if text.startswith(beginning):
            text = meant
    return text.split()[0].strip("'s") if text.startswith(("armenia", "azerbaijan")) else text


def _claimants(values: Iterable[Any] | None) -> set[str]:
    """Claimants as compared: a state's organ counts as the state, by its first five letters."""
    found = set()
    for value in values or ():
        text = _side(value if isinstance(value, str) else value.get("name", ""))
        organ = any(word in text for word in _ORGANS)
        found.add(text.split()[0][:5] if text and (organ or " " not in text) else text)
    return found


def _losses(kind: str, incidents: Iterable[Row]) -> list[tuple[Any, ...]]:
    return [
        _loss(kind, x)
        for incident in incidents
        for x in incident.get(kind if kind == "equipment" else "casualties", [])
    ]


def _loss(kind: str, x: Row) -> tuple[Any, ...]:
    if kind == "equipment":
        return x["item"], x.get("count"), _side(x.get("side"))
    return x["kind"], x.get("count"), _side(x.get("side")), x.get("status", "unknown")


def _teller(kind: str, incidents: Iterable[Row], what: tuple[Any, ...]) -> Row | None:
    """The incident that tells of a loss, to quote it."""
    return next((incident for incident in incidents if what in _losses(kind, [incident])), None)


def _told_loss(what: tuple[Any, ...]) -> str:
    return ", ".join("no number" if part is None else str(part) for part in what)
