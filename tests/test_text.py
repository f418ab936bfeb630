"""Folding unifies what writers use interchangeably and keeps the way back; sentences and tokens."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geomap.text import TOKEN, fold, fold_name, tokenize

HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
SPACES = "\u00a0\u2007\u202f\u2009\u200a\u3000"
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةکگیپچژڤھہۀےۇ"
#: Presentation forms of one letter or of lam-alef; those of whole phrases stand in a test of their own.
PRESENTATION = "".join(map(chr, range(0xFE80, 0xFEFD)))

arabic = st.text(LETTERS + HARAKAT + INVISIBLE + SPACES + PRESENTATION + "ـ٠١٢٣۴۵ 0123,.:/؟،«»\"'()-\n", max_size=60)
#: Any text but Σ, whose small form depends on what stands around it.
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="Σ"), max_size=40)


# ── letters ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("أرمينيا", "ارمينيا"),
        ("إسرائيل", "اسراييل"),
        ("القرآن", "القران"),
        ("ٱلسلام", "السلام"),
        ("موسى", "موسي"),
        ("غزة", "غزه"),
        ("مسؤول", "مسوول"),
        ("رئيس", "رييس"),
        ("بـــاكو", "باكو"),
        ("أذربيجَانُ", "اذربيجان"),
        ("قُتِلَ", "قتل"),
        ("هٰذا", "هذا"),
        ("پاکستان", "باكستان"),
        ("گنجه", "كنجه"),
        ("چرنوبل", "جرنوبل"),
        ("ژنرال", "زنرال"),
        ("ڤيينا", "فيينا"),
        ("تہران", "تهران"),
        ("ناگورنی قره‌باغ", "ناكورني قرهباغ"),
        ("لۇھانسك", "لوهانسك"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(written: str, same: str) -> None:
    assert fold(written).text == fold(same).text == same


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"])
def test_digits_of_all_scripts_are_one(digits: str) -> None:
    assert fold(digits).text == "0123456789"


def test_letters_that_differ_in_meaning_stay_apart() -> None:
    assert len({fold(letter).text for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}) == 28


def test_a_hamza_of_its_own_stays() -> None:
    assert fold("ماء").text == "ماء"


def test_presentation_forms_are_their_letters() -> None:
    shaped = "ﺑﺎﻛﻮ"
    assert unicodedata.name(shaped[0]).endswith("INITIAL FORM")
    assert fold(shaped).text == "باكو"


def test_a_ligature_maps_to_one_place() -> None:
    folded = fold("اﻻ")
    assert folded.text == "الا"
    assert [folded.start_of(i) for i in range(4)] == [0, 1, 1, 2]


def test_a_phrase_in_one_character_is_its_words() -> None:
    assert fold_name("ﷲ") == "الله"
    assert TOKEN.findall(fold("ﷺ").text) == ["صلي", "الله", "عليه", "وسلم"]


@pytest.mark.parametrize("space", list(SPACES))
def test_every_kind_of_space_separates(space: str) -> None:
    assert tokenize(f"قره{space}باغ").words == ["قره", "باغ"]


@pytest.mark.parametrize("mark", list(INVISIBLE + HARAKAT))
def test_marks_inside_a_word_do_not_split_it(mark: str) -> None:
    assert tokenize(f"با{mark}كو").words == ["باكو"]


@pytest.mark.parametrize("pair", ["«»", "“”", "„“", "‹›", '""'])
def test_quotes_are_one(pair: str) -> None:
    assert tokenize(f"{pair[0]}نعم{pair[1]}").words == ['"', "نعم", '"']


def test_case_does_not_matter() -> None:
    assert fold_name("Stepanakert") == fold_name("STEPANAKERT") == "stepanakert"
    assert fold_name("ƏLİAĞA").startswith("alia")


def test_a_capital_folds_like_its_small_letter() -> None:
    assert fold("Ёлка").text == fold("ёлка").text


@pytest.mark.parametrize("name", ["Şuşa", "Général", "Чайкино", "Київ"])
def test_composed_and_decomposed_letters_fold_to_the_same(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)).text == fold(unicodedata.normalize("NFC", name)).text


# ── offsets ──────────────────────────────────────────────────────────────────────────────────────────


def test_offsets_count_what_is_dropped() -> None:
    text = "\u202bقَصَفَت\u00a0بـاكو\u202c"
    tokens = tokenize(text)
    assert tokens.words == ["قصفت", "باكو"]
    assert [text[slice(*tokens.span(i, i))] for i in (0, 1)] == ["قَصَفَت", "بـاكو"]


def test_the_last_letters_marks_belong_to_the_word_and_controls_do_not() -> None:
    text = "أرمينياً\u200f قالت"
    assert text[slice(*tokenize(text).span(0, 0))] == "أرمينياً"


def test_text_without_marks_needs_no_map() -> None:
    assert fold("قصفت باكو").origin is None


@given(any_text)
@settings(max_examples=300, deadline=None)
def test_folding_any_text_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


def test_folding_each_letter_of_the_basic_plane_twice_changes_nothing() -> None:
    letters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert [letter for letter in letters if fold(fold(letter).text).text != fold(letter).text] == []


@given(arabic)
@settings(max_examples=300, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(arabic)
@settings(max_examples=300, deadline=None)
def test_offsets_map_back_in_order(text: str) -> None:
    folded = fold(text)
    starts = [folded.start_of(i) for i in range(len(folded.text) + 1)]
    assert starts == sorted(starts)
    assert starts[-1] == len(text)
    assert all(0 <= folded.start_of(i) <= folded.end_of(i + 1) <= len(text) for i in range(len(folded.text)))


@given(arabic)
@settings(max_examples=300, deadline=None)
@example("قَصَفَت\u200f «باكو» ١٢٬٣٤٥")
def test_every_tokens_slice_folds_to_the_token(text: str) -> None:
    tokens = tokenize(text)
    for i, word in enumerate(tokens.words):
        start, end = tokens.span(i, i)
        assert word in fold(text[start:end]).text
        # a ligature is not cut in two; every other slice is the word itself
        if not any(letter in PRESENTATION for letter in text[start:end]):
            assert fold(text[start:end]).text == word


@given(arabic)
@settings(deadline=None)
def test_invisible_marks_change_no_word(text: str) -> None:
    plain = "".join(letter for letter in text if letter not in INVISIBLE)
    assert tokenize(text).words == tokenize(plain).words


@given(any_text)
@settings(deadline=None)
def test_every_token_stands_in_one_sentence_and_they_follow_one_another(text: str) -> None:
    tokens = tokenize(text)
    assert [i for first, stop in tokens.sentences for i in range(first, stop)] == list(range(len(tokens.words)))
    for number, (first, stop) in enumerate(tokens.sentences):
        assert set(tokens.sentence_of[first:stop]) == {number}


@given(arabic)
@settings(deadline=None)
def test_an_offset_finds_its_token(text: str) -> None:
    tokens = tokenize(text)
    for i, start in enumerate(tokens.starts):
        assert tokens.index_at(start) == i == tokens.index_at(tokens.ends[i] - 1)


# ── tokens and sentences ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قتل 12,345 شخصا", ["قتل", "12,345", "شخصا"]),
        ("بنسبة 12.5%", ["بنسبه", "12.5", "%"]),
        ("١٢٬٣٤٥", ["12.345"]),
        ("عند الساعة 10:30", ["عند", "الساعه", "10:30"]),
        ("أيلول/سبتمبر", ["ايلول", "/", "سبتمبر"]),
        ("28/9/2020", ["28/9/2020"]),
        ("إف-16", ["اف", "-", "16"]),
        ("الـ24", ["ال", "24"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert tokenize(text).words == words


def sentences(text: str) -> list[str]:
    tokens = tokenize(text)
    return [text[slice(*tokens.span(first, stop - 1))] for first, stop in tokens.sentences]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("قصفت باكو. ردت يريفان.", ["قصفت باكو.", "ردت يريفان."]),
        ("هل قصفت باكو؟ نعم! ردت…", ["هل قصفت باكو؟", "نعم!", "ردت…"]),
        ("قتل 3.5 مليون. ثم", ["قتل 3.5 مليون.", "ثم"]),
        ("قال أ. ب. علي ذلك. ثم", ["قال أ. ب. علي ذلك.", "ثم"]),
        ("العنوان\nالنص", ["العنوان\n", "النص"]),
        ("قال: «نعم.» ثم", ["قال: «نعم.»", "ثم"]),
        ("كيف؟! لا", ["كيف؟!", "لا"]),
        ("أولا؛ ثانيا", ["أولا؛", "ثانيا"]),
        ("خبر أول • خبر ثان | خبر ثالث", ["خبر أول •", "خبر ثان |", "خبر ثالث"]),
        ("بلا نقطة", ["بلا نقطة"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_a_comma_ends_no_sentence() -> None:
    assert len(sentences("قصفت باكو، وردت يريفان, ثم هدأ القتال")) == 1
