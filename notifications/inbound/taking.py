"""Taking: a mail is read, told apart and answered for in one transaction; every mail ends in exactly one outcome.

The order of the questions is the order of what must not be mistaken: our own mail, a report about a mail of ours, a
machine, a copy, spam, then a reply to a case, and only then a new one. What is none of these waits for a person.
"""

import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from notifications.inbound.bouncing import bounced
from notifications.inbound.desk import Desk, Outcome, Sheet, keep_files, sealed_mailboxes
from notifications.inbound.joining import joined
from notifications.inbound.mail import Mail, Original
from notifications.inbound.opening import opened
from notifications.inbound.reading import read_mail
from notifications.inbound.screening import automatic, copied, own, spam
from notifications.inbound.setting_aside import set_aside
from store.attachments import Attachment
from store.inbox import by_origin, lock
from store.mailboxes import leaving, reached, removed, watermark

_log: Final = structlog.get_logger(__name__)

Kept = tuple[tuple[Attachment, ...], list[str]]
"""The files of a mail, and what could not be read or kept."""

_QUESTIONS: Final[tuple[Callable[[Sheet], Outcome | None], ...]] = (
    own,
    bounced,
    automatic,
    copied,
    spam,
    joined,
    opened,
)


class Inbox:
    """Takes mails, from whatever way they come in. Any number of processes may do so at once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def take(self, original: Original) -> Outcome:
        """Say what becomes of a mail, and commit it. Raises what the database raises; then nothing has happened."""
        if (before := self.taken(original.origin)) is not None:
            return before
        mail = read_mail(original.path)
        files, troubles = keep_files(self.desk, mail)
        if original.full_size is not None:
            troubles.append(f"来信共 {original.full_size / 1_000_000:.0f} MB，超过上限，只收取了开头，其余仍在发件人处")
        try:
            return self._in_one_transaction(original, mail, (files, troubles), _decide)
        except (SQLAlchemyError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - one mail that breaks a rule must not stop those behind it
            what, last = type(error).__name__, traceback.extract_tb(error.__traceback__)[-1]
            # Neither its text nor a traceback with values: both may quote the mail.
            _log.error("mail_broke_a_rule", origin=original.origin, error=what, at=f"{last.filename}:{last.lineno}")
            return self._in_one_transaction(
                original, mail, (files, troubles), lambda sheet: set_aside(sheet, f"处理时出错（{what}），请人工处理")
            )

    def _in_one_transaction(
        self, original: Original, mail: Mail, kept: Kept, decide: Callable[[Sheet], Outcome]
    ) -> Outcome:
        try:
            with self.desk.store.database.writing() as connection:
                lock(connection)
                if (before := _before(connection, original.origin)) is not None:
                    return before
                self.desk.store.programs.refresh(connection)
                return decide(Sheet(self.desk, original, mail, connection, self.desk.clock(), *kept))
        except IntegrityError:
            # The database could not keep two takers apart; whoever was first has said what becomes of it.
            if (before := self.taken(original.origin)) is not None:
                return before
            raise

    def apart(self, original: Original) -> tuple[Original, ...]:
        """One for each mailbox that a message was handed over for: each has rules of its own. Mostly the one given.

        What was sent to the address of a case or a decision is that reply and nothing else, wherever else it went; and
        what was sent to a sealed mailbox stays there.
        """
        with self.desk.store.database.reading() as connection:
            self.desk.store.programs.refresh(connection)
        named = {address: self._mailbox(address) for address in original.recipients}
        boxes = dict.fromkeys(one for one in named.values() if one)
        sealed = sealed_mailboxes(one.content for one in self.desk.store.programs.rulebook.procedures.values())
        if len(boxes) < 2 or not sealed.isdisjoint(boxes) or any(self.desk.replies.read(one) for one in named):
            return (original,)
        # Each has an origin of its own, the same however often and in whatever order the server names its recipients.
        first = next(iter(boxes))
        return tuple(
            replace(
                original,
                origin=f"{original.origin[:230]}/{one}",
                recipients=tuple(address for address, box in named.items() if (box or first) == one),
            )
            for one in boxes
        )

    def _mailbox(self, address: str) -> str:
        boxes = self.desk.store.programs.company.organisation.mailboxes
        known = {one.lower(): name for name, box in boxes.items() for one in box.addresses}
        return known.get(address.lower(), "")

    def is_ours(self, address: str) -> bool:
        """Whether mail to an address is taken: of a mailbox of the company, or where replies come in."""
        with self.desk.store.database.reading() as connection:
            self.desk.store.programs.refresh(connection)
        own = {one.lower() for one in self.desk.own}
        return bool(self._mailbox(address)) or address.lower() in own or self.desk.replies.read(address) is not None

    def taken(self, origin: str) -> Outcome | None:
        """What became of the mail from there; None if it has not been taken."""
        with self.desk.store.database.reading() as connection:
            return _before(connection, origin)

    def knows(self, origin: str) -> bool:
        """Whether a mail has been taken from there."""
        return self.taken(origin) is not None

    def leaving(self, account: str, folder: str, uidvalidity: int) -> list[int]:
        """Sealed messages of an IMAP folder that are perhaps still there."""
        with self.desk.store.database.reading() as connection:
            return leaving(connection, f"imap/{account}/{folder}/{uidvalidity}")

    def left(self, origin: str) -> None:
        """Remember that a message has been removed from the mailbox."""
        with self.desk.store.database.writing() as connection:
            removed(connection, origin, self.desk.clock())

    def watermark(self, account: str, folder: str, uidvalidity: int) -> int | None:
        """Up to which number an IMAP folder has been looked through; None if never."""
        with self.desk.store.database.reading() as connection:
            return watermark(connection, f"{account}/{folder}/{uidvalidity}")

    def reached(self, account: str, folder: str, uidvalidity: int, uid: int) -> None:
        """Remember up to which number an IMAP folder has been looked through."""
        with self.desk.store.database.writing() as connection:
            lock(connection)
            reached(connection, f"{account}/{folder}/{uidvalidity}", uid)


def _decide(sheet: Sheet) -> Outcome:
    for question in _QUESTIONS:
        if (outcome := question(sheet)) is not None:
            return outcome
    return set_aside(sheet, "不符合任何规则")


def _before(connection: Connection, origin: str) -> Outcome | None:
    known = by_origin(connection, origin[:300])
    if known is None:
        return None
    return Outcome(known.outcome, known.reason, known.case_id, known.sealed, known.waits, repeated=True)
