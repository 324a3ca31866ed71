"""Mail: what came in, as plain values. All of it is a claim of whoever sent it, except where it says otherwise."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Original:
    """A message as it came, kept on the disk before anything is done with it; these facts are ours."""

    path: Path
    sha256: str
    """Of all its bytes, in hexadecimal."""
    size: int
    """Bytes."""
    origin: str
    """Where it came from, the same at every attempt: `imap/ACCOUNT/FOLDER/UIDVALIDITY/UID`, `smtp/SHA256`, `file/…`."""
    arrived_at: datetime
    """When the company's own server had it, to the second, with its zone: not what the sender's clock said."""
    recipients: tuple[str, ...] = ()
    """Recipients of the envelope, where the way in knows them."""
    mail_from: str | None = None
    """Sender of the envelope; empty for bounces (RFC 5321, 4.5.5); None where the way in does not know it."""
    full_size: int | None = None
    """Bytes that the mailbox has of it, where it is too large and only its beginning is here; None if it is whole."""
    peer: str = ""
    """Address of the server that handed it over, where the way in knows it."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an address, e.g. of From; the address is empty where none could be read."""

    name: str
    address: str
    """`local@domain`, the domain in lower case."""


@dataclass(frozen=True, slots=True)
class File:
    """A part that is not the text of the mail."""

    name: str
    """As declared, decoded, one line; empty if it has none. Not safe as a name on a disk."""
    type: str
    """Declared media type in lower case, e.g. `application/pdf`."""
    content: bytes
    inline: bool
    """Shown within the text, e.g. a logo of a signature."""


ReportKind = Literal["delivery-status", "disposition-notification", "feedback-report"]


@dataclass(frozen=True, slots=True)
class Report:
    """A machine-readable part of a multipart/report (RFC 6522), as text, at most 64 KiB."""

    kind: ReportKind
    text: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A message, read. Texts are decoded, of bounded length, without NUL; nothing in here has been escaped."""

    sha256: str
    size: int
    message_id: str
    """`<left@right>`, or empty."""
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Mailbox
    """Of From; of Sender where From cannot be read."""
    reply_to: Mailbox | None
    recipients: tuple[str, ...]
    """Addresses of To, Cc, Delivered-To, X-Original-To, Envelope-To, each once, in lower case, bounded in number."""
    subject: str
    date: datetime | None
    """What the sender's clock said, with its zone."""
    type: str
    """Media type of the whole message in lower case, e.g. `multipart/report`."""
    text: str
    """Readable text: of text/plain parts, or of HTML where there are none; line ends are `\\n`."""
    files: tuple[File, ...]
    reports: tuple[Report, ...]
    returned: str
    """Headers (and perhaps beginning of the body) of a returned message: message/rfc822 or text/rfc822-headers."""
    headers: tuple[tuple[str, str], ...]
    """Name in lower case and value, unfolded and decoded, the topmost first; bounded in number and length."""
    troubles: tuple[str, ...]
    """What could not be read, one sentence each, Chinese; it stands in the original."""

    def header(self, name: str) -> str:
        """The topmost header of that name; empty if there is none."""
        return next((value for known, value in self.headers if known == name.lower()), "")

    def all_of(self, name: str) -> tuple[str, ...]:
        """Every header of that name, the topmost first."""
        return tuple(value for known, value in self.headers if known == name.lower())
