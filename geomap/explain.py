"""What was read out of an article, or put together into an incident, with the reason for each decision.

The functions give lines of styled pieces; whoever shows them decides what a style looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from geomap.analysis import Analysis
from geomap.codebook import feature_of
from geomap.model import Candidate, Claim, ClaimPlace, Incident, Mention, Place, Reason, Source

#: A piece of a line: its text and the name of its style (``claim`` and a role may both hold: ``location claim``).
Piece = tuple[str, str]
Line = Sequence[Piece]

#: Where colours are off: what stands around a mention of each role.
MARKS: Final = {"location": "[]", "actor": "{}", "nationality": "()", "background": "<>"}


def explain_article(analysis: Analysis) -> Iterator[Line]:
    """The article with its mentions and claims marked, then each of them with its reasons."""
    source = analysis.document.source
    yield from _article_head(source)
    yield ()
    yield from marked_text(analysis)
    yield ()
    yield [(f"{_count(len(analysis.mentions), 'mention')}", "heading")]
    for number, mention in enumerate(analysis.mentions, 1):
        yield from _mention(number, mention)
    yield ()
    yield [(f"{_count(len(analysis.claims), 'claim')}", "heading")]
    for number, claim in enumerate(analysis.claims, 1):
        yield from _claim(f"claim {number}", claim)


def _article_head(source: Source) -> Iterator[Line]:
    yield [(source.document_id, "heading"), (f"  {source.title}", "")]
    published = f"{source.published} ({source.published_basis})" if source.published else "no date of publication"
    told = (source.outlet, published, f"language {source.language or 'unknown'}", source.url)
    yield [("  ".join(part for part in told if part), "dim")]


def marked_text(analysis: Analysis) -> Iterator[Line]:
    """The text's lines: mentions by their role, claims with their number."""
    text = analysis.document.text
    starts = {claim.start: number for number, claim in enumerate(analysis.claims, 1)}
    cuts = {0, len(text)}
    cuts |= {cut for mention in analysis.mentions for cut in (mention.start, mention.end)}
    cuts |= {cut for claim in analysis.claims for cut in (claim.start, claim.end)}
    cuts |= {cut for at, letter in enumerate(text) if letter == "\n" for cut in (at, at + 1)}
    line: list[Piece] = []
    for first, stop in pairwise(sorted(cuts)):
        if first in starts:
            line.append((f"⟦{starts[first]}⟧", "number"))
        if text[first:stop] == "\n":
            yield line
            line = []
        else:
            line.append((text[first:stop], _style(analysis, first, stop)))
    yield line


def _style(analysis: Analysis, first: int, stop: int) -> str:
    role = next((m.role for m in analysis.mentions if m.start <= first and stop <= m.end), "")
    told = any(c.start <= first and stop <= c.end for c in analysis.claims)
    return f"{role} claim".strip() if told else role


def _mention(number: int, mention: Mention) -> Iterator[Line]:
    where = [(f"{number:>4} ", "dim"), (mention.text, mention.role), (f"  {mention.start}-{mention.end}  ", "dim")]
    yield [*where, (mention.role, mention.role), (f"  {_place(mention.place) if mention.place else 'no place'}", "")]
    yield from _reasons(mention.reasons)
    if len(mention.candidates) > 1:
        for candidate in mention.candidates:
            yield from _candidate(candidate, candidate.place == mention.place)


def _candidate(candidate: Candidate, chosen: bool) -> Iterator[Line]:
    yield [
        ("       " + ("→ " if chosen else "· "), "number"),
        (_place(candidate.place), ""),
        (f"  {candidate.score:g}", "dim"),
    ]
    yield from _reasons(candidate.reasons, "         ")


def _place(place: Place) -> str:
    kind, at = feature_of(place.feature_code), place.lonlat
    return f"{place.name} ({kind}, {place.country or '—'}, {at.lat:.4f} {at.lon:.4f}, {place.origin}: {place.id})"


