"""Actions: the event that a line of a test stands for."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from engine.events import (
    Amended,
    ApproverAdded,
    Bounced,
    BreachCleared,
    ChildClosed,
    Decided,
    Done,
    Event,
    Exempted,
    Finished,
    GateOverridden,
    HandedOver,
    Reached,
    Refused,
    Reopened,
    RosterChanged,
    Withdrawn,
)
from models.language.moments import parse_moment
from models.language.policy_test import Moment


def event_of(line: Moment) -> Event | None:
    """The event a line of a test stands for, or None for a line that only looks."""
    for name, make in _EVENTS.items():
        value = getattr(line, name)
        if value:
            at = parse_moment(line.happened) if line.happened else None
            return replace(make(line, value), by=line.by, at=at)
    return None


def describe(event: Event) -> str:
    """An event in a few words: what, which step, by whom."""
    parts = [type(event).__name__.lower(), getattr(event, "step", ""), f"by {event.by}"]
    return " ".join(part for part in parts if part)


def _to(line: Moment) -> str:
    return line.to[0] if line.to else ""


def _decided(answer: str) -> Callable[[Moment, Any], Event]:
    def make(line: Moment, step: str) -> Event:
        return Decided(step=step, answer=answer, reason=line.reason, key=line.key, values=line.values)  # type: ignore[arg-type]

    return make


_EVENTS: Final[Mapping[str, Callable[[Moment, Any], Event]]] = {
    "do": lambda line, step: Done(step=step, values=line.values, key=line.key),
    "approve": _decided("approve"),
    "reject": _decided("reject"),
    "return_": _decided("return"),
    "refuse": lambda line, step: Refused(step=step, reason=line.reason, key=line.key),
    "hand_over": lambda line, step: HandedOver(step=step, to=_to(line), reason=line.reason, key=line.key),
    "add_approver": lambda line, step: ApproverAdded(step=step, person=_to(line), reason=line.reason),
    "amend": lambda _line, facts: Amended(facts=facts),
    "withdraw": lambda line, _yes: Withdrawn(reason=line.reason),
    "finish": lambda line, step: Finished(step=step, values=line.values),
    "fail": lambda line, step: Finished(step=step, ok=False, error=line.reason),
    "child_closed": lambda line, step: ChildClosed(step=step, outcome=line.outcome),
    "bounce": lambda line, step: Bounced(step=step, person=_to(line)),
    "reached": lambda line, step: Reached(step=step, person=_to(line), note=line.reason),
    "override": lambda line, gate: GateOverridden(gate=gate, reason=line.reason),
    "clear": lambda line, deadline: BreachCleared(deadline=deadline, note=line.reason),
    "exempt": lambda line, step: Exempted(
        step=step, key=line.key or _to(line), reason=line.reason, until=parse_moment(line.until) if line.until else None
    ),
    "join": lambda line, step: RosterChanged(step=step, joined=line.to),
    "leave": lambda line, step: RosterChanged(step=step, left=line.to),
    "reopen": lambda line, _yes: Reopened(reason=line.reason),
}
"""What makes the event of each action of `Moment`, by the action's name."""
