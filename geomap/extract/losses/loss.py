"""What a reading finds: losses, and the quantities they are counted by."""

from __future__ import annotations

from typing import NamedTuple


class Loss(NamedTuple):
    """A counted or uncounted group of victims or things in tokens ``first`` to ``stop``.

    ``kind`` is ``killed``, ``injured`` or an equipment item; ``head`` the token that gives the fate.
    """

    first: int
    stop: int
    kind: str
    count: int | None  # type: ignore[assignment]  # hides tuple.count, which nobody calls
    qualifier: str
    status: str
    cumulative: bool
    person: bool
    head: int


class Quantity(NamedTuple):
    """A number or a vague word in tokens ``first`` to ``stop``, with the bound that its wording gives it."""

    first: int
    stop: int
    count: int | None  # type: ignore[assignment]
    qualifier: str


#: Fates that victims are counted under.
FATES = frozenset({"killed", "injured"})
#: Fates whose people are no casualties.
OTHER_FATES = frozenset({"missing", "captured"})
