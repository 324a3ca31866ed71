"""Procedures as flows: one Prefect flow a procedure, built from what is published."""

import asyncio
from inspect import Parameter, Signature
from keyword import iskeyword
from typing import Any
from uuid import uuid4

from prefect import Flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run as running
from prefect.states import Completed

from engine.events import SYSTEM, Opened
from engine.program import Program
from flows.carrying_on import carry_on
from flows.services import Services
from store.cases import open_case
from store.schedules import Scheduler
from store.work import keep_run

ENTRYPOINT = "flows.procedures:flow_of"
"""Shown in Prefect; our worker builds flows itself, because a generic loader cannot."""

NOT_OPENED = "未立项"
"""State of a run that was to open a case and did not."""


def flow_of(program: Program, services: Services) -> Flow[Any, Any]:
    """The flow of a procedure: given a case it carries it on, given form fields it opens one first."""
    procedure = program.procedure.procedure

    async def body(**parameters: Any) -> State[Any]:
        if parameters.pop("slot", None):
            begun = await asyncio.to_thread(Scheduler(services.store).start_due, services.clock())
            return Completed(name="已到点", message="、".join(one.case_id for one in begun))
        case_id = parameters.pop("case", None)
        if not case_id:
            case_id = await asyncio.to_thread(_open, services, procedure, parameters, str(running.id or uuid4()))
        return await carry_on(services, str(case_id))

    body.__name__ = procedure.replace("-", "_")
    # Prefect binds parameters by the function's signature, so it must have the fields of the form by name.
    names = [
        name for name in dict.fromkeys(("case", "slot", *program.procedure.form))
        if name.isidentifier() and not iskeyword(name)
    ]  # fmt: skip
    kind = Parameter.KEYWORD_ONLY
    body.__signature__ = Signature([Parameter(name, kind, default=None) for name in names])  # type: ignore[attr-defined]
    return Flow(body, name=procedure, version=program.version, validate_parameters=False, persist_result=False)


def _open(services: Services, procedure: str, fields: dict[str, Any], run_id: str) -> str:
    """Open a case from Prefect's own page. The run's id makes that happen once."""
    given = {name: value for name, value in fields.items() if value is not None}
    opening = Opened(case="", facts=given, by=SYSTEM, channel="prefect")
    recorded = open_case(services.store, procedure, opening, f"prefect/{run_id}", services.clock())
    case_id = recorded.recording.case_id
    keep_run(services.store, case_id, run_id, 0)
    return case_id


def case_schema(title: str) -> dict[str, Any]:
    """Parameters of a run that carries on a case (JSON Schema, draft 2020-12)."""
    return {"type": "object", "title": title, "properties": {"case": {"type": "string", "title": "事项编号"}}}


def parameter_schema(program: Program) -> dict[str, Any]:
    """The form of the procedure as Prefect's page asks for it."""
    schema = case_schema(program.procedure.title.zh)
    properties: dict[str, Any] = schema["properties"]
    properties["case"]["description"] = "留空即新立项 / leave empty to open a case"
    for name, field in program.procedure.form.items():
        kind = {"number": "number", "yes_no": "boolean", "table": "array"}.get(field.type, "string")
        title = field.title.zh if field.title else name
        properties[name] = {"type": kind, "title": title}
        if field.type == "choice":
            properties[name]["enum"] = list(field.options)
        if field.type == "datetime":
            properties[name]["format"] = "date-time"
    return schema
