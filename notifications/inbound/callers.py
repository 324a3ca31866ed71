"""Callers: one mail server that hands mails over, by SMTP or LMTP, and what it is answered.

A yes (250) is a promise, so it is said after the message is on the disk and committed. The end of a message is
CR LF . CR LF and nothing that resembles it, so no mail can be smuggled in within another.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import Final

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from notifications.inbound.door import Door
from notifications.inbound.mail import Original
from notifications.inbound.originals import Keeping, TooLarge

_log: Final = structlog.get_logger(__name__)

MOST_RECIPIENTS: Final = 100
"""RFC 5321 4.5.3.1.8 asks for as many; the sender comes again with the rest."""

NOBODY: Final = "<>"
"""What aiosmtpd gives for the sender of a bounce, which has none; it would take an empty text for no MAIL command."""

CHUNK: Final = 64 * 1024
"""Bytes of a message in memory before they go to the disk."""


class _Hooks:
    """What aiosmtpd asks about sender and recipients."""

    def __init__(self, door: Door) -> None:
        self.door = door

    async def handle_MAIL(  # noqa: N802 - named by aiosmtpd
        self, _line: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not _printable(address):
            return "553 5.1.7 malformed sender"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _line: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 too many recipients, come again with the rest"
        if not _printable(address) or not await asyncio.to_thread(self.door.accepts, address):
            _log.warning("mail_for_others_refused", recipient=ascii(address), peer=str(session.peer))
            return "550 5.1.1 no such address here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_exception(self, error: Exception) -> str:
        # Not its text, which may quote a mail and goes to a stranger.
        _log.error("mail_door_broken", error=type(error).__name__)
        return "451 4.3.0 something is wrong here, come again later"


class Caller(SMTP):
    """A server that calls. Unlike with aiosmtpd alone, mails go to the disk as they come, with lines of any length."""

    def __init__(self, door: Door, callers: "set[Caller]", peer: str) -> None:
        super().__init__(
            _Hooks(door),
            data_size_limit=door.largest,
            enable_SMTPUTF8=True,
            hostname=door.name,
            ident="Duly",
            tls_context=door.tls,
            require_starttls=door.tls is not None,
            timeout=door.timeout,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            loop=asyncio.get_running_loop(),
        )
        self._door, self._callers, self._peer = door, callers, peer
        callers.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for another caller."""
        self._callers.discard(self)
        super().connection_lost(error)

    async def hang_up(self) -> None:
        """End the connection; a message that is being committed is committed, and offered again."""
        task = self._handler_coroutine
        if self.transport is not None:
            self.transport.close()
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - named by aiosmtpd
        """Keep the message, take it, and only then say yes."""
        envelope = self.envelope
        if arg:
            await self.push("501 5.5.4 syntax: DATA")
        elif envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 need RCPT command")
        else:
            await self.push("354 end data with <CR><LF>.<CR><LF>")
            answer = await self._message(envelope)
            self._set_post_data_state()  # type: ignore[no-untyped-call]
            await self.push(self.answers(answer, len(envelope.rcpt_tos)))

    def answers(self, answer: str, _recipients: int) -> str:
        """What is said in the end."""
        return answer

    async def _message(self, envelope: Envelope) -> str:
        try:
            keeping = Keeping(self._door.originals, self._door.largest)
        except OSError as error:
            return await self._refuse_unread(error)
        try:
            trouble = await self._write(keeping)
        except BaseException:
            keeping.discard()
            raise
        if trouble:
            keeping.discard()
            return trouble
        return await asyncio.to_thread(_finish, self._door, keeping, envelope, self._peer)

    async def _write(self, keeping: Keeping) -> str:
        """Write the message to the disk; what is wrong with it, once all of it has been read (RFC 5321 4.2.5)."""
        trouble, held = "", bytearray()
        async for piece in pieces_of(self._reader):
            if trouble:
                continue
            held += piece
            if len(held) >= CHUNK:
                trouble = _written(keeping, held)
                held.clear()
                self._reset_timeout()
        return trouble or _written(keeping, held)

    async def _refuse_unread(self, error: OSError) -> str:
        async for _ in pieces_of(self._reader):
            pass
        return _no_disk(error)


class SmtpCaller(Caller):
    """A server that speaks SMTP (RFC 5321)."""


class LmtpCaller(Caller, LMTP):
    """A server that speaks LMTP (RFC 2033), which wants an answer for each recipient."""

    def answers(self, answer: str, recipients: int) -> str:
        """One message is taken once, for all its recipients or for none."""
        return "\r\n".join([answer] * recipients)


async def pieces_of(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """A message without the dots that were put before its dots (RFC 5321 4.5.2), in pieces of a line or less."""
    begins = True
    while True:
        try:
            piece, whole = await reader.readuntil(b"\r\n"), True
        except asyncio.LimitOverrunError as error:
            piece, whole = await reader.read(error.consumed), False
        # A dot and the end of the line are no end of the message where they are the rest of a long line.
        if begins and piece == b".\r\n":
            return
        yield piece[1:] if begins and piece.startswith(b".") else piece
        begins = whole


def _written(keeping: Keeping, piece: bytes | bytearray) -> str:
    try:
        keeping.write(bytes(piece))
    except TooLarge:
        return "552 5.3.4 the message is too large"
    except OSError as error:
        return _no_disk(error)
    return ""


def _finish(door: Door, keeping: Keeping, envelope: Envelope, peer: str) -> str:
    """Flush and commit; in a thread."""
    try:
        with keeping:
            kept = keeping.keep()
    except OSError as error:
        return _no_disk(error)
    recipients = tuple(dict.fromkeys(envelope.rcpt_tos))
    sender = "" if envelope.mail_from in (None, NOBODY) else str(envelope.mail_from)
    # The same message, handed over again for the same people, is the same; for others it is another.
    whom = hashlib.sha256("\n".join((sender, *sorted(recipients))).encode()).hexdigest()[:16]
    origin = f"smtp/{kept.sha256}/{whom}"
    try:
        door.take(Original(kept.path, kept.sha256, kept.size, origin, door.clock(), recipients, sender, peer=peer))
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the sender keeps the message and comes again
        _log.error("mail_not_taken", origin=origin, error=type(error).__name__)
        return "451 4.3.0 could not be taken, come again later"
    return f"250 2.0.0 taken as {kept.sha256[:16]}"


def _no_disk(error: OSError) -> str:
    _log.error("mail_not_kept", error=error.strerror or type(error).__name__)
    return "452 4.3.1 no room for it here, come again later"


def _printable(address: str) -> bool:
    """Also not a lone surrogate, which is how aiosmtpd passes on what is not UTF-8."""
    return address.isprintable() and len(address) <= 320
