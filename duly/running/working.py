"""Working: the process that does the machines' work and shows every case in Prefect."""

import os
import socket

import anyio
import httpx

from duly.running.clocks import CompanyClock, wall
from duly.running.secrets import private_folder
from duly.settings import Settings
from flows.keeping import Standing, keep_in_step
from flows.services import Services
from store.cases import Store
from tasks.registered import Tools
from tasks.registry import registry

TIMEOUT = 30.0
"""Seconds that an address may take to answer."""


async def work_on(settings: Settings, store: Store, clock: CompanyClock, standing: Standing, stop: anyio.Event) -> None:
    """Work until `stop`; an outage of Prefect or of the database is waited out."""
    async with httpx.AsyncClient(timeout=TIMEOUT) as http:
        tools = Tools(store, http, clock.now, private_folder(settings.data / "files"))
        services = Services(
            store=store, clock=clock.now, wall=clock.on_the_wall, real=wall, tools=tools, registry=registry(),
            queues=settings.prefect.queues, name=f"{socket.gethostname()}-{os.getpid()}",
        )  # fmt: skip
        await keep_in_step(services, stop, standing, limit=settings.prefect.workers)
