"""Joining: a reply becomes part of its case, if whoever wrote it has a part in the case and can show it.

The address of a case is made for one person; who has it had our mail. A Message-ID or a number in the subject only says
which case may be meant: then the company's mail server must vouch for the sender. All else waits for a person.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from engine.case import Case
from engine.draft import Draft
from engine.errors import UnknownName
from engine.program import Program
from models.language.steps import Approve
from notifications.inbound.deciding import decided, meant_as_decision
from notifications.inbound.desk import STRANGER, Outcome, Sheet
from notifications.inbound.opening import is_sealed
from notifications.inbound.setting_aside import set_aside
from notifications.inbound.writing_down import answer, tell
from notifications.replies import CasePointer, DecisionPointer
from store import inbox
from store.attachments import Attachment, attach
from store.cases import load_case
from store.lists import hold_case, people_of
from store.notes import Note, note
from store.outbox import TO_ADDRESS, answers_of

MOST_JOINED: Final = 20
"""Mails of one sender that join a case in an hour; each tells everybody concerned, whose programs may answer."""

_HOUR: Final = timedelta(hours=1)
_NUMBER: Final = re.compile(r"〔(\d{4}-\d{4,12})〕")
_ROOT: Final = re.compile(r"<(\d{4}-\d{4,12})(?:\.[^<>@\s]*)?@[^<>@\s]+>")


def joined(sheet: Sheet) -> Outcome | None:
    """What becomes of a reply; None if the mail is none."""
    if isinstance(sheet.pointer, DecisionPointer):
        outcome = decided(sheet, sheet.pointer)
        if isinstance(outcome, Outcome):
            return outcome
        return _join(sheet, outcome, advise=True) if outcome else _ask_about(sheet, "该审批地址已失效或不存在")
    case_id = _meant(sheet)
    if case_id is None:
        return None
    return _replied(sheet, case_id)


def _replied(sheet: Sheet, case_id: str) -> Outcome:
    """What becomes of a reply to a case."""
    hold_case(sheet.connection, case_id)  # whoever moves the mails of a case away must not leave this one behind
    known = _load(sheet, case_id)
    if known is None:
        return _ask_about(sheet, f"信中提到的事项 {case_id} 不存在")
    reason = _no_part(sheet, *known) or _not_there(sheet, *known)
    if reason:
        return _ask_about(sheet, reason, case_id)
    sender = sheet.mail.sender.address[:254]
    if inbox.joined_since(sheet.connection, case_id, sender, sheet.now - _HOUR) >= MOST_JOINED:
        return _ask_about(sheet, f"该发件人一小时内给事项 {case_id} 来信已有 {MOST_JOINED} 封", case_id)
    if _is_sorted(sheet, case_id):
        return _sort_along(sheet, known[0])
    return _join(sheet, case_id, advise=_is_asked_to_approve(sheet, known[0]) and meant_as_decision(sheet))


def _meant(sheet: Sheet) -> str | None:
    """The case that a mail says it is about."""
    meant = sheet.pointer.case_id if isinstance(sheet.pointer, CasePointer) else next(_hints(sheet), None)
    return (_led_to(sheet, meant) or meant) if meant else None


def _led_to(sheet: Sheet, case_id: str) -> str | None:
    """The case to which the sender's mail has been sorted from this one: of that their receipt could know no number."""
    numbers = answers_of(sheet.connection, case_id, sheet.mail.sender.address)
    mails = (inbox.by_number(sheet.connection, number) for number in numbers)
    return next((one.case_id for one in mails if one and not one.waits and one.case_id != case_id), None)


def _is_sorted(sheet: Sheet, case_id: str) -> bool:
    """Whether somebody is being asked in this case what is to become of a mail."""
    return inbox.still_waits(sheet.connection, case_id)


def _sort_along(sheet: Sheet, case: Case) -> Outcome:
    """What is added to a mail that waits, waits with it, so that it goes where that one goes."""
    sealed = any(one.sealed for one in inbox.waiting_in(sheet.connection, [case.id]))
    outcome = Outcome("set_aside", f"补充事项 {case.id} 中待分拣的来信", case.id, sealed, waits=True)
    number = inbox.add(sheet.connection, sheet.row(outcome))
    tell(sheet.connection, case.id, number, concerned(case, sheet.person), sheet.now)
    return outcome


def _hints(sheet: Sheet) -> Iterator[str]:
    mail = sheet.mail
    for one in (*mail.in_reply_to, *reversed(mail.references)):
        local = sheet.desk.replies.signed(one)
        found = _ROOT.fullmatch(f"<{local}@signed>" if local else one)
        if found and (local or _is_ours(sheet, one)):
            yield found[1]
    if number := _NUMBER.search(mail.subject):
        yield number[1]


