"""The bytes of a message, in memory or mapped from its file, so that several hundred MB are read but never held."""

import hashlib
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from notifications.inbound.reading.bounds import LONE_CR_BYTES, Reading

Source: TypeAlias = bytes | mmap.mmap

_WINDOW: Final = 8_000_000
_OVERLAP: Final = 1_000
"""Longer than any line that is searched for."""


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The bytes of a file. Raises OSError if it cannot be read."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            yield b""  # nothing cannot be mapped
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped


def sha256(data: Source) -> str:
    """In hexadecimal."""
    digest = hashlib.sha256()
    for start in range(0, len(data), _WINDOW):
        digest.update(data[start : start + _WINDOW])
        _release(data)
    return digest.hexdigest()


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
