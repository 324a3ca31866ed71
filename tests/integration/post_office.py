"""A real SMTP server for tests, which can be told to refuse, to cut the line, or to say nothing, at any stage."""

import asyncio
import email
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from itertools import count
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from notifications.links import LinkMaker
from notifications.outbound.accounts import Account
from notifications.outbound.post import Post
from notifications.replies import Replies
from store.cases import Store

Stage = Literal["EHLO", "MAIL", "RCPT", "DATA", "DOT"]
CUT = "cut"
SILENCE = "silence"

Answer = Callable[[Stage, str], str]
"""What the server says at a stage to a recipient: an SMTP answer, `CUT`, `SILENCE`, or empty for yes."""


def yes(_stage: Stage, _recipient: str) -> str:
    return ""


@dataclass
class Server:
    """What the server takes and how it answers; `answer` may be exchanged while it runs."""

    answer: Answer = yes
    mails: list[EmailMessage] = field(default_factory=list)
    port: int = 0
    users: dict[str, str] = field(default_factory=dict)

    def to(self, person: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if person in str(mail["To"])]

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]


class _Line(SMTP):
    """Cuts the line after DATA, where no hook of a handler is called."""

    def __init__(self, server: Server, **options: Any) -> None:
        self.told = server
        super().__init__(_Hooks(server), hostname="mail.test", **options)

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - named by aiosmtpd
        recipient = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        if (said := await _say(self.told, self, "DATA", recipient)) == "":
            await super().smtp_DATA(arg)
        else:
            await self.push(said)


class _Hooks:
    def __init__(self, server: Server) -> None:
        self.server = server

    async def handle_EHLO(  # noqa: N802
        self, line: SMTP, session: Session, _envelope: Envelope, host: str, said: list[str]
    ) -> list[str]:
        session.host_name = host
        refusal = await _say(self.server, line, "EHLO", "")
        return [refusal] if refusal else said

    async def handle_MAIL(  # noqa: N802
        self, line: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        refusal = await _say(self.server, line, "MAIL", "")
        if not refusal:
            envelope.mail_from = address
        return refusal or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, line: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        refusal = await _say(self.server, line, "RCPT", address)
        if not refusal:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, line: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = self.server.answer("DOT", envelope.rcpt_tos[0])
        if not said or said in (CUT, SILENCE):
            # The server has it; what is lost below is only its answer.
            content = envelope.content
            assert isinstance(content, bytes)
            self.server.mails.append(email.message_from_bytes(content, policy=MAIL))
        return await _spoken(line, said) or "250 OK"


async def _say(server: Server, line: SMTP, stage: Stage, recipient: str) -> str:
    return await _spoken(line, server.answer(stage, recipient))


async def _spoken(line: SMTP, said: str) -> str:
    if said == CUT:
        assert line.transport is not None
        line.transport.abort()  # type: ignore[attr-defined]
        return "421 gone"
    if said == SILENCE:
        await asyncio.Event().wait()
    return said


@asynccontextmanager
async def serving(
    server: Server, context: ssl.SSLContext | None = None, implicit: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    """The server, for as long as the block lasts, on a port of its own or again on the one it had."""
    options: dict[str, Any] = {"tls_context": context, "require_starttls": context is not None}
    if server.users:
        options |= {
            "authenticator": _signed_in(server),
            "auth_required": implicit is None,
            "auth_require_tls": implicit is None,
        }
    lines: list[_Line] = []

    def answer_call() -> _Line:
        lines.append(_Line(server, **options))
        return lines[-1]

    listening = await asyncio.get_running_loop().create_server(
        answer_call, "127.0.0.1", server.port, ssl=implicit, reuse_address=True
    )
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for line in lines:
            if line.transport is not None:
                line.transport.abort()  # type: ignore[attr-defined]
            task = line._handler_coroutine  # noqa: SLF001 - aiosmtpd has no other way to hang up
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


def _signed_in(server: Server) -> Callable[..., AuthResult]:
    def check(_line: SMTP, _session: Session, _envelope: Envelope, _how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        known = server.users.get(given.login.decode()) == given.password.decode()
        return AuthResult(success=known, handled=known)

    return check


@dataclass
class Clock:
    """The time, moved by hand."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


_NUMBERS = count()


def new_token() -> str:
    """Tokens that can be told apart, in place of random ones; no two alike, whoever asks."""
    return f"token-{next(_NUMBERS):06d}-{'x' * 30}"


REPLIES = Replies("duly@mingchuan.example", b"a secret of the tests, 32 bytes long")


def post(store: Store, server: Server, clock: Clock, claim: str = "sender-a", **account: Any) -> Post:
    """A sender for that server; it waits a second at most."""
    values: dict[str, Any] = {"host": "127.0.0.1", "tls": "none", "timeout": 5.0, "patience": 5.0, "rate": 600}
    where = Account(port=server.port, address="duly@mingchuan.example", **(values | account))
    return Post(store, where, LinkMaker("https://duly.example", new_token), clock, lambda: 0.5, claim, REPLIES)
