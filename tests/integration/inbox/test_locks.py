"""Whoever takes a mail waits for nobody who waits for them: cases before the ledger, and cases in their order."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from models.tables import CaseRow
from store.cases import Store
from store.ledger import Entry, append
from tests.integration.inbox.desk import Post, Writing
from tests.integration.inbox.test_bouncing import report, signed
from tests.integration.test_web_triage import number, send, stray
from tests.web.site import Site

_CASES = CaseRow.__table__  # type: ignore[attr-defined]


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Site:
    return Site(store, tmp_path / "files", settings={"mails": tmp_path / "mails"})


def held(connection: Connection, case_id: str) -> None:
    connection.execute(_CASES.select().where(_CASES.c.id == case_id).with_for_update())


def waits(post: Post, act: Callable[[], Any], together: ThreadPoolExecutor) -> "Future[Any]":
    """Begin it, and go on when it waits for somebody; on SQLite the second writer waits from the first word on."""
    begun = together.submit(act)
    while not post.store.database.is_sqlite and not begun.done():
        if post.count("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            break
        time.sleep(0.01)
    return begun


def test_a_bounce_of_a_mail_about_two_cases_waits_for_the_second_without_the_head(post: Post) -> None:
    cases = [post.take(Writing(f"投诉{one}", message_id=f"<{one}@x.example>")).case_id or "" for one in range(2)]
    with post.store.database.writing() as connection:
        connection.execute(text("UPDATE outbox SET sent_as = 'bundle.1' WHERE person = 'zhao.lei'"))

    with ThreadPoolExecutor(1) as together:
        with post.store.database.writing() as connection:
            held(connection, cases[1])
            taken = waits(post, lambda: post.take(report(signed("bundle.1")), mail_from=""), together)
            now = post.clock()
            append(connection, [Entry("x", cases[1], 9, "Noted", "test", now, now, "{}")])
        outcome = taken.result()

    assert (outcome.outcome, outcome.reason.count("已请代理人")) == ("bounced", 2)


def test_joining_an_earlier_case_waits_for_it_without_the_one_that_asks(site: Site, post: Post) -> None:
    post.clock.now = site.now
    complaint, asking = post.take(Writing()).case_id or "", stray(post).case_id or ""
    zhao = site.staff("zhao.lei")
    page = zhao.get(f"/triage/{number(post)}")

    with ThreadPoolExecutor(1) as together:
        with post.store.database.writing() as connection:
            held(connection, complaint)
            sorted_ = waits(post, lambda: send(zhao, page, act="join", case=complaint), together)
            held(connection, asking)
        answer = sorted_.result()

    assert answer.headers["location"] == "/triage"
    assert (post.rows()[0].outcome, post.rows()[0].case_id) == ("joined", complaint)
