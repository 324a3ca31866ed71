"""Watching: which open waits of a case nobody is asked for, or no clock will ever miss."""

from collections.abc import Iterator
from typing import Final, Literal

from engine.case import ACTIVE, Case, SlotStatus, StepStatus
from engine.program import Program
from models.language.steps import CAMPAIGN_STEPS, PEOPLE_STEPS, Call, Machine, Step, Wait

Lack = Literal["nobody", "no deadline", "silent"]
"""What is missing: a person, a clock, or anything at all that will go on by itself."""

SILENT: Final = ""
"""Stands for the whole case where no single step is to blame."""


def lacks(program: Program, case: Case) -> Iterator[tuple[str, Lack]]:
    """Every open step of a case for which somebody or some clock is missing; none for a case that has ended."""
    if case.closed_at is not None:
        return
    asked = {one.step for one in case.assignments.values()}
    going_on = bool(asked) or any(not name.startswith("mode:") for name in case.alarms)
    for name, state in case.steps.items():
        if state.status is not StepStatus.OPEN:
            continue
        step = program.plans[name].step
        if _nobody_yet(step, case):
            going_on = True
            continue
        people = isinstance(step, PEOPLE_STEPS) or (isinstance(step, Machine) and state.outcome == "failed")
        going_on = going_on or isinstance(step, (Machine, Call, Wait))
        if people and name not in asked:
            yield name, "nobody"
        elif isinstance(step, (*PEOPLE_STEPS, Machine, Call)) and not _watched(program, case, name):
            yield name, "no deadline"
    if not going_on:
        yield SILENT, "silent"


def _nobody_yet(step: Step, case: Case) -> bool:
    """Whether a step waits for people whom another open step may still bring, e.g. for those who refuse.

    While it has nobody, whoever is asked there is who the case waits for, and by that step's deadline.
    """
    each = step.each if isinstance(step, CAMPAIGN_STEPS) else None
    if each is None or each.of is None:
        return False
    settled = all(slot.status is not SlotStatus.OPEN for slot in case.steps[step.id].slots.values())
    return settled and case.steps[each.of].status is StepStatus.OPEN


def _watched(program: Program, case: Case, name: str) -> bool:
    """Whether a clock with a ladder runs, or has passed, that waits for the step or for what comes after it."""
    for waiting_for in (name, *program.downstream[name]):
        for rule in program.of_step.get(waiting_for, ()):
            clock = case.clocks.get(rule.id)
            if clock is not None and clock.status in ACTIVE and program.ladder(rule.ladder).rungs:
                return True
    return False
