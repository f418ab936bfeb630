"""Ctrl-C that is not forgotten.

Python answers it with an exception wherever it is, and what runs there may swallow it or make another one of it: while
modules are loaded, both happen.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_PRESSED: list[int] = []


def remember() -> None:
    """From here on keep in mind that Ctrl-C was pressed; it still raises KeyboardInterrupt."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _note)


def check() -> None:
    """Raise KeyboardInterrupt, once, where Ctrl-C was pressed and nothing came of it."""
    if _PRESSED:
        _PRESSED.clear()
        raise KeyboardInterrupt


def _note(number: int, _: FrameType | None) -> None:
    _PRESSED.append(number)
    raise KeyboardInterrupt


@contextmanager
def held_back() -> Iterator[None]:
    """Keep Ctrl-C waiting while files change places; one that came to nothing before is answered first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    check()
    before = signal.signal(signal.SIGINT, lambda number, _: _PRESSED.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    check()


@contextmanager
def unseen_by_children() -> Iterator[None]:
    """Hold Ctrl-C back: processes started meanwhile never see it, and this one sees it right after.

    A worker that dies of it may take the lock of the queue with it, and the others would wait for ever.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
