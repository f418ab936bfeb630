"""XLSX (Office Open XML): typed cells, real dates, a right-to-left sheet in Arabic, one sheet a table.

Written here: the format is plain XML, an incident's text can never be a formula in it, and the same incidents give
the same bytes.
"""

# ruff: noqa: E501 - XML as Excel writes it
from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Final

from geomap.dictionary import Words, words
from geomap.model import Incident
from geomap.outputs import replacing
from geomap.schema import CASUALTIES, CLAIMS, INCIDENTS, SOURCES, ColumnType, Table
from geomap.tables import ROWS, Row, Value, incident_row

#: Excel refuses longer cells.
_LONGEST: Final = 32_767
#: What Excel would read as a character's number, such as ``_x000D_``.
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Day 0 of Excel's calendar, which has a 29 February 1900 that never was.
_EPOCH: Final = date(1899, 12, 30)
_WIDTH: Final = {"text": 24, "integer": 11, "real": 11, "date": 12, "datetime": 20, "boolean": 9}
#: Numbers of the styles below: plain, header, date, date and time.
_PLAIN, _HEADER, _DATE, _DATETIME = range(4)
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/>'
    '<xf xfId="0" numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write(incidents: Sequence[Incident], path: Path, *, language: str = "ar") -> Path:
    """Write incidents as a workbook: sheets ``incidents``, ``claims``, ``casualties``, ``sources``.

    Parameters
    ----------
    incidents : Sequence[Incident]
    path : Path
        Where to; replaced whole or left as it was.
    language : str
        Language of the sheets' names; Arabic sheets run right to left.

    Returns
    -------
    Path
        The path written.
    """
    named = words(language)
    tables = [INCIDENTS, CLAIMS, CASUALTIES, SOURCES]
    with replacing(path) as free, zipfile.ZipFile(free, "w") as book:
        for name, text in _parts(tables, named).items():
            with _member(book, name) as out:
                out.write(text.encode())
        for number, table in enumerate(tables, 1):
            rows = map(incident_row, incidents) if table is INCIDENTS else ROWS[table.name](incidents)
            with _member(book, f"xl/worksheets/sheet{number}.xml") as out:
                out.writelines(piece.encode() for piece in _sheet(table, rows, named))
    return path


def _member(book: zipfile.ZipFile, name: str) -> IO[bytes]:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return book.open(info, "w")


def _parts(tables: Sequence[Table], named: Words) -> dict[str, str]:
    """The small parts of the package by name."""
    numbers = range(1, len(tables) + 1)
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{types}.worksheet+xml"/>' for n in numbers
    )
    sheets = "".join(
        f'<sheet name="{_escaped(named.table(table.name))[:31]}" sheetId="{n}" r:id="rId{n}"/>'
        for n, table in zip(numbers, tables, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    style = f'<Relationship Id="rId{len(tables) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    start = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{start}</Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}{style}</Relationships>',
        "xl/styles.xml": _STYLES,
    }


def _sheet(table: Table, rows: Iterable[Row], named: Words) -> Iterator[str]:
    right_to_left = ' rightToLeft="1"' if named.direction == "rtl" else ""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_WIDTH[column.type]}" customWidth="1"/>'
        for n, column in enumerate(table.columns, 1)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{right_to_left} workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )
    places = [_letters(number) for number in range(len(table.columns))]
    header = "".join(f'<c r="{place}1"{_text(name, _HEADER)}' for place, name in zip(places, table.names, strict=True))
    yield f'<row r="1">{header}</row>'
    kinds = [(place, column.type) for place, column in zip(places, table.columns, strict=True)]
    for number, row in enumerate(rows, 2):
        # Every cell tells where it stands: Excel can do without, GDAL and so QGIS cannot.
        cells = [
            f'<c r="{place}{number}"{_inside(value, kind)}'
            for (place, kind), value in zip(kinds, row, strict=True)
            if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'
    yield "</sheetData></worksheet>"


def _letters(number: int) -> str:
    """The name of a column, counted from 0: A to Z, then AA."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _inside(value: Value, kind: ColumnType) -> str:
    """A cell from after its place on."""
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if not isinstance(value, str):
        return f"><v>{value!r}</v></c>"
    if kind in ("date", "datetime"):
        return _day(value, kind)
    return _text(value, _PLAIN)


def _day(value: str, kind: ColumnType) -> str:
    day = date.fromisoformat(value[:10])
    if day.year < 1901:
        return _text(value, _PLAIN)
    number = (day - _EPOCH).days
    if kind == "date":
        return f' s="{_DATE}"><v>{number}</v></c>'
    hours, minutes, seconds = (int(part) for part in value[11:19].split(":"))
    return f' s="{_DATETIME}"><v>{number + (hours * 3600 + minutes * 60 + seconds) / 86400!r}</v></c>'


def _text(text: str, style: int) -> str:
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "\u2026"
    inside = _escaped(_ESCAPE.sub("_x005F_", text))
    return f' t="inlineStr" s="{style}"><is><t xml:space="preserve">{inside}</t></is></c>'


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "_x000D_")
