"""What geomap wrote itself, which is no article where a folder of articles holds a folder of maps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from geomap.stale import is_own_page

#: The names a run gives to what it writes: the tables, the list of issues, what belongs to one day.
_NAMED: Final = re.compile(r"(incidents|issues|\d{4}-\d\d-\d\d)\.")
#: Formats that people write articles in and geomap writes nothing in.
_NEVER: Final = frozenset({".txt", ".md", ".htm", ".tsv"})
_ASSETS: Final = "assets"


def without_outputs(files: Sequence[Path]) -> Iterator[Path]:
    """Leave out pages that geomap wrote, and beside them its tables, layers and shared scripts."""
    pages = {file for file in files if file.suffix == ".html" and is_own_page(file)}
    folders = {page.parent for page in pages}
    for file in files:
        written = file.parent in folders and _NAMED.match(file.name) and file.suffix not in _NEVER
        shared = file.parent.name == _ASSETS and file.parent.parent in folders
        if not (written or shared or file in pages):
            yield file
