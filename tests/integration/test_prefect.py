"""Prefect shows every case and does the machines' work; the store stays the truth."""

import asyncio
import gc
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NoReturn

import anyio
import httpx
import pytest
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.settings import PREFECT_API_URL, temporary_settings
from sqlalchemy import text

from engine.events import Done, Opened, Withdrawn
from flows.deployments import apply
from flows.keeping import Standing, keep_in_step
from flows.reconcile import Reconciler
from flows.services import Services
from flows.worker import work
from models.language.moments import CHINA, parse_moment
from store.cases import Recording, Store, load_case, open_case, record
from store.connection import Database
from store.due import sweep
from store.programs import Published, next_number, publish
from store.schema import upgrade
from store.work import has_work
from tasks.pages import PageOutputs
from tasks.registered import Tools, WorkFailed
from tasks.registry import registry
from tests.integration.samples import EARLY, POLICIES

# Prefect leaves sockets to the garbage collector when an event loop ends.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

_STORES = count()

PAGE_WATCH = """
procedure: page-watch
title: 网页核对
owner: info_head
chain: office
starts: [{by: form, who: all_staff}, {by: schedule, on: {weekly: monday, at: "09:00"}}]
form:
  url: {type: text, title: 网址}
steps:
  - id: look
    kind: machine
    title: 核对网页
    runs: compare_page
    inputs: {url: url}
    outputs: {found: {type: text, title: 哈希}, same: {type: yes_no, title: 一致}}
    otherwise: info_head
    retries: 0
    within: 1 hour
  - {id: judge, kind: task, title: 人工复核, who: info_head, within: 4 hours}
  - {id: finish, kind: end, outcome: watched}
"""


