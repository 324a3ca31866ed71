"""Carrying on: what a flow run does for its case. Machine work is done; then the run stands and waits."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import structlog
from prefect import task
from prefect.client.schemas.objects import State
from pydantic import ValidationError

from engine.case import Case
from engine.events import Finished
from engine.program import Program
from flows.services import Services
from flows.showing import is_sealed, standing, working
from flows.telling import NotDone, place, told, unfit
from models.language.durations import Unit
from models.language.steps import Machine
from store.cases import load_case
from store.follow_ups import follow
from store.work import Work, busy_until, finish_work, hold_work, take_work
from tasks.registered import Inputs, Registered, Tools, WorkFailed

_log: Final = structlog.get_logger(__name__)

LONGEST = timedelta(hours=1)
"""How long a piece of work may take that has no `timeout` of its own, or a longer one."""

RETRY_SECONDS = 5
"""Between two attempts."""

SPARE = timedelta(minutes=2)
"""How much longer a worker has a piece of work in hand than it may take."""

SEALED_TASK = "work"
"""Name of a task run of a sealed case, where another has the name of the work."""


async def carry_on(services: Services, case_id: str) -> State[Any]:
    """Do all machine work of a case, one piece after another, and say where the case stands then."""
    claim = f"{services.name}/{uuid4().hex[:12]}"
    while work := await asyncio.to_thread(_take, services, case_id, claim):
        event = await _work(services, work, claim)
        await asyncio.to_thread(finish_work, services.store, work, claim, event, services.clock())
        await asyncio.to_thread(follow, services.store, services.clock())
    return await asyncio.to_thread(_stand, services, case_id)


def _take(services: Services, case_id: str, claim: str) -> Work | None:
    return take_work(services.store, case_id, claim, services.real(), LONGEST + SPARE, services.queues)


def _stand(services: Services, case_id: str) -> State[Any]:
    case, program = _load(services, case_id)
    busy = busy_until(services.store, case_id)
    if busy is not None and case.closed_at is None:
        # Another worker has it in hand; should that one have died, this run takes over when its time is up.
        return working(case, busy)
    return standing(case, program, services)


async def _work(services: Services, work: Work, claim: str) -> Finished:
    """Run one piece of work as a Prefect task, with the step's retries and timeout."""
    registered = services.registry.get(work.runs)
    if registered is None:
        known = ", ".join(services.registry)
        return _failed(work, f"no work is registered as `{work.runs}`; there are: {known}")
    try:
        inputs = registered.inputs.model_validate(dict(work.inputs))
    except ValidationError as error:
        return _failed(work, unfit(registered, error))
    case, program = await asyncio.to_thread(_load, services, work.case_id)
    step = program.plans[work.step].step
    machine = step if isinstance(step, Machine) else None
    seconds, retries = _seconds(machine), machine.retries if machine else 0
    # Held over all its attempts, or another worker would begin it again while this one still tries.
    span = timedelta(seconds=(seconds + RETRY_SECONDS) * (retries + 1)) + SPARE
    await asyncio.to_thread(hold_work, services.store, work, claim, services.real() + span)
    attempt = _Attempt(replace(services.tools, work=work.id), registered, inputs)
    run = task(
        name=SEALED_TASK if is_sealed(case) else registered.name, retries=retries, retry_delay_seconds=RETRY_SECONDS,
        timeout_seconds=seconds, persist_result=False,
    )(attempt.make)  # fmt: skip
    try:
        values = await run()
    except Exception as error:  # noqa: BLE001 - see below
        # Whatever breaks in a piece of work, its step must not be left waiting: a person is asked instead.
        # What the work was given may be confidential and stays out of the log.
        cause = attempt.error if isinstance(error, NotDone) and attempt.error else error
        if not isinstance(cause, (WorkFailed, TimeoutError)):
            what = {"error": type(cause).__name__, "at": place(cause)}
            _log.error("work_broke", case=work.case_id, step=work.step, runs=work.runs, **what)
        return _failed(work, told(cause))
    wanted = machine.outputs if machine else {}
    found = {name: value for name, value in values.items() if name in wanted}
    return Finished(step=work.step, values=found, round=work.round)


def _failed(work: Work, error: str) -> Finished:
    """The outcome of work that cannot be done; `round` says which turn of the step it belongs to."""
    return Finished(step=work.step, ok=False, error=error, round=work.round)


class _Attempt:
    """A piece of work as Prefect tries it; the error of the last attempt stays here, and Prefect sees its kind."""

    def __init__(self, tools: Tools, registered: Registered, inputs: Inputs) -> None:
        self.tools, self.registered, self.inputs = tools, registered, inputs
        self.error: Exception | None = None

    async def make(self) -> dict[str, Any]:
        try:
            outputs = await self.registered.run(self.inputs, self.tools)
        except Exception as error:  # noqa: BLE001 - told apart in `_work`
            self.error = error
            raise NotDone(error) from None
        return outputs.model_dump()


def _seconds(step: Machine | None) -> float:
    """The longest run of a step in seconds; a machine's time is elapsed time."""
    longest = LONGEST.total_seconds()
    if step is None or step.timeout is None:
        return longest
    return min(step.timeout.amount * (60.0 if step.timeout.unit is Unit.MINUTES else 3600.0), longest)


def _load(services: Services, case_id: str) -> tuple[Case, Program]:
    with services.store.database.reading() as connection:
        return load_case(connection, services.store, case_id)
