"""A folder of outputs, changed whole or not at all: all is made beside it first, and only what differs is put there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from geomap import interrupts
from geomap.errors import OutputError

_HINT = "Nothing was changed; free or choose the place."


@dataclass(slots=True)
class Staging:
    """``folder`` is where to write, ``doomed`` are files of ``out`` to take away.

    After publishing, ``files`` are all outputs, ``changed`` those that differ, ``removed`` those that are gone.
    """

    out: Path
    folder: Path
    files: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    doomed: list[Path] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)

    def publish(self) -> None:
        """Put what differs from what is there in its place."""
        made = sorted(path for path in self.folder.rglob("*") if path.is_file())
        with interrupts.held_back():
            for path in made:
                target = self.out / path.relative_to(self.folder)
                self.files.append(target)
                if not _same(path, target):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    path.replace(target)
                    self.changed.append(target)
            for path in self.doomed:
                path.unlink(missing_ok=True)
                self.removed.append(path)


@contextmanager
def staged(out: Path) -> Iterator[Staging]:
    """Give a folder to write to; on leaving without an error its files go to ``out``, else ``out`` is as it was.

    Raises
    ------
    OutputError
        Where the operating system refuses.
    """
    made = [folder for folder in (out, *out.parents) if not folder.exists()]
    folder: Path | None = None
    done = False
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".geomap-", dir=out))
        folder.chmod(0o755)
        staging = Staging(out, folder)
        yield staging
        staging.publish()
        done = True
    except OutputError as error:
        # it names a file of the folder that is about to go
        raise OutputError(str(out), error.what, _HINT) from error
    except OSError as error:
        raise OutputError(str(out), f"cannot be written ({error.strerror or error})", _HINT) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if not done:
            _remove_empty(made)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _same(a: Path, b: Path) -> bool:
    return b.is_file() and a.stat().st_size == b.stat().st_size and a.read_bytes() == b.read_bytes()
