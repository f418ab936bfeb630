"""The document record: the public contract of ``geomap extract``, one JSON object an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geomap.analysis import Analysis
from geomap.codebook import feature_of
from geomap.model import Claim, ClaimPlace, Mention, Place, Reason


def document_record(analysis: Analysis) -> dict[str, Any]:
    """The record of one article, JSON-ready."""
    source = analysis.document.source
    return {
        "doc": source.document_id,
        "language": source.language,
        "published": source.published.isoformat() if source.published else None,
        "published_basis": source.published_basis,
        "outlet": source.outlet,
        "title": source.title,
        "url": source.url,
        "mentions": [mention_record(m) for m in analysis.mentions],
        "claims": [claim_record(c) for c in analysis.claims],
    }


def place_record(place: Place) -> dict[str, Any]:
    """A place as mentions show it: degrees to 4 decimals, kilometres."""
    return {
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "lat": round(place.lonlat.lat, 4),
        "lon": round(place.lonlat.lon, 4),
        "feature": feature_of(place.feature_code),
        "radius_km": place.radius_km,
        "source": place.origin,
    }


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
        "casualties": [_plain(c, ("kind", "count", "qualifier", "side", "status", "cumulative", "start", "end")) for c in claim.casualties],
        "equipment": [_plain(e, ("item", "count", "side", "start", "end")) for e in claim.equipment],
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
