"""Where geomap keeps what it can make again: indexes, answers of geocoders."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """The user's cache folder of geomap, which need not exist yet; ``GEOMAP_CACHE`` names another one."""
    own = os.environ.get("GEOMAP_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(base) / "geomap" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "geomap"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "geomap"