def _is_ours(sheet: Sheet, message_id: str) -> bool:
    domain = message_id.strip("<> ").rpartition("@")[2].lower()
    return domain in {one.rpartition("@")[2].lower() for one in sheet.desk.own}


def _load(sheet: Sheet, case_id: str) -> tuple[Case, Program] | None:
    try:
        return load_case(sheet.connection, sheet.desk.store, case_id)
    except UnknownName:
        return None


def _no_part(sheet: Sheet, case: Case, program: Program) -> str:
    """Why a mail may not join a case; empty if it may."""
    if sheet.standing == "fail":
        return f"回复事项 {case.id} 的来信未通过发件人核实，可能是冒名"
    if not _takes_part(sheet, case, program):
        return f"回复事项 {case.id} 的发件人不是该事项的参与人"
    if sheet.answers_us or sheet.standing == "pass":
        return ""
    return f"回复事项 {case.id} 的来信没有寄到回复地址，发件人也未经核实"


def _not_there(sheet: Sheet, case: Case, program: Program) -> str:
    """Why a mail that might join a case would be read there by the wrong people, or by nobody; empty if it may join."""
    if case.sensitivity != "sealed" and sheet.secret(case.id):
        return f"回复事项 {case.id} 的来信疑似举报信，或该事项的来信已移入密封事项"
    if case.closed_at and any(start.by == "unsorted_email" for start in program.procedure.starts):
        return f"回复事项 {case.id}，其中的来信已分拣完毕"
    people = {case.owner, *(one.person for one in case.assignments.values())}
    if not any(one and sheet.company.employed(one, sheet.now) for one in people):
        return f"事项 {case.id} 已没有在职的负责人"
    return ""


def _takes_part(sheet: Sheet, case: Case, program: Program) -> bool:
    if sheet.person is not None:
        if sheet.person in Draft(program, case, sheet.now).conflicted():
            return False
        asked, told = people_of(sheet.connection, case.id)
        if sheet.person in asked | told | {case.owner, case.requester}:
            return True
    return inbox.wrote_to(sheet.connection, case.id, sheet.mail.sender.address)


def _is_asked_to_approve(sheet: Sheet, case: Case) -> bool:
    known = _load(sheet, case.id)
    plans = known[1].plans if known else {}
    return any(
        one.person == sheet.person and isinstance(plans[one.step].step, Approve) for one in case.assignments.values()
    )


def _join(sheet: Sheet, case_id: str, advise: bool) -> Outcome:
    case, program = load_case(sheet.connection, sheet.desk.store, case_id)
    by, files = _in_the_ledger(sheet, case)
    sealed = is_sealed(program.procedure)
    # The ledger must not say that somebody wrote who has perhaps only passed our mail on.
    known = "发件人已核实" if sheet.standing == "pass" else "发件人未经核实"
    what = Note("", f"来信（{known}），原件 SHA-256 {sheet.original.sha256}", files)
    note(sheet.connection, case_id, by, what, sheet.event_id, sheet.now)
    attach(sheet.connection, case_id, by[:60], sheet.files, sealed, sheet.now)
    outcome = Outcome("joined", "并入事项，未作为审批意见" if advise else "并入事项", case_id, sealed)
    number = inbox.add(sheet.connection, sheet.row(outcome))
    tell(sheet.connection, case_id, number, concerned(case, sheet.person), sheet.now)
    if advise:
        answer(sheet, case_id, number, "advice")
    return outcome


def _in_the_ledger(sheet: Sheet, case: Case) -> tuple[str, tuple[Attachment, ...]]:
    """Who wrote and with what, as the ledger keeps it for ever: of a sealed case no writer and no name of a file."""
    if case.sensitivity != "sealed":
        return sheet.person or STRANGER_ADDRESS.format(sheet.mail.sender.address)[:120], sheet.files
    at_work = {case.owner, *(one.person for one in case.assignments.values())}
    by = sheet.person if sheet.person in at_work else None
    return by or STRANGER, tuple(replace(one, name="附件") for one in sheet.files)


STRANGER_ADDRESS: Final = TO_ADDRESS + "{}"


def concerned(case: Case, but: str | None) -> list[str]:
    """Whoever must hear of it: who is accountable, and who is asked now."""
    people = dict.fromkeys([*([case.owner] if case.owner else []), *(one.person for one in case.assignments.values())])
    return [person for person in people if person != but]


def _ask_about(sheet: Sheet, why: str, case_id: str | None = None) -> Outcome:
    return set_aside(sheet, why, about=case_id)
