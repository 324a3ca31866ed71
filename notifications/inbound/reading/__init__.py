"""From the bytes of a message to the value `Mail`, whatever the bytes: see `notifications.inbound.reading.message`."""

from notifications.inbound.reading.message import read_bytes, read_mail

__all__ = ["read_bytes", "read_mail"]
