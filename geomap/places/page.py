"""The gazetteer on a page: names, how far they reach, areas and lines. Opens with no network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from geomap.codebook import feature_of
from geomap.model import Place

_COLOURS = {
    "settlement": "#1f5fa8", "district": "#7a4fa3", "region": "#a35f1f", "country": "#666666", "water": "#1f8fa8",
    "mountain": "#6b5b3e", "facility": "#b03030", "line": "#222222",
}  # fmt: skip
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
script-src 'unsafe-inline'; img-src data:">
<title>{title}</title><style>{leaflet_style}
html,body,#map{{height:100%;margin:0}}
#find{{position:absolute;z-index:1000;top:10px;right:10px;font:14px sans-serif;background:#fff;padding:8px}}
.leaflet-container{{background:#eef3f6}}</style></head>
<body><div id="map"></div><div id="find"><label>Name <input id="name" type="search" dir="auto"></label>
<span id="count"></span></div>
<script type="application/json" id="land">{land}</script>
<script type="application/json" id="places">{places}</script>
<script>{leaflet_script}</script><script>{script}</script></body></html>
"""
_SCRIPT = """
const read = id => JSON.parse(document.getElementById(id).textContent);
const map = L.map("map", {preferCanvas: true, attributionControl: false}).setView([40, 45], 6);
L.geoJSON(read("land"), {style: {color: "#8a97a3", weight: 1, fill: false}, interactive: false}).addTo(map);
const places = read("places"), layer = L.layerGroup().addTo(map);
const told = p => {
  const box = document.createElement("div");
  for (const [i, text] of [p.id, p.names.join(" · "), p.about, p.source].entries()) {
    const line = box.appendChild(document.createElement(i ? "div" : "b"));
    line.dir = "auto"; line.textContent = text;
  }
  return box;
};
const draw = () => {
  layer.clearLayers();
  const wanted = document.getElementById("name").value.trim().toLowerCase();
  const fits = p => !wanted || p.id.includes(wanted) || p.names.some(n => n.toLowerCase().includes(wanted));
  const shown = places.filter(fits);
  for (const p of shown) {
    const style = {color: p.colour, weight: 1, fillOpacity: 0.05};
    if (p.geometry) L.geoJSON(p.geometry, {style}).bindPopup(() => told(p)).addTo(layer);
    else if (p.km > 4) L.circle(p.at, {...style, radius: p.km * 1000, interactive: false}).addTo(layer);
    L.circleMarker(p.at, {...style, radius: 3, fillOpacity: 0.8}).bindPopup(() => told(p)).addTo(layer);
  }
  document.getElementById("count").textContent = shown.length + " places";
  if (wanted && shown.length && shown.length < 50) map.fitBounds(shown.map(p => p.at), {maxZoom: 10, animate: false});
};
document.getElementById("name").addEventListener("input", draw);
draw();
"""


def page(places: Iterable[Place], title: str = "Gazetteer") -> str:
    """An HTML page that shows places on the offline basemap."""
    from geomap.writers.html.shell import leaflet

    script, style = leaflet()
    shown = [_record(place) for place in sorted(places, key=lambda p: p.id)]
    return _PAGE.format(
        title=escape(title),
        leaflet_style=style,
        leaflet_script=script,
        script=_SCRIPT,
        land=_json(_land()),
        places=_json(shown),
    )


def _record(place: Place) -> dict[str, Any]:
    kind = feature_of(place.feature_code)
    lon, lat = place.lonlat
    names = dict.fromkeys([place.name, *(name for spellings in place.names.values() for name in spellings)])
    about = f"{kind} · {place.country or '—'} · {lat:.4f}, {lon:.4f} · reaches {place.radius_km:g} km"
    return {
        "id": place.id,
        "names": list(names),
        "about": about + (" · needs a cue" if place.needs_cue else ""),
        "source": place.evidence,
        "at": [lat, lon],
        "km": place.radius_km,
        "colour": _COLOURS[kind],
        "geometry": place.geometry,
    }


def _land() -> Mapping[str, Any]:
    """Outlines of the countries."""
    from geomap.basemap import load
    from geomap.paths import data_path

    world = load(data_path("basemap/world.json"))
    rings = [ring for _, parts in world.countries for part in parts for ring in part]
    return {"type": "MultiLineString", "coordinates": rings}


def _json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
