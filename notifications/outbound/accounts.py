"""Accounts: the mail server we hand letters to, and how fast it takes them."""

import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from pathlib import Path

from pydantic import SecretStr

from notifications.encryption import Tls, on_this_machine, verifying
from notifications.outbound.envelope import address_of


class UnsafeAccount(ValueError):  # noqa: N818 - it says what is the case
    """A password that would travel in the clear."""


@dataclass(frozen=True, slots=True)
class Account:
    """One SMTP account. Times are seconds of waiting for the server, not of the company's clock."""

    host: str
    port: int
    address: str
    """The sender; its domain also ends our Message-IDs, so it stays the same for good."""
    name: str = "Duly"
    tls: Tls = "starttls"
    username: str | None = None
    password: SecretStr | None = field(default=None, repr=False)
    ca_file: Path | None = None
    """Certificate authority of the server, if it is not a public one."""
    rate: int = 60
    """Letters a minute at most."""
    timeout: float = 60
    """For connecting and for each command."""
    patience: float = 600
    """For the answer after the final dot: RFC 1047 and RFC 5321 4.5.3.2.6 ask for ten minutes."""

    def __post_init__(self) -> None:
        if self.username and self.tls == "none" and not on_this_machine(self.host):
            raise UnsafeAccount(
                f"the password for {self.host} would travel in the clear: set tls to `starttls` or `tls`"
            )

    @property
    def sender(self) -> Address:
        """The From of all mails. Raises `BadAddress`."""
        return address_of(self.name, self.address)

    def tls_context(self) -> ssl.SSLContext:
        """Certificates are always verified."""
        return verifying(self.ca_file)
