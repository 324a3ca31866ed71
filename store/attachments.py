"""Attachments: which files belong to which case. The bytes lie in a folder, under their SHA-256."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from models.sign_in_tables import AttachmentRow

_ATTACHMENTS: Final = AttachmentRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was handed in; `size` in bytes, `sha256` in hexadecimal."""

    sha256: str
    name: str
    size: int
    sealed: bool = False
    """Whether it is the answer to a sealed field."""


def attach(
    connection: Connection, case_id: str, person: str, files: Sequence[Attachment], sealed: bool, now: datetime
) -> None:
    """Note that files belong to a case; `sealed` says that all of them are, whatever the field."""
    if files:
        rows = [
            {
                "case_id": case_id, "sha256": one.sha256, "name": one.name, "size": one.size, "person": person,
                "sealed": sealed or one.sealed, "added_at": now,
            }
            for one in files
        ]  # fmt: skip
        connection.execute(insert(_ATTACHMENTS), rows)


def move_attachments(connection: Connection, case_id: str, to_case: str, hashes: Collection[str]) -> None:
    """Files leave a case, sealed, for another."""
    mine = (_ATTACHMENTS.c.case_id == case_id) & _ATTACHMENTS.c.sha256.in_(list(hashes))
    connection.execute(update(_ATTACHMENTS).where(mine).values(case_id=to_case, sealed=True))


def attachments_of(connection: Connection, case_id: str) -> list[Attachment]:
    """The files of a case that are not sealed, in the order in which they came."""
    query = select(_ATTACHMENTS).where(_ATTACHMENTS.c.case_id == case_id, _ATTACHMENTS.c.sealed.is_(False))
    rows = connection.execute(query.order_by(_ATTACHMENTS.c.id))
    return [Attachment(row.sha256, row.name, row.size) for row in rows]


def attachment(connection: Connection, case_id: str, sha256: str) -> Attachment | None:
    """One file of a case, also a sealed one."""
    query = select(_ATTACHMENTS).where(_ATTACHMENTS.c.case_id == case_id, _ATTACHMENTS.c.sha256 == sha256)
    row = connection.execute(query.order_by(_ATTACHMENTS.c.id)).first()
    return Attachment(row.sha256, row.name, row.size, row.sealed) if row else None
