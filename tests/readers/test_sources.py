"""Folders, what is known of their files, several sources, standard input."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import InputError
from geomap.model import Document
from geomap.readers import read

Read = Callable[..., Any]
SEEDS = Path(__file__).parents[2] / "seeds"


def test_the_five_seeds_are_read_with_their_dates_and_no_issue() -> None:
    documents = list(read(SEEDS))
    assert all(isinstance(d, Document) for d in documents)
    known = [(d.id[:3], str(d.source.published), d.source.published_basis.partition(":")[0]) for d in documents]
    assert known == [
        ("000", "2020-09-28", "inferred"),
        ("001", "2020-09-27", "inferred"),
        ("002", "2020-09-28", "inferred"),
        ("003", "2020-09-28", "dateline"),
        ("004", "2022-09-13", "inferred"),
    ]


def test_the_text_of_a_seed_is_its_file() -> None:
    document = next(read(SEEDS / "003_36625e5616185002.txt"))
    assert isinstance(document, Document)
    assert document.text.encode() == (SEEDS / "003_36625e5616185002.txt").read_bytes()


def test_files_come_by_name_whatever_the_machine_says(reading: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"b.txt": "b", "a/z.txt": "z", "a.md": "a", "C.txt": "c"}
    assert [d.id for d in reading(files)[0]] == ["C", "z", "a", "b"]
    found = Path.rglob
    monkeypatch.setattr(Path, "rglob", lambda *args: sorted(found(*args), reverse=True))
    assert [d.id for d in reading({})[0]] == ["C", "z", "a", "b"]


def test_reading_is_lazy(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text('{"text": "first", "date": "2020-09-28"}')
    found = read(tmp_path)
    assert isinstance(next(found), Document)
    (tmp_path / "b.jsonl").write_text('{"text": "second", "date": "2020-09-28"}')
    assert [d.text for d in found if isinstance(d, Document)] == ["second"]


def test_sources_csv_says_what_is_known_of_a_file(reading: Read) -> None:
    table = "\ufefffile,published,published_basis,outlet,title,url,language\n"
    table += 'a.txt,2020-09-28,"inferred: weekdays, mostly",Agency,T,https://x,fa\n'
    documents, issues = reading({"sources.csv": table, "a.txt": "متن خبر", "b.txt": "text 1"})
    source = documents[0].source
    assert (source.published, source.published_basis) == (date(2020, 9, 28), "inferred: weekdays, mostly")
    assert (source.outlet, source.title, source.url, source.language) == ("Agency", "T", "https://x", "fa")
    assert [(i.where, i.message) for i in issues] == [("b.txt", "no date of publication")]


def test_sources_csv_holds_for_a_file_that_is_named_alone(reading: Read) -> None:
    files = {"d/sources.csv": "file,published\na.txt,2020-09-28\n", "d/a.txt": "text"}
    (document,), issues = reading(files, "d/a.txt")
    assert (document.source.published, issues) == (date(2020, 9, 28), [])


def test_every_folder_below_has_its_own_sources_csv(reading: Read) -> None:
    files = {"d/sources.csv": "file,published\na.txt,2020-09-28\n", "d/a.txt": "text", "a.txt": "other text"}
    documents, issues = reading(files)
    assert [d.source.published for d in documents] == [None, date(2020, 9, 28)]
    assert "same id" in issues[1].message


@pytest.mark.parametrize(
    ("table", "where", "message"),
    [
        ("file,published\na.txt,2020-02-31\n", "sources.csv:2", "published: no such day ('2020-02-31')"),
        ("file,published\na.txt,soon\n", "sources.csv:2", "published: not a date ('soon')"),
        ("file,published\nb.txt,2020-09-28\n", "sources.csv:2", "no such file ('b.txt')"),
        ("file,pubished\na.txt,2020-09-28\n", "sources.csv", "unknown column ('pubished')"),
        ("name\na.txt\n", "sources.csv", "no column 'file' (columns: name)"),
        ("", "sources.csv", "no column 'file' (columns: none)"),
        ("file,title\na.txt,1\na.txt,2\n", "sources.csv:3", "a second row for one file ('a.txt')"),
    ],
)
def test_a_wrong_sources_csv_is_an_issue_and_the_article_is_read(
    table: str, where: str, message: str, reading: Read
) -> None:
    documents, issues = reading({"sources.csv": table, "a.txt": "text"})
    assert [d.text for d in documents] == ["text"]
    assert (where, message) in [(i.where, i.message) for i in issues]


def test_a_sources_csv_that_is_not_text_is_an_issue(reading: Read) -> None:
    documents, issues = reading({"sources.csv": b"%PDF-1.4\n", "a.txt": "text"})
    assert len(documents) == 1
    assert issues[0].where == "sources.csv"
    assert "a PDF, not text" in issues[0].message


def test_a_record_knows_better_than_the_row_of_its_file(reading: Read) -> None:
    rows = [{"text": "one", "date": "2020-09-27", "outlet": "A"}, {"text": "two"}]
    table = "file,published,published_basis,outlet\na.jsonl,2020-09-28,by hand,B\n"
    documents, _ = reading({"sources.csv": table, "a.jsonl": "\n".join(map(json.dumps, rows))})
    told = [(d.source.published.day, d.source.published_basis, d.source.outlet) for d in documents]
    assert told == [(27, "given", "A"), (28, "by hand", "B")]


def test_hidden_files_are_passed_over_and_unknown_formats_named(reading: Read) -> None:
    documents, issues = reading({".a.txt": "x", ".git/b.txt": "x", "c.pdf": b"%PDF", "d.txt": "2020"})
    assert [d.id for d in documents] == ["d"]
    assert issues[0].where == "c.pdf"
    assert issues[0].message == "no reader for this format ('.pdf')"


def test_several_sources_are_read_in_their_order(reading: Read) -> None:
    documents, _ = reading({"b.txt": "b", "a.txt": "a", "d/c.txt": "c"}, "b.txt", "d", "a.txt")
    assert [d.id for d in documents] == ["b", "c", "a"]


def test_the_same_article_is_read_once(reading: Read) -> None:
    documents, issues = reading({"a.txt": "a"}, "a.txt", ".", published=date(2020, 1, 1))
    assert [d.id for d in documents] == ["a"]
    assert [(i.level, i.message) for i in issues] == [("info", "the same article as a.txt ('a')")]


def test_two_articles_never_share_an_id(reading: Read) -> None:
    documents, issues = reading({"x/a.txt": "one", "y/a.txt": "two"}, published=date(2020, 1, 1))
    assert documents[0].id == "a"
    assert documents[1].id.startswith("a-")
    assert [i.level for i in issues] == ["warning"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none", "none: no such file or folder. Check the name; `-` reads standard input."),
        ("a.pdf", "a.pdf: no reader for this format ('.pdf'). Known are .txt, "),
    ],
)
def test_a_source_that_cannot_be_read_stops_the_run_at_once(name: str, message: str, reading: Read) -> None:
    with pytest.raises(InputError) as error:
        reading({"a.pdf": b"%PDF"}, name)
    assert str(error.value).startswith(message)


def test_an_empty_folder_is_an_issue(reading: Read, tmp_path: Path) -> None:
    documents, (issue,) = reading({}, tmp_path)
    assert (documents, issue.level, issue.message) == ([], "error", "the folder holds no article")


def test_a_file_that_may_not_be_read_is_an_issue(reading: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: object) -> Iterator[bytes]:
        raise PermissionError(13, "Permission denied", str(name))

    monkeypatch.setattr("geomap.readers.FileIO", refuse)
    documents, (issue,) = reading({"a.txt": "text"})
    assert documents == []
    assert (issue.where, issue.message) == ("a.txt", "cannot be read (Permission denied)")


@pytest.mark.parametrize(
    ("content", "document_id"),
    [
        ("Terter was shelled.", "stdin"),
        ('\n {"doc": "x", "text": "Terter was shelled."}', "x"),
        ("<!DOCTYPE html><html><body><article><p>Terter was shelled.</p></article></body></html>", "stdin"),
    ],
)
def test_standard_input_holds_text_json_lines_or_a_page(
    content: str, document_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    (document,) = read("-", published=date(2020, 9, 28))
    assert isinstance(document, Document)
    assert (document.id, document.text.strip(), document.source.published_basis) == (
        document_id,
        "Terter was shelled.",
        "option",
    )


def test_a_file_without_a_suffix_is_read_for_what_it_holds(reading: Read) -> None:
    documents, _ = reading({"feed": '{"text": "one"}\n{"text": "two"}', "note": "three"}, "feed", "note")
    assert [d.text for d in documents] == ["one", "two", "three"]


def test_the_users_language_goes_before_all_others(reading: Read) -> None:
    (document,), _ = reading({"a.jsonl": json.dumps({"text": "نص", "language": "fa"})}, language="ar")
    assert document.source.language == "ar"
