"""Starting: an operator opens a case from Prefect's own page. What was typed there does not stay there."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run as running
from prefect.states import Failed

from engine.errors import Refusal
from engine.events import SYSTEM, Opened
from engine.program import Program
from flows.services import Services
from models.language.fields import DateTimeField, FormField
from models.language.procedure import Procedure
from store.cases import open_case
from store.programs import NotPublished
from store.work import keep_run

NOT_OPENED: Final = "未立项"
"""State of a run that was to open a case and did not."""

UNKNOWN: Final = "没有这项事项，或规程已废止 / there is no such case of this procedure, or it was withdrawn"
PRIVATE: Final = "密封内容不得经过 Prefect，请在网页立项 / sealed content stays out of Prefect: open it on Duly's pages"
_FRACTION: Final = re.compile(r"\.0+(?=Z|[+-]|$)")

UNFIT: Final = "所填内容不符合表单 / what was filled in does not fit the form"


class NotOpened(Exception):  # noqa: N818 - an answer to the operator, not a fault
    """Nothing was opened; the message says why and quotes nothing that was filled in."""


def fields_asked(procedure: Procedure) -> dict[str, FormField]:
    """The fields that Prefect's page may ask for: what is sealed must not stand there, not even for a moment."""
    if procedure.sensitivity == "sealed":
        return {}
    return {name: field for name, field in procedure.form.items() if not field.sealed}


def _may_start(procedure: Procedure, given: Mapping[str, Any]) -> bool:
    hidden = procedure.form.keys() - fields_asked(procedure).keys()
    needed = any(_is_needed(procedure.form[name]) for name in hidden)
    return procedure.sensitivity != "sealed" and not needed and hidden.isdisjoint(given)


def _is_needed(field: FormField) -> bool:
    return field.required and getattr(field, "default", None) is None


async def start(services: Services, program: Program, fields: Mapping[str, Any]) -> str:
    """Open a case with an operator's fields and forget them. The run's id makes that happen once.

    Raises `NotOpened`.
    """
    form = program.procedure.form
    given = {name: _as_typed(form.get(name), value) for name, value in fields.items() if value is not None}
    parameters: dict[str, Any] = {}
    try:
        if not _may_start(program.procedure, given):
            raise NotOpened(PRIVATE)
        parameters["case"] = await asyncio.to_thread(_open, services, program.procedure, given)
        return str(parameters["case"])
    finally:
        # Also when nothing was opened. Should Prefect be away now, the reconciler does it for an opened case.
        if running.id:
            async with get_client() as client:
                await client.update_flow_run(running.id, parameters=parameters)


def _open(services: Services, procedure: Procedure, given: dict[str, Any]) -> str:
    run_id = str(running.id or uuid4())
    opening = Opened(case="", facts=given, by=SYSTEM, channel="prefect")
    try:
        recorded = open_case(services.store, procedure.procedure, opening, f"prefect/{run_id}", services.clock())
    except NotPublished:
        raise NotOpened(UNKNOWN) from None
    except Refusal:
        raise NotOpened(_unfit(procedure, given)) from None
    case_id = recorded.recording.case_id
    keep_run(services.store, case_id, run_id, 0)
    return case_id


def _unfit(procedure: Procedure, given: Mapping[str, Any]) -> str:
    missing = [
        f"{field.title.zh if field.title else name} `{name}`"
        for name, field in procedure.form.items()
        if _is_needed(field) and given.get(name) in (None, "")
    ]
    return f"{UNFIT}；缺少 / missing: {'、'.join(missing)}" if missing else UNFIT


def _as_typed(field: FormField | None, value: Any) -> Any:
    """A moment without the milliseconds that a date picker adds."""
    if isinstance(field, DateTimeField) and isinstance(value, str):
        return _FRACTION.sub("", value)
    return value


def refused(why: str) -> State[Any]:
    """The state of a run that opened nothing."""
    return Failed(name=NOT_OPENED, message=why)
