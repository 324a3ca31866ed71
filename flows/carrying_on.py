"""Carrying on: what a flow run does for its case. Machine work is done; then the run stands and waits."""

import asyncio
from datetime import timedelta
from typing import Any

from prefect import task
from prefect.client.schemas.objects import State, StateType
from prefect.states import Scheduled
from pydantic import ValidationError

from engine.case import Case, StepStatus
from engine.events import Finished
from engine.program import Program
from flows.services import Services
from models.language.durations import Unit
from models.language.steps import Machine
from store.cases import load_case
from store.follow_ups import follow
from store.work import Work, finish_work, waiting_work
from tasks.registry import WorkFailed

MOST_TITLE = 60
"""Characters of a state's name."""

FAR = timedelta(days=365)
"""When a case that waits for no time at all is looked at again."""


async def carry_on(services: Services, case_id: str) -> State[Any]:
    """Do all machine work of a case, one piece after another, and say where the case stands then."""
    while works := await asyncio.to_thread(waiting_work, services.store, case_id):
        for work in works:
            event = await _work(services, work)
            await asyncio.to_thread(finish_work, services.store, work, event, services.clock())
        await asyncio.to_thread(follow, services.store, services.clock())
    case, program = await asyncio.to_thread(_load, services, case_id)
    return standing(case, program, services)


def standing(case: Case, program: Program, services: Services) -> State[Any]:
    """The state in which the case's flow run is shown: named after its open steps, due when the case acts next."""
    if case.closed_at is not None:
        return State(type=StateType.COMPLETED, name=case.outcome or "ended")
    open_steps = [program.plans[name].step.name for name, one in case.steps.items() if one.status is StepStatus.OPEN]
    name = "、".join(open_steps) or "等待"
    title = name if len(name) <= MOST_TITLE else name[: MOST_TITLE - 1] + "…"
    due = case.next_due or case.opened_at + FAR
    return Scheduled(name=title, scheduled_time=services.wall(due))


async def _work(services: Services, work: Work) -> Finished:
    """Run one piece of work as a Prefect task, with the step's retries and timeout."""
    registered = services.registry.get(work.runs)
    if registered is None:
        known = ", ".join(services.registry)
        return Finished(step=work.step, ok=False, error=f"no work is registered as `{work.runs}`; there are: {known}")
    try:
        inputs = registered.inputs.model_validate(dict(work.inputs))
    except ValidationError as error:
        return Finished(step=work.step, ok=False, error=str(error))
    step = await asyncio.to_thread(_step, services, work)
    seconds = _seconds(step)

    @task(
        name=registered.name, retries=step.retries if step else 0, retry_delay_seconds=5, timeout_seconds=seconds,
        persist_result=False,
    )  # fmt: skip
    async def run() -> dict[str, Any]:
        outputs = await registered.run(inputs, services.tools)
        return outputs.model_dump()

    try:
        values = await run()
    except (WorkFailed, TimeoutError) as error:
        return Finished(step=work.step, ok=False, error=str(error) or type(error).__name__)
    wanted = step.outputs if step else {}
    return Finished(step=work.step, values={name: value for name, value in values.items() if name in wanted})


def _step(services: Services, work: Work) -> Machine | None:
    _, program = _load(services, work.case_id)
    step = program.plans[work.step].step
    return step if isinstance(step, Machine) else None


def _seconds(step: Machine | None) -> float | None:
    """The longest run of a step in seconds; a machine's time is elapsed time."""
    if step is None or step.timeout is None:
        return None
    return step.timeout.amount * (60.0 if step.timeout.unit is Unit.MINUTES else 3600.0)


def _load(services: Services, case_id: str) -> tuple[Case, Program]:
    with services.store.database.reading() as connection:
        return load_case(connection, services.store, case_id)
