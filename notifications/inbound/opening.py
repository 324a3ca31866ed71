"""Opening: a mail to one of the company's mailboxes becomes a case, by the rules of the procedures in force."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from engine.errors import Refusal
from engine.events import Opened
from engine.intake import Aside, taken_by
from models.language.procedure import Procedure
from notifications.inbound.desk import STRANGER, Outcome, Sheet
from notifications.inbound.setting_aside import set_aside
from notifications.inbound.writing_down import answer
from store import inbox
from store.attachments import attach
from store.cases import open_case

MOST_OPENED: Final = 10
"""Cases that one sender may open in an hour; what comes after waits for a person."""

_HOUR: Final = timedelta(hours=1)


def opened(sheet: Sheet) -> Outcome | None:
    """The case that a mail opens; set aside if it came to a mailbox and cannot open one. None if it came to none."""
    if not sheet.mailbox[0]:
        return None
    taken = taken_by(sheet.procedures, sheet.company.organisation, sheet.claim)
    if isinstance(taken, Aside):
        return set_aside(sheet, taken.why, taken.sealed)
    sender = sheet.mail.sender.address[:254]
    if inbox.opened_since(sheet.connection, sender, sheet.now - _HOUR) >= MOST_OPENED:
        return set_aside(sheet, f"该发件人一小时内已立项 {MOST_OPENED} 件")
    verified = sheet.standing == "pass"
    procedure = sheet.desk.store.programs.rulebook.procedures[taken.procedure].content
    # Whoever writes to the sealed circle stands in its mail and nowhere else: the ledger can never be purged.
    known = sheet.person if verified and procedure.sensitivity != "sealed" else None
    by = known or STRANGER
    event = Opened(case="", by=by, facts=taken.facts, channel="email", at=sheet.arrived_at)
    try:
        case = open_case(sheet.desk.store, taken.procedure, event, sheet.event_id, sheet.now, sheet.connection).state
    except Refusal as refusal:
        return set_aside(sheet, f"未能立项：{refusal.message}")
    if case is None:
        return set_aside(sheet, "未能立项")
    sealed = is_sealed(procedure)
    attach(sheet.connection, case.id, by, sheet.files, sealed, sheet.now)
    outcome = Outcome("opened", "按规则立项" if verified else "按规则立项，发件人未经核实", case.id, sealed)
    number = inbox.add(sheet.connection, sheet.row(outcome))
    answer(sheet, case.id, number, "receipt")
    return replace(outcome)


def is_sealed(procedure: Procedure) -> bool:
    """Whether what is sent in goes to the sealed store: matters that a mail may not carry must not spread by it."""
    return procedure.sensitivity == "sealed" or not procedure.content_in_mail
