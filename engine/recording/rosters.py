"""Rosters: exemptions, joiners and leavers of a campaign that is running."""

from engine.campaigns import exempt, join_and_leave
from engine.case import Slot, SlotStatus, StepStatus
from engine.draft import Draft
from engine.errors import AlreadyDecided, InvalidAnswer, NotOpen, NotPermitted, UnknownName, WrongTime
from engine.events import SYSTEM, Exempted, RosterChanged
from engine.steps import complete
from models.language.moments import format_moment
from models.language.steps import Approve


def exempted(draft: Draft, event: Exempted) -> None:
    """One person or row is taken out of the count, perhaps until a date."""
    state = draft.steps[draft.plan(event.step).step.id]
    if state.status is not StepStatus.OPEN or event.key not in state.slots:
        raise NotOpen(f"`{event.key}` is not being asked in `{event.step}`", "Only open entries can be exempted")
    if isinstance(draft.plan(event.step).step, Approve):
        raise NotPermitted("nobody is exempt from an approval", "Approve or reject each row")
    if state.slots[event.key].status is not SlotStatus.OPEN:
        raise AlreadyDecided(f"`{event.key}` is {state.slots[event.key].status.value} already", "Nothing is left to do")
    if event.until is not None and event.until <= draft.now:
        raise WrongTime(f"{format_moment(event.until)} has passed", "Exempt until a later time, or without an end")
    if event.by not in (draft.owner, SYSTEM):
        raise NotPermitted(f"{event.by} may not exempt anybody", f"The owner of the case may: {draft.owner}")
    if not event.reason.strip():
        raise InvalidAnswer("an exemption needs a reason", "Write one sentence why")
    slot = Slot(SlotStatus.EXEMPT, event.by, draft.at, event.reason)
    if exempt(draft, event.step, event.key, slot, event.until):
        complete(draft, event.step, event.by, draft.at)


def roster_changed(draft: Draft, event: RosterChanged) -> None:
    """People have joined or left while the campaign runs."""
    for person in event.joined:
        if not draft.company.employed(person, draft.now):
            raise UnknownName(f"nobody here is called `{person}`", "Add the person to the organisation first")
    if join_and_leave(draft, draft.plan(event.step), event.joined, event.left):
        complete(draft, event.step, SYSTEM, draft.at)
