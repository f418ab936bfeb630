"""Bad input: each becomes an issue that says where, what and what to do, and the run goes on."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.model import Document, Issue
from geomap.readers import READERS
from geomap.readers.record import MAX_LENGTH

Read = Callable[..., Any]
ARABIC = "قالت وزارة الدفاع في أرمينيا، الاثنين، إن القتال استمر طوال الليل واستؤنف في الصباح.\nولقي 32 مقاتلا حتفهم."
RUSSIAN = "Министерство обороны Армении сообщило в понедельник, что бои продолжались всю ночь. Погибли 32 бойца."
GOOD = {"z.txt": "The last article, of 28 September."}


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_an_issue(suffix: str, content: bytes, reading: Read) -> None:
    documents, issues = reading({f"a{suffix}": content} | GOOD, published=date(2020, 9, 28))
    assert [d.id for d in documents] == ["z"]
    assert all(i.where.startswith(f"a{suffix}") and i.message and i.hint for i in issues)
    if suffix not in (".jsonl", ".ndjson"):
        assert issues


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + bytes(range(256)) * 20,
        b"PK\x03\x04" + bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        bytes(4000),
        random.Random(7).randbytes(20_000),
    ],
    ids=["pdf", "zip", "png", "zeros", "noise"],
)
def test_a_binary_file_is_an_issue(suffix: str, content: bytes, reading: Read) -> None:
    documents, issues = reading({f"a{suffix}": content} | GOOD, published=date(2020, 9, 28))
    assert [d.id for d in documents] == ["z"]
    assert any(i.level == "error" and "not text" in i.message for i in issues)


@pytest.mark.parametrize("suffix", READERS)
def test_a_line_of_50_mb_is_an_issue(suffix: str, reading: Read) -> None:
    head, tail = (
        ('{"text": "', '"}\n{"text": "next"}\n')
        if "l" in suffix and "json" in suffix or suffix == ".ndjson"
        else ("text\n", "\nnext\n")
    )
    documents, issues = reading({f"a{suffix}": head + "x" * 50_000_000 + tail} | GOOD, published=date(2020, 9, 28))
    assert documents[-1].id == "z"
    assert all(len(d.text) < MAX_LENGTH for d in documents)
    (issue,) = issues
    assert issue.level == "error"
    assert issue.hint
    if suffix in (".jsonl", ".ndjson", ".csv", ".tsv"):
        assert [d.text for d in documents[:-1]] == ["next"]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".jsonl", ".csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
def test_arabic_is_read_in_any_encoding_it_is_kept_in(suffix: str, encoding: str, reading: Read) -> None:
    rows = {".jsonl": json.dumps({"text": ARABIC}, ensure_ascii=False), ".csv": f'text\n"{ARABIC}"\n'}
    content = rows.get(suffix, ARABIC).encode(encoding)
    (document,), issues = reading({f"a{suffix}": content}, published=date(2020, 9, 28))
    assert document.text == ARABIC
    assert document.source.language == "ar"
    guessed = encoding in ("utf-16-le", "utf-16-be", "cp1256")
    assert [(i.level, "not UTF-8" in i.message) for i in issues] == [("info", True)] * guessed


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "utf-16"])
def test_russian_is_read_too(encoding: str, reading: Read) -> None:
    (document,), _ = reading({"a.txt": RUSSIAN.encode(encoding)})
    assert (document.text, document.source.language) == (RUSSIAN, "ru")


def test_a_long_text_in_another_encoding_is_read_whole(reading: Read) -> None:
    text = (ARABIC + "\n") * 2000
    for encoding in ("cp1256", "utf-16-le"):
        (document,), _ = reading({"a.txt": text.encode(encoding)})
        assert document.text == text


def test_some_bad_bytes_do_not_cost_the_article(reading: Read) -> None:
    content = (ARABIC * 5).encode() + b" \xff\xfe " + (ARABIC * 5).encode()
    (document,), issues = reading({"a.txt": content}, published=date(2020, 9, 28))
    assert document.text == ARABIC * 5 + " \ufffd\ufffd " + ARABIC * 5
    assert [(i.level, i.message) for i in issues] == [("warning", "bytes that are no character (2)")]


def test_one_bad_line_does_not_cost_the_others(reading: Read) -> None:
    lines = [json.dumps({"text": f"{n} {ARABIC}"}, ensure_ascii=False).encode() for n in range(100)]
    lines[50] = b'{"text": "caf' + b'\xe9"}'
    documents, issues = reading({"a.jsonl": b"\n".join(lines)}, published=date(2020, 9, 28))
    assert len(documents) == 100
    assert documents[50].text == "caf\ufffd"
    assert [i.where for i in issues] == ["a.jsonl:51"]


@pytest.mark.parametrize("text", ["\ud83d alone", "a\0b"])
def test_what_no_output_can_hold_is_replaced_and_told(text: str, reading: Read) -> None:
    (document,), issues = reading({"a.jsonl": json.dumps({"text": text})}, published=date(2020, 9, 28))
    assert len(document.text) == len(text)
    assert "\ufffd" in document.text
    assert issues[0].message == "bytes that are no character (1)"


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_code_in_an_article_stays_the_text_it_is(suffix: str, reading: Read) -> None:
    text = "</script><script>alert(1)</script> `${document.cookie}` {{ 7*7 }} <img src=x onerror=alert(1)> \\u003c"
    assert reading({f"a{suffix}": text})[0][0].text == text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "x"', "not JSON (Expecting ',' delimiter, character 13)"),
        ('["text"]', 'not an object (["text"])'),
        ('{"words": "x"}', "no text (fields: words)"),
        ('{"text": ""}', "no text (fields: text)"),
        ('{"text": 5}', "the text is not a string (5)"),
        ('{"text": ["a"]}', "the text is not a string (['a'])"),
    ],
)
def test_a_line_that_holds_no_article_is_an_issue(line: str, message: str, reading: Read) -> None:
    documents, issues = reading({"a.jsonl": f'{line}\n\n{{"text": "next"}}\n'}, published=date(2020, 9, 28))
    assert [d.text for d in documents] == ["next"]
    assert [(i.level, i.where, i.message) for i in issues] == [("error", "a.jsonl:1", message)]


def test_a_line_nested_too_deep_is_an_issue(reading: Read) -> None:
    documents, issues = reading({"a.jsonl": "[" * 200_000 + '\n{"text": "next"}\n'})
    assert [d.text for d in documents] == ["next"]
    assert issues[0].where == "a.jsonl:1"


def test_a_31_february_is_an_issue_and_the_article_undated(reading: Read) -> None:
    (document,), issues = reading({"a.jsonl": json.dumps({"text": "x", "date": "2020-02-31"})})
    assert document.source.published is None
    assert [i.message for i in issues] == ["published: no such day ('2020-02-31')", "no date of publication"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(content=st.binary(max_size=400), suffix=st.sampled_from(sorted(READERS)))
def test_no_bytes_at_all_break_a_reader(content: bytes, suffix: str, reading: Read) -> None:
    documents, issues = reading({"d/a" + suffix: content}, "d/a" + suffix)
    for document in documents:
        assert isinstance(document, Document)
        document.text.encode("utf-8")
    assert all(isinstance(issue, Issue) and issue.where and issue.message for issue in issues)
