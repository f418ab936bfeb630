"""``eval`` and ``learn``: how right the extraction is, and training its small models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli import kinds
from geomap.cli.talk import Progress, emit, emit_record, tell, tell_issue
from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.evaluate import Evaluation

_Gold = Annotated[list[Path], typer.Argument(metavar="GOLD", help="Annotated documents, JSON lines.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("eval", no_args_is_help=True)(evaluate_source)
    app.command(no_args_is_help=True)(learn)


def evaluate_source(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated documents, JSON lines.")],
    source: Annotated[
        str | None,
        typer.Argument(metavar="SOURCE", help="Articles, or lines of extract.  [default: the texts in GOLD]"),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Print each difference with its quote first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures and intervals as JSON.")] = False,
    only: Annotated[str | None, typer.Option("--only", metavar="DOC", help="This document alone.")] = None,
    about: Annotated[
        str | None,
        typer.Option("--about", metavar="CC[,CC]", help="Documents alone that mostly name places in these countries."),
    ] = None,
    not_about: Annotated[
        str | None, typer.Option("--not-about", metavar="CC[,CC]", help="Documents alone that do not.")
    ] = None,
    resamples: Annotated[int, typer.Option("--resamples", min=0, help="Draws for the intervals.")] = 1000,
    places: kinds.Places = None,
    workers: kinds.Workers = 1,
) -> None:
    """The figures of evaluation with their 95 % intervals, and the differences."""
    from geomap.calibration import bands
    from geomap.evaluate import evaluate, is_about

    wanted = _documents(str(gold))
    if only is not None:
        if only not in wanted:
            raise InputError(str(gold), f"no such document ({only!r})", f"Documents: {', '.join(wanted)}.")
        wanted = {only: wanted[only]}
    for countries, right in ((about, True), (not_about, False)):
        if countries is not None:
            codes = frozenset(code.strip().upper() for code in countries.split(","))
            wanted = {doc: row for doc, row in wanted.items() if is_about(row, codes) is right}
    if not wanted:
        raise InputError(str(gold), "no such documents", "Choose others with --about or --not-about.")
    found = evaluate(wanted, _predicted(source or str(gold), kinds.place_files(places), workers), resamples)
    if errors and not as_json:
        for difference in found.differences:
            emit(str(difference))
        emit("")
    if as_json:
        record: dict[str, Any] = {**found.figures, "intervals": found.intervals}
        record["parts"] = found.parts
        record["confidence"] = [band._asdict() for band in bands(found.outcomes)]
        emit_record({**record, "differences": [d._asdict() for d in found.differences]} if errors else record)
        return
    for line in _shown(found):
        emit(line)


def _shown(found: Evaluation) -> list[str]:
    from geomap.calibration import bands
    from geomap.evaluate import headline

    lines = [f"{'documents':<26}{found.figures['documents']:>7}"]
    figures = {**found.figures, **found.parts}
    for name, value in figures.items():
        if name == "documents":
            continue
        one = headline(figures, name)
        label = f"{name.replace('_', ' ')}{' F1' if isinstance(value, dict) else ''}"
        line = f"{label:<26}{'–' if one is None else f'{one:.3f}':>7}"
        if name in found.intervals:
            low, high = found.intervals[name]
            line += f"  {low:.3f}–{high:.3f}"
        if isinstance(value, dict) and value["f1"] is not None:
            shares = " ".join(f"{key} {'–' if value[key] is None else f'{value[key]:.3f}'}" for key in ("p", "r"))
            line += f"  {shares}, {value['tp']} right of {value['pred']} found and {value['gold']} annotated"
        lines.append(line)
    return [*lines, *map(str, bands(found.outcomes))]


def _documents(source: str) -> dict[str, Mapping[str, Any]]:
    from geomap.records import read_rows

    found: dict[str, Mapping[str, Any]] = {}
    for where, row in read_rows(source):
        if "doc" not in row:
            raise InputError(where, "not a document record (no 'doc')", "See docs/evaluation.md.")
        found[str(row["doc"])] = row
    return found


def _predicted(source: str, places: tuple[str, ...], workers: int) -> dict[str, Mapping[str, Any]]:
    """Records of the articles, or those that the source holds already."""
    if source.endswith((".jsonl", ".ndjson")):
        rows = _documents(source)
        if any("claims" in row for row in rows.values()):
            return rows
    return _extracted(source, places, workers)


def _extracted(source: str, places: tuple[str, ...], workers: int) -> dict[str, Mapping[str, Any]]:
    from geomap.model import Issue
    from geomap.pipeline import analyze
    from geomap.readers import read
    from geomap.record import document_record
    from geomap.settings import Analysts, Settings

    found: dict[str, Mapping[str, Any]] = {}
    with Progress("articles") as progress:
        for item in analyze(read(source), Analysts(Settings(places)), workers):
            if isinstance(item, Issue):
                tell_issue(item)
            else:
                progress.step()
                found[item.document.id] = document_record(item)
    return found


def learn(
    gold: _Gold,
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="Language of the documents.")] = "ar",
    texts: Annotated[Path, typer.Option("--texts", metavar="DIR", help="Articles of documents without text.")] = Path(
        "seeds"
    ),
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="Where to write.  [default: data/models]")
    ] = None,
) -> None:
    """Train the small models from annotated documents (needs the extra `train`)."""
    from geomap.gazetteer import Gazetteer
    from geomap.learn import learn as train
    from geomap.lexicon import lexicon_for
    from geomap.paths import data_path

    folder = out or data_path("models")
    try:
        for name, examples in train(gold, lexicon_for(language), Gazetteer.from_file(), folder, _text_finder(texts)):
            tell(f"{name}: {examples} examples")
    except InputError:
        raise
    except OSError as error:
        raise InputError(
            str(getattr(error, "filename", None) or folder), f"cannot be used ({error})", "Check it."
        ) from error
    except ImportError as error:
        raise InputError(
            "learn", f"needs the package {error.name}", "Install it: pip install 'geomap[train]'."
        ) from error
    emit(str(folder / language))


def _text_finder(folder: Path) -> Any:
    """A function from a document's id to the text of the article whose file has or begins with it."""

    def find(document: str) -> str | None:
        paths = [folder / f"{document}.txt", *sorted(folder.glob(f"{document}_*.txt"))]
        return next((p.read_bytes().decode("utf-8-sig") for p in paths if p.is_file()), None)

    return find
