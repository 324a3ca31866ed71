"""Sending: the process that hands letters to the mail server, and tells the chat groups."""

from contextlib import AsyncExitStack
from typing import Final

import anyio
import httpx
import structlog
from sqlalchemy.exc import SQLAlchemyError

from duly.running.assembly import account_of, post_of
from duly.running.clocks import CompanyClock, wall
from duly.running.receiving import Receiver
from duly.settings import Settings
from notifications.mailbox import Mailbox, taking_mail
from notifications.outbound.chat import Channel, Chat
from notifications.outbound.post import Post
from notifications.outbound.sender import IDLE, send_batch
from store.cases import Store

_log: Final = structlog.get_logger(__name__)

LONGEST_WAIT: Final = 5.0
"""Seconds before a database that is away is tried again."""


async def carry_mail(
    settings: Settings, store: Store, clock: CompanyClock, receiver: Receiver, stop: anyio.Event
) -> None:
    """Receive and send until `stop`; without a mail server, letters wait in the outbox."""
    async with receiver.receiving():
        if settings.mail.host:
            await send(settings, store, clock, stop)
        else:
            await stop.wait()


async def send(settings: Settings, store: Store, clock: CompanyClock, stop: anyio.Event) -> None:
    """Send until `stop`. An outage of the database is waited out; one of the mail server is the sender's business."""
    account = account_of(settings)
    async with AsyncExitStack() as stack:
        if settings.demo:
            mailbox = Mailbox(settings.data / "mailbox")
            await stack.enter_async_context(taking_mail(mailbox, account.host, account.port))
        post = post_of(settings, store, clock, account)
        if settings.chat:
            client = await stack.enter_async_context(httpx.AsyncClient())
            channels = tuple(Channel(one.kind, one.url, one.secret) for one in settings.chat)
            post.announce = Chat(channels, client, wall).announce
        await send_until(post, stop)


async def send_until(post: Post, stop: anyio.Event) -> None:
    """Send until `stop`: the letter in hand is finished, no other is begun, so that none is cut off and doubled."""
    post.ending = stop.is_set
    wait = IDLE
    while not stop.is_set():
        try:
            report = await send_batch(post)
            wait = 0.0 if report.tried else IDLE
        except SQLAlchemyError as error:
            wait = min(max(wait * 2, 0.5), LONGEST_WAIT)
            _log.warning("database_away", error=type(error).__name__, again_in=wait)
        with anyio.move_on_after(wait):
            await stop.wait()
