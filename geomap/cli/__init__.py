"""The command line: thin. Each module beside this one holds some commands; ``main`` is the entry point.

stdout is data, stderr is talk. Exit codes: 0 done, 1 failed and nothing written (or ``check`` found something, ``find``
nothing), 2 usage, 3 written with issues under ``--strict``, 130 interrupted.
"""

from __future__ import annotations

import sys

from geomap import interrupts

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    interrupts.remember()
    try:
        _run()
    except KeyboardInterrupt:
        print("interrupted: nothing was changed.", file=sys.stderr)
        sys.exit(130)


def _run() -> None:
    try:
        # imported here, so that Ctrl-C in the first moment is answered like any other
        from geomap.cli.application import app

        app(prog_name="geomap")
    except SystemExit as left:
        if left.code:
            interrupts.check()
        raise
    except Exception:
        interrupts.check()
        raise