def _claim(name: str, claim: Claim) -> Iterator[Line]:
    yield [
        (f"  {name} ", "number"),
        (claim.id, "heading"),
        (f"  {claim.start}-{claim.end}  ", "dim"),
        (claim.sub_event_type, "strong"),
    ]
    yield [("       «" + " ".join(claim.text.split()) + "»", "claim")]
    for label, value in _claim_fields(claim):
        yield [(f"       {label:<12}", "dim"), (value, "")]
    yield from _reasons(claim.reasons)


def _claim_fields(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "date", _dates(claim.date, claim.date_end, claim.date_precision)
    yield "places", "; ".join(map(_claim_place, claim.places)) or "none"
    for label, names in (
        ("actors", claim.actors),
        ("targets", claim.targets),
        ("reported by", claim.reported_by),
        ("denied by", claim.denied_by),
    ):
        if names:
            yield label, ", ".join(names)
    for c in claim.casualties:
        running = ", running total" if c.cumulative else ""
        yield "victims", f"{c.kind} {_number(c.count, c.qualifier)}, side {c.side}, {c.status}{running}"
    for e in claim.equipment:
        yield "lost", f"{e.item} {'no number' if e.count is None else e.count}, side {e.side}"
    yield "confidence", f"{claim.confidence:.2f}"


def _claim_place(place: ClaimPlace) -> str:
    inferred = ", inferred" if place.inferred else ""
    return f"{place.place.name} (geo_precision {place.geo_precision}{inferred})"


def _dates(first: date | None, last: date | None, precision: str) -> str:
    if first is None:
        return "unknown"
    end = f" to {last}" if last and last != first else ""
    return f"{first}{end} ({precision})"


def _number(count: int | None, qualifier: str) -> str:
    return f"({qualifier.replace('_', ' ')})" if count is None else f"{count} ({qualifier.replace('_', ' ')})"


def _reasons(reasons: Iterable[Reason], indent: str = "       ") -> Iterator[Line]:
    for reason in reasons:
        score = "" if reason.score is None else f"  {reason.score:+g}"
        yield [(f"{indent}{reason.rule}: {reason.text}{score}", "dim")]


def explain_incident(incident: Incident, analyses: Sequence[Analysis]) -> Iterator[Line]:
    """An incident: what is agreed, by whom, each claim with the place candidates of its text, why they are one."""
    yield [
        ("incident ", ""),
        (incident.id, "heading"),
        (f"  {incident.event_type} / {incident.sub_event_type}", "strong"),
    ]
    rows = [
        ("date", _dates(incident.date, incident.date_end, incident.date_precision)),
        ("places", "; ".join(map(_claim_place, incident.places)) or "none"),
        ("reported by", ", ".join(incident.reported_by) or "the article itself"),
        ("denied by", ", ".join(incident.denied_by)),
        ("status", f"{incident.status}, confidence {incident.confidence:.2f}"),
    ]
    rows += [
        (f"{f.kind} {f.side}", f"low {f.low}, best {f.best}, high {f.high} ({f.status})") for f in incident.figures
    ]
    yield from ([(f"  {label:<14}", "dim"), (value, "")] for label, value in rows if value)
    yield ()
    yield [("why these claims are one incident", "heading")]
    yield from _reasons(incident.reasons, "  ")
    for field in incident.agreement:
        differ = f"; {', '.join(field.differ)} differ" if field.differ else ""
        yield [(f"  {field.field} ", "dim"), (field.value, ""), (f"  from {', '.join(field.support)}{differ}", "dim")]
    by_id = {analysis.document.id: analysis for analysis in analyses}
    for claim in incident.claims:
        yield ()
        yield from _article_head(claim.source)
        yield from _claim("claim", claim)
        analysis = by_id.get(claim.document_id)
        inside = [m for m in analysis.mentions if claim.start <= m.start and m.end <= claim.end] if analysis else []
        for number, mention in enumerate(inside, 1):
            yield from _mention(number, mention)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
