"""Numbers with their bounds: what counts people or things, and what is a time, a share or a range."""

from __future__ import annotations

from geomap.extract.losses.loss import Quantity
from geomap.extract.losses.walk import Walk
from geomap.numbers import digits, number_at
from geomap.punctuation import PAUSES, PERCENT, QUOTES
from geomap.tagging import mark

_VAGUE = frozenset({"dozens", "hundreds", "thousands", "several"})


def quantity_at(walk: Walk, i: int) -> Quantity | None:
    """Bound and number at ``i``; clock times, dates, ages, percentages and money are none."""
    bound = next((t for t in walk.tags[i] if t.tag == "bound"), None)
    at, qualifier = i, "exact"
    if bound:
        at, qualifier = i + bound.width, bound.value
        if qualifier == "several" and walk.has_article(i, bound):
            return None  # "the largest number of them"
        if qualifier in _VAGUE:
            return Quantity(i, _past_quote(walk, i, at), None, qualifier)
        if at >= walk.stop:
            return None
        again = next((t for t in walk.tags[at] if t.tag == "bound"), None)
        if again and walk.words[at] not in walk.openers and again.value in _VAGUE:
            return Quantity(i, at + again.width, None, again.value)
        if any(t.tag == "prep" and t.value == "from" for t in walk.tags[at]) and at + 1 < walk.stop:
            at += 1
    if walk.words[at] in walk.openers and not walk.says(at, "prep", "from"):
        return None
    got = number_at(walk.words, at, walk.lexicon)
    if got is None or got[0] == 0:
        return None
    if walk.is_time(at) or walk.says(at, "time", "early") or _is_hour(walk, at, got[1]):
        return None
    value, stop = risen_to(walk, at, got)
    if stop < walk.stop and walk.words[stop] in PERCENT:
        return None
    if _is_bracketed(walk, at, stop):
        stop += 1
    stop, low = _range(walk, value, stop)
    if low:
        qualifier = low
    return Quantity(i, stop, value, _bound_behind(walk, stop) if qualifier == "exact" else qualifier)


def number_past_bound(walk: Walk, at: int) -> tuple[int, int] | None:
    """The number at a token, a bound before it left out, with the token behind it: "more than eleven"."""
    bound = next((t for t in walk.tags[at] if t.tag == "bound"), None) if at < walk.stop else None
    at += bound.width if bound else 0
    return number_at(walk.words, at, walk.lexicon) if at < walk.stop else None


def _past_quote(walk: Walk, i: int, at: int) -> int:
    """Token behind a vague word, and behind the quotes in which it stands: ``"a great number" of fighters``."""
    if i > walk.first and walk.words[i - 1] in QUOTES:
        for k in range(at, min(walk.stop, at + _QUOTED)):
            if walk.words[k] in QUOTES:
                return k + 1
            if walk.marks[k] & _COUNTED or walk.victim_word(k):
                break
    return at


#: Tokens behind a vague word within which its quotes close.
_QUOTED = 2


def _is_bracketed(walk: Walk, at: int, stop: int) -> bool:
    """Whether a number in brackets counts what stands behind them: "a number of (6) drones"."""
    words = walk.words
    if not (at > walk.first and words[at - 1] == "(" and stop + 1 < walk.stop and words[stop] == ")"):
        return False
    return bool(walk.marks[stop + 1] & _COUNTED)


def _is_hour(walk: Walk, at: int, stop: int) -> bool:
    """Whether a number tells the hour behind a word of time: it counts nobody."""
    counted = stop < walk.stop and (walk.marks[stop] & _COUNTED or walk.victim_word(stop))
    return at > walk.first and walk.says(at - 1, "time", "early") and not counted


_COUNTED = mark("person", "weapon")


def risen_to(walk: Walk, at: int, got: tuple[int, int]) -> tuple[int, int]:
    """The later number of a rise, with the token behind it: "rose from 12 to 19" is 19."""
    value, stop = got
    if (
        at <= walk.first
        or stop + 1 >= walk.stop
        or not walk.says(at - 1, "prep", "from")
        or not walk.says(stop, "prep", "to")
    ):
        return got
    later = number_at(walk.words, stop + 1, walk.lexicon)
    toll = any(t.tag == "loss" and t.value == "toll" for k in range(max(walk.first, at - 8), at) for t in walk.tags[k])
    return later if toll and later and later[0] > value else got


def _bound_behind(walk: Walk, stop: int) -> str:
    for k in range(stop, min(walk.stop, stop + 4)):
        for t in walk.tags[k]:
            if t.tag == "bound" and (t.value == "about" and k == stop or t.value == "at_least" and t.width > 1):
                return t.value
        if walk.words[k] in PAUSES:
            break
    return "exact"


def _range(walk: Walk, value: int, stop: int) -> tuple[int, str]:
    """``64 to 80``, ``between thirty and forty``: the lower one, at least."""
    at = stop
    if at < walk.stop and (walk.words[at] == "-" or any(t.tag == "prep" and t.value == "to" for t in walk.tags[at])):
        at += 1
    elif not (at < walk.stop and any(t.tag == "number" and t.cut == 1 for t in walk.tags[at])):
        return _glued_range(walk, value, stop)
    second = number_at(walk.words, at, walk.lexicon) if at < walk.stop else None
    return (second[1], "at_least") if second and value < second[0] <= value * 3 else (stop, "")


def _glued_range(walk: Walk, value: int, stop: int) -> tuple[int, str]:
    """``between 60 and 70`` with the conjunction a token of its own before the digits."""
    if stop + 1 < walk.stop and len(walk.words[stop]) == 1 and walk.words[stop].isalpha():
        second = digits(walk.words[stop + 1])
        if second and value < second <= value * 3 and stop >= 2 and any(t.tag == "bound" for t in walk.tags[stop - 2]):
            return stop + 2, "at_least"
    return stop, ""
