"""How far a writer has come, on one line of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from geomap.cli.talk import Progress
from geomap.model import Incident


class Watched(Sequence[Incident]):
    """Incidents that count, on the line of a ``Progress``, how far they have been gone through.

    A writer goes through them once for each of its tables: the count begins again, and the round is told.
    """

    def __init__(self, incidents: Sequence[Incident], progress: Progress) -> None:
        self.incidents, self.progress, self.round = incidents, progress, 0

    def __len__(self) -> int:
        return len(self.incidents)

    def __iter__(self) -> Iterator[Incident]:
        self._begin()
        for incident in self.incidents:
            self.progress.step()
            yield incident

    def __getitem__(self, index: Any) -> Any:
        found = self.incidents[index]
        if isinstance(index, slice):
            if not index.start:
                self._begin()
            self.progress.step(count=len(found))
        return found

    def _begin(self) -> None:
        self.round += 1
        self.progress.begin("" if self.round == 1 else f", round {self.round}")
