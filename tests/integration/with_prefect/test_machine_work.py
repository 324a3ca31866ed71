"""A worker does the machines' work, each piece once, and what it cannot do is handed to a person."""

import asyncio
from dataclasses import replace
from typing import NoReturn

from prefect.client.schemas.objects import StateType

from flows.services import Services
from store.programs import Published, publish
from store.work import has_work
from tasks.pages import PageOutputs
from tasks.registered import Tools, WorkFailed
from tests.integration.with_prefect.scene import (
    PAGE_WATCH,
    WATCH,
    at,
    carried_on,
    case_of,
    open_watch,
    reconciler_of,
    talking_to,
    worked,
)
from tests.integration.with_prefect.server import PrefectServer


def test_machine_work_is_done_and_the_run_stands_named_after_the_step_that_waits(
    prefect: PrefectServer, services: Services
) -> None:
    case_id, run = asyncio.run(carried_on(prefect.url, services))
    assert run.state is not None
    assert (run.state.type, run.name) == (StateType.SCHEDULED, case_id)


def test_work_that_breaks_is_handed_to_a_person(prefect: PrefectServer, services: Services) -> None:
    async def breaks(_inputs: object, _tools: object) -> NoReturn:
        raise KeyError("a fault in a task of ours")

    broken = replace(services.registry["compare_page"], run=breaks)
    faulty = replace(services, registry={**services.registry, "compare_page": broken})

    case_id, _ = asyncio.run(carried_on(prefect.url, faulty, "核对网页"))
    case = case_of(services, case_id)
    assert [(one.step, one.person) for one in case.assignments.values()] == [("look", "fang.lei")]


def test_work_knows_its_key_which_every_attempt_shares(prefect: PrefectServer, services: Services) -> None:
    keys: list[str] = []

    async def fails_once(_inputs: object, tools: Tools) -> PageOutputs:
        keys.append(tools.work)
        if len(keys) == 1:
            raise WorkFailed("not yet")
        return PageOutputs(found="f", same=True, altered=False, seen_at=at("10:00"))

    with services.store.database.writing() as connection:
        text = PAGE_WATCH.replace("retries: 0", "retries: 1")
        publish(connection, [Published(WATCH, text)], "gao.xiang", at("09:30"))
    once = replace(services.registry["compare_page"], run=fails_once)
    tried = replace(services, registry={**services.registry, "compare_page": once})

    case_id, _ = asyncio.run(carried_on(prefect.url, tried))
    assert keys == [f"{case_id}/look/1"] * 2


def test_an_outcome_that_the_step_does_not_take_is_handed_to_a_person(
    prefect: PrefectServer, services: Services
) -> None:
    with services.store.database.writing() as connection:
        other = PAGE_WATCH.replace("found: {type: text", "found: {type: number")
        publish(connection, [Published(WATCH, other)], "gao.xiang", at("09:30"))

    case_id, _ = asyncio.run(carried_on(prefect.url, services, "核对网页"))
    case = case_of(services, case_id)
    assert [(one.step, one.person) for one in case.assignments.values()] == [("look", "fang.lei")]


def test_work_of_a_queue_is_done_by_its_own_workers_alone(prefect: PrefectServer, services: Services) -> None:
    with services.store.database.writing() as connection:
        queued = PAGE_WATCH.replace("    retries: 0\n", "    retries: 0\n    runs_on: dmz\n")
        publish(connection, [Published(WATCH, queued)], "gao.xiang", at("09:30"))
    dmz = replace(services, queues=("dmz",), name="worker-of-the-dmz")

    async def play() -> bool:
        async with talking_to(prefect.url) as client:
            case_id = open_watch(services, "queued")
            await (await reconciler_of(client, services)).round()
            await worked(client, services, case_id, "核对网页")
            untouched = has_work(services.store, case_id)
            await worked(client, dmz, f"{case_id} dmz", "人工复核")
            return untouched

    assert asyncio.run(play())
