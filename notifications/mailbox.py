"""The mailbox of a demonstration: takes every mail in place of a mail server, and shows it to everybody.

A mail is one file, named by when it came, as it was sent; so what is shown is what a mail client would get.
"""

import asyncio
import email
import re
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

MOST_BYTES: Final = 10_000_000
MOST_LISTED: Final = 200

_ID: Final = re.compile(r"[0-9]{20}-[0-9a-f]{8}")
_LINK: Final = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """One mail that came."""

    id: str
    to: str
    name: str
    """The recipient's display name."""
    subject: str
    date: datetime | None
    message_id: str
    text: str
    html: str
    source: str
    """Headers and body as they came."""

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses in the text, in order, each once."""
        return tuple(dict.fromkeys(_LINK.findall(self.text)))


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The folder of mails."""

    folder: Path

    def keep(self, content: bytes) -> None:
        """Put a mail away, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        partial = self.folder / f".{name}.partial"
        partial.write_bytes(content)
        partial.rename(self.folder / f"{name}.eml")

    def mails(self, to: str = "", most: int = MOST_LISTED) -> list[Kept]:
        """Mails, the newest first; of one address if asked."""
        found: list[Kept] = []
        for path in sorted(self.folder.glob("*.eml"), reverse=True):
            mail = self.mail(path.stem)
            if mail and (not to or mail.to == to):
                found.append(mail)
                if len(found) == most:
                    break
        return found

    def mail(self, mail_id: str) -> Kept | None:
        """One mail; None if there is none by that name."""
        path = self.folder / f"{mail_id}.eml"
        if not _ID.fullmatch(mail_id) or not path.is_file():
            return None
        content = path.read_bytes()
        parsed = email.message_from_bytes(content, policy=default)
        return _kept(mail_id, parsed, content)


@asynccontextmanager
async def taking_mail(mailbox: Mailbox, host: str, port: int) -> AsyncIterator[None]:
    """Be a mail server on this machine for as long as the block lasts. Raises `OSError` if the port is taken."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(_Taker(mailbox), data_size_limit=MOST_BYTES, hostname="duly.localhost", loop=loop), host, port
    )
    async with server:
        yield


class _Taker:
    """What aiosmtpd calls for each mail."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        content = envelope.content or b""
        await asyncio.to_thread(self.mailbox.keep, content if isinstance(content, bytes) else content.encode())
        return "250 kept"


def _kept(mail_id: str, mail: EmailMessage, content: bytes) -> Kept:
    recipients = mail["To"].addresses if mail["To"] else ()
    first = recipients[0] if recipients else None
    return Kept(
        mail_id, first.addr_spec if first else "", first.display_name if first else "", str(mail["Subject"] or ""),
        mail["Date"].datetime if mail["Date"] else None, str(mail["Message-ID"] or ""),
        _body(mail, "plain"), _body(mail, "html"), content.decode("utf-8", "replace"),
    )  # fmt: skip


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""
