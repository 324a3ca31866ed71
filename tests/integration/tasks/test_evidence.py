"""A seal is whole, durable and never changed, whatever breaks while it is made."""

import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tasks.evidence import SealInputs, SealOutputs, seal_evidence
from tasks.registered import WorkFailed
from tests.integration.tasks.sites import NOW, done

CONTENT = b"log " * 1_000_000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "files"
    found.mkdir()
    (found / "web.log").write_bytes(CONTENT)
    return found


def sealed(folder: Path, path: str = "web.log") -> SealOutputs:
    return done(lambda tools: seal_evidence(SealInputs(path=path), tools), folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "sealed").iterdir())


def test_a_file_is_sealed_under_its_hash_and_cannot_be_written(folder: Path) -> None:
    assert sealed(folder) == SealOutputs(sha256=DIGEST, size=len(CONTENT), sealed_at=NOW)

    target = folder / "sealed" / DIGEST
    assert (names(folder), target.read_bytes() == CONTENT) == ([DIGEST], True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o400


def test_the_same_bytes_are_sealed_once(folder: Path) -> None:
    sealed(folder)
    before = (folder / "sealed" / DIGEST).stat()
    (folder / "copy.log").write_bytes(CONTENT)

    assert sealed(folder, "copy.log").sha256 == DIGEST
    after = (folder / "sealed" / DIGEST).stat()
    assert (names(folder), after.st_ino) == ([DIGEST], before.st_ino)


def test_the_bytes_are_on_the_disk_before_they_get_their_name_and_the_name_before_the_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def noting_fsync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        steps.append(f"fsync {'.partial' if path.suffix == '.partial' else path.name}")
        fsync(handle)

    def noting_rename(self: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(Path, "rename", noting_rename)
    sealed(folder)

    assert steps == ["fsync files", "fsync .partial", "rename", "fsync sealed"]


@pytest.mark.parametrize("broken", ["fsync", "fchmod"])
def test_what_breaks_half_way_leaves_nothing_behind_and_can_be_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    (folder / "sealed").mkdir()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, broken, full)
        with pytest.raises(WorkFailed, match="No space left"):
            sealed(folder)
    assert names(folder) == []

    sealed(folder)
    assert names(folder) == [DIGEST]


def test_a_seal_that_was_damaged_is_told_and_not_taken_for_whole(folder: Path) -> None:
    sealed(folder)
    target = folder / "sealed" / DIGEST
    target.chmod(0o600)
    target.write_bytes(b"other")

    with pytest.raises(WorkFailed, match="is damaged"):
        sealed(folder)


def test_several_workers_seal_the_same_file_at_once(folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = {one.sha256 for one in pool.map(lambda _: sealed(folder), range(8))}

    assert (found, names(folder)) == ({DIGEST}, [DIGEST])


@pytest.mark.parametrize("path", ["../secret", "/etc/hostname", "link", "missing", "."])
def test_only_a_file_of_the_workers_folder_is_sealed(folder: Path, path: str) -> None:
    (folder.parent / "secret").touch()
    (folder / "link").symlink_to(folder.parent / "secret")

    with pytest.raises(WorkFailed, match="there is no file"):
        sealed(folder, path)
