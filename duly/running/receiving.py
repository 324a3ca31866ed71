"""Receiving: mailboxes are looked into, and the door for other mail servers is open, beside the sending of mail.

Each mailbox has a thread of its own. What goes wrong with one stands in the note of the process; the others go on, and
so does the sending.
"""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from threading import Event, Thread
from typing import Final

import structlog

from duly.errors import UserError
from duly.running.assembly import desk_of, mails_folder
from duly.running.clocks import CompanyClock, wall
from duly.settings import Settings
from duly.settings_parts import ImapSettings
from notifications.inbound.desk import Outcome
from notifications.inbound.door import Door
from notifications.inbound.imap.account import ImapAccount, WrongAccount
from notifications.inbound.imap.fetcher import Fetcher
from notifications.inbound.listening import listening
from notifications.inbound.mail import Original
from notifications.inbound.originals import remove_partials
from notifications.inbound.taking import Inbox
from store.cases import Store

_log: Final = structlog.get_logger(__name__)


class Receiver:
    """All ways in of one process."""

    def __init__(self, settings: Settings, store: Store, clock: CompanyClock) -> None:
        self.settings, self.clock = settings, clock
        self.inbox = Inbox(desk_of(settings, store, clock))
        self.originals = mails_folder(settings)
        self.stop = Event()
        self.fetchers = [self._fetcher(one) for one in settings.imap]
        called = [(one.account.name, one.account.folder) for one in self.fetchers]
        if twice := next((name for name, folder in called if called.count((name, folder)) > 1), None):
            # Their messages would have the same origins, and the second would pass for taken.
            raise UserError(
                f"two tables [[imap]] read the folder of `{twice}`, or of addresses that are called so.",
                "leave one of them out, or give one another folder.",
            )

    @property
    def note(self) -> str:
        """What is wrong now; empty if nothing is."""
        return "; ".join(one.note for one in self.fetchers if one.note)

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[None]:
        """Take mails for as long as the block lasts. Raises `UserError` if the door's port is taken."""
        remove_partials(self.originals, wall())
        threads = [Thread(target=one.run, name=f"imap-{one.account.name}", daemon=True) for one in self.fetchers]
        for thread in threads:
            thread.start()
        try:
            if self.settings.inbox.listen_port:
                async with self._door():
                    yield
            else:
                yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join(5)

    @asynccontextmanager
    async def _door(self) -> AsyncIterator[None]:
        inbox = self.settings.inbox
        door = Door(
            originals=self.originals, take=self._take, accepts=self._is_ours, clock=self.clock.now,
            host=inbox.listen_host, port=inbox.listen_port, protocol=inbox.listen_protocol,
            networks=inbox.listen_peers, largest=inbox.largest_mb * 1024 * 1024,
        )  # fmt: skip
        try:
            async with listening(door):
                _log.info("mail_is_taken", host=inbox.listen_host, port=inbox.listen_port)
                yield
        except OSError as error:
            raise UserError(
                f"mail cannot be taken at {inbox.listen_host}:{inbox.listen_port}: {error.strerror}.",
                "end the program that uses the port, or set `inbox.listen_port` to another.",
            ) from None
        except ValueError as error:
            raise UserError(f"`inbox.listen_peers`: {error}.", "write networks, e.g. 10.1.2.0/24.") from None

    def _take(self, original: Original) -> None:
        for one in self.inbox.apart(original):
            _told(one, self.inbox.take(one))

    def _is_ours(self, address: str) -> bool:
        return self.inbox.is_ours(address)

    def _fetcher(self, mailbox: ImapSettings) -> Fetcher:
        account = imap_account(self.settings, mailbox)
        intake = _Intake(self.inbox, mailbox.address)
        return Fetcher(account, self.originals, intake, wall, random.SystemRandom().random, self.stop)


class _Intake:
    """Where the messages of one mailbox are taken to; whatever else they say, they came to its address."""

    def __init__(self, inbox: Inbox, address: str) -> None:
        self.inbox, self.address = inbox, address
        self.knows, self.watermark, self.reached = inbox.knows, inbox.watermark, inbox.reached
        self.leaving, self.left = inbox.leaving, inbox.left

    def take(self, original: Original) -> None:
        _told(original, self.inbox.take(replace(original, recipients=(*original.recipients, self.address))))


def imap_account(settings: Settings, mailbox: ImapSettings) -> ImapAccount:
    """The account of a mailbox. Raises `UserError`."""
    try:
        return ImapAccount(
            name=_name_of(mailbox.address), host=mailbox.host, port=mailbox.port, tls=mailbox.tls,
            username=mailbox.username or mailbox.address, password=mailbox.password, folder=mailbox.folder,
            done_folder=mailbox.done_folder or None, ca_file=mailbox.ca_file,
            largest=settings.inbox.largest_mb * 1024 * 1024,
        )  # fmt: skip
    except WrongAccount as error:
        raise UserError(f"{error}.", "correct the table [[imap]] of the settings.") from None


def _name_of(address: str) -> str:
    """How a mailbox is called in logs and origins."""
    return "".join(one if one.isalnum() or one in ".-_" else "_" for one in address)


def _told(original: Original, outcome: Outcome) -> None:
    """One line of log a mail, without a word of what it says or who wrote it."""
    _log.info("mail_taken", origin=original.origin, outcome=outcome.outcome, case=outcome.case_id)
