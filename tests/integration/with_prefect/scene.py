"""What tests with Prefect play with: a procedure that looks at a page, its cases, and the runs that show them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import anyio
import httpx
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings
from sqlalchemy import insert

from engine.case import Case
from engine.events import Opened
from flows.deployments import apply
from flows.keeping import Standing, keep_in_step
from flows.reconcile import Reconciler
from flows.services import Services
from flows.worker import work
from models.language.moments import CHINA, parse_moment
from models.tables import CounterRow
from store.cases import Store, load_case, open_case
from store.connection import Database
from store.programs import Published, publish
from store.schema import upgrade
from tasks.registered import Tools
from tasks.registry import registry
from tests.integration.samples import EARLY, POLICIES

WATCH = "procedures/page-watch.yaml"
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


def company(database: Database, first_case: int = 0) -> Store:
    """A store in which the sample company and the procedure are in force."""
    upgrade(database)
    names = ["organisation.yaml", "ladders.yaml", "terms.yaml", "modes.yaml", "calendars/2026.yaml"]
    files = [Published(one, (POLICIES / one).read_text(encoding="utf-8")) for one in names]
    with database.writing() as connection:
        publish(connection, [*files, Published(WATCH, PAGE_WATCH)], "gao.xiang", EARLY)
        connection.execute(insert(CounterRow).values(name="cases 2026", value=first_case))
    return Store(database)


def services_on(store: Store, folder: Path, http: httpx.AsyncClient, name: str = "worker-of-tests") -> Services:
    """Services whose clock stands at ten."""
    return Services(
        store=store, clock=lambda: at("10:00"), wall=lambda moment: moment + (datetime.now(CHINA) - at("10:00")),
        real=lambda: datetime.now(CHINA), queues=(), tools=Tools(store, http, lambda: at("10:00"), folder),
        registry=registry(), name=name,
    )  # fmt: skip


def answering(answer: Callable[[httpx.Request], httpx.Response] | None = None) -> httpx.AsyncClient:
    """Pages that answer `approved`, or what is wanted."""
    return httpx.AsyncClient(transport=httpx.MockTransport(answer or (lambda _: httpx.Response(200, text="approved"))))


class SlowSite:
    """A page that answers when it is told to."""

    def __init__(self) -> None:
        self.asked, self.answer, self.count = anyio.Event(), anyio.Event(), 0
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._page))

    async def _page(self, _request: httpx.Request) -> httpx.Response:
        self.count += 1
        self.asked.set()
        await self.answer.wait()
        return httpx.Response(200, text="approved")


@asynccontextmanager
async def talking_to(url: str) -> AsyncIterator[PrefectClient]:
    with temporary_settings({PREFECT_API_URL: url}):
        async with get_client() as client:
            yield client


def open_watch(services: Services, name: str, url: str = "http://site.example/") -> str:
    opening = Opened(case="", by="zhu.lin", facts={"url": url})
    return open_case(services.store, "page-watch", opening, name, at("10:00")).recording.case_id


def case_of(services: Services, case_id: str) -> Case:
    with services.store.database.reading() as connection:
        return load_case(connection, services.store, case_id)[0]


async def reconciler_of(client: PrefectClient, services: Services) -> Reconciler:
    return Reconciler(client, services, await apply(client, services))


async def runs_called(client: PrefectClient, name: str) -> list[FlowRun]:
    return await client.read_flow_runs(flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[name])))


async def run_of(client: PrefectClient, case_id: str) -> FlowRun:
    (run,) = await runs_called(client, case_id)
    return run


async def until(client: PrefectClient, run_name: str, state: str) -> FlowRun:
    """Wait for a state by its name; the worker really works, so this is the one place that waits."""
    with anyio.fail_after(60):
        while True:
            for run in await runs_called(client, run_name):
                if run.state and run.state.name == state:
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


async def carried_on(url: str, services: Services, state: str = "人工复核") -> tuple[str, FlowRun]:
    """A case whose machine work a worker has taken on, and its run once it stands in a state."""
    async with talking_to(url) as client:
        reconciler = await reconciler_of(client, services)
        case_id = open_watch(services, f"form-{url}")
        await reconciler.round()
        return case_id, await worked(client, services, case_id, state)


@asynccontextmanager
async def in_step(services: Services, standing: Standing | None = None) -> AsyncIterator[None]:
    """A worker process's whole loop, for as long as the block lasts."""
    stop = anyio.Event()
    async with anyio.create_task_group() as group:
        group.start_soon(keep_in_step, services, stop, standing or Standing())
        yield
        stop.set()
