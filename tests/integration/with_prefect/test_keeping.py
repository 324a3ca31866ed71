"""The loop of a worker process notices by itself what was published, and what an operator did to a run."""

import asyncio
from dataclasses import replace

import anyio
import pytest
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.states import Cancelled, Cancelling, Completed, Paused, Running

from flows.services import Services
from store.programs import Published, publish
from store.work import find_forgotten, take_work
from tests.integration.with_prefect.scene import (
    PAGE_WATCH,
    WATCH,
    SlowSite,
    at,
    carried_on,
    in_step,
    open_watch,
    reconciler_of,
    run_of,
    talking_to,
    until,
)
from tests.integration.with_prefect.server import PrefectServer


def publish_watch(services: Services, procedure: str) -> None:
    with services.store.database.writing() as connection:
        publish(connection, [Published(WATCH, procedure)], "gao.xiang", at("09:30"))


async def described(client: PrefectClient, title: str) -> None:
    """Wait for a deployment that is described by a title."""
    with anyio.fail_after(30):
        while True:
            if any(title in (one.description or "") for one in await client.read_deployments()):
                return
            await anyio.sleep(0.2)


def test_what_is_published_stands_in_prefect_at_once(prefect: PrefectServer, services: Services) -> None:
    async def play() -> None:
        async with talking_to(prefect.url) as client, in_step(services):
            await described(client, "网页核对")
            publish_watch(services, PAGE_WATCH.replace("title: 网页核对", "title: 网页查验"))
            await described(client, "网页查验")

    asyncio.run(play())


@pytest.mark.parametrize("state", [Cancelled(), Completed(), Paused(), Cancelling()], ids=lambda one: one.name)
def test_a_run_that_an_operator_ends_is_shown_again_as_its_case_stands(
    prefect: PrefectServer, services: Services, state: object
) -> None:
    async def play() -> tuple[int, int, FlowRun]:
        case_id, run = await carried_on(prefect.url, services)
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            await reconciler.round()
            await client.set_flow_run_state(run.id, Running(), force=True)
            await client.set_flow_run_state(run.id, state, force=True)  # type: ignore[arg-type]
            return await reconciler.mend(), await reconciler.round(), await run_of(client, case_id)

    mended, shown, run = asyncio.run(play())
    assert run.state is not None
    assert (mended, shown, run.state.name) == (1, 1, "人工复核")


def test_a_run_that_an_operator_deletes_is_made_again(prefect: PrefectServer, services: Services) -> None:
    async def play() -> tuple[int, int, FlowRun]:
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            case_id, _newer = open_watch(services, "deleted"), open_watch(services, "newer")
            await reconciler.round()
            await client.delete_flow_run((await run_of(client, case_id)).id)
            return await reconciler.mend(), await reconciler.round(), await run_of(client, case_id)

    mended, shown, _ = asyncio.run(play())
    assert (mended, shown) == (1, 1)


def test_the_loop_mends_by_itself(prefect: PrefectServer, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.keeping.MEND_SECONDS", 0.0)

    async def play() -> None:
        async with talking_to(prefect.url) as client, in_step(services):
            case_id = open_watch(services, "cancelled")
            run = await until(client, case_id, "人工复核")
            await client.set_flow_run_state(run.id, Cancelled(), force=True)
            await until(client, case_id, "人工复核")

    asyncio.run(play())


def test_a_run_with_work_in_hand_is_left_alone_and_one_that_nobody_has_is_not(
    prefect: PrefectServer, services: Services
) -> None:
    async def play() -> list[int]:
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            case_id = open_watch(services, "in hand")
            await reconciler.round()
            take_work(services.store, case_id, "other", services.real(), 60 * (at("10:01") - at("10:00")))
            run = await run_of(client, case_id)
            await client.set_flow_run_state(run.id, Running(), force=True)
            await client.set_flow_run_state(run.id, Cancelling(), force=True)
            first = [await reconciler.mend(), await reconciler.round()]
            later = replace(services, real=lambda: services.real() + 2 * (at("11:00") - at("10:00")))
            return [*first, await (await reconciler_of(client, later)).round()]

    assert asyncio.run(play()) == [1, 0, 1]


def test_a_run_that_is_cancelled_in_mid_work_ends_its_work_and_is_shown(
    prefect: PrefectServer, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.keeping.MEND_SECONDS", 0.0)

    async def play() -> int:
        site = SlowSite()
        slow = replace(services, tools=replace(services.tools, http=site.http))
        async with talking_to(prefect.url) as client, in_step(slow):
            case_id = open_watch(slow, "cancelled in mid-work")
            await site.asked.wait()
            await client.set_flow_run_state((await run_of(client, case_id)).id, Cancelling())
            site.answer.set()
            await until(client, case_id, "人工复核")
        return site.count

    assert asyncio.run(play()) == 1


def test_a_run_for_the_work_of_a_queue_that_was_cancelled_begins_again(
    prefect: PrefectServer, services: Services
) -> None:
    publish_watch(services, PAGE_WATCH.replace("    retries: 0\n", "    retries: 0\n    runs_on: dmz\n"))

    async def play() -> FlowRun:
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            queued = f"{open_watch(services, 'queued')} dmz"
            await reconciler.round()
            await client.set_flow_run_state((await run_of(client, queued)).id, Cancelled(), force=True)
            find_forgotten(services.store, services.real())
            await reconciler.round()
            return await run_of(client, queued)

    run = asyncio.run(play())
    assert run.state is not None
    assert run.state.type.value == "SCHEDULED"
