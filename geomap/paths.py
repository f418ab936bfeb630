"""Where geomap's data files lie.

``GEOMAP_DATA`` names a folder whose files are taken before the ones that come with the package.
"""

from __future__ import annotations

import os
from pathlib import Path

from geomap.errors import DataError

_PACKAGE = Path(__file__).resolve().parent
#: In a checkout the data stand beside the package; in a wheel inside it.
_SHIPPED = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parent / "data"


def data_folders() -> list[Path]:
    """Folders that hold data files, the user's own first."""
    own = os.environ.get("GEOMAP_DATA")
    return [Path(own), _SHIPPED] if own else [_SHIPPED]


def data_path(name: str) -> Path:
    """Path of one data file, such as ``places.geojson`` or ``lexicons/ar.toml``.

    Raises
    ------
    DataError
        Where no data folder has it.
    """
    for folder in data_folders():
        if (folder / name).exists():
            return folder / name
    looked = ", ".join(str(f) for f in data_folders())
    raise DataError(name, f"no such data file in {looked}", "Set GEOMAP_DATA to the folder that holds it.")


def data_files(folder: str, suffix: str) -> list[Path]:
    """All files ``folder/*suffix``, sorted by name; a user's file hides the shipped one of its name."""
    found: dict[str, Path] = {}
    for root in reversed(data_folders()):
        found.update({p.name: p for p in sorted((root / folder).glob(f"*{suffix}"))})
    return [found[name] for name in sorted(found)]
