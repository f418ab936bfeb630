"""HXL tag rows, as the humanitarian exchange's own library reads them."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from geomap.writers import write
from tests.support.sample import sample_incidents

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    hxl = pytest.importorskip("hxl")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.mark.parametrize(
    ("name", "tag", "count"),
    [
        ("csv", "#affected+killed+low", 21),
        ("hxl", "#group+name+first", 21),
        ("acled", "#affected+killed", 24),
        ("ucdp", "#affected+killed", 4),
    ],
)
def test_the_library_finds_the_columns_and_no_errors(name: str, tag: str, count: int, tmp_path: Path) -> None:
    path = write(sample_incidents(), tmp_path / "x.csv", format=name, hxl=True)
    source = hxl.data(str(path), hxl.InputOptions(allow_local=True))
    assert tag in source.display_tags
    assert len(list(source)) == count
    errors: list[object] = []

    def keep(error: Any) -> None:
        # The library warns of a space at the end of a quote, which is the article's.
        if error.rule.severity == "error":
            errors.append((error.column, error.value, error.message))

    hxl.schema(callback=keep).validate(hxl.data(str(path), hxl.InputOptions(allow_local=True)))
    assert errors == []


def test_the_library_can_sum_the_dead(tmp_path: Path) -> None:
    path = write(sample_incidents(), tmp_path / "x.csv", format="ucdp", hxl=True, bom=False)
    source = hxl.data(str(path), hxl.InputOptions(allow_local=True))
    total = source.count("#country+name", "sum(#affected+killed-low-high-civilian) as Killed#affected+killed")
    assert sum(int(row.get("#affected+killed") or 0) for row in total) == 223 + 6 + 32 + 100


def test_without_the_option_there_is_no_tag_row(tmp_path: Path) -> None:
    path = Path(write(sample_incidents(), tmp_path / "x.acled.csv"))
    assert "#event" not in path.read_text("utf-8-sig")
