"""The sender: takes letters from the outbox, hands them to the mail server, and writes down what became of each.

Any number of senders may run. A letter is claimed by one of them at a time, and a batch ends well before its claims
do, so that no two senders ever hold the same letter. A letter that was not tried keeps its place in the queue.
"""

import asyncio
from typing import Final

import structlog

from notifications.outbound.batch import Batch
from notifications.outbound.handing_over import Unreachable
from notifications.outbound.post import Post, Report
from store.outbox import claim_letters

_log: Final = structlog.get_logger(__name__)

MOST: Final = 50
"""Letters claimed at once."""

IDLE: Final = 0.25
"""Seconds between looks at an empty outbox: half of what a click may take to its next mail."""


async def send_batch(post: Post, most: int = MOST) -> Report:
    """Send what is due now, as far as the account's pace allows. Nothing is lost, whatever the server does."""
    now = post.clock()
    room = min(most, post.pace.available(now))
    letters = await asyncio.to_thread(claim_letters, post.store, post.claim, now, room) if room else []
    if not letters:
        return Report()
    batch = Batch(post, letters)
    try:
        await batch.send()
    except Unreachable as error:
        until = post.pace.trouble(post.clock(), post.jitter())
        batch.error = str(error)
        _log.warning("mail_server_unreachable", host=post.account.host, error=str(error), until=until.isoformat())
    finally:
        # Also when the process is told to stop: the letter in the server's hands keeps its claim, the others are free.
        batch.put_back_the_rest()
    if post.announce is not None:
        for message in batch.taken:
            await post.announce(message)
    return batch.settling.report
