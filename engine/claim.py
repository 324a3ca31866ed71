"""Claim: a mail as the officer's rules see it, and the parts of it that they name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.language.intake import MailPart
from models.language.organisation import Organisation

LONGEST_LOOK: Final = 200_000
"""Characters of a mail's text that patterns look at."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A mail as the rules see it. All but `received_at` and `verified` is what its sender says."""

    mailbox: str
    """Name of the mailbox in organisation.yaml; empty if it came to none of them."""
    subject: str
    text: str
    sender: str
    """Address."""
    sender_name: str
    recipient: str
    received_at: datetime
    person: str | None = None
    """The member of staff whose address it is."""
    verified: bool = False
    """Whether the company's own mail server vouches for the sender."""
    automatic: bool = False
    """Whether a machine wrote it."""
    reason: str = ""
    """Why it was set aside; for `by: unsorted_email`."""
    sealed: str = ""
    """`yes` if only those may see it who read sealed matters."""


def part_of(mail: Claim, part: MailPart, organisation: Organisation | None = None) -> str | datetime | None:
    """A part of a mail; None if it has none."""
    if part == "received_at":
        return mail.received_at
    if part == "department":
        known = organisation.people.get(mail.person or "") if organisation else None
        return known.department if known else None
    value: str | None = getattr(mail, part)
    return value or None
