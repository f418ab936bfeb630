"""Incidents to write with: the five gold articles and any number of made ones.

``sample_incidents`` needs no other step of geomap, so that a writer can be tested before, and without, extraction and
merging. ``synthetic_incidents`` is for benchmarks: deterministic, varied enough that compression is not flattered.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from geomap.codebook import ACLED_FIGURE, EVENT_TYPES, GEO_PRECISION
from geomap.geo import LonLat
from geomap.model import (
    Agreement,
    Casualty,
    Claim,
    ClaimPlace,
    Document,
    Equipment,
    EquipmentFigure,
    Figure,
    Incident,
    Place,
    Reason,
    RivalFigure,
    Source,
    content_id,
)

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "data" / "gold"
#: Feature word -> a feature code of it, and how far such a name reaches (km).
_FEATURE = {
    "settlement": ("PPL", 3.0),
    "district": ("ADM2", 20.0),
    "region": ("RGN", 60.0),
    "country": ("PCLI", 200.0),
    "water": ("SEA", 300.0),
    "mountain": ("MT", 10.0),
    "facility": ("NUCP", 1.0),
    "line": ("BDRY", 40.0),
}
#: Rough lines, for drawing only.
_LINES = {
    "Armenia-Azerbaijan border": [[45.0, 41.3], [45.5, 40.9], [45.9, 40.3], [45.7, 39.9], [46.4, 39.5], [46.5, 38.9]],
    "Nagorno-Karabakh line of contact": [
        [46.4, 40.3],
        [46.8, 40.35],
        [47.0, 40.2],
        [47.05, 39.8],
        [47.3, 39.45],
        [47.0, 39.2],
    ],
}
_OUTLETS = ("Outlet A", "Outlet B", "Sputnik", "Outlet D", "Outlet E")


@cache
def gold() -> tuple[dict[str, Any], ...]:
    """The gold documents, one object each."""
    return tuple(json.loads(line) for line in (GOLD / "seeds.jsonl").read_text("utf-8").splitlines())


@cache
def sample_documents() -> tuple[Document, ...]:
    """The five articles with what is known of them."""
    documents = []
    for row, outlet in zip(gold(), _OUTLETS, strict=True):
        path = next((ROOT / "seeds").glob(f"{row['doc']}_*.txt"))
        text = path.read_bytes().decode("utf-8")
        title = text.strip().splitlines()[0]
        source = Source(
            path.stem,
            row["language"],
            outlet,
            title,
            f"https://example.org/{row['doc']}",
            date.fromisoformat(row["published"]),
            row["published_basis"],
        )
        documents.append(Document(text, source))
    return tuple(documents)


@cache
def sample_places() -> Mapping[str, Place]:
    """Every place of the gold articles by its English name; the Arabic name is the spelling used most."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    facts: dict[str, Mapping[str, Any]] = {}
    for row in gold():
        for mention in row["mentions"]:
            facts.setdefault(mention["place"], mention)
            if mention["role"] != "nationality":
                spellings[mention["place"]][mention["text"].strip('"')] += 1
    return {name: _place(name, fact, spellings[name]) for name, fact in facts.items()}


def _place(name: str, fact: Mapping[str, Any], spellings: Counter[str]) -> Place:
    code, radius_km = _FEATURE[fact["feature"]]
    arabic = tuple(text for text, _ in spellings.most_common()) or (fact["text"],)
    line = _LINES.get(name)
    return Place(
        id=name.lower().replace(" ", "-"),
        name=name,
        lonlat=LonLat(fact["lon"], fact["lat"]),
        feature_code=code,
        country=fact["country"],
        radius_km=radius_km,
        names={"ar": arabic, "en": (name,)},
        geometry={"type": "LineString", "coordinates": line} if line else None,
        evidence="gold",
    )


def sample_claims() -> list[tuple[tuple[str, int], Claim]]:
    """Every gold incident as a claim, with its key ``(doc, start)``."""
    claims = []
    for row, document in zip(gold(), sample_documents(), strict=True):
        for incident in row["incidents"]:
            claims.append(((row["doc"], incident["start"]), _claim(incident, row["mentions"], document)))
    return claims


