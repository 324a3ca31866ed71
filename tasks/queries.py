"""`query_cases` and `send_report`: counting cases of a time, and mailing the count. Nil is a result (S-29)."""

import asyncio
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, TypeAdapter
from sqlalchemy import Connection, select

from models.language.moments import format_moment
from models.language.organisation import Organisation
from models.language.translation.keys import closest
from models.language.who import LEVELS, SPECIAL, Who, WhoField
from models.tables import CaseRow
from store.reports import post_report
from tasks.registered import PEOPLE, Inputs, Moment, Outputs, Registered, Tools, WorkFailed

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_WHO: Final[TypeAdapter[Who]] = TypeAdapter(WhoField)


class QueryInputs(Inputs):
    """Which cases."""

    procedure: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", description="规程 / procedure")
    since: Moment = Field(description="从（含）/ from, inclusive")
    until: Moment = Field(description="到（不含）/ to, exclusive")


class QueryOutputs(Outputs):
    """How many cases there were."""

    opened: int
    closed: int
    open: int
    """Opened by the end and not closed by then."""


class ReportInputs(QueryInputs):
    """Which cases, and who is to know."""

    to: Annotated[
        tuple[str, ...], PEOPLE, BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)
    ] = Field(min_length=1, max_length=50, description="收件人：角色、人员 / roles and persons that get the report")


class ReportOutputs(QueryOutputs):
    """The numbers, and how many people are told them."""

    told: int


async def query_cases(inputs: QueryInputs, tools: Tools) -> QueryOutputs:
    """Count the cases of a procedure in a time."""
    return await asyncio.to_thread(_count, inputs, tools)


async def send_report(inputs: ReportInputs, tools: Tools) -> ReportOutputs:
    """Count, and mail the count to people; also when all is zero. A retry counts again and mails nobody twice."""
    counted = await asyncio.to_thread(_count, inputs, tools)
    told = await asyncio.to_thread(_post, inputs, counted, tools)
    return ReportOutputs(**counted.model_dump(), told=len(told))


def _count(inputs: QueryInputs, tools: Tools) -> QueryOutputs:
    if inputs.until <= inputs.since:
        raise WorkFailed(f"the time ends {format_moment(inputs.until)}, before it begins")
    query = select(_CASES.c.opened_at, _CASES.c.closed_at).where(_CASES.c.procedure == inputs.procedure)
    with tools.store.database.reading() as connection:
        rows = connection.execute(query).all()
        if not rows:
            _title(inputs.procedure, tools, connection)  # nothing of what does not exist is no result
    begun = [row for row in rows if row.opened_at < inputs.until]
    return QueryOutputs(
        opened=sum(row.opened_at >= inputs.since for row in begun),
        closed=sum(row.closed_at is not None and inputs.since <= row.closed_at < inputs.until for row in begun),
        open=sum(row.closed_at is None or row.closed_at >= inputs.until for row in begun),
    )


def _title(procedure: str, tools: Tools, connection: Connection) -> str:
    tools.store.programs.refresh(connection)
    found = tools.store.programs.rulebook.procedures.get(procedure)
    if found is None:
        raise WorkFailed(f"there is no procedure `{procedure}`")
    return str(found.content.title.zh)


def _post(inputs: ReportInputs, counted: QueryOutputs, tools: Tools) -> tuple[str, ...]:
    with tools.store.database.reading() as connection:
        title = _title(inputs.procedure, tools, connection)
    organisation = tools.store.programs.company.organisation
    to = [_who(name, organisation) for name in dict.fromkeys(inputs.to)]
    since, until = format_moment(inputs.since), format_moment(inputs.until)
    text = (
        f"{title}，{since} 至 {until}：新立项 {counted.opened} 件，办结 {counted.closed} 件，"
        f"期末未办结 {counted.open} 件。 / {inputs.procedure}: {counted.opened} opened, {counted.closed} closed, "
        f"{counted.open} open at the end."
    )
    told = post_report(tools.store, tools.work, to, text, tools.clock())
    if not told:
        raise WorkFailed(f"nobody was found who is {', '.join(inputs.to)}")
    return told


def _who(name: str, organisation: Organisation) -> Who:
    if name in organisation.people:
        return Who(person=name)
    if name in organisation.roles or name in SPECIAL | LEVELS:
        return _WHO.validate_python(name)
    near = closest(name, [*organisation.roles, *organisation.people])
    raise WorkFailed(f"nobody is called `{name}`" + (f"; did you mean `{near}`?" if near else ""))


QUERY_CASES = Registered(
    "query_cases", "统计一段时间的事项 / count the cases of a time", QueryInputs, QueryOutputs, query_cases
)
SEND_REPORT = Registered(
    "send_report",
    "统计一段时间的事项，发给有关人员 / count the cases of a time and mail the count to people",
    ReportInputs,
    ReportOutputs,
    send_report,
)
