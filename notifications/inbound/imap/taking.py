"""Taking: one look through a folder. What is new is kept, taken, and only then marked, one message after the other.

A crash at any instant leaves each message either unmarked, and it is taken again under the same origin, or known.
"""

import traceback
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import Final, Protocol, TypeVar

import structlog

from notifications.inbound.imap.connection import Declined
from notifications.inbound.imap.folder import Folder
from notifications.inbound.imap.patience import Failing, Progress
from notifications.inbound.imap.troubles import DATABASE, DISK, Cut, Trouble, declined_for_now, our_side
from notifications.inbound.mail import Original
from notifications.inbound.originals import Kept, TooLarge, keep_original

_log: Final = structlog.get_logger(__name__)
_Answer = TypeVar("_Answer")


class Intake(Protocol):
    """Where messages are taken to. Any of these may raise whatever it likes: then nothing is marked."""

    def knows(self, origin: str) -> bool:
        """Whether this message has been taken already."""

    def take(self, original: Original) -> None:
        """Commit what becomes of a message. A second time for the same origin it does nothing."""

    def leaving(self, account: str, folder: str, uidvalidity: int) -> Collection[int]:
        """UIDs of taken messages that must not stay in a mailbox where others read, and are perhaps still there."""

    def left(self, origin: str) -> None:
        """Remember that such a message is not in the mailbox any more."""

    def watermark(self, account: str, folder: str, uidvalidity: int) -> int | None:
        """What `reached` was last told; None if never."""

    def reached(self, account: str, folder: str, uidvalidity: int, uid: int) -> None:
        """Remember that nothing up to that UID needs to be looked at again, unless it is unread."""


