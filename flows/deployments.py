"""Deployments: one for each procedure in force, with its form, its clauses and its schedules. Idempotent.

A procedure that was withdrawn keeps a bare one for as long as it has cases, or nothing could show and carry them on.
"""

from typing import Final
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import WorkPoolFilter, WorkPoolFilterName
from prefect.client.schemas.schedules import RRuleSchedule
from prefect.exceptions import ObjectAlreadyExists

from engine.program import Program
from flows.procedures import ENTRYPOINT, case_schema, flow_of, parameter_schema
from flows.services import Services
from flows.worker import POOL, DulyWorker
from models.language.moments import CHINA
from models.language.procedure import Procedure
from store.programs import Programs
from store.schedules import Planned, starts_of, upcoming
from store.work import procedures_to_show

SHOWN: Final = 12
"""Times of a schedule that Prefect is told of; the next dozen follows when deployments are applied again."""


WITHDRAWN: Final = "已废止，仅办理未结事项 · withdrawn: its open cases go on, and no new one begins"
"""Said of a procedure that is no longer in force."""

PAGE: Final = 200
"""Deployments that Prefect tells at a time, at most."""


async def apply(client: PrefectClient, services: Services) -> dict[str, UUID]:
    """Create or update the work pool and every procedure's deployment. Returns the deployments by procedure."""
    await _pool(client)
    published = _published(services)
    found = {name: await _deploy(client, program, services) for name, program in published.items()}
    for name in procedures_to_show(services.store) - published.keys():
        found[name] = await _deploy_withdrawn(client, name)
    await _delete_others(client, found)
    return found


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


async def _deploy_withdrawn(client: PrefectClient, procedure: str) -> UUID:
    """Nothing of the file is read here: one that no longer fits today's company must not stop the others."""
    return await client.create_deployment(
        flow_id=await client.create_flow_from_name(procedure),
        name=procedure,
        description=WITHDRAWN,
        work_pool_name=POOL,
        entrypoint=ENTRYPOINT,
        schedules=[],
        parameter_openapi_schema=case_schema(procedure),
        enforce_parameter_schema=False,
    )


async def _delete_others(client: PrefectClient, ours: dict[str, UUID]) -> None:
    """Delete what stands for procedures that are withdrawn and have no case; their schedules would go on otherwise."""
    pool, keep = WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL])), set(ours.values())
    offset = 0
    while found := await client.read_deployments(work_pool_filter=pool, limit=PAGE, offset=offset):
        gone = [one.id for one in found if one.entrypoint == ENTRYPOINT and one.id not in keep]
        for deployment_id in gone:
            await client.delete_deployment(deployment_id)
        offset += len(found) - len(gone)


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
