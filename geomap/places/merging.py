"""Imported places against those of the gazetteer: the same ones take new names, new ones are added, doubts reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from geomap.codebook import feature_of
from geomap.gazetteer import Gazetteer, place_keys
from geomap.geo import distance_km
from geomap.model import Issue, Place
from geomap.places.adding import slug
from geomap.text import fold_name

#: Places of one name and kind are one place so near to each other; of one entry so far apart they contradict.
SAME_KM, CONTRADICTS_KM = 5.0, 10.0


@dataclass(slots=True)
class Merged:
    """What an import would change: places as they would be, those that are new, and what contradicts."""

    changed: dict[str, Place] = field(default_factory=dict)
    added: dict[str, Place] = field(default_factory=dict)
    same: int = 0
    conflicts: list[Issue] = field(default_factory=list)


def merge(gazetteer: Gazetteer, imported: Iterable[Place]) -> Merged:
    """Match imported places by id, by the source's entry, or by name and distance."""
    merged = Merged()
    by_entry = {part: p.id for p in gazetteer for part in p.evidence.split("; ") if part[-1:].isdigit()}
    taken = set(gazetteer.places)
    for place in imported:
        known = _match(gazetteer, by_entry, place)
        if known is None:
            new = replace(place, id=slug(place.name, place.country, taken))
            merged.added[new.id] = new
            taken.add(new.id)
            continue
        known = merged.changed.get(known.id, known)
        doubt = _doubt(known, place)
        if doubt:
            merged.conflicts.append(doubt)
            continue
        joined = join(known, place)
        if joined == known and joined.names == known.names:
            merged.same += 1
        else:
            merged.changed[known.id] = joined
    return merged


def _match(gazetteer: Gazetteer, by_entry: Mapping[str, str], place: Place) -> Place | None:
    entry = by_entry.get(place.evidence)
    if entry is not None:
        return gazetteer.places[entry]
    kind = feature_of(place.feature_code)
    near = [
        (distance_km(p.lonlat, place.lonlat), p.id, p)
        for key in dict.fromkeys(place_keys(place))
        for p in map(gazetteer.places.__getitem__, gazetteer.names().get(key, ()))
        if feature_of(p.feature_code) == kind
    ]
    close = min((n for n in near if n[0] <= SAME_KM), default=None)
    return close[2] if close else None


def _doubt(known: Place, place: Place) -> Issue | None:
    km = distance_km(known.lonlat, place.lonlat)
    where = f"{known.id} / {place.evidence or place.id}"
    if km > CONTRADICTS_KM and km > known.radius_km:
        return Issue(
            "warning", where, f"the points lie {km:.0f} km apart", "Settle which is right; nothing is taken over."
        )
    if known.country and place.country and known.country != place.country:
        return Issue(
            "warning", where, f"one lies in {known.country}, the other in {place.country}", "Settle it by hand."
        )
    return None


def join(known: Place, place: Place) -> Place:
    """The known place with the other's names and, where it has none, its population, source and ids."""
    names = {language: list(spellings) for language, spellings in known.names.items()}
    for language, spellings in place.names.items():
        have = set(map(fold_name, names.get(language, ())))
        for name in spellings:
            if fold_name(name) not in have:
                names.setdefault(language, []).append(name)
                have.add(fold_name(name))
    told = place.evidence in known.evidence or not place.evidence
    return replace(
        known,
        names={language: tuple(spellings) for language, spellings in names.items()},
        population=known.population or place.population,
        evidence=known.evidence if told else f"{known.evidence}; {place.evidence}".strip("; "),
        provenance=replace(
            known.provenance,
            geonames=known.provenance.geonames or place.provenance.geonames,
            wikidata=known.provenance.wikidata or place.provenance.wikidata,
        ),
    )
