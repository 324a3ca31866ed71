"""Writing down: the outcome of a mail, and who is told of it, in the transaction that decides it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, insert, select

from engine.effects import Notice
from models.tables import CaseRow, LetterRow
from notifications.inbound.automatic import answer_to, may_answer
from notifications.inbound.desk import Outcome, Sheet
from store import inbox
from store.automatic_answers import answered, had_none
from store.outbox import TO_ADDRESS

_OUTBOX: Final = LetterRow.__table__  # type: ignore[attr-defined]
_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]

LONGEST_ADDRESS: Final = 100
"""Characters of an address that a letter can be sent to."""


def write_down(sheet: Sheet, outcome: Outcome) -> Outcome:
    """Write down a mail and what became of it; what a sealed matter may be about is listed without a word of it."""
    outcome = replace(outcome, sealed=outcome.sealed or sheet.secret(outcome.case_id))
    inbox.add(sheet.connection, sheet.row(outcome))
    return outcome


def tell(connection: Connection, case_id: str, number: int, people: Iterable[str], now: datetime) -> None:
    """Tell people that a mail has joined their case."""
    for person in people:
        notice = Notice(person, "correspondence", at=now)
        _letter(connection, case_id, f"{case_id}.mail{number}.{person}", person, notice)


def answer(sheet: Sheet, case_id: str, number: int, kind: Any, reply_to_case: bool = True) -> bool:
    """Answer the sender by itself, at most once an hour, and never a machine, a list or a report (RFC 3834)."""
    if sheet.standing == "fail":
        return False  # it would reach somebody who has not written
    mail, address = sheet.mail, answer_to(sheet.mail, sheet.original.mail_from)
    if len(address) > LONGEST_ADDRESS or not may_answer(mail, sheet.original.mail_from, sheet.desk.own):
        return False
    if not had_none(sheet.connection, address, sheet.now):
        return False
    answered(sheet.connection, address, kind, number, sheet.now)
    person = f"{TO_ADDRESS}{address}"
    about = {"name": mail.sender.name[:60], "message_id": mail.message_id[:200], "reply": reply_to_case}
    notice = Notice(person, kind, at=sheet.now, reason=msgspec.json.encode(about).decode())
    _letter(sheet.connection, case_id, f"{case_id}.answer{number}", person, notice)
    return True


def _letter(connection: Connection, case_id: str, message_id: str, person: str, notice: Notice) -> None:
    revision = connection.execute(select(_CASES.c.revision).where(_CASES.c.id == case_id)).scalar_one()
    connection.execute(
        insert(_OUTBOX).values(
            case_id=case_id, revision=revision, person=person[:120], message_id=message_id[:200], status="queued",
            attempts=0, notices=msgspec.json.encode((notice,)).decode(), created_at=notice.at, next_at=notice.at,
        )
    )  # fmt: skip
