"""The way into the gazetteer: a file is checked once, then its places and index come from a copy on disk."""

from __future__ import annotations

from pathlib import Path

from geomap.errors import DataError
from geomap.model import Place
from geomap.places import index as indexes
from geomap.places.reading import rows_of


def checked_places(path: Path) -> tuple[dict[str, Place], indexes.Index]:
    """Places of a file and the index of their names.

    Raises
    ------
    DataError
        Where the file is broken: the message names file, line and value.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(str(path), f"cannot be read ({error.strerror})", "Name a GeoJSON file.") from error
    key = indexes.key_of(data)
    known = indexes.load(key)
    if known is not None:
        return known
    with indexes.unhurried_gc():
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataError(str(path), f"not UTF-8 (byte {error.start})", "Save the file as UTF-8.") from error
        places = {row.place.id: row.place for row in rows_of(str(path), text)}
        index = indexes.index_of(places.values())
    indexes.store(key, places, index)
    return places, index
