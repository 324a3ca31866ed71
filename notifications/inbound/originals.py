"""Originals: every message is on the disk, whole and for good, before anybody is told that Duly has it.

A file is named by the SHA-256 of its bytes, so the same content is kept once, however often it comes. It is written
beside its place and renamed into it, and both the file and the name are flushed: a power cut leaves all or nothing.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from store.files import flush_folder

MOST_BYTES: Final = 50 * 1024 * 1024
"""Providers take 50 MB at most from a sender, so nearly every message fits."""

ABANDONED: Final = timedelta(hours=1)
"""A partial file that nobody has written to for so long is what a crash has left."""

_PARTIALS: Final = "partial"


class TooLarge(ValueError):  # noqa: N818 - it says what is the case
    """A message beyond the largest size; nothing of it has been kept."""


class Kept(NamedTuple):
    """Where a message lies."""

    path: Path
    sha256: str
    """Of all its bytes, in hexadecimal."""
    size: int
    """Bytes."""


def keep_original(folder: Path, chunks: Iterable[bytes], largest: int = MOST_BYTES) -> Kept:
    """Keep a message. Raises `TooLarge` beyond `largest` bytes, `OSError` if the disk does not take it.

    Whatever goes wrong, also in `chunks`, leaves nothing behind.
    """
    with Keeping(folder, largest) as keeping:
        for chunk in chunks:
            keeping.write(chunk)
        return keeping.keep()


class Keeping:
    """A message on its way to the disk; what has not been kept at the end of the block is thrown away."""

    def __init__(self, folder: Path, largest: int = MOST_BYTES) -> None:
        self.size = 0
        self._folder, self._largest = folder, largest
        self._hash = hashlib.sha256()
        partials = folder / _PARTIALS
        _make(partials)
        self._partial = partials / secrets.token_hex(16)
        self._file = os.fdopen(os.open(self._partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    def write(self, chunk: bytes) -> None:
        """The next bytes. Raises `TooLarge`."""
        self.size += len(chunk)
        if self.size > self._largest:
            raise TooLarge(
                f"the message is larger than {self._largest} bytes: raise the largest size, or ask for it another way"
            )
        self._hash.update(chunk)
        self._file.write(chunk)

    def keep(self) -> Kept:
        """Flush it and give it its name; when this has returned, a power cut takes nothing away."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sha256 = self._hash.hexdigest()
        place = self._folder / sha256[:2] / sha256
        _make(place.parent)
        # Also over a file of that name: it has the same content, unless the disk has damaged it.
        self._partial.rename(place)
        flush_folder(place.parent)
        return Kept(place, sha256, self.size)

    def discard(self) -> None:
        """Throw away what has not been kept; harmless after `keep`."""
        with suppress(OSError):  # A full disk has no room for the buffer either, and it is not wanted.
            self._file.close()
        self._partial.unlink(missing_ok=True)


def remove_partials(folder: Path, now: datetime) -> int:
    """Remove what crashes have left; how many files that were. To be called when a process starts."""
    removed = 0
    for path in (folder / _PARTIALS).glob("*"):
        with suppress(FileNotFoundError):  # Another process cleans up, too.
            if now.timestamp() - path.stat().st_mtime > ABANDONED.total_seconds():
                path.unlink()
                removed += 1
    return removed


def _make(folder: Path) -> None:
    """A folder for the owner alone, whose name is flushed as well."""
    if not folder.is_dir():
        if not folder.parent.is_dir():
            _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        flush_folder(folder.parent)
