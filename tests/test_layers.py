"""What may know what: the layers, the public names, and what start-up loads."""

from __future__ import annotations

import ast
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import geomap

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "geomap"
MODULES = {
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
STEPS = ("geomap.geoparse", "geomap.extract", "geomap.merge")
#: Modules that the steps are made of besides their own packages.
PARTS = ("geomap.dates", "geomap.numbers", "geomap.tagging", "geomap.tolls")
WIRING = ("geomap.pipeline", "geomap.cli", "geomap.settings", "geomap.api", "geomap.undated", "geomap.workers")


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imports(module: str, *, everywhere: bool = True) -> set[str]:
    """Full names of the modules that a module imports, in functions too; those for types alone do not count."""
    found: set[str] = set()
    for node in _nodes(tree(module), everywhere):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in names}
    return found


def _nodes(node: ast.AST, everywhere: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if not everywhere and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        yield child
        yield from _nodes(child, everywhere)


def under(*packages: str) -> list[str]:
    return [m for m in MODULES if any(m == p or m.startswith(p + ".") for p in packages)]


def breaches(modules: list[str], *forbidden: str) -> list[str]:
    return [
        f"{module} imports {name}"
        for module in modules
        for name in sorted(imports(module))
        if any(name == p or name.startswith(p + ".") for p in forbidden)
    ]


def test_the_core_types_depend_on_nothing_but_errors_and_points() -> None:
    for module in ("geomap.model", "geomap.codebook", "geomap.errors", "geomap.geo"):
        for name in imports(module):
            assert name in ("geomap.errors", "geomap.geo") or name.partition(".")[0] in sys.stdlib_module_names, (
                module,
                name,
            )


def test_the_steps_open_nothing_read_no_clock_and_throw_no_dice() -> None:
    modules = [m for m in under(*STEPS, *PARTS) if m in MODULES]
    barred = (
        "socket",
        "urllib",
        "http",
        "requests",
        "random",
        "secrets",
        "time",
        "subprocess",
        "logging",
        "os",
        "pathlib",
    )
    assert breaches(modules, *barred, "folium", "geopandas", "typer", "rich") == []
    for module in modules:
        calls = {ast.unparse(n.func) for n in ast.walk(tree(module)) if isinstance(n, ast.Call)}
        wrong = {
            c for c in calls if c in ("open", "print", "input") or re.search(r"\.(today|now|utcnow|open|read_text)$", c)
        }
        assert wrong == set(), (module, wrong)


def test_the_steps_hold_no_word_of_any_human_language_they_read() -> None:
    for module in under(*STEPS):
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                foreign = [c for c in node.value if c.isalpha() and ord(c) > 0x24F]
                assert not foreign, (module, node.lineno, node.value)


def test_the_geocoder_is_known_to_the_wiring_alone() -> None:
    others = [m for m in MODULES if m not in under(*WIRING, "geomap.geocoder")]
    assert breaches(others, "geomap.geocoder", "geopy") == []


def test_readers_and_writers_know_neither_each_other_nor_the_steps() -> None:
    assert breaches(under("geomap.readers"), "geomap.writers", *STEPS, *WIRING, "geomap.analysis") == []
    assert breaches(under("geomap.writers"), "geomap.readers", *STEPS, *WIRING, "geomap.analysis") == []


def test_the_steps_know_neither_readers_nor_writers_nor_the_wiring() -> None:
    assert breaches(under(*STEPS), "geomap.readers", "geomap.writers", *WIRING) == []


def test_the_wiring_is_known_to_nobody_below() -> None:
    others = [
        m for m in MODULES if m not in under(*WIRING, "geomap.places_cli") and m not in ("geomap", "geomap.__main__")
    ]
    assert breaches(others, "geomap.pipeline", "geomap.cli") == []


def test_folium_is_known_to_the_map_writer_alone() -> None:
    others = [m for m in MODULES if m not in under("geomap.writers.html")]
    assert breaches(others, "folium", "branca", "xstatic") == []


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    heavy = ("shapely", "geopandas", "pandas", "folium", "pyogrio", "trafilatura", "numpy", "geopy", "sklearn", "scipy")
    for module in MODULES:
        if module in under("geomap.writers", "geomap.qgis", "geomap.frames", "geomap.learning"):
            continue
        found = [n for n in imports(module, everywhere=False) if n.partition(".")[0] in heavy]
        assert found == [], (module, found)


def test_only_the_command_line_prints() -> None:
    for module in MODULES:
        if module in under("geomap.cli", "geomap.places_cli"):
            continue
        calls = [n for n in ast.walk(tree(module)) if isinstance(n, ast.Call) and ast.unparse(n.func) == "print"]
        assert calls == [], module


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [m for m in MODULES if re.search(r"(utils?|helpers?|manager|common|misc)$", m)] == []


# ── public names ─────────────────────────────────────────────────────────────────────────────────────


def test_the_public_names_are_these() -> None:
    names = ["Gazetteer", "MergeRule", "Report", "extract", "geoparse", "merge", "read", "run", "write"]
    assert geomap.__all__ == names
    assert all(callable(getattr(geomap, name)) for name in names)
    assert set(names) <= set(dir(geomap))


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'geomap' has no attribute 'maps'"):
        geomap.maps  # noqa: B018


def fresh(code: str) -> str:
    command = [sys.executable, "-B", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip()


@pytest.mark.parametrize(
    "first", ["", "import geomap.merge;", "import geomap.pipeline;", "from geomap import extract, merge;"]
)
def test_steps_are_packages_and_callable_however_they_were_imported(first: str) -> None:
    code = f"import geomap; {first} print(geomap.merge([]), geomap.merge.MergeRule is geomap.MergeRule)"
    assert fresh(code) == "[] True"


# ── start-up ─────────────────────────────────────────────────────────────────────────────────────────


def test_importing_geomap_imports_nothing_else_of_it() -> None:
    assert fresh("import sys, geomap; print([m for m in sys.modules if m.startswith('geomap.')])") == "[]"


def test_the_help_loads_no_heavy_package() -> None:
    code = (
        "import sys; sys.argv = ['geomap', '--help']\n"
        "from geomap.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('|'.join(sys.modules))"
    )
    loaded = {name.partition(".")[0] for name in fresh(code).splitlines()[-1].split("|")}
    heavy = {"shapely", "geopandas", "folium", "pandas", "numpy", "pyogrio", "trafilatura", "geopy", "jinja2", "lxml"}
    assert loaded & heavy == set()
    assert "typer" in loaded


def test_the_help_is_there_in_a_moment() -> None:
    """Of the processor's time: other tests run beside this one."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "geomap", "--help"], capture_output=True, cwd=ROOT, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(5)) <= 0.3
