"""The gazetteer file as it is written: one feature a line, sorted by id, keys in one order, for readable diffs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import OutputError
from geomap.model import Place
from geomap.places.provenance import properties_of
from geomap.places.reading import PROPERTIES

_HEAD = '{"type":"FeatureCollection","name":"places","features":[\n'
_FIRST_LANGUAGES = ("en", "ar", "ru")


def text_of(features: Iterable[Mapping[str, Any]]) -> str:
    """The file's text."""
    lines = [line_of(feature) for feature in sorted(features, key=lambda f: str(f["id"]))]
    return _HEAD + ",\n".join(lines) + "\n]}\n"


def line_of(feature: Mapping[str, Any]) -> str:
    """One feature as a line without its comma."""
    given = feature["properties"]
    properties = {k: given[k] for k in PROPERTIES if k == "country" or given.get(k) not in (None, "", {}, [], False)}
    for key in ("names", "demonyms"):
        if key in properties:
            properties[key] = _by_language(properties[key])
    geometry = {"type": feature["geometry"]["type"], "coordinates": feature["geometry"]["coordinates"]}
    ordered = {"type": "Feature", "id": feature["id"], "geometry": geometry, "properties": properties}
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))


def _by_language(spellings: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    first = {language: n for n, language in enumerate(_FIRST_LANGUAGES)}
    order = sorted(spellings, key=lambda language: (first.get(language, len(first)), language))
    return {language: list(spellings[language]) for language in order if spellings[language]}


def feature_of_place(place: Place) -> dict[str, Any]:
    """A place as a feature of the curated file."""
    point = [_short(place.lonlat.lon), _short(place.lonlat.lat)]
    properties: dict[str, Any] = {
        "name": place.name,
        "feature_code": place.feature_code,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "radius_km": _short(place.radius_km),
        "population": place.population,
        "names": {language: list(names) for language, names in place.names.items()},
        "demonyms": {language: list(names) for language, names in place.demonyms.items()},
        "parents": list(place.parents),
        "needs_cue": place.needs_cue,
        "source": place.evidence,
        **properties_of(place.provenance),
    }
    if place.geometry is not None:
        properties["point"] = point
    geometry = dict(place.geometry) if place.geometry else {"type": "Point", "coordinates": point}
    return {"type": "Feature", "id": place.id, "geometry": geometry, "properties": properties}


def _short(value: float) -> float | int:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def save(path: Path, features: Iterable[Mapping[str, Any]]) -> None:
    """Write a file of places.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    save_text(path, text_of(features))


def save_text(path: Path, text: str) -> None:
    """Write a file in one step: it is there as a whole or as it was.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    made: Path | None = None
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as file:
            made = Path(file.name)
            file.write(text)
        made.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        made.replace(path)
    except OSError as error:
        if made is not None:
            made.unlink(missing_ok=True)
        what = f"cannot be written ({error.strerror})"
        raise OutputError(str(path), what, "Choose a folder you may write to.") from error
