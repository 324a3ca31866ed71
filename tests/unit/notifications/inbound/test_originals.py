"""Originals: whole or not at all, once each, for the owner alone."""

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifications.inbound.originals import Keeping, TooLarge, keep_original, remove_partials

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_message_lies_under_its_hash(tmp_path: Path) -> None:
    kept = keep_original(tmp_path / "originals", [b"From: a\r\n", b"\r\nb"])
    assert kept.sha256 == hashlib.sha256(b"From: a\r\n\r\nb").hexdigest()
    assert kept.path == tmp_path / "originals" / kept.sha256[:2] / kept.sha256
    assert kept.path.read_bytes() == b"From: a\r\n\r\nb"
    assert kept.size == 12


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    assert keep_original(tmp_path, [b"ab", b"c"]) == keep_original(tmp_path, [b"a", b"bc"])
    assert len(files(tmp_path)) == 1


def test_it_is_for_the_owner_alone(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        kept = keep_original(tmp_path / "data" / "originals", [b"x"])
    finally:
        os.umask(mask)
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    folders = (kept.path.parent, kept.path.parent.parent, tmp_path / "data" / "originals" / "partial")
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_a_message_of_the_largest_size_is_kept_and_a_larger_one_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    keep_original(tmp_path / "a", [b"x" * 5, b"x" * 5], largest=10)
    with pytest.raises(TooLarge, match="larger than 10 bytes"):
        keep_original(tmp_path / "b", [b"x" * 5, b"x" * 6], largest=10)
    assert files(tmp_path / "b") == []


def test_a_line_cut_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def cut() -> Iterator[bytes]:
        yield b"half of it"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        keep_original(tmp_path, cut())
    assert files(tmp_path) == []


def test_a_damaged_file_is_healed_when_the_same_message_comes_again(tmp_path: Path) -> None:
    kept = keep_original(tmp_path, [b"whole"])
    kept.path.write_bytes(b"who")
    assert keep_original(tmp_path, [b"whole"]).path.read_bytes() == b"whole"


def test_what_a_crash_has_left_is_removed_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    kept = keep_original(tmp_path, [b"kept"])
    with Keeping(tmp_path) as going_on:
        going_on.write(b"x")
        left = tmp_path / "partial" / "of-a-crash"
        left.write_bytes(b"half")
        os.utime(left, (0, (NOW - timedelta(hours=2)).timestamp()))
        for path in set((tmp_path / "partial").iterdir()) - {left}:
            os.utime(path, (0, NOW.timestamp()))
        assert remove_partials(tmp_path, NOW) == 1
        assert going_on.keep().path.read_bytes() == b"x"
    assert kept.path.exists()


def test_file_and_name_are_flushed_before_it_counts_as_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_original(tmp_path, [b"makes the folders"])
    done: list[str] = []
    flush, rename = os.fsync, Path.rename

    def flushed(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        flush(descriptor)

    def renamed(path: Path, target: Path) -> Path:
        done.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "rename", renamed)
    keep_original(tmp_path, [b"makes the folders"])
    assert done == ["file", "rename", "folder"]
