"""Our own line, which outbound mails may print above their text: what stands below it in an answer is ours."""

from typing import Final

from notifications.inbound.replies.lines import RULES, Line

MARKER: Final = "请在此线以上回复 / Reply above this line"
"""To be printed on a line of its own, with dashes around it if wanted. Either half is recognised."""

_HALVES: Final = tuple(half.strip().casefold() for half in MARKER.split("/"))


def is_marker(line: Line) -> bool:
    """Whether this is our line, with or without dashes and in whatever a client has wrapped it."""
    return len(line.bare) < 3 * len(MARKER) and line.bare.strip(RULES + "> |#").casefold().startswith(_HALVES)
