"""Campaigns: one step carried out by everybody of a roster, or for every row of a table; all are accounted for."""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from engine.asking import ask_for, take_back
from engine.case import Slot, SlotStatus, StepStatus
from engine.clocks import stop
from engine.draft import Draft
from engine.errors import NotOpen, UnknownName
from engine.latecomers import forget, own_time
from engine.program import StepPlan
from engine.rows import each_of, items, subjects

_ENDED = (StepStatus.DONE, StepStatus.SKIPPED, StepStatus.CANCELLED)


def roster(draft: Draft, plan: StepPlan) -> Mapping[str, Slot]:
    """The frozen roster of a step that opens: one slot for each person or row; empty for other steps.

    Whoever is away stays on it, exempt until they are back: the totals account for everybody.
    """
    name = plan.step.id
    each = each_of(draft, name)
    if each is None:
        return {}
    people = draft.search(name).members(each.people)
    found = _entries(draft, name, _meeting(draft, plan, people))
    for person in people:
        back = draft.company.back_at(person, draft.now)
        if person in found and back is not None:
            found[person] = Slot(SlotStatus.EXEMPT, at=draft.at, outcome="absent")
            draft.alarms[f"exempt:{name}/{person}"] = back
    return found


def _meeting(draft: Draft, plan: StepPlan, people: tuple[str, ...] = ()) -> list[str]:
    """Keys of what meets the step's condition."""
    found = subjects(draft, plan.step.id, people)
    return [key for key, row in found.items() if draft.holds_true(plan.each_when, items(row))]


def _entries(draft: Draft, name: str, keys: list[str]) -> dict[str, Slot]:
    """Open entries. A row of a table is kept as it is now: the table may change, what was asked about may not."""
    each, known = each_of(draft, name), draft.steps[name].slots
    rows = subjects(draft, name) if each and each.rows else {}
    return {key: Slot(row=known[key].row if key in known else rows.get(key, {})) for key in keys}


def over(draft: Draft, name: str) -> bool:
    """Whether nobody is left to ask: not now, not when an exemption ends, not when another row comes up."""
    each, state = each_of(draft, name), draft.steps[name]
    if each is None or any(slot.status is SlotStatus.OPEN for slot in state.slots.values()):
        return False
    if any(alarm.startswith(f"exempt:{name}/") for alarm in draft.alarms):
        return False
    return each.of is None or draft.steps[each.of].status in _ENDED


def fill(draft: Draft, name: str, key: str, slot: Slot) -> bool:
    """Record one slot. True when it was the last open one, so that the step is done."""
    state = draft.steps[name]
    if key not in state.slots:
        raise UnknownName(f"`{key}` is not on the roster of `{name}`", f"The roster has {len(state.slots)} entries")
    forget(draft, name, key)
    slot = replace(slot, values={**state.slots[key].values, **slot.values}, row=state.slots[key].row)
    draft.steps[name] = replace(state, slots={**state.slots, key: slot})
    draft.touch(name)
    take_back(draft, name, f"done by {slot.by}", tell=False, key=key)
    _meet(draft, name)
    return over(draft, name)


def of_all(draft: Draft, name: str) -> str:
    """What the answers of an approval for each come to: approved if none was turned down."""
    slots = draft.steps[name].slots.values()
    return "rejected" if any(slot.outcome == "rejected" for slot in slots) else "approved"


def _meet(draft: Draft, name: str) -> None:
    """The step's own clocks are met when all that are left have a time of their own, now or when they are back."""
    each = each_of(draft, name)
    waiting = any(slot.status is SlotStatus.OPEN and slot.due is None for slot in draft.steps[name].slots.values())
    if each is None or each.latecomers is None or each.of or waiting:
        return
    for rule in draft.program.of_step.get(name, ()):
        stop(draft, rule, draft.at)


