"""The day of publication: which clue counts, how it is known, and what contradicts it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.published import Clues, date_article, day_in_name, parse_day

DAY = date(2020, 9, 28)
#: All clues at once, each with a day of its own; the earlier one counts.
CLUES = {
    "given": ("given", "2020-09-01", 1),
    "dateline": ("text", "عنوان\n\n(باكو - 2 سبتمبر 2020) أعلنت", 2),
    "metadata": ("page_date", "2020-09-03", 3),
    "url": ("url", "https://news.example/2020/09/04/x", 4),
    "file name": ("file_name", "2020-09-05_x", 5),
    "option": ("option", date(2020, 9, 6), 6),
}


@pytest.mark.parametrize("first", range(len(CLUES)))
def test_clues_count_in_a_fixed_order(first: int) -> None:
    left = list(CLUES.items())[first:]
    dating = date_article(Clues("a.txt", language="ar")._replace(**{name: value for _, (name, value, _) in left}))
    basis, (_, _, day) = left[0]
    assert (dating.day, dating.basis) == (date(2020, 9, day), basis)


def test_without_any_clue_there_is_no_date_but_an_issue() -> None:
    day, basis, (issue,) = date_article(Clues("a.txt", "أعلنت أذربيجان، اليوم الإثنين، التعبئة", "ar"))
    assert (day, basis) == (None, "")
    assert (issue.level, issue.where, issue.message) == ("warning", "a.txt", "no date of publication")
    assert "--published" in issue.hint


def test_a_date_that_is_none_leaves_the_word_to_the_next_clue() -> None:
    clues = Clues("a.txt", given="2020-02-31", given_at="sources.csv:3", url="https://x/2020/09/28")
    day, basis, (issue,) = date_article(clues)
    assert (day, basis) == (DAY, "url")
    assert (issue.where, issue.message) == ("sources.csv:3", "published: no such day ('2020-02-31')")


def test_how_a_given_date_is_known_may_be_told() -> None:
    dating = date_article(Clues("a.txt", given="2020-09-28", given_basis="inferred: by its weekdays"))
    assert dating.basis == "inferred: by its weekdays"


# ── datelines ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        "(پاکستان پوائنٹ نیوز / سبوتنيك - 28 سبتمبر 2020ء) أعلنت",
        "(باكو - الاثنين ٢٨ سبتمبر ٢٠٢٠) أعلنت",
        "[28.09.2020] أعلنت",
        "باكو، 28 سبتمبر/أيلول 2020 - أعلنت",
        "باكو 28 أيلول 2020 (وكالات) - أعلنت",
        "باكو، 28 سبتمبر 2020. أعلنت",
        "موسكو (سبوتنيك) - 28 سبتمبر 2020 - أعلنت",
        "28/9/2020\nأعلنت",
        "تاريخ النشر: 28/9/2020 10:30\nأعلنت",
        "الاثنين 10 صفر 1442 هـ - 28 سبتمبر 2020 م\nأعلنت",
    ],
)
def test_a_dateline_is_a_full_date_where_datelines_stand(line: str) -> None:
    dating = date_article(Clues("a.txt", f"أذربيجان تعلن التعبئة\n\n{line} أذربيجان التعبئة.", "ar"))
    assert (dating.day, dating.basis) == (DAY, "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "أذربيجان تعلن التعبئة\n\nباكو، 28 سبتمبر. أعلنت أذربيجان",  # no year
        "أذربيجان تعلن التعبئة\n\nاندلعت الحرب في 28 سبتمبر 2020. وأعلنت",
        "أذربيجان تعلن التعبئة\n\nفي 28 سبتمبر 2020 - اندلعت الحرب",
        "أذربيجان تعلن التعبئة\n\nأعلنت أذربيجان (قتل 5 جنود في 3 مايو 2016) التعبئة",
        "ذكرى 28 سبتمبر 2020\n\nأعلنت أذربيجان التعبئة",  # a headline
        "أذربيجان تعلن التعبئة\n\n" + "أعلنت أذربيجان التعبئة العسكرية. " * 20 + "\n(باكو - 28 سبتمبر 2020)",
        "أذربيجان تعلن التعبئة\n\n(باكو - 31 فبراير 2020) أعلنت",
    ],
)
def test_a_date_elsewhere_is_no_dateline(text: str) -> None:
    assert date_article(Clues("a.txt", text, "ar")).day is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Headline\n\n(Baku, 28.09.2020) Text", DAY),
        ("Headline\n\n2020-09-28\nText", DAY),
        ("Headline\n\nBaku 28/09/2020 - Text", DAY),
        ("Headline\n\nOn 28/09/2020 the war began", None),
        ("Headline\n\n(Baku, 31.02.2020) Text", None),
    ],
)
def test_digits_make_a_dateline_in_a_language_without_a_lexicon(text: str, day: date | None) -> None:
    assert date_article(Clues("a.txt", text, "xx")).day == day


def test_a_dateline_far_from_the_given_date_is_an_issue() -> None:
    text = "عنوان\n\n(باكو - 2 سبتمبر 2020) أعلنت"
    day, _, (issue,) = date_article(Clues("a.txt", text, "ar", given="2020-09-28"))
    assert day == DAY
    assert issue.message == "published 2020-09-28, but its dateline says 2020-09-02"
    assert date_article(Clues("a.txt", text, "ar", given="2020-09-03")).issues == ()


# ── weekdays ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "wrong_day"),
    [
        ("أعلنت أذربيجان، اليوم الإثنين، التعبئة", 27),
        ("تجدد القتال منذ صباح أمس الأحد", 29),
        ("اندلع القتال أول أمس السبت", 29),
    ],
)
def test_a_weekday_fixed_by_the_text_must_fit_the_date(text: str, wrong_day: int) -> None:
    assert date_article(Clues("a.txt", text, "ar", given="2020-09-28")).issues == ()
    _, basis, (issue,) = date_article(Clues("a.txt", text, "ar", given=f"2020-09-{wrong_day}"))
    assert issue.level == "warning"
    assert issue.message.startswith(f"published 2020-09-{wrong_day}, but its text says ")
    assert basis in issue.hint


def test_a_weekday_by_itself_contradicts_nothing() -> None:
    assert date_article(Clues("a.txt", "قتل جندي الأحد في ترتر", "ar", given="2020-09-28")).issues == ()


def test_where_weekdays_disagree_with_one_another_the_date_stands() -> None:
    text = "أعلنت أذربيجان، اليوم الإثنين، التعبئة. وقال: قتل اليوم الأحد جندي"
    assert date_article(Clues("a.txt", text, "ar", given="2020-09-28")).issues == ()


# ── dates by themselves ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "written",
    [
        *("2020-09-28", "2020-9-28", "2020/09/28", "20200928", "2020-09-28T23:59:00+04:00", "2020-09-28 10:00:00Z"),
        *("28.09.2020", "28/9/2020", "28-09-2020", " 2020-09-28 ", "٢٠٢٠-٠٩-٢٨", "Mon, 28 Sep 2020 10:00:00 GMT"),
    ],
)
def test_dates_are_read_as_records_write_them(written: str) -> None:
    assert parse_day(written) == DAY


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2020-02-31", "no such day ('2020-02-31')"),
        ("31.02.2020", "no such day ('31.02.2020')"),
        ("03/04/2020", "day or month first? ('03/04/2020')"),
        ("yesterday", "not a date ('yesterday')"),
        ("2020", "not a date ('2020')"),
        ("", "not a date ('')"),
    ],
)
def test_what_is_no_date_or_two_is_refused(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        parse_day(written)
    assert str(error.value) == message


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused_by_its_own_name(written: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse_day(written), date)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("https://news.example/2020/09/28/terter", DAY),
        ("https://news.example/2020/9/28", DAY),
        ("https://news.example/a-2020-09-28.html", DAY),
        ("https://news.example/20200928/x", DAY),
        ("2020-09-28_terter", DAY),
        ("terter 2020.09.28", DAY),
        ("000_8e33b710ee25e630", None),
        ("001_120200928710", None),
        ("2020-13-28", None),
        ("2020-02-31", None),
        ("https://news.example/2020/a", None),
        ("28-09-2020", None),
        ("", None),
    ],
)
def test_a_name_tells_its_day_year_first(name: str, day: date | None) -> None:
    assert day_in_name(name) == day
