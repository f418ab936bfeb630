"""The values that flow through geomap: frozen, slotted, comparable, serialisable.

A *claim* is one article's account of one event; an *incident* is what the claims of all articles about the same
event add up to, with their disagreements kept. Offsets are code points into ``Document.text``, half-open.
Ids are hashes of content.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from geomap.geo import LonLat

Role = Literal["location", "actor", "nationality", "background"]
DatePrecision = Literal["day", "range", "month", "year", "unknown"]
Level = Literal["info", "warning", "error"]


def content_id(*parts: object) -> str:
    """A stable 12-digit hexadecimal id of the parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a value is what it is: the rule's name, a sentence for people, and its weight where it has one."""

    rule: str
    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a user should know: level, where, what is wrong, what to do."""

    level: Level
    where: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of an article without its text.

    ``published_basis`` says how the date is known: ``given``, ``dateline``, ``url``, ``metadata``, ``file name``,
    ``option``, or ``inferred: why``.
    """

    document_id: str
    language: str = ""
    outlet: str = ""
    title: str = ""
    url: str = ""
    published: dt.date | None = None
    published_basis: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An article: its text, verbatim, what is known of it, and its mentions where an earlier step's record has them."""

    text: str
    source: Source
    mentions: tuple[Mapping[str, Any], ...] | None = None

    @property
    def id(self) -> str:
        """The document's id: the file's name without suffix, or the record's own."""
        return self.source.document_id


@dataclass(frozen=True, slots=True)
class SecondPoint:
    """What a second source says of a place's point: which source, of when, how far off, and where if it tells."""

    source: str
    dated: str
    km: float
    lonlat: LonLat | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What stands behind a place's point.

    Its entries in GeoNames and Wikidata (0 and empty: none known), the date of the point's source, and a second source
    or, in a word, why there is none; and who says in which second-level division it lies.
    """

    geonames: int = 0
    wikidata: str = ""
    dated: str = ""
    second: SecondPoint | None = None
    alone: str = ""
    admin2_from: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, of the offline names or of a geocoder.

    ``names`` maps a language code to its spellings, the best known first. ``radius_km`` is how far the name reaches.
    ``geometry`` is a GeoJSON geometry where the place is an area or a line, else None.
    ``origin`` tells who says so: ``curated``, ``geonames``, ``nominatim`` …; ``evidence`` where the point comes from,
    ``provenance`` what else stands behind it.
    """

    id: str
    name: str
    lonlat: LonLat
    feature_code: str
    country: str | None = None
    admin1: str = ""
    admin2: str = ""
    radius_km: float = 1.0
    population: int = 0
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    demonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    parents: tuple[str, ...] = ()
    geometry: Mapping[str, Any] | None = field(default=None, compare=False)
    needs_cue: bool = False
    origin: str = "curated"
    evidence: str = ""
    provenance: Provenance = Provenance()

    def label(self, language: str) -> str:
        """The name in this language, else the English one."""
        spellings = self.names.get(language) or (self.name,)
        return spellings[0]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention could mean, with its score (higher is likelier) and why."""

    place: Place
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym or demonym in the text: its span, role and place (None where it is unresolved)."""

    document_id: str
    start: int
    end: int
    text: str
    role: Role
    place: Place | None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Where a claim happened.

    ``geo_precision`` is ACLED's (1 town, 2 near one or part of a region, 3 larger region); ``start``..``end`` the span
    that names the place, None where it is ``inferred`` from the text around.
    """

    place: Place
    geo_precision: int
    start: int | None = None
    end: int | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Casualty:
    """Victims of one kind on one side, as one claimant gives them.

    ``count`` is None where no number is given; ``qualifier`` is one of codebook.QUALIFIERS; ``cumulative`` marks a
    running total over more than the event told.
    """

    kind: str
    count: int | None
    qualifier: str = "exact"
    side: str = "unknown"
    status: str = "unknown"
    cumulative: bool = False
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Equipment:
    """Weapons or vehicles lost: item (codebook.EQUIPMENT), number (None where none is given), whose it was."""

    item: str
    count: int | None
    side: str = "unknown"
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One article's account of one event. ``start``/``end`` span its sentence or clause."""

    id: str
    source: Source
    start: int
    end: int
    text: str
    event_type: str
    sub_event_type: str
    date: dt.date | None = None
    date_end: dt.date | None = None
    date_precision: DatePrecision = "unknown"
    places: tuple[ClaimPlace, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    confidence: float = 1.0
    reasons: tuple[Reason, ...] = ()

    @property
    def document_id(self) -> str:
        """Id of the article."""
        return self.source.document_id

    @property
    def claimant_confidence(self) -> float | None:
        """How sure it is who says so, 0 to 1; None where nobody does, or nobody weighed it."""
        return next((r.score for r in self.reasons if r.rule == "claimant"), None) if self.reported_by else None


@dataclass(frozen=True, slots=True)
class RivalFigure:
    """One claimant's figure inside a Figure; ``low``..``high`` is what its wording allows (None: no number)."""

    casualty: Casualty
    claim_id: str
    claimant: str
    as_of: dt.date | None
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """Victims of one kind on one side of one incident over all its claims: low ≤ best ≤ high as UCDP means them.

    None where no claim gives a number.
    """

    kind: str
    side: str
    status: str
    low: int | None
    best: int | None
    high: int | None
    cumulative: bool
    rivals: tuple[RivalFigure, ...]


@dataclass(frozen=True, slots=True)
class EquipmentFigure:
    """One claimant's equipment count inside an incident."""

    item: str
    count: int | None
    side: str
    claimant: str
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which claims support the agreed value of one field, and which differ."""

    field: str
    value: str
    support: tuple[str, ...]
    differ: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """What all claims about one event add up to.

    ``id`` is that of its anchor claim (the earliest published), so it stays when a claim joins.
    ``time_precision``/``geo_precision`` are ACLED's, ``date_prec``/``where_prec`` UCDP's codes.
    ``status`` is ``agreed`` (several outlets, or nobody contests it), ``claimed`` (only a party says so) or ``denied``.
    """

    id: str
    claims: tuple[Claim, ...]
    event_type: str
    sub_event_type: str
    date: dt.date | None
    date_end: dt.date | None
    date_precision: DatePrecision
    places: tuple[ClaimPlace, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    reported_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    figures: tuple[Figure, ...]
    equipment: tuple[EquipmentFigure, ...]
    confidence: float
    status: str
    agreement: tuple[Agreement, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def claimant_confidence(self) -> float | None:
        """That of the claim which is the surest of who says so."""
        return max((c for claim in self.claims if (c := claim.claimant_confidence) is not None), default=None)
