"""Lines with dates: disputed borders, fronts and ceasefire lines, of ``data/lines.geojson`` or a file of one's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from geomap.errors import DataError, GeomapError, InputError
from geomap.geo import BBox, LonLat, bbox_of
from geomap.model import Place
from geomap.paths import data_path
from geomap.writers.html.labels import Labels
from geomap.writers.html.packing import rounded

_KINDS = ("LineString", "MultiLineString")
_DAY = re.compile(r"\d{4}(-\d{2}-\d{2})?")
_HINT = "See data/lines.geojson."
_MARGIN_DEGREES = 2.5


@dataclass(frozen=True, slots=True)
class Line:
    """A line that held from one day to another (ISO days or years, empty for unknown or still).

    ``parts`` are its coordinates; a line without them is one of the basemap's own, by ``id``, within ``box``, or the
    geometry of the gazetteer's ``place``.
    """

    id: str
    names: Mapping[str, str]
    since: str = ""
    until: str = ""
    parts: tuple[tuple[LonLat, ...], ...] = ()
    box: BBox | None = None
    place: str = ""

    def caption(self, labels: Labels) -> str:
        """Its name and years."""
        name = self.names.get(labels.language) or self.names.get("en") or self.id
        since, until = (labels.number(int(text[:4])) if text else "" for text in (self.since, self.until))
        key = "line_between" if since and until else "line_since" if since else "line_until" if until else "line"
        return labels.ui[key].format(name=name, since=since, until=until)

    def past(self, day: date | None) -> bool:
        """Whether it had ended before this day."""
        return day is not None and self.until != "" and _ends(self.until) < day

    def future(self, day: date | None) -> bool:
        """Whether it began after this day."""
        return day is not None and self.since != "" and _begins(self.since) > day


def _begins(text: str) -> date:
    return date.fromisoformat(text if len(text) > 4 else f"{text}-01-01")


def _ends(text: str) -> date:
    return date.fromisoformat(text if len(text) > 4 else f"{text}-12-31")


def read_lines(path: Path | None = None) -> tuple[Line, ...]:
    """The lines of a GeoJSON file of one's own, else of ``data/lines.geojson``.

    Raises
    ------
    InputError, DataError
        Where the user's file, or the data's, cannot be read or is wrong.
    """
    return _shipped() if path is None else _read(path, InputError)


@cache
def _shipped() -> tuple[Line, ...]:
    return _read(data_path("lines.geojson"), DataError)


def _read(path: Path, error: type[GeomapError]) -> tuple[Line, ...]:
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        rows = [(number, f["geometry"], f.get("properties") or {}, f.get("id")) for number, f in enumerate(features, 1)]
    except OSError as problem:
        raise error(str(path), f"cannot be read ({problem.strerror})", "Name a GeoJSON file of lines.") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise error(str(path), f"not a GeoJSON FeatureCollection ({problem})", _HINT) from problem
    found = []
    for number, geometry, properties, given in rows:
        name = str(given or f"line-{number}")
        try:
            found.append(_line(name, geometry, properties))
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise error(str(path), f"{name}: not a dated line ({problem})", _HINT) from problem
    return tuple(found)


def _line(name: str, geometry: Any, properties: Mapping[str, Any]) -> Line:
    since, until = (str(properties.get(key) or "") for key in ("since", "until"))
    for text in filter(None, (since, until)):
        if not _DAY.fullmatch(text):
            raise ValueError(f"{text!r} is no day or year")
        _begins(text)
    names = properties.get("names") or {"en": properties.get("name") or name}
    box = BBox(*map(float, properties["box"])) if "box" in properties else None
    place = str(properties.get("place", ""))
    if geometry is None and not (box or place):
        raise ValueError("no geometry")
    parts = _parts(geometry) if geometry else ()
    return Line(name, {k: str(v) for k, v in names.items()}, since, until, parts, box, place)


def _parts(geometry: Mapping[str, Any]) -> tuple[tuple[LonLat, ...], ...]:
    if geometry["type"] not in _KINDS:
        raise ValueError(f"{geometry['type']!r} is no line")
    parts = [geometry["coordinates"]] if geometry["type"] == _KINDS[0] else geometry["coordinates"]
    points = tuple(tuple(LonLat(float(at[0]), float(at[1])) for at in part) for part in parts)
    if not points or any(len(part) < 2 for part in points):
        raise ValueError("a line of less than two points")
    if any(not (abs(at.lon) <= 180 and abs(at.lat) <= 90) for part in points for at in part):
        raise ValueError("a point off the Earth")
    return points


def placed(lines: Iterable[Line], places: Mapping[str, Place]) -> list[Line]:
    """The same lines, those of a place with its geometry; what the gazetteer lacks is left out."""
    out = []
    for line in lines:
        place = places.get(line.place)
        if not line.place:
            out.append(line)
        elif place and place.geometry and place.geometry["type"] in _KINDS:
            out.append(Line(line.id, line.names, line.since, line.until, _parts(place.geometry), line.box, line.place))
    return out


def near(lines: Sequence[Line], view: BBox | None, days: Sequence[date], labels: Labels) -> list[list[Any]]:
    """What a page of these days draws of lines near the view: caption, whether it was over, and id or coordinates.

    A line with coordinates that began later is left out; one of the basemap's own is a border anyway.
    """
    first, last = (days[0], days[-1]) if days else (None, None)
    rows: list[list[Any]] = []
    for line in lines:
        box = line.box or bbox_of(at for part in line.parts for at in part)
        if view is None or box is None or not _meet(box, view) or (line.parts and line.future(last)):
            continue
        caption = "" if line.future(last) else line.caption(labels)
        rows.append([caption, int(line.past(first)), rounded(line.parts) if line.parts else line.id])
    return rows


def _meet(box: BBox, view: BBox) -> bool:
    across = box.west <= view.east + _MARGIN_DEGREES and box.east >= view.west - _MARGIN_DEGREES
    return across and box.south <= view.north + _MARGIN_DEGREES and box.north >= view.south - _MARGIN_DEGREES
