"""Delivery: mails that did not arrive, and people reached in another way."""

from msgspec.structs import replace

from engine.asking import assign, deputy_for, find_assignment
from engine.draft import Draft
from engine.errors import InvalidAnswer, NotOpen
from engine.events import Bounced, Reached


def bounced(draft: Draft, event: Bounced) -> None:
    """A mail did not arrive: whoever was told is not, and whoever was asked is replaced by a deputy at once (S-03)."""
    draft.plan(event.step)
    state = draft.steps[event.step]
    draft.steps[event.step] = replace(state, unreached=state.unreached | {event.person})
    draft.touch(event.step)
    found = find_assignment(draft, event.step, event.person, None)
    deputy = deputy_for(draft, found) if found else None
    if found and deputy:
        assign(draft, event.step, deputy, found.key, kind="substitute")


def reached(draft: Draft, event: Reached) -> None:
    """Somebody whose mail bounced was reached in another way, and how is on record."""
    draft.plan(event.step)
    state = draft.steps[event.step]
    if event.person not in state.unreached:
        raise NotOpen(f"{event.person} is not waiting to be reached", "Nothing is left to do here")
    if not event.note.strip():
        raise InvalidAnswer("how the person was reached is missing", "Write for example: by phone, 14:25, spoke to her")
    draft.steps[event.step] = replace(state, unreached=state.unreached - {event.person})
    draft.touch(event.step)
