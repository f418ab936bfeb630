"""How far outlets reach, as ACLED says it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.countries import countries
from geomap.errors import DataError
from geomap.model import Source
from geomap.outlets import SCALES, Outlet, outlets, outlets_of, source_scale

ARTICLE = Source("a")


def test_every_outlet_has_a_known_country_and_scale_and_a_clean_name() -> None:
    assert len(outlets()) > 150
    for name, outlet in outlets().items():
        assert outlet.country in countries()
        assert outlet.scale in SCALES
        assert name == unicodedata.normalize("NFC", " ".join(name.split())), name


@pytest.mark.parametrize(
    ("outlet", "url", "country", "scale"),
    [
        ("Reuters", "", "AZ", "International"),
        ("Azertag", "", "AZ", "National"),
        ("Azertag", "", "AM", "International"),
        ("سانا", "", "SY", "National"),
        ("المرصد السوري لحقوق الإنسان", "", "SY", "Other"),
        ("AZERTAG / Reuters", "", "AZ", "National-International"),
        ("", "https://www.sana.sy/?p=1", "SY", "National"),
        ("", "https://arabic.rt.com/news/1", "SY", "International"),
        ("صحيفة لا يعرفها أحد", "https://example.org/", "SY", ""),
        ("", "https://[broken", "SY", ""),
        ("", "", "SY", ""),
    ],
)
def test_the_scale_is_that_of_the_name_or_else_of_the_site(outlet: str, url: str, country: str, scale: str) -> None:
    assert source_scale([replace(ARTICLE, outlet=outlet, url=url)], country) == scale


def test_scales_of_several_articles_stand_in_acleds_order() -> None:
    sources = [replace(ARTICLE, outlet=name) for name in ("Reuters", "Rudaw", "INA", "INA")]
    assert source_scale(sources, "IQ") == "Subnational-National-International"


def test_a_name_goes_before_the_site() -> None:
    copied = replace(ARTICLE, outlet="Armenpress", url="https://www.rt.com/1")
    assert outlets_of(copied) == [Outlet("AM", "National")]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('[[outlet]]\nnames = ["A"]\ncountry = "SY"\nscale = "Huge"\n', "no such scale ('Huge')"),
        (
            '[[outlet]]\nnames = ["A"]\ncountry = "SY"\nscale = "Local"\n'
            '[[outlet]]\nnames = ["a"]\ncountry = "IQ"\nscale = "Local"\n',
            "two outlets of one name ('a')",
        ),
    ],
)
def test_a_broken_file_is_refused(rows: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outlets.toml").write_text(rows, "utf-8")
    monkeypatch.setenv("GEOMAP_DATA", str(tmp_path))
    outlets.cache_clear()
    try:
        with pytest.raises(DataError) as told:
            outlets()
        assert says in str(told.value)
    finally:
        outlets.cache_clear()