class Taking:
    """What is known of a folder between looks, also from one connection to the next."""

    def __init__(self, originals: Path, intake: Intake, clock: Callable[[], datetime], stop: Event) -> None:
        self.originals, self.intake, self.clock, self.stop = originals, intake, clock, stop
        self.progress: Progress | None = None
        self.complaint = ""
        """What the server would not do with a message that has been taken, e.g. move it."""

    def look(self, folder: Folder) -> int:
        """Take what is new; how many messages. Raises a `Trouble` if the mailbox, database or disk is to blame."""
        progress = self._progress(folder)
        if folder.account.done_folder:
            self._put_away_the_rest(folder, progress)
        new = folder.above(progress.watermark)
        waiting = {*new, *folder.unseen(progress.watermark)} - progress.settled
        self._remove(folder)
        taken = 0
        # Those that failed before come last: whatever they do, the others have had their turn.
        for uid in [*sorted(waiting - progress.failing.keys()), *progress.due(self.clock())]:
            if self.stop.is_set():
                return taken
            taken += self._one(folder, progress, uid)
        self._remove(folder)
        self._reached(folder, progress, max(new, default=progress.watermark))
        return taken

    def _progress(self, folder: Folder) -> Progress:
        """What we know of this folder. At the first contact it begins now: what has been read is left alone."""
        if self.progress is None or self.progress.uidvalidity != folder.uidvalidity:
            account, before = folder.account, folder.next_uid - 1
            place = (account.name, account.folder, folder.uidvalidity)
            watermark = self._ask(folder, lambda: self.intake.watermark(*place))
            if watermark is None:
                unread = len(folder.unseen(before))
                self._ask(folder, lambda: self.intake.reached(*place, before))
                _log.info("mailbox_first_contact", mailbox=account.name, folder=account.folder, unread=unread,
                          left_alone=folder.messages - unread)  # fmt: skip
            self.progress = Progress(folder.uidvalidity, before if watermark is None else watermark)
        return self.progress

    def _reached(self, folder: Folder, progress: Progress, seen: int) -> None:
        uid, account = progress.reached(seen), folder.account
        if uid > progress.watermark:
            self._ask(folder, lambda: self.intake.reached(account.name, account.folder, folder.uidvalidity, uid))
            progress.watermark = uid

    def _one(self, folder: Folder, progress: Progress, uid: int) -> bool:
        """Take one message and mark it; whether it was new."""
        known = self._knows(folder, _origin(folder, uid))
        if not known and not self._taken(folder, progress, uid):
            return False
        try:
            if uid not in self._leaving(folder):
                self._mark(folder, uid)
        except Cut as error:
            self._failed(folder, progress.failing.setdefault(uid, Failing()), uid, error)
            raise
        progress.settle(uid)
        return not known

    def _leaving(self, folder: Folder) -> Collection[int]:
        place = (folder.account.name, folder.account.folder, folder.uidvalidity)
        return self._ask(folder, lambda: self.intake.leaving(*place))

    def _remove(self, folder: Folder) -> None:
        """Remove what must not stay: we have the original, and nobody else shall have it (clause 7-5.2)."""
        for uid in self._leaving(folder):
            origin = _origin(folder, uid)
            try:
                folder.remove(uid)
            except Declined as error:
                self.complaint = f"应移出邮箱的来信未能删除，请手工删除 / a mail must be removed by hand: {error}"
                _log.warning("mail_not_removed", mailbox=folder.account.name, origin=origin, error=str(error))
                continue
            self._ask(folder, partial(self.intake.left, origin))
            _log.info("mail_removed", mailbox=folder.account.name, origin=origin)

    def _taken(self, folder: Folder, progress: Progress, uid: int) -> bool:
        """Keep one message and take it; whether that is done."""
        origin, failing = _origin(folder, uid), progress.failing.get(uid) or Failing()
        try:
            failing.original = failing.original or self._original(folder, uid, origin)
            if failing.original is None:
                _log.info("mail_gone", mailbox=folder.account.name, origin=origin)
                progress.settle(uid)
                return False
            self.intake.take(failing.original)
        except Cut as error:  # Perhaps by the server, at this message: another one goes first next time.
            self._failed(folder, progress.failing.setdefault(uid, failing), uid, error)
            raise
        except Trouble:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one message, the others get their turn
            self._failed(folder, progress.failing.setdefault(uid, failing), uid, error)
            return False
        return True

    def _original(self, folder: Folder, uid: int, origin: str) -> Original | None:
        """The message, kept on the disk; None if it is not in the folder any more."""
        beginning = folder.beginning(uid)
        if beginning is None:
            return None
        largest = folder.account.largest
        whole = beginning.size <= largest
        try:
            chunks = folder.content(uid, beginning) if whole else [beginning.content[:largest]]
            kept = self._kept(folder, chunks, largest)
        except TooLarge:  # The size was a guess, and too small.
            whole = False
            kept = self._kept(folder, [beginning.content[:largest]], largest)
        if not whole:
            _log.warning(
                "mail_too_large", mailbox=folder.account.name, origin=origin, size=beginning.size, largest=largest
            )
        arrived_at = beginning.arrived_at or self.clock()
        if arrived_at.tzinfo is None:  # RFC 3501 wants a zone; without one there is no better guess.
            arrived_at = arrived_at.replace(tzinfo=UTC)
        full_size = None if whole else max(beginning.size, largest + 1)
        return Original(kept.path, kept.sha256, kept.size, origin, arrived_at.astimezone(UTC), full_size=full_size)

    def _kept(self, folder: Folder, chunks: Iterable[bytes], largest: int) -> Kept:
        try:
            return keep_original(self.originals, chunks, largest)
        except OSError as error:  # A failure of the line is a `Trouble` by now.
            raise our_side(error, folder.account, DISK) from None

    def _mark(self, folder: Folder, uid: int) -> None:
        try:
            folder.mark(uid)
        except Declined as error:
            self.complaint = f"已收的邮件无法标记或移动 / a mail that was taken cannot be marked or moved: {error}"
            _log.warning("mail_not_marked", mailbox=folder.account.name, origin=_origin(folder, uid), error=str(error))
        else:
            self.complaint = ""

    def _put_away_the_rest(self, folder: Folder, progress: Progress) -> None:
        """Messages that were marked, and not moved because something broke."""
        for uid in set(folder.marked(progress.watermark)) - progress.settled:
            origin = _origin(folder, uid)
            if self._knows(folder, origin):
                self._mark(folder, uid)
            progress.settled.add(uid)

    def _failed(self, folder: Folder, failing: Failing, uid: int, error: Exception) -> None:
        tell = failing.failed(self.clock())
        # Not its text: that of a database quotes the mail.
        reason = str(error) if isinstance(error, Declined) else type(error).__name__
        last = traceback.extract_tb(error.__traceback__)[-1]
        (_log.error if tell else _log.warning)(
            "mail_failed", mailbox=folder.account.name, origin=_origin(folder, uid), times=failing.times,
            error=reason, at=f"{last.filename}:{last.lineno}", due=failing.due.isoformat() if failing.due else None,
        )  # fmt: skip
        if isinstance(error, Declined):
            declined_for_now(error, folder.account)

    def _knows(self, folder: Folder, origin: str) -> bool:
        return self._ask(folder, lambda: self.intake.knows(origin))

    def _ask(self, folder: Folder, question: Callable[[], _Answer]) -> _Answer:
        try:
            return question()
        except Exception as error:  # noqa: BLE001 - whatever a database raises, the mailbox waits
            raise our_side(error, folder.account, DATABASE) from None


def _origin(folder: Folder, uid: int) -> str:
    return f"imap/{folder.account.name}/{folder.account.folder}/{folder.uidvalidity}/{uid}"
