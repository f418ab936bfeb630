"""What a service answers, whatever service it is, and which of its answers is a place that news may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Any, Final

from geomap.codebook import feature_of
from geomap.geo import BBox, LonLat, distance_km
from geomap.model import Place
from geomap.places.osm_kinds import KINDS
from geomap.text import fold_name

#: Two answers nearer than this mean the same place.
SAME_KM: Final = 25.0
#: Nominatim's place_rank at and below which a boundary is a state, and the kinds of smaller ones.
_COUNTRY_RANK: Final = 4
_BOUNDARIES: Final = (
    (9, "state"),
    (11, "district"),
    (14, "county"),
    (16, "city"),
    (18, "town"),
    (20, "suburb"),
    (30, "village"),
)
_LETTERS: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a service: its names, point, and what kind of thing it says it is."""

    osm_id: str
    name: str
    names: Mapping[str, tuple[str, ...]]
    lonlat: LonLat
    category: str
    kind: str
    country: str | None
    rank: int | None = None
    box: BBox | None = None
    admin1: str = ""
    keys: frozenset[str] = field(default_factory=frozenset)


def feature_code(answer: Answer) -> tuple[str, float] | None:
    """Feature code and reach in km of an answer; None for a country and for what is no place (a shop, a street)."""
    kind = answer.kind
    if answer.category == "boundary":
        if kind not in ("administrative", *KINDS) or answer.rank is not None and answer.rank <= _COUNTRY_RANK:
            return None
        if kind == "administrative":
            if answer.rank is None:
                return None
            kind = next((word for most, word in _BOUNDARIES if answer.rank <= most), "village")
    elif answer.category != "place":
        return None
    known = KINDS.get(kind)
    if known is None:
        return None
    code, reach = known
    return code, _reach(answer, reach)


def _reach(answer: Answer, usual: float) -> float:
    """Half the diagonal of the answer's box, kept within a factor of three of what is usual for its kind."""
    if answer.box is None:
        return usual
    box = answer.box
    height = distance_km(LonLat(box.west, box.south), LonLat(box.west, box.north))
    width = distance_km(LonLat(box.west, box.south), LonLat(box.east, box.south))
    return round(min(max(hypot(height, width) / 2, usual / 3), usual * 3), 1)


def pick(
    answers: Iterable[Answer], name: str, features: frozenset[str], countries: Sequence[str], box: BBox | None
) -> tuple[Answer | None, str]:
    """The answer that the name means, or None and why none does."""
    key = fold_name(name)
    found = list(answers)
    if not found:
        return None, "the service knows no such name"
    places = [a for a in found if feature_code(a) is not None]
    if not places:
        return None, "only things that are no places (or a country) bear the name"
    named = [a for a in places if key in a.keys]
    if not named:
        return None, f"only places of other names ({places[0].name})"
    inside = [a for a in named if _lies_in(a, countries, box)]
    if not inside:
        return None, f"only far from what the article is about ({named[0].country or 'no country'})"
    fitting = [a for a in inside if not features or feature_of((feature_code(a) or ("",))[0]) in features]
    if not fitting:
        return None, f"no {' or '.join(sorted(features))} of this name"
    return _one_of(fitting, countries)


def _one_of(fitting: list[Answer], countries: Sequence[str]) -> tuple[Answer | None, str]:
    first = fitting[0]
    rivals = [a for a in fitting[1:] if distance_km(a.lonlat, first.lonlat) > SAME_KM]
    if not rivals:
        return first, "found"
    for country in countries:
        here = [a for a in fitting if a.country == country]
        if here and all(distance_km(a.lonlat, here[0].lonlat) <= SAME_KM for a in here):
            return here[0], f"found, the one in {country}"
    return None, f"{len(rivals) + 1} places of this name, too close to call"


def _lies_in(answer: Answer, countries: Sequence[str], box: BBox | None) -> bool:
    # some points on a coast come without a country; the box then decides
    if countries and answer.country is not None:
        return answer.country in countries
    return box.contains(answer.lonlat) if box is not None else not countries


