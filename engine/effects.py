"""Effects: what the world must do because of a decision, and what the ledger says about it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

NoticeKind = Literal[
    "asked", "reminder", "escalation", "target", "notice", "substitute", "withdrawn", "breach", "vacancy", "deemed",
    "correspondence", "receipt", "advice",
]  # fmt: skip
"""Why somebody gets a message. The last three answer mails, and no decision of the engine has them: a mail has joined a
case, has been received, or was meant as a decision and is none."""


class Notice(Struct, frozen=True, tag=True):
    """One person is told one thing; notices to the same person in one decision travel in one mail."""

    to: str
    kind: NoticeKind
    step: str | None = None
    deadline: str | None = None
    due: datetime | None = None
    at: datetime | None = None
    """The time it was planned for: the original one, also after an outage."""
    level: str = ""
    """Where on the ladder, e.g. `L1`; empty for reminders."""
    assignment: str | None = None
    reason: str = ""


class StepMoved(Struct, frozen=True, tag=True):
    """A step has a new status."""

    step: str
    status: str
    at: datetime
    by: str | None = None
    detail: str = ""


class ClockMoved(Struct, frozen=True, tag=True):
    """A deadline has started, stopped, passed, been replaced, extended, recomputed or cleared."""

    deadline: str
    change: Literal["started", "met", "late", "missed", "cancelled", "replaced", "extended", "recomputed", "cleared"]
    at: datetime
    due: datetime
    provisional: bool = False
    detail: str = ""


class RunMachine(Struct, frozen=True, tag=True):
    """A registered task is to be run."""

    step: str
    runs: str
    inputs: Mapping[str, Any]
    round: int
    queue: str | None = None


class OpenCase(Struct, frozen=True, tag=True):
    """Another procedure is to be started, with the earliest time of discovery."""

    step: str
    procedure: str
    facts: Mapping[str, Any]
    discovered_at: datetime


class EvidenceDue(Struct, frozen=True, tag=True):
    """Proof that a finished step must have left behind."""

    step: str
    title: str
    custodian: tuple[str, ...]
    sealed: bool


class HoldChanged(Struct, frozen=True, tag=True):
    """Records may not be deleted from now on, or may again."""

    what: str
    placed: bool


class OwnerChanged(Struct, frozen=True, tag=True):
    """Somebody else is accountable for the case now."""

    to: str
    at: datetime


class Skipped(Struct, frozen=True, tag=True):
    """A person was passed over when somebody was looked for, and why."""

    person: str
    step: str | None
    reason: str


class CaseEnded(Struct, frozen=True, tag=True):
    """The case has ended."""

    outcome: str
    at: datetime


Effect = (
    Notice
    | StepMoved
    | ClockMoved
    | RunMachine
    | OpenCase
    | EvidenceDue
    | HoldChanged
    | OwnerChanged
    | Skipped
    | CaseEnded
)
"""All effects, told apart by their class."""


class Mail(Struct, frozen=True):
    """All that one person is told by one decision."""

    to: str
    notices: tuple[Notice, ...] = ()


def mails(effects: tuple[Effect, ...]) -> tuple[Mail, ...]:
    """One mail for each person, in the order in which people are first named."""
    found: dict[str, list[Notice]] = {}
    for effect in effects:
        if isinstance(effect, Notice):
            found.setdefault(effect.to, []).append(effect)
    return tuple(Mail(to, tuple(notices)) for to, notices in found.items())
