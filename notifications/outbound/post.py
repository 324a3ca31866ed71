"""Post: all that a sender sends with. Time, tokens and chance come from outside."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from notifications.links import LinkMaker
from notifications.outbound.accounts import Account
from notifications.outbound.contents import Message
from notifications.outbound.pacing import Pace
from notifications.replies import Replies
from store.cases import Store


@dataclass
class Post:
    """One sender's outbox, account and pace."""

    store: Store
    account: Account
    links: LinkMaker
    clock: Callable[[], datetime]
    jitter: Callable[[], float]
    """A number from 0 to 1, e.g. `random.random`."""
    claim: str
    """The sender's name, unlike that of any other that is running."""
    replies: Replies
    """Where answers come back to, and the proof in each Message-ID."""
    announce: Callable[[Message], Awaitable[None]] | None = None
    """Called for every mail that was taken, e.g. for chat channels; it must not raise."""
    ending: Callable[[], bool] = lambda: False
    """Whether the process has been told to end: no further letter is begun then."""
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(self.account.rate)


@dataclass
class Report:
    """What became of the letters of one batch, in numbers of letters."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    superseded: int = 0
    untried: int = 0
    """Put back, each in its place."""

    @property
    def tried(self) -> int:
        """Letters that were dealt with."""
        return self.sent + self.later + self.refused + self.superseded
