"""Deployments: one for each published procedure, with its form, its clauses and its schedules. Idempotent."""

from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists

from engine.program import Program
from flows.procedures import ENTRYPOINT, flow_of, parameter_schema
from flows.services import Services
from flows.worker import POOL, DulyWorker
from models.language.procedure import Procedure
from store.programs import Programs


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
        parameter_openapi_schema=parameter_schema(program),
        enforce_parameter_schema=False,
    )


def _published(services: Services) -> dict[str, Program]:
    programs: Programs = services.store.programs
    with services.store.database.reading() as connection:
        programs.refresh(connection)
        names = [page.content.procedure for page in programs.rulebook.of(Procedure)]
        return {name: programs.current(connection, name) for name in names}
