"""A connection: encrypted and signed in as the account says, and speaking IMAP4rev1 (RFC 3501) and no more than that.

Every method raises a `Trouble` when the line fails. `Declined` is an answer: the server does not do this one thing.
"""

import logging
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from ssl import SSLWantReadError
from typing import Any, Final

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from notifications.inbound.imap.account import ImapAccount
from notifications.inbound.imap.troubles import FAILURES, cut, refused, said

CONNECT: Final = 20.0
"""Seconds to connect at most, as nothing can interrupt that."""

OURSELVES: Final = {"name": "Duly", "version": "1", "vendor": "Duly"}
"""What we say of ourselves (RFC 2971); NetEase lets nobody open a folder who has not."""

# At DEBUG it writes down every line, also mails, and a password that a server repeats in its answer.
logging.getLogger("imapclient").setLevel(logging.WARNING)


class Declined(Exception):  # noqa: N818 - it says what is the case
    """The server answered NO or BAD; the connection goes on."""


class Connection:
    """One connection, signed in."""

    def __init__(self, account: ImapAccount, client: Any) -> None:
        self.account, self.client = account, client

    def has(self, capability: str) -> bool:
        """Whether the server announced it."""
        return bool(self.say("has_capability", capability))

    def say(self, command: str, *values: Any, **options: Any) -> Any:
        """Call a method of IMAPClient. Raises `Declined`, or a `Trouble` after which the connection is of no use."""
        try:
            return getattr(self.client, command)(*values, **options)
        except IMAP4.abort as error:
            raise cut(error, self.account) from None
        except IMAP4.error as error:
            raise Declined(said(error, self.account)) from None
        except FAILURES as error:
            raise cut(error, self.account) from None

    def heard(self, seconds: float) -> bool:
        """Whether the server has said something, or hung up, after `seconds` at most."""
        line, poll = self.client.socket(), select.poll()
        poll.register(line, select.POLLIN)
        return self._unread(line) or bool(poll.poll(seconds * 1000))

    def hang_up(self) -> None:
        """Cut the line, from any thread: whoever waits for an answer stops waiting."""
        with suppress(OSError):
            self.client.socket().shutdown(socket.SHUT_RDWR)

    def _unread(self, line: Any) -> bool:
        """Whether something has been read from the socket that nobody has looked at.

        A server may put its first announcement into the same packet as its answer to IDLE. The socket then stays
        silent although there is something to see, and IMAPClient's `idle_check` waits for the next one.
        """
        held = self.client._imap  # noqa: SLF001 - IMAPClient has no other way to its buffer
        if hasattr(held, "_readbuf"):  # From Python 3.14 on.
            return bool(held._readbuf)  # noqa: SLF001 - same
        line.setblocking(False)
        try:
            return bool(held.file.peek(1))
        except SSLWantReadError:
            return False
        except OSError:
            return True  # The next command says what is wrong.
        finally:
            line.settimeout(self.account.timeout)


@contextmanager
def connected(account: ImapAccount) -> Iterator[Connection]:
    """A connection for as long as the block lasts. Raises a `Trouble`."""
    try:
        client = IMAPClient(
            account.host,
            account.port,
            ssl=account.tls == "tls",
            ssl_context=account.tls_context() if account.tls == "tls" else None,
            timeout=SocketTimeout(connect=min(account.timeout, CONNECT), read=account.timeout),
        )
    except FAILURES as error:
        raise cut(error, account) from None
    try:
        yield _signed_in(account, client)
        with suppress(*FAILURES):
            client.logout()
    finally:
        with suppress(*FAILURES):
            client.shutdown()


def _signed_in(account: ImapAccount, client: Any) -> Connection:
    client.normalise_times = False
    try:
        if account.tls == "starttls":
            client.starttls(account.tls_context())
        _log_in(account, client)
    except LoginError as error:
        raise refused(error, account) from None
    except FAILURES as error:
        raise cut(error, account) from None
    connection = Connection(account, client)
    if connection.has("ID"):
        with suppress(Declined):
            connection.say("id_", OURSELVES)
    return connection


def _log_in(account: ImapAccount, client: Any) -> None:
    username, password = account.username, account.password.get_secret_value()
    if (username + password).isascii() and not client.has_capability("LOGINDISABLED"):
        # IMAPClient quotes the password and not the user name.
        client.login('"' + username.replace("\\", "\\\\").replace('"', '\\"') + '"', password)
    else:
        # LOGIN cannot say anything but ASCII.
        client.plain_login(username, password)
