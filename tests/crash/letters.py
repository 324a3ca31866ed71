"""A morning's mail taken in one process, told to die at a commit. Started again, the same messages come again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from models.language.moments import parse_moment
from notifications.inbound.desk import Desk
from notifications.inbound.mail import Original
from notifications.inbound.originals import keep_original
from notifications.inbound.taking import Inbox
from store.cases import Store
from store.connection import Database
from store.programs import publish
from store.schema import upgrade
from tests.crash.life import counted
from tests.integration.inbox.desk import CUSTOMER, SERVER, Writing
from tests.integration.post_office import REPLIES
from tests.integration.samples import EARLY, sample_files

MORNING = parse_moment("2026-03-10 10:00")

MAILS: Sequence[bytes] = [
    one.written()
    for one in (
        Writing(files={"发票.pdf": b"%PDF-1.7 " + b"0" * 40}),
        Writing(headers={"Received": "from a by b"}, files={"发票.pdf": b"%PDF-1.7 " + b"0" * 40}),
        Writing(
            "Re: 来信已收到", "补充", f"孙先生 <{CUSTOMER}>", REPLIES.to_case("2026-0001", f"mail:{CUSTOMER}"), "<2@x>"
        ),
        Writing("反映情况", "某经理收受回扣", message_id="<3@x.example>"),
        Writing("新品", "新品", "jiang.li@mingchuan.example", "publishing@mingchuan.example", "<4@x.example>"),
        Writing("自动回复：休假", "休假中", message_id="<5@x.example>", headers={"Auto-Submitted": "auto-replied"}),
    )
]


def take_all(url: str, folder: Path, die_at: int = 0, after: bool = False) -> int:
    """Take every mail, or die at the given commit, before or after it. Gives the number of commits."""
    database = Database(url)
    commits = counted(database, die_at, after)
    upgrade(database)
    store = Store(database)
    with database.writing() as connection:
        publish(connection, sample_files(), "gao.xiang", EARLY)
    now = MORNING

    def clock() -> datetime:
        return now

    inbox = Inbox(Desk(store, clock, REPLIES, folder / "files", 10_000_000, (SERVER,), ("duly@mingchuan.example",)))
    for number, content in enumerate(MAILS):
        kept = keep_original(folder / "mails", [content])
        inbox.take(Original(kept.path, kept.sha256, kept.size, f"imap/box/INBOX/1/{number}", now))
        now += timedelta(minutes=1)
    database.close()
    return len(commits)
