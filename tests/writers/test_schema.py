"""One schema: documents, aliases and rows agree with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from geomap.dictionary import columns_markdown, words
from geomap.errors import UsageError
from geomap.hxltags import INCIDENTS as TAGS
from geomap.schema import INCIDENTS, TABLES, json_schema
from geomap.tables import ROWS, incident_row
from geomap.writers import acled, ucdp
from tests.support.sample import sample_incidents

ROOT = Path(__file__).resolve().parents[2]


def test_the_data_dictionary_is_up_to_date() -> None:
    made = columns_markdown()
    assert (ROOT / "docs" / "columns.md").read_text("utf-8") == made, (
        "run python -m geomap.dictionary > docs/columns.md"
    )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_column_and_table_has_a_name_for_people(language: str) -> None:
    named = words(language)
    columns = {column.name for table in TABLES.values() for column in table.columns}
    assert columns - named.columns.keys() == set()
    assert set(TABLES) - named.tables.keys() == set()
    aliases = [named.column(name) for name in INCIDENTS.names]
    assert len(set(aliases)) == len(aliases), "no two columns of a table have one name"


@pytest.mark.parametrize("columns", [acled.COLUMNS, ucdp.COLUMNS], ids=["acled", "ucdp"])
def test_the_codebook_tells_how_every_column_is_filled(columns: tuple[str, ...]) -> None:
    told = (ROOT / "docs" / "codebook.md").read_text("utf-8")
    assert [name for name in columns if f"`{name}`" not in told] == []


def test_an_unknown_language_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no column names for 'xx'"):
        words("xx")


def test_every_column_is_described_once_and_well() -> None:
    for table in TABLES.values():
        assert len(set(table.names)) == len(table.names)
        for column in table.columns:
            assert column.about.endswith("."), column
            assert column.about[0].isupper(), column


def test_rows_have_the_declared_columns_types_and_values() -> None:
    kinds = {"text": str, "integer": int, "real": float, "date": str, "datetime": str, "boolean": bool}
    for name, rows in ROWS.items():
        for row in rows(sample_incidents()):
            for value, column in zip(row, TABLES[name].columns, strict=True):
                if value is None:
                    assert not column.required, (name, column)
                    continue
                assert type(value) is kinds[column.type], (name, column, value)
                assert not column.allowed or value in column.allowed, (name, column, value)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_the_json_schema_is_one(table: object) -> None:
    Draft202012Validator.check_schema(json_schema(table))  # type: ignore[arg-type]


def test_hxl_tags_name_columns() -> None:
    assert TAGS.keys() <= set(INCIDENTS.names)


def test_low_best_high_are_in_order_in_every_row() -> None:
    for incident in sample_incidents():
        row = dict(zip(INCIDENTS.names, incident_row(incident), strict=True))
        for kind in ("fatalities", "injured"):
            figures = [row[f"{kind}_{bound}"] for bound in ("low", "best", "high")]
            assert figures == sorted(figures, key=lambda n: n or 0)
