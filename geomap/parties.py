"""Who is who in the codebooks' terms: the kind and side of an actor, its ACLED name and type, its UCDP dyad.

What is known of actors comes from the theatre files, given as plain mappings; UCDP's names from ``data/ucdp.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from geomap.countries import Country
from geomap.paths import data_files, data_path

#: Kind of actor in a theatre file -> ACLED's type of actor (inter).
_INTER: Final = {
    "state": "State forces",
    "police": "State forces",
    "rebel": "Rebel group",
    "militia": "Political militia",
    "external": "External/Other forces",
    "organisation": "External/Other forces",
    "media": "Civilians",
    "medical": "Civilians",
    "witnesses": "Civilians",
    "civilians": "Civilians",
}
#: ACLED's numbers of the types: they order the two in ``interaction``.
INTER_CODE: Final = {
    "State forces": 1,
    "Rebel group": 2,
    "Political militia": 3,
    "Identity militia": 4,
    "Rioters": 5,
    "Protesters": 6,
    "Civilians": 7,
    "External/Other forces": 8,
}
_DEMONSTRATORS: Final = {"Protests": "Protesters", "Riots": "Rioters"}
_CIVILIANS: Final = frozenset({"civilians", "media", "medical", "witnesses"})


@dataclass(frozen=True, slots=True)
class Party:
    """An actor: the side it counts as, what it is (a kind of the theatre files), its country's ISO code."""

    name: str
    side: str
    kind: str
    country: str | None = None

    @property
    def is_civilian(self) -> bool:
        """Whether it stands for people who do not fight."""
        return self.kind in _CIVILIANS


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a UCDP dyad."""

    name: str = ""
    id: int | None = None
    members: frozenset[str] = frozenset()
    gwno: int | None = None


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two sides of a UCDP conflict with its numbers; None where UCDP has none for them.

    ``only_in`` are countries (ISO 3166-1 alpha-2) where no other dyad fights, so that one of its sides tells it.
    """

    side_a: Side
    side_b: Side
    id: int | None = None
    name: str = ""
    conflict_id: int | None = None
    conflict_name: str = ""
    only_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Parties:
    """What is known of all actors, by name, and the UCDP dyads."""

    by_name: Mapping[str, Party]
    dyads: tuple[Dyad, ...]
    country_ids: Mapping[str, int]

    def party(self, name: str) -> Party | None:
        """The actor of that name; None where no theatre has it."""
        if name == "civilians":
            return Party(name, "civilians", "civilians")
        return self.by_name.get(name)

    def inter(self, name: str, place: Country, event_type: str) -> str:
        """ACLED's type of an actor in a place; '' where it is not known."""
        party = self.party(name)
        if party is None:
            return _DEMONSTRATORS.get(event_type, "")
        if party.kind == "state" and place.iso2 and party.country and party.country != place.iso2:
            return "External/Other forces"
        return _INTER.get(party.kind, "")

    def acled_name(self, name: str, place: Country) -> str:
        """An actor as ACLED names one, without the years of its regime, which the press does not tell."""
        party = self.party(name)
        if party is None:
            return name
        if party.kind == "civilians":
            return f"Civilians ({place.name})" if place.name else "Civilians"
        if party.kind == "police":
            return f"Police Forces of {party.side}"
        return f"Military Forces of {party.side}" if party.kind == "state" else name

    def dyad(self, actors: Sequence[str], sides: Iterable[str], place: Country) -> Dyad:
        """UCDP's dyad by actors, the sides that lost people and the place; one without numbers where it has none."""
        involved = {self._side(name) for name in actors} | set(sides)
        for dyad in self.dyads:
            if involved & dyad.side_a.members and involved & dyad.side_b.members:
                return dyad
        for dyad in self.dyads:
            if place.iso2 in dyad.only_in and involved & (dyad.side_a.members | dyad.side_b.members):
                return dyad
        named = list(dict.fromkeys(self._ucdp_name(name) for name in actors))
        first, second = (*named, "", "")[:2]
        members = [
            frozenset({self._side(name) for name in actors if self._ucdp_name(name) == side})
            for side in (first, second)
        ]
        title = f"{first} - {second}" if first and second else ""
        return Dyad(Side(first, members=members[0]), Side(second, members=members[1]), name=title)

    def camp(self, name: str) -> frozenset[str]:
        """The sides that an actor fights on the side of, its own among them."""
        side = self._side(name)
        camps = (members for d in self.dyads for members in (d.side_a.members, d.side_b.members) if side in members)
        return next(camps, frozenset({side}))

    def one_sided(self, actors: Sequence[str]) -> Dyad:
        """UCDP's dyad of an attack on the unarmed: the attacker, with its number where UCDP has it, and civilians."""
        attacker = self._ucdp_name(actors[0]) if actors else ""
        side = next((s for d in self.dyads for s in (d.side_a, d.side_b) if s.name == attacker), Side(attacker))
        name = f"{attacker} - Civilians" if attacker else ""
        return Dyad(side, Side("Civilians"), name=name, conflict_name=name)

    def country_id(self, place: Country) -> int | None:
        """UCDP's number of a country."""
        return self.country_ids.get(place.iso2, place.gw)

    def compared(self, names: Iterable[str]) -> set[str]:
        """Names as compared with those of annotators: a state counts as its forces, whichever of them is named."""
        return {_stem(self._side(name)) for name in names}

    def _side(self, name: str) -> str:
        party = self.party(name)
        return party.side if party else name

    def _ucdp_name(self, name: str) -> str:
        party = self.party(name)
        if party is None:
            return name
        if party.is_civilian:
            return "Civilians"
        return f"Government of {party.side}" if party.kind in ("state", "police") else party.side


