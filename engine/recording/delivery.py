"""Delivery: mails that did not arrive, and people reached in another way."""

from msgspec.structs import replace

from engine.draft import Draft
from engine.effects import Notice
from engine.errors import InvalidAnswer, NotOpen, UnknownName
from engine.events import Bounced, Reached
from engine.standing_in import ask_deputy


def bounced(draft: Draft, event: Bounced) -> None:
    """A mail did not arrive: whoever was told is not, and whoever was asked is replaced by a deputy at once (S-03)."""
    draft.plan(event.step)
    if event.person not in draft.company.organisation.people:
        raise UnknownName(f"nobody here is called `{event.person}`", "Name a person of the organisation")
    state = draft.steps[event.step]
    draft.steps[event.step] = replace(state, unreached=state.unreached | {event.person})
    draft.touch(event.step)
    for one in draft.assigned(event.step):
        if one.person == event.person and not ask_deputy(draft, one) and draft.owner:
            draft.effects.append(
                Notice(draft.owner, "notice", event.step, at=draft.at, reason=f"no mail reaches {event.person}")
            )


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
