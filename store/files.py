"""Files: written once under their SHA-256, flushed to the disk before anybody is told that they are kept."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO, Final

from store.attachments import Attachment
from store.file_types import RefusedFile, check_type, safe_name

_CHUNK: Final = 1024 * 1024


def keep(folder: Path, source: BinaryIO, given_name: str, largest: int) -> Attachment:
    """Keep one file. Raises `RefusedFile`."""
    name = safe_name(given_name)
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix="incoming-", delete=False) as target:
        path = Path(target.name)
        try:
            sha256, size = _copy(source, target, name, largest)
            target.flush()
            os.fsync(target.fileno())
        except BaseException:
            # Also a full disk: what is tried again and again must not fill it further.
            path.unlink()
            raise
    place = path_of(folder, sha256)
    if not place.parent.is_dir():
        place.parent.mkdir(exist_ok=True)
        flush_folder(folder)
    path.replace(place)
    flush_folder(place.parent)
    return Attachment(sha256, name, size)


def flush_folder(folder: Path) -> None:
    """A name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(source: BinaryIO, target: IO[bytes], name: str, largest: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        if size == 0:
            check_type(name, chunk[:16])
        size += len(chunk)
        if size > largest:
            raise RefusedFile(f"文件超过 {largest // 1024 // 1024} MB：请压缩或拆分后上传")
        digest.update(chunk)
        target.write(chunk)
    if size == 0:
        raise RefusedFile("文件是空的：请检查后重新选择")
    return digest.hexdigest(), size


def path_of(folder: Path, sha256: str) -> Path:
    """Where a file lies."""
    return folder / sha256[:2] / sha256
