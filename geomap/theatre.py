"""One conflict's parties: states and their leaders, armed groups, organisations, with their names by language."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from geomap.errors import DataError
from geomap.geo import LonLat
from geomap.memo import Memo
from geomap.paths import data_files
from geomap.text import TOKEN, fold

KINDS: Final = frozenset("state rebel militia external organisation media witnesses medical civilians police".split())
_ACTOR_KEYS: Final = frozenset(
    "name side kind country ar en ru fa uk tr leaders_ar leaders_en weak_ar weak_en home ucdp note forces".split()
)
_KEYS: Final = frozenset("name title countries bbox start wars camps fighters ucdp actor lines zone note".split())
_ZONE_KEYS: Final = frozenset("side since until ring note".split())

#: How long a campaign is what "since it began" means, and how long the dead of a war are counted after its end.
_NEW_CAMPAIGN: Final = timedelta(days=45)
_COUNTED_AFTER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Actor:
    """A party: its usual English name, the side it counts as, what it is."""

    name: str
    side: str
    kind: str
    country: str | None = None
    ucdp: Mapping[str, Any] = field(default_factory=dict, compare=False)


class Alias(NamedTuple):
    """A name of an actor in the index: words after the first, the actor, whether it is a leader's or weak.

    Where ``home`` names countries, a weak name counts only in an article that plays mostly in one of them.
    """

    rest: tuple[str, ...]
    actor: Actor
    leader: bool
    weak: bool
    theatre: str
    home: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """Ground that a party without a state holds for a time: a ring of (longitude, latitude) in degrees."""

    side: str
    since: date | None
    until: date | None
    ring: tuple[tuple[float, float], ...]

    def holds(self, point: LonLat, day: date | None) -> bool:
        """Whether the point lies inside while the zone lasts (ray casting)."""
        if day is not None and (self.since and day < self.since or self.until and day > self.until):
            return False
        inside = False
        for (x1, y1), (x2, y2) in zip(self.ring, self.ring[1:] + self.ring[:1], strict=True):
            if (y1 > point.lat) != (y2 > point.lat) and point.lon < (x2 - x1) * (point.lat - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside


@dataclass(frozen=True, slots=True)
class Theatre:
    """One conflict's file."""

    name: str
    title: str
    countries: tuple[str, ...]
    bbox: tuple[float, float, float, float] | None
    start: date | None
    wars: tuple[tuple[str, date, date | None], ...]
    actors: tuple[Actor, ...]
    ucdp: Mapping[str, Any] = field(default_factory=dict, compare=False)
    zones: tuple[Zone, ...] = ()
    camps: tuple[tuple[str, ...], ...] = ()
    #: Who fights in a country, by its code, where it is not its state.
    fighters: Mapping[str, str] = field(default_factory=dict, compare=False)

    #: What ``opponents``, ``friends`` and ``forces`` tell of each side of which they tell anything.
    _opponents: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _friends: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _forces: dict[str, str] = field(init=False, repr=False, compare=False)
    _holders: Memo[tuple[LonLat, date | None], str] = field(init=False, repr=False, compare=False)
    #: Countries, by their codes, that stand in opposite camps.
    rivals: frozenset[frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        friends: dict[str, tuple[str, ...]] = {}
        opponents: dict[str, tuple[str, ...]] = {}
        forces: dict[str, str] = {}
        for mine in self.camps:
            against = tuple(other for camp in self.camps if camp is not mine for other in camp)
            for side in mine:
                friends.setdefault(side, mine)
                opponents.setdefault(side, against)
        for actor in self.actors:
            if actor.kind == "state" and actor.name != actor.side:
                forces.setdefault(actor.side, actor.name)
        states = {actor.side: actor.country for actor in self.actors if actor.kind == "state" and actor.country}
        opposed = [(states.get(a), states.get(b)) for a, others in opponents.items() for b in others]
        object.__setattr__(self, "rivals", frozenset(frozenset((a, b)) for a, b in opposed if a and b and a != b))
        object.__setattr__(self, "_friends", friends)
        object.__setattr__(self, "_opponents", opponents)
        object.__setattr__(self, "_forces", forces)

        def holder(at: tuple[LonLat, date | None]) -> str:
            return next((zone.side for zone in self.zones if zone.holds(*at)), "")

        object.__setattr__(self, "_holders", Memo(holder, 20_000))

    def opponents(self, side: str) -> tuple[str, ...]:
        """Sides that fight a side in this conflict; none for a side of no camp."""
        return self._opponents.get(side, ())

    def friends(self, side: str) -> tuple[str, ...]:
        """Sides of the same camp, itself among them."""
        return self._friends.get(side, ())

    def forces(self, side: str) -> str:
        """What the people under arms of a state are called in this conflict; empty where nothing tells."""
        return self._forces.get(side, "")

    def holder(self, point: LonLat, day: date | None) -> str:
        """The party without a state that holds a point on a day; empty for none."""
        return self._holders[point, day] if self.zones else ""

    def war_start(self, day: date | None) -> date | None:
        """First day of the war of this theatre that a day falls into; None for a day of peace.

        A campaign that began lately goes before the war that it is a part of; a war that has just ended still counts.
        """
        if day is None:
            return None
        running = [s for _, s, e in self.wars if s <= day and (e is None or day <= e + _COUNTED_AFTER)]
        if running:
            last = max(running)
            new = day - last <= _NEW_CAMPAIGN and self.start and last - self.start > _NEW_CAMPAIGN
            return self.start if self.start in running and not new else last
        return self.start if self.start and self.start <= day and (day - self.start).days <= 60 else None

    def outbreak(self, day: date | None) -> date | None:
        """First day of the longest war of this theatre that a day falls into, whatever campaigns are part of it."""
        return min((s for _, s, e in self.wars if day and s <= day and (e is None or day <= e)), default=None)


@dataclass(slots=True)
class Actors:
    """Aliases of all theatres in one language, by first folded word."""

    by_first: dict[str, tuple[Alias, ...]]

    def starting_with(self, word: str) -> tuple[Alias, ...]:
        """Aliases whose first word this is, the longest first."""
        return self.by_first.get(word, ())


def load(path: Path) -> tuple[Theatre, list[dict[str, Any]]]:
    """A theatre file and its raw actor tables.

    Raises
    ------
    DataError
        Where the file is broken or has a key that nothing reads.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(str(path), f"not a readable TOML file ({error})", "Mend the line it names.") from error
    _known(path, data, _KEYS)
    tables = data.get("actor", [])
    actors = tuple(_actor(path, t) for t in tables)
    wars = tuple((w[0], w[1], w[2] if len(w) > 2 and isinstance(w[2], date) else None) for w in data.get("wars", []))
    theatre = Theatre(
        name=data.get("name", path.stem),
        title=data.get("title", path.stem),
        countries=tuple(data.get("countries", ())),
        bbox=_bbox(data.get("bbox")),
        start=data.get("start"),
        wars=wars,
        actors=actors,
        ucdp=data.get("ucdp", {}),
        zones=tuple(_zone(path, z) for z in data.get("zone", [])),
        camps=tuple(tuple(camp) for camp in data.get("camps", [])),
        fighters=data.get("fighters", {}),
    )
    return theatre, tables


def _bbox(values: list[float] | None) -> tuple[float, float, float, float] | None:
    if not values:
        return None
    west, south, east, north = map(float, values)
    return west, south, east, north


def _zone(path: Path, table: Mapping[str, Any]) -> Zone:
    _known(path, table, _ZONE_KEYS)
    ring = tuple((float(x), float(y)) for x, y in table.get("ring", ()))
    if len(ring) < 3 or not table.get("side"):
        raise DataError(
            str(path),
            f"a zone without side or ring ({table.get('side')!r})",
            "Give its side and at least three points.",
        )
    return Zone(table["side"], table.get("since"), table.get("until"), ring)


def _known(path: Path, table: Mapping[str, Any], keys: Iterable[str]) -> None:
    for key in table:
        if key not in keys:
            close = difflib.get_close_matches(key, sorted(keys), 1)
            raise DataError(
                str(path),
                f"unknown key {key!r}",
                f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(sorted(keys))}.",
            )


def _actor(path: Path, table: Mapping[str, Any]) -> Actor:
    _known(path, table, _ACTOR_KEYS)
    if not table.get("name"):
        raise DataError(str(path), f"an actor without a name ({table!r})", "Give its usual English name.")
    kind = table.get("kind", "")
    if kind not in KINDS:
        raise DataError(str(path), f"{table['name']}: unknown kind {kind!r}", f"One of {', '.join(sorted(KINDS))}.")
    return Actor(
        table["name"], table.get("side") or table["name"], kind, table.get("country") or None, table.get("ucdp", {})
    )


@lru_cache(maxsize=1)
def theatres() -> dict[str, Theatre]:
    """All theatres by name."""
    return {t.name: t for t, _ in (load(p) for p in data_files("theatres", ".toml"))}


@lru_cache(maxsize=8)
def actors_for(language: str) -> Actors:
    """Names of all actors in a language."""
    found: dict[str, list[Alias]] = {}
    for path in data_files("theatres", ".toml"):
        theatre, tables = load(path)
        for actor, table in zip(theatre.actors, tables, strict=True):
            for first, alias in _aliases(actor, table, language, theatre.name):
                found.setdefault(first, []).append(alias)
    return Actors({w: tuple(sorted(a, key=lambda x: -len(x.rest))) for w, a in found.items()})


def _aliases(actor: Actor, table: Mapping[str, Any], language: str, theatre: str) -> Iterator[tuple[str, Alias]]:
    home = tuple(table.get("home", ()))
    for key, leader, weak in (
        (language, False, False),
        (f"leaders_{language}", True, False),
        (f"weak_{language}", False, True),
    ):
        for name in table.get(key, ()):
            words = TOKEN.findall(fold(name).text)
            if words:
                yield words[0], Alias(tuple(words[1:]), actor, leader, weak, theatre, home if weak else ())
