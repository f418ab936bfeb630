"""What tables, columns and vocabularies are called for people, and the data dictionary made of it.

``python -m geomap.dictionary > docs/columns.md`` makes the data dictionary.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geomap.errors import DataError, UsageError
from geomap.paths import data_files, data_path
from geomap.schema import TABLES, UNLOCATED, Column


@dataclass(frozen=True, slots=True)
class Words:
    """What tables, columns and vocabularies are called in one language."""

    language: str
    direction: str
    tables: Mapping[str, str]
    columns: Mapping[str, str]
    words: Mapping[str, str]

    def table(self, name: str) -> str:
        """A table's name for people."""
        return self.tables.get(name, name)

    def column(self, name: str) -> str:
        """A column's name for people."""
        return self.columns.get(name, name)

    def word(self, text: str) -> str:
        """A word of a vocabulary, or a name, in this language where it is known."""
        return self.words.get(text, text)


@cache
def words(language: str) -> Words:
    """The names for people in one language, from ``data/columns`` and ``data/labels``.

    Raises
    ------
    UsageError
        Where there is no such language.
    DataError
        Where the file is broken or names a column that no table has.
    """
    known = [path.stem for path in data_files("columns", ".toml")]
    if language not in known:
        raise UsageError("language", f"no column names for {language!r}", f"There are {', '.join(known)}.")
    raw = _load(f"columns/{language}.toml")
    columns = {column.name for table in TABLES.values() for column in table.columns}
    if wrong := sorted(raw["columns"].keys() - columns):
        raise DataError(f"columns/{language}.toml", f"names no table has ({', '.join(wrong)})", "See geomap/schema.py.")
    labels = _load(f"labels/{language}.toml")
    return Words(
        language, raw["direction"], raw["tables"], raw["columns"], {**labels.get("words", {}), **raw.get("words", {})}
    )


def _load(name: str) -> dict[str, Any]:
    path = data_path(name)
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(str(path), f"not valid TOML ({error})", "Mend the file.") from error


def columns_markdown(languages: tuple[str, ...] = ("en", "ar")) -> str:
    """The data dictionary ``docs/columns.md``."""
    return "\n".join(_markdown(languages)) + "\n"


def _markdown(languages: tuple[str, ...]) -> Iterator[str]:
    yield "# Columns\n"
    yield "Made by `python -m geomap.dictionary > docs/columns.md` from the schema; do not edit.\n"
    yield "Empty means not told or not known, never zero. A date is `YYYY-MM-DD`, a datetime `YYYY-MM-DDTHH:MM:SSZ`."
    for table in TABLES.values():
        geometry = f" Geometry: {table.geometry}." if table.geometry else ""
        yield f"\n## {table.name} ({', '.join(words(code).table(table.name) for code in languages)})\n"
        yield f"{table.about}{geometry}\n"
        if table is UNLOCATED:
            continue
        yield "| column | type | " + " | ".join(languages) + " | meaning |"
        yield "|---" * (3 + len(languages)) + "|"
        for column in table.columns:
            yield _markdown_row(column, languages)


def _markdown_row(column: Column, languages: tuple[str, ...]) -> str:
    kind = column.type + (f", {column.unit}" if column.unit else "") + (", never empty" if column.required else "")
    about = column.about
    if column.allowed and isinstance(column.allowed[0], str):
        about += " One of: " + ", ".join(f"`{value}`" for value in column.allowed) + "."
    cells = [f"`{column.name}`", kind, *(words(code).column(column.name) for code in languages), about]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    import sys

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(columns_markdown())
