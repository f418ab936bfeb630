"""Incidents as compact JSON for the page's script: columns, with repeated values interned.

``static/data.js`` reads it. A claim's members are written only where they differ from its incident's. Days are numbers
of days since 1970-01-01, -1 for none.
"""

from __future__ import annotations

import base64
import codecs
import gzip
import json
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import Any

from geomap.codebook import feature_of
from geomap.model import Claim, ClaimPlace, Figure, Incident, Place, Source
from geomap.tolls import toll

DATE_PRECISIONS = ("day", "range", "month", "year", "unknown")
STATUSES = ("agreed", "claimed", "denied")
_EPOCH = date(1970, 1, 1)
#: Pages whose data are larger than this (characters) carry them gzipped.
PACK_ABOVE = 18_000


class Interned:
    """Values in order of appearance, each with its number."""

    def __init__(self) -> None:
        self.numbers: dict[Hashable, int] = {}

    def __call__(self, value: Hashable) -> int:
        """The value's number."""
        return self.numbers.setdefault(value, len(self.numbers))

    def values(self) -> list[Any]:
        """All values so far."""
        return list(self.numbers)


def day_number(day: date | None) -> int:
    """Days since 1970-01-01; -1 for none."""
    return (day - _EPOCH).days if day else -1


def utf16(text: str, at: int) -> int:
    """An offset in code points as one in UTF-16 units, as scripts count."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


class Packer:
    """Collects incidents into columns."""

    def __init__(self) -> None:
        self.words = Interned()
        self.lists = Interned()
        self._known: dict[tuple[str, ...], int] = {}
        self.places: dict[str, tuple[int, Place]] = {}
        self.sources: dict[Source, int] = {}
        self.rows: list[tuple[Any, ...]] = []
        self.claims: list[tuple[Any, ...]] = []
        #: Numbers of the claims whose claimant is a guess.
        self.guesses: list[int] = []
        self.figures: dict[int, Any] = {}
        self.tolls: dict[int, list[int | None]] = {}
        self.equipment: dict[int, Any] = {}
        self.differences: dict[int, Any] = {}

    def add(self, incident: Incident) -> None:
        """Append one incident and its claims."""
        number = len(self.rows)
        if incident.figures:
            self.figures[number] = [self._figure(f, incident) for f in incident.figures]
            # of this event alone: a running total of the war is on the card, not beside the headline
            alone = [figure for figure in incident.figures if not figure.cumulative]
            tolls = [toll(alone, kind) for kind in ("killed", "injured")]
            if any(tolls):
                self.tolls[number] = [found and found.best for found in tolls]
        if incident.equipment:
            word = self.words
            self.equipment[number] = [
                [word(e.item), e.count, word(e.side), word(e.claimant)] for e in incident.equipment
            ]
        shared, told = self._facts(incident), _told(incident)
        event, status = self.words(incident.event_type), STATUSES.index(incident.status)
        self.rows.append((incident.id, event, *shared, len(incident.claims), status))
        for claim in incident.claims:
            # most incidents have one claim, which says just what they say
            own = shared if _told(claim) == told else self._facts(claim)
            if own != shared:
                pairs = enumerate(zip(own, shared, strict=True))
                self.differences[len(self.claims)] = {
                    str(at): value for at, (value, common) in pairs if value != common
                }
            claim_id, source = "" if claim.id == incident.id else claim.id, self._source(claim.source)
            if _is_guess(claim):
                self.guesses.append(len(self.claims))
            self.claims.append((claim_id, source, claim.text, self._marks(claim), self._differs(claim, incident)))

    def _facts(self, of: Incident | Claim) -> tuple[Any, ...]:
        """The members that a claim and its incident share, in the order of data.js's FACTS."""
        end = (of.date_end - of.date).days if of.date and of.date_end else 0
        return (
            self.words(of.sub_event_type),
            day_number(of.date),
            end,
            DATE_PRECISIONS.index(of.date_precision),
            round(100 * of.confidence),
            self.lists(tuple(self._place(p) for p in of.places)),
            self._names(of.actors),
            self._names(of.targets),
            self._names(of.reported_by),
            self._names(of.denied_by),
        )

    def _names(self, names: tuple[str, ...]) -> int:
        found = self._known.get(names)
        if found is None:
            found = self._known[names] = self.lists(tuple(self.words(name) for name in names))
        return found

    def _place(self, where: ClaimPlace) -> int:
        number, _ = self.places.setdefault(where.place.id, (len(self.places), where.place))
        return number * 8 + min(3, max(0, where.geo_precision)) * 2 + where.inferred

    def _source(self, source: Source) -> int:
        return self.sources.setdefault(source, len(self.sources))

    def _figure(self, figure: Figure, incident: Incident) -> list[Any]:
        order = {claim.id: number for number, claim in enumerate(incident.claims)}
        rivals = [
            [
                self.words(r.claimant),
                r.casualty.count,
                self.words(r.casualty.qualifier),
                int(r.casualty.cumulative),
                day_number(r.as_of),
                order.get(r.claim_id, -1),
            ]
            for r in figure.rivals
        ]
        kind, side, status = self.words(figure.kind), self.words(figure.side), self.words(figure.status)
        return [kind, side, status, figure.low, figure.best, figure.high, int(figure.cumulative), rivals]

    @staticmethod
    def _marks(claim: Claim) -> list[int]:
        """Spans to mark in the quote, flat: start, end, kind (0 place, 1 figure), sorted and not overlapping."""
        spans = [(p.start, p.end, 0) for p in claim.places]
        spans += [(c.start, c.end, 1) for c in claim.casualties]
        spans += [(e.start, e.end, 1) for e in claim.equipment]
        at = claim.start
        flat: list[int] = []
        last = 0
        for start, end, kind in sorted((s - at, e - at, k) for s, e, k in spans if s is not None and e is not None):
            if last <= start < end <= len(claim.text):
                flat += [utf16(claim.text, start), utf16(claim.text, end), kind]
                last = end
        return flat

    def _differs(self, claim: Claim, incident: Incident) -> list[int]:
        return sorted({self.words(a.field) for a in incident.agreement if claim.id in a.differ})

    def result(self) -> dict[str, Any]:
        """All columns; keep the order of members as data.js reads them."""
        words = self.words
        places = [place for _, place in self.places.values()]
        columns = {
            "incidents": _columns(self.rows, 14),
            "claims": _columns(self.claims, 5),
            "differences": self.differences,
            "figures": self.figures,
            "tolls": self.tolls,
            "equipment": self.equipment,
            "places": _columns([self._place_row(p) for p in places], 10),
            "geometries": {n: rounded(p.geometry) for n, p in enumerate(places) if p.geometry},
            "sources": _columns([self._source_row(s) for s in self.sources], 6),
            "lists": self.lists.values(),
        }
        if self.guesses:
            columns["guesses"] = self.guesses
        return columns | {"words": words.values()}

    def _place_row(self, place: Place) -> tuple[Any, ...]:
        arabic = place.label("ar") if place.names.get("ar") else ""
        others = [name for names in place.names.values() for name in names if name not in (arabic, place.name)]
        lonlat = (round(place.lonlat.lon, 4), round(place.lonlat.lat, 4))
        feature, origin = self.words(feature_of(place.feature_code)), self.words(place.origin)
        names = (arabic, place.name, " ".join(others))
        return (place.id, *names, *lonlat, feature, place.radius_km, place.country or "", origin)

    def _source_row(self, source: Source) -> tuple[Any, ...]:
        basis = source.published_basis.split(":", 1)[0]
        # an article whose outlet is not known goes by its headline
        outlet = self.words(source.outlet or source.title or source.document_id)
        return (source.document_id, outlet, source.title, source.url, day_number(source.published), self.words(basis))


