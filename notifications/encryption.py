"""Encryption: how a line to a mail server is kept private. What is chosen is never fallen back from."""

import ssl
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

Tls = Literal["none", "starttls", "tls"]
"""`starttls` upgrades a plain line or fails (ports 587, 143); `tls` is encrypted from the first byte (465, 993)."""


def verifying(ca_file: Path | None) -> ssl.SSLContext:
    """Certificates are always verified; `ca_file` is the company's own authority."""
    return ssl.create_default_context(cafile=ca_file)


def on_this_machine(host: str) -> bool:
    """Whether a host is this machine, so that nothing said to it travels."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
