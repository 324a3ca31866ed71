"""Moving: mails that do not belong into a case leave it, sealed, for another; the ledger says that they did, not what.

A whistle-blowing letter among the complaints must not be read there any longer, by anybody (clause 7-5.2, S-10).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from models.tables import CaseRow, EntryRow
from store import inbox
from store.ledger import Entry, append
from store.notes import NOTED, Note

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_LEDGER: Final = EntryRow.__table__  # type: ignore[attr-defined]

_WORDS: Final = "来信已移入密封事项"


def move_mail(connection: Connection, case_id: str, to_case: str, event_id: str, now: datetime) -> int:
    """All mails of a case and their files go to another; gives how many. Nothing is written down if there are none."""
    moved = inbox.move(connection, case_id, to_case)
    if moved:
        revision = connection.execute(select(_CASES.c.revision).where(_CASES.c.id == case_id)).scalar_one()
        body = msgspec.json.encode(Note("", _WORDS), order="deterministic").decode()
        append(connection, [Entry(event_id, case_id, revision, NOTED, "system", now, now, body)])
    return moved


@dataclass(frozen=True, slots=True)
class Circle:
    """Who may know of a case, as far as a mail about it is concerned."""

    procedure: str
    sensitivity: str
    moved: bool
    """Whether its mails have left it for a sealed case."""


def case_of(connection: Connection, case_id: str) -> Circle | None:
    """What is to be known of a case before a mail about it is shown to anybody; None if there is no such case."""
    row = connection.execute(
        select(_CASES.c.procedure, _CASES.c.sensitivity).where(_CASES.c.id == case_id)
    ).one_or_none()
    return Circle(row.procedure, row.sensitivity, has_moved(connection, case_id)) if row else None


def has_moved(connection: Connection, case_id: str) -> bool:
    """Whether the mails of a case have left it."""
    said = (_LEDGER.c.case_id == case_id) & (_LEDGER.c.kind == NOTED) & (_LEDGER.c.by == "system")
    return connection.execute(select(_LEDGER.c.seq).where(said, _LEDGER.c.event_id.like("%/moved"))).first() is not None