def _claim(row: Mapping[str, Any], mentions: Sequence[Mapping[str, Any]], document: Document) -> Claim:
    assert document.text[row["start"] : row["end"]] == row["text"]
    return Claim(
        id=content_id(document.id, row["start"], row["end"], row["sub_event_type"]),
        source=document.source,
        start=row["start"],
        end=row["end"],
        text=row["text"],
        event_type=row["event_type"],
        sub_event_type=row["sub_event_type"],
        date=_day(row["date"]),
        date_end=_day(row["date_end"]),
        date_precision=row["date_precision"],
        places=tuple(_claim_place(name, row, mentions) for name in row["places"]),
        actors=tuple(row["actors"]),
        targets=tuple(row["targets"]),
        reported_by=tuple(row["reported_by"]),
        denied_by=tuple(row["denied_by"]),
        casualties=tuple(Casualty(**c, **_digits(row, c["count"])) for c in row["casualties"]),
        equipment=tuple(
            Equipment(e["item"], e["count"], e["side"], **_digits(row, e["count"])) for e in row["equipment"]
        ),
        confidence=0.9 if row["key"] else 0.6,
        reasons=(Reason("gold", "annotated by hand"),),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _digits(row: Mapping[str, Any], count: int | None) -> dict[str, int]:
    """The span of the number in the article, where it stands there in digits."""
    at = -1 if count is None else row["text"].find(str(count))
    return {} if at < 0 else {"start": row["start"] + at, "end": row["start"] + at + len(str(count))}


def _claim_place(name: str, row: Mapping[str, Any], mentions: Sequence[Mapping[str, Any]]) -> ClaimPlace:
    place = sample_places()[name]
    inside = [m for m in mentions if m["place"] == name and row["start"] <= m["start"] and m["end"] <= row["end"]]
    precision = GEO_PRECISION[next(w for w, (code, _) in _FEATURE.items() if code == place.feature_code)]
    if inside:
        return ClaimPlace(place, precision, inside[0]["start"], inside[0]["end"])
    return ClaimPlace(place, precision, inferred=True)


def sample_incidents() -> list[Incident]:
    """The gold clusters as incidents, in order of date and id."""
    by_key = dict(sample_claims())
    clusters = json.loads((GOLD / "clusters.json").read_text("utf-8"))
    incidents = [_incident([by_key[m["doc"], m["start"]] for m in cluster["members"]]) for cluster in clusters]
    return sorted(incidents, key=lambda i: (i.date or date.max, i.id))


def sample_days() -> tuple[dict[date, list[Incident]], list[Incident]]:
    """The incidents of each day, and those of no single day, as the pipeline groups them."""
    return by_day(sample_incidents())


def by_day(incidents: Iterable[Incident]) -> tuple[dict[date, list[Incident]], list[Incident]]:
    """Incidents under each day they lasted (three at most); what is of no single day apart."""
    days: dict[date, list[Incident]] = defaultdict(list)
    undated = []
    for incident in incidents:
        start, end = incident.date, incident.date_end or incident.date
        if start is None or end is None or incident.date_precision not in ("day", "range") or (end - start).days > 2:
            undated.append(incident)
            continue
        for offset in range((end - start).days + 1):
            days[start + timedelta(offset)].append(incident)
    return dict(sorted(days.items())), undated


def _union(groups: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _incident(members: Sequence[Claim]) -> Incident:
    """Claims of one event as one incident: the earliest claim anchors it, each field is what most say."""
    claims = tuple(sorted(members, key=lambda c: (c.source.published or date.max, c.document_id, c.start)))
    sub_type = Counter(c.sub_event_type for c in claims).most_common(1)[0][0]
    anchor = next(c for c in claims if c.sub_event_type == sub_type)
    dated = [c for c in claims if c.date]
    places = {p.place.id: p for c in reversed(claims) for p in c.places}
    denied, reported = _union(c.denied_by for c in claims), _union(c.reported_by for c in claims)
    outlets = {c.source.outlet for c in claims}
    return Incident(
        id=claims[0].id,
        claims=claims,
        event_type=anchor.event_type,
        sub_event_type=sub_type,
        date=min((c.date for c in dated if c.date), default=None),
        date_end=max((c.date_end for c in dated if c.date_end), default=None),
        date_precision=(dated or [anchor])[-1].date_precision,
        places=tuple(reversed(places.values())),
        actors=_union(c.actors for c in claims),
        targets=_union(c.targets for c in claims),
        reported_by=reported,
        denied_by=denied,
        figures=_figures(claims),
        equipment=tuple(
            EquipmentFigure(e.item, e.count, e.side, (c.reported_by or ("",))[0], (c.id,))
            for c in claims
            for e in c.equipment
        ),
        confidence=round(sum(c.confidence for c in claims) / len(claims), 2),
        status="denied" if denied else "agreed" if len(outlets) > 1 or len(reported) != 1 else "claimed",
        agreement=_agreement(claims, sub_type),
        reasons=(Reason("cluster", "one event in the gold clusters", 1.0),),
    )


def _agreement(claims: Sequence[Claim], sub_type: str) -> tuple[Agreement, ...]:
    support = tuple(c.id for c in claims if c.sub_event_type == sub_type)
    return (Agreement("sub_event_type", sub_type, support, tuple(c.id for c in claims if c.id not in support)),)


def _bounds(casualty: Casualty) -> tuple[int, int | None]:
    """What the wording allows, from low to high."""
    if casualty.count is None:
        return (ACLED_FIGURE.get(casualty.qualifier, 0), None)
    open_above = casualty.qualifier in ("at_least", "more_than")
    return (casualty.count + (casualty.qualifier == "more_than"), None if open_above else casualty.count)


def _figures(claims: Sequence[Claim]) -> tuple[Figure, ...]:
    groups: dict[tuple[str, str, str], list[RivalFigure]] = defaultdict(list)
    for claim in claims:
        for casualty in claim.casualties:
            low, high = _bounds(casualty)
            claimant = (claim.reported_by or ("",))[0]
            rival = RivalFigure(casualty, claim.id, claimant, claim.source.published, low, high)
            groups[casualty.kind, casualty.side, casualty.status].append(rival)
    return tuple(_figure(*key, tuple(rivals)) for key, rivals in groups.items())


def _figure(kind: str, side: str, status: str, rivals: tuple[RivalFigure, ...]) -> Figure:
    counted = [r for r in rivals if r.casualty.count is not None]
    cumulative = any(r.casualty.cumulative for r in rivals)
    if not counted:
        return Figure(kind, side, status, None, None, None, cumulative, rivals)
    high = max(r.high if r.high is not None else r.low for r in counted)
    return Figure(kind, side, status, min(r.low for r in counted), counted[-1].casualty.count, high, cumulative, rivals)


# ---- made incidents -------------------------------------------------------------------------------------------------


@cache
def _bigrams() -> Mapping[str, tuple[str, ...]]:
    """Which words follow which in the articles: text made from it compresses about as badly as news does."""
    after: dict[str, list[str]] = defaultdict(list)
    for document in sample_documents():
        words = document.text.split()
        for word, following in pairwise(words):
            after[word].append(following)
    return {word: tuple(following) for word, following in after.items()}


def _sentence(rng: random.Random, length: int, place: str) -> str:
    after, starts = _bigrams(), sorted(_bigrams())
    words, size = [place], len(place)
    while size < length:
        following = after.get(words[-1])
        word = rng.choice(following) if following and rng.random() < 0.75 else rng.choice(starts)
        if word.isdecimal():
            word = str(rng.randint(1, 400))
        words.append(word)
        size += len(word) + 1
    return " ".join(words)


@cache
def synthetic_places(n: int = 240) -> tuple[Place, ...]:
    """Places strewn over the South Caucasus; one in eight is a district, one in twelve a region."""
    rng = random.Random(7)
    places = []
    for number in range(n):
        feature = "region" if number % 12 == 11 else "district" if number % 8 == 7 else "settlement"
        code, radius_km = _FEATURE[feature]
        lonlat = LonLat(round(rng.uniform(43.6, 49.4), 4), round(rng.uniform(38.6, 41.6), 4))
        arabic = "".join(rng.choice("ابتجدرسشعفقكلمنهوي") for _ in range(rng.randint(4, 8)))
        name = f"Place {number:03d}"
        names = {"ar": (arabic,), "en": (name,)}
        places.append(Place(f"place-{number:03d}", name, lonlat, code, "AZ", radius_km=radius_km, names=names))
    return tuple(places)


def synthetic_incidents(n: int, days: int, first: date = date(2023, 1, 1), length: int = 200) -> list[Incident]:
    """Make ``n`` incidents over ``days`` days, about 1.3 claims each; same call, same value.

    Three in ten happen at one of ten places, as geocoded news does.
    """
    rng = random.Random(n * 1000 + days)
    return [_made(rng, first + timedelta(number * days // n), length, number) for number in range(n)]


def _made(rng: random.Random, day: date, length: int, number: int) -> Incident:
    places = synthetic_places()
    place = places[rng.randrange(10)] if rng.random() < 0.3 else rng.choice(places)
    event = rng.choices(list(EVENT_TYPES), weights=(5, 1, 1, 8, 3, 3))[0]
    sub_type = rng.choice(EVENT_TYPES[event])
    side, other = rng.sample(("Armenia", "Azerbaijan", "Nagorno-Karabakh"), 2)
    claims = []
    for _ in range(2 if rng.random() < 0.3 else 1):
        outlet = rng.randrange(12)
        url = f"https://example.org/{number}"
        source = Source(f"made-{number:06d}-{len(claims)}", "ar", f"Outlet {outlet}", "", url, day)
        text = _sentence(rng, length, place.label("ar"))
        toll = (Casualty("killed", rng.randint(1, 40), "exact", other, "military"),) if rng.random() < 0.3 else ()
        denied = (other,) if rng.random() < 0.05 else ()
        where = () if rng.random() < 0.02 else (ClaimPlace(place, 1, 0, len(place.label("ar"))),)
        claim_id = content_id(source.document_id, text)
        claims.append(
            Claim(
                id=claim_id,
                source=source,
                start=0,
                end=len(text),
                text=text,
                event_type=event,
                sub_event_type=sub_type,
                date=day,
                date_precision="day",
                places=where,
                actors=(f"{side} forces",),
                targets=(other,),
                reported_by=(side,),
                denied_by=denied,
                casualties=toll,
                confidence=round(rng.uniform(0.4, 1.0), 2),
            )
        )
    return _incident(claims)
