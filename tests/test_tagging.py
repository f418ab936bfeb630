"""Lexicon tags of the tokens; phrases beat their parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.reading import tagged


def test_each_token_has_its_tags() -> None:
    found = tagged("أعلنت وزارة الدفاع مقتل 5 جنود")
    assert len(found.tags) == len(found.tokens.words) == 6
    assert found.has(0, "speech", "say")
    assert found.has(1, "organ", "state")
    assert found.has(3, "loss", "killed")
    assert found.tags[4] == ()
    assert found.has(5, "person", "military")


def test_the_widest_tag_comes_first() -> None:
    found = tagged("حالة الطوارئ")
    assert found.tags[0][0][:2] == ("event", "mobilise")
    assert found.tags[0][0].width == 2
    widths = [t.width for t in tagged("منذ بدء الحرب").tags[0]]
    assert widths == sorted(widths, reverse=True)


def test_the_first_token_of_a_kind_is_found_in_its_range() -> None:
    found = tagged("قتل جندي، وقتل آخر")
    assert found.first("loss", "killed", 0, 5) == 0
    assert found.first("loss", "killed", 1, 5) == 3
    assert found.first("loss", "killed", 1, 3) is None


def test_a_phrase_begins_with_its_clitics() -> None:
    (wide, *_) = tagged("وإطلاق النار").tags[0]
    assert (wide.tag, wide.value, wide.width, wide.cut) == ("event", "fire", 2, 1)


def test_a_phrase_that_is_broken_off_is_none() -> None:
    assert all(t.width == 1 for t in tagged("إطلاق").tags[0])
    assert all(t.width == 1 for t in tagged("إطلاق سراح النار").tags[0] if t.value == "fire")


def test_cut_counts_the_letters_of_the_clitics() -> None:
    assert [tagged(word).tags[0][0].cut for word in ("جنود", "وجنود", "الجنود", "والجنود")] == [0, 1, 2, 3]


def test_find_gives_the_widest_of_a_kind() -> None:
    found = tagged("تبادل إطلاق النار")
    tag = found.find(0, "event")
    assert tag is not None
    assert (tag.value, tag.width) == ("clash", 3)
    assert found.find(0, "weapon") is None


@pytest.mark.parametrize(("word", "has"), [("جنود", False), ("وجنود", False), ("الجنود", True), ("والجنود", True)])
def test_a_word_has_the_article_behind_its_other_clitics(word: str, has: bool) -> None:
    found = tagged(word)
    assert found.has_article(0, found.tags[0][0]) is has


def test_a_conjunction_stands_alone_or_before_a_word() -> None:
    found = tagged("دبابة و مدفع وجنود")
    assert [found.has_conjunction(k) for k in range(4)] == [False, True, False, True]
    assert [found.is_conjunction(k) for k in range(4)] == [False, True, False, False]


def test_a_phrase_of_a_label_is_found_from_either_end() -> None:
    found = tagged("دبابتان بالإضافة إلى مدفع")
    assert [found.phrase_at(k, "adding") for k in range(4)] == [0, 2, 0, 0]
    assert [found.phrase_before(k, "adding") for k in range(4)] == [0, 0, 0, 2]
    assert found.phrase_at(1, "no such label") == 0


@pytest.mark.parametrize("text", ["", "،", "123", "زغبرطق", "Karabakh"])
def test_what_the_lexicon_does_not_know_has_no_tags(text: str) -> None:
    assert all(tags == () for tags in tagged(text).tags)


def test_spelling_does_not_matter() -> None:
    assert tagged("أعلنت وزارةُ الدفـاع").tags == tagged("اعلنت وزاره الدفاع").tags


def test_no_phrase_reaches_over_the_end() -> None:
    found = tagged("وقع إطلاق النار")
    for i, tags in enumerate(found.tags):
        assert all(i + t.width <= len(found.tags) for t in tags)


WORDS = "قصفت منذ بدء الحرب حتى الآن إطلاق النار حالة الطوارئ و ، . 24 ساعة جنود وقتل".split()


@given(st.lists(st.sampled_from(WORDS), max_size=12))
@settings(deadline=None)
def test_tagging_the_same_text_again_gives_the_same(words: list[str]) -> None:
    once, again = tagged(" ".join(words)), tagged(" ".join(words))
    assert once.tags == again.tags
    assert all(i + t.width <= len(once.tags) for i, tags in enumerate(once.tags) for t in tags)


@pytest.mark.parametrize(
    ("word", "form"), [("قصف", "past"), ("القصف", "noun"), ("وبالقصف", "noun"), ("بقصف", "noun"), ("وقصف", "past")]
)
def test_behind_the_article_a_verbs_form_is_its_noun(word: str, form: str) -> None:
    (told,) = (t for t in tagged(word).tags[0] if t.tag == "event")
    assert told.form == form
