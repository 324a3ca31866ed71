"""The bytes of a message, in memory or mapped from its file, so that several hundred MB are read but never held."""

import hashlib
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from notifications.inbound.reading.bounds import LONE_CR_BYTES, MESSAGE_BYTES, Reading

Source: TypeAlias = bytes | mmap.mmap

_WINDOW: Final = 8_000_000
_OVERLAP: Final = 1_000
"""Longer than any line that is searched for."""


@dataclass(frozen=True, slots=True)
class Received:
    """A message as it came: what of it is read, and what is known of all of it."""

    data: Source
    sha256: str
    size: int


@contextmanager
def opened(path: Path) -> Iterator[Received]:
    """The bytes of a file. Raises OSError if it cannot be read."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        if not size:
            yield Received(b"", digest, 0)  # nothing cannot be mapped
            return
        with mmap.mmap(file.fileno(), min(size, MESSAGE_BYTES), access=mmap.ACCESS_READ) as mapped:
            yield Received(mapped, digest, size)


def held(content: bytes) -> Received:
    """The bytes of a message that is in memory already."""
    return Received(content[:MESSAGE_BYTES], hashlib.sha256(content).hexdigest(), len(content))


def with_line_feeds(data: Source, reading: Reading) -> Source:
    r"""Lines that end in CR alone, as old Macs wrote them, end in LF; every other message is left as it is."""
    beginning = data[:65_536]
    if b"\n" in beginning or b"\r" not in beginning:
        return data
    if len(data) > LONE_CR_BYTES:
        reading.trouble(f"邮件以单个回车换行且过长，只读取前 {LONE_CR_BYTES // 1_000_000} MB，其余在原件中保留")
    return bytes(data[:LONE_CR_BYTES]).replace(b"\r", b"\n")


def search(pattern: re.Pattern[bytes], data: Source, start: int) -> re.Match[bytes] | None:
    """The first match at or after `start`, of a pattern whose matches are shorter than a thousand bytes."""
    end = len(data)
    while start < end:
        stop = min(start + _WINDOW, end)
        found = pattern.search(data, start, stop)
        if found and (found.end() < stop or stop == end):
            return found
        start = end if stop == end else max(found.start() if found else 0, stop - _OVERLAP)
        _release(data)
    return None


def _release(data: Source) -> None:
    """Let go of the pages read so far: they come back from the file when they are asked for."""
    if isinstance(data, mmap.mmap):
        data.madvise(mmap.MADV_DONTNEED)


def chunks(data: Source, start: int, end: int) -> Iterator[bytes]:
    """The bytes from start to end, in pieces of one megabyte."""
    for place in range(start, end, 1_000_000):
        yield data[place : min(place + 1_000_000, end)]
        _release(data)
