"""The command line, run inside the test."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from typer.testing import CliRunner

from geomap.cli.application import app


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, Any]]:
        """Its output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def geomap(*args: object, stdin: str | bytes | None = None) -> Ran:
    """Run ``geomap`` with these arguments; what it does not handle is raised."""
    result = CliRunner().invoke(app, [str(a) for a in args], input=stdin, prog_name="geomap")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout_bytes.decode("utf-8"), result.stderr_bytes.decode("utf-8"))
