"""Dicts that make a value when it is first asked for, and keep it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


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
