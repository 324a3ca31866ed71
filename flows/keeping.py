"""Keeping Prefect in step: the loop of a worker process that shows every case and does the machines' work.

Prefect may be away at any time, also at the start. Then cases are recorded and deadlines kept all the same; what
Prefect has missed is shown when it is back.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

import anyio
import structlog
from prefect.client.orchestration import get_client
from sqlalchemy.exc import SQLAlchemyError

from flows.deployments import apply
from flows.reconcile import Reconciler
from flows.services import Services
from flows.worker import AWAY, work

_log: Final = structlog.get_logger(__name__)

ROUND_SECONDS: Final = 0.5
"""Between two looks for cases that Prefect shows as they were."""

LONGEST_WAIT: Final = 15.0
"""Seconds before Prefect is asked again after it was away."""


@dataclass(slots=True)
class Standing:
    """How the process stands with Prefect."""

    trouble: str = "Prefect has not answered yet"
    shown: int = 0
    """Runs brought up to date since the process began."""


async def keep_in_step(services: Services, stop: anyio.Event, standing: Standing, name: str, limit: int) -> None:
    """Show cases and do machine work until told to stop."""
    async with anyio.create_task_group() as group:
        group.start_soon(_show_again_and_again, services, stop, standing)
        group.start_soon(partial(work, services, stop, name, limit))


async def _show_again_and_again(services: Services, stop: anyio.Event, standing: Standing) -> None:
    wait = 1.0
    while not stop.is_set():
        try:
            await _show(services, stop, standing)
        except (*AWAY, SQLAlchemyError) as error:
            standing.trouble = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            _log.info("prefect_away", error=standing.trouble, again_in=wait)
            with anyio.move_on_after(wait):
                await stop.wait()
            wait = min(wait * 2, LONGEST_WAIT)
        else:
            wait = 1.0


async def _show(services: Services, stop: anyio.Event, standing: Standing) -> None:
    async with get_client() as client:
        reconciler = Reconciler(client, services, await apply(client, services))
        edition = services.store.programs.edition
        while not stop.is_set():
            standing.shown += await reconciler.round()
            standing.trouble = ""
            if services.store.programs.edition != edition:
                edition = services.store.programs.edition
                reconciler.deployments = await apply(client, services)
            with anyio.move_on_after(ROUND_SECONDS):
                await stop.wait()
