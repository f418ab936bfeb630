"""Whole-or-nothing files: written beside their place under another name, then put there at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geomap.errors import OutputError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a free path to write to; on leaving without an error the file there takes the place of ``path``.

    The free path has the same name in a temporary folder beside ``path``, as some libraries name layers after the
    file. What else is written into that folder is put beside ``path`` too. After an error ``path`` is as it was.

    Raises
    ------
    OutputError
        Where the operating system refuses.
    """
    folder: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".geomap-", dir=path.parent))
        yield folder / path.name
        for made in sorted(folder.iterdir()):
            made.chmod(0o666 & ~_umask())
            made.replace(path.parent / made.name)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        reason = error.strerror or str(error)
        raise OutputError(
            str(path), f"cannot be written ({reason})", "Nothing was changed; free or choose the place."
        ) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _umask() -> int:
    """The process's file mode mask (mkdtemp and some libraries write files only their owner can read)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_text(path: Path, text: str) -> Path:
    """Write a UTF-8 text file whole or not at all."""
    with replacing(path) as free:
        free.write_bytes(text.encode("utf-8"))
    return path
