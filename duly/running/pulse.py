"""Pulse: a process says every few seconds that it lives, and stops when it is told to."""

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Event, Thread
from typing import Final

import anyio
import structlog
from sqlalchemy.exc import SQLAlchemyError

from duly.running.clocks import wall
from store.connection import Database
from store.heartbeats import EVERY, Heartbeat, beat, rest

_log: Final = structlog.get_logger(__name__)


class Pulse:
    """The heartbeat of one process. `note` is what it has to say of itself, empty if all is well."""

    def __init__(self, database: Database, kind: str, note: Callable[[], str] = lambda: "") -> None:
        self.database, self.kind, self.note = database, kind, note
        self.process = f"{kind}@{socket.gethostname()}:{os.getpid()}"
        self.started_at: datetime = wall()

    def beat(self) -> None:
        """Say it once; a database that is away is no reason to stop."""
        try:
            beat(self.database, Heartbeat(self.process, self.kind, self.started_at, wall(), self.note()))
        except SQLAlchemyError as error:
            _log.warning("heartbeat_not_written", error=type(error).__name__)

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Beat in a thread of its own for as long as the block lasts."""
        stop = Event()

        def go_on() -> None:
            while not stop.wait(EVERY.total_seconds()):
                self.beat()

        self.beat()
        thread = Thread(target=go_on, name="pulse", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
            with suppress(SQLAlchemyError):
                rest(self.database, self.process)


def stopped_by_signal() -> Event:
    """An event that is set by SIGTERM and SIGINT, so that work in hand is finished before the process ends."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop


async def until_signal(work: Callable[[anyio.Event], Awaitable[None]]) -> None:
    """Do asynchronous work that ends when the event it is given is set, by SIGTERM or SIGINT."""
    stop, loop = anyio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await work(stop)