def place_of(answer: Answer, service: str) -> Place:
    """An answer as a place; its kind and box give feature code and reach."""
    known = feature_code(answer)
    if known is None:
        raise ValueError(f"{answer.osm_id} is no place")
    code, reach = known
    rank = f", rank {answer.rank}" if answer.rank is not None else ""
    return Place(
        id=f"{service}-{answer.osm_id}",
        name=answer.name,
        lonlat=LonLat(round(answer.lonlat.lon, 4), round(answer.lonlat.lat, 4)),
        feature_code=code,
        country=answer.country,
        admin1=answer.admin1,
        radius_km=reach,
        names=answer.names,
        origin=service,
        evidence=f"OpenStreetMap {answer.osm_id} ({answer.category} {answer.kind}{rank}), asked of {service}",
    )


def from_nominatim(raw: Mapping[str, Any]) -> Answer:
    """An answer of Nominatim's ``search`` (format json or jsonv2, with namedetails and addressdetails).

    Raises
    ------
    KeyError, TypeError, ValueError
        Where it is no such thing.
    """
    details = raw.get("namedetails") or {}
    address = raw.get("address") or {}
    shown = str(raw.get("display_name", "")).split(",")[0]
    every = [text.strip() for value in (*details.values(), raw.get("name") or shown) for text in str(value).split(";")]
    names = _names((key.partition(":")[2] or "", value) for key, value in details.items() if _is_name(key))
    category = str(raw.get("class") or raw["category"])
    kind = str(raw["type"])
    kind = str(raw.get("addresstype") or kind) if category == "boundary" and raw.get("addresstype") in KINDS else kind
    edges = [float(edge) for edge in raw.get("boundingbox") or ()]
    return Answer(
        # a country that no object stands for comes without one
        osm_id=f"{str(raw.get('osm_type', 'n'))[:1]}{raw.get('osm_id', '')}",
        name=str(details.get("name:en") or details.get("int_name") or details.get("name") or shown),
        names=names,
        lonlat=_on_earth(float(raw["lon"]), float(raw["lat"])),
        category=category,
        kind=kind,
        country=str(address["country_code"]).upper() if address.get("country_code") else None,
        rank=int(raw["place_rank"]) if raw.get("place_rank") is not None else None,
        box=BBox(edges[2], edges[0], edges[3], edges[1]) if len(edges) == 4 else None,
        admin1=str(address.get("state") or address.get("province") or address.get("region") or ""),
        keys=frozenset(filter(None, map(fold_name, every))),
    )


def from_photon(raw: Mapping[str, Any]) -> Answer:
    """An answer of Photon: a GeoJSON feature.

    Raises
    ------
    KeyError, TypeError, ValueError
        Where it is no such thing.
    """
    given = raw["properties"]
    lon, lat = raw["geometry"]["coordinates"]
    name = str(given.get("name", ""))
    extent = [float(edge) for edge in given.get("extent") or ()]
    return Answer(
        osm_id=f"{str(given.get('osm_type', 'n')).lower()}{given['osm_id']}",
        name=name,
        names={},
        lonlat=_on_earth(float(lon), float(lat)),
        category=str(given["osm_key"]),
        kind=str(given.get("type") if given["osm_value"] == "administrative" else given["osm_value"]),
        country=str(given["countrycode"]).upper() if given.get("countrycode") else None,
        box=BBox(extent[0], extent[3], extent[2], extent[1]) if len(extent) == 4 else None,
        admin1=str(given.get("state", "")),
        keys=frozenset(filter(None, [fold_name(name)])),
    )


def _is_name(key: str) -> bool:
    return key == "name" or key.startswith("name:") and key.count(":") == 1


def _names(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Names by language code; the plain name has none and is left out."""
    found: dict[str, list[str]] = {}
    for language, value in pairs:
        if language.isalpha() and 2 <= len(language) <= 3:
            found.setdefault(language, []).extend(n.strip() for n in str(value).split(";") if _LETTERS.search(n))
    return {language: tuple(dict.fromkeys(names)) for language, names in sorted(found.items()) if names}


def _on_earth(lon: float, lat: float) -> LonLat:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"a point off the Earth ({lon:g}, {lat:g})")
    return LonLat(lon, lat)
