"""Each format: what becomes text, and which fields are known."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from geomap.readers import READERS, document_record

Read = Callable[..., Any]
LEAD = "باكو - قصفت القوات بلدة ترتر.\r\n\r\nوقتل ثلاثة جنود.\n"
PAGE = """<!DOCTYPE html><html lang="ar"><head><title>Shelling</title><meta charset="utf-8">
<meta property="article:published_time" content="2020-09-28T10:00:00+04:00">
<meta property="og:site_name" content="Agency"><link rel="canonical" href="https://news.example/a/1"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Shelling</h1><p>{lead}</p><p>{lead}</p></article>
<script>alert("no text")</script></body></html>"""
SENTENCE = "أعلنت وزارة الدفاع في أرمينيا أن القتال مع القوات الأذرية استمر طوال الليل واستؤنف في الصباح قرب الحدود."

#: Of each suffix, a file with one article of a known text.
SAMPLES = {
    ".txt": (LEAD, LEAD),
    ".md": (LEAD, LEAD),
    ".html": (PAGE.format(lead=SENTENCE), SENTENCE),
    ".htm": (PAGE.format(lead=SENTENCE), SENTENCE),
    ".jsonl": (json.dumps({"text": LEAD}) + "\n", LEAD),
    ".ndjson": (json.dumps({"body": LEAD}) + "\n", LEAD),
    ".csv": (f'text,title\n"{LEAD}",x\n', LEAD),
    ".tsv": (f'article\ttitle\n"{LEAD}"\tx\n', LEAD),
}


@pytest.mark.parametrize("suffix", READERS)
def test_every_format_gives_the_text_of_its_article(suffix: str, reading: Read) -> None:
    content, text = SAMPLES[suffix]
    (document,), _ = reading({f"a{suffix}": content}, f"a{suffix}")
    if "html" in suffix or suffix == ".htm":
        assert text in document.text
        assert "alert" not in document.text
        assert "Home" not in document.text
    else:
        assert document.text == text
    assert document.source.language == "ar"
    assert document.id.startswith("a")


@pytest.mark.parametrize("suffix", READERS)
def test_suffixes_may_be_written_in_capitals(suffix: str, reading: Read) -> None:
    assert len(reading({f"a{suffix.upper()}": SAMPLES[suffix][0]})[0]) == 1


def test_the_text_is_the_file_character_by_character(reading: Read) -> None:
    text = "سطر\r\nآخر\rثالث\u2028رابع\n\n  \u200fخامس\u00a0\ufeff"
    (document,), _ = reading({"a.txt": text})
    assert document.text == text


def test_a_headline_is_the_title_of_a_text_and_of_markdown(reading: Read) -> None:
    documents, _ = reading({"a.txt": "Shelling in Terter\n\nThe text.", "b.md": "# Shelling\n\nText of it."})
    assert [d.source.title for d in documents] == ["Shelling in Terter", "Shelling"]


def test_a_text_of_one_line_has_no_title(reading: Read) -> None:
    assert reading({"a.txt": "Baku said nothing."})[0][0].source.title == ""


def test_fields_on_top_of_markdown_are_no_text(reading: Read) -> None:
    front = '---\ntitle: "Shelling: the day"\ndate: 2020-09-28\nunknown: x\n---\n'
    (document,), _ = reading({"a.md": front + LEAD})
    assert document.text == LEAD
    assert (document.source.title, document.source.published) == ("Shelling: the day", date(2020, 9, 28))
    assert document.source.published_basis == "given"


def test_a_page_tells_its_title_outlet_address_date_and_language(reading: Read) -> None:
    (document,), issues = reading({"a.html": PAGE.format(lead=SENTENCE)})
    source = document.source
    assert (source.title, source.outlet, source.url) == ("Shelling", "Agency", "https://news.example/a/1")
    assert (source.published, source.published_basis, source.language) == (date(2020, 9, 28), "metadata", "ar")
    assert issues == []


def test_a_page_is_read_in_the_encoding_it_declares(reading: Read) -> None:
    page = PAGE.replace("utf-8", "windows-1256").format(lead=SENTENCE)
    (document,), _ = reading({"a.html": page.encode("cp1256")})
    assert SENTENCE in document.text


def test_a_page_that_declares_a_wrong_encoding_is_read_all_the_same(reading: Read) -> None:
    page = PAGE.replace("utf-8", "x-unknown").format(lead=SENTENCE)
    (document,), _ = reading({"a.html": page})
    assert SENTENCE in document.text


def test_a_page_without_an_article_is_an_issue(reading: Read) -> None:
    documents, (issue,) = reading({"a.html": "<html><body></body></html>"})
    assert documents == []
    assert (issue.level, issue.where, issue.message) == ("error", "a.html", "no article found in the page")


def test_a_record_says_all_that_is_known_of_it(reading: Read) -> None:
    row = {
        **{
            "Article": LEAD,
            "ID": 7,
            "date": "2020-09-28T23:30:00Z",
            "published_basis": "inferred: so",
            "link": "https://x",
        },
        **{"headline": "T", "source": "Agency", "lang": "ar-SA", "mentions": [1], "title": None},
    }
    (document,), issues = reading({"a.jsonl": json.dumps(row)})
    assert issues == []
    source = document.source
    assert (source.document_id, source.published, source.published_basis) == ("7", date(2020, 9, 28), "inferred: so")
    assert (source.title, source.outlet, source.url, source.language) == ("T", "Agency", "https://x", "ar")


def test_the_id_of_a_record_without_one_is_made_of_its_text(reading: Read) -> None:
    first, _ = reading({"a.jsonl": json.dumps({"text": LEAD})})
    second, _ = reading({"a.jsonl": json.dumps({"text": "another"}) + "\n" + json.dumps({"text": LEAD})})
    assert first[0].id == second[1].id != second[0].id


def test_documents_survive_the_way_through_a_pipe(reading: Read) -> None:
    documents, _ = reading({"a.txt": LEAD, "b.md": "---\ndate: 2020-09-28\n---\nA \u2028 \\ text\n"})
    lines = "".join(json.dumps(document_record(d), ensure_ascii=False) + "\n" for d in documents)
    again, _ = reading({"pipe/all.jsonl": lines}, "pipe/all.jsonl")
    assert again == documents


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_told_apart_by_any_usual_mark(delimiter: str, reading: Read) -> None:
    rows = [["doc", "content", "date"], ["x1", '"a, b; c\nd"', "2020-09-28"]]
    table = "\r\n".join(delimiter.join(row) for row in rows)
    (document,), _ = reading({"a.csv": table})
    assert (document.id, document.text) == ("x1", "a, b; c\nd")


def test_a_table_without_a_text_column_names_the_columns_it_has(reading: Read) -> None:
    documents, (issue,) = reading({"a.csv": "id,words\n1,x\n"})
    assert documents == []
    assert issue.message == "no column of text (columns: id, words)"
    assert "text, body, content, article" in issue.hint
