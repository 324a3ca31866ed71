"""A door: where mail servers of the company hand mails over, who may, and what becomes of a mail."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from notifications.inbound.mail import Original
from notifications.inbound.originals import MOST_BYTES

LOOPBACK: Final = ("127.0.0.0/8", "::1/128")


@dataclass(frozen=True, slots=True)
class Door:
    """Where we listen, for whom, and what becomes of a message."""

    originals: Path
    take: Callable[[Original], None]
    """Commit what becomes of a message; a second time for the same origin it does nothing. Called in a thread."""
    accepts: Callable[[str], bool]
    """Whether an address is ours. Called in a thread."""
    clock: Callable[[], datetime]
    host: str = "127.0.0.1"
    port: int = 8025
    protocol: Literal["smtp", "lmtp"] = "smtp"
    networks: tuple[str, ...] = LOOPBACK
    """Who may hand over mails, e.g. `10.1.2.0/24`."""
    largest: int = MOST_BYTES
    connections: int = 20
    """At once; each needs memory for half a megabyte at most."""
    timeout: float = 300
    """Seconds that a server may say nothing (RFC 5321 4.5.3.2.7)."""
    tls: ssl.SSLContext | None = None
    """Certificate and key for STARTTLS; then nothing is taken in the clear."""
    name: str = "duly.localhost"
    """What we call ourselves in the greeting."""
