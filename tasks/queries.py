"""`query_cases` and `send_report`: counting cases of a time, and writing the count down. Nil is a result."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import Field
from sqlalchemy import select

from models.language.moments import format_moment
from models.tables import CaseRow
from tasks.registered import Inputs, Moment, Outputs, Registered, Tools

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]


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


class ReportOutputs(QueryOutputs):
    """The numbers and where the report was written."""

    path: str


async def query_cases(inputs: QueryInputs, tools: Tools) -> QueryOutputs:
    """Count the cases of a procedure in a time."""
    return await asyncio.to_thread(_count, tools, inputs.procedure, inputs.since, inputs.until)


def _count(tools: Tools, procedure: str, since: datetime, until: datetime) -> QueryOutputs:
    query = select(_CASES.c.opened_at, _CASES.c.closed_at).where(
        _CASES.c.procedure == procedure, _CASES.c.opened_at < until
    )
    with tools.store.database.reading() as connection:
        rows = connection.execute(query).all()
    return QueryOutputs(
        opened=sum(row.opened_at >= since for row in rows),
        closed=sum(row.closed_at is not None and since <= row.closed_at < until for row in rows),
        open=sum(row.closed_at is None or row.closed_at >= until for row in rows),
    )


async def send_report(inputs: QueryInputs, tools: Tools) -> ReportOutputs:
    """Count, and write the count to a file that the procedure's mail points to; also when all is zero."""
    counted = await query_cases(inputs, tools)
    path = tools.files / "reports" / f"{inputs.procedure}-{inputs.until:%Y%m%d%H%M}.txt"
    lines = [
        f"{inputs.procedure}  {inputs.since} – {inputs.until}",
        f"新立项 / opened: {counted.opened}",
        f"已办结 / closed: {counted.closed}",
        f"未办结 / open: {counted.open}",
        f"{format_moment(tools.clock())}",
    ]
    await asyncio.to_thread(_write, path, "\n".join(lines) + "\n")
    return ReportOutputs(**counted.model_dump(), path=path.name)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


QUERY_CASES = Registered(
    "query_cases", "统计一段时间的事项 / count the cases of a time", QueryInputs, QueryOutputs, query_cases
)
SEND_REPORT = Registered(
    "send_report",
    "统计一段时间的事项，发给有关人员 / count the cases of a time and mail the count to people",
    QueryInputs,
    ReportOutputs,
    send_report,
)
