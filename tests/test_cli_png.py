"""``geomap png``: a picture of a day's page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.commands import geomap

DAY = "2020-09-28"
PAGE = "<!DOCTYPE html><title>a day</title><p>something</p>"


@pytest.fixture
def maps(tmp_path: Path) -> Path:
    (tmp_path / f"{DAY}.html").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.mark.browser
@pytest.mark.skipif(not (shutil.which("chromium") or shutil.which("google-chrome")), reason="Chromium is not installed")
def test_a_page_becomes_a_picture_beside_it(maps: Path) -> None:
    ran = geomap("png", DAY, "-m", maps, "--width", "640", "--height", "480")
    assert ran.code == 0
    picture = (maps / f"{DAY}.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")) == (640, 480)


def test_a_day_without_a_page_is_told_with_those_that_have_one(maps: Path) -> None:
    ran = geomap("png", "2001-01-01", "-m", maps)
    assert ran.code == 1
    assert f"no page of this day (2001-01-01). There are {DAY}." in ran.err


def test_a_folder_without_pages_says_what_to_do(tmp_path: Path) -> None:
    assert "Run `geomap map` first." in geomap("png", DAY, "-m", tmp_path).err


def test_without_chromium_it_says_so(maps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(maps))
    ran = geomap("png", DAY, "-m", maps)
    assert ran.code == 1
    assert "no Chromium on this machine" in ran.err
