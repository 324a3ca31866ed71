"""Bounces: what became of a mail that was sent (RFC 3464, and the dialects of servers that do not speak it)."""

from notifications.inbound.bounces.telling import bounce_of
from notifications.inbound.bounces.values import Action, Bounce, Failure

__all__ = ["Action", "Bounce", "Failure", "bounce_of"]
