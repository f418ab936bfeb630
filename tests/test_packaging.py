"""What is installed: the wheel has all that geomap needs, and the pins fit what it asks for."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pins(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def asked(requirements: list[str]) -> set[str]:
    names = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name.group()).lower() for name in names if name}


def test_the_wheel_carries_the_data_where_geomap_looks_for_them(tmp_path: Path) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed")
    if not (ROOT / "README.md").exists():
        pytest.skip("no README.md yet")
    built = next(wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    names = set(zipfile.ZipFile(built).namelist())
    for folder, inside in (("data", "geomap/data"), ("geomap", "geomap")):
        files = [f for f in (ROOT / folder).rglob("*") if f.is_file() and "__pycache__" not in f.parts]
        missing = {f"{inside}/{f.relative_to(ROOT / folder).as_posix()}" for f in files} - names
        assert missing == set()
    assert not [name for name in names if name.startswith(("tests", "seeds", "maps"))]


def test_every_dependency_is_pinned_and_every_pin_has_its_hash() -> None:
    assert asked(PROJECT["dependencies"]) <= pins("constraints.txt")
    extras = PROJECT["optional-dependencies"]
    assert asked(extras["dev"]) - {"geomap"} <= pins("constraints-dev.txt")
    for extra in ("parquet", "postgis", "xlsx", "train"):
        assert asked(extras[extra]) <= pins("constraints-dev.txt")
    for name in ("constraints.txt", "constraints-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", block) or block.startswith("#"), block


def test_both_lists_pin_the_same_versions() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9.-]+==\S+.*?(?= \\$)", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    run, dev = versions("constraints.txt"), versions("constraints-dev.txt")
    shared = {line.split("==")[0] for line in run} & {line.split("==")[0] for line in dev}
    assert {line for line in run if line.split("==")[0] in shared} <= dev
