"""Which places can have a second-level division, and why the others cannot.

What there is to say of states and provinces stands in ``data/divisions.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geomap.codebook import feature_of
from geomap.errors import DataError
from geomap.model import Place
from geomap.paths import data_path

#: Kinds of places that lie in one division of each level, and a quarter, which is of the kind of districts.
_KINDS: Final = ("settlement", "facility")
_QUARTER: Final = "PPLX"
_KEYS: Final = frozenset({"why", "only_in", "not_in", "left"})


@dataclass(frozen=True, slots=True)
class State:
    """What a state's second level is like.

    Where ``why`` is given the state has none but in the provinces of ``only_in``; ``not_in`` are provinces without one;
    ``left`` tells why other places have none.
    """

    why: str = ""
    only_in: frozenset[str] = frozenset()
    not_in: frozenset[str] = frozenset()
    left: str = ""

    def can_have(self, admin1: str) -> bool:
        """Whether a province of the state has a second level."""
        if admin1 in self.not_in:
            return False
        return not self.why or admin1 in self.only_in


class SecondLevel:
    """The second levels of all states; ``spread`` are the ids of places that lie in several divisions."""

    def __init__(self, states: Mapping[str, State], spread: frozenset[str] = frozenset()) -> None:
        self.states = states
        self.spread = spread

    def state(self, country: str) -> State:
        """What is known of a state; one of which nothing is said has a second level everywhere."""
        return self.states.get(country, State())

    def can_have(self, place: Place) -> bool:
        """Whether a place can have a second-level division."""
        return self.can(place.id, place.feature_code, place.country, place.admin1)

    def can(self, place_id: str, feature_code: str, country: str | None, admin1: str) -> bool:
        """The same of a place that is given by its id, feature code, state and province."""
        able = is_small(feature_code) and country is not None and place_id not in self.spread
        return able and self.state(country or "").can_have(admin1)


def is_small(feature_code: str) -> bool:
    """Whether a place of a feature code lies in one division: a settlement, a part of one, a site."""
    return feature_code == _QUARTER or feature_of(feature_code) in _KINDS


@lru_cache(maxsize=1)
def second_level() -> SecondLevel:
    """What ``data/divisions.toml`` says."""
    return from_file(data_path("divisions.toml"))


def from_file(path: Path) -> SecondLevel:
    """Read a file of second levels.

    Raises
    ------
    DataError
        Where it is broken.
    """
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(str(path), f"cannot be read ({error})", "Mend the file.") from error
    none = State(why="no second level is told of it")
    states = dict.fromkeys(_texts(path, "without", given.pop("without", [])), none)
    spread = _texts(path, "spread", given.pop("spread", []))
    return SecondLevel(states | {country: _state(path, country, said) for country, said in given.items()}, spread)


def _state(path: Path, country: str, said: Any) -> State:
    if not isinstance(said, dict) or said.keys() - _KEYS:
        raise DataError(str(path), f"{country}: bad table ({said!r})", f"Known: {', '.join(sorted(_KEYS))}.")
    words = {key: said.get(key, "") for key in ("why", "left")}
    lists = {key: _texts(path, country, said.get(key, [])) for key in ("only_in", "not_in")}
    if not all(isinstance(word, str) for word in words.values()):
        raise DataError(str(path), f"{country}: why and left are texts", "Put them in quotes.")
    return State(words["why"], lists["only_in"], lists["not_in"], words["left"])


def _texts(path: Path, where: str, given: Any) -> frozenset[str]:
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise DataError(str(path), f"{where}: bad list ({given!r})", "A list of texts.")
    return frozenset(given)
