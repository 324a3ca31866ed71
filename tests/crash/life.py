"""The life of one case in one process, told to die at a commit. Started again, it goes on from where it was.

Every event has an id of its own and every step its time, so that living twice through the same hours changes nothing.
"""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from engine.events import Decided, Done, Finished, Opened
from models.language.moments import parse_moment
from notifications.links import LinkMaker
from notifications.outbound.accounts import Account
from notifications.outbound.post import Post
from notifications.outbound.sender import send_batch
from store.cases import Recording, Store, open_case, record
from store.connection import Database
from store.due import sweep
from store.follow_ups import follow
from store.outbox import CLAIM
from store.programs import Published, publish
from store.schema import upgrade
from store.work import finish_work, take_work
from tests.integration.post_office import REPLIES
from tests.integration.samples import EARLY, POLICIES

PROBE = Path(__file__).parents[1] / "acceptance" / "probe.yaml"
CASE = "2026-0001"


def at(clock: str) -> datetime:
    return parse_moment(f"2026-03-10 {clock}")


def live(url: str, mail_port: int, die_at: int = 0, after: bool = False) -> int:
    """Live through it all, or die at the given commit, before or after it. Gives the number of commits."""
    database = Database(url)
    commits = counted(database, die_at, after)
    _live(Store(database), mail_port)
    database.close()
    return len(commits)


def counted(database: Database, die_at: int, after: bool) -> list[None]:
    """Count the transactions that write, and pull the plug at one of them."""
    plain, commits = database.writing, list[None]()

    @contextmanager
    def writing() -> Iterator[Connection]:
        with plain() as connection:
            yield connection
            commits.append(None)
            if len(commits) == die_at and not after:
                os.kill(os.getpid(), signal.SIGKILL)
        if len(commits) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    database.writing = writing  # type: ignore[method-assign]
    return commits


def _live(store: Store, mail_port: int) -> None:
    upgrade(store.database)
    files = [
        Published(path.relative_to(POLICIES).as_posix(), path.read_text("utf-8"))
        for path in (*sorted(POLICIES.glob("*.yaml")), POLICIES / "calendars" / "2026.yaml")
    ]
    with store.database.writing() as connection:
        publish(connection, [*files, Published("procedures/probe.yaml", PROBE.read_text("utf-8"))], "gao.xiang", EARLY)
    facts = {"received_at": "2026-03-10 09:00", "url": "http://site.example/"}
    open_case(store, "probe", Opened(case="", by="pan.ting", facts=facts), "form", at("09:10"))
    _mail(store, mail_port, at("09:10"))
    for clock in ("09:30", "10:00", "10:30", "12:00"):
        sweep(store, at(clock))
        follow(store, at(clock))
        _mail(store, mail_port, at(clock))
    record(store, Recording(CASE, Done(step="take", by="zhao.lei"), "click-1"), at("13:00"))
    _mail(store, mail_port, at("13:00"))
    record(store, Recording(CASE, Decided(step="agree", by="wang.fang", answer="approve"), "click-2"), at("14:00"))
    _mail(store, mail_port, at("14:00"))
    _work(store, at("14:10"))
    _mail(store, mail_port, at("15:00"))


def _work(store: Store, now: datetime) -> None:
    for moment in (now, now + timedelta(minutes=20)):  # the second looks after what a dead worker had in hand
        if work := take_work(store, CASE, f"worker-{os.getpid()}", moment, timedelta(minutes=15)):
            finish_work(store, work, f"worker-{os.getpid()}", Finished(step=work.step, values={"same": True}), now)


def _mail(store: Store, port: int, now: datetime) -> None:
    """Send what there is; what a dead sender had in hand follows when its claim is over."""
    account = Account(host="127.0.0.1", port=port, address="duly@mingchuan.example", tls="none", rate=6000)
    for moment in (now, now + CLAIM):
        asyncio.run(send_batch(_post(store, account, moment)))


def _post(store: Store, account: Account, now: datetime) -> Post:
    links = LinkMaker("http://duly.example", lambda: os.urandom(16).hex())
    return Post(store, account, links, lambda: now, lambda: 0.5, f"mail-{os.getpid()}", REPLIES)


def remains(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that must be the same however often it was killed."""
    database = Database(url)
    queries = {
        "cases": "SELECT id, revision, status, outcome, next_due, state FROM cases ORDER BY id",
        "ledger": "SELECT seq, event_id, kind, body, hash FROM ledger ORDER BY seq",
        "outbox": "SELECT message_id, person, status FROM outbox ORDER BY message_id",
        "assignments": "SELECT id, person, status, due FROM assignments ORDER BY id",
        "work": "SELECT id, status FROM work ORDER BY id",
    }
    with database.reading() as connection:
        found = {name: [tuple(row) for row in connection.execute(text(query))] for name, query in queries.items()}
    database.close()
    return found
