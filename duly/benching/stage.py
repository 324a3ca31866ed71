"""The stage: a folder with a database, the real processes on it, and a mail server that notes when each mail came."""

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Final

import httpx
from aiosmtpd.smtp import SMTP, Envelope, Session

from duly.folders import policies_folder
from duly.running.supervisor import python

PATIENCE: Final = 120.0
"""Seconds after which something that should have happened is given up."""


@dataclass
class Sink:
    """A mail server that takes everything; `came` has the monotonic time and the content of each mail."""

    port: int
    came: list[tuple[float, bytes]] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Note it."""
        content = envelope.content
        self.came.append((time.monotonic(), content if isinstance(content, bytes) else b""))
        return "250 taken"


@contextmanager
def sink() -> Iterator[Sink]:
    """A mail server in a thread of its own."""
    found, loop, ready = Sink(free_port()), asyncio.new_event_loop(), Event()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        make = loop.create_server(lambda: SMTP(found, loop=loop), "127.0.0.1", found.port)
        server = loop.run_until_complete(make)
        ready.set()
        loop.run_forever()
        server.close()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield found
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


@dataclass(frozen=True, slots=True)
class Stage:
    """Settings of the processes, as an environment."""

    folder: Path
    mail_port: int
    web_port: int
    database: str = ""

    @property
    def address(self) -> str:
        """Where the pages answer."""
        return f"http://127.0.0.1:{self.web_port}"

    def environment(self, now: datetime | None = None, **more: str) -> dict[str, str]:
        """The environment of a process whose company's clock shows `now` at this moment."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DULY_", "PREFECT_"))}
        given: Mapping[str, str] = {
            "DULY_DATA": str(self.folder), "DULY_POLICIES": str(policies_folder()), "DULY_MAIL__HOST": "127.0.0.1",
            "DULY_MAIL__PORT": str(self.mail_port), "DULY_MAIL__TLS": "none", "DULY_MAIL__RATE": "100000",
            "DULY_WEB__PORT": str(self.web_port), "DULY_WEB__FORMS_A_MINUTE": "1000000",
            "DULY_PREFECT__PORT": str(free_port()), "DULY_LOG__LEVEL": "warning", "DULY_DEMO": "false",
        }  # fmt: skip
        clock = {}
        if now is not None:
            clock = {
                "DULY_CLOCK__COMPANY_START": now.isoformat(),
                "DULY_CLOCK__REAL_START": datetime.now(now.tzinfo).isoformat(),
            }
        database = {"DULY_DATABASE_URL": self.database} if self.database else {}
        return {**kept, **given, **clock, **database, **more}

    @contextmanager
    def process(self, *words: str, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
        """One `duly` process for as long as the block lasts."""
        log = (self.folder / "bench.log").open("ab")
        started = subprocess.Popen(  # noqa: S603 - our own command
            python("-m", "duly", *words), env=dict(environment), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(15)
            except subprocess.TimeoutExpired:
                started.kill()
            log.close()

    def answers(self) -> bool:
        """Whether the pages are up."""
        try:
            return httpx.get(f"{self.address}/f", timeout=1).is_success
        except httpx.HTTPError:
            return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def memory_of(process: int) -> float:
    """Proportional memory of a process and all below it, in MB: what is shared is counted once."""
    total = 0.0
    for one in _family(process):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    return total


def _family(process: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, frontier = [process], [process]
    while frontier:
        below = children.get(frontier.pop(), [])
        found += below
        frontier += below
    return found
