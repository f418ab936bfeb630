"""How long the gazetteer takes: loading, looking up, matching, offline names.

Prints the figures that the documents quote (medians, in a fresh process where it says so)::

    python benchmarks/bench_gazetteer.py [--build]

``--build`` also times building the index of offline names, in a folder of its own.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from geomap.gazetteer import Gazetteer
from geomap.geo import LonLat
from geomap.geocoder.offline import OfflineNames, build, index_path
from geomap.geoparse.candidates import find_spans
from geomap.geoparse.names import NameIndex
from geomap.lexicon import lexicon_for
from geomap.model import Place
from geomap.paths import data_path
from geomap.places.check import check_text
from geomap.places.reading import read_text
from geomap.tagging import tag
from geomap.text import tokenize

ROOT = Path(__file__).resolve().parents[1]
_LOAD = """
import time
from geomap.gazetteer import Gazetteer
start = time.perf_counter()
gazetteer = Gazetteer.from_file()
loaded = time.perf_counter()
places = list(gazetteer)
print(loaded - start, time.perf_counter() - loaded)
"""
_OFFLINE = """
import time
from geomap.geocoder.offline import OfflineNames
start = time.perf_counter()
OfflineNames().find("Vardenis", ["AM"])
print(time.perf_counter() - start)
"""


def fresh(code: str, runs: int, **environment: str) -> list[list[float]]:
    """What code prints, in processes of its own."""
    import os

    command = [sys.executable, "-c", code]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return [
        [float(x) for x in subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.split()]
        for _ in range(runs)
    ]


def timed(work: Callable[[], object], runs: int = 5) -> float:
    """Median seconds of a call."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return median(found)


def say(what: str, seconds: float, note: str = "") -> None:
    """Print one figure."""
    print(f"{what:<58} {1000 * seconds:9.2f} ms  {note}")


def loading() -> None:
    """The curated file, with and without its copy."""
    Gazetteer.from_file()
    warm = fresh(_LOAD, 9)
    say("load the curated places (copy on disk, fresh process)", median(w[0] for w in warm), "at most 50")
    say("  and make all of them", median(w[1] for w in warm))
    with tempfile.TemporaryDirectory() as folder:
        cold = []
        for n in range(3):
            cold += fresh(_LOAD, 1, GEOMAP_CACHE=f"{folder}/{n}")
    say("load, check and index (first time, fresh process)", median(c[0] for c in cold))
    text = read_text(data_path("places.geojson"))
    say("check alone", timed(lambda: check_text("places.geojson", text), 3))


def looking_up() -> None:
    """Names."""
    gazetteer = Gazetteer.from_file()
    names = random.Random(1).sample([n for p in gazetteer for n in p.names.get("ar", ())], 1000)
    say("find, each of 1,000 Arabic names", timed(lambda: [gazetteer.find(n) for n in names]) / 1000)


def towns() -> Iterator[Place]:
    """200,000 names of the offline index as places."""
    offline = OfflineNames()
    rows = offline._open().execute("select key, geoname_id from names where length(key) > 3 order by key limit 200000")
    for key, geoname_id in rows:
        yield Place(f"{geoname_id}-{key}", key, LonLat(0, 0), "PPL", names={"ar": (key,)})


def matching() -> None:
    """Names in articles: 700 and 200,000 names."""
    lexicon = lexicon_for("ar")
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    tagged = [tag(tokenize(text), lexicon) for text in texts]
    curated = list(Gazetteer.from_file())
    few = {p.id: p for p in random.Random(1).sample(curated, 100) if p.names}
    many = {p.id: p for p in towns()} | few
    costs = []
    for places in (few, many):
        index = NameIndex(Gazetteer(places), lexicon)
        costs.append(timed(lambda index=index: [find_spans(t, index) for t in tagged], 9) / len(tagged))  # type: ignore[misc]
        say(f"match {len(index.gazetteer.names()):,} names, an article", costs[-1])
    print(f"{'  times as long':<58} {costs[1] / costs[0]:9.2f}     at most 1.5")


def offline_names(with_build: bool) -> None:
    """The index of offline names."""
    if not index_path().exists():
        build(index_path())
    opened = fresh(_OFFLINE, 9)
    say("offline names: open and find the first (fresh process)", median(o[0] for o in opened), "at most 300")
    offline = OfflineNames()
    offline.find("Goris", ["AM"])
    say("  find another", timed(lambda: offline.find("Kapan", ["AM"]), 99))
    print(f"{'  size on disk':<58} {index_path().stat().st_size / 1e6:9.1f} MB")
    if with_build:
        with tempfile.TemporaryDirectory() as folder:
            say("  build (once)", timed(lambda: build(Path(folder) / "names.sqlite"), 1))


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--build", action="store_true", help="time building the index of offline names too")
    given = parser.parse_args()
    loading()
    looking_up()
    offline_names(given.build)
    matching()


if __name__ == "__main__":
    main()
