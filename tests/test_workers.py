"""Several processes: the same results in the same order, and places that stay the gazetteer's own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

from geomap.errors import GeomapError
from geomap.model import Document, Issue
from geomap.readers import read
from geomap.settings import Analysts, Settings
from geomap.workers import analyze_all

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def analysts() -> Analysts:
    return Analysts()


def test_results_stand_where_their_articles_stood(analysts: Analysts) -> None:
    documents = [item for item in read(SEEDS) if isinstance(item, Document)]
    items: list[Document | Issue] = []
    for number in range(30):
        items += [Issue("info", str(number), "passes through"), documents[number % 5]]
    one, two = (list(analyze_all(items, analysts, workers)) for workers in (1, 2))
    assert one == two
    assert [r for r in two if isinstance(r, Issue)] == items[::2]


def test_places_are_the_gazetteers_own_on_this_side_too(analysts: Analysts) -> None:
    places = [
        mention.place
        for result in analyze_all(read(SEEDS), analysts, 2)
        if not isinstance(result, Issue)
        for mention in result.mentions
        if mention.place
    ]
    assert places
    assert all(place is analysts.gazetteer.get(place.id) for place in places)


def test_processes_do_not_hear_an_interruption_of_their_group(analysts: Analysts) -> None:
    """Ctrl-C reaches every process of a terminal's group; only the first one is to act on it."""

    def items() -> Iterator[Document | Issue]:
        for item in read(SEEDS):
            yield from [item] * 9  # more than one batch
            for child in active_children():
                os.kill(child.pid or 0, signal.SIGINT)

    assert len(list(analyze_all(items(), analysts, 2))) == 5 * 9


def test_a_process_that_cannot_start_is_an_error_and_not_a_hang(tmp_path: Path) -> None:
    path = tmp_path / "gone.geojson"
    path.write_text('{"type":"FeatureCollection","features":[\n]}\n', "utf-8")
    analysts = Analysts(Settings(places=(str(path),)))
    path.unlink()
    with pytest.raises(GeomapError, match="a worker process died"):
        list(analyze_all(read(SEEDS), analysts, 2))
