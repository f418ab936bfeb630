"""Texts that break pages which build markup or script from text."""

from __future__ import annotations

from dataclasses import replace

from geomap.model import Incident, Place

HOSTILE = {
    "script": "<script>window.hacked=1</script>",
    "close": "</script><script>window.hacked=1</script>",
    "image": "<img src=x onerror=window.hacked=1>",
    "tick": "`+(window.hacked=1)+`",
    "template": "${window.hacked=1} {{7*7}} [[slot:title]]",
    "backslash": "\\`;window.hacked=1//",
    "link": "javascript:window.hacked=1",
    "bidi": "\u202eabc\u2066 \u0000 <!-- <b>",
}


def poison(incident: Incident, text: str) -> Incident:
    """The incident with the text in every field that holds text."""

    def place(old: Place) -> Place:
        return replace(old, name=text, names={"ar": (text,), "en": (text,)}, origin=text, evidence=text, admin1=text)

    places = tuple(replace(p, place=place(p.place)) for p in incident.places)
    claims = tuple(
        replace(
            c,
            text=text + c.text,
            source=replace(c.source, outlet=text, title=text, url=text, published_basis=text, document_id=text),
            places=tuple(replace(p, place=place(p.place)) for p in c.places),
            actors=(text,),
            reported_by=(text,),
            denied_by=(text,),
        )
        for c in incident.claims
    )
    return replace(
        incident, claims=claims, places=places, actors=(text,), targets=(text,), reported_by=(text,), denied_by=(text,)
    )
