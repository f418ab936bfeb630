"""Claims that tell a part each: both sides of a fight, headline and text, fighting that lasts over several days."""

from __future__ import annotations

from geomap.merge.facts import LOSSES, Facts
from geomap.merge.numbers import contradict
from geomap.merge.parties import share_party

_CLASH = "Armed clash"


def clash_at_large(a: Facts, b: Facts) -> bool:
    """Whether both tell of fighting along a front or in a province, not in a town."""
    return _clash(a, b) and not (a.at_point or b.at_point)


def two_accounts(a: Facts, b: Facts) -> bool:
    """Whether two reports of a fight that name no opponent may each name one of its sides."""
    return _clash(a, b) and a.half_told and b.half_told and "act" not in (a.scope, b.scope)


def told_next_day(a: Facts, b: Facts) -> bool:
    """Whether fighting at large that one article gives no other day than its own may be that of the day before."""
    earlier, later = (a, b) if (a.first or 0) < (b.first or 0) else (b, a)
    return clash_at_large(a, b) and later.soft and not earlier.soft


def goes_on(a: Facts, b: Facts) -> bool:
    """Whether an article's later claim ``b`` adds to what its earlier one ``a`` tells.

    It names no place of its own, no other day and nobody else who did it, and its numbers do not contradict. Fighting
    along a front or in a province may be told again under any words.
    """
    one, other = a.claim, b.claim
    if one.document_id != other.document_id or one.sub_event_type != other.sub_event_type:
        return False
    if a.family == LOSSES or contradict(one, other):
        return False
    if _clash(a, b) and not (a.half_told and b.half_told):
        return False
    if clash_at_large(a, b):
        return "act" not in (a.scope, b.scope)
    same_days = (a.first, a.last) == (b.first, b.last)
    if not (b.taken_over and same_days and set(a.places) == set(b.places)):
        return False
    return _clash(a, b) or not (a.actors and b.actors) or share_party(a.actors, b.actors)


def told_again(a: Facts, b: Facts) -> bool:
    """Whether an article's two claims of one town and day tell one deed of one party, its victims given once."""
    if a.claim.sub_event_type != b.claim.sub_event_type or not (a.at_point and set(a.places) == set(b.places)):
        return False
    if (a.first, a.last) != (b.first, b.last) or all(f.claim.casualties or f.claim.equipment for f in (a, b)):
        return False
    return share_party(a.actors, b.actors)


def _clash(a: Facts, b: Facts) -> bool:
    return a.claim.sub_event_type == b.claim.sub_event_type == _CLASH
