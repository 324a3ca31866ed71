"""Case: the whole state of one run of a procedure. Values only; nothing here acts.

The state holds what is needed to go on and nothing of how it came about: the
history is the ledger's, so a decision costs the same on the first day and
after ten years.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct, field


class StepStatus(StrEnum):
    """Where a step stands; `engine.machine.TRANSITIONS` says how it moves."""

    WAITING = "waiting"
    HELD = "held"
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class ClockStatus(StrEnum):
    """Where a deadline stands."""

    RUNNING = "running"
    MISSED = "missed"
    """Past due and still open: the ladder goes on."""
    MET = "met"
    LATE = "late"
    """Met after it was due."""
    CANCELLED = "cancelled"


ACTIVE: Final = frozenset({ClockStatus.RUNNING, ClockStatus.MISSED})


class SlotStatus(StrEnum):
    """Where one person or row of a campaign stands; the totals account for all of them."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    EXEMPT = "exempt"
    LEFT = "left"


class Slot(Struct, frozen=True):
    """One person's or one row's part of a step."""

    status: SlotStatus = SlotStatus.OPEN
    by: str | None = None
    at: datetime | None = None
    outcome: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    due: datetime | None = None
    """A due time of its own, for whoever could not start with the others."""
    row: Mapping[str, Any] = field(default_factory=dict)
    """The row of a table as it was when the step opened."""


class Vote(Struct, frozen=True):
    """One approver's answer, given for the person who was asked first (`principal`)."""

    answer: str
    by: str
    at: datetime


class StepState(Struct, frozen=True):
    """One step of one case."""

    status: StepStatus = StepStatus.WAITING
    round: int = 0
    opened_at: datetime | None = None
    done_at: datetime | None = None
    first_done_at: datetime | None = None
    by: str | None = None
    outcome: str = ""
    reason: str = ""
    times: int = 0
    digest: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    electors: tuple[str, ...] = ()
    """Whose approval is needed, in order."""
    extra: tuple[str, ...] = ()
    """Approvers added on the way, each of whom must agree as well."""
    unreached: frozenset[str] = frozenset()
    """People told when it was done, whose message bounced."""
    child: str | None = None
    missed: bool = False
    slot: datetime | None = None
    """Nominal time of the next slot of a schedule: two may run at one moment, when a holiday moves them there."""
    owed: int = 0
    """Slots that came while the step was still open; each owes its own report."""


class Assignment(Struct, frozen=True):
    """One person asked to do one thing."""

    id: str
    step: str
    person: str
    asked_at: datetime
    key: str | None = None
    stands_for: str | None = None
    shown: str = ""
    """Digest of the facts the person is shown; the link dies when it changes."""

    @property
    def principal(self) -> str:
        """Whose answer it is: the deputy gives that of the person they stand in for."""
        return self.stands_for or self.person


class Tick(Struct, frozen=True):
    """One planned act of a clock: a reminder, the due time itself, a rung, a substitution."""

    at: datetime
    kind: str
    index: int = 0


class Reckoning(Struct, frozen=True):
    """One line of a deadline's receipt: how a due time came about."""

    kind: str
    """`counted`, `set`, `replaced`, `extended`, `recomputed` or `inherited`."""
    span: str
    start: datetime
    due: datetime
    calendar: str
    """Version of the calendar it was counted with."""
    provisional: bool = False


class Clock(Struct, frozen=True):
    """One deadline of one case, with its receipt."""

    status: ClockStatus
    start: datetime
    due: datetime
    """What the clause demands; never moved later by a calendar."""
    target: datetime
    """What people are reminded of: `due`, or earlier when an authority waits behind days off."""
    ticks: tuple[Tick, ...]
    next: int = 0
    round: int = 1
    provisional: bool = False
    inherited: bool = False
    replaced: int = -1
    """Which of the deadline's replacements is in force; -1 for none."""
    extensions: int = 0
    ended_at: datetime | None = None
    missed_at: datetime | None = None
    claimed_at: datetime | None = None
    """When it was met according to an entry made after the breach; counts once it is cleared."""
    receipt: tuple[Reckoning, ...] = ()
    clause: str | None = None

    @property
    def next_at(self) -> datetime | None:
        """When this clock acts next."""
        if self.status not in ACTIVE or self.next >= len(self.ticks):
            return None
        return self.ticks[self.next].at


class Case(Struct, frozen=True):
    """The state of one case. Its mappings are never changed in place."""

    id: str
    procedure: str
    version: str
    opened_at: datetime
    occurred_at: datetime
    channel: str = "form"
    requester: str | None = None
    owner: str | None = None
    sensitivity: str = "normal"
    parent: str | None = None
    parent_step: str | None = None
    inherited: bool = False
    closed_at: datetime | None = None
    outcome: str | None = None
    reopened: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[str, StepState] = field(default_factory=dict)
    assignments: Mapping[str, Assignment] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    alarms: Mapping[str, datetime] = field(default_factory=dict)
    moments: Mapping[str, datetime] = field(default_factory=dict)
    asked: int = 0
    """How many assignments there have been: each has a number of its own, so that an old link never fits a new one."""
    holds: frozenset[str] = frozenset()
    overridden: frozenset[str] = frozenset()
    next_due: datetime | None = None
    """The earliest tick or alarm: the one row the clock needs for this case."""
