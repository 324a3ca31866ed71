"""Late ticks: what the ladder of a step does for one entry of a campaign that has a time of its own."""

from datetime import datetime

from msgspec.structs import replace

from engine.asking import assign
from engine.case import SlotStatus
from engine.draft import Draft
from engine.effects import Notice, OpenCase
from engine.ladders import later
from engine.latecomers import LATE
from engine.people import Chosen
from engine.program import Rule
from engine.rows import subject
from engine.standing_in import ask_deputy


def fire(draft: Draft, alarm: str, at: datetime) -> None:
    """A reminder or a rung of one entry is due, as the ladder of the step has it."""
    name, key, kind, index = alarm.split("/")
    slot, rule = draft.steps[name].slots.get(key), draft.program.of_step[name][0]
    if slot is None or slot.status is not SlotStatus.OPEN:
        return
    notice = Notice("", kind, name, rule.id, slot.due, at, reason="latecomer")  # type: ignore[arg-type]
    if kind == "reminder":
        draft.tell([Chosen(person) for person in _asked(draft, name, key)], notice)
    elif kind == "substitute":
        for one in [one for one in draft.assigned(name) if one.key == key and one.stands_for is None]:
            ask_deputy(draft, one)
    else:
        _climb(draft, rule, key, int(index), replace(notice, kind="escalation"))


def _climb(draft: Draft, rule: Rule, key: str, index: int, notice: Notice) -> None:
    name = rule.until_step or ""
    rung, at = draft.program.ladder(rule.ladder).rungs[index], notice.at or draft.now
    search = draft.search(name, subject(draft, name, key), rule.chain, _asked(draft, name, key))
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
