"""Merging of the gold articles' claims as they are read: pairs, the events of each day page, and every incident.

PYTHONPATH=. python scripts/score_merging.py
"""

from __future__ import annotations

from collections.abc import Sequence

from geomap.merge import merge
from geomap.model import Claim, Incident
from tests.support.read_events import Read, day_pages, pages, pairs_of, read


def main() -> None:
    told = read()
    incidents = merge(told.claims)
    pairs = pairs_of(incidents, told.event_of)
    print(f"{len(told.claims)} claims, {len(told.event_of)} of gold events, {len(incidents)} incidents")
    print(f"pairs F1 {pairs.f1:.3f}, precision {pairs.precision:.3f}, recall {pairs.recall:.3f}: {tuple(pairs)}")
    found = pages(incidents, told.event_of)
    for day in sorted(day_pages().keys() | found.keys()):
        _print_page(day, found.get(day, []), told)


def _print_page(day: str, page: Sequence[tuple[Incident, str]], told: Read) -> None:
    wanted = {row["event"] for row in day_pages().get(day, ())}
    names = [name for _, name in page]
    read_ones = set(told.event_of.values())
    print(f"\n{day}: {len(page)} incidents, {len(wanted)} events, {len(wanted & set(names))} of them shown")
    lost = [f"{n}{'' if n in read_ones else ' (not read)'}" for n in sorted(wanted - set(names))]
    print("  missing:", ", ".join(lost))
    for incident, name in page:
        again = "AGAIN " if names.count(name) > 1 else ""
        where = ", ".join(p.place.name for p in incident.places)
        mark = "" if name in wanted else "NOT OF THIS DAY " if name else "SPURIOUS "
        days = f"{incident.date}..{incident.date_end}"
        print(f"  {mark}{again}{name or '-'} · {incident.sub_event_type} · {where} · {days}")
        for claim in incident.claims:
            _print_claim(claim, told.event_of.get(claim.id, "-"))


def _print_claim(claim: Claim, event: str) -> None:
    dead = [(c.kind, c.count, c.side) for c in claim.casualties]
    where = [p.place.name + ("?" if p.inferred else "") for p in claim.places]
    who = f"by {list(claim.actors)} says {list(claim.reported_by)}"
    print(f"      {claim.document_id[:3]}:{claim.start} [{event}] {claim.sub_event_type} {where}")
    print(f"          {claim.date}..{claim.date_end} {claim.date_precision} {who} {dead}")
    print(f"          {' '.join(claim.text.split())}")


if __name__ == "__main__":
    main()
