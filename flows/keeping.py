"""Keeping Prefect in step: the loop of a worker process that shows every case and does the machines' work.

Prefect may be away at any time, also at the start. Then cases are recorded and deadlines kept all the same; what
Prefect has missed is shown when it is back.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

import anyio
import structlog
from prefect.client.orchestration import PrefectClient, get_client
from prefect.settings import temporary_settings

from flows.deployments import apply
from flows.reconcile import Reconciler
from flows.services import Services
from flows.telling import place
from flows.worker import ASKED_TWICE, AWAY, work
from store.cases import Store
from store.work import find_forgotten

_log: Final = structlog.get_logger(__name__)

ROUND_SECONDS: Final = 0.5
"""Between two looks for cases that Prefect shows as they were."""

APPLY_SECONDS: Final = 3600.0
"""Between two times that Prefect is told of all procedures, and with them of the next times of their schedules."""

MEND_SECONDS: Final = 30.0
"""Between two looks for work that nobody does, and for runs that Prefect shows as ended while their cases go on."""

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 15.0
"""Seconds before Prefect is asked again after it was away, at first and at most."""


@dataclass(slots=True)
class Standing:
    """How the process stands with Prefect."""

    trouble: str = "Prefect has not answered yet"
    shown: int = 0
    """Runs brought up to date since the process began."""


async def keep_in_step(services: Services, stop: anyio.Event, standing: Standing, limit: int = 10) -> None:
    """Show cases and do machine work until told to stop."""
    async with anyio.create_task_group() as group:
        group.start_soon(_show_again_and_again, services, stop, standing)
        group.start_soon(partial(work, services, stop, limit))


async def _show_again_and_again(services: Services, stop: anyio.Event, standing: Standing) -> None:
    wait = FIRST_WAIT / 2  # doubled before the first use
    while not stop.is_set():
        try:
            await _show(services, stop, standing)
        except Exception as error:  # noqa: BLE001 - whatever breaks here, machine work must go on beside it
            # Anew after every time that it worked; a success is known by the trouble it has cleared.
            wait = min(wait * 2, LONGEST_WAIT) if standing.trouble else FIRST_WAIT
            # Only what Prefect's side says is quoted: a database's error would quote the row.
            said = " ".join(str(error).split())[:200] if isinstance(error, AWAY) else place(error)
            standing.trouble = f"{type(error).__name__}: {said}"
            _log.info("prefect_away", error=standing.trouble, again_in=wait)
            with anyio.move_on_after(wait):
                await stop.wait()


async def _show(services: Services, stop: anyio.Event, standing: Standing) -> None:
    with temporary_settings(ASKED_TWICE):
        async with get_client() as client:
            await _show_with(client, services, stop, standing)


async def _show_with(client: PrefectClient, services: Services, stop: anyio.Event, standing: Standing) -> None:
    reconciler = Reconciler(client, services, {})
    told, applied, mended = -1, 0.0, anyio.current_time()
    while not stop.is_set():
        now = anyio.current_time()
        edition = await anyio.to_thread.run_sync(_edition, services.store)
        if edition != told or now >= applied + APPLY_SECONDS:
            reconciler.deployments = await apply(client, services)
            told, applied = edition, now
        if now >= mended + MEND_SECONDS:
            await anyio.to_thread.run_sync(find_forgotten, services.store, services.real())
            await reconciler.mend()
            mended = now
        shown = await reconciler.round()
        standing.shown += shown
        standing.trouble = ""
        if not shown:
            with anyio.move_on_after(ROUND_SECONDS):
                await stop.wait()


def _edition(store: Store) -> int:
    """The edition in force: one number is read, and the rulebook only if it has changed."""
    with store.database.reading() as connection:
        store.programs.refresh(connection)
    return store.programs.edition
