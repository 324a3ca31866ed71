"""Worker processes die and compete: every piece of work is recorded once."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import anyio
import pytest
from prefect.client.orchestration import PrefectClient
from sqlalchemy import text

from flows.services import Services
from store.cases import Store
from tests.integration.with_prefect.scene import in_step, open_watch, run_of, talking_to, until
from tests.integration.with_prefect.server import PrefectServer


class Site(ThreadingHTTPServer):
    """Pages that count who looks at them; one called `slow` answers nobody until `answer` is set."""

    daemon_threads = True

    def __init__(self) -> None:
        self.seen, self.asked, self.answer = Counter[str](), Event(), Event()
        super().__init__(("127.0.0.1", 0), _Page)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Page(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.seen[self.path] += 1
        self.server.asked.set()
        if self.path == "/slow":
            self.server.answer.wait(120)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        thread = Thread(target=found.serve_forever)
        thread.start()
        yield found
        found.answer.set()
        found.shutdown()
        thread.join()


@contextmanager
def process(prefect: PrefectServer, services: Services, folder: Path, name: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker process, killed at the end if it lives still."""
    command = [sys.executable, "-m", __package__ + ".worker_process", services.store.database.url, str(folder), name]
    environment = os.environ | {"PREFECT_API_URL": prefect.url, "PREFECT_HOME": str(folder / name)}
    with (
        (folder / f"{name}.log").open("wb") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as worker,
    ):
        yield worker
        worker.kill()


async def lively(client: PrefectClient, names: set[str]) -> None:
    """Wait until workers ask for work."""
    with anyio.fail_after(60):
        while True:
            if any(pool.name == "duly" for pool in await client.read_work_pools()):
                known = {one.name for one in await client.read_workers_for_work_pool("duly")}
                if known >= names:
                    return
            await anyio.sleep(0.3)


def finished(store: Store) -> list[tuple[str, int]]:
    """How often the outcome of a machine's work stands in the ledger, by case."""
    query = "SELECT case_id, count(*) FROM ledger WHERE kind = 'Finished' GROUP BY case_id ORDER BY case_id"
    with store.database.reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(query))]


def test_what_a_killed_worker_had_in_hand_another_one_ends(
    prefect: PrefectServer, services: Services, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.keeping.MEND_SECONDS", 0.0)
    # The second worker lives two hours later, when the time of the first one's claim is over.
    later = replace(services, name="heir", real=lambda: services.real() + timedelta(hours=2))

    async def play() -> str:
        async with talking_to(prefect.url) as client:
            with process(prefect, services, tmp_path, "mortal") as worker:
                case_id = open_watch(services, "in hand", f"{site.address}/slow")
                assert await anyio.to_thread.run_sync(site.asked.wait, 60)
                worker.send_signal(signal.SIGKILL)
            state = (await run_of(client, case_id)).state
            assert state is not None
            assert state.type.value == "RUNNING"  # nobody has told Prefect
            async with in_step(later):
                await until(client, case_id, "人工复核")
            return case_id

    case_id = asyncio.run(play())
    assert finished(services.store) == [(case_id, 1)]


def test_two_workers_at_once_do_each_piece_of_work_once(
    prefect: PrefectServer, services: Services, site: Site, tmp_path: Path
) -> None:
    names = {"one", "two"}

    async def play() -> list[str]:
        async with talking_to(prefect.url) as client:
            with process(prefect, services, tmp_path, "one"), process(prefect, services, tmp_path, "two"):
                await lively(client, names)
                cases = [open_watch(services, f"shared-{n}", f"{site.address}/{n}") for n in range(8)]
                for case_id in cases:
                    await until(client, case_id, "人工复核")
                for case_id in cases:
                    await run_of(client, case_id)  # the only one, though both show cases
            return cases

    cases = asyncio.run(play())
    assert finished(services.store) == [(case_id, 1) for case_id in cases]
    assert set(site.seen.values()) == {1}
    with services.store.database.reading() as connection:
        claims = connection.execute(text("SELECT claim FROM work")).scalars()
        assert {one.partition("/")[0] for one in claims} == names
