"""Who asks."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """Version of the installed geomap."""
    try:
        return metadata.version("geomap")
    except metadata.PackageNotFoundError:
        return "0"
