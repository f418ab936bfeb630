"""JSON lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedReader

from geomap.model import Issue
from geomap.readers.decode import lines_of, open_lines
from geomap.readers.record import Record, record_of


def read_jsonl(stream: BufferedReader, where: str) -> Iterator[Record | Issue]:
    """Each line's article; a line that holds none is an issue, and the next one is read."""
    with open_lines(stream, where) as (lines, issues):
        yield from issues
        for line in lines_of(lines, where):
            if isinstance(line, Issue):
                yield line
            elif line[1].strip():
                yield _parse(line[1], f"{where}:{line[0]}")


def _parse(line: str, where: str) -> Record | Issue:
    try:
        row = json.loads(line.strip())
    except json.JSONDecodeError as error:
        return Issue("error", where, f"not JSON ({error.msg}, character {error.pos + 1})", "Skipped. Mend the line.")
    except (ValueError, RecursionError) as error:  # a number of too many digits, a list in a list in a list …
        return Issue("error", where, f"not to be read as JSON ({error})", "Skipped. Mend the line.")
    if not isinstance(row, dict):
        return Issue("error", where, f"not an object ({line.strip():.40})", 'Skipped. Write {"text": …}.')
    return record_of(row, where)