def exempt(draft: Draft, name: str, key: str, slot: Slot, until: datetime | None) -> bool:
    """Take one slot out of the count, perhaps until a date. True when nobody is left to ask."""
    last = fill(draft, name, key, slot)
    if until is None:
        return last
    draft.alarms[f"exempt:{name}/{key}"] = until
    return False


def ask_again(draft: Draft, name: str, key: str) -> None:
    """An exemption has ended: the person is asked, with the latecomers' time."""
    state = draft.steps[name]
    if key not in state.slots:
        return
    if state.status is StepStatus.OPEN:
        _take_in(draft, name, [key])
    elif state.status is StepStatus.HELD:
        # Asked with the others, when the gate opens again.
        draft.steps[name] = replace(state, slots={**state.slots, key: Slot(row=state.slots[key].row)})


def _take_in(draft: Draft, name: str, keys: list[str]) -> None:
    state = draft.steps[name]
    draft.steps[name] = replace(state, slots={**state.slots, **_entries(draft, name, keys)})
    draft.touch(name)
    for key in keys:
        ask_for(draft, name, key)
        own_time(draft, name, key)


def grow(draft: Draft, plan: StepPlan) -> bool:
    """A step that follows another takes in the rows that have come to meet its condition. True when it is over."""
    name = plan.step.id
    fresh = [key for key in _meeting(draft, plan) if key not in draft.steps[name].slots]
    if fresh:
        _take_in(draft, name, fresh)
    return over(draft, name)


def join_and_leave(draft: Draft, plan: StepPlan, joined: tuple[str, ...], left: tuple[str, ...]) -> bool:
    """People have come or gone while the campaign runs. True when nobody is left to ask."""
    name = plan.step.id
    each, state = each_of(draft, name), draft.steps[name]
    if state.status is not StepStatus.OPEN or each is None:
        raise NotOpen(f"`{name}` is not a campaign that is running", "Only a running campaign has a roster to change")
    for key in left:
        gone = Slot(SlotStatus.LEFT, at=draft.at, outcome="left the company")
        if _expected(draft, name, key):
            fill(draft, name, key, gone)
    if each.joiners:
        _take_in(draft, name, [key for key in _meeting(draft, plan, joined) if key not in state.slots])
    return over(draft, name)


def _expected(draft: Draft, name: str, key: str) -> bool:
    """Whether an answer is still to come: now, or when an exemption ends."""
    slot = draft.steps[name].slots.get(key)
    return slot is not None and (slot.status is SlotStatus.OPEN or f"exempt:{name}/{key}" in draft.alarms)


def surroundings_changed(draft: Draft, name: str, key: str) -> bool:
    """Somebody on the roster has left, or is away from now on. True when nobody is left to ask."""
    if not draft.company.employed(key, draft.now):
        return fill(draft, name, key, Slot(SlotStatus.LEFT, at=draft.at, outcome="left the company"))
    back = draft.company.back_at(key, draft.now)
    away = Slot(SlotStatus.EXEMPT, at=draft.at, outcome="absent")
    return back is not None and exempt(draft, name, key, away, back)


def waiting(draft: Draft, name: str) -> list[str]:
    """Keys still open on the step's own clock: not those that have a time of their own."""
    return [key for key, slot in draft.steps[name].slots.items() if slot.status is SlotStatus.OPEN and slot.due is None]


def all_on_their_own(draft: Draft, name: str | None) -> bool:
    """Whether every open entry of a campaign has a time of its own, so that the step's clock has nobody to speak to."""
    if name is None or each_of(draft, name) is None or draft.steps[name].status is not StepStatus.OPEN:
        return False
    return not waiting(draft, name)


def on_this_clock(draft: Draft, name: str) -> tuple[str, ...] | None:
    """Whom a clock of the step concerns: those asked now, of a campaign without its latecomers; None if nobody was."""
    if each_of(draft, name) is None:
        return draft.assignees(name) or None
    if draft.steps[name].status is not StepStatus.OPEN:
        return None
    late = set(waiting(draft, name))
    return tuple(one.person for one in draft.assignments.values() if one.step == name and one.key in late)
