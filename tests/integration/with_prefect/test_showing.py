"""Prefect shows every case where it stands; the store stays the truth."""

import asyncio

from prefect.client.schemas.objects import FlowRun, StateType

from engine.events import Done, Withdrawn
from flows.deployments import apply
from flows.reconcile import Reconciler
from flows.services import Services
from store.cases import Recording, record
from tests.integration.with_prefect.scene import at, carried_on, open_watch, reconciler_of, run_of, talking_to
from tests.integration.with_prefect.server import PrefectServer


def test_a_case_that_ends_completes_its_run(prefect: PrefectServer, services: Services) -> None:
    async def play() -> FlowRun:
        case_id, _ = await carried_on(prefect.url, services)
        async with talking_to(prefect.url) as client:
            record(services.store, Recording(case_id, Done(step="judge", by="fang.lei"), "done"), at("11:00"))
            await Reconciler(client, services, {}).round()
            return await run_of(client, case_id)

    run = asyncio.run(play())
    assert run.state is not None
    assert (run.state.type, run.state.name) == (StateType.COMPLETED, "watched")


def test_publishing_again_changes_nothing(prefect: PrefectServer, services: Services) -> None:
    async def twice() -> bool:
        async with talking_to(prefect.url) as client:
            return await apply(client, services) == await apply(client, services)

    assert asyncio.run(twice())


def test_what_prefect_forgot_is_made_again(prefect: PrefectServer, services: Services) -> None:
    async def play() -> int:
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            case_id = open_watch(services, "forgotten")
            other = open_watch(services, "remembered")
            await reconciler.round()
            # The older of the two, so that the newest does not give the loss away.
            await client.delete_flow_run((await run_of(client, case_id)).id)
            record(services.store, Recording(case_id, Withdrawn(by="zhu.lin", reason="r"), "w"), at("10:30"))
            record(services.store, Recording(other, Withdrawn(by="zhu.lin", reason="r"), "w2"), at("10:30"))
            return await reconciler.round()

    assert asyncio.run(play()) == 2


def test_the_next_times_of_a_schedule_stand_on_prefects_board(prefect: PrefectServer, services: Services) -> None:
    async def play() -> list[str]:
        async with talking_to(prefect.url) as client:
            deployments = await apply(client, services)
            await apply(client, services)
            found = await client.read_deployment(deployments["page-watch"])
            return [f"{one.slug} {'RDATE:2' in one.schedule.rrule}" for one in found.schedules]  # type: ignore[union-attr]

    (only,) = asyncio.run(play())
    assert only == "start-1 True"
