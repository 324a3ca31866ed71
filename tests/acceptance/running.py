"""The real thing for tests: `duly up` as a subprocess, a mail server it sends to, and people with browsers."""

import email
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Lock
from typing import Any

import httpx
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.integration.samples import POLICIES

PROBE = Path(__file__).parent / "probe.yaml"
PATIENCE = 60.0
"""Seconds after which something that should have happened has not."""


@dataclass
class Letters:
    """A mail server that takes everything."""

    mails: list[EmailMessage] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    at: int = 0
    act: Callable[[], None] = lambda: None

    def when(self, number: int, act: Callable[[], None]) -> None:
        """Do something after the content of a mail has come and before it is acknowledged."""
        self.at, self.act = number, act

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        content = envelope.content
        assert isinstance(content, bytes)
        with self.lock:
            self.mails.append(email.message_from_bytes(content, policy=default))
            taken = len(self.mails)
        if taken == self.at:
            self.act()
        return "250 taken"

    def to(self, person: str, words: str = "") -> list[EmailMessage]:
        """Mails to a person of the sample company whose subject holds some words, the oldest first."""
        with self.lock:
            return [one for one in self.mails if f"{person}@" in str(one["To"]) and words in str(one["Subject"])]

    def wait_for(self, person: str, words: str) -> EmailMessage:
        """The last such mail, as soon as there is one."""
        found: list[EmailMessage] = until(lambda: self.to(person, words)[-1:])
        return found[0]


def until(found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Ask again and again until the answer is true; other processes are at work."""
    end = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
    return answer


def text_of(mail: EmailMessage) -> str:
    """The text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage) -> str:
    """The first link of a mail."""
    return next(word for word in text_of(mail).split() if word.startswith("http"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server() -> Iterator[tuple[Letters, int]]:
    """A real SMTP server on a free port."""
    letters, port = Letters(), free_port()
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield letters, port
    finally:
        controller.stop()


@dataclass
class Installation:
    """One installation: its settings, and the process that runs it."""

    folder: Path
    environment: dict[str, str]
    address: str
    prefect: str
    process: "subprocess.Popen[bytes] | None" = None

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command of `duly` with the same settings."""
        return subprocess.run(
            [sys.executable, "-P", "-m", "duly", *words],
            env=self.environment, cwd=self.folder, capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip

    def start(self, *words: str) -> None:
        """Start `duly up`, or another command, and wait until the pages answer."""
        with (self.folder / "duly.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "duly", *(words or ("up",))],
                env=self.environment, cwd=self.folder, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until(self.answers)

    def answers(self) -> bool:
        """Whether the pages are up."""
        try:
            return httpx.get(f"{self.address}/ready", timeout=2).is_success
        except httpx.HTTPError:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            return False

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it; gives its exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(30)

    def log(self) -> str:
        """All it has said."""
        return (self.folder / "duly.log").read_text(encoding="utf-8")


@contextmanager
def installed(folder: Path, mail_port: int, **settings: str) -> Iterator[Installation]:
    """An installation with the sample company and the procedure of these tests; ended at the end of the block."""
    policies = folder / "policies"
    shutil.copytree(POLICIES, policies, ignore=shutil.ignore_patterns("tests"))
    shutil.copy(PROBE, policies / "procedures" / "probe.yaml")
    web, prefect = free_port(), free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DULY_", "PREFECT_"))}
    given: Mapping[str, str] = {
        "DULY_DATA": str(folder / "data"), "DULY_POLICIES": str(policies), "DULY_WEB__PORT": str(web),
        "DULY_PREFECT__PORT": str(prefect), "DULY_MAIL__HOST": "127.0.0.1", "DULY_MAIL__PORT": str(mail_port),
        "DULY_MAIL__TLS": "none", "DULY_MAIL__ADDRESS": "duly@mingchuan.example", "DULY_MAIL__RATE": "6000",
        "DULY_LOG__FORMAT": "json", "DULY_MACHINES__NETWORKS": '["127.0.0.1/32"]',
    }  # fmt: skip
    found = Installation(
        folder, {**inherited, **given, **settings}, f"http://127.0.0.1:{web}", f"http://127.0.0.1:{prefect}/api"
    )
    try:
        yield found
    finally:
        if found.process is not None and found.process.poll() is None:
            found.process.kill()
            found.process.wait(10)
