"""The words of the interface in one language, from ``data/labels/<language>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from geomap.errors import DataError, UsageError
from geomap.paths import data_files, data_path

_LISTS = ("months", "weekdays", "weekdays_short")
_TEXTS = ("language", "direction", "digits", "list_separator", "date_long", "date_short", "month_title")
_MEMBERS = frozenset((*_LISTS, *_TEXTS, "ui", "words"))


@dataclass(frozen=True, slots=True)
class Labels:
    """Interface words (``ui``), words of the vocabularies and names (``words``), and how dates are written."""

    language: str
    direction: str
    digits: str
    list_separator: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    date_long: str
    date_short: str
    month_title: str
    ui: Mapping[str, str]
    words: Mapping[str, str]

    def word(self, text: str) -> str:
        """A word of a vocabulary or a name in this language, else as it stands (underscores as spaces)."""
        return self.words.get(text) or text.replace("_", " ")

    def number(self, value: int) -> str:
        """A whole number in this language's digits."""
        return str(value).translate({ord(latin): own for latin, own in zip("0123456789", self.digits, strict=True)})

    def day(self, day: date, *, long: bool = False) -> str:
        """A date for people."""
        return (self.date_long if long else self.date_short).format(
            weekday=self.weekdays[day.weekday()],
            day=self.number(day.day),
            month=self.months[day.month - 1],
            year=self.number(day.year),
        )

    def month(self, day: date) -> str:
        """A month and its year, as a heading."""
        return self.month_title.format(month=self.months[day.month - 1], year=self.number(day.year))

    def for_script(self) -> dict[str, Any]:
        """What the page's script needs of it; the vocabularies come with each page's data."""
        return {
            "language": self.language,
            "direction": self.direction,
            "digits": self.digits,
            "separator": self.list_separator,
            "months": self.months,
            "weekdays": self.weekdays,
            "dateLong": self.date_long,
            "dateShort": self.date_short,
            "ui": dict(self.ui),
        }


@cache
def _read(language: str) -> Labels:
    known = [path.stem for path in data_files("labels", ".toml")]
    if language not in known:
        raise UsageError("language", f"no interface labels for {language!r}", f"There are {', '.join(known)}.")
    path = data_path(f"labels/{language}.toml")
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(str(path), f"not valid TOML ({error})", "Mend the file.") from error
    if wrong := _MEMBERS ^ raw.keys():
        raise DataError(str(path), f"missing or unknown members ({', '.join(sorted(wrong))})", "See labels/en.toml.")
    members: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in raw.items()}
    return Labels(**members)


def load_labels(language: str, own: Mapping[str, str] | None = None) -> Labels:
    """Labels of one language; ``own`` adds names and words, or replaces interface words by their key.

    Raises
    ------
    UsageError
        Where there is no label file of this language.
    DataError
        Where the label file is broken.
    """
    labels = _read(language)
    if not own:
        return labels
    ui = {key: own.get(key, text) for key, text in labels.ui.items()}
    return replace(labels, ui=ui, words={**labels.words, **own})
