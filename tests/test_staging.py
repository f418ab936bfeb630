"""Outputs take the place of earlier ones whole or not at all."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from geomap.errors import OutputError
from geomap.staging import Staging, staged


def write(out: Path, files: dict[str, str], error: BaseException | None = None) -> Staging:
    """Stage the files, then go wrong if asked to."""
    with staged(out) as staging:
        for name, text in files.items():
            (staging.folder / name).parent.mkdir(exist_ok=True)
            (staging.folder / name).write_text(text, "utf-8")
        if error:
            raise error
    return staging


def test_files_come_to_their_place_and_only_what_differs_changes(tmp_path: Path) -> None:
    (tmp_path / "same.txt").write_text("same", "utf-8")
    (tmp_path / "other.txt").write_text("before", "utf-8")
    before = (tmp_path / "same.txt").stat().st_mtime_ns
    staging = write(tmp_path, {"same.txt": "same", "other.txt": "after", "assets/new.js": "new"})
    assert staging.files == [tmp_path / name for name in ("assets/new.js", "other.txt", "same.txt")]
    assert staging.changed == [tmp_path / "assets/new.js", tmp_path / "other.txt"]
    assert (tmp_path / "other.txt").read_text("utf-8") == "after"
    assert (tmp_path / "same.txt").stat().st_mtime_ns == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["assets", "other.txt", "same.txt"]


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt()])
def test_after_an_error_everything_is_as_it_was(tmp_path: Path, error: BaseException) -> None:
    out = tmp_path / "new" / "maps"
    with pytest.raises(type(error)):
        write(out, {"half.txt": "half"}, error)
    assert list(tmp_path.iterdir()) == []


def test_what_the_system_refuses_is_told_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    with (
        pytest.raises(OutputError, match=r"file/maps: cannot be written \(Not a directory\)"),
        staged(tmp_path / "file" / "maps"),
    ):
        pass


def test_an_error_of_a_writer_is_told_of_the_folder_too(tmp_path: Path) -> None:
    error = OutputError(str(tmp_path / ".geomap-1234" / "x.gpkg"), "cannot be written (quota)", "Hint.")
    with pytest.raises(OutputError, match="cannot be written") as caught:
        write(tmp_path, {"x.txt": "x"}, error)
    assert str(caught.value).startswith(f"{tmp_path}: cannot be written (quota). ")


def test_an_interruption_waits_for_the_files_to_change_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return move(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, {"a.txt": "a", "b.txt": "b"})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b.txt"]
