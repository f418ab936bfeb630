"""The index of a gazetteer's names, and its copy on disk, from which a checked file loads in some 20 ms.

The copy is keyed by the bytes of the file and of everything that makes the index, so it is never out of date; it is
only written for a file that passed the check, and a damaged or missing one is made again.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from geomap.codebook import feature_of
from geomap.geo import LonLat
from geomap.model import Place, Provenance, SecondPoint
from geomap.paths import data_path
from geomap.places.cache_folder import cache_folder
from geomap.places.folding import fold_names

#: Code on which a copy depends, in the package.
_MAKERS = (
    "codebook.py", "geo.py", "model.py", "text.py", "places/check.py", "places/folding.py", "places/gate.py",
    "places/index.py", "places/provenance.py", "places/reading.py", "places/sharing.py", "places/spelling.py",
)  # fmt: skip
_DIGEST = 16
_KEPT = 6
Names = dict[str, tuple[str, ...]]


class Index(NamedTuple):
    """What a gazetteer looks up: ids by folded name, folded names by first word (longest first), countries' ids."""

    by_name: Names
    by_first: Names
    by_country: dict[str, str]


def index_of(places: Iterable[Place]) -> Index:
    """The index of these places; of places with one name the order is kept."""
    names: list[str] = []
    bearers: list[str] = []
    by_country: dict[str, str] = {}
    for place in places:
        if place.country and feature_of(place.feature_code) == "country":
            by_country.setdefault(place.country, place.id)
        own = [place.name, *(name for spellings in place.names.values() for name in spellings)]
        names += own
        bearers += [place.id] * len(own)
    by_name: dict[str, dict[str, None]] = {}
    for key, place_id in zip(fold_names(names), bearers, strict=True):
        by_name.setdefault(key, {})[place_id] = None
    by_first: dict[str, list[str]] = {}
    for key in by_name:
        by_first.setdefault(key.partition(" ")[0], []).append(key)
    for keys in by_first.values():
        if len(keys) > 1:
            keys.sort(key=lambda key: (-key.count(" "), key))
    return Index({k: tuple(ids) for k, ids in by_name.items()}, {w: tuple(k) for w, k in by_first.items()}, by_country)


class Places(dict[str, Place]):
    """Places by id, each made when it is first asked for; in all else a dict."""

    __slots__ = ("_packed",)

    def __init__(self, packed: dict[str, bytes]) -> None:
        super().__init__()
        #: None once all are made.
        self._packed: dict[str, bytes] | None = packed

    def __missing__(self, place_id: str) -> Place:
        if self._packed is None:
            raise KeyError(place_id)
        place = self[place_id] = _unpack(self._packed[place_id])
        return place

    def _all(self) -> None:
        packed, self._packed = self._packed, None
        if packed is not None:
            made = dict(super().items())
            super().clear()
            with unhurried_gc():
                super().update((i, made.get(i) or _unpack(p)) for i, p in packed.items())

    def get(self, place_id: str, default: Any = None) -> Any:
        """The place with this id, else the default."""
        return self[place_id] if place_id in self else default  # noqa: SIM401  # this is it

    def __contains__(self, place_id: object) -> bool:
        return super().__contains__(place_id) if self._packed is None else place_id in self._packed

    def __len__(self) -> int:
        return super().__len__() if self._packed is None else len(self._packed)

    def __iter__(self) -> Iterator[str]:
        return super().__iter__() if self._packed is None else iter(self._packed)

    def keys(self) -> Any:
        self._all()
        return super().keys()

    def values(self) -> Any:
        self._all()
        return super().values()

    def items(self) -> Any:
        self._all()
        return super().items()

    def copy(self) -> dict[str, Place]:
        return dict(self.items())

    def __eq__(self, other: object) -> bool:
        self._all()
        return dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self.items()),)


def pack(place: Place) -> bytes:
    """A place as bytes, which only this version of Python and geomap need to read."""
    values: Any = (
        place.id, place.name, tuple(place.lonlat), place.feature_code, place.country, place.admin1, place.admin2,
        place.radius_km, place.population, dict(place.names), dict(place.demonyms), place.parents,
        place.geometry and dict(place.geometry), place.needs_cue, place.origin, place.evidence,
        _plain(place.provenance),
    )  # fmt: skip
    return marshal.dumps(values)


def _plain(known: Provenance) -> tuple[Any, ...]:
    second = known.second
    said = second and (second.source, second.dated, second.km, second.lonlat and tuple(second.lonlat))
    return (known.geonames, known.wikidata, known.dated, said, known.alone, known.admin2_from)


def _unpack(packed: bytes) -> Place:
    place_id, name, lonlat, *rest = marshal.loads(packed)  # noqa: S302  # our own copy, its digest checked
    geonames, wikidata, dated, said, alone, divided = rest[-1]
    second = None
    if said:
        source, at, km, point = said
        second = SecondPoint(source, at, km, point and LonLat(*point))
    rest[-1] = Provenance(geonames, wikidata, dated, second, alone, divided)
    return Place(place_id, name, LonLat(*lonlat), *rest)


def key_of(data: bytes, curated: bool) -> str:
    """Name of the copy that belongs to a file's bytes: it changes with the file, the folding rules and the code."""
    digest = hashlib.blake2b(data, digest_size=_DIGEST)
    digest.update(f"{sys.version} {curated}".encode())
    package = Path(__file__).parents[1]
    data_files = map(data_path, ("lexicons/letters.toml", "country-boxes.csv"))
    for path in (*data_files, *(package / name for name in _MAKERS)):
        with suppress(OSError):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def load(key: str) -> tuple[Places, Index] | None:
    """The copy with this key; None where there is none or it is damaged."""
    try:
        data = (_folder() / f"{key}.places").read_bytes()
    except OSError:
        return None
    payload = memoryview(data)[_DIGEST:]
    if hashlib.blake2b(payload, digest_size=_DIGEST).digest() != data[:_DIGEST]:
        return None
    with unhurried_gc():
        packed, *index = marshal.loads(payload)  # noqa: S302  # our own copy, its digest checked
    return Places(packed), Index(*index)


def store(key: str, places: Mapping[str, Place], index: Index) -> None:
    """Keep a copy; a folder that cannot be written is no harm."""
    payload = marshal.dumps(({p.id: pack(p) for p in places.values()}, *index))
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(hashlib.blake2b(payload, digest_size=_DIGEST).digest() + payload)
        Path(file.name).replace(folder / f"{key}.places")
        _drop_old(folder)
    except OSError:
        return


def _drop_old(folder: Path) -> None:
    kept = sorted(folder.glob("*.places"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in kept[_KEPT:]:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return cache_folder() / "gazetteer"


@contextmanager
def unhurried_gc() -> Iterator[None]:
    """No garbage collection while many values are made that all stay."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
