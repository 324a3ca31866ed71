"""Patience: how long to wait after a trouble, and when a message that could not be taken gets its next turn.

Time and chance come from outside.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from notifications.inbound.imap.troubles import Trouble
from notifications.inbound.mail import Original

FIRST: Final = timedelta(seconds=30)
OFTEN: Final = 5
"""Times that a message may fail in quick succession; then a person is told each hour."""

HOURLY: Final = timedelta(hours=1)


def spread(wait: timedelta, jitter: float) -> timedelta:
    """A quarter more or less by `jitter`, from 0 to 1, so that a hundred mailboxes do not come back at once."""
    return wait * (0.75 + jitter / 2)


@dataclass(slots=True)
class Patience:
    """Waits longer and longer while the same mailbox gives trouble."""

    troubles: int = 0
    """In a row."""

    def after(self, trouble: Trouble, jitter: float) -> timedelta:
        """How long to leave the mailbox alone."""
        self.troubles += 1
        doubled: timedelta = trouble.first * (1 << min(self.troubles - 1, 20))
        return spread(min(doubled, trouble.longest), jitter)

    def went_well(self) -> None:
        """The mailbox could be looked through."""
        self.troubles = 0


@dataclass(slots=True)
class Failing:
    """A message that could not be taken."""

    times: int = 0
    due: datetime | None = None
    original: Original | None = None
    """Once it is on the disk it is not read again, and it is taken even if it leaves the mailbox meanwhile."""

    def failed(self, now: datetime) -> bool:
        """Once more; whether a person must be told."""
        self.times += 1
        self.due = now + (FIRST * (1 << (self.times - 1)) if self.times < OFTEN else HOURLY)
        return self.times >= OFTEN


@dataclass(slots=True)
class Progress:
    """What one process knows of one state of a folder."""

    uidvalidity: int
    watermark: int
    """Everything up to this UID has been taken, or was read by somebody before we came."""
    settled: set[int] = field(default_factory=set)
    failing: dict[int, Failing] = field(default_factory=dict)

    def due(self, now: datetime) -> list[int]:
        """Failing messages whose turn it is, in order."""
        return sorted(uid for uid, one in self.failing.items() if one.due is None or one.due <= now)

    def settle(self, uid: int) -> None:
        """Nothing is left to be done about a message."""
        self.failing.pop(uid, None)
        self.settled.add(uid)

    def next_due(self) -> datetime | None:
        """When a failing message gets its turn; None if there is none."""
        return min((one.due for one in self.failing.values() if one.due is not None), default=None)

    def reached(self, seen: int) -> int:
        """The watermark once all up to `seen` have had their turn: below the first that failed."""
        lowest = min((uid for uid in self.failing if uid > self.watermark), default=seen + 1)
        return max(self.watermark, lowest - 1)
