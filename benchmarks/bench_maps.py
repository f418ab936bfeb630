"""What the pages cost: time, memory and bytes to write; in Chromium, time, heap and nodes to read.

    python benchmarks/bench_maps.py            # all of it, about two minutes
    python benchmarks/bench_maps.py --only write,browser

Each part runs in a process of its own, so that peaks of memory are its own. The idiomatic folium way (a Marker and a
Popup an incident in a MarkerCluster) is measured in the same run on the same incidents.

The made text is more alike than news is: gzip leaves 0.30 bytes a letter of it, and 0.56 of 120 real passages (0.22 and
0.47 in the one-byte letters that the pages use). Sizes are therefore a lower bound.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SIZES = (10_000, 50_000)
PARTS = ("write", "period", "folium", "browser")


def _made(n: int, days: int) -> tuple[Any, Any]:
    from tests.support.sample import by_day, synthetic_incidents

    return by_day(synthetic_incidents(n, days))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _size_mb(paths: list[Path]) -> float:
    return sum(path.stat().st_size for path in paths) / 1e6


def write(n: int, out: Path) -> dict[str, Any]:
    """A year of day pages, the period page and the index; then the same again, unchanged."""
    from geomap.writers.html import write_pages

    days, undated = _made(n, 365)
    before = _peak_mb()
    start = time.perf_counter()
    paths = write_pages(days, undated, out)
    first = time.perf_counter() - start
    start = time.perf_counter()
    write_pages(days, undated, out)
    biggest = max(path.stat().st_size for path in paths if path.stem[0] == "2")
    return {
        "pages": len(paths),
        "seconds": round(first, 2),
        "seconds, nothing changed": round(time.perf_counter() - start, 2),
        "peak MB": round(_peak_mb()),
        "of which the incidents": round(before),
        "largest day page kB": round(biggest / 1000),
        "MB in all": round(_size_mb(paths), 1),
    }


def period(n: int, out: Path) -> dict[str, Any]:
    """The period page alone."""
    import folium  # noqa: F401  so that neither way is charged for the import

    from geomap.writers.html.labels import load_labels
    from geomap.writers.html.pages import PageWriter

    days, undated = _made(n, 365)
    start, busy = time.perf_counter(), time.process_time()
    path = PageWriter(days, undated, out, load_labels("ar"), "inline", None, (), None, True).period()
    return {
        "seconds": round(time.perf_counter() - start, 2),
        "CPU seconds": round(time.process_time() - busy, 2),
        "MB": round(path.stat().st_size / 1e6, 2),
    }


def folium_way(n: int, out: Path) -> dict[str, Any]:
    """One page the way folium's guide shows it."""
    from html import escape

    import folium
    from folium.plugins import MarkerCluster

    days, _ = _made(n, 365)
    incidents = {i.id: i for found in days.values() for i in found}.values()
    start, busy = time.perf_counter(), time.process_time()
    world = folium.Map(location=(40, 46), zoom_start=7)
    cluster = MarkerCluster().add_to(world)
    for incident in incidents:
        rows = [f"<b>{escape(incident.sub_event_type)}</b>", str(incident.date)]
        rows += [
            f"<p dir=rtl>{escape(c.text)}</p><a href={escape(c.source.url)}>{c.source.outlet}</a>"
            for c in incident.claims
        ]
        for where in incident.places:
            folium.Marker(
                (where.place.lonlat.lat, where.place.lonlat.lon),
                popup=folium.Popup("<br>".join(rows), max_width=350),
                tooltip=escape(incident.sub_event_type),
                icon=folium.Icon(color="red"),
            ).add_to(cluster)
    path = out / "folium.html"
    world.save(path)
    return {
        "seconds": round(time.perf_counter() - start, 2),
        "CPU seconds": round(time.process_time() - busy, 2),
        "MB": round(path.stat().st_size / 1e6, 2),
        "peak MB": round(_peak_mb()),
    }


_PROBE = """() => {
  const done = (work) => {
    const start = performance.now();
    work();
    return document.body.offsetHeight && performance.now() - start;
  };
  const median = (work) => [1, 2, 3, 4, 5].map(() => done(work)).sort((a, b) => a - b)[2];
  const days = geomap.page.days.map(geomap.dayOf);
  const out = {nodes: document.querySelectorAll('*').length};
  out.range = median(() => { geomap.setRange(days[30], days[60]); }); geomap.setRange(days[0], days.at(-1));
  out.filter = median(() => geomap.toggleFacet('type', 3));
  geomap.resetFilters();
  geomap.state.query = 'xyz'; out.firstSearch = done(() => geomap.update());
  out.search = median(() => geomap.update());
  geomap.resetFilters();
  out.card = median(() => geomap.openIncident(5));
  return out;
}"""
_WATCH = """
window.first = null;
new MutationObserver(() => { if (!window.first && document.querySelector('.mark')) window.first = performance.now(); })
  .observe(document, {subtree: true, childList: true});
window.blocked = 0;
const task = (e) => { window.blocked += Math.max(0, e.duration - 50); window.last = e.startTime + e.duration; };
new PerformanceObserver((list) => list.getEntries().forEach(task))
  .observe({type: 'longtask', buffered: true});
"""


def browser(n: int, out: Path) -> dict[str, Any]:
    """The period page in headless Chromium."""
    from playwright.sync_api import sync_playwright

    period(n, out)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--enable-precise-memory-info", "--js-flags=--expose-gc"],
        )
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.add_init_script(_WATCH)
        page.goto((out / "all.html").as_uri())
        page.wait_for_selector("html.ready")
        page.wait_for_timeout(1500)
        timing = page.evaluate("({first: window.first, last: window.last || window.first, blocked: window.blocked})")
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        probe = page.evaluate(_PROBE)
        chromium.close()
    return {
        "first mark ms": round(timing["first"]),
        "interactive ms": round(max(timing["first"], timing["last"])),
        "blocking ms": round(timing["blocked"]),
        "heap MB": round(heap, 1),
        "nodes": probe["nodes"],
        "range ms": round(probe["range"]),
        "filter ms": round(probe["filter"]),
        "first search ms": round(probe["firstSearch"]),
        "search ms": round(probe["search"]),
        "card ms": round(probe["card"]),
        "requests": len(requests),
    }


_RUN = {"write": write, "period": period, "folium": folium_way, "browser": browser}
#: The larger size is measured where a target speaks of it.
_SIZES_OF = {"write": SIZES[:1], "period": SIZES, "folium": SIZES[:1], "browser": SIZES}


def main() -> None:
    """Run the parts, each in its own process, and print what they say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, comma-separated")
    parser.add_argument("--one", nargs=2, metavar=("PART", "N"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        part, n = options.one
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(_RUN[part](int(n), Path(folder))))
        return
    told: dict[tuple[str, int], dict[str, Any]] = {}
    for part in options.only.split(","):
        for n in _SIZES_OF[part]:
            command = [sys.executable, __file__, "--one", part, str(n)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            figures = told[part, n] = json.loads(done.stdout)
            print(f"{part:8} {n:6,}: " + " · ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
    for n in SIZES:
        if (ours := told.get(("period", n))) and (theirs := told.get(("folium", n))):
            faster, smaller = theirs["CPU seconds"] / ours["CPU seconds"], theirs["MB"] / ours["MB"]
            print(
                f"against   {n:6,}: {faster:.1f} times faster (CPU) · {smaller:.1f} times smaller than the folium way"
            )


if __name__ == "__main__":
    main()
