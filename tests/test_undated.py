"""Articles without a date take it from others of the same run, or from nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.analysis import Analysis
from geomap.model import Issue
from geomap.pipeline import analyze
from geomap.readers import read
from geomap.settings import Analysts
from geomap.undated import NO_DATE

SEEDS = Path(__file__).parents[1] / "seeds"
EVENT = "قصفت القوات الأرمينية بلدة ترتر {} الاثنين، وأعلنت وزارة الدفاع الأذربيجانية مقتل 3 مدنيين في القصف."
DATED = "(2020-09-28) " + EVENT.format("اليوم")
SAME = EVENT.format("أمس")


@pytest.fixture(scope="module")
def analysts() -> Analysts:
    return Analysts()


def told(folder: Path, analysts: Analysts, **texts: str) -> tuple[dict[str, Analysis], list[Issue]]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    results = list(analyze(read(folder), analysts))
    return (
        {r.document.id: r for r in results if not isinstance(r, Issue)},
        [r for r in results if isinstance(r, Issue)],
    )


def test_the_seeds_would_be_dated_by_the_one_with_a_dateline(tmp_path: Path, analysts: Analysts) -> None:
    for path in SEEDS.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    found, issues = told(tmp_path, analysts)
    days = {name[:3]: str(a.document.source.published) for name, a in found.items()}
    assert days == {"000": "2020-09-28", "001": "2020-09-27", "002": "2020-09-28", "003": "2020-09-28", "004": "None"}
    assert {i.level for i in issues if "is inferred" in i.message} == {"info"}
    assert [i.level for i in issues if i.message == NO_DATE] == ["warning"]


def test_the_date_and_how_it_is_known_are_on_the_article_and_its_claims(tmp_path: Path, analysts: Analysts) -> None:
    found, issues = told(tmp_path, analysts, dated=DATED, same=SAME)
    source = found["same"].document.source
    assert str(source.published) == "2020-09-29"
    assert source.published_basis == "inferred: dated tells of the same events, and the weekdays agree"
    assert {claim.source for claim in found["same"].claims} == {source}
    assert [i.message for i in issues] == [f"{NO_DATE}; 2020-09-29 is inferred"]


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("no weekday", SAME.replace(" الاثنين", "")),
        ("another place", SAME.replace("ترتر", "غوريس")),
        ("another weekday", SAME.replace("الاثنين", "الجمعة")),
        ("another event", "أعلنت أرمينيا أمس الاثنين التعبئة العامة في البلاد."),
    ],
)
def test_without_agreement_the_article_stays_undated(tmp_path: Path, analysts: Analysts, what: str, text: str) -> None:
    found, issues = told(tmp_path, analysts, dated=DATED, other=text)
    assert found["other"].document.source.published is None, what
    assert [(i.level, i.message) for i in issues] == [("warning", NO_DATE)]
    assert issues[0].where.endswith("other.txt")


def test_alone_it_stays_undated(tmp_path: Path, analysts: Analysts) -> None:
    found, issues = told(tmp_path, analysts, same=SAME)
    assert found["same"].document.source.published is None
    assert [i.message for i in issues] == [NO_DATE]


def test_an_undated_article_in_another_language_keeps_its_warning(tmp_path: Path, analysts: Analysts) -> None:
    _, issues = told(tmp_path, analysts, dated=DATED, english="The army shelled the town, officials said.")
    assert sorted(i.message for i in issues) == ["no date of publication", "no lexicon for its language (en)"]


def test_dated_articles_come_first_and_in_their_order(tmp_path: Path, analysts: Analysts) -> None:
    found, _ = told(tmp_path, analysts, a=SAME, b=DATED, c=DATED.replace("ترتر", "غوريس"))
    assert list(found) == ["b", "c", "a"]
