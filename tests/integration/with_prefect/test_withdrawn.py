"""A procedure may be withdrawn or published anew while its cases run: each goes on with the version it began with."""

import asyncio

from prefect.client.schemas.objects import FlowRun

from flows.deployments import apply
from flows.services import Services
from store.programs import Published, publish, withdraw
from store.work import has_work
from tests.integration.with_prefect.scene import (
    PAGE_WATCH,
    WATCH,
    at,
    open_watch,
    reconciler_of,
    talking_to,
    worked,
)
from tests.integration.with_prefect.server import PrefectServer


def take_out_of_force(services: Services) -> None:
    with services.store.database.writing() as connection:
        pages = services.store.programs.rulebook.pages
        withdraw(connection, [one.source.name for one in pages if one.source.name != WATCH], "gao.xiang", at("09:30"))


def test_work_of_a_withdrawn_procedures_case_is_done_also_by_a_prefect_that_never_knew_it(
    prefect: PrefectServer, services: Services
) -> None:
    async def play() -> bool:
        async with talking_to(prefect.url) as client:
            case_id = open_watch(services, "withdrawn")
            take_out_of_force(services)
            for flow in await client.read_flows():
                await client.delete_flow(flow.id)
            await (await reconciler_of(client, services)).round()
            await worked(client, services, case_id, "人工复核")
            return has_work(services.store, case_id)

    assert asyncio.run(play()) is False


def test_a_case_goes_on_with_the_version_it_began_with(prefect: PrefectServer, services: Services) -> None:
    async def play() -> str:
        async with talking_to(prefect.url) as client:
            case_id = open_watch(services, "older")
            newer = PAGE_WATCH.replace("人工复核", "再次复核").replace("id: look", "id: see")
            with services.store.database.writing() as connection:
                publish(connection, [Published(WATCH, newer)], "gao.xiang", at("09:30"))
            await (await reconciler_of(client, services)).round()
            return (await worked(client, services, case_id, "人工复核")).name

    assert asyncio.run(play())


def test_a_withdrawn_procedure_without_cases_begins_nothing_more(prefect: PrefectServer, services: Services) -> None:
    async def play() -> set[str]:
        async with talking_to(prefect.url) as client:
            await apply(client, services)
            take_out_of_force(services)
            await apply(client, services)
            return {one.name for one in await client.read_deployments()}

    assert asyncio.run(play()) == set()


def test_a_withdrawn_procedure_with_a_case_has_no_schedule_and_opens_none(
    prefect: PrefectServer, services: Services
) -> None:
    async def play() -> tuple[int, FlowRun]:
        async with talking_to(prefect.url) as client:
            await apply(client, services)
            open_watch(services, "the last one")
            take_out_of_force(services)
            deployment = (await apply(client, services))["page-watch"]
            run = await client.create_flow_run_from_deployment(deployment, parameters={"url": "http://late.example/"})
            return len((await client.read_deployment(deployment)).schedules), await worked(
                client, services, run.name, "未立项"
            )

    schedules, run = asyncio.run(play())
    assert run.state is not None
    assert (schedules, run.state.type.value) == (0, "FAILED")
