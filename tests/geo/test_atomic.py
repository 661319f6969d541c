from __future__ import annotations

import os
from pathlib import Path

import pytest

from geo.atomic import replacing, write_bytes, write_text
from geo.errors import OutputError


def test_a_missing_folder_is_made_and_nothing_is_left_beside(tmp_path: Path) -> None:
    write_text(tmp_path / "deep" / "er" / "a.txt", "Київ\n")

    assert (tmp_path / "deep" / "er" / "a.txt").read_bytes() == "Київ\n".encode()
    assert [path.name for path in (tmp_path / "deep" / "er").iterdir()] == ["a.txt"]


def interrupted(path: Path, error: type[BaseException]) -> None:
    with replacing(path) as temporary:
        temporary.write_text("half")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, OSError])
def test_what_stood_there_stays_when_the_block_fails(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises((error, OutputError)):
        interrupted(path, error)

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_block_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"), replacing(tmp_path / "a.txt"):
        pass


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    write_bytes(link, b"new")

    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write_text(tmp_path, "x")


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_text(tmp_path / "a" / "b.txt", "x")


def test_devices_are_written_directly() -> None:
    write_text(os.devnull, "x")

    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(OutputError, match=r"/dev/full: cannot be written \(No space left on device\)"):
        write_bytes("/dev/full", b"x" * 100_000)


def test_an_output_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, there = tmp_path / "a.txt", []
    flush = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (there.append(path.exists()), flush(file)))

    write_text(path, "new")

    assert there == [False]
    assert path.read_text() == "new"
