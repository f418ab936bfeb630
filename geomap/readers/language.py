"""Which language a text is in, by letters alone: the script, then letters that one language has and its kin lack."""

from __future__ import annotations

import re
from typing import Final

#: Letters of a script and its most common language.
_SCRIPTS: Final = (
    ("ar", re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")),
    ("ru", re.compile("[\u0400-\u052f]")),
    ("en", re.compile("[A-Za-z\u00c0-\u024f\u0259]")),
    ("hy", re.compile("[\u0531-\u0587]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
#: Letters that tell a language from the most common one of its script, the more telling first.
_TELLING: Final = {
    "ar": (("ur", "ٹڈڑںےہھ"), ("ps", "ټډړښګېۍ"), ("ckb", "ێۆەڕڵ"), ("fa", "پچژگکی")),
    "ru": (("uk", "іїєґІЇЄҐ"), ("be", "ўЎ"), ("sr", "јљњђћџЈЉЊЂЋЏ"), ("kk", "әғқңөұүһ")),
    "en": (("az", "əƏ"), ("tr", "ığşİĞŞ"), ("pl", "łąężśŁ"), ("de", "äöüßÄÖÜ"), ("fr", "éèàçêÉ"), ("es", "ñáíóú¿¡")),
}
#: A name or a quotation brings some foreign letters along; a language's own are far more.
_SHARE: Final = 0.015
_SAMPLE: Final = 5000


def detect_language(text: str) -> str:
    """ISO code of the language that most letters speak for; empty where there are none."""
    sample = text[:_SAMPLE]
    counts = [(len(script.findall(sample)), language) for language, script in _SCRIPTS]
    most, language = max(counts, key=lambda pair: pair[0])
    if not most:
        return ""
    if language == "zh" and any(count and found == "ja" for count, found in counts):
        return "ja"
    shares = [(sum(map(sample.count, letters)) / most, kin) for kin, letters in _TELLING.get(language, ())]
    return next((kin for share, kin in shares if share > _SHARE), language)
