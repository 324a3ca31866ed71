"""Exceptions: gates passed and breaches cleared, by those who may and with a reason."""

from msgspec.structs import replace

from engine.case import ClockStatus
from engine.clocks import mark
from engine.draft import Draft
from engine.errors import InvalidAnswer, NotOpen, NotPermitted, UnknownName
from engine.events import BreachCleared, GateOverridden
from engine.moving import put


def gate_overridden(draft: Draft, event: GateOverridden) -> None:
    """Somebody whom the gate names passes it, with a reason."""
    plan = draft.program.gates.get(event.gate)
    if plan is None:
        raise UnknownName(f"there is no gate `{event.gate}`", f"Gates: {', '.join(draft.program.gates) or 'none'}")
    if not plan.gate.override:
        raise NotPermitted(f"nobody can pass this gate: {plan.gate.says}", "Fulfil its condition")
    if event.by not in {one.person for one in draft.find(plan.gate.override, draft.search())}:
        raise NotPermitted(f"{event.by} may not pass this gate", "Ask the person the procedure names")
    if not event.reason.strip():
        raise InvalidAnswer("passing a gate needs a reason", "Write one sentence why")
    draft.overridden |= {event.gate}
    draft.queue.extend(plan.gate.holds)


def breach_cleared(draft: Draft, event: BreachCleared) -> None:
    """Proof entered late shows that a deadline was met; somebody of its chain says so (T40)."""
    clock, rule = draft.clocks.get(event.deadline), draft.program.rules.get(event.deadline)
    if clock is None or rule is None:
        raise UnknownName(f"no deadline `{event.deadline}` has run", f"Deadlines: {', '.join(draft.clocks)}")
    if clock.claimed_at is None or clock.status is not ClockStatus.LATE:
        raise NotOpen("there is no proof that this deadline was met", "Enter the event with the time it happened first")
    above = {one.person for who in rule.chain.values() for one in draft.search(rule.until_step).find(who)}
    if event.by not in above:
        raise NotPermitted(f"{event.by} may not clear this breach", f"One of these may: {', '.join(sorted(above))}")
    if not event.note.strip():
        raise InvalidAnswer("clearing a breach needs a note", "Write what the proof is")
    put(draft, rule.id, replace(clock, status=ClockStatus.MET, missed_at=None), "cleared", event.note)
    mark(draft, rule)
