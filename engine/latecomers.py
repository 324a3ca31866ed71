"""Latecomers: who could not start with the others gets a time of their own, with the whole ladder of the step.

People who join, who come back from leave, and rows that come up while a step is
open would otherwise be late the day they are asked, or never.
"""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from engine.asking import assign
from engine.case import SlotStatus
from engine.draft import Draft
from engine.effects import Notice, OpenCase
from engine.ladders import later
from engine.people import Chosen
from engine.program import Rule
from engine.rows import each_of, subjects

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
    for tick in draft.company.ticks(rules[0].ladder, draft.at, due, due, each.latecomers, False):
        if tick.kind in ("reminder", "rung") and tick.at > draft.at:
            draft.alarms[f"{LATE}{name}/{key}/{tick.kind}/{tick.index}"] = tick.at


def forget(draft: Draft, name: str, key: str) -> None:
    """What was planned for one entry is needed no longer."""
    draft.alarms.pop(f"exempt:{name}/{key}", None)
    for alarm in [one for one in draft.alarms if one.startswith(f"{LATE}{name}/{key}/")]:
        del draft.alarms[alarm]


def fire(draft: Draft, alarm: str, at: datetime) -> None:
    """A reminder or a rung of one entry is due, as the ladder of the step has it."""
    name, key, kind, index = alarm.split("/")
    slot, rule = draft.steps[name].slots.get(key), draft.program.of_step[name][0]
    if slot is None or slot.status is not SlotStatus.OPEN:
        return
    notice = Notice("", kind, name, rule.id, slot.due, at, reason="latecomer")  # type: ignore[arg-type]
    if kind == "reminder":
        draft.tell([Chosen(person) for person in _asked(draft, name, key)], notice)
    else:
        _climb(draft, rule, key, int(index), replace(notice, kind="escalation"))


def _climb(draft: Draft, rule: Rule, key: str, index: int, notice: Notice) -> None:
    name = rule.until_step or ""
    rung, at = draft.program.ladder(rule.ladder).rungs[index], notice.at or draft.now
    search = draft.search(name, subjects(draft, name, [key]).get(key), rule.chain, _asked(draft, name, key))
    for who in rung.tell:
        draft.tell(draft.find((who,), search), replace(notice, level=str(who)))
    for person in draft.find(rung.ask, search) if rung.ask else ():
        assign(draft, name, person, key)
    if rung.starts:
        draft.effects.append(OpenCase(name, rung.starts, started_by(draft, rule, key), draft.base.occurred_at))
    if rung.repeat:
        draft.alarms[f"{LATE}{name}/{key}/rung/{index}"] = later(draft.company.calendar, at, rung.repeat)


def started_by(draft: Draft, rule: Rule, key: str | None = None) -> dict[str, object]:
    """What a procedure learns that a rung starts: the case, the deadline and, of a campaign, whom it is about."""
    facts: dict[str, object] = {"source_case": draft.base.id, "deadline": rule.id}
    return facts if key is None else {**facts, "person": key}


def _asked(draft: Draft, name: str, key: str) -> tuple[str, ...]:
    return tuple(one.person for one in draft.assignments.values() if one.step == name and one.key == key)
