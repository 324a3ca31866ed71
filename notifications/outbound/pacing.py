"""Pacing: when a letter is tried again, and how fast an account is used. Time and chance come in from outside.

Two waits are told apart. A *letter* the server will not take yet waits longer and longer, up to four hours. An
*account* whose server is away is asked again every few minutes at most: a try costs nothing, and after an outage of
three days nobody shall wait another four hours for an alarm.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FIRST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(hours=4)
LONGEST_PAUSE: Final = timedelta(minutes=5)

GIVE_UP: Final = timedelta(days=5)
"""After this a letter counts as refused (RFC 5321 4.5.4.1: at least four to five days)."""


def retry_after(attempts: int, jitter: float, longest: timedelta = LONGEST) -> timedelta:
    """How long to wait after the `attempts`-th attempt: doubling from a minute, half more or less by `jitter`.

    `jitter` is a number from 0 to 1; it keeps a thousand letters from coming back in the same second.
    """
    doubled: timedelta = FIRST * (1 << min(max(attempts, 1) - 1, 20))
    spread = min(doubled, longest) * (0.75 + jitter / 2)
    return min(max(spread, FIRST), longest)


@dataclass(slots=True)
class Pace:
    """How fast one account may be used now: a bucket of tokens, a rate that gives way, and a pause after trouble."""

    rate: int
    """Letters a minute when all is well; the bucket holds a minute's worth."""
    allowed: float = 0
    """Letters a minute at present."""
    tokens: float = 0
    filled_at: datetime | None = None
    troubles: int = 0
    """Times in a row that the account could not be used."""
    paused_until: datetime | None = None

    def __post_init__(self) -> None:
        self.allowed = self.tokens = float(self.rate)

    def available(self, now: datetime) -> int:
        """How many letters may be sent now; none during a pause."""
        if self.paused_until is not None and now < self.paused_until:
            return 0
        if self.filled_at is not None:
            passed = (now - self.filled_at).total_seconds()
            self.tokens = min(self.tokens + self.allowed * passed / 60, self.allowed)
        self.filled_at = now
        return int(self.tokens)

    def spend(self) -> None:
        """One letter has been handed to the server."""
        self.tokens -= 1

    def went_well(self) -> None:
        """The server took a letter: the rate recovers by one a minute, and troubles are forgotten."""
        self.troubles, self.paused_until = 0, None
        self.allowed = min(self.allowed + 1, self.rate)

    def trouble(self, now: datetime, jitter: float) -> datetime:
        """The account cannot be used now; when it is tried again."""
        self.troubles += 1
        self.paused_until = now + retry_after(self.troubles, jitter, LONGEST_PAUSE)
        return self.paused_until

    def slow_down(self) -> None:
        """The server says we are too fast: half the rate, at least one letter a minute."""
        self.allowed = max(self.allowed / 2, 1)
        self.tokens = min(self.tokens, self.allowed)