def at(clock: str) -> datetime:
    return parse_moment(f"2026-03-10 {clock}")


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """What Prefect leaves to the garbage collector is collected here, where it is expected, not in a later test."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API address of a real Prefect server."""
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port), "--host", "127.0.0.1"]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        url = f"http://127.0.0.1:{port}/api"
        _wait_for(url, server, home / "server.log")
        yield url
        server.kill()
        server.wait(10)


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(240):
        try:
            if httpx.get(f"{url}/health", timeout=1).is_success:
                return
        except httpx.HTTPError:
            assert server.poll() is None, log.read_text(encoding="utf-8")
        time.sleep(0.5)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A store on SQLite with the sample company and a procedure with machine work."""
    database = Database(f"sqlite:///{tmp_path / 'duly.db'}")
    upgrade(database)
    store = Store(database)
    names = ["organisation.yaml", "ladders.yaml", "terms.yaml", "modes.yaml", "calendars/2026.yaml"]
    files = [Published(name, (POLICIES / name).read_text(encoding="utf-8")) for name in names]
    with database.writing() as connection:
        publish(connection, [*files, Published("procedures/page-watch.yaml", PAGE_WATCH)], "gao.xiang", EARLY)
        # One Prefect server for all tests, a new store for each: their case numbers must not meet.
        for _ in range(next(_STORES) * 10):
            next_number(connection, "cases 2026")
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, text="approved"))
    http = httpx.AsyncClient(transport=transport)
    tools = Tools(store, http, lambda: at("10:00"), tmp_path)
    wall = lambda moment: moment + (datetime.now(moment.tzinfo) - at("10:00"))  # noqa: E731 - the test's two clocks
    yield Services(
        store=store, clock=lambda: at("10:00"), wall=wall, real=lambda: datetime.now(CHINA), queues=(), tools=tools,
        registry=registry(), name="worker-of-tests",
    )  # fmt: skip
    database.close()


@asynccontextmanager
async def talking_to(url: str) -> AsyncIterator[PrefectClient]:
    with temporary_settings({PREFECT_API_URL: url}):
        async with get_client() as client:
            yield client


def open_watch(services: Services, name: str) -> str:
    opening = Opened(case="", by="zhu.lin", facts={"url": "http://site.example/"})
    return open_case(services.store, "page-watch", opening, name, at("10:00")).recording.case_id


async def run_of(client: PrefectClient, case_id: str) -> FlowRun:
    runs = [run for run in await client.read_flow_runs() if run.name == case_id]
    assert len(runs) == 1
    return runs[0]


async def until(client: PrefectClient, case_id: str, name: str) -> FlowRun:
    """Wait for a state by its name; the worker really works, so this is the one place that waits."""
    with anyio.fail_after(60):
        while True:
            for run in await client.read_flow_runs():
                if run.name == case_id and run.state and run.state.name == name:
                    return run
            await anyio.sleep(0.3)


async def worked(client: PrefectClient, services: Services, run_name: str, state: str) -> FlowRun:
    """Have a worker work until a run stands in a state."""
    stop = anyio.Event()
    async with anyio.create_task_group() as group:
        group.start_soon(work, services, stop)
        run = await until(client, run_name, state)
        stop.set()
    return run


async def carried_on(url: str, services: Services) -> tuple[str, FlowRun]:
    async with talking_to(url) as client:
        reconciler = Reconciler(client, services, await apply(client, services))
        case_id = open_watch(services, f"form-{url}")
        await reconciler.round()
        run = await worked(client, services, case_id, "人工复核")
        return case_id, run


def test_machine_work_is_done_and_the_run_stands_named_after_the_step_that_waits(
    prefect: str, services: Services
) -> None:
    case_id, run = asyncio.run(carried_on(prefect, services))
    assert run.state is not None
    assert (run.state.type, run.name) == (StateType.SCHEDULED, case_id)


def test_a_case_that_ends_completes_its_run(prefect: str, services: Services) -> None:
    async def play() -> FlowRun:
        case_id, _ = await carried_on(prefect, services)
        async with talking_to(prefect) as client:
            record(services.store, Recording(case_id, Done(step="judge", by="fang.lei"), "done"), at("11:00"))
            await Reconciler(client, services, {}).round()
            return await run_of(client, case_id)

    run = asyncio.run(play())
    assert run.state is not None
    assert (run.state.type, run.state.name) == (StateType.COMPLETED, "watched")


def test_publishing_again_changes_nothing(prefect: str, services: Services) -> None:
    async def twice() -> bool:
        async with talking_to(prefect) as client:
            return await apply(client, services) == await apply(client, services)

    assert asyncio.run(twice())


def test_what_prefect_forgot_is_made_again(prefect: str, services: Services) -> None:
    async def play() -> int:
        async with talking_to(prefect) as client:
            reconciler = Reconciler(client, services, await apply(client, services))
            case_id = open_watch(services, "forgotten")
            other = open_watch(services, "remembered")
            await reconciler.round()
            # The older of the two, so that the newest does not give the loss away.
            await client.delete_flow_run((await run_of(client, case_id)).id)
            record(services.store, Recording(case_id, Withdrawn(by="zhu.lin", reason="r"), "w"), at("10:30"))
            record(services.store, Recording(other, Withdrawn(by="zhu.lin", reason="r"), "w2"), at("10:30"))
            return await reconciler.round()

    assert asyncio.run(play()) == 2


def test_the_next_times_of_a_schedule_stand_on_prefects_board(prefect: str, services: Services) -> None:
    async def play() -> list[str]:
        async with talking_to(prefect) as client:
            deployments = await apply(client, services)
            await apply(client, services)
            found = await client.read_deployment(deployments["page-watch"])
            return [f"{one.slug} {'RDATE:2' in one.schedule.rrule}" for one in found.schedules]  # type: ignore[union-attr]

    (only,) = asyncio.run(play())
    assert only == "start-1 True"


def test_work_that_breaks_is_handed_to_a_person(prefect: str, services: Services) -> None:
    async def breaks(_inputs: object, _tools: object) -> NoReturn:
        raise KeyError("a fault in a task of ours")

    broken = replace(services.registry["compare_page"], run=breaks)
    faulty = replace(services, registry={**services.registry, "compare_page": broken})

    async def play() -> str:
        async with talking_to(prefect) as client:
            case_id = open_watch(faulty, "breaks")
            await Reconciler(client, faulty, await apply(client, faulty)).round()
            await worked(client, faulty, case_id, "核对网页")
            return case_id

    case_id = asyncio.run(play())
    with services.store.database.reading() as connection:
        case, _ = load_case(connection, services.store, case_id)
    assert [(one.step, one.person) for one in case.assignments.values()] == [("look", "fang.lei")]


def test_work_knows_its_key_which_every_attempt_shares(prefect: str, services: Services) -> None:
    keys: list[str] = []

    async def fails_once(_inputs: object, tools: Tools) -> PageOutputs:
        keys.append(tools.work)
        if len(keys) == 1:
            raise WorkFailed("not yet")
        return PageOutputs(found="f", same=True, altered=False, seen_at=at("10:00"))

    with services.store.database.writing() as connection:
        text_ = PAGE_WATCH.replace("retries: 0", "retries: 1")
        publish(connection, [Published("procedures/page-watch.yaml", text_)], "gao.xiang", at("09:30"))
    once = replace(services.registry["compare_page"], run=fails_once)
    tried = replace(services, registry={**services.registry, "compare_page": once})

    async def play() -> str:
        async with talking_to(prefect) as client:
            case_id = open_watch(tried, "key")
            await Reconciler(client, tried, await apply(client, tried)).round()
            await worked(client, tried, case_id, "人工复核")
            return case_id

    case_id = asyncio.run(play())
    assert keys == [f"{case_id}/look/1"] * 2


def test_an_operator_opens_a_case_from_prefects_own_page(prefect: str, services: Services) -> None:
    async def play() -> str:
        async with talking_to(prefect) as client:
            deployments = await apply(client, services)
            run = await client.create_flow_run_from_deployment(
                deployments["page-watch"], parameters={"url": "http://site.example/"}
            )
            stop = anyio.Event()
            with anyio.fail_after(60):
                async with anyio.create_task_group() as group:
                    group.start_soon(work, services, stop)
                    await until(client, run.name, "人工复核")
                    stop.set()
            return str(run.id)

    run_id = asyncio.run(play())
    with services.store.database.reading() as connection:
        assert connection.execute(text("SELECT flow_run_id FROM runs")).scalars().all() == [run_id]


def test_prefects_database_may_be_wiped_and_every_case_is_shown_again(prefect: str, services: Services) -> None:
    async def play() -> int:
        async with talking_to(prefect) as client:
            reconciler = Reconciler(client, services, await apply(client, services))
            for number in range(3):
                open_watch(services, f"wiped-{number}")
            await reconciler.round()
            for flow in await client.read_flows():
                await client.delete_flow(flow.id)
            await client.delete_work_pool("duly")
            return await reconciler.round()

    assert asyncio.run(play()) == 3


def test_what_happens_while_prefect_is_away_is_shown_when_it_is_back(prefect: str, services: Services) -> None:
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
        async with talking_to(prefect) as client:
            stop = anyio.Event()
            async with anyio.create_task_group() as group:
                group.start_soon(keep_in_step, services, stop, standing)
                await until(client, case_id, "人工复核")
                stop.set()
        return trouble, standing.trouble

    before, after = asyncio.run(play())
    assert ("ConnectError" in before, after) == (True, "")


def test_work_of_a_queue_is_done_by_its_own_workers_alone(prefect: str, services: Services) -> None:
    with services.store.database.writing() as connection:
        text_ = PAGE_WATCH.replace("    retries: 0\n", "    retries: 0\n    runs_on: dmz\n")
        publish(connection, [Published("procedures/page-watch.yaml", text_)], "gao.xiang", at("09:30"))
    dmz = replace(services, queues=("dmz",), name="worker-of-the-dmz")

    async def play() -> bool:
        async with talking_to(prefect) as client:
            case_id = open_watch(services, "queued")
            await Reconciler(client, services, await apply(client, services)).round()
            await worked(client, services, case_id, "核对网页")
            untouched = has_work(services.store, case_id)
            await worked(client, dmz, f"{case_id} dmz", "人工复核")
            return untouched

    assert asyncio.run(play())
