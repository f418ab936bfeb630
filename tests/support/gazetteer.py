"""Small gazetteer files."""

from __future__ import annotations

import json
from typing import Any


def feature(place_id: str = "am-goris", **changes: Any) -> dict[str, Any]:
    """A sound feature; ``geometry`` and the properties may be changed."""
    geometry = changes.pop("geometry", {"type": "Point", "coordinates": [46.34, 39.51]})
    given = {"name": "Goris", "feature_code": "PPL", "country": "AM", "names": {"en": ["Goris"], "ar": ["غوريس"]}}
    properties = given | {"source": "a test"} | changes
    if geometry and geometry["type"] not in ("Point", "Circle"):
        properties.setdefault("point", [46.34, 39.51])
    return {"type": "Feature", "id": place_id, "geometry": geometry, "properties": properties}


def text(*features: dict[str, Any]) -> str:
    """A file with one feature a line."""
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
