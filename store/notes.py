"""Notes: what somebody writes or attaches without deciding. In the ledger like all else, but no event of the engine."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from models.tables import CaseRow, EntryRow
from store.attachments import Attachment
from store.ledger import Entry, append

NOTED: Final = "Noted"
"""Kind of such a ledger entry; whoever replays a case passes over it."""

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_LEDGER: Final = EntryRow.__table__  # type: ignore[attr-defined]


class Note(msgspec.Struct, frozen=True):
    """What is written to a case beside its decisions."""

    step: str
    text: str
    files: tuple[Attachment, ...] = ()


def note(connection: Connection, case_id: str, by: str, what: Note, event_id: str, now: datetime) -> bool:
    """Add a note to the ledger, once; says whether it was new."""
    query = select(_CASES.c.revision).where(_CASES.c.id == case_id).with_for_update()
    revision = connection.execute(query).scalar_one()
    if connection.execute(select(_LEDGER.c.seq).where(_LEDGER.c.event_id == event_id)).first():
        return False
    body = msgspec.json.encode(what, order="deterministic").decode()
    append(connection, [Entry(event_id, case_id, revision, NOTED, by, now, now, body)])
    return True


def noted_files(files: Sequence[Attachment]) -> str:
    """Files as a line of text for a reason, with the hash that proves which file was meant."""
    return "".join(f"\n附件：{one.name}（SHA-256 {one.sha256}）" for one in files)
