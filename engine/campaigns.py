"""Campaigns: one step carried out by everybody of a roster, or for every row of a table; all are accounted for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from engine.asking import assign, take_back
from engine.case import Slot, SlotStatus, StepState, StepStatus
from engine.draft import Draft
from engine.effects import Notice
from engine.errors import NotOpen, UnknownName
from engine.people import Chosen
from engine.program import StepPlan
from models.language.steps import PEOPLE_STEPS


def roster(draft: Draft, plan: StepPlan, state: StepState) -> Mapping[str, Slot]:
    """The frozen roster of a step that opens: one slot for each person or row; empty for other steps."""
    step = plan.step
    if not isinstance(step, PEOPLE_STEPS) or step.each is None:
        return {}
    if step.each.rows is None:
        people = draft.find(step.each.people, draft.search(step.id))
        return {one.person: Slot() for one in people}
    table = draft.facts.get(step.each.rows)
    rows = table if isinstance(table, list) else []
    return {
        str(index): Slot()
        for index, row in enumerate(rows)
        if draft.holds_true(plan.each_when, {f"item.{name}": value for name, value in row.items()})
    }


def fill(
    draft: Draft,
    name: str,
    key: str,
    status: SlotStatus,
    by: str,
    at: datetime,
    outcome: str,
    values: Mapping[str, Any],
) -> bool:
    """Record one slot. True when it was the last open one, so that the step is done."""
    state = draft.steps[name]
    if key not in state.slots:
        raise UnknownName(f"`{key}` is not on the roster of `{name}`", f"The roster has {len(state.slots)} entries")
    slot = Slot(status, by, at, outcome, {**state.slots[key].values, **values})
    state = replace(state, slots={**state.slots, key: slot})
    draft.steps[name] = state
    draft.touch(name)
    take_back(draft, name, f"done by {by}", tell=False, key=key)
    return all(one.status is not SlotStatus.OPEN for one in state.slots.values())


def exempt(draft: Draft, name: str, key: str, by: str, reason: str, until: datetime | None) -> bool:
    """Take one slot out of the count, perhaps until a date. True when nobody is left to ask."""
    last = fill(draft, name, key, SlotStatus.EXEMPT, by, draft.at, reason, {})
    if until is not None:
        draft.alarms[f"exempt:{name}/{key}"] = until
        return False
    return last


def ask_again(draft: Draft, name: str, key: str) -> None:
    """An exemption has ended: the person is asked, with the latecomers' time."""
    state = draft.steps[name]
    if state.status is not StepStatus.OPEN or key not in state.slots:
        return
    draft.steps[name] = replace(state, slots={**state.slots, key: Slot()})
    draft.touch(name)
    assign(draft, name, Chosen(key), key)
    _latecomer(draft, name, key)


def join_and_leave(draft: Draft, name: str, joined: tuple[str, ...], left: tuple[str, ...]) -> bool:
    """People have come or gone while the campaign runs. True when nobody is left to ask."""
    step, state = draft.plan(name).step, draft.steps[name]
    if state.status is not StepStatus.OPEN or not isinstance(step, PEOPLE_STEPS) or step.each is None:
        raise NotOpen(f"`{name}` is not a campaign that is running", "Only a running campaign has a roster to change")
    slots = dict(state.slots)
    for key in left:
        if key in slots and slots[key].status is SlotStatus.OPEN:
            slots[key] = Slot(SlotStatus.LEFT, at=draft.at, outcome="left the company")
            take_back(draft, name, "left the company", tell=False, key=key)
    newcomers = [key for key in joined if key not in slots] if step.each.joiners else []
    for key in newcomers:
        slots[key] = Slot()
    draft.steps[name] = replace(state, slots=slots)
    draft.touch(name)
    for key in newcomers:
        assign(draft, name, Chosen(key), key)
        _latecomer(draft, name, key)
    return all(one.status is not SlotStatus.OPEN for one in slots.values())


def _latecomer(draft: Draft, name: str, key: str) -> None:
    """Somebody who could not start with the others gets a time of their own."""
    step = draft.plan(name).step
    if isinstance(step, PEOPLE_STEPS) and step.each and step.each.latecomers:
        draft.alarms[f"latecomer:{name}/{key}"] = draft.company.calendar.add(draft.at, step.each.latecomers).at


def latecomer_is_late(draft: Draft, name: str, key: str, due: datetime) -> None:
    """A latecomer's own time has passed: the superior is told, as the campaign's ladder would have done."""
    state = draft.steps[name]
    slot = state.slots.get(key)
    if slot is None or slot.status is not SlotStatus.OPEN:
        return
    superior = draft.company.superior(key)
    for person in (key, *((superior,) if superior else ())):
        kind = "reminder" if person == key else "escalation"
        level = "" if person == key else "L1"
        draft.effects.append(Notice(person, kind, name, due=due, at=due, level=level, reason="latecomer"))  # type: ignore[arg-type]
