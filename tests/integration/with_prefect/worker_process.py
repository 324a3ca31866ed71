"""A worker process of its own: `python -m tests.integration.with_prefect.worker_process DATABASE FOLDER NAME`.

It does one piece of work at a time, and runs until it is killed.
"""

import sys
from pathlib import Path

import anyio
import httpx

from flows.keeping import Standing, keep_in_step
from store.cases import Store
from store.connection import Database
from tests.integration.with_prefect.scene import services_on


async def _live(url: str, folder: Path, name: str) -> None:
    async with httpx.AsyncClient(timeout=120) as http:
        services = services_on(Store(Database(url)), folder, http, name)
        await keep_in_step(services, anyio.Event(), Standing(), limit=1)


if __name__ == "__main__":
    anyio.run(_live, sys.argv[1], Path(sys.argv[2]), sys.argv[3])
