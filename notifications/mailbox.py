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
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.policy import default
from email.utils import localtime, make_msgid
from pathlib import Path
from typing import Any, Final

import aiosmtplib
from aiosmtpd.smtp import SMTP, Envelope, Session

DEMO_SERVER: Final = "mail.demo.example"
"""What the mail server of a demonstration calls itself when it vouches for a sender."""

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
    reply_to: str = ""

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses in the text, in order, each once."""
        return tuple(dict.fromkeys(_LINK.findall(self.text)))


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The folder of mails."""

    folder: Path
    door: tuple[str, int] | None = None
    """Where mails are taken that visitors write, as the company's mail server would hand them over."""

    def hand_over(self, writing: "Writing") -> None:
        """Send a mail that a visitor wrote. Raises `NotTaken`."""
        if self.door is None:
            raise NotTaken("没有收信入口")
        mail = writing.mail()
        try:
            asyncio.run(
                aiosmtplib.send(
                    mail, sender=writing.sender, recipients=[writing.to], hostname=self.door[0], port=self.door[1],
                    start_tls=False, use_tls=False, timeout=10,
                )
            )  # fmt: skip
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotTaken(" ".join(str(error).split())[:200]) from error

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


class NotTaken(RuntimeError):  # noqa: N818 - it says what is the case
    """A mail that was not taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A mail that a visitor of the demonstration writes."""

    sender: str
    name: str
    to: str
    subject: str
    text: str
    vouched: bool = False
    """Whether the mail server says that it is really from the sender, as it does for staff."""

    def mail(self) -> EmailMessage:
        """The mail as the company's server would hand it over. Raises `NotTaken` for an address that is none."""
        mail = EmailMessage(policy=SMTP_POLICY)
        if self.vouched:
            mail["Authentication-Results"] = f"{DEMO_SERVER}; auth=pass smtp.auth={self.sender}"
        try:
            mail["From"] = Address(self.name, addr_spec=self.sender)
            mail["To"] = Address(addr_spec=self.to)
        except (ValueError, MessageError) as error:
            raise NotTaken("地址写得不对，例如 name@example.com") from error
        mail["Subject"] = " ".join(self.subject.split())[:200]
        mail["Message-ID"] = make_msgid(domain="mail.demo.example")
        mail["Date"] = localtime()
        mail.set_content(self.text)
        return mail


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
        _address(mail["Reply-To"]) or _address(mail["From"]),
    )  # fmt: skip


def _address(header: Any) -> str:
    addresses = header.addresses if header else ()
    return str(addresses[0].addr_spec) if addresses else ""


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""
