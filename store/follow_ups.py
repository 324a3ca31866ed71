"""Follow-ups: what one case owes another, carried out once: a called procedure opened, a caller told of its end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select, update

from engine.errors import Refusal
from engine.events import ChildOpened, Opened
from models.language.steps import Call
from models.tables import CaseRow, FollowUpRow
from store.cases import Recording, Store, load_case, open_case, record_in
from store.codec import decode_event
from store.connection import AWAY
from store.moving import move_mail
from store.programs import NotPublished

_FOLLOW_UPS: Final = FollowUpRow.__table__  # type: ignore[attr-defined]
_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]

RETRY: Final = timedelta(minutes=5)
"""When what broke is tried again."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A called procedure: what its form is filled with, and where it was called."""

    procedure: str
    facts: dict[str, Any]
    parent: str
    step: str
    discovered_at: datetime


_CALL: Final = msgspec.json.Decoder(_Call)


def follow(
    store: Store, now: datetime, most: int = 100, aside: dict[int, datetime] | None = None
) -> list[tuple[str, str]]:
    """Carry out what is owed, oldest first. Returns what could not be, as event id and reason; it stays visible.

    What breaks stops nothing else: it is put `aside`, with the time at which it is tried again; whoever asks often
    keeps that from one call to the next. Raises `AWAY`.
    """
    failed: list[tuple[str, str]] = []
    aside = {} if aside is None else aside
    for one in [one for one, until in aside.items() if until <= now]:
        del aside[one]
    while most > 0 and (row := _next(store, aside)) is not None:
        most -= 1
        try:
            error = _once(store, row, now)
        except AWAY:
            raise
        except Exception as broken:  # noqa: BLE001 - one broken case must not keep all others from what they are owed
            aside[row.id], error = now + RETRY, f"{type(broken).__name__}: {broken}"
            _keep_visible(store, row, error)
        if error:
            failed.append((row.event_id, error))
    return failed


def _once(store: Store, row: Row[Any], now: datetime) -> str:
    """Carry out one, unless somebody else has; empty, or why it cannot be."""
    with store.database.writing() as connection:
        open_still = connection.execute(
            select(_FOLLOW_UPS.c.id)
            .where(_FOLLOW_UPS.c.id == row.id, _FOLLOW_UPS.c.done_at.is_(None))
            .with_for_update()
        ).one_or_none()
        if open_still is None:
            return ""
        error = _carry_out(connection, store, row, now)
        connection.execute(
            update(_FOLLOW_UPS).where(_FOLLOW_UPS.c.id == row.id).values(done_at=now, error=error or None)
        )
    return error


def _keep_visible(store: Store, row: Row[Any], error: str) -> None:
    with store.database.writing() as connection:
        still = (_FOLLOW_UPS.c.id == row.id) & _FOLLOW_UPS.c.done_at.is_(None)
        connection.execute(update(_FOLLOW_UPS).where(still).values(error=error[:2000]))


def _next(store: Store, aside: Collection[int]) -> Row[Any] | None:
    with store.database.reading() as connection:
        owed = _FOLLOW_UPS.c.done_at.is_(None) & _FOLLOW_UPS.c.id.not_in(list(aside))
        return connection.execute(select(_FOLLOW_UPS).where(owed).order_by(_FOLLOW_UPS.c.id).limit(1)).one_or_none()


def _carry_out(connection: Connection, store: Store, row: Row[Any], now: datetime) -> str:
    """Empty if done; otherwise why it cannot be, for a person to see to."""
    try:
        if row.case_id:
            event = Recording(row.case_id, decode_event(row.body), row.event_id)
            refusal = record_in(connection, store, (event,), now)[0].refusal
            return str(refusal) if refusal else ""
        _call(connection, store, row, now)
    except (Refusal, NotPublished) as error:
        return str(error)
    return ""


def _call(connection: Connection, store: Store, row: Row[Any], now: datetime) -> None:
    call = _CALL.decode(row.body)
    # Cases are locked before the head of the ledger, everywhere: whoever opened first and then wanted the caller would
    # wait for somebody who has the caller and wants the head.
    connection.execute(select(_CASES.c.id).where(_CASES.c.id == call.parent).with_for_update())
    opening = Opened(
        case="", facts=call.facts, channel="procedure", parent=call.parent, parent_step=call.step,
        discovered_at=call.discovered_at,
    )  # fmt: skip
    child = open_case(store, call.procedure, opening, row.event_id, now, connection)
    if child.state is not None:
        told = Recording(call.parent, ChildOpened(step=call.step, child=child.state.id), f"{row.event_id}/opened")
        record_in(connection, store, (told,), now)
        parent, program = load_case(connection, store, call.parent)
        step = program.plans[call.step].step
        if isinstance(step, Call) and step.moves_mail:
            move_mail(connection, parent.id, child.state.id, f"{row.event_id}/moved", now)
