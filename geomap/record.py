"""What the steps print, one JSON object a line: articles with mentions and claims, and incidents.

The document record is the public contract of ``geomap extract``; ``schema/document.schema.json`` of the data describes
it. ``geomap.records`` reads both back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from geomap.codebook import feature_of
from geomap.model import Claim, ClaimPlace, Figure, Incident, Mention, Place, Reason, RivalFigure, Source

if TYPE_CHECKING:
    from geomap.analysis import Analysis

#: The ``step`` of a record whose mentions count as they stand.
GEOPARSED: Final = "geoparse"
CASUALTY_FIELDS: Final = ("kind", "count", "qualifier", "side", "status", "cumulative", "start", "end")
EQUIPMENT_FIELDS: Final = ("item", "count", "side", "start", "end")
#: Halves of characters, which UTF-8 cannot hold; one stands for one, as offsets count them.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def json_line(record: Mapping[str, Any]) -> bytes:
    """A record as one line of UTF-8 with its line feed."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return (_SURROGATE.sub("\ufffd", text) + "\n").encode()


def document_record(analysis: Analysis) -> dict[str, Any]:
    """The record of one article, JSON-ready."""
    return {
        **source_record(analysis.document.source),
        "mentions": [mention_record(m) for m in analysis.mentions],
        "claims": [claim_record(c) for c in analysis.claims],
    }


def mentions_record(analysis: Analysis) -> dict[str, Any]:
    """The record of one article before its claims: its text instead, for the next step, which takes its mentions."""
    return {
        "step": GEOPARSED,
        **source_record(analysis.document.source),
        "text": analysis.document.text,
        "mentions": [mention_record(m) for m in analysis.mentions],
    }


def source_record(source: Source) -> dict[str, Any]:
    """What is known of an article."""
    return {
        "doc": source.document_id,
        "language": source.language,
        "published": source.published.isoformat() if source.published else None,
        "published_basis": source.published_basis,
        "outlet": source.outlet,
        "title": source.title,
        "url": source.url,
    }


def incident_record(incident: Incident) -> dict[str, Any]:
    """One incident with its claims, each with what is known of its article."""
    return {
        "id": incident.id,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "date": incident.date.isoformat() if incident.date else None,
        "date_end": incident.date_end.isoformat() if incident.date_end else None,
        "date_precision": incident.date_precision,
        "places": [_claim_place(p) for p in incident.places],
        "actors": list(incident.actors),
        "targets": list(incident.targets),
        "reported_by": list(incident.reported_by),
        "denied_by": list(incident.denied_by),
        "figures": [_figure(f) for f in incident.figures],
        "equipment": [_plain(e, ("item", "count", "side", "claimant", "claim_ids")) for e in incident.equipment],
        "confidence": incident.confidence,
        "status": incident.status,
        "agreement": [_plain(a, ("field", "value", "support", "differ")) for a in incident.agreement],
        "reasons": [reason_record(r) for r in incident.reasons],
        "claims": [{"source": source_record(c.source), **claim_record(c)} for c in incident.claims],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    names = ("kind", "side", "status", "low", "best", "high", "cumulative")
    return {**_plain(figure, names), "rivals": [_rival(r) for r in figure.rivals]}


def _rival(rival: RivalFigure) -> dict[str, Any]:
    return {
        "casualty": _plain(rival.casualty, CASUALTY_FIELDS),
        "claim_id": rival.claim_id,
        "claimant": rival.claimant,
        "as_of": rival.as_of.isoformat() if rival.as_of else None,
        "low": rival.low,
        "high": rival.high,
    }


def place_record(place: Place) -> dict[str, Any]:
    """A place as mentions show it: degrees to 4 decimals (of others than curated ones to 5), kilometres.

    One that is not in the curated gazetteer carries what else is known of it, as no other step could look it up.
    """
    digits = 4 if place.origin == "curated" else 5
    known: dict[str, Any] = {
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "lat": round(place.lonlat.lat, digits),
        "lon": round(place.lonlat.lon, digits),
        "feature": feature_of(place.feature_code),
        "radius_km": place.radius_km,
        "source": place.origin,
    }
    if place.origin != "curated":
        known |= _plain(place, ("feature_code", "admin1", "admin2", "population", "evidence"))
        known["parents"] = list(place.parents)
        known["names"] = {language: list(spellings) for language, spellings in place.names.items()}
    return known


def mention_record(mention: Mention) -> dict[str, Any]:
    """One mention."""
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "role": mention.role,
        "place": place_record(mention.place) if mention.place else None,
        "reasons": [reason_record(r) for r in mention.reasons],
    }


def reason_record(reason: Reason) -> dict[str, Any]:
    """One reason."""
    return {"rule": reason.rule, "text": reason.text, **({"score": reason.score} if reason.score is not None else {})}


def claim_record(claim: Claim) -> dict[str, Any]:
    """One claim, without its article's data."""
    return {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "event_type": claim.event_type,
        "sub_event_type": claim.sub_event_type,
        "date": claim.date.isoformat() if claim.date else None,
        "date_end": claim.date_end.isoformat() if claim.date_end else None,
        "date_precision": claim.date_precision,
        "places": [_claim_place(p) for p in claim.places],
        "actors": list(claim.actors),
        "targets": list(claim.targets),
        "reported_by": list(claim.reported_by),
        "denied_by": list(claim.denied_by),
        "casualties": [_plain(c, CASUALTY_FIELDS) for c in claim.casualties],
        "equipment": [_plain(e, EQUIPMENT_FIELDS) for e in claim.equipment],
        "confidence": claim.confidence,
        "reasons": [reason_record(r) for r in claim.reasons],
    }


def _claim_place(place: ClaimPlace) -> dict[str, Any]:
    return {
        **place_record(place.place),
        "geo_precision": place.geo_precision,
        "start": place.start,
        "end": place.end,
        "inferred": place.inferred,
    }


def _plain(value: object, names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: getattr(value, name) for name in names}
