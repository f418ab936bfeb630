"""Countries' own lists: in which district a name of a province lies."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from geomap.text import fold_name
from scripts.gazetteer.features import bare

#: Letters that Persian writes otherwise than Arabic.
_LETTERS: Final = str.maketrans("یکە", "يكه")

#: Province -> name -> its districts, each by its names.
_Within = Mapping[str, Mapping[str, frozenset[tuple[str, ...]]]]


class List(NamedTuple):
    """A country's list; provinces and places by their folded names."""

    source: str
    country: str
    languages: tuple[str, ...]
    within: _Within

    def districts_of(self, province: str, name: str) -> frozenset[tuple[str, ...]]:
        """Districts of the province that have a place of the name."""
        return self.within.get(bare(folded(province)), {}).get(folded(name), frozenset())


def folded(name: str) -> str:
    """A name in Arabic letters as these lists are looked up."""
    return fold_name(name.translate(_LETTERS))


def lists(folder: Path) -> list[List]:
    """All lists of a folder."""
    return [
        List("iranian_cities 2.0.0", "IR", ("fa", "ar"), _gathered(_iran(folder / "iranian_cities/data"))),
        List("yemen-regions 1.0.0", "YE", ("ar",), _gathered(_yemen(folder / "yemen_regions_py/data"))),
    ]


def _gathered(rows: Iterator[tuple[str, str, tuple[str, ...]]]) -> _Within:
    found: defaultdict[str, defaultdict[str, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))
    for province, name, district in rows:
        found[bare(folded(province))][folded(name)].add(district)
    return {p: {n: frozenset(districts) for n, districts in names.items()} for p, names in found.items()}


def _iran(data: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    def rows(name: str) -> list[dict[str, str]]:
        with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    provinces = {row["id"]: row["name"] for row in rows("province")}
    counties = {row["id"]: row["name"] for row in rows("county")}
    for row in (*rows("city"), *rows("village")):
        yield provinces[row["province"]], row["name"], (counties[row["county"]],)


def _yemen(data: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    given: Any = json.loads((data / "yemen-info.json").read_text("utf-8"))
    for province in given["governorates"]:
        for district in province["districts"]:
            names = (district["name_en"], district["name_ar"])
            yield province["name_ar"], district["name_ar"], names
            for part in district.get("uzaal", ()):
                yield province["name_ar"], part["name_ar"], names
                for village in part.get("villages", ()):
                    yield province["name_ar"], village["name_ar"], names
