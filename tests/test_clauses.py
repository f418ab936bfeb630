"""What the grammar around a word of war tells of who acts."""

from __future__ import annotations

import pytest

from geomap.extract.events.heads import find_heads
from geomap.extract.parties.clauses import owned, subject
from tests.support.reading import article, parties


def subjects(text: str) -> list[str]:
    seen, named = article(text), parties(text)
    found = (subject(seen, head, named) for head in find_heads(seen))
    return [party.side for party in found if party]


@pytest.mark.parametrize(
    "text",
    [
        "قصفت مدفعية الجيش الروسي بلدة في مقاطعة خاركيف أمس.",
        "القوات الروسية نفذت هجمات في مقاطعة خاركيف أمس.",
        "نفذت القوات الروسية أمس هجمات في مقاطعة خاركيف.",
        "هاجمت وحدات من الجيش الروسي بلدة في مقاطعة خاركيف أمس.",
    ],
)
def test_the_subject_stands_beside_its_verb(text: str) -> None:
    assert set(subjects(text)) == {"Russia"}


def test_a_comma_parts_a_verb_from_who_is_named_before_it() -> None:
    assert not subjects("بحسب الجيش الروسي، انفجر لغم في مقاطعة خاركيف أمس.")


def test_what_is_theirs_has_an_ending_of_its_own() -> None:
    seen = article("قالت يريفان إن النار أطلقت على مواقعها وعلى جنودنا وعلى مدرسة ودورية أمس.")
    words = seen.tagged.tokens.words
    assert [words[own.at] for own in owned(seen, 0, len(words))] == ["مواقعها", "جنودنا"]
