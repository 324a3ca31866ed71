"""Replies: which part of a mail its writer wrote, and which part the client put there."""

from notifications.inbound.replies.marker import MARKER
from notifications.inbound.replies.parting import NewPart, new_part

__all__ = ["MARKER", "NewPart", "new_part"]
