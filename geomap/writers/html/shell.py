"""The page around the data: folium's map in our own document, scripts and styles inlined, a strict CSP.

The shell of a run is rendered once and filled for each page, so that a year of pages costs little more than their data.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from geomap.errors import UsageError
from geomap.writers.html.basemap import Pack
from geomap.writers.html.labels import Labels
from geomap.writers.html.packing import json_script

Assets = Literal["inline", "shared"]

_STATIC = Path(__file__).parent / "static"
#: In the order in which they need one another.
_DRAWING = ("basemap", "names", "settle", "marks")
_SCRIPTS = ("core", "data", *_DRAWING, "filters", "list", "card", "timebar", "trend", "export", "main")
_STYLES = ("base", "map", "panel", "print")
#: Marks the places to fill in the rendered shell; not in any text, since it is looked for before any text comes in.
_SLOT = re.compile(r"\[\[slot:(\w+)\]\]")
SLOTS = ("title", "heading", "previous", "next", "payload", "basemap", "fallback")


@dataclass(frozen=True, slots=True)
class Tiles:
    """A remote tile provider the user asked for: the only thing a page may load."""

    name: str
    url: str
    host: str
    attribution: str
    max_zoom: int

    def for_script(self) -> dict[str, Any]:
        """What the page's script needs of it."""
        return {"url": self.url, "credit": self.attribution, "host": self.host, "maxZoom": self.max_zoom}


def find_tiles(name: str | None) -> Tiles | None:
    """A tile provider by its xyzservices name.

    Raises
    ------
    UsageError
        Where there is none of this name, or it needs a key.
    """
    if name is None:
        return None
    import xyzservices.providers  # type: ignore[import-untyped,unused-ignore]

    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise UsageError("tiles", f"no provider {name!r}", "See xyzservices for the names.") from error
    if provider.requires_token():
        raise UsageError("tiles", f"{name} needs a key", "Choose a provider that needs none.")
    url = str(provider.build_url(scale_factor="{r}")).replace("{r}", "")
    host = url.split("/")[2].replace("{s}", "*")
    return Tiles(str(provider.name), url, host, str(provider.attribution), int(provider.get("max_zoom", 18)))


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


#: Parts of Leaflet's style for what the pages do not have.
_UNUSED = re.compile(r"leaflet-(?:popup|tooltip|control-(?:layers|attribution|scale)|touch \.leaflet-control-layers)")


@cache
def leaflet() -> tuple[str, str]:
    """Leaflet's script and style from XStatic-Leaflet, without the addresses of images that the pages do not use."""
    from xstatic.pkg import leaflet as package

    folder = Path(package.BASE_DIR)
    script = (folder / "leaflet.js").read_text("utf-8")
    style = (folder / "leaflet.css").read_text("utf-8")
    script = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "", script)
    style = _dense(re.sub(r"[\w-]+:\s*url\([^)]*\);", "", style))
    return script.strip(), re.sub(r"[^{}]+\{[^{}]*\}", lambda rule: _used(rule[0]), style)


def _used(rule: str) -> str:
    """A rule of a style without the selectors that nothing on the pages has."""
    selectors, body = rule.split("{", 1)
    kept = [one for one in selectors.split(",") if not _UNUSED.search(one)]
    return ",".join(kept) + "{" + body if kept else ""


def _dense(style: str) -> str:
    """A style without comments and without the white space that means nothing."""
    style = re.sub(r"(?s)/\*.*?\*/", "", style)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r"\s*([{};,])\s*", r"\1", style).replace(": ", ":").replace(";}", "}").strip()


def _compact(source: str) -> str:
    """Source without comments that fill lines and without indents."""
    source = re.sub(r"(?ms)^\s*/\*.*?\*/\s*$", "", source)
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def own_script() -> str:
    """Our script, its parts in order."""
    parts = (_compact((_STATIC / f"{name}.js").read_text("utf-8")) for name in _SCRIPTS)
    return '"use strict";\n' + "\n".join(parts)


@cache
def own_style() -> str:
    """Our style, its parts in order."""
    return styles(*_STYLES)


def styles(*names: str) -> str:
    """Parts of our style, in this order."""
    return "\n".join(_dense((_STATIC / f"{name}.css").read_text("utf-8")) for name in names)


