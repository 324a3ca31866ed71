"""Facts: what a change of one fact of a case brings with it, whoever changed it and in whatever step."""

from datetime import datetime

from engine.clocks import happen
from engine.draft import Draft
from engine.moving import correct


def set_fact(draft: Draft, field: str, value: object, step: str | None = None) -> None:
    """Change one fact. A time is also an event; clocks that run from it or to it are counted again.

    What rests on the fact is looked at once the event is recorded (`engine.binding`), except for `step`, which has
    just changed it: an approver may fill in what they approve.
    """
    if field in draft.facts and draft.facts[field] == value:
        return
    draft.facts[field] = value
    draft.touch(field)
    draft.changed.append((field, step))
    program = draft.program
    if isinstance(value, datetime):
        happen(draft, field, value)
    for rule in (*program.starting.get(field, ()), *program.timed_by_field.get(field, ())):
        correct(draft, rule)
