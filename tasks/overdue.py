"""`overdue_cases`: how many open cases of a person are overdue, e.g. material taken out and not brought back."""

import asyncio
from datetime import datetime
from typing import Annotated, Final

from pydantic import Field
from sqlalchemy import select

from engine.case import ACTIVE, Case
from engine.program import Program
from models.language.durations import Duration, Unit
from models.tables import CaseRow
from store.cases import load_case
from tasks.registered import PERSON, Inputs, Outputs, Registered, Tools, WorkFailed

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]


class OverdueInputs(Inputs):
    """Whose cases, and from when they count."""

    procedure: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", description="规程 / procedure")
    person: Annotated[str, PERSON] = Field(min_length=1, description="谁的事项 / whose cases")
    field: str = Field(
        default="", description="填写此人的表单字段，不写则为申请人 / form field; left out: who opened it"
    )
    done: str = Field(
        default="",
        description="该步骤办结后才算，如已出库 / step that must be done for a case to count; left out: none",
    )
    deadlines: tuple[str, ...] = Field(
        default=(), description="算逾期的时限，不写则为任一时限 / deadlines that count; left out: any"
    )
    working_days: int = Field(
        default=0, ge=0, le=365, description="逾期几个工作日以上才算 / working days after which it counts"
    )


class OverdueOutputs(Outputs):
    """How many there are."""

    overdue: int


async def overdue_cases(inputs: OverdueInputs, tools: Tools) -> OverdueOutputs:
    """Count the other open cases in which a deadline passed long enough ago and is not met yet."""
    return OverdueOutputs(overdue=await asyncio.to_thread(_count, inputs, tools))


def _count(inputs: OverdueInputs, tools: Tools) -> int:
    query = select(_CASES.c.id).where(
        _CASES.c.procedure == inputs.procedure, _CASES.c.status == "open", _CASES.c.id != tools.case_id
    )
    if not inputs.field:
        query = query.where(_CASES.c.requester == inputs.person)
    now = tools.clock()
    with tools.store.database.reading() as connection:
        numbers = list(connection.execute(query).scalars())
        return sum(_overdue(*load_case(connection, tools.store, one), inputs, now) for one in numbers)


def _overdue(case: Case, program: Program, inputs: OverdueInputs, now: datetime) -> bool:
    if inputs.field and inputs.field not in program.procedure.form:
        raise WorkFailed(f"procedure `{inputs.procedure}` has no form field `{inputs.field}`")
    unknown = [name for name in inputs.deadlines if name not in program.rules]
    if unknown:
        raise WorkFailed(f"procedure `{inputs.procedure}` has no deadline `{unknown[0]}`")
    if inputs.done and inputs.done not in program.plans:
        raise WorkFailed(f"procedure `{inputs.procedure}` has no step `{inputs.done}`")
    if inputs.field and case.facts.get(inputs.field) != inputs.person:
        return False
    if inputs.done and case.steps[inputs.done].first_done_at is None:
        return False
    return any(
        clock.status in ACTIVE and _from(program, clock.due, inputs.working_days) < now
        for name, clock in case.clocks.items()
        if not inputs.deadlines or name in inputs.deadlines
    )


def _from(program: Program, due: datetime, working_days: int) -> datetime:
    """The end of the last working day that is still bearable."""
    if not working_days:
        return due
    return program.company.calendar.add(due, Duration(working_days, Unit.WORKING_DAYS)).at


OVERDUE_CASES = Registered(
    "overdue_cases",
    "统计某人逾期未结的其他事项 / count the other cases of a person that are overdue",
    OverdueInputs,
    OverdueOutputs,
    overdue_cases,
)
