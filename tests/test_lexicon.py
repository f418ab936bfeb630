"""The lexicon: a strict loader, inflection, clitics, and how its entries are spelled."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geomap import tagging
from geomap.errors import DataError
from geomap.lexicon import TAGS, Entry, Lexicon, languages, lexicon_for, load
from geomap.paths import data_files
from geomap.text import TOKEN, fold, tokenize

SETTINGS = {"language", "clitics", "morphology", "labels", "demonym", "constraint"}
FILES = [path for path in data_files("lexicons", ".toml") if path.stem != "letters"]
#: Letters of Arabic, with those that only look like one of them in no place.
ARABIC = set("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىـ")
#: Entries that another one of their list already gives once letters are folded; they do no harm. None may be added.
DOUBLED = set(
    """
    الاثنين الاربعاء الاحد ابريل ايار اغسطس اكتوبر تشرين_الاول كانون_الاول جمادي_الاولي اثنان اثنين ميه الي علي
    باتجاه في ب ان انه انها انهم بعد_ان_كان بعد_ان_كانت حوالي حتي_الان الساعات_ال_24 اول_امس اس_-_300 عميد
    """.split()
)


def lexicon() -> Lexicon:
    return lexicon_for("ar")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "xx.toml"
    path.write_text(text, encoding="utf-8")
    return path


def forms(path: Path, *texts: str) -> set[str]:
    known = load(path)
    return {f"{e.tag}.{e.value}" for text in texts for a in known.analyses(fold(text).text) for e in a.entries}


def values(word: str, tag: str) -> set[str]:
    return {entry.value for entry in lexicon().entries(fold(word).text, tag)}


# ── the loader ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "wrong", "meant"),
    [
        ("[evnt.shelling]\nnouns = ['قصف']", "evnt", "event"),
        ("[event.shelling]\nnoun = ['قصف']", "noun", "nouns"),
        ("[event.shelling]\nverb = ['قصف / يقصف']", "verb", "verbs"),
        ("[wepon.tank]\nnouns = ['دبابة']", "wepon", "weapon"),
        ("[morfology]\npast = ['']", "morfology", "morphology"),
        ("[organ.state]\nword = ['جيش']", "word", "words"),
    ],
)
def test_an_unknown_key_is_an_error_that_says_what_was_meant(tmp_path: Path, text: str, wrong: str, meant: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(DataError, match=wrong) as caught:
        load(path)
    assert f"Did you mean {meant!r}?" in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_key_like_no_other_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load(written(tmp_path, "[zzz.q]\nwords = ['x']"))
    assert all(tag in str(caught.value) for tag in TAGS)


@pytest.mark.parametrize("text", ["[event", "event = {", "[event.shelling]\nnouns = ['قصف'", "a = 1\na = 2"])
def test_what_is_no_toml_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match=r"not a readable TOML file"):
        load(written(tmp_path, text))


def test_what_is_no_utf8_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_bytes("[event.shelling]\nnouns = ['قصف']".encode("cp1256"))
    with pytest.raises(DataError, match="not a readable TOML file"):
        load(path)


@pytest.mark.parametrize("word", ["", " ", "\u200f", "ــ"])
def test_an_empty_word_is_an_error(tmp_path: Path, word: str) -> None:
    with pytest.raises(DataError, match=r"an empty word .* under \[event.shelling\]"):
        load(written(tmp_path, f"[event.shelling]\nwords = ['{word}']"))


def test_a_language_without_a_file_is_an_error() -> None:
    with pytest.raises(DataError, match="no such data file"):
        lexicon_for("tlh")


def test_the_languages_are_those_with_a_file() -> None:
    assert languages() == [path.stem for path in FILES]
    assert "letters" not in languages()


def test_a_lexicon_without_morphology_has_the_words_as_they_are(tmp_path: Path) -> None:
    path = written(tmp_path, "language = 'xx'\n[event.shelling]\nnouns = ['shelling']\nverbs = ['shelled / shells']")
    assert load(path).language == "xx"
    assert forms(path, "Shelling") == forms(path, "shelled") == forms(path, "shells") == {"event.shelling"}
    assert forms(path, "shell") == set()


def test_clitics_leave_what_the_file_says(tmp_path: Path) -> None:
    known = load(written(tmp_path, "[clitics]\nprefixes = [['لل', 'ال'], ['و', '']]"))
    assert list(known.stems("للارمن")) == [(0, "للارمن"), (0, "الارمن")]
    assert list(known.stems("وباكو")) == [(0, "وباكو"), (1, "باكو")]


def test_words_of_labels_are_known_behind_clitics(tmp_path: Path) -> None:
    text = "[clitics]\nprefixes = [['و', '']]\n[labels]\nfirst = ['ردّ']\nsecond = ['رفض']"
    both = load(written(tmp_path, text)).among("first", "second", "no such label")
    assert [both[word] for word in ("رد", "ورفض", "قال")] == [0, 1, None]


def test_about_is_for_people_and_gives_no_word(tmp_path: Path) -> None:
    assert forms(written(tmp_path, "[event.fire]\nabout = ['shots']\nwords = ['bang']"), "shots") == set()


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "word", "قصف قصفت قصفوا قصفها يقصف تقصف يقصفون وقصفت فقصفت سيقصف ستقصف القصف والقصف بالقصف للقصف كقصف".split()
)
def test_a_verb_or_noun_is_named_once_and_known_in_its_forms(word: str) -> None:
    assert "shelling" in values(word, "event")


@pytest.mark.parametrize(
    "word", "دبابة دبابات دبابتان دبابتين الدبابة الدبابات والدبابات بدبابة للدبابات دبابته دباباتها دبابتا".split()
)
def test_a_feminine_noun_in_its_forms(word: str) -> None:
    assert values(word, "weapon") == {"tank"}


@pytest.mark.parametrize("word", "استولى استولت استولوا يستولي تستولي ويستولون".split())
def test_a_weak_verb_in_its_forms(word: str) -> None:
    assert "capture" in values(word, "event")


@pytest.mark.parametrize("word", "استيلاء استيلاءها استيلائها لاستيلائهم باستيلائه استيلاؤهم".split())
def test_a_hamza_at_the_end_is_written_on_another_letter_before_a_possessive(word: str) -> None:
    assert values(word, "event") == {"capture"}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("ورُميت", "suffer"),
        ("أُخليت", "withdraw"),
        ("استُعيدت", "capture"),
        ("وحوصروا", "blockade"),
        ("هوجمت", "attack"),
        ("دوهم", "raid"),
        ("تُبودلت", "clash"),
    ],
)
def test_a_passive_of_a_weak_or_long_verb_is_known(word: str, value: str) -> None:
    assert value in values(word, "event")


@pytest.mark.parametrize(
    ("word", "form"), [("قصفت", "past"), ("تقصف", "present"), ("غارات", "noun"), ("منذ", "word"), ("مشيرة", "word")]
)
def test_a_form_tells_its_kind(word: str, form: str) -> None:
    assert {entry.form for a in lexicon().analyses(fold(word).text) for entry in a.entries} >= {form}


def test_a_form_tells_the_first_form_of_its_line() -> None:
    assert lexicon().forms["دبابات"] == (Entry("weapon", "tank", "دبابة", "noun"),)


def test_a_phrase_beats_nothing_by_its_first_word_alone() -> None:
    phrases = lexicon().phrases["حاله"]
    assert ("الطواري",) in {p.rest for p in phrases}
    assert [len(p.rest) for p in phrases] == sorted((len(p.rest) for p in phrases), reverse=True)


def test_a_word_that_nothing_means_has_no_analysis() -> None:
    assert lexicon().analyses("زغبرطق") == ()


# ── clitics ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("word", "stem", "cut"),
    [
        ("وجيرموك", "جيرموك", 1),
        ("ليريفان", "يريفان", 1),
        ("بباكو", "باكو", 1),
        ("كباكو", "باكو", 1),
        ("فباكو", "باكو", 1),
        ("لاذربيجان", "اذربيجان", 1),
        ("ولاذربيجان", "اذربيجان", 2),
        ("وبيريفان", "يريفان", 2),
        ("للارمن", "الارمن", 0),
        ("وللارمن", "الارمن", 1),
        ("بالقامشلي", "القامشلي", 1),
        ("والقامشلي", "القامشلي", 1),
        ("للقامشلي", "القامشلي", 0),
    ],
)
def test_clitics_are_taken_off(word: str, stem: str, cut: int) -> None:
    assert (cut, stem) in set(lexicon().stems(word))


def test_the_word_itself_comes_first() -> None:
    for word in ("ولايات", "باكو", "فلسطين", "كابان", "سرت", "لبنان"):
        assert lexicon().stems(word)[0] == (0, word)


@pytest.mark.parametrize(
    ("word", "form"), [("لقصف", "noun"), ("ولضرب", "noun"), ("ليقصف", "present"), ("فقصف", "past"), ("كقصف", "noun")]
)
def test_behind_some_clitics_a_past_is_a_verbal_noun(word: str, form: str) -> None:
    found = next(a for a in lexicon().analyses(fold(word).text) if a.entries)
    assert form in {entry.form for entry in found.entries if entry.tag == "event"}
    assert form == "past" or "past" not in {entry.form for entry in found.entries}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("أعلنا وقفا شاملا لإطلاق النار", "agree"),
        ("التوصل إلى وقف مؤقت لإطلاق النار", "agree"),
        ("وتوقف إطلاق النار قبيل الظهر", "agree"),
        ("وانتهى القتال عند المغيب", "agree"),
        ("ثم صمتت المدافع", "agree"),
        ("استباح المسلحون القرية", "attack"),
        ("طاردت الدورية المهاجمين", "raid"),
        ("استحوذت الفرقة على التل", "capture"),
        ("اجتازت المدرعات النهر", "capture"),
        ("البلدة التي سقطت في أيدي خصومهم", "capture"),
        ("لاذ المهاجمون ولاذوا بالفرار", "withdraw"),
        ("وصودرت بنادق وذخائر", "destroy"),
        ("غرقت السفينة قبالة الميناء", "destroy"),
        ("نزلت صواريخ على الحي", "hit"),
        ("قمعت الشرطة المسيرة", "disperse"),
        ("وهطلت القذائف على الحي", "shelling"),
        ("قنبلة موجهة أصابت المخزن", "airstrike"),
        ("سجل 40 التحاما في يوم", "clash"),
        ("الجيش يمسك بالتلال منذ الفجر", "capture"),
        ("صارت القرية تحت إدارة البلدية", "transfer"),
        ("اصطاد المقاتلون مسيرة", "shootdown"),
        ("أسكتت المدفعية مصدر النيران", "destroy"),
        ("أوفدت العاصمة كتيبتين", "deploy"),
        ("يسد المعتصمون الطريق", "blockade"),
        ("سكتت البنادق عند الغروب", "agree"),
        ("صدر إعلان مشترك عن الرئيسين", "agree"),
    ],
)
def test_words_of_war_are_known(text: str, value: str) -> None:
    tags = [t for found in tagging.tag(tokenize(text), lexicon()).tags for t in found]
    assert value in {t.value for t in tags if t.tag == "event"}


@pytest.mark.parametrize("word", ["ولايات", "ولاية", "وزارة", "وكالة", "فصائل", "كتائب", "بلدة", "سيارات", "ليل"])
def test_a_known_word_is_not_cut(word: str) -> None:
    assert lexicon().analyses(fold(word).text)[0].cut == 0


def test_nothing_is_left_shorter_than_two_letters() -> None:
    assert all(len(stem) >= 2 for word in ("وب", "بل", "ولل", "وفي") for cut, stem in lexicon().stems(word) if cut)


# ── spelling ─────────────────────────────────────────────────────────────────────────────────────────


def entries(path: Path) -> Iterator[tuple[str, str, str]]:
    """Every entry: its table, its list, what is written."""
    for tag, tables in tomllib.loads(path.read_text("utf-8")).items():
        if tag not in SETTINGS:
            for value, lists in tables.items():
                for kind, lines in lists.items():
                    if kind != "about":
                        yield from ((f"{tag}.{value}", kind, line) for line in lines)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (s for key, item in value.items() for s in (key, *strings(item)))
    elif isinstance(value, list):
        yield from (s for item in value for s in strings(item))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_entry_is_composed_and_without_presentation_forms_and_invisible_marks(path: Path) -> None:
    for text in strings(tomllib.loads(path.read_text("utf-8"))):
        assert unicodedata.normalize("NFKC", text) == text, text
        assert not [c for c in text if unicodedata.category(c) in ("Cf", "Cc", "Mn", "Co", "Cn")], ascii(text)
        assert text == " ".join(text.split()), ascii(text)


def test_arabic_entries_are_in_arabic_letters_and_in_none_that_only_look_like_them() -> None:
    allowed = ARABIC | set("0123456789 -/")
    wrong = {line: set(line) - allowed for *_, line in entries(next(p for p in FILES if p.stem == "ar"))}
    assert {line: letters for line, letters in wrong.items() if letters} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_entry_is_twice_in_its_list_after_folding(path: Path) -> None:
    counts = Counter((where, "_".join(TOKEN.findall(fold(line).text))) for where, _, line in entries(path))
    assert {key for key, n in counts.items() if n > 1 and key[1] not in DOUBLED} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_verbs_have_a_past_and_a_present(path: Path) -> None:
    assert [line for _, kind, line in entries(path) if kind == "verbs" and line.count("/") < 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_form_is_a_single_letter_but_prepositions(path: Path) -> None:
    short = {(e.tag, w) for w, found in load(path).forms.items() for e in found if len(w) == 1}
    assert {tag for tag, _ in short} <= {"prep"}


def test_a_month_is_one_month() -> None:
    months = {word: [e.value for e in found if e.tag == "month"] for word, found in lexicon().forms.items()}
    assert {word: found for word, found in months.items() if len(found) > 1} == {}


def test_a_weekday_is_one_weekday() -> None:
    days = {word: [e.value for e in found if e.tag == "weekday"] for word, found in lexicon().forms.items()}
    assert {word: found for word, found in days.items() if len(found) > 1} == {}


def test_a_number_word_is_one_number() -> None:
    numbers = {w: {e.value for e in f if e.tag == "number" and e.value.isdigit()} for w, f in lexicon().forms.items()}
    assert {word: found for word, found in numbers.items() if len(found) > 1} == {}
