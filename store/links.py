"""Links: pointers to one assignment of one person. The token is random; only its SHA-256 is kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from models.tables import AssignmentRow, LinkRow

_LINKS: Final = LinkRow.__table__  # type: ignore[attr-defined]
_ASSIGNMENTS: Final = AssignmentRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands now."""

    assignment_id: str
    case_id: str
    step: str
    key: str | None
    person: str
    shown: str
    """Digest of the facts when the link was made."""
    status: str
    """`open`; or `expired`, `done`, `withdrawn`: the reason why it is dead."""


def keep_link(connection: Connection, token: str, assignment_id: str, now: datetime, expires_at: datetime) -> None:
    """Remember a token that is about to be sent for an open assignment. Raises `LookupError` if there is none."""
    query = select(_ASSIGNMENTS).where(_ASSIGNMENTS.c.id == assignment_id)
    assignment = connection.execute(query).one_or_none()
    if assignment is None:
        raise LookupError(f"there is no assignment {assignment_id}")
    connection.execute(
        insert(_LINKS).values(
            token_hash=token_hash(token), assignment_id=assignment_id, case_id=assignment.case_id,
            person=assignment.person, shown=assignment.shown, created_at=now, expires_at=expires_at,
        )
    )  # fmt: skip


def find_link(connection: Connection, token: str, now: datetime) -> Link | None:
    """The link of a token, dead or alive; None for a token that was never sent."""
    return find_link_by_hash(connection, token_hash(token), now)


def find_link_by_hash(connection: Connection, hashed: str, now: datetime) -> Link | None:
    """The link whose token has this hash, for a page that has put the token itself away."""
    query = (
        select(
            _LINKS.c.assignment_id, _LINKS.c.case_id, _ASSIGNMENTS.c.step, _ASSIGNMENTS.c.key, _LINKS.c.person,
            _LINKS.c.shown, _LINKS.c.expires_at, _ASSIGNMENTS.c.status,
        )
        .join(_ASSIGNMENTS, _ASSIGNMENTS.c.id == _LINKS.c.assignment_id)
        .where(_LINKS.c.token_hash == hashed)
    )  # fmt: skip
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    status = "expired" if row.status == "open" and row.expires_at <= now else row.status
    return Link(row.assignment_id, row.case_id, row.step, row.key, row.person, row.shown, status)


def token_hash(token: str) -> str:
    """What is kept of a token: its SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
