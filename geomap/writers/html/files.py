"""Writing files so that a reader never sees half of one, and an unchanged one keeps its time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from geomap.errors import OutputError


def write_text(path: Path, text: str) -> bool:
    """Write the text unless the file holds it already; returns whether it wrote.

    A temporary file in the same folder is renamed into place. What cannot be encoded (lone surrogates) becomes ``?``.

    Raises
    ------
    OutputError
        Where the file cannot be written; the earlier file is then untouched.
    """
    data = text.encode("utf-8", "replace")
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        why = f"cannot be written ({error.strerror or error})"
        raise OutputError(str(path), why, "Check the folder and the disk.") from error
    return True


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
