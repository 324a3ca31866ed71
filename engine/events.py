"""Events: everything that can happen to a case, each a fact with the person and the time it happened.

`by` is the person, or `SYSTEM`; `at` is when it happened, which may be earlier
than when it is recorded; left out, it happened now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

SYSTEM: Final = "system"
"""The actor of what no person did."""

Values = Mapping[str, Any]
Answer = Literal["approve", "reject", "return"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    by: str = SYSTEM
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(_Event):
    """A case begins, with the answers of its form."""

    case: str
    facts: Values = field(default_factory=dict)
    channel: str = "form"
    parent: str | None = None
    discovered_at: datetime | None = None
    """Earliest time of discovery in the calling case; inherited if earlier than its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(_Event):
    """Somebody has done a step, or one row or person's part of it (`key`)."""

    step: str
    values: Values = field(default_factory=dict)
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(_Event):
    """An approver has answered; `shown` is the digest of the facts that were on the page."""

    step: str
    answer: Answer
    reason: str = ""
    shown: str | None = None
    key: str | None = None
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(_Event):
    """A person of a campaign refuses, with a reason."""

    step: str
    reason: str
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(_Event):
    """Somebody who was asked passes the assignment to somebody else."""

    step: str
    to: str
    reason: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproverAdded(_Event):
    """An approver wants one more person's approval."""

    step: str
    person: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(_Event):
    """The requester takes the case back."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended(_Event):
    """Facts are corrected; approvals bound to them lose their force."""

    facts: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(_Event):
    """The clock has reached the case's next due time; `due` is that time, however late this is recorded."""

    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(_Event):
    """A machine has finished the work of a step, or failed for good."""

    step: str
    ok: bool = True
    values: Values = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOpened(_Event):
    """The procedure that a step calls has a case number now."""

    step: str
    child: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildClosed(_Event):
    """A called case has ended."""

    step: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced(_Event):
    """A mail about a step did not reach a person."""

    step: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached(_Event):
    """A person was reached by another way, e.g. a logged phone call."""

    step: str
    person: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateOverridden(_Event):
    """Somebody whom the gate allows to passes it, with a reason."""

    gate: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachCleared(_Event):
    """Proof shows that the deadline was met although it was entered too late."""

    deadline: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempted(_Event):
    """A person or row of a campaign is exempt, with a reason and perhaps until a date."""

    step: str
    key: str
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChanged(_Event):
    """People have joined or left while a campaign runs."""

    step: str
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyChanged(_Event):
    """The calendar, the organisation or a mode has changed; provisional dates are computed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(_Event):
    """The same matter comes back after the case has ended."""

    reason: str


Event = (
    Opened
    | Done
    | Decided
    | Refused
    | HandedOver
    | ApproverAdded
    | Withdrawn
    | Amended
    | TimerFired
    | Finished
    | ChildOpened
    | ChildClosed
    | Bounced
    | Reached
    | GateOverridden
    | BreachCleared
    | Exempted
    | RosterChanged
    | CompanyChanged
    | Reopened
)
"""All events, told apart by their class."""
