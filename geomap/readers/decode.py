"""From bytes to text: nothing is translated or dropped but a byte order mark, so offsets count what the file holds."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Final

from geomap.errors import InputError
from geomap.model import Issue
from geomap.readers.record import MAX_LENGTH

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
}
#: Encodings that news in our languages is kept in; fewer candidates make a surer guess.
_GUESSES: Final = [
    *("cp1256", "iso8859_6", "cp1251", "koi8_r", "iso8859_5", "cp1252", "cp1254", "cp1255"),
    *("utf_16_le", "utf_16_be", "gb18030"),
]
_SAMPLE: Final = 1 << 16
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode_article(stream: io.BufferedReader, where: str) -> tuple[str, list[Issue]]:
    """Text of an input that is one article (its bad bytes as surrogates), and what was noticed on the way.

    Raises
    ------
    InputError
        Where it is empty, too long or not text.
    """
    data = stream.read(MAX_LENGTH + 1)
    if len(data) > MAX_LENGTH:
        raise InputError(where, f"more than {MAX_LENGTH:,} bytes for one article", "Split it into articles.")
    encoding, issues = find_encoding(data, where)
    text = data.decode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "replace")
    if not text.strip():
        raise InputError(where, "the file is empty", "Remove it, or fetch the article again.")
    return text, issues


@contextmanager
def open_lines(stream: io.BufferedReader, where: str) -> Iterator[tuple[io.TextIOWrapper, list[Issue]]]:
    """An input that holds one article a line, as a text stream whose bad bytes are surrogates.

    Raises
    ------
    InputError
        Where it is not text.
    """
    head = stream.peek(_SAMPLE)
    encoding, issues = find_encoding(head[:_SAMPLE], where, whole=False)
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with io.TextIOWrapper(stream, encoding, errors, newline="") as lines:
        yield lines, issues


def find_encoding(data: bytes, where: str, *, whole: bool = True) -> tuple[str, list[Issue]]:
    """Encoding of the bytes, and an issue where it had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, []
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(where, f"{kind}, not text", "Convert it to text first.")
    controls = len(_CONTROL.findall(data[:_SAMPLE]))
    if b"\0" not in data and controls * 200 <= len(data) and _is_utf8(data, whole):
        return "utf-8", []
    guess = _guess(data, whole)
    if guess is None:
        raise InputError(where, "not text in any encoding that is known here", "Save it as UTF-8.")
    return guess, [Issue("info", where, f"not UTF-8; read as {guess}", "Save it as UTF-8 if that is wrong.")]


def _is_utf8(data: bytes, whole: bool) -> bool:
    """Whether the bytes are UTF-8; one bad byte to fifty that are beyond ASCII is damage, not another encoding."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data, final=whole)
    bad = text.count("\ufffd")
    return not bad or bad * 50 <= len(data) - len(text)


def _guess(data: bytes, whole: bool) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if not whole or len(data) > _SAMPLE:
        sample = sample[: len(sample) // 4 * 4]
    best = from_bytes(sample, cp_isolation=_GUESSES).best()
    return best.encoding if best else None


def lines_of(text: io.TextIOWrapper, where: str, first: int = 1) -> Iterator[tuple[int, str] | Issue]:
    """Number and content of each line; a line that is longer than any article is passed over."""
    for number in count(first):
        line = text.readline(MAX_LENGTH)
        if not line:
            return
        if len(line) < MAX_LENGTH or line.endswith("\n"):
            yield number, line
            continue
        while line and not line.endswith("\n"):
            line = text.readline(MAX_LENGTH)
        yield Issue(
            "error", f"{where}:{number}", f"a line of more than {MAX_LENGTH:,} characters", "Skipped. Split it."
        )
