"""Names as if no gazetteer had them, to learn from: annotated texts hardly hold a name that is not curated yet."""

from __future__ import annotations

from zlib import crc32

from geomap.codebook import feature_of
from geomap.gazetteer import Gazetteer
from geomap.geoparse.names import NameIndex
from geomap.model import Place

#: One place in so many is hidden.
_SHARE = 8
#: Kinds of places that a gazetteer may lack; countries, regions and capitals it has.
_MAY_LACK = frozenset({"settlement", "district", "facility", "mountain"})


def without_some(index: NameIndex) -> NameIndex:
    """The index as it were if an eighth of the towns and the like were not in the gazetteer, always the same ones."""
    known = {id_: place for id_, place in index.gazetteer.places.items() if not _is_hidden(place)}
    return NameIndex(Gazetteer(known), index.lexicon)


def _is_hidden(place: Place) -> bool:
    if place.feature_code == "PPLC" or feature_of(place.feature_code) not in _MAY_LACK:
        return False
    return crc32(place.id.encode()) % _SHARE == 0
