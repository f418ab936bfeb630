"""Which files are read, in which order, and what is known of each."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from geomap.errors import InputError
from geomap.model import Issue
from geomap.readers.outputs import without_outputs
from geomap.readers.sources import NAME, Known, load_sources


class Input(NamedTuple):
    """A file to read (None: standard input), its name for people, and its row in ``sources.csv``."""

    path: Path | None
    where: str
    known: Mapping[str, str]


def check_source(source: str | os.PathLike[str], suffixes: Collection[str]) -> None:
    """Refuse a source that does not exist, or whose suffix no reader knows."""
    path = Path(source)
    if os.fspath(source) == "-" or path.is_dir():
        return
    if not path.exists():
        raise InputError(path.as_posix(), "no such file or folder", "Check the name; `-` reads standard input.")
    if path.suffix and path.suffix.lower() not in suffixes:
        hint = f"Known are {', '.join(suffixes)}; convert it to one of them."
        raise InputError(path.as_posix(), f"no reader for this format ({path.suffix!r})", hint)


def find_inputs(sources: Iterable[str | os.PathLike[str]], suffixes: Collection[str]) -> Iterator[Input | Issue]:
    """Files of the sources in order, those of a folder by name; what no reader knows is an issue."""
    folders: dict[Path, Known] = {}
    for source in sources:
        if os.fspath(source) == "-":
            yield Input(None, "standard input", {})
            continue
        path = Path(source)
        files = _files_below(path) if path.is_dir() else [path]
        if not files:
            yield Issue("error", path.as_posix(), "the folder holds no article", f"Known are {', '.join(suffixes)}.")
        for file in files:
            if file.parent not in folders:
                folders[file.parent] = load_sources(file.parent, (file.parent / NAME).as_posix())
                yield from folders[file.parent].issues
            if file.suffix.lower() in suffixes or not path.is_dir():
                yield Input(file, file.as_posix(), folders[file.parent].of(file.name))
            else:
                hint = f"Skipped. Known are {', '.join(suffixes)}."
                yield Issue("warning", file.as_posix(), f"no reader for this format ({file.suffix!r})", hint)


def _files_below(folder: Path) -> list[Path]:
    """All files that may be articles, in an order that does not depend on the machine.

    Hidden ones, what is known of the others, and what geomap wrote there are none.
    """
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    visible = (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return list(without_outputs(sorted(visible, key=lambda path: path.relative_to(folder).parts)))
