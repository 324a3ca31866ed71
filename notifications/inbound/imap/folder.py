"""A folder: the queue of messages. Finds them, reads them piece by piece, and marks what has been taken."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from notifications.inbound.imap.connection import Connection, Declined
from notifications.inbound.imap.troubles import FAILURES, unusable

SEEN: Final = "\\Seen"
DELETED: Final = "\\Deleted"
KEYWORD: Final = "$Duly"
"""What a message is marked with, beside \\Seen, where the server keeps keywords."""

CHUNK: Final = 256 * 1024
"""Bytes asked for at once, so that no message needs memory for more."""

SPAN: Final = 50_000
"""UIDs searched at once: an answer is one line, and Python's imaplib reads no longer one than a million bytes."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first chunk of a message and what the server knows of it."""

    content: bytes
    size: int
    """Bytes, as the server says; some guess."""
    arrived_at: datetime | None


class Folder:
    """The folder of the account, opened on a connection."""

    def __init__(self, connection: Connection, opened: dict[bytes, Any]) -> None:
        self.connection, self.account = connection, connection.account
        self.uidvalidity = int(opened.get(b"UIDVALIDITY", 0))
        self.messages = int(opened.get(b"EXISTS", 0))
        self.next_uid = int(opened.get(b"UIDNEXT", 0)) or self._after_the_last()
        lasting = {flag.lower() for flag in opened.get(b"PERMANENTFLAGS", (b"\\*",))}
        self.keeps_keywords = bool(lasting & {b"\\*", KEYWORD.lower().encode()})

    @classmethod
    def opened(cls, connection: Connection) -> Self:
        """Open the folder, and see that there is one for what is done. Raises `Unusable` or another `Trouble`."""
        account, client = connection.account, connection.client
        try:
            opened = client.select_folder(account.folder)
        except FAILURES as error:
            raise unusable(error, account, _names(client)) from None
        folder = cls(connection, opened)
        if account.done_folder:
            try:
                if not client.folder_exists(account.done_folder):
                    client.create_folder(account.done_folder)
            except FAILURES as error:
                raise unusable(error, account) from None
        return folder

    def above(self, uid: int) -> list[int]:
        """All messages with a UID above that one, in order."""
        found: set[int] = set()
        end = max(self.next_uid, uid + 2)
        for low in range(uid + 1, end, SPAN):
            # The last span is open: messages come while we are connected.
            found.update(self._search("UID", f"{low}:{low + SPAN - 1 if low + SPAN < end else '*'}"))
        # `n:*` is never empty: it has the last message also where that is below n.
        return sorted(one for one in found if one > uid)

    def unseen(self, uid: int) -> list[int]:
        """Messages up to that UID that nobody has read and we have not marked, in order."""
        unmarked = ("UNKEYWORD", KEYWORD) if self.keeps_keywords else ()
        return self._in_spans(uid, "UNSEEN", *unmarked)

    def marked(self, uid: int) -> list[int]:
        """Messages up to that UID that have been marked and are still here, in order."""
        return self._in_spans(uid, "KEYWORD", KEYWORD) if self.keeps_keywords else []

    def beginning(self, uid: int) -> Beginning | None:
        """The first chunk; None if the message is not there any more. Raises `Declined`."""
        part = f"BODY.PEEK[]<0.{CHUNK}>"
        found = self.connection.say("fetch", [uid], ["RFC822.SIZE", "INTERNALDATE", part]).get(uid)
        if found is None:
            return None
        content, size = found.get(b"BODY[]<0>"), int(found.get(b"RFC822.SIZE") or 0)
        if content is None or (size and not content):
            raise Declined("the server gives no content for this message")
        return Beginning(content, size, found.get(b"INTERNALDATE"))

    def content(self, uid: int, beginning: Beginning) -> Iterator[bytes]:
        """The whole message, chunk by chunk, to where there is no more of it, whatever size was promised."""
        chunk, offset = beginning.content, 0
        while chunk:
            yield chunk
            offset += len(chunk)
            if len(chunk) < CHUNK and offset >= beginning.size:
                return
            found = self.connection.say("fetch", [uid], [f"BODY.PEEK[]<{offset}.{CHUNK}>"])
            if uid not in found:
                raise Declined("the message was removed while it was read")
            chunk = found[uid].get(b"BODY[]<%d>" % offset) or b""

    def mark(self, uid: int) -> None:
        """Mark a message as taken, and move it if the account says so. Raises `Declined`."""
        try:
            self._flag(uid, SEEN, *((KEYWORD,) if self.keeps_keywords else ()))
        except Declined:
            self._flag(uid, SEEN)  # Some servers promise to keep keywords and then do not.
        if self.account.done_folder:
            self._move(uid, self.account.done_folder)

    def remove(self, uid: int) -> None:
        """Remove one message and no other; without UIDPLUS it can only be flagged. Raises `Declined`."""
        self._flag(uid, DELETED)
        if self.connection.has("UIDPLUS"):
            self.connection.say("uid_expunge", [uid])
            return
        raise Declined("without UIDPLUS it can be flagged as deleted, and must be expunged by hand")

    def _move(self, uid: int, to: str) -> None:
        if self.connection.has("MOVE"):
            self.connection.say("move", [uid], to)
            return
        self.connection.say("copy", [uid], to)
        self._flag(uid, DELETED)
        if self.connection.has("UIDPLUS"):
            self.connection.say("uid_expunge", [uid])
        # Without UIDPLUS there is only EXPUNGE, which removes what others have flagged, too. So it stays flagged.

    def _flag(self, uid: int, *flags: str) -> None:
        self.connection.say("add_flags", [uid], list(flags), silent=True)

    def _search(self, *criteria: str) -> list[int]:
        return sorted(int(uid) for uid in self.connection.say("search", list(criteria)))

    def _in_spans(self, uid: int, *criteria: str) -> list[int]:
        spans = (f"{low}:{min(low + SPAN - 1, uid)}" for low in range(1, uid + 1, SPAN))
        return [one for span in spans for one in self._search("UID", span, *criteria)]

    def _after_the_last(self) -> int:
        return max(self._search("UID", "*"), default=0) + 1 if self.messages else 1


def _names(client: Any) -> tuple[str, ...]:
    with suppress(*FAILURES):
        return tuple(name for _, _, name in client.list_folders())
    return ()
