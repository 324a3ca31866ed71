"""Setting aside: what fits no rule becomes a case of its own, in which a person is asked, with a clock.

A flood does not become a flood of cases: further mails of a sender who has several waiting wait with the last of them.
"""

from dataclasses import replace
from typing import Final

import structlog

from engine.errors import Refusal
from engine.events import Opened
from engine.intake import unsorted
from engine.mail_answers import answers
from notifications.inbound.desk import STRANGER, Outcome, Sheet
from notifications.inbound.writing_down import answer
from store import inbox
from store.cases import open_case

_log: Final = structlog.get_logger(__name__)

MOST_CASES_OF_ONE: Final = 5
"""Mails of one sender that wait, each with a case of its own."""

MOST_CASES: Final = 200
"""Mails that wait altogether, each with a case of its own."""


def set_aside(sheet: Sheet, why: str, sealed: bool = False, about: str | None = None) -> Outcome:
    """Have a person look at a mail.

    Only those may who open sealed letters if it is `sealed`; if the case that it says to be `about` is; or if it may be
    such a letter by where it came to or what it says, whatever else was wrong with it (clause 7-5.2, S-10).
    """
    sealed = sealed or sheet.secret(about)
    behind = _behind(sheet, sealed)
    if behind is not None:
        outcome = Outcome("set_aside", f"{why}；与事项 {behind} 中的来信一并分拣", behind, sealed, waits=True)
        inbox.add(sheet.connection, sheet.row(outcome))
        return outcome
    case_id = _ask(sheet, why, sealed)
    outcome = Outcome("set_aside", why, case_id, sealed, waits=True)
    number = inbox.add(sheet.connection, sheet.row(outcome))
    if case_id is not None:
        inbox.adopt(sheet.connection, case_id, sealed)
    if case_id is not None and not sealed:
        answer(sheet, case_id, number, "receipt")
    return outcome


def _behind(sheet: Sheet, sealed: bool) -> str | None:
    """The case with whose mail this one waits, if too many wait already."""
    mine = inbox.waiting_cases(sheet.connection, sealed, sheet.mail.sender.address[:254])
    if len(mine) >= MOST_CASES_OF_ONE and (behind := _last_open(sheet, mine)) is not None:
        return behind
    if inbox.count_waiting(sheet.connection) < MOST_CASES:
        return None
    return _last_open(sheet, inbox.waiting_cases(sheet.connection, sealed))


def _last_open(sheet: Sheet, cases: list[str | None]) -> str | None:
    """The first of them in which somebody is still asked."""
    return next((one for one in dict.fromkeys(cases) if one and inbox.asks(sheet.connection, one)), None)


def _ask(sheet: Sheet, why: str, sealed: bool) -> str | None:
    """Open the case in which somebody is asked; None if no procedure is there for it, or it cannot be opened."""
    found = unsorted(sheet.procedures)
    if found is None:
        _log.error("mail_waits_unasked", why="no procedure has `by: unsorted_email`", origin=sheet.original.origin)
        return None
    procedure, start = found
    claim = replace(sheet.claim, reason=why, sealed="yes" if sealed else "")
    facts = answers(start, procedure.form, sheet.company.organisation, claim)
    event = Opened(case="", by=STRANGER, facts=facts, channel="email", at=sheet.arrived_at)
    store = sheet.desk.store
    try:
        opened = open_case(store, procedure.procedure, event, sheet.event_id, sheet.now, sheet.connection)
    except Refusal as refusal:
        _log.error("mail_waits_unasked", why=str(refusal), origin=sheet.original.origin)
        return None
    return opened.state.id if opened.state else None
