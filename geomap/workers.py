"""Articles analysed one after the other or by several processes, with the same outcome in the same order."""

from __future__ import annotations

import io
import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context

from geomap import interrupts
from geomap.analysis import Analysis
from geomap.collecting import collect_seldom
from geomap.errors import GeomapError
from geomap.gazetteer import Gazetteer
from geomap.model import Document, Issue, Place
from geomap.settings import Analysts, Settings

#: What a process takes at once, in articles and in characters: an interrupted run waits for what has been taken.
_BATCH, _BATCH_LENGTH = 8, 50_000
Item = Document | Issue
Result = Analysis | Issue


def analyze_all(items: Iterable[Item], analysts: Analysts, workers: int = 1) -> Iterator[Result]:
    """Analyses of the articles in their order; issues pass through where they stand.

    Parameters
    ----------
    items : iterable of Document or Issue
    analysts : Analysts
    workers : int
        Number of processes; with 1, this one alone.
    """
    if workers > 1:
        return _pooled(items, analysts, workers)
    return (item if isinstance(item, Issue) else analysts.analyze(item) for item in items)


def _pooled(items: Iterable[Item], analysts: Analysts, workers: int) -> Iterator[Result]:
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (analysts.settings,))
    waiting: deque[tuple[list[Item], Future[bytes]]] = deque()
    try:
        for batch in _batches(items):
            bare = [d for d in batch if isinstance(d, Document)]
            with interrupts.unseen_by_children():
                waiting.append((batch, pool.submit(_analyze, bare)))
            if len(waiting) > 2 * workers:
                yield from _finished(*waiting.popleft(), analysts)
        while waiting:
            yield from _finished(*waiting.popleft(), analysts)
    except BrokenProcessPool as error:
        raise GeomapError("--workers", "a worker process died", "Is there memory enough? Try --workers 1.") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    length = 0
    for item in items:
        batch.append(item)
        length += len(item.text) if isinstance(item, Document) else 0
        if len(batch) >= _BATCH or length >= _BATCH_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _finished(batch: list[Item], future: Future[bytes], analysts: Analysts) -> Iterator[Result]:
    found, noticed = _Unpickler(io.BytesIO(future.result()), analysts.gazetteer).load()
    # what goes wrong in every process is told once
    analysts.geocoder.issues += [issue for issue in noticed if issue not in analysts.geocoder.issues]
    results = iter(found)
    for item in batch:
        if isinstance(item, Issue):
            yield item
            continue
        result = next(results)
        yield result if isinstance(result, Issue) else replace(result, document=item)


# ── in the other process ─────────────────────────────────────────────────────────────────────────────

_ANALYSTS: list[Analysts] = []


def _start(settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where they could not be started deaf to it
    collect_seldom()
    _ANALYSTS[:] = [Analysts(settings)]


def _analyze(documents: list[Document]) -> bytes:
    (analysts,) = _ANALYSTS
    out = io.BytesIO()
    found = [_without_text(analysts.analyze(document)) for document in documents]
    _Pickler(out, analysts.gazetteer).dump((found, analysts.geocoder.issues))
    return out.getvalue()


def _without_text(result: Result) -> Result:
    """The result for the other side, which has the article's text."""
    return result if isinstance(result, Issue) else replace(result, document=replace(result.document, text=""))


class _Pickler(pickle.Pickler):
    """Sends places of the gazetteer as their ids: both sides have them, and outlines are long."""

    def __init__(self, out: io.BytesIO, gazetteer: Gazetteer) -> None:
        super().__init__(out, pickle.HIGHEST_PROTOCOL)
        self.gazetteer = gazetteer

    def persistent_id(self, value: object) -> str | None:
        return value.id if isinstance(value, Place) and self.gazetteer.get(value.id) is value else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: io.BytesIO, gazetteer: Gazetteer) -> None:
        super().__init__(data)
        self.gazetteer = gazetteer

    def persistent_load(self, place_id: str) -> Place:
        return self.gazetteer.places[place_id]
