"""Events: everything that can happen to a case, each a fact with the person and the time it happened.

`by` is the person, or `SYSTEM`; `at` is when it happened, which may be earlier
than when it is recorded; left out, it happened now.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal

from msgspec import Struct, field

SYSTEM: Final = "system"
"""The actor of what no person did."""

Values = Mapping[str, Any]
Answer = Literal["approve", "reject", "return"]


class _Event(Struct, frozen=True, kw_only=True, tag=True):
    by: str = SYSTEM
    at: datetime | None = None


class Opened(_Event, frozen=True, kw_only=True, tag=True):
    """A case begins, with the answers of its form."""

    case: str
    facts: Values = field(default_factory=dict)
    channel: str = "form"
    parent: str | None = None
    """The case that called this one, and its step."""
    parent_step: str | None = None
    discovered_at: datetime | None = None
    """Earliest time of discovery in the calling case; inherited if earlier than its own."""


class Done(_Event, frozen=True, kw_only=True, tag=True):
    """Somebody has done a step, or one row or person's part of it (`key`)."""

    step: str
    values: Values = field(default_factory=dict)
    key: str | None = None


class Decided(_Event, frozen=True, kw_only=True, tag=True):
    """An approver has answered; `shown` is the digest of the facts that were on the page."""

    step: str
    answer: Answer
    reason: str = ""
    shown: str | None = None
    key: str | None = None
    values: Values = field(default_factory=dict)


class Refused(_Event, frozen=True, kw_only=True, tag=True):
    """A person of a campaign refuses, with a reason."""

    step: str
    reason: str
    key: str | None = None


class HandedOver(_Event, frozen=True, kw_only=True, tag=True):
    """Somebody who was asked passes the assignment to somebody else."""

    step: str
    to: str
    reason: str = ""
    key: str | None = None


class ApproverAdded(_Event, frozen=True, kw_only=True, tag=True):
    """An approver wants one more person's approval."""

    step: str
    person: str
    reason: str = ""


class Withdrawn(_Event, frozen=True, kw_only=True, tag=True):
    """The requester takes the case back."""

    reason: str


class Amended(_Event, frozen=True, kw_only=True, tag=True):
    """Facts are corrected; approvals bound to them lose their force."""

    facts: Values


class TimerFired(_Event, frozen=True, kw_only=True, tag=True):
    """The clock has reached the case's next due time; `due` is that time, however late this is recorded."""

    due: datetime


class Finished(_Event, frozen=True, kw_only=True, tag=True):
    """A machine has finished the work of a step, or failed for good; `round` is the one it was told to run for."""

    step: str
    ok: bool = True
    values: Values = field(default_factory=dict)
    error: str = ""
    round: int | None = None


class ChildOpened(_Event, frozen=True, kw_only=True, tag=True):
    """The procedure that a step calls has a case number now."""

    step: str
    child: str


class ChildClosed(_Event, frozen=True, kw_only=True, tag=True):
    """A called case has ended; `child` is its number."""

    step: str
    outcome: str
    child: str | None = None


class Bounced(_Event, frozen=True, kw_only=True, tag=True):
    """A mail about a step did not reach a person."""

    step: str
    person: str


class Reached(_Event, frozen=True, kw_only=True, tag=True):
    """A person was reached by another way, e.g. a logged phone call."""

    step: str
    person: str
    note: str


class GateOverridden(_Event, frozen=True, kw_only=True, tag=True):
    """Somebody whom the gate allows to passes it, with a reason."""

    gate: str
    reason: str


class BreachCleared(_Event, frozen=True, kw_only=True, tag=True):
    """Proof shows that the deadline was met although it was entered too late."""

    deadline: str
    note: str


class Exempted(_Event, frozen=True, kw_only=True, tag=True):
    """A person or row of a campaign is exempt, with a reason and perhaps until a date."""

    step: str
    key: str
    reason: str
    until: datetime | None = None


class RosterChanged(_Event, frozen=True, kw_only=True, tag=True):
    """People have joined or left while a campaign runs."""

    step: str
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class CompanyChanged(_Event, frozen=True, kw_only=True, tag=True):
    """The calendar, the organisation or a mode has changed; provisional dates are computed again."""


class Reopened(_Event, frozen=True, kw_only=True, tag=True):
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
