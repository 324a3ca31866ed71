"""Working: the process that does the machines' work and shows every case in Prefect."""

import os
import socket
import ssl
from pathlib import Path
from typing import Final

import anyio
import httpx

from duly.errors import UserError
from duly.running.clocks import CompanyClock, wall
from duly.running.secrets import private_folder
from duly.settings import Settings
from flows.keeping import Standing, keep_in_step
from flows.services import Services
from store.cases import Store
from tasks.reach import GuardedTransport, Reach
from tasks.registered import Tools
from tasks.registry import registry

MOST_REDIRECTS: Final = 5


async def work_on(settings: Settings, store: Store, clock: CompanyClock, standing: Standing, stop: anyio.Event) -> None:
    """Work until `stop`; an outage of Prefect or of the database is waited out."""
    machines = settings.machines
    transport = GuardedTransport(Reach(machines.hosts, machines.networks), tls_of(machines.ca_file))
    async with httpx.AsyncClient(transport=transport, timeout=machines.timeout, max_redirects=MOST_REDIRECTS) as http:
        files = private_folder(settings.data / "files")
        tools = Tools(store, http, clock.now, files, machines.timeout, machines.word_list)
        services = Services(
            store=store, clock=clock.now, wall=clock.on_the_wall, real=wall, tools=tools, registry=registry(),
            queues=settings.prefect.queues, name=f"{socket.gethostname()}-{os.getpid()}",
        )  # fmt: skip
        await keep_in_step(services, stop, standing, limit=settings.prefect.workers)


def tls_of(authority: Path | None) -> ssl.SSLContext:
    """What a server must show: a certificate of a known authority, or of the company's own. Raises `UserError`."""
    context = httpx.create_ssl_context(trust_env=False)
    if authority is not None:
        try:
            context.load_verify_locations(authority)
        except (OSError, ssl.SSLError) as error:
            raise UserError(
                f"`machines.ca_file` {authority} cannot be read: {error}", "name a PEM file of certificates."
            ) from None
    return context
