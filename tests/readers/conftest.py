"""Articles to read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.model import Document, Issue
from geomap.readers import read

Reading = tuple[list[Document], list[Issue]]


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Reading]:
    """Write files (name: content) into an empty folder and read it, or the sources named."""
    monkeypatch.chdir(tmp_path)

    def run(files: dict[str, str | bytes], *sources: str | os.PathLike[str], **options: object) -> Reading:
        for name, content in files.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
        found = list(read(*(sources or (".",)), **options))  # type: ignore[arg-type]
        return [x for x in found if isinstance(x, Document)], [x for x in found if isinstance(x, Issue)]

    return run
