"""The language of a text, by its letters."""

from __future__ import annotations

import pytest

from geomap.readers.language import detect_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قتل ثلاثة جنود في قصف على بلدة ترتر"),
        (
            "ar",
            "أعلنت أذربيجان (پاکستان پوائنٹ نیوز) التعبئة "
            + "العسكرية بشكل جزئي في البلاد وسط اشتباكات مع أرمينيا " * 9,
        ),
        ("fa", "سه سرباز در گلوله‌باران شهر ترتر کشته شدند و چند خانه ویران شد"),
        ("ur", "ترتر شہر پر گولہ باری میں تین فوجی ہلاک ہو گئے"),
        ("ckb", "سێ سەرباز لە تۆپبارانی شاری تەرتەر کوژران"),
        ("ru", "Трое военных погибли при обстреле Тертера"),
        ("uk", "Троє військових загинули під час обстрілу міста, є поранені"),
        ("sr", "Три војника су погинула у гранатирању, јавља агенција"),
        ("hy", "Երեք զինծառայող զոհվել է գնդակոծության հետևանքով"),
        ("az", "Tərtər şəhərinin atəşə tutulması nəticəsində üç hərbçi həlak olub"),
        ("tr", "Terter kentine düzenlenen saldırıda üç asker hayatını kaybetti, ağır yaralılar var"),
        ("en", "Three soldiers were killed in the shelling of Terter"),
        ("he", "שלושה חיילים נהרגו בהפגזה"),
        ("zh", "三名士兵在炮击中丧生"),
        ("ja", "砲撃で三人の兵士が死亡した"),
        ("", "28.09.2020, 10:30 — 32"),
    ],
)
def test_letters_tell_the_language(language: str, text: str) -> None:
    assert detect_language(text) == language