@cache
def template(name: str) -> Any:
    """A page template; everything put into it is escaped unless marked safe."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(_STATIC)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template(name)


def policy(scripts: Sequence[str], styles: Sequence[str], tiles: Tiles | None, *, shared: bool = False) -> str:
    """The content security policy: nothing but what the page itself holds, by hash."""
    own = ("'self'",) if shared else ()
    parts = [
        "default-src 'none'",
        "script-src " + (" ".join((*own, *map(_hash, scripts))) or "'none'"),
        "style-src " + (" ".join((*own, *map(_hash, styles))) or "'none'"),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if tiles:
        parts.append(f"img-src https://{tiles.host}")
    return "; ".join(parts)


class Shell:
    """The rendered document with slots; ``fill`` makes a page of it."""

    def __init__(self, labels: Labels, kind: str, assets: Assets, tiles: Tiles | None = None) -> None:
        self.assets, self.tiles = assets, tiles
        parts = _SLOT.split(_render(labels, kind, assets, tiles))
        self._texts, self._names = parts[::2], parts[1::2]

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with these values (markup) in its slots."""
        out = [self._texts[0]]
        for name, text in zip(self._names, self._texts[1:], strict=True):
            out += (values[name], text)
        return "".join(out)

    def basemap(self, pack: Pack) -> str:
        """The element that brings the basemap."""
        if self.assets == "shared":
            return f'<script src="assets/basemap-{pack.name}.js"></script>'
        return f'<script type="application/json" id="geomap-basemap">{pack.text}</script>'


def _figure_class() -> type[Any]:
    from branca.element import Figure

    class Page(Figure):  # type: ignore[misc,unused-ignore]
        """folium's figure with our document in place of its own, which forbids zooming and has no language."""

        def __init__(self, context: dict[str, Any]) -> None:
            super().__init__()
            self._context = context

        def render(self, **kwargs: Any) -> str:
            """Our template around what folium and our element put into html and script."""
            for child in self._children.values():
                child.render(**kwargs)
            context = dict(self._context, html=self.html.render(**kwargs), script=self.script.render(**kwargs))
            return str(template("page.html").render(context))

    return Page


def _render(labels: Labels, kind: str, assets: Assets, tiles: Tiles | None) -> str:
    """One page with slots: a folium map, our element, our document."""
    import folium
    from branca.element import MacroElement
    from jinja2 import Template

    context: dict[str, Any] = {"labels": labels, "ui": labels.ui, "kind": kind, "shared": assets == "shared"}
    slots = {name: f"[[slot:{name}]]" for name in SLOTS}
    page = _figure_class()({**context, "slots": slots, **_resources(labels, assets), "csp": "[[csp]]"})
    # folium sends no map to the page but its own; our wrappers set what its options cannot
    world = folium.Map(
        location=(0, 0),
        zoom_start=2,
        tiles=None,
        zoom_control="topleft",
        control_scale=False,
        fade_animation=False,
        attribution_control=False,
    )
    world.default_js, world.default_css = [], []
    world._id = "geomap"  # folium's own is random
    page.add_child(world)
    events: Any = MacroElement()  # type: ignore[no-untyped-call,unused-ignore]
    events._id, events._name = "events", "events"
    events._template = Template(
        "{% macro html(this, kwargs) %}[[slot:basemap]]\n[[slot:payload]]{% endmacro %}"
        "{% macro script(this, kwargs) %}geomap.start({{ this._parent.get_name() }});{% endmacro %}"
    )
    world.add_child(events)
    text = str(page.render())
    scripts = re.findall(r"<script>(.*?)</script>", text, re.S)
    styles = re.findall(r"<style>(.*?)</style>", text, re.S)
    return text.replace("[[csp]]", policy(scripts, styles, tiles, shared=assets == "shared"))


def _resources(labels: Labels, assets: Assets) -> dict[str, Any]:
    """The scripts and styles of a page, as text or as addresses."""
    if assets == "shared":
        return {
            "script_files": ("leaflet.js", f"geomap-{labels.language}.js"),
            "style_files": ("geomap.css",),
            "labels_json": "",
        }
    script, style = leaflet()
    return {
        "scripts": (script, own_script()),
        "styles": (style + "\n" + own_style(),),
        "labels_json": json_script("geomap-labels", labels.for_script()),
    }


def shared_assets(labels: Labels, packs: Sequence[Pack]) -> dict[str, str]:
    """The files of the ``assets`` folder, by name."""
    import json

    script, style = leaflet()
    words = json.dumps(labels.for_script(), ensure_ascii=False, separators=(",", ":"))
    files = {
        "leaflet.js": script,
        f"geomap-{labels.language}.js": f"{own_script()}\ngeomap.shared.labels = {words};\n",
        "geomap.css": style + "\n" + own_style(),
    }
    for pack in packs:
        files[f"basemap-{pack.name}.js"] = f"geomap.shared.basemap = {pack.text};\n"
    return files
