"""The command line: thin. Each module beside this one holds some commands; ``main`` is the entry point.

stdout is data, stderr is talk. Exit codes: 0 done, 1 failed and nothing written (or ``check`` found something, ``find``
nothing), 2 usage, 3 written with issues under ``--strict``, 130 interrupted.
"""

from __future__ import annotations

from geomap.cli.application import app, main

__all__ = ["app", "main"]
