"""Sending, against a real SMTP server that refuses, cuts the line, is slow or away: nothing lost, nothing doubled."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from notifications.outbound.pacing import GIVE_UP
from notifications.outbound.post import Post, Report
from notifications.outbound.sender import send_batch
from store.cases import Store, record
from store.outbox import claim_letters
from tests.integration.post_office import CUT, REPLIES, SILENCE, Answer, Clock, Server, Stage, post, serving
from tests.integration.records import at, complaint, forward

# What a server answers is one thing and the database another: the outbox itself is tested on both.
pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)

STAGES: list[Stage] = ["EHLO", "MAIL", "RCPT", "DATA", "DOT"]

ZHAO, SUN = (f"<{REPLIES.sign(f'2026-0001.1.{person}')}@mingchuan.example>" for person in ("zhao.lei", "sun.yue"))
"""Message-IDs of the first letters."""


def send(store: Store, server: Server, clock: Clock, **account: Any) -> Report:
    """One batch to a server that is there."""

    async def go() -> Report:
        async with serving(server):
            return await send_batch(post(store, server, clock, **account))

    return asyncio.run(go())


def once(stage: Stage, said: str, recipient: str = "") -> Answer:
    """An answer given the first time only."""
    left = [said]

    def answer(at_stage: Stage, to: str) -> str:
        return left.pop() if left and at_stage == stage and to.startswith(recipient) else ""

    return answer


def always(stage: Stage, said: str, recipient: str = "") -> Answer:
    return lambda at_stage, to: said if at_stage == stage and to.startswith(recipient) else ""


def outbox(store: Store) -> dict[str, tuple[str, str | None]]:
    """Status and error of each letter, by person."""
    with store.database.reading() as connection:
        rows = connection.execute(text("SELECT person, status, error FROM outbox ORDER BY id")).all()
    return {row.person: (row.status, row.error) for row in rows}


def statuses(store: Store) -> dict[str, str]:
    return {person: status for person, (status, _) in outbox(store).items()}


def ledger(store: Store) -> list[str]:
    with store.database.reading() as connection:
        return list(connection.execute(text("SELECT kind FROM ledger WHERE case_id <> '' ORDER BY seq")).scalars())


def test_what_the_server_takes_is_sent(store: Store) -> None:
    complaint(store)
    server = Server()
    assert send(store, server, Clock(at("10:00"))).sent == 2
    assert statuses(store) == {"zhao.lei": "sent", "sun.yue": "sent"}


def test_a_letter_has_the_message_id_the_outbox_gave_it(store: Store) -> None:
    complaint(store)
    server = Server()
    send(store, server, Clock(at("10:00")))
    assert server.ids == [ZHAO, SUN]


def test_a_4xx_postpones_one_letter_and_the_others_go(store: Store) -> None:
    complaint(store)
    server = Server(always("RCPT", "450 mailbox busy", "zhao"))
    report = send(store, server, Clock(at("10:00")))
    assert (report.sent, report.later) == (1, 1)
    assert outbox(store)["zhao.lei"] == ("queued", "450 mailbox busy")


def test_a_postponed_letter_waits_its_time_and_keeps_its_message_id(store: Store) -> None:
    complaint(store)
    server, clock = Server(once("RCPT", "451 greylisted", "zhao")), Clock(at("10:00"))
    send(store, server, clock)
    clock.later(seconds=59)
    assert send(store, server, clock).tried == 0
    clock.later(seconds=1)
    assert send(store, server, clock).sent == 1
    assert server.ids[-1] == ZHAO


def test_a_5xx_on_the_recipient_refuses_the_letter_and_moves_the_case_on(store: Store) -> None:
    complaint(store)
    report = send(store, Server(always("RCPT", "550 no such user", "zhao")), Clock(at("10:00")))
    assert (report.sent, report.refused) == (1, 1)
    assert outbox(store)["zhao.lei"] == ("refused", "550 no such user")
    assert ledger(store) == ["Opened", "Bounced"]


def test_content_that_is_refused_is_refused_for_good(store: Store) -> None:
    complaint(store)
    send(store, Server(always("DOT", "552 too large", "zhao")), Clock(at("10:00")))
    assert outbox(store)["zhao.lei"] == ("refused", "552 too large")


@pytest.mark.parametrize("said", ["530 sign in first", "550 sender unknown", "451 try later"])
def test_what_the_server_says_to_our_own_address_refuses_nobody(store: Store, said: str) -> None:
    complaint(store)
    report = send(store, Server(always("MAIL", said)), Clock(at("10:00")))
    assert (report.refused, report.untried) == (0, 2)
    assert set(statuses(store).values()) == {"queued"}
    assert ledger(store) == ["Opened"]


def test_a_block_by_policy_postpones_and_refuses_nobody(store: Store) -> None:
    complaint(store)
    report = send(store, Server(always("DOT", "554 5.7.1 blocked")), Clock(at("10:00")))
    assert (report.refused, report.later) == (0, 2)
    assert set(statuses(store).values()) == {"queued"}


def test_three_blocks_in_a_row_pause_the_account(store: Store) -> None:
    for number in range(3):
        complaint(store, f"form-{number}")
    report = send(store, Server(always("RCPT", "554 blocked")), Clock(at("10:00")))
    assert (report.later, report.untried) == (3, 3)


@pytest.mark.parametrize("said", ["421 too many connections", "454 slow down"])
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "DOT"])
def test_a_throttled_account_slows_down_and_no_letter_loses_its_place(store: Store, stage: Stage, said: str) -> None:
    complaint(store)
    server, clock = Server(always(stage, said)), Clock(at("10:00"))

    async def go() -> Post:
        async with serving(server):
            sender = post(store, server, clock)
            assert (await send_batch(sender)).untried == 2
            assert (await send_batch(sender)).untried == 0
        return sender

    sender = asyncio.run(go())
    assert sender.pace.allowed == 300
    assert claim_letters(store, "sender-b", clock.now)[0].person == "zhao.lei"


@pytest.mark.parametrize("stage", STAGES)
def test_a_line_cut_at_any_stage_loses_nothing_and_doubles_only_after_the_final_dot(store: Store, stage: Stage) -> None:
    complaint(store)
    server, clock = Server(once(stage, CUT)), Clock(at("10:00"))
    for _ in range(5):
        send(store, server, clock)
        clock.later(minutes=2)
    assert statuses(store) == {"zhao.lei": "sent", "sun.yue": "sent"}
    expected = {ZHAO: 1, SUN: 1}
    if stage == "DOT":
        expected[ZHAO] = 2
    assert Counter(server.ids) == expected


@pytest.mark.parametrize("stage", ["RCPT", "DATA", "DOT"])
def test_a_letter_that_always_kills_the_line_does_not_hold_up_the_others(store: Store, stage: Stage) -> None:
    complaint(store)
    server, clock = Server(always(stage, CUT, "zhao")), Clock(at("10:00"))
    for _ in range(3):
        send(store, server, clock)
        clock.later(minutes=2)
    assert statuses(store)["sun.yue"] == "sent"


@pytest.mark.parametrize("stage", ["EHLO", "RCPT", "DOT"])
def test_a_server_that_says_nothing_is_given_up_after_its_time(store: Store, stage: Stage) -> None:
    complaint(store)
    server = Server(once(stage, SILENCE))
    report = send(store, server, Clock(at("10:00")), timeout=0.1, patience=0.1)
    assert report.sent == 0
    assert set(statuses(store).values()) == {"queued"}


def test_a_server_that_is_away_costs_no_attempts(store: Store) -> None:
    complaint(store)
    clock, sender = Clock(at("10:00")), post(store, Server(port=9), Clock(at("10:00")))
    assert asyncio.run(send_batch(sender)).untried == 2
    assert [letter.attempts for letter in claim_letters(store, "sender-b", clock.now)] == [0, 0]


def test_an_account_in_trouble_is_left_alone_for_a_while(store: Store) -> None:
    complaint(store)
    clock = Clock(at("10:00"))
    sender = post(store, Server(port=9), clock)
    asyncio.run(send_batch(sender))
    assert sender.pace.paused_until == at("10:01")
    assert asyncio.run(send_batch(sender)) == Report()


def test_after_72_hours_down_everything_is_delivered_once_and_in_order(store: Store) -> None:
    for number in range(250):
        complaint(store, f"form-{number}")
    server, clock = Server(port=9), Clock(at("10:00"))
    away = post(store, server, clock)
    for _ in range(72):
        asyncio.run(send_batch(away))
        clock.later(hours=1)
    server.port = 0

    async def go() -> None:
        async with serving(server):
            sender = post(store, server, clock)
            while (await send_batch(sender)).tried:
                clock.later(minutes=1)

    asyncio.run(go())
    assert set(statuses(store).values()) == {"sent"}
    expected = [f"2026-{number:04d}" for number in range(1, 251)]
    for person in ("赵蕾", "孙悦"):
        assert [case for mail in server.to(person) for case in cases_of(mail)] == expected


def test_late_letters_of_one_person_travel_in_one_mail(store: Store) -> None:
    for number in range(3):
        complaint(store, f"form-{number}")
    server, clock = Server(), Clock(at("10:00"))
    clock.later(hours=1)
    assert send(store, server, clock).sent == 6
    assert [cases_of(mail) for mail in server.mails] == [["2026-0001", "2026-0002", "2026-0003"]] * 2


def test_what_was_done_meanwhile_is_not_asked_for(store: Store) -> None:
    record(store, forward(complaint(store)), at("10:01"))
    server = Server()
    assert send(store, server, Clock(at("10:01"))).superseded == 2
    with store.database.reading() as connection:
        rows = connection.execute(text("SELECT person, error FROM outbox WHERE status = 'superseded'")).all()
    assert [row.person for row in rows] == ["zhao.lei", "sun.yue"]
    assert all("is over" in row.error for row in rows)
    assert not server.to("赵蕾")


def test_a_sender_that_is_stopped_gives_back_what_it_has_not_begun(store: Store) -> None:
    complaint(store)
    clock = Clock(at("10:00"))

    async def go() -> None:
        begun = asyncio.Event()

        def answer(stage: Stage, _recipient: str) -> str:
            if stage == "DOT":
                begun.set()
                return SILENCE
            return ""

        async with serving(Server(answer)) as server:
            sending = asyncio.create_task(send_batch(post(store, server, clock)))
            await begun.wait()
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    asyncio.run(go())
    assert statuses(store) == {"zhao.lei": "sending", "sun.yue": "queued"}


def test_somebody_unknown_is_refused_with_the_reason(store: Store) -> None:
    complaint(store)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE outbox SET person = 'no.body' WHERE person = 'sun.yue'"))
    send(store, Server(), Clock(at("10:00")))
    status, error = outbox(store)["no.body"]
    assert status == "refused"
    assert error is not None
    assert "organisation.yaml" in error


def test_a_letter_refused_for_five_days_is_given_up(store: Store) -> None:
    complaint(store)
    server, clock = Server(always("RCPT", "452 mailbox full")), Clock(at("10:00"))
    clock.now += GIVE_UP - timedelta(seconds=1)
    assert send(store, server, clock).later == 2
    clock.later(hours=4)
    assert send(store, server, clock).refused == 2


def test_the_pace_of_the_account_is_kept(store: Store) -> None:
    for number in range(3):
        complaint(store, f"form-{number}")
    server, clock = Server(), Clock(at("10:00"))

    async def go() -> list[int]:
        async with serving(server):
            sender = post(store, server, clock, rate=4)
            sent: list[int] = []
            for _ in range(3):
                sent.append((await send_batch(sender)).sent)
                clock.later(seconds=15)
            return sent

    assert asyncio.run(go()) == [4, 1, 1]


def cases_of(mail: object) -> list[str]:
    """The case numbers of a mail, in the order in which they stand there."""
    body = mail.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    return [line.split()[1] for line in body.splitlines() if line.startswith("事项 ")]
