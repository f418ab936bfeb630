"""What is told on stderr, and data printed to stdout as UTF-8 whatever the terminal says."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from geomap.model import Issue
from geomap.record import json_line

#: -1 errors only, 0 usual, 1 informative, 2 all.
_LOUDNESS = [0]
_LEVELS = {"error": -1, "warning": 0, "info": 1}


def set_loudness(loudness: int) -> None:
    """How much is told from now on."""
    _LOUDNESS[0] = loudness
    level = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}.get(loudness, logging.DEBUG)
    logging.basicConfig(level=level, format="%(name)s: %(message)s", stream=sys.stderr, force=True)


def loudness() -> int:
    """How much is told."""
    return _LOUDNESS[0]


def tell(text: str, at: int = 0) -> None:
    """Tell something, from this loudness on."""
    if _LOUDNESS[0] >= at:
        print(_shown(text, sys.stderr.encoding), file=sys.stderr)


def tell_error(text: str) -> None:
    """Tell what went wrong."""
    print(_shown(text, sys.stderr.encoding), file=sys.stderr)


def tell_issue(issue: Issue) -> None:
    """Tell an issue: ``level: where: what. what to do``."""
    tell(f"{issue.level}: {issue.where}: {issue.message}. {issue.hint}".rstrip(), _LEVELS[issue.level])


def _shown(text: str, encoding: str | None) -> str:
    """The text as the terminal can show it."""
    return text.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8")


def emit(text: str) -> None:
    """Print data: UTF-8 with one line feed, on every system."""
    _emit_bytes((text + "\n").encode("utf-8", "replace"))


def emit_record(record: Mapping[str, Any]) -> None:
    """Print one JSON line."""
    _emit_bytes(json_line(record))


def _emit_bytes(data: bytes) -> None:
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode())
    else:
        sys.stdout.flush()
        buffer.write(data)


def emit_table(rows: Iterable[tuple[str, str]]) -> None:
    """Print names and values in two columns."""
    pairs = list(rows)
    width = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        emit(f"{name:<{width}}  {value}".rstrip())


class Progress:
    """A count on one line of a terminal; nothing anywhere else."""

    def __init__(self, noun: str) -> None:
        self.noun, self.more, self.count = noun, "", 0
        self.shown = sys.stderr.isatty() and _LOUDNESS[0] >= 0
        self._next = 1

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def begin(self, more: str) -> None:
        """Count from none again, with something more to say of it."""
        self.count, self._next, self.more = 0, 1, more

    def step(self, _: object = None, count: int = 1) -> None:
        """One more, or as many."""
        self.count += count
        if self.shown and self.count >= self._next:
            # each of the first, then fewer and fewer: the line changes some times a second at most
            self._next = self.count + max(1, min(500, self.count // 20))
            print(f"\r\x1b[K{self.count} {self.noun}{self.more}", end="", file=sys.stderr, flush=True)
