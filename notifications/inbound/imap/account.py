"""Accounts: a mailbox that Duly looks into, and how carefully."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from notifications.encryption import Tls, on_this_machine, verifying
from notifications.inbound.originals import MOST_BYTES


class Secret(Protocol):
    """A password that does not show itself, e.g. a `SecretStr` of the settings."""

    def get_secret_value(self) -> str:
        """The password."""


class WrongAccount(ValueError):  # noqa: N818 - it says what is the case
    """An account that cannot be used, or would give a password away; the text holds no password."""


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """One folder of one mailbox. Times are seconds of the network, not of the company's clock."""

    name: str
    """What we call it; begins every origin, so it stays the same for good. Letters, digits, `.`, `-`, `_`."""
    host: str
    username: str
    password: Secret = field(repr=False)
    port: int = 993
    tls: Tls = "tls"
    """`none` only for a server on this machine."""
    folder: str = "INBOX"
    done_folder: str | None = None
    """Where a message is moved that has been taken; made if it is not there. None leaves it where it is."""
    ca_file: Path | None = None
    """Certificate authority of the server, if it is not a public one."""
    timeout: float = 60
    """For connecting and for each answer."""
    largest: int = MOST_BYTES
    """Bytes of a message; only the beginning is taken of a larger one."""
    poll: float = 60
    """Between looks where the server cannot announce new messages (RFC 2177), or does not."""
    idle: float = 9 * 60
    """Longest wait for an announcement before we look ourselves: some providers go silent after ten minutes.
    RFC 2177 asks for less than 29 minutes."""

    def __post_init__(self) -> None:
        if not self.name or not all(c.isalnum() or c in ".-_" for c in self.name):
            raise WrongAccount(f"the name of a mailbox has letters, digits, `.`, `-` and `_` only: {self.name!r}")
        if self.tls == "none" and not on_this_machine(self.host):
            raise WrongAccount(f"mails and password of {self.host} would travel in the clear: set tls to `tls`")
        for what, text in (
            ("user name", self.username),
            ("password", self.password.get_secret_value()),
            ("folder", self.folder),
            ("done folder", self.done_folder or "x"),
        ):
            if not text or not text.isprintable():
                raise WrongAccount(f"the {what} of mailbox {self.name} is empty or has control characters in it")
        if self.done_folder == self.folder:
            raise WrongAccount(f"mailbox {self.name}: the done folder must be another one than {self.folder}")
        if not 0 < self.idle < 29 * 60:
            raise WrongAccount(f"mailbox {self.name}: idle must be less than 29 minutes, 1740 seconds (RFC 2177)")

    def tls_context(self) -> ssl.SSLContext:
        """Certificates are always verified."""
        return verifying(self.ca_file)
