"""A desk for tests: mails are written as people write them, and taken by the real inbox on a real store."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from itertools import count
from pathlib import Path

from sqlalchemy import text

from engine.case import Case
from models.language.moments import parse_moment
from notifications.inbound.desk import Desk, Outcome
from notifications.inbound.mail import Original
from notifications.inbound.originals import keep_original
from notifications.inbound.taking import Inbox
from store.cases import Store, load_case
from store.inbox import Incoming, recent
from tests.integration.post_office import REPLIES, Clock

CUSTOMER = "sun@customer.example"
SERVER = "mx.mingchuan.example"


@dataclass
class Writing:
    """One mail as it is written; `headers` are added, or replace what is there."""

    subject: str = "无法开票"
    text: str = "上个月的发票一直开不出来。"
    sender: str = f"孙先生 <{CUSTOMER}>"
    to: str = "complaints@mingchuan.example"
    message_id: str = "<1@customer.example>"
    headers: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    verified: str = ""
    """What the company's mail server says, e.g. `dmarc=pass header.from=customer.example`."""

    def written(self) -> bytes:
        mail = EmailMessage(policy=SMTP)
        if self.verified:
            mail["Authentication-Results"] = f"{SERVER}; {self.verified}"
        mail["From"], mail["To"], mail["Subject"] = self.sender, self.to, self.subject
        if self.message_id:
            mail["Message-ID"] = self.message_id
        mail["Date"] = "Sat, 21 Mar 2026 22:09:00 +0800"
        for name, value in self.headers.items():
            del mail[name]
            mail[name] = value
        mail.set_content(self.text)
        for name, content in self.files.items():
            mail.add_attachment(content, "application", "octet-stream", filename=name)
        return mail.as_bytes()


@dataclass
class Post:
    """An inbox with the time in the hands of the test."""

    store: Store
    folder: Path
    clock: Clock = field(default_factory=lambda: Clock(parse_moment("2026-03-21 22:10")))
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.inbox = Inbox(
            Desk(
                store=self.store, clock=self.clock, replies=REPLIES, files=self.folder / "files",
                largest_file=20_000_000, trusted=(SERVER,), own=("duly@mingchuan.example",),
            )
        )  # fmt: skip

    def original(self, content: bytes, at: datetime | None = None, mail_from: str | None = None) -> Original:
        kept = keep_original(self.folder / "mails", [content])
        origin = f"smtp/{kept.sha256}/{next(self.numbers)}"
        return Original(kept.path, kept.sha256, kept.size, origin, at or self.clock(), (), mail_from)

    def take(self, writing: Writing | bytes, at: datetime | None = None, mail_from: str | None = None) -> Outcome:
        content = writing if isinstance(writing, bytes) else writing.written()
        return self.inbox.take(self.original(content, at, mail_from))

    def case(self, outcome: Outcome) -> Case:
        assert outcome.case_id is not None, outcome
        with self.store.database.reading() as connection:
            return load_case(connection, self.store, outcome.case_id)[0]

    def cases(self) -> int:
        return self.count("SELECT count(*) FROM cases")

    def count(self, query: str) -> int:
        with self.store.database.reading() as connection:
            return int(connection.execute(text(query)).scalar_one())

    def letters(self) -> list[tuple[str, str]]:
        """To whom letters go, and the kind of their first notice."""
        with self.store.database.reading() as connection:
            rows = connection.execute(text("SELECT person, notices FROM outbox ORDER BY id")).all()
        return [(row.person, row.notices.partition('"kind":"')[2].partition('"')[0]) for row in rows]

    def rows(self) -> list[Incoming]:
        with self.store.database.reading() as connection:
            return recent(connection)


def date(moment: datetime) -> str:
    return format_datetime(moment)
