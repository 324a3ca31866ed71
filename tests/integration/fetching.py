"""A fetcher for tests: what it takes is written down, and time and waiting are moved by hand."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from notifications.inbound.imap.account import ImapAccount
from notifications.inbound.imap.connection import connected
from notifications.inbound.imap.fetcher import Fetcher
from notifications.inbound.imap.folder import Folder
from notifications.inbound.mail import Original
from tests.integration.imap_server import PASSWORD, PATIENCE, MailboxOfTests

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


class AwayError(Exception):
    """The database is not there."""


@dataclass
class Memory:
    """Where mails are taken to: what a database would remember, also from one process to the next."""

    taken: list[Original] = field(default_factory=list)
    watermarks: dict[tuple[str, str, int], int] = field(default_factory=dict)
    away: bool = False
    poison: Callable[[Original], bool] = lambda _: False
    attempts: list[str] = field(default_factory=list)
    sealed: Callable[[Original], bool] = lambda _: False
    gone: list[str] = field(default_factory=list)

    @property
    def contents(self) -> list[bytes]:
        return [one.path.read_bytes() for one in self.taken]

    def knows(self, origin: str) -> bool:
        self._there()
        return origin in {one.origin for one in self.taken}

    def take(self, original: Original) -> None:
        self._there()
        self.attempts.append(original.origin)
        if self.poison(original):
            raise AwayError("this one")
        assert original.path.stat().st_size == original.size
        if not self.knows(original.origin):
            self.taken.append(original)

    def leaving(self, account: str, folder: str, uidvalidity: int) -> set[int]:
        self._there()
        place = f"imap/{account}/{folder}/{uidvalidity}/"
        here = {one.origin for one in self.taken if self.sealed(one) and one.origin.startswith(place)}
        return {int(one.rpartition("/")[2]) for one in here - set(self.gone)}

    def left(self, origin: str) -> None:
        self.gone.append(origin)

    def watermark(self, account: str, folder: str, uidvalidity: int) -> int | None:
        self._there()
        return self.watermarks.get((account, folder, uidvalidity))

    def reached(self, account: str, folder: str, uidvalidity: int, uid: int) -> None:
        self._there()
        self.watermarks[account, folder, uidvalidity] = uid

    def _there(self) -> None:
        if self.away:
            raise AwayError("database")


@dataclass
class Time:
    """The time; a pause passes at once and is written down."""

    stop: threading.Event
    now: datetime = NOON
    pauses: list[float] = field(default_factory=list)
    most: int = 60
    """Pauses after which a test has gone wrong."""

    def __call__(self) -> datetime:
        return self.now

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += timedelta(seconds=seconds)
        if len(self.pauses) >= self.most:
            self.stop.set()


def fetcher(mailbox: MailboxOfTests, originals: Path, memory: Memory, **account: Any) -> Fetcher:
    """One that has not been started; its time is `fetcher.clock`."""
    stop = threading.Event()
    time = Time(stop)
    values: dict[str, Any] = {
        "port": mailbox.server.port,
        "tls": "none",
        "timeout": PATIENCE,
        "password": SecretStr(PASSWORD),
    } | account
    where = ImapAccount("complaints", "127.0.0.1", mailbox.user, **values)
    return Fetcher(where, originals, memory, time, lambda: 0.5, stop, time.pause)


def look(one: Fetcher, times: int = 1) -> int:
    """Connect and look through the folder; how many were taken."""
    with connected(one.account) as connection:
        folder = Folder.opened(connection)
        return sum(one.taking.look(folder) for _ in range(times))


@contextmanager
def running(one: Fetcher) -> Iterator[threading.Thread]:
    """The fetcher in a thread of its own; it must end when it is told to."""
    thread = threading.Thread(target=one.run)
    thread.start()
    try:
        yield thread
    finally:
        one.stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def until(true: Callable[[], bool]) -> None:
    """Wait for what a real server and a thread do; fails after a while."""
    bell = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        if true():
            return
        bell.wait(0.02)
    raise AssertionError("it did not happen")


def letter(number: int | str, size: int = 0) -> bytes:
    body = f"第 {number} 封\r\n".encode() + b"x" * size
    return b"From: a@customer.example\r\nSubject: %s\r\nMessage-ID: <%s@customer.example>\r\n\r\n%s\r\n" % (
        str(number).encode(), str(number).encode(), body
    )  # fmt: skip
