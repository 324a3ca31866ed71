"""The fetcher: looks into one mailbox for as long as it runs, and tells what is wrong when it cannot.

It is told of new messages where the server can do that (IDLE, RFC 2177), and looks by itself from time to time in any
case. Whatever breaks, it comes back after a while, sooner after a cut line and later after a wrong password.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Final, Literal

import structlog

from notifications.inbound.imap.account import ImapAccount
from notifications.inbound.imap.connection import Connection, Declined, connected
from notifications.inbound.imap.folder import Folder
from notifications.inbound.imap.patience import Patience
from notifications.inbound.imap.taking import Intake, Taking
from notifications.inbound.imap.troubles import Refused, Trouble, unusable

_log: Final = structlog.get_logger(__name__)

TICK: Final = 0.5
"""Seconds after which a fetcher that waits has noticed that it shall stop."""

State = Literal["connecting", "taking", "waiting", "trouble", "refused", "stopped"]


@dataclass
class Fetcher:
    """Takes messages from one mailbox. Any number may look into the same one.

    A database that is away, and messages that cannot be taken, leave the mailbox as it is; it is the queue.
    """

    account: ImapAccount
    originals: Path
    """Folder of messages that have been kept."""
    intake: Intake
    clock: Callable[[], datetime]
    """The time, with its zone."""
    jitter: Callable[[], float]
    """A number from 0 to 1, e.g. `random.random`."""
    stop: Event
    pause: Callable[[float], object] | None = None
    """Waits for some seconds, or until `stop`; `stop.wait` if None."""
    state: State = field(default="connecting", init=False)
    trouble: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.taking = Taking(self.originals, self.intake, self.clock, self.stop)
        self._pause = self.pause or self.stop.wait
        self._patience = Patience()
        self._connection: Connection | None = None

    @property
    def note(self) -> str:
        """What is wrong now, in Chinese and English, for the heartbeat; empty if all is well."""
        if self.trouble:
            return self.trouble
        stuck = len(self.taking.progress.failing) if self.taking.progress else 0
        said = f"{stuck} 封邮件未能处理，将重试 / {stuck} mails could not be taken, trying again" if stuck else ""
        said = said or self.taking.complaint
        return f"邮箱 {self.account.name}：{said}" if said else ""

    def run(self) -> None:
        """Go on until `stop` is set; then end within a second or so, unless `take` or connecting lasts longer."""
        with self._cut_when_stopped():
            while not self.stop.is_set():
                try:
                    self.visit()
                except Trouble as trouble:
                    self._leave_alone(trouble)
        self.state = "stopped"

    def visit(self) -> None:
        """Connect, and take messages until `stop` is set. Raises a `Trouble`, after which nothing is lost."""
        self.state = "connecting"
        with connected(self.account) as connection, self._cuttable(connection):
            try:
                folder = Folder.opened(connection)
                while not self.stop.is_set():
                    self._look(folder)
                    self._wait(connection)
            except Declined as error:
                raise unusable(error, self.account) from None

    def _look(self, folder: Folder) -> None:
        self.state = "taking"
        taken = self.taking.look(folder)
        if taken:
            _log.info("mails_taken", mailbox=self.account.name, mails=taken)
        if self.trouble:
            _log.info("mailbox_well_again", mailbox=self.account.name)
        self._patience.went_well()
        self.state, self.trouble = "waiting", ""

    def _wait(self, connection: Connection) -> None:
        """Until there may be something to do."""
        if self.stop.is_set():
            return
        if connection.has("IDLE") and self._listen(connection):
            return
        self._pause(max(min(self.account.poll, self._until_next_turn()), TICK))
        if not self.stop.is_set():
            connection.say("noop")

    def _listen(self, connection: Connection) -> bool:
        """Wait for an announcement; whether the server let us."""
        until = self.clock() + timedelta(seconds=min(self.account.idle, self._until_next_turn()))
        try:
            connection.say("idle")
        except Declined:
            return False
        while not self.stop.is_set() and self.clock() < until:
            if connection.heard(TICK):
                break
        connection.say("idle_done")
        return True

    def _until_next_turn(self) -> float:
        due = self.taking.progress.next_due() if self.taking.progress else None
        return max((due - self.clock()).total_seconds(), 0) if due else self.account.idle

    def _leave_alone(self, trouble: Trouble) -> None:
        if self.stop.is_set():
            return
        wait = self._patience.after(trouble, self.jitter())
        self.state = "refused" if isinstance(trouble, Refused) else "trouble"
        self.trouble = str(trouble)
        _log.warning("mailbox_trouble", mailbox=self.account.name, kind=type(trouble).__name__, error=str(trouble),
                     times=self._patience.troubles, again_in=round(wait.total_seconds()))  # fmt: skip
        self._pause(wait.total_seconds())

    @contextmanager
    def _cuttable(self, connection: Connection) -> Iterator[None]:
        self._connection = connection
        try:
            yield
        finally:
            self._connection = None

    @contextmanager
    def _cut_when_stopped(self) -> Iterator[None]:
        """A server that has fallen silent must not keep us from stopping."""
        ended = Event()

        def watch() -> None:
            while not ended.wait(TICK):
                if self.stop.is_set() and not ended.wait(TICK) and (connection := self._connection) is not None:
                    connection.hang_up()

        watcher = Thread(target=watch, name=f"mailbox-{self.account.name}", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()
