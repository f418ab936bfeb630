"""What is worked out once: by its argument, and by the object that it is of."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")


class Memo(dict[K, V]):
    """Values by what they are made of; emptied when it holds too many.

    Looking one up costs no call, which a decorated function would.
    """

    __slots__ = ("make", "most")

    def __init__(self, make: Callable[[K], V], most: int = 200_000) -> None:
        super().__init__()
        self.make, self.most = make, most

    def __missing__(self, key: K) -> V:
        if len(self) >= self.most:
            self.clear()
        value = self[key] = self.make(key)
        return value


class PerObject(Generic[T, V]):
    """Values by the identity of the object they are made of, such as a lexicon, which can be no key.

    The object is kept too, so that no other one can have its identity; all are dropped when there are too many.
    """

    __slots__ = ("_known", "_make", "_most")

    def __init__(self, make: Callable[[T], V], most: int = 16) -> None:
        self._make, self._most = make, most
        self._known: dict[int, tuple[T, V]] = {}

    def __call__(self, thing: T) -> V:
        known = self._known.get(id(thing))
        if known is None:
            if len(self._known) >= self._most:
                self._known.clear()
            known = self._known[id(thing)] = thing, self._make(thing)
        return known[1]
