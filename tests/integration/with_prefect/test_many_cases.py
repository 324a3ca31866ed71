"""Many open cases: each is shown once, with one request, and none waits behind those that cannot be shown."""

import asyncio
from collections import Counter

import httpx
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from sqlalchemy import text

from flows.services import Services
from store.work import keep_run, outdated_runs
from tests.integration.with_prefect.scene import open_watch, reconciler_of, talking_to
from tests.integration.with_prefect.server import PrefectServer

MANY = 300


def test_three_hundred_cases_are_shown_once_and_with_one_request_each(
    prefect: PrefectServer, services: Services
) -> None:
    asked = Counter[str]()

    async def count(request: httpx.Request) -> None:
        asked[request.url.path.rpartition("/")[2]] += 1

    async def play() -> tuple[list[int], int]:
        cases = [open_watch(services, f"many-{number}") for number in range(MANY)]
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            client._client.event_hooks["request"].append(count)  # noqa: SLF001 - Prefect's client offers no other way
            shown = [await reconciler.round() for _ in range(3)]
            named = FlowRunFilter(name=FlowRunFilterName(any_=cases))
            return shown, await client.count_flow_runs(flow_run_filter=named)

    shown, there = asyncio.run(play())
    assert (shown, there) == ([200, 100, 0], MANY)
    # Half as many again is room for what Prefect's client repeats when SQLite is busy; two a case would be too many.
    assert sum(asked.values()) < MANY * 1.5


def test_a_case_that_cannot_be_read_does_not_stop_the_others(prefect: PrefectServer, services: Services) -> None:
    broken, _sound = open_watch(services, "broken"), open_watch(services, "sound")
    with services.store.database.writing() as connection:
        connection.execute(text("UPDATE cases SET version = 'lost' WHERE id = :case"), {"case": broken})

    async def play() -> list[int]:
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            return [await reconciler.round(), await reconciler.round()]

    assert asyncio.run(play()) == [1, 0]
    assert [one.case_id for one in outdated_runs(services.store)] == [broken]


def test_those_that_were_passed_over_are_not_read_again(services: Services) -> None:
    first, second, third = (open_watch(services, f"{number}") for number in range(3))
    keep_run(services.store, second, "run", 1)

    assert [one.case_id for one in outdated_runs(services.store, 200, passed=1)] == [third]
    assert [one.case_id for one in outdated_runs(services.store, 1)] == [first]
