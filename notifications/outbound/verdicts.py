"""Verdicts: what an answer of a mail server, or its silence, means for a letter and for the account."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiosmtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

POLICY: Final = frozenset({530, 534, 535, 538, 554})
"""Codes that speak of us and not of the recipient: not signed in, wrong password, blocked by policy."""

THROTTLED: Final = frozenset({421, 454})
"""Codes that say: not now, you are too many or too fast."""


class Fate(StrEnum):
    """What becomes of a letter."""

    SENT = "sent"
    LATER = "later"
    """Only this letter waits; the next may be tried at once."""
    REFUSED = "refused"
    """It will never be taken."""
    BLOCKED = "blocked"
    """Refused by policy: this letter waits, and several of them in a row mean that the account is blocked."""
    CUT = "cut"
    """The connection is gone in the middle of this letter: it waits, and so does the account."""
    STOPPED = "stopped"
    """The account cannot be used now; the letter is not to blame and keeps its place."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one letter at the server, in its words."""

    fate: Fate
    error: str = ""
    throttled: bool = False
    """Whether the account must slow down."""


def verdict_on(error: Exception) -> Verdict:
    """What an error in the middle of a letter means."""
    if not isinstance(error, SMTPResponseException):
        return Verdict(Fate.CUT, describe(error))
    said, throttled = describe(error), error.code in THROTTLED
    if throttled or not isinstance(error, SMTPRecipientRefused | SMTPDataError):
        # What the server says to MAIL FROM is about our address and our account, never about the recipient.
        return Verdict(Fate.STOPPED, said, throttled)
    if error.code in POLICY:
        return Verdict(Fate.BLOCKED, said)
    return Verdict(Fate.REFUSED if error.code >= 500 else Fate.LATER, said)


def describe(error: Exception) -> str:
    """An error for the list of letters, e.g. `550 no such user`, `connection refused`."""
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {' '.join(error.message.split())}"[:500]
    text = str(error.message if isinstance(error, SMTPException) else error)
    return f"{type(error).__name__}: {' '.join(text.split())}"[:500]
