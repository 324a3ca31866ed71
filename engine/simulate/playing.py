"""Playing: nobody answers, everybody answers, or people do what a file says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from engine.case import Assignment, Case, StepStatus
from engine.errors import InvalidAnswer, Refusal
from engine.events import ChildClosed, CompanyChanged, Decided, Done, Event, Finished
from engine.program import Program
from engine.sampling.filling import as_answer
from engine.scenarios.actions import event_of
from engine.simulate.opening import opening
from engine.simulate.simulation import Simulation
from engine.simulate.stage import Stage
from models.language.moments import parse_moment
from models.language.policy_test import Moment
from models.language.steps import Approve, Call, Machine

Answers = Literal["silent", "prompt"] | Sequence[Moment]
"""Nobody ever does anything; everybody does what they are asked; or what the lines of a file say, then nothing."""

MOST_RETRIES: Final = 12

PACE: Final = timedelta(minutes=15)
"""How soon everybody acts in a prompt simulation."""


class NotOpened(ValueError):  # noqa: N818 - the reason why there is nothing to show, said to the caller
    """The case could not even be opened: the form does not fit; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def simulate(
    program: Program,
    start: datetime,
    form: Mapping[str, Any] | None = None,
    answers: Answers = "silent",
    until: datetime | None = None,
) -> Simulation:
    """Play one case from `start` until nothing more happens by itself, or until `until`.

    What the form leaves open is filled with samples. Raises `NotOpened` if the form is refused.
    """
    stage = Stage(program)
    _open(stage, program, start, form or {})
    if answers == "prompt":
        _everybody_acts(stage, until)
    elif not isinstance(answers, str):
        _follow(stage, answers)
    while (due := stage.next_due()) is not None and (until is None or due <= until):
        stage.tick(due)
    if stage.case is not None:
        last = max([start, *(row.at for row in stage.rows)]) if until is None else until
        stage.add(stage.teller.rest(stage.case, last, stage.next_due()))
    name = answers if isinstance(answers, str) else "file"
    return Simulation(program, start, name, dict(stage.facts()), tuple(stage.rows), stage.case)


def _open(stage: Stage, program: Program, start: datetime, form: Mapping[str, Any]) -> None:
    refusal = stage.record(opening(program, start, form), start)
    if refusal is not None:
        raise NotOpened(refusal)


def _follow(stage: Stage, lines: Sequence[Moment]) -> None:
    """Do what the lines of a file say, each at its time; a refusal is shown and the play goes on."""
    for line in lines:
        now = parse_moment(line.at)
        stage.run_until(now)
        event: Event | None = event_of(line)
        if line.calendar is not None:
            stage.import_calendar(line.calendar)
            event = CompanyChanged()
        if event is None:
            continue
        refusal = stage.record(event, now)
        if refusal is not None:
            stage.add([stage.teller.refused(event, refusal, now)])


def _everybody_acts(stage: Stage, until: datetime | None) -> None:
    """Each in turn does what they were asked, `PACE` after they were asked; timers fire in between."""
    tried: dict[str, list[int]] = {}
    while True:
        # Of several at the same time, whoever was asked first.
        acting = min(_actions(stage, tried), default=None, key=lambda one: one[0])
        due = stage.next_due()
        if acting is not None and (due is None or acting[0] <= due):
            now = max(acting[0], stage.play.happenings[-1].recorded)
            if until is not None and now > until:
                return
            _act(stage, acting[1], now)
            tried.setdefault(acting[1], []).append(stage.play.ticks)
        elif acting is None or due is None or (until is not None and due > until):
            return
        else:
            stage.tick(due)


def _actions(stage: Stage, tried: Mapping[str, list[int]]) -> Iterator[tuple[datetime, str]]:
    """What somebody or a machine is going to do, and when.

    Who could not yet do it tries again after the clock has acted: some things may only be done later.
    """
    case = stage.case
    if case is None or case.closed_at is not None:
        return
    for one in case.assignments.values():
        if _worth_trying(stage, tried.get(one.id, [])) and not stage.done_often_enough(one.step):
            yield one.asked_at + PACE, one.id
    for name, state in case.steps.items():
        step = stage.play.program.plans[name].step
        waits = isinstance(step, Machine) or (isinstance(step, Call) and step.waits)
        key = f"work {name} {state.round}"
        if waits and state.status is StepStatus.OPEN and state.opened_at and _worth_trying(stage, tried.get(key, [])):
            yield state.opened_at + PACE, key


def _worth_trying(stage: Stage, tried: Sequence[int]) -> bool:
    return not tried or (len(tried) <= MOST_RETRIES and tried[-1] < stage.play.ticks)


def _act(stage: Stage, key: str, now: datetime) -> None:
    case, program = stage.case, stage.play.program
    if case is None:
        return
    if key.startswith("work "):
        plan = program.plans[key.split(" ")[1]]
        step, current = plan.step.id, case.steps[plan.step.id].round
        if isinstance(plan.step, Machine):
            tries: Iterator[Event] = (
                Finished(step=step, values=as_answer(plan, values), round=current)
                for values in stage.machines.ways(plan, case, now)
            )
        else:
            tries = iter([ChildClosed(step=step, outcome="done")])
        _first_accepted(stage, tries, step, None, now)
    elif (assignment := case.assignments.get(key)) is not None:
        _first_accepted(stage, _answers(stage, case, assignment, now), assignment.step, assignment.person, now)


def _answers(stage: Stage, case: Case, assignment: Assignment, now: datetime) -> Iterator[Event]:
    """Ways to do what was asked, the most plausible first."""
    plan, by, key = stage.play.program.plans[assignment.step], assignment.person, assignment.key
    step = plan.step.id
    for filled in stage.people.ways(plan, case, now):
        values = as_answer(plan, filled)
        if isinstance(plan.step, Approve):
            yield Decided(step=step, answer="approve", by=by, key=key, values=values)
        else:
            yield Done(step=step, by=by, key=key, values=values)


def _first_accepted(stage: Stage, tries: Iterator[Event], step: str, by: str | None, now: datetime) -> None:
    first: Refusal | None = None
    for event in tries:
        refusal = stage.record(event, now)
        if refusal is None:
            return
        first = first or refusal
        if not isinstance(refusal, InvalidAnswer):
            break
    if first is not None:
        stage.add([stage.teller.stuck(step, by, first, now)])
