"""Handing over: one connection to a mail server, and one letter at a time through it."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Final

from aiosmtplib import SMTP, SMTPException

from notifications.outbound.accounts import Account
from notifications.outbound.verdicts import Fate, Verdict, describe, verdict_on

FAILURES: Final = (SMTPException, OSError, ssl.SSLError)
"""All that can go wrong between us and a server; timeouts are among them."""


GOODBYE: Final = 5.0
"""Seconds to wait for the answer to QUIT, on which nothing depends."""


class Unreachable(ConnectionError):  # noqa: N818 - it says what is the case
    """The server cannot be reached, is not who it says, or does not let us in."""


@asynccontextmanager
async def connected(account: Account) -> AsyncIterator[SMTP]:
    """A connection, encrypted and signed in as the account says. Raises `Unreachable`."""
    server = SMTP(
        hostname=account.host,
        port=account.port,
        use_tls=account.tls == "tls",
        start_tls=account.tls == "starttls",
        tls_context=None if account.tls == "none" else account.tls_context(),
        # Named, because asking the network for our own name may take longer than the letter.
        local_hostname=account.sender.domain,
        timeout=account.timeout,
    )
    try:
        await server.connect()
        if account.username:
            await server.login(account.username, account.password.get_secret_value() if account.password else "")
    except FAILURES as error:
        server.close()
        raise Unreachable(describe(error)) from error
    try:
        yield server
        with suppress(*FAILURES):
            await server.quit(timeout=min(account.timeout, GOODBYE))
    finally:
        server.close()


async def hand_over(server: SMTP, account: Account, recipient: str, mail: bytes) -> Verdict:
    """Give one mail for one recipient to the server, and say what became of it.

    The wait for the answer after the final dot is long, because a mail whose answer we miss is sent again.
    """
    try:
        await server.mail(account.address)
    except FAILURES as error:
        # Nothing of this letter has been said yet, so it is not to blame.
        verdict = verdict_on(error)
        return replace(verdict, fate=Fate.STOPPED)
    try:
        await server.rcpt(recipient)
        await server.data(mail, timeout=account.patience)
    except FAILURES as error:
        verdict = verdict_on(error)
        if verdict.fate not in (Fate.CUT, Fate.STOPPED):
            await _begin_again(server)
        return verdict
    return Verdict(Fate.SENT)


async def _begin_again(server: SMTP) -> None:
    """Forget the recipient before the next letter; a server that does not answer to that is lost."""
    try:
        await server.rset()
    except FAILURES:
        server.close()
