"""Time every export of 10,000 incidents, beside plain geopandas ``to_file`` of the same columns in the same run.

``python benchmarks/bench_exports.py [--incidents N] [--repeat N]`` prints seconds (best of the repeats, wall and CPU),
megabytes and the target of each, and fails where a target is missed.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from geomap.model import Incident
from geomap.writers import FORMATS, geojson, write
from tests.support.sample import synthetic_incidents

#: Seconds for 10,000 incidents.
TARGET_S = {"geojson": 0.3, "gpkg": 1.0, "kml": 1.5, "365 daily geojson": 1.0}


def measure(job: Callable[[], object], repeat: int) -> tuple[float, float]:
    """The best wall and CPU seconds of the repeats."""
    times = []
    for _ in range(repeat):
        wall, cpu = time.perf_counter(), time.process_time()
        job()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    return min(t[0] for t in times), min(t[1] for t in times)


def size_mb(path: Path) -> float:
    files = [path] if path.is_file() else list(path.rglob("*"))
    return sum(f.stat().st_size for f in files if f.is_file()) / 1e6


def report(name: str, seconds: tuple[float, float], megabytes: float, scale: float) -> bool:
    target = TARGET_S.get(name)
    allowed = "" if target is None else f"{target * scale:8.2f}"
    missed = target is not None and seconds[0] > target * scale
    print(f"{name:34}{seconds[0]:8.3f}{seconds[1]:8.3f}{megabytes:9.2f}{allowed:>9}{'  MISSED' if missed else ''}")
    return missed


def to_file(incidents: Sequence[Incident], folder: Path, repeat: int, scale: float) -> None:
    """The same rows through geopandas, once the frame is there."""
    from geomap.frames import incidents_gdf

    report("incidents_gdf (the frame itself)", measure(lambda: incidents_gdf(incidents), repeat), 0.0, scale)
    frame = incidents_gdf([i for i in incidents if i.places])
    for driver, suffix in (("GeoJSON", "geojson"), ("GPKG", "gpkg"), ("FlatGeobuf", "fgb"), ("KML", "kml")):
        path = folder / f"plain.{suffix}"

        def job(path: Path = path, driver: str = driver) -> None:
            path.unlink(missing_ok=True)
            frame.to_file(path, driver=driver, engine="pyogrio")

        try:
            seconds = measure(job, repeat)
        except Exception as error:  # noqa: BLE001 - a driver that GDAL lacks is a line, not an end
            print(f"geopandas to_file {driver}: {type(error).__name__}: {str(error)[:60]}")
            continue
        report(f"geopandas to_file {driver}", seconds, size_mb(path), scale)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--incidents", type=int, default=10_000)
    options.add_argument("--repeat", type=int, default=5)
    given = options.parse_args()
    logging.disable(logging.WARNING)
    incidents = synthetic_incidents(given.incidents, 365)
    days: dict[date, list[Incident]] = defaultdict(list)
    for incident in incidents:
        days[incident.date or date.min].append(incident)
    scale = given.incidents / 10_000
    print(f"{given.incidents} incidents, best of {given.repeat}")
    print(f"{'format':34}{'wall s':>8}{'cpu s':>8}{'MB':>9}{'target':>9}")
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for found in FORMATS.values():
            if found.name == "postgis":
                continue
            path = folder / f"x{found.suffixes[0]}"
            # Once before, so that imports are not counted.
            write(incidents[:10], path, format=found.name)
            seconds = measure(lambda p=path, f=found.name: write(incidents, p, format=f), given.repeat)  # type: ignore[misc]
            missed += report(found.name, seconds, size_mb(path), scale)
        seconds = measure(lambda: geojson.write_days(days, folder / "days"), given.repeat)
        missed += report(f"{len(days)} daily geojson", seconds, size_mb(folder / "days"), scale)
        to_file(incidents, folder, given.repeat, scale)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
