"""Mentions that come with an article's record: what somebody corrects between two steps is what the next one reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.commands import geomap

TEXT = "أعلنت وزارة الدفاع الأرمينية أن القوات الأذربيجانية قصفت بلدة فاردينيس، ما أدى إلى مقتل مدنيين اثنين."
Row = dict[str, Any]


@pytest.fixture(scope="module")
def parsed() -> Row:
    line = json.dumps({"doc": "a", "language": "ar", "published": "2020-10-01", "text": TEXT})
    row: Row = geomap("geoparse", "-", stdin=line).rows()[0]
    return row


def extracted(row: Row) -> Row:
    found: Row = geomap("extract", "-", stdin=json.dumps(row)).rows()[0]
    return found


def changed(row: Row, change: Callable[[Row], Row | None]) -> Row:
    made = (change(dict(m)) for m in row["mentions"])
    return row | {"mentions": [m for m in made if m is not None]}


def test_a_corrected_place_is_the_place_of_the_claim(parsed: Row) -> None:
    def elsewhere(mention: Row) -> Row:
        return mention | {"place": {"id": "am-goris"}} if mention["text"] == "فاردينيس" else mention

    assert [p["id"] for p in extracted(parsed)["claims"][0]["places"]] == ["am-vardenis"]
    found = extracted(changed(parsed, elsewhere))
    assert [p["id"] for p in found["claims"][0]["places"]] == ["am-goris"]
    assert [m["reasons"][0]["rule"] for m in found["mentions"] if m["text"] == "فاردينيس"] == ["given"]


def test_a_deleted_mention_is_none(parsed: Row) -> None:
    found = extracted(changed(parsed, lambda m: None if m["text"] == "فاردينيس" else m))
    assert "فاردينيس" not in [m["text"] for m in found["mentions"]]
    assert "am-vardenis" not in [p["id"] for c in found["claims"] for p in c["places"]]


def test_an_added_mention_counts(parsed: Row) -> None:
    row = parsed | {"text": TEXT.replace("فاردينيس", "فارحينيس")}
    start = TEXT.index("فاردينيس")
    new = {"start": start, "end": start + 8, "role": "location", "place": {"id": "am-vardenis"}}
    rest = [m for m in parsed["mentions"] if m["start"] != start]
    claims = extracted(row | {"mentions": [*rest, new]})["claims"]
    assert [p["id"] for p in claims[0]["places"]] == ["am-vardenis"]


def test_another_role_counts(parsed: Row) -> None:
    found = extracted(changed(parsed, lambda m: m | {"role": "background"} if m["text"] == "فاردينيس" else m))
    assert [m["role"] for m in found["mentions"] if m["text"] == "فاردينيس"] == ["background"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"start": 5, "end": 4000}, "is not in the text"),
        ({"start": True}, "is not in the text"),
        ({"text": "غوريس"}, "another text"),
        ({"role": "city"}, "no role ('city'"),
        ({"place": {"id": "no-such-place"}}, "no gazetteer knows"),
        ({"place": "Vardenis"}, "no gazetteer knows"),
    ],
)
def test_a_broken_mention_is_an_issue_of_its_article(parsed: Row, change: Row, words: str) -> None:
    ran = geomap("extract", "-", stdin=json.dumps(changed(parsed, lambda m: m | change)))
    assert ran.rows() == []
    assert words in ran.err
    assert "geoparsed again" in ran.err


def test_mentions_that_overlap_are_an_issue(parsed: Row) -> None:
    twice = parsed | {"mentions": [parsed["mentions"][0], parsed["mentions"][0]]}
    ran = geomap("extract", "-", stdin=json.dumps(twice))
    assert ran.rows() == []
    assert "overlaps" in ran.err


def test_mentions_of_other_records_are_not_taken(parsed: Row) -> None:
    row = {name: value for name, value in parsed.items() if name != "step"}
    found = extracted(row | {"mentions": [{"start": 0, "end": 3, "role": "location", "place": "Baku"}]})
    assert [m["text"] for m in found["mentions"]] == [m["text"] for m in parsed["mentions"]]


def test_mentions_that_are_no_list_are_an_issue(parsed: Row) -> None:
    ran = geomap("extract", "-", stdin=json.dumps(parsed | {"mentions": "none"}))
    assert ran.rows() == []
    assert "no list of objects" in ran.err
