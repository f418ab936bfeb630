"""How what a denial names fits an event: its things, its places, its doer, its ground, its teller."""

from __future__ import annotations

from collections.abc import Set

from geomap.extract.denials.told import Told, within_reach
from geomap.extract.denials.words import Denial


def matches(told: Told, k: int, denial: Denial, kind: str, where: str, what: str) -> list[str]:
    """Whether a denial names the event's own things and places, and whether its deed fits who is to have done it."""
    said = told.contents(denial)
    others = [j for j in within_reach(told.article, told.events, denial) if j != k]
    things = _match(said.things, told.things(k))
    at = _match(said.places, told.places(k)) if said.places else "none"
    if at == "other" and not any(said.places & told.places(j) for j in others):
        at = "nowhere"
    deed, doer, teller = said.deed, told.bearing(told.attackers[k], denial), _teller(told, k, denial)
    ground = _nearest({told.bearing(name, denial) for name in told.held[k]})
    out = [f"thing={things}|{kind}", f"thing={things}|{what}", f"at={at}|{kind}", f"at={at}|{where}", f"at={at}|{what}"]
    out += [f"deed={deed}|doer={doer}", f"deed={deed}|ground={ground}", f"deed={deed}|teller={teller}"]
    out += [f"deed={deed}|doer={doer}|ground={ground}|teller={teller}", f"{kind}|doer={doer}|teller={teller}"]
    out += [f"{where}|doer={doer}", f"{where}|teller={teller}", f"{where}|ground={ground}"]
    out += [f"room={said.room}|{what}|{kind}", f"room={said.room}|{what}|shared={told.shared(k, denial)}"]
    if said.many:
        out += [f"many|{where}", f"many|{teller}", f"many|{what}"]
    # whether another event fits as well in each of these
    spots = any(said.places & told.places(j) for j in others)
    like = any(said.things & told.things(j) for j in others)
    done = any(told.bearing(told.attackers[j], denial) == doer for j in others)
    out += [f"at={at}|other-at={spots}", f"thing={things}|other-thing={like}", f"doer={doer}|other-doer={done}|{deed}"]
    nearer = [j for j in others if j > k and told.events[j].heads[0].first < denial.speech.at]
    out.append(f"doer={doer}|nearer={len(nearer[:2])}|{kind}")
    told_so = any(_teller(told, j, denial) == teller for j in nearer)
    return [*out, f"teller={teller}|nearer={told_so}|{kind}", f"teller={teller}|nearer={told_so}|{what}"]


def _teller(told: Told, k: int, denial: Denial) -> str:
    """What the nearest to the denier of those who tell an event is to him."""
    return _nearest({told.bearing(name, denial) for name in told.teller(k, denial)})


def _match(denied: Set[object], own: Set[object]) -> str:
    return "none" if not denied else "same" if denied & own else "other" if own else "bare"


def _nearest(bearings: Set[str]) -> str:
    return next((b for b in ("own", "friend", "foe", "other") if b in bearings), "nobody")
