"""The way into the gazetteer: a file is checked once, then its places and index come from a copy on disk."""

from __future__ import annotations

from pathlib import Path

from geomap.errors import DataError
from geomap.model import Place
from geomap.places import index as indexes
from geomap.places.reading import rows_of


def checked_places(path: Path, curated: bool) -> tuple[dict[str, Place], indexes.Index]:
    """Places of a file and the index of their names.

    Raises
    ------
    DataError
        Where the file is broken: the message names file, line, value and remedy of the first fault.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(str(path), f"cannot be read ({error.strerror})", "Name a GeoJSON file.") from error
    key = indexes.key_of(data, curated)
    known = indexes.load(key)
    if known is not None:
        return known
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(str(path), f"not UTF-8 (byte {error.start})", "Save the file as UTF-8.") from error
    with indexes.unhurried_gc():
        places, index = _check(str(path), text, curated)
    indexes.store(key, places, index)
    return places, index


def _check(path: str, text: str, curated: bool) -> tuple[dict[str, Place], indexes.Index]:
    from geomap.places.check import check_rows

    rows = list(rows_of(path, text))
    places = {row.place.id: row.place for row in rows}
    index = indexes.index_of(places.values())
    faults = list(check_rows(rows, index, curated))
    if faults:
        first = faults[0]
        more = f" `geomap places check` lists {len(faults) - 1} more." if len(faults) > 1 else ""
        raise DataError(first.where, first.message, first.hint + more)
    return places, index
