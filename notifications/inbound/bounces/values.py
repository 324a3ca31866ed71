"""What a report about an undelivered mail says, as values. All of it is a claim of whoever sent the report."""

from dataclasses import dataclass
from typing import Final, Literal

Action = Literal["failed", "delayed", "delivered", "relayed", "expanded"]

MOST_FAILURES: Final = 100
MOST_DIAGNOSIS: Final = 300
"""Characters."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of a mail for one recipient (RFC 3464, 2.3)."""

    address: str
    """Of the recipient as it was written to, `local@domain`, the domain in lower case; empty if it was not named."""
    status: str
    """Code of RFC 3463, e.g. `5.1.1`; empty if there is none."""
    action: Action
    diagnosis: str
    """What the other server said, one line."""

    @property
    def permanent(self) -> bool:
        """The mail will not arrive and nobody tries again: `failed`, whatever the status, also 4.4.7 (too late)."""
        return self.action == "failed"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail that tells what became of another one."""

    failures: tuple[Failure, ...]
    """One a recipient, at least one; an address is in there once."""
    message_id: str
    """Of the mail it is about, `<left@right>`; empty if unknown."""
    returned: tuple[tuple[str, str], ...]
    """Headers of the mail it is about, name in lower case and value: from, to, reply-to, subject, message-id,
    in-reply-to, as far as they came back."""

    @property
    def permanent(self) -> bool:
        """At least one recipient will not get it."""
        return any(failure.permanent for failure in self.failures)
