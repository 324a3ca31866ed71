"""Procedures as flows: one Prefect flow a procedure, built from what is published."""

import asyncio
from inspect import Parameter, Signature
from keyword import iskeyword
from typing import Any, Final

import structlog
from prefect import Flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run as running
from prefect.states import Completed, Failed

from engine.program import Program
from flows.carrying_on import carry_on
from flows.services import Services
from flows.starting import NotOpened, fields_asked, refused, start
from flows.telling import NotDone, place
from store.schedules import Scheduler

ENTRYPOINT = "flows.procedures:flow_of"
"""Shown in Prefect; our worker builds flows itself, because a generic loader cannot."""

BROKEN = "中断"
"""State of a run that broke; an open case's is set right by the reconciler."""

_log: Final = structlog.get_logger(__name__)


def flow_of(program: Program, services: Services) -> Flow[Any, Any]:
    """The flow of a procedure: given a case it carries it on, given form fields it opens one first."""
    procedure = program.procedure.procedure

    async def body(**parameters: Any) -> State[Any]:
        try:
            return await _run(program, services, parameters)
        except NotOpened as why:
            return refused(str(why))
        except Exception as error:  # noqa: BLE001 - Prefect would show its text, and a database's quotes the row
            _log.error(
                "run_broke", procedure=procedure, run=str(running.id), error=type(error).__name__, at=place(error)
            )
            return Failed(name=BROKEN, message=str(NotDone(error)))

    body.__name__ = procedure.replace("-", "_")
    # Prefect binds parameters by the function's signature, so it must have the fields of the form by name.
    names = [
        name for name in dict.fromkeys(("case", "slot", *program.procedure.form))
        if name.isidentifier() and not iskeyword(name)
    ]  # fmt: skip
    kind = Parameter.KEYWORD_ONLY
    body.__signature__ = Signature([Parameter(name, kind, default=None) for name in names])  # type: ignore[attr-defined]
    return Flow(body, name=procedure, version=program.version, validate_parameters=False, persist_result=False)


async def _run(program: Program, services: Services, parameters: dict[str, Any]) -> State[Any]:
    if parameters.pop("slot", None):
        begun = await asyncio.to_thread(Scheduler(services.store).start_due, services.clock())
        return Completed(name="已到点", message="、".join(one.case_id for one in begun))
    case_id = parameters.pop("case", None)
    return await carry_on(services, str(case_id or await start(services, program, parameters)))


def case_schema(title: str) -> dict[str, Any]:
    """Parameters of a run that carries on a case (JSON Schema, draft 2020-12)."""
    return {"type": "object", "title": title, "properties": {"case": {"type": "string", "title": "事项编号"}}}


def parameter_schema(program: Program) -> dict[str, Any]:
    """The form of the procedure as Prefect's page asks for it, without what is sealed."""
    schema = case_schema(program.procedure.title.zh)
    properties: dict[str, Any] = schema["properties"]
    properties["case"]["description"] = "留空即新立项 / leave empty to open a case"
    for name, field in fields_asked(program.procedure).items():
        kind = {"number": "number", "yes_no": "boolean", "table": "array"}.get(field.type, "string")
        title = field.title.zh if field.title else name
        properties[name] = {"type": kind, "title": title}
        if field.type == "choice":
            properties[name]["enum"] = list(field.options)
        if field.type == "datetime":
            properties[name]["format"] = "date-time"
    return schema
