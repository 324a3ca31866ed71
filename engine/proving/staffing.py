"""Staffing: whoever a step asks and whoever stands last on a ladder must exist on every day, at night and in holidays.

People are looked for at sampled times of a year, and again while the first of them is away; a
field that names a department is tried with every department.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from msgspec import structs

from engine.case import ACTIVE, Case, StepStatus
from engine.draft import Draft
from engine.people import Chosen
from engine.program import Program, Rule
from engine.proving.exploring import ordinary_time
from engine.proving.findings import Finding
from engine.proving.space import Space
from engine.proving.stories import Teller
from engine.titles import Titles
from models.language.fields import DepartmentField
from models.language.moments import format_moment
from models.language.organisation import Absence
from models.language.problem import Words
from models.language.scope import Loc
from models.language.steps import PEOPLE_STEPS, Call, Machine, Step
from models.language.who import Who

DAYS: Final = 365
HOURS: Final = (timedelta(hours=1), timedelta(hours=18))
"""After nine o'clock: ten in the morning, and three at night."""

SAMPLES_OF_ABSENCE: Final = 4
"""How often in the year the first person is sent away."""


@dataclass(frozen=True, slots=True)
class _Need:
    """People who must be found: for a step, or at the end of a ladder."""

    who: tuple[Who, ...]
    step: str | None
    rule: Rule | None
    loc: Loc
    case: Case


def unstaffed(program: Program, spaces: Iterable[Space]) -> Iterator[Finding]:
    """One finding for each step or ladder for which nobody can be found at some time."""
    for need in _needs(program, list(spaces)):
        failure = _failure(program, need)
        if failure is not None:
            yield _finding(program, need, *failure)


def _needs(program: Program, spaces: list[Space]) -> Iterator[_Need]:
    """Everybody who must be found, each with a case in which they are needed."""
    cases = [node.scene.case for space in spaces for node in space.nodes]
    seen: set[object] = set()
    for name, plan in program.plans.items():
        who = _asked(plan.step)
        case = next((one for one in cases if one.steps[name].status is StepStatus.OPEN), None)
        if who and case is not None:
            yield _Need(who, name, None, ("steps", plan.index), case)
    for name, rule in program.rules.items():
        ladder = program.ladder(rule.ladder)
        case = next((one for one in cases if (clock := one.clocks.get(name)) and clock.status in ACTIVE), None)
        if not ladder.rungs or case is None:
            continue
        last = ladder.rungs[-1]
        who = (*last.tell, *last.ask)
        # Many deadlines climb the same ladder with the same people on it; one of them is enough.
        alike = (rule.ladder, rule.source.chain, *((rule.until_step,) if "assignee" in map(str, who) else ()))
        if who and alike not in seen:
            seen.add(alike)
            step = program.plans[rule.until_step].index if rule.until_step else None
            yield _Need(who, rule.until_step, rule, ("steps", step) if step is not None else ("deadlines",), case)


def _asked(step: Step) -> tuple[Who, ...]:
    if isinstance(step, PEOPLE_STEPS):
        return step.who
    if isinstance(step, Machine):
        return step.otherwise
    return step.responsible if isinstance(step, Call) else ()


def _failure(program: Program, need: _Need) -> tuple[datetime, Words] | None:
    """When nobody is found, and what is special about that time."""
    start = ordinary_time(program.company.calendar)
    always = Words("", "")
    for day in range(DAYS):
        for hour in HOURS:
            moment = start + timedelta(days=day) + hour
            if not _find(program, need, moment):
                return moment, always
    for number in range(SAMPLES_OF_ABSENCE):
        moment = start + timedelta(days=number * DAYS // SAMPLES_OF_ABSENCE)
        away = _find(program, need, moment)[0].person
        others = _find(_without(program, away, moment), need, moment)
        # On a roster, e.g. of a quorum, everybody stands for themselves: the others are enough.
        if not {one.person for one in others} - {away}:
            name = Titles(program).person(away)
            return moment, Words(f" while {away} is away", f"，且{name}不在岗")
    return _in_some_department(program, need, start)


def _in_some_department(program: Program, need: _Need, moment: datetime) -> tuple[datetime, Words] | None:
    fields = [name for name, one in program.procedure.form.items() if isinstance(one, DepartmentField)]
    for field in fields:
        for unit, department in program.company.organisation.departments.items():
            case = structs.replace(need.case, facts={**need.case.facts, field: unit})
            if not _find(program, replace(need, case=case), moment):
                return moment, Words(f" if `{field}` is {unit}", f"，且 `{field}` 为{department.name}")
    return None


def _find(program: Program, need: _Need, moment: datetime) -> tuple[Chosen, ...]:
    chain = need.rule.chain if need.rule else None
    return Draft(program, need.case, moment).search(need.step, chain=chain).find(need.who)


def _without(program: Program, person: str, moment: datetime) -> Program:
    """The program in the same company, while one person is away."""
    days = {
        "from": format_moment(moment - timedelta(days=1))[:10],
        "until": format_moment(moment + timedelta(days=1))[:10],
    }
    organisation = program.company.organisation
    absence = Absence.model_validate({"person": person, **days})
    away = organisation.model_copy(update={"absences": (*organisation.absences, absence)})
    return replace(program, company=program.company.changed(away))


def _finding(program: Program, need: _Need, moment: datetime, special: Words) -> Finding:
    teller = Teller(program)
    at = format_moment(moment)
    if need.rule is not None:
        name = teller.deadline(need.rule.id)
        return Finding(
            Words(
                f"the ladder of {name.en} ends at nobody on {at}{special.en}",
                f"{at}{special.zh}，时限{name.zh}的升级链最后找不到人",
            ),
            need.loc,
        )
    step = teller.step(need.step or "")
    return Finding(
        Words(f"nobody can be asked for {step.en} on {at}{special.en}", f"{at}{special.zh}，{step.zh}找不到任何人办理"),
        need.loc,
    )
