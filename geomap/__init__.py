"""Reads news about armed conflict, and puts who did what, where and when on one map per day.

>>> import geomap
>>> docs = geomap.read("seeds/")
>>> report = geomap.run("seeds/", "maps/")

Names are imported when they are first used. ``geoparse``, ``extract`` and ``merge`` are the packages of these steps and
can be called as the steps themselves.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.api import read as read
    from geomap.gazetteer import Gazetteer as Gazetteer
    from geomap.merge import MergeRule as MergeRule
    from geomap.pipeline import Report as Report
    from geomap.pipeline import run as run
    from geomap.writers import write as write

#: Public name -> the module that has it.
_HOME = {
    "Gazetteer": "gazetteer",
    "MergeRule": "merge",
    "Report": "pipeline",
    "read": "api",
    "run": "pipeline",
    "write": "writers",
}
#: Packages that are called as the step they hold.
_STEPS = ("extract", "geoparse", "merge")
__all__ = ["Gazetteer", "MergeRule", "Report", "extract", "geoparse", "merge", "read", "run", "write"]


class _Step(ModuleType):
    """A package that can be called as its step."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        step = getattr(import_module("geomap.api"), self.__name__.rpartition(".")[2])
        return step(*args, **options)


class _Package(ModuleType):
    """The package: a step's package becomes callable when it is bound here, however it was imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _STEPS and isinstance(value, ModuleType):
            value.__class__ = _Step
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _STEPS:
        return import_module(f"geomap.{name}")
    if name in _HOME:
        return getattr(import_module(f"geomap.{_HOME[name]}"), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("geomap")
    raise AttributeError(f"module 'geomap' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
