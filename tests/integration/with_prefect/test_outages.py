"""Prefect may be away, be killed and lose what it knew: nothing is lost, and it is shown again."""

import asyncio

import anyio
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.keeping import Standing, keep_in_step
from flows.services import Services
from store.due import sweep
from store.work import has_work
from tests.integration.with_prefect.scene import at, open_watch, reconciler_of, talking_to, until
from tests.integration.with_prefect.server import PrefectServer


def test_prefects_memory_may_be_wiped_and_every_case_is_shown_again(prefect: PrefectServer, services: Services) -> None:
    async def play() -> int:
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            for number in range(3):
                open_watch(services, f"wiped-{number}")
            await reconciler.round()
            for flow in await client.read_flows():
                await client.delete_flow(flow.id)
            await client.delete_work_pool("duly")
            return await reconciler.round()

    assert asyncio.run(play()) == 3


def test_what_happens_while_prefect_is_away_is_shown_when_it_is_back(
    prefect: PrefectServer, services: Services
) -> None:
    standing = Standing()

    async def play() -> tuple[str, str]:
        case_id = open_watch(services, "away")
        with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
            stop = anyio.Event()
            async with anyio.create_task_group() as group:
                group.start_soon(keep_in_step, services, stop, standing)
                with anyio.fail_after(60):
                    while "ConnectError" not in standing.trouble:  # noqa: ASYNC110 - said by a loop without events
                        await anyio.sleep(0.1)
                trouble = standing.trouble
                # An hour and a half passes: the work waits, and its deadline does not.
                swept = sweep(services.store, at("11:30"))
                assert (swept.recorded > 0, has_work(services.store, case_id)) == (True, True)
                stop.set()
        async with talking_to(prefect.url) as client:
            stop = anyio.Event()
            async with anyio.create_task_group() as group:
                group.start_soon(keep_in_step, services, stop, standing)
                await until(client, case_id, "人工复核")
                stop.set()
        return trouble, standing.trouble

    before, after = asyncio.run(play())
    assert ("ConnectError" in before, after) == (True, "")
