"""Deployments: one for each published procedure, with its form, its clauses and its schedules. Idempotent."""

from typing import Final
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.schedules import RRuleSchedule
from prefect.exceptions import ObjectAlreadyExists

from engine.program import Program
from flows.procedures import ENTRYPOINT, flow_of, parameter_schema
from flows.services import Services
from flows.worker import POOL, DulyWorker
from models.language.moments import CHINA
from models.language.procedure import Procedure
from store.programs import Programs
from store.schedules import Planned, starts_of, upcoming

SHOWN: Final = 12
"""Times of a schedule that Prefect is told of; the next dozen follows when deployments are applied again."""


async def apply(client: PrefectClient, services: Services) -> dict[str, UUID]:
    """Create or update the work pool and every procedure's deployment. Returns the deployments by procedure."""
    await _pool(client)
    return {name: await _deploy(client, program, services) for name, program in _published(services).items()}


async def _pool(client: PrefectClient) -> None:
    template = DulyWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=POOL, type=DulyWorker.type, base_job_template=template)
    try:
        await client.create_work_pool(pool)
    except ObjectAlreadyExists:
        return


async def _deploy(client: PrefectClient, program: Program, services: Services) -> UUID:
    procedure = program.procedure
    flow_id = await client.create_flow(flow_of(program, services))
    return await client.create_deployment(
        flow_id=flow_id,
        name=procedure.procedure,
        version=program.version,
        description=f"{procedure.title.zh} · {procedure.title.english}",
        tags=list(procedure.clauses),
        work_pool_name=POOL,
        entrypoint=ENTRYPOINT,
        schedules=_schedules(program, services),
        parameter_openapi_schema=parameter_schema(program),
        enforce_parameter_schema=False,
    )


def _schedules(program: Program, services: Services) -> list[DeploymentScheduleCreate]:
    """The next times at which the procedure begins by itself, so that they stand on Prefect's board.

    They are dates and no rule: no rule knows the holidays. The clock begins the cases; a run that Prefect starts then
    asks it to, and finds that it has been done.
    """
    return [
        DeploymentScheduleCreate(
            slug=f"start-{one.number}",
            schedule=RRuleSchedule(rrule=_dates(services, one), timezone="Asia/Shanghai"),
            parameters={"slot": one.name},
        )
        for one in starts_of(program.procedure)
    ]


def _dates(services: Services, planned: Planned) -> str:
    times = (services.wall(one) for one in upcoming(services.store, planned, services.clock(), SHOWN))
    return f"RDATE:{','.join(f'{one.astimezone(CHINA):%Y%m%dT%H%M%S}' for one in times)}"


def _published(services: Services) -> dict[str, Program]:
    programs: Programs = services.store.programs
    with services.store.database.reading() as connection:
        programs.refresh(connection)
        names = [page.content.procedure for page in programs.rulebook.of(Procedure)]
        return {name: programs.current(connection, name) for name in names}
