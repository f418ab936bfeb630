"""All expressions of time of a text, those that belong together joined."""

from __future__ import annotations

from datetime import date

from geomap.dates.reading import time_at
from geomap.dates.when import CUTS, When
from geomap.day_names import called_after
from geomap.tagging import DIGIT, Tagged, mark

COUNTED = mark("number", "count") | DIGIT
TIME = mark("time", "weekday", "month", "number", "count") | DIGIT


def find_times(tagged: Tagged, first: int, stop: int, published: date | None) -> list[When]:
    """Time expressions in a token range, in order; where two overlap the earlier, wider one stands."""
    found: list[When] = []
    behind = first
    for i in [i for i, marks in enumerate(tagged.marks[first:stop], first) if marks & TIME]:
        if i >= behind:
            when = time_at(tagged, i, stop, published)
            if when is not None and when.kind == "day" and called_after(tagged, when.first, when.stop):
                behind = when.stop
            elif when is not None:
                if when.kind in ("since", "start") and (_ranks(tagged, first, i) or _in_force(tagged, i)):
                    when = when._replace(kind="rank")
                span = _spanned(tagged, found[-1], when, published) if found else None
                if span is not None:
                    found[-1] = span
                else:
                    found.append(when)
                behind = when.stop
            else:
                behind = _behind_so_far(tagged, i)
    return found


def times_of(tagged: Tagged, published: date | None) -> tuple[When, ...]:
    """Time expressions of all sentences, in order."""
    sentences, sentence_of = tagged.tokens.sentences, tagged.tokens.sentence_of
    numbers = dict.fromkeys([sentence_of[i] for i in tagged.marked(TIME)])
    return tuple([when for number in numbers for when in find_times(tagged, *sentences[number], published)])


#: How far before "since" a superlative may stand: "the heaviest air raid on the capital since".
_REACH = 7


def _ranks(tagged: Tagged, first: int, at: int) -> bool:
    """Whether "since" tells no beginning but how long there was nothing like it: "the heaviest attack since"."""
    highest = tagged.lexicon.among("superlatives")
    for k in range(at - 1, max(first, at - _REACH) - 1, -1):
        word = tagged.tokens.words[k]
        if word in CUTS or tagged.marks[k] & COUNTED:
            return False
        if highest[word] is not None:
            return True
    return False


def _in_force(tagged: Tagged, at: int) -> bool:
    """Whether "since" tells how old something agreed is: "the truce in force since Tuesday"."""
    return any(
        t.tag == "time" and t.value == "in_force" and k + t.width == at
        for k in range(max(0, at - 2), at)
        for t in tagged.tags[k]
    )


#: The most words between two days of which the second is an end: "from Saturday evening", "and lasted until".
_BETWEEN = 4
#: The same where the second is said to be the end: "broke out on Saturday near A and lasted until".
_LASTS = 8


def _spanned(tagged: Tagged, a: When, b: When, published: date | None) -> When | None:
    """The days from one expression to the next: ``between``, ``from … to``, ``… and until``."""
    if b.kind == "start" and b.first == a.stop and a.kind == "day" and a.start and published and a.start < published:
        return When(a.first, b.stop, "range", a.start, published, "range")  # "Saturday and until today"
    if a.kind not in ("day", "since") or b.kind not in ("day", "future") or a.start is None or b.start is None:
        return None
    gap = range(a.stop, b.first)
    until = any(tagged.has(k, "time", "until") for k in gap[-_BETWEEN:])
    if (
        b.start <= a.start
        or len(gap) > (_LASTS if until else _BETWEEN)
        or any(tagged.tokens.words[k] in CUTS for k in gap)
    ):
        return None
    opens = range(max(0, a.first - _BETWEEN), a.first)
    if until:
        closed = True
    elif any(tagged.has(k, "time", "between") for k in opens):
        closed = tagged.has_conjunction(a.stop)
    else:
        closed = any(tagged.has(k, "prep", "to") for k in gap) and any(tagged.has(k, "prep", "from") for k in opens)
    if not closed:
        return None
    if b.kind == "future":
        return When(a.first, b.stop, "future", a.start, b.start, "range")
    return When(a.first, b.stop, "range", a.start, b.start, "range")


def _behind_so_far(tagged: Tagged, i: int) -> int:
    """The first token that may open a time of its own: "now" in "until now" does not."""
    if not tagged.has(i, "time", "so_far"):
        return i
    return max(i + t.width for t in tagged.tags[i] if t.tag == "time" and t.value == "so_far")
