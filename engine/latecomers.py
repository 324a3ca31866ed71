"""Latecomers: who could not start with the others gets a time of their own, with the whole ladder of the step.

People who join, who come back from leave, and rows that come up while a step is
open would otherwise be late the day they are asked, or never.
"""

from typing import Final

from msgspec.structs import replace

from engine.draft import Draft
from engine.rows import each_of

LATE: Final = "late:"
"""What the alarms of latecomers begin with."""


def own_time(draft: Draft, name: str, key: str) -> None:
    """Give one entry of a campaign a due time of its own; the step's first deadline says how it escalates."""
    each, rules = each_of(draft, name), draft.program.of_step.get(name, ())
    if each is None or each.latecomers is None or not rules:
        return
    due, state = draft.company.calendar.add(draft.at, each.latecomers).at, draft.steps[name]
    slot = replace(state.slots[key], due=due)
    draft.steps[name] = replace(state, slots={**state.slots, key: slot})
    for tick in draft.company.ticks(rules[0].ladder, draft.at, due, due, each.latecomers, rules[0].substitutes):
        if tick.kind in ("reminder", "substitute", "rung") and tick.at > draft.at:
            draft.alarms[f"{LATE}{name}/{key}/{tick.kind}/{tick.index}"] = tick.at


def forget(draft: Draft, name: str, key: str) -> None:
    """What was planned for one entry is needed no longer."""
    draft.alarms.pop(f"exempt:{name}/{key}", None)
    for alarm in [one for one in draft.alarms if one.startswith(f"{LATE}{name}/{key}/")]:
        del draft.alarms[alarm]