def _is_guess(claim: Claim) -> bool:
    """Whether it is likelier that another says so, or nobody, than the claimant named."""
    sure = claim.claimant_confidence
    return sure is not None and sure < _SURE


#: From here on a claimant is named without reserve.
_SURE = 0.5


def _told(of: Incident | Claim) -> tuple[Any, ...]:
    """What `_facts` numbers, as it stands."""
    dates = (of.date, of.date_end, of.date_precision)
    return (of.sub_event_type, dates, of.confidence, of.places, of.actors, of.targets, of.reported_by, of.denied_by)


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def rounded(geometry: Any) -> Any:
    """A geometry with coordinates to four decimals (ten metres)."""
    if isinstance(geometry, float):
        return round(geometry, 4)
    if isinstance(geometry, (list, tuple)):
        return [rounded(part) for part in geometry]
    if hasattr(geometry, "items"):
        return {key: rounded(value) for key, value in geometry.items()}
    return geometry


def pack_incidents(incidents: Iterable[Incident]) -> dict[str, Any]:
    """Incidents as columns for ``static/data.js``."""
    packer = Packer()
    for incident in incidents:
        packer.add(incident)
    return packer.result()


def json_script(element_id: str, value: Any, *, pack: bool = False) -> str:
    """A script element that carries data: JSON with ``<`` escaped, gzipped where ``pack`` and it is large."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if pack and len(text) > PACK_ABOVE:
        charset, data = _one_byte(text)
        packed = base64.b64encode(gzip.compress(data, compresslevel=7, mtime=0)).decode("ascii")
        return f'<script type="application/gzip+base64" data-charset="{charset}" id="{element_id}">{packed}</script>'
    # the only character that could end the element or open a comment
    safe = text.replace("<", "\\u003c")
    return f'<script type="application/json" id="{element_id}">{safe}</script>'


def _one_byte(text: str) -> tuple[str, bytes]:
    """JSON text as bytes: Arabic gzips a sixth to a quarter smaller from one byte a letter than from two.

    What windows-1256 lacks becomes a JSON escape; text that is mostly of such letters stays UTF-8.
    """
    lacking = len(text) - len(text.encode("cp1256", "ignore"))
    if lacking > 0.05 * len(text):
        return "utf-8", text.encode("utf-8", "replace")
    return "windows-1256", text.encode("cp1256", "geomap.json")


def _escape(error: UnicodeError) -> tuple[str, int]:
    """JSON escapes for what an encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True)), error.end


codecs.register_error("geomap.json", _escape)
