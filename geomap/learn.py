"""Train the small models from annotated passages: what a name is, what tells an event, whose losses are, who speaks.

The files it writes are data: sorted, in hundredths, deterministic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geoparse.names import NameIndex
from geomap.learning.examples import examples
from geomap.learning.fitting import SETTINGS, WHOLE, Examples, fit, weighed, write_model
from geomap.lexicon import Lexicon
from geomap.records import read_rows
from geomap.theatre import actors_for, theatres


def read_gold(paths: Iterable[Path], texts: Callable[[str], str | None] = lambda _: None) -> list[dict[str, Any]]:
    """Annotated documents; ``texts`` finds the text of a document that carries none."""
    found = []
    for path in paths:
        for where, row in read_rows(path):
            record = dict(row)
            if lacking := [name for name in ("doc", "mentions", "incidents") if name not in record]:
                raise InputError(where, f"not annotated (no {', '.join(lacking)})", "See docs/adding-a-language.md.")
            if not record.get("text"):
                record["text"] = texts(record["doc"])
            if not record["text"]:
                raise InputError(where, f"no text for document {record['doc']!r}", "Add `text` to the record.")
            found.append(record)
    return found


def learn(
    paths: Sequence[Path], lexicon: Lexicon, gazetteer: Gazetteer, folder: Path, texts: Callable[[str], str | None]
) -> Iterator[tuple[str, int]]:
    """Train all models of a language and write them; yields (name of the model, number of examples)."""
    documents = read_gold(paths, texts)
    index = NameIndex(gazetteer, lexicon)
    data = examples(documents, index, tuple(theatres().values()), actors_for(lexicon.language))
    whole = {record["doc"] for record in documents if len(record["text"]) >= WHOLE}
    for name, settings in SETTINGS.items():
        part: Examples = getattr(data, name)
        write_model(fit(weighed(part, whole), *settings), folder / lexicon.language / f"{name}.json")
        yield name, len(part.labels)
