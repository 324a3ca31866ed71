"""The machine: `decide`, the one interpreter of procedures.

It is pure: the same program, state, event and time give the same decision, and
an event that is not allowed raises a `Refusal` and changes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from engine.case import Case, StepStatus
from engine.days import local
from engine.draft import Decision, Draft
from engine.errors import CaseClosed, UnknownName, WrongTime
from engine.event_times import in_china_time
from engine.events import (
    Amended,
    ApproverAdded,
    Bounced,
    BreachCleared,
    ChildClosed,
    ChildOpened,
    CompanyChanged,
    Decided,
    Done,
    Event,
    Exempted,
    Finished,
    GateOverridden,
    HandedOver,
    Opened,
    Reached,
    Refused,
    Reopened,
    RosterChanged,
    TimerFired,
    Withdrawn,
)
from engine.program import Program
from engine.progress import settle
from engine.recording import (
    amendments,
    decisions,
    delivery,
    exceptions,
    lifetime,
    passing_on,
    rosters,
    surroundings,
    tasks,
    work,
)
from models.language.moments import format_moment

TRANSITIONS: Final[Mapping[StepStatus, frozenset[StepStatus]]] = {
    StepStatus.WAITING: frozenset({StepStatus.OPEN, StepStatus.HELD, StepStatus.SKIPPED, StepStatus.DONE}),
    StepStatus.HELD: frozenset({StepStatus.OPEN, StepStatus.SKIPPED, StepStatus.CANCELLED, StepStatus.WAITING}),
    StepStatus.OPEN: frozenset(
        {StepStatus.DONE, StepStatus.HELD, StepStatus.SKIPPED, StepStatus.CANCELLED, StepStatus.WAITING}
    ),
    StepStatus.DONE: frozenset({StepStatus.WAITING, StepStatus.OPEN, StepStatus.HELD}),
    StepStatus.SKIPPED: frozenset({StepStatus.OPEN, StepStatus.HELD, StepStatus.WAITING}),
    StepStatus.CANCELLED: frozenset({StepStatus.WAITING}),
}
"""How a step may move. The diagram in the docs is drawn from this table, and a property test holds the engine to it."""


def decide(program: Program, state: Case | None, event: Event, now: datetime) -> Decision:
    """What `event`, recorded at `now`, makes of a case.

    `state` is None for `Opened` only. Raises a `Refusal` for an event that is not
    allowed; then nothing has changed.
    """
    now, event = local(now), in_china_time(event)
    if isinstance(event, Opened):
        draft = lifetime.opened(program, state, event, now)
    else:
        if state is None:
            raise UnknownName("there is no such case", "A case begins with `Opened`")
        draft = Draft(program, state, now, _event_time(state, event, now))
        if state.closed_at is not None and not isinstance(event, Reopened | BreachCleared):
            raise CaseClosed(
                f"the case ended on {format_moment(state.closed_at)} as `{state.outcome}`", "Reopen it if it came back"
            )
        RECORDERS[type(event)](draft, event)
    settle(draft)
    return draft.freeze()


def _event_time(state: Case, event: Event, now: datetime) -> datetime:
    if event.at is None:
        return now
    if event.at > now:
        raise WrongTime(f"{format_moment(event.at)} lies in the future", "Enter when it really happened")
    earliest = min(state.occurred_at, state.opened_at)
    if event.at < earliest:
        raise WrongTime(
            f"{format_moment(event.at)} is before the case began on {format_moment(earliest)}",
            "Enter when it really happened",
        )
    return event.at


RECORDERS: Final[Mapping[type, Callable[[Draft, Any], None]]] = {
    Done: tasks.done,
    Decided: decisions.decided,
    Refused: tasks.refused,
    HandedOver: passing_on.handed_over,
    ApproverAdded: passing_on.approver_added,
    Withdrawn: lifetime.withdrawn,
    Amended: amendments.amended,
    TimerFired: surroundings.timer_fired,
    Finished: work.finished,
    ChildOpened: work.child_opened,
    ChildClosed: work.child_closed,
    Bounced: delivery.bounced,
    Reached: delivery.reached,
    GateOverridden: exceptions.gate_overridden,
    BreachCleared: exceptions.breach_cleared,
    Exempted: rosters.exempted,
    RosterChanged: rosters.roster_changed,
    CompanyChanged: surroundings.company_changed,
    Reopened: lifetime.reopened,
}
"""What records each event; one entry an event, held complete by a test."""