#: Endings of what the people under arms of a state are called.
_ARMED: Final = (" government forces", " forces", " army", " military", " troops")
#: As many letters tell a state, or its adjective, from another's.
_STEM: Final = 4


def _stem(name: str) -> str:
    """What a state and its forces begin with alike; another name as it is."""
    text = name.lower()
    armed = next((end for end in _ARMED if text.endswith(end)), "")
    text = text.removesuffix(armed)
    return text if " " in text else text[:_STEM]


def parties(theatres: Sequence[Mapping[str, Any]] | None = None) -> Parties:
    """What the theatres tell of actors.

    Parameters
    ----------
    theatres : Sequence[Mapping[str, Any]] | None
        Theatre files as parsed TOML; all of the data folder where None. Used of each: ``actor`` (name, side, kind,
        country) and ``ucdp`` (dyads, country_ids).
    """
    return _known() if theatres is None else _collect(theatres)


@cache
def _known() -> Parties:
    return _collect([tomllib.loads(path.read_text("utf-8")) for path in data_files("theatres", ".toml")])


def _collect(theatres: Sequence[Mapping[str, Any]]) -> Parties:
    by_name: dict[str, Party] = {}
    numbers: dict[int, None] = {}
    country_ids: dict[str, int] = {}
    for theatre in theatres:
        for actor in theatre.get("actor", ()):
            party = Party(
                actor["name"], actor.get("side") or actor["name"], actor.get("kind", ""), actor.get("country")
            )
            by_name.setdefault(party.name, party)
        ucdp = theatre.get("ucdp", {})
        numbers.update(dict.fromkeys(ucdp.get("dyads", ())))
        country_ids.update(ucdp.get("country_ids", {}))
    return Parties(by_name, tuple(_dyads(numbers)), country_ids)


def _dyads(numbers: Iterable[int]) -> Iterable[Dyad]:
    names = tomllib.loads(data_path("ucdp.toml").read_text("utf-8"))
    for number in numbers:
        found = names["dyads"].get(str(number))
        if found is None:
            continue
        side_a, side_b = (
            Side(found[s]["name"], found[s]["id"], frozenset(found[s]["members"]), found.get(f"gwno_{s[-1]}"))
            for s in ("side_a", "side_b")
        )
        conflict = found["conflict"]
        title, only_in = names["conflicts"].get(str(conflict), ""), frozenset(found.get("only_in", ()))
        yield Dyad(side_a, side_b, number, found["name"], conflict, title, only_in)


def interaction(first: str, second: str) -> str:
    """ACLED's ``interaction`` of two types of actor, in the order of their numbers; '' where the first is unknown."""
    if not first or not second:
        return f"{first or second} only" if first or second else ""
    # The one pair that ACLED writes the other way round.
    if {first, second} == {"Civilians", "External/Other forces"}:
        return "External/Other forces-Civilians"
    return "-".join(sorted((first, second), key=INTER_CODE.__getitem__))
