"""Answers and refusals of geocoders on disk, each with its query and the time it was given."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from geomap.geo import LonLat
from geomap.model import Place
from geomap.places.cache_folder import cache_folder

#: After so many days an answer is asked for again.
FOUND_DAYS, REFUSED_DAYS = 365, 30
_TABLE = (
    "create table if not exists answers (service text, name text, setting text, asked_at text, reason text, "
    "place text, primary key (service, name, setting))"
)


class Kept(NamedTuple):
    """One answer: the service asked, the name, what else was said (countries, box, language), when, and what came.

    ``place`` is None for a refusal, and ``reason`` says why.
    """

    service: str
    name: str
    setting: str
    asked_at: str
    reason: str
    place: Place | None


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def answers_path() -> Path:
    """Where the answers lie by default."""
    return cache_folder() / "geocoder.sqlite"


class Answers:
    """The answers of all services in one SQLite file.

    A file that is broken is put aside (``set_aside`` then names it); where nothing can be written, answers are kept
    in memory for the run.
    """

    def __init__(self, path: Path | None = None, clock: Callable[[], datetime] = now) -> None:
        self.path = path or answers_path()
        self.set_aside: Path | None = None
        self._clock = clock
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self._connected(self.path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return self._connected(":memory:")
            self.set_aside = self.path.with_suffix(".broken")
            self.path.replace(self.set_aside)
            return self._connected(self.path)
        except OSError:
            return self._connected(":memory:")

    @staticmethod
    def _connected(path: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=10.0, check_same_thread=False)
        try:
            connection.execute(_TABLE)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def get(self, service: str, name: str, setting: str) -> Kept | None:
        """The answer to a query, unless there is none or it is too old."""
        row = self._connection.execute(
            "select * from answers where service = ? and name = ? and setting = ?", (service, name, setting)
        ).fetchone()
        if row is None:
            return None
        kept = _kept(row)
        days = FOUND_DAYS if kept.place else REFUSED_DAYS
        fresh = self._clock() - datetime.fromisoformat(kept.asked_at) <= timedelta(days=days)
        return kept if fresh else None

    def put(self, service: str, name: str, setting: str, place: Place | None, reason: str) -> None:
        """Keep an answer."""
        asked_at = self._clock().isoformat(timespec="seconds")
        packed = json.dumps(_record(place), ensure_ascii=False) if place else None
        # a full disk costs the answer, not the run
        with suppress(sqlite3.OperationalError):
            self._connection.execute(
                "insert or replace into answers values (?, ?, ?, ?, ?, ?)",
                (service, name, setting, asked_at, reason, packed),
            )
            self._connection.commit()

    def __iter__(self) -> Iterator[Kept]:
        """All answers, the newest first."""
        return map(
            _kept, self._connection.execute("select * from answers order by asked_at desc, service, name, setting")
        )

    def clear(self, name: str = "") -> int:
        """Forget the answers to a name, or all; how many there were."""
        where, values = ("where name = ?", (name,)) if name else ("", ())
        count = self._connection.execute(f"delete from answers {where}", values).rowcount  # noqa: S608  # no value in it
        self._connection.commit()
        return count

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _kept(row: tuple[Any, ...]) -> Kept:
    service, name, setting, asked_at, reason, place = row
    return Kept(service, name, setting, asked_at, reason, _place(json.loads(place)) if place else None)


_FIELDS = (
    "id", "name", "feature_code", "country", "admin1", "admin2", "radius_km", "population", "origin", "evidence",
)  # fmt: skip


def _record(place: Place) -> dict[str, Any]:
    names = {language: list(spellings) for language, spellings in place.names.items()}
    return {field: getattr(place, field) for field in _FIELDS} | {"lonlat": list(place.lonlat), "names": names}


def _place(record: dict[str, Any]) -> Place:
    names = {language: tuple(spellings) for language, spellings in record["names"].items()}
    return Place(lonlat=LonLat(*record["lonlat"]), names=names, **{field: record[field] for field in _FIELDS})
