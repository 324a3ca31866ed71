"""How long Prefect needs to be shown many open cases for the first time.

Run it as `python -m tests.benchmarks.showing_cases 10000`. It starts a Prefect server of its own. Ten thousand
take many minutes on SQLite, so this is run by hand.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from flows.services import Services
from store.connection import Database
from store.work import outdated_runs
from tests.integration.with_prefect.scene import answering, company, open_watch, reconciler_of, services_on, talking_to
from tests.integration.with_prefect.server import PrefectServer

SAID_EVERY: Final = 500
"""Cases between two figures: when they grow, something is quadratic."""


async def show(services: Services, url: str) -> None:
    """Show every case, and say how long each five hundred took."""
    async with talking_to(url) as client:
        reconciler = await reconciler_of(client, services)
        began = lap = time.perf_counter()
        count = 0
        while shown := await reconciler.round():
            if (count + shown) // SAID_EVERY > count // SAID_EVERY:
                now = time.perf_counter()
                _say(f"{count + shown} shown", now - lap)
                lap = now
            count += shown
        _say(f"all {count}", time.perf_counter() - began)
        for what, act in (("a round with nothing to do", reconciler.round), ("a look for strays", reconciler.mend)):
            before = time.perf_counter()
            await act()
            _say(what, time.perf_counter() - before)


def measure(count: int, folder: Path) -> None:
    """Open cases, and show them."""
    database, server = Database(f"sqlite:///{folder / 'duly.db'}"), PrefectServer(folder)
    services = services_on(company(database), folder, answering())
    before = time.perf_counter()
    for number in range(count):
        open_watch(services, f"case-{number}")
    _say(f"{count} opened", time.perf_counter() - before)
    before = time.perf_counter()
    outdated_runs(services.store)
    _say("which are the next two hundred", time.perf_counter() - before)
    server.start()
    try:
        asyncio.run(show(services, server.url))
    finally:
        server.kill()
        database.close()


def _say(what: str, seconds: float) -> None:
    print(f"{what:<32}{seconds:8.2f} s", flush=True)  # noqa: T201 - what the script is for


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        measure(int(sys.argv[1]), Path(home))
