"""Opening: the sample form with which a simulated case begins, and who opens it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.case import Case
from engine.events import SYSTEM, Opened
from engine.people import Search
from engine.program import Program
from engine.sampling.samples import Samples
from models.language.steps import Task


def opening(program: Program, start: datetime, form: Mapping[str, Any]) -> Opened:
    """How to open a case; answers given in `form` are kept as they are, the others are left out where they may be."""
    samples = Samples(program)
    left = {name: field for name, field in program.procedure.form.items() if name not in form and field.required}
    answers = {name: samples.first(name, field, start) for name, field in left.items()}
    channel = next((one.by for one in program.procedure.starts if one.by == "form"), program.procedure.starts[0].by)
    return Opened(case="样例-1", facts={**answers, **form}, by=opener(program, start), channel=channel)


def opener(program: Program, start: datetime) -> str:
    """Who opens the sample case: whoever does the first task if they may, else anybody without a part in it."""
    allowed = [who for one in program.procedure.starts if one.by == "form" for who in one.who]
    search = Search(program.company, _nobodys_case(program, start), start)
    people = [one.person for one in search.find(allowed)] if allowed else list(program.company.organisation.people)
    if not any(one.by == "form" for one in program.procedure.starts):
        return SYSTEM
    first = next((plan.step for plan in program.plans.values() if not plan.after), None)
    if isinstance(first, Task):
        doers = [one.person for one in search.find(first.who)]
        if found := [person for person in doers if person in people]:
            return found[0]
    organisation = program.company.organisation
    busy = {person for role in organisation.roles.values() for person in role.holders}
    heads = {unit.head for unit in organisation.departments.values()}
    free = [person for person in people if person not in busy | heads]
    return next(iter([*free, *people]), SYSTEM)


def _nobodys_case(program: Program, start: datetime) -> Case:
    return Case("", program.procedure.procedure, program.version, start, start)
