"""Time of merging 10,000 claims, and how it grows: run ``python benchmarks/bench_merge.py [CLAIMS …]``.

Claims are made: several outlets tell each event of a war at 240 places, some with rival figures, a vague or no date,
no place. A second war has all its events in one city, ten a day, alike but for toll and words: a test of time, not of
right and wrong.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from geomap.codebook import EVENT_TYPE_OF
from geomap.merge import merge
from geomap.model import Casualty, Claim, ClaimPlace, Source, content_id
from tests.support.sample import synthetic_places

SUBS = ("Shelling/artillery/missile attack", "Air/drone strike", "Armed clash", "Attack", "Disrupted weapons use")
PARTIES = ("Armenian forces", "Azerbaijani forces")
TELLINGS = 4
EVENTS_A_DAY = 40
EVENTS_IN_A_CITY = 10


def claims_of_a_war(n: int, dense: bool, seed: int = 7) -> tuple[list[Claim], dict[str, int]]:
    """Make about ``n`` claims, and say which event each tells of."""
    rng = random.Random(seed)
    claims: list[Claim] = []
    event_of: dict[str, int] = {}
    events = n // TELLINGS
    for event in range(events):
        day = date(2023, 1, 1) + timedelta(event // (EVENTS_IN_A_CITY if dense else EVENTS_A_DAY))
        base = _event(rng, event, day, dense)
        for outlet in range(TELLINGS):
            claim = _telling(rng, base, event, outlet)
            claims.append(claim)
            event_of[claim.id] = event
    rng.shuffle(claims)
    return claims, event_of


def _event(rng: random.Random, event: int, day: date, dense: bool) -> Claim:
    places = synthetic_places()[:1] if dense else synthetic_places()
    sub, actors = rng.choice(SUBS), rng.sample(PARTIES, 2)
    toll = Casualty("killed", rng.randint(1, 60), "exact", "unknown", rng.choice(("military", "civilian")))
    return Claim(
        id="",
        source=Source(f"e{event}", "en"),
        start=0,
        end=1,
        text=" ".join(str(rng.randrange(10**6)) for _ in range(8)),
        event_type=EVENT_TYPE_OF[sub],
        sub_event_type=sub,
        date=day,
        date_precision="day",
        places=(ClaimPlace(rng.choice(places), 1),),
        actors=(actors[0],),
        targets=(actors[1],),
        casualties=(toll,),
    )


def _telling(rng: random.Random, base: Claim, event: int, outlet: int) -> Claim:
    source = Source(f"d{event}-{outlet}", "en", f"Outlet {outlet}", published=base.date)
    (toll,) = base.casualties
    changes: dict[str, object] = {
        "source": source,
        "id": content_id(event, outlet),
        "text": f"{base.text} {rng.random()}",
    }
    if rng.random() < 0.3:
        changes["casualties"] = (replace(toll, count=max(1, (toll.count or 1) + rng.randint(-3, 3))),)
    chance = rng.random()
    if chance < 0.03:
        changes |= {"date": None, "date_precision": "unknown"}
    elif chance < 0.06:
        changes["places"] = ()
    elif chance < 0.1:
        changes["actors"] = ()
    return replace(base, **changes)  # type: ignore[arg-type]


def pair_f1(groups: list[list[str]], event_of: dict[str, int]) -> float:
    """F1 over pairs of claims of one event."""
    right = found = 0
    for group in groups:
        for a, b in combinations(group, 2):
            found += 1
            right += event_of[a] == event_of[b]
    events = len(set(event_of.values()))
    gold = events * TELLINGS * (TELLINGS - 1) // 2
    return 2 * right / (found + gold)


def main() -> None:
    """Print one line per size and war."""
    sizes = [int(a) for a in sys.argv[1:]] or [2500, 5000, 10000, 20000]
    print("war            claims  incidents  seconds  claims/s  pair F1")
    for dense in (False, True):
        for size in sizes:
            claims, event_of = claims_of_a_war(size, dense)
            start = time.perf_counter()
            incidents = merge(claims)
            seconds = time.perf_counter() - start
            f1 = pair_f1([[c.id for c in i.claims] for i in incidents], event_of)
            name = "one city" if dense else "240 places"
            rate = len(claims) / seconds
            print(f"{name:<12} {len(claims):>8} {len(incidents):>10} {seconds:>8.2f} {rate:>9.0f} {f1:>8.3f}")


if __name__ == "__main__":
    main()
