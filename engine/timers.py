"""Timers: what happens when a case's next due time comes. Each tick acts once, stamped with its own time."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from engine import late_ticks
from engine.asking import assign
from engine.campaigns import all_on_their_own, ask_again, on_this_clock, waiting
from engine.case import Clock, ClockStatus, StepStatus, Tick
from engine.clocks import mark
from engine.counting import ladder_of
from engine.draft import Draft, personal
from engine.effects import Notice, OpenCase
from engine.errors import Stale
from engine.events import SYSTEM
from engine.ladders import with_repetition
from engine.moving import put
from engine.people import Chosen, Search
from engine.program import Rule
from engine.progress import open_unless_held
from engine.repetition import owe, plan_repetition, repeat_of
from engine.rows import each_of
from engine.standing_in import ask_deputy, replace_absent
from engine.steps import complete
from models.language.ladders import Ladder
from models.language.steps import PEOPLE_STEPS, Approve, Call, Machine
from models.language.who import Who


def fire(draft: Draft, due: datetime) -> None:
    """Carry out every tick and alarm of the case that is due at `due`. Raises `Stale` if none is."""
    if draft.base.next_due != due:
        planned = draft.base.next_due.isoformat() if draft.base.next_due else "nothing"
        raise Stale(f"nothing is due at {due.isoformat()}; next is {planned}", "Look up the case's next due time")
    for rule in draft.program.rules.values():
        clock = draft.clocks.get(rule.id)
        while clock is not None and clock.next_at == due:
            tick = clock.ticks[clock.next]
            draft.clocks[rule.id] = clock = replace(clock, next=clock.next + 1)
            if tick.kind == "due" or not all_on_their_own(draft, rule.until_step):
                _TICKS[tick.kind](draft, rule, clock, tick)
            clock = draft.clocks[rule.id]
    for alarm in [name for name, at in draft.alarms.items() if at == due]:
        if draft.alarms.pop(alarm, None) != due:
            # An alarm before it in this very second has ended what this one was for.
            continue
        kind, _, name = alarm.partition(":")
        _ALARMS[kind](draft, name, due)


def _on_ladder(draft: Draft, rule: Rule, wanted: Iterable[Who]) -> tuple[Chosen, ...]:
    """The people of a ladder, to be told."""
    return draft.find(wanted, _search(draft, rule).for_telling())


def _search(draft: Draft, rule: Rule) -> Search:
    """A search for the people of a ladder; `assignee` means whoever the deadline concerns."""
    concerned = tuple(one.person for one in _reminded(draft, rule))
    return draft.search(rule.until_step, chain=rule.chain, assignees=concerned)


def _reminded(draft: Draft, rule: Rule) -> tuple[Chosen, ...]:
    """Whom a deadline concerns: those named, those asked now, those who will be, or the owner of the case."""
    if rule.source.remind:
        return draft.find(rule.source.remind, draft.search(rule.until_step, chain=rule.chain).for_telling())
    step = draft.program.plans[rule.until_step].step if rule.until_step else None
    if rule.until_step and (asked := on_this_clock(draft, rule.until_step)) is not None:
        return tuple(Chosen(person) for person in dict.fromkeys(asked))
    wanted: tuple[Who, ...] = ()
    if isinstance(step, PEOPLE_STEPS):
        wanted = step.who
    elif isinstance(step, Machine):
        wanted = step.otherwise
    elif isinstance(step, Call):
        wanted = step.responsible
    if wanted:
        return draft.find(wanted, draft.search(rule.until_step, chain=rule.chain))
    return (Chosen(draft.owner),) if draft.owner else ()


def _notice(rule: Rule, clock: Clock, tick: Tick, kind: str, level: str = "") -> Notice:
    return Notice("", kind, rule.until_step, rule.id, clock.due, tick.at, level)  # type: ignore[arg-type]


def _reminder(draft: Draft, rule: Rule, clock: Clock, tick: Tick) -> None:
    reminder = _ladder(draft, rule, clock).reminders[tick.index]
    people = _reminded(draft, rule)
    draft.tell(people, _notice(rule, clock, tick, "reminder"))
    for who in reminder.tell:
        also = [one for one in _on_ladder(draft, rule, (who,)) if one not in people]
        draft.tell(also, _notice(rule, clock, tick, "reminder", str(who)))


def _target(draft: Draft, rule: Rule, clock: Clock, tick: Tick) -> None:
    draft.tell(_reminded(draft, rule), _notice(rule, clock, tick, "target"))


def _due(draft: Draft, rule: Rule, clock: Clock, tick: Tick) -> None:
    step = rule.until_step
    if rule.source.missed == "deem" and step and draft.steps[step].status is StepStatus.OPEN:
        _deem(draft, rule, clock, tick, step)
        return
    missed = replace(clock, status=ClockStatus.MISSED, missed_at=tick.at)
    put(draft, rule.id, missed, "missed", "target" if rule.source.target else "")
    if rule.source.target:
        _target(draft, rule, clock, tick)
    mark(draft, rule)


def _deem(draft: Draft, rule: Rule, clock: Clock, tick: Tick, step: str) -> None:
    """Silence is no consent, but it can be acceptance: 视为受理 (A-02). The language forbids it for approvals."""
    for rung in _ladder(draft, rule, clock).rungs:
        if rung.after is None:
            people = _on_ladder(draft, rule, rung.tell)
            draft.tell(people, _notice(rule, clock, tick, "deemed", "L1"))
    draft.at = tick.at
    complete(draft, step, SYSTEM, tick.at, outcome="deemed")


def _rung(draft: Draft, rule: Rule, clock: Clock, tick: Tick) -> None:
    rung = _ladder(draft, rule, clock).rungs[tick.index]
    for who in rung.tell:
        people = _on_ladder(draft, rule, (who,))
        draft.tell(people, _notice(rule, clock, tick, "escalation", str(who)))
    step = rule.until_step
    if step and rung.ask and draft.steps[step].status is StepStatus.OPEN:
        _ask_as_well(draft, step, draft.find(rung.ask, _search(draft, rule)))
    if rung.starts:
        _start(draft, rule, rung.starts)
    draft.clocks[rule.id] = replace(clock, ticks=with_repetition(clock.ticks, tick, rung, draft.company.calendar))


def _start(draft: Draft, rule: Rule, procedure: str) -> None:
    """A rung starts a procedure: for a campaign one for each who is late, since each has a matter of their own."""
    step = rule.until_step
    keys = waiting(draft, step) if step and each_of(draft, step) else [None]
    for key in keys:
        facts = late_ticks.started_by(draft, rule, key)
        draft.effects.append(OpenCase(step or rule.id, procedure, facts, draft.base.occurred_at))


def _substitute(draft: Draft, rule: Rule, _clock: Clock, _tick: Tick) -> None:
    """The approver is silent at half time, so the deputy gets a link as well (section 3.4 rule 2)."""
    step = draft.program.plans[rule.until_step].step if rule.until_step else None
    if not isinstance(step, Approve):
        return
    for one in draft.assigned(step.id):
        if one.stands_for is None:
            ask_deputy(draft, one)


def _ask_as_well(draft: Draft, step: str, people: tuple[Chosen, ...]) -> None:
    """Somebody of the ladder may act as well, for the first of those asked, or for each row that is still open."""
    if personal(draft.plan(step).step):
        return
    open_parts: dict[str | None, str | None] = {one.key: one.principal for one in reversed(draft.assigned(step))}
    for person in people:
        for key, principal in reversed((open_parts or {None: None}).items()):
            assign(draft, step, replace(person, stands_for=principal), key)


def _ladder(draft: Draft, rule: Rule, clock: Clock) -> Ladder:
    return draft.program.ladder(ladder_of(rule, clock))


def _repeat(draft: Draft, name: str, due: datetime) -> None:
    plan, repeat = draft.plan(name), repeat_of(draft.plan(name).step)
    if repeat is None or draft.holds_true(plan.repeat_until):
        return
    draft.at = due
    plan_repetition(draft, name, repeat)
    status = draft.steps[name].status
    if status in (StepStatus.DONE, StepStatus.WAITING) and draft.holds_true(plan.when):
        open_unless_held(draft, plan)
    elif status in (StepStatus.OPEN, StepStatus.HELD) and repeat.on is not None:
        owe(draft, name)


def _wait(draft: Draft, name: str, due: datetime) -> None:
    draft.at = due
    complete(draft, name, SYSTEM, due)


def _exempt(draft: Draft, name: str, due: datetime) -> None:
    draft.at = due
    step, _, key = name.partition("/")
    ask_again(draft, step, key)


def mode_changed(draft: Draft) -> None:
    """A mode may have begun or ended: conditions that look at it are asked again, and the next change is awaited."""
    draft.touch("mode")
    following = draft.company.next_mode_change(draft.now)
    if following is not None and draft.program.mentions_mode:
        draft.alarms["mode:"] = following


_TICKS: Mapping[str, Callable[[Draft, Rule, Clock, Tick], None]] = {
    "reminder": _reminder,
    "substitute": _substitute,
    "target": _target,
    "due": _due,
    "rung": _rung,
}

_ALARMS: Mapping[str, Callable[[Draft, str, datetime], None]] = {
    "repeat": _repeat,
    "wait": _wait,
    "exempt": _exempt,
    "late": late_ticks.fire,
    "away": lambda draft, _person, _due: replace_absent(draft),
    "mode": lambda draft, _name, _due: mode_changed(draft),
}
