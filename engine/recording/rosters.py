"""Rosters: exemptions, joiners and leavers of a campaign that is running."""

from engine.campaigns import exempt, join_and_leave
from engine.case import Slot, SlotStatus, StepStatus
from engine.draft import Draft
from engine.errors import InvalidAnswer, NotOpen, NotPermitted
from engine.events import SYSTEM, Exempted, RosterChanged
from engine.steps import complete


def exempted(draft: Draft, event: Exempted) -> None:
    """One person or row is taken out of the count, perhaps until a date."""
    state = draft.steps[draft.plan(event.step).step.id]
    if state.status is not StepStatus.OPEN or event.key not in state.slots:
        raise NotOpen(f"`{event.key}` is not being asked in `{event.step}`", "Only open entries can be exempted")
    if event.by not in (draft.owner, SYSTEM):
        raise NotPermitted(f"{event.by} may not exempt anybody", f"The owner of the case may: {draft.owner}")
    if not event.reason.strip():
        raise InvalidAnswer("an exemption needs a reason", "Write one sentence why")
    slot = Slot(SlotStatus.EXEMPT, event.by, draft.at, event.reason)
    if exempt(draft, event.step, event.key, slot, event.until):
        complete(draft, event.step, event.by, draft.at)


def roster_changed(draft: Draft, event: RosterChanged) -> None:
    """People have joined or left while the campaign runs."""
    if join_and_leave(draft, draft.plan(event.step), event.joined, event.left):
        complete(draft, event.step, SYSTEM, draft.at)
