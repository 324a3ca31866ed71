"""Several senders, and senders that are late: every letter goes out once, and its fate is written down once."""

import asyncio

import anyio
from sqlalchemy import text

from duly.running.sending import send_until
from notifications.outbound.sender import send_batch
from store.cases import Store
from store.links import find_link
from store.outbox import CLAIM, claim_letters
from tests.integration.post_office import Clock, Server, Stage, post, serving
from tests.integration.records import at, complaint


def test_two_senders_send_every_letter_once(store: Store) -> None:
    for number in range(10):
        complaint(store, f"form-{number}")
    server, clock = Server(), Clock(at("10:00"))

    async def go() -> None:
        async with serving(server):
            senders = [post(store, server, clock, claim) for claim in ("sender-a", "sender-b")]
            for _ in range(4):
                await asyncio.gather(*(send_batch(one, 3) for one in senders))

    asyncio.run(go())
    assert len(server.ids) == len(set(server.ids)) == 20


def test_a_sender_that_lost_its_claim_writes_nothing_down(store: Store) -> None:
    complaint(store)
    clock = Clock(at("10:00"))

    def paused(stage: Stage, _recipient: str) -> str:
        if stage == "DOT":
            clock.now += CLAIM
            claim_letters(store, "sender-b", clock.now)
        return ""

    async def go() -> None:
        async with serving(Server(paused)) as server:
            await send_batch(post(store, server, clock))

    asyncio.run(go())
    with store.database.reading() as connection:
        rows = connection.execute(text("SELECT status, claim FROM outbox")).all()
    assert {tuple(row) for row in rows} == {("sending", "sender-b")}


def test_the_link_in_a_mail_opens_the_assignment_and_its_token_is_kept_nowhere(store: Store) -> None:
    case, clock = complaint(store), Clock(at("10:00"))

    async def go() -> str:
        async with serving(Server()) as server:
            await send_batch(post(store, server, clock), 1)
        part = server.mails[0].get_body(("plain",))
        assert part is not None
        return str(part.get_content()).split("https://duly.example/d/")[1].split()[0]

    token = asyncio.run(go())
    with store.database.reading() as connection:
        link = find_link(connection, token, at("10:01"))
        kept = connection.execute(text("SELECT token_hash FROM links")).scalars().all()
    assert link is not None
    assert (link.case_id, link.person, link.status) == (case.id, "zhao.lei", "open")
    assert not any(token in one for one in kept)


def test_a_sender_that_is_told_to_end_finishes_the_letter_in_hand_and_begins_no_other(store: Store) -> None:
    for number in range(5):
        complaint(store, f"form-{number}")

    async def go() -> int:
        stop = anyio.Event()

        def told_to_end(stage: Stage, _recipient: str) -> str:
            if stage == "DOT":
                stop.set()
            return ""

        async with serving(Server(told_to_end)) as server:
            await send_until(post(store, server, Clock(at("10:00"))), stop)
        return len(server.mails)

    assert asyncio.run(go()) == 1
    with store.database.reading() as connection:
        rows = connection.execute(text("SELECT status, count(*) FROM outbox GROUP BY status")).all()
    assert {tuple(row) for row in rows} == {("sent", 1), ("queued", 9)}
