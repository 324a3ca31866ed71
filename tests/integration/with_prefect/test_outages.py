"""Prefect may be away, be killed and lose what it knew: nothing is lost, and it is shown again."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import anyio
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.keeping import Standing
from flows.services import Services
from store.due import sweep
from store.work import has_work
from tests.integration.with_prefect.scene import (
    SlowSite,
    at,
    case_of,
    in_step,
    open_watch,
    reconciler_of,
    run_of,
    talking_to,
    until,
)
from tests.integration.with_prefect.server import PrefectServer


async def becomes(holds: Callable[[], bool]) -> None:
    """Wait for what a loop without events says."""
    with anyio.fail_after(60):
        while not holds():  # noqa: ASYNC110 - see above
            await anyio.sleep(0.1)


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


def test_the_work_pool_alone_may_be_deleted_and_work_goes_on(prefect: PrefectServer, services: Services) -> None:
    async def play() -> list[bool]:
        async with talking_to(prefect.url) as client, in_step(services):
            older = open_watch(services, "before")
            await until(client, older, "人工复核")
            await client.delete_work_pool("duly")
            newer = open_watch(services, "after")
            await until(client, newer, "人工复核")
            await until(client, older, "人工复核")
            return [(await run_of(client, one)).work_queue_id is not None for one in (older, newer)]

    assert asyncio.run(play()) == [True, True]


def test_what_happens_while_prefect_is_away_is_shown_when_it_is_back(
    prefect: PrefectServer, services: Services
) -> None:
    standing = Standing()

    async def play() -> tuple[str, str]:
        case_id = open_watch(services, "away")
        with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
            async with in_step(services, standing):
                await becomes(lambda: "ConnectError" in standing.trouble)
                trouble = standing.trouble
                # An hour and a half passes: the work waits, and its deadline does not.
                swept = sweep(services.store, at("11:30"))
                assert (swept.recorded > 0, has_work(services.store, case_id)) == (True, True)
        async with talking_to(prefect.url) as client, in_step(services, standing):
            await until(client, case_id, "人工复核")
        return trouble, standing.trouble

    before, after = asyncio.run(play())
    assert ("ConnectError" in before, after) == (True, "")


def test_prefect_may_be_killed_in_mid_work_and_all_is_shown_when_it_is_back(
    prefect: PrefectServer, services: Services
) -> None:
    site, standing = SlowSite(), Standing()
    slow = replace(services, tools=replace(services.tools, http=site.http))

    async def play() -> tuple[str, int]:
        async with talking_to(prefect.url) as client, in_step(slow, standing):
            first = open_watch(slow, "in hand")
            await site.asked.wait()
            prefect.kill()
            site.answer.set()
            second = open_watch(slow, "while it is dead")
            await becomes(lambda: bool(standing.trouble) and not has_work(slow.store, first))
            outcome = case_of(slow, first).steps["look"].outcome or ""
            await anyio.to_thread.run_sync(prefect.start)
            for case_id in (first, second):
                await until(client, case_id, "人工复核")
        return outcome, site.count

    # The outcome is recorded while Prefect is dead, and each page was looked at once.
    assert asyncio.run(play()) == ("ok", 2)


def test_prefects_database_may_be_deleted(prefect: PrefectServer, services: Services) -> None:
    async def play() -> list[str]:
        async with talking_to(prefect.url) as client, in_step(services):
            cases = [open_watch(services, "known before")]
            await until(client, cases[0], "人工复核")
            prefect.kill()
            prefect.forget()
            cases.append(open_watch(services, "new"))
            await anyio.to_thread.run_sync(prefect.start)
            return [(await until(client, case_id, "人工复核")).name for case_id in cases]

    assert len(asyncio.run(play())) == 2
