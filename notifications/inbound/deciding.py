"""Deciding by reply, where the procedure allows it; anything else decides nothing.

The company's mail server must vouch for the sender, the address must be the one that was made for this one decision,
and the words must be exactly those that are asked for.
"""

import re
from datetime import datetime
from typing import Final

from engine.errors import Refusal, UnknownName
from engine.events import Answer, Decided
from models.language.steps import Approve
from notifications.inbound.desk import Outcome, Sheet
from notifications.inbound.replies import new_part
from notifications.replies import DecisionPointer
from store import inbox
from store.cases import Recording, load_case, record_in
from store.links import Link, find_link

YES: Final = frozenset({"同意", "批准", "approve", "approved"})
NO: Final = re.compile(r"(?:不同意|不批准|reject|rejected)\s*[:：]\s*(\S.{0,1900})", re.IGNORECASE | re.DOTALL)
_TALK: Final = re.compile(r"(不)?(同意|批准)|\b(approved?|agreed?|reject(ed)?|ok(ay)?)\b", re.IGNORECASE)
SHORT: Final = 60
"""Characters of a reply that may be meant as a decision; who writes more explains something."""


def decided(sheet: Sheet, pointer: DecisionPointer) -> Outcome | str | None:
    """The decision that a reply is.

    The number of its case if it decides nothing and only joins it; None if the address leads nowhere.
    """
    link = find_link(sheet.connection, pointer.token, sheet.arrived_at)
    if link is None or link.person != sheet.person:
        return None
    said = _said(sheet)
    asked_at = _allowed(sheet, link)
    if said is None or sheet.standing != "pass" or link.status != "open" or asked_at is None:
        return link.case_id if sheet.standing != "fail" else None
    # Who has answered in time has done so, also if the mail lay on the server while we were away (S-36).
    event = Decided(
        step=link.step, by=link.person, answer=said[0], reason=said[1], shown=link.shown, key=link.key,
        at=min(max(sheet.arrived_at, asked_at), sheet.now),
    )  # fmt: skip
    recorded = record_in(
        sheet.connection, sheet.desk.store, (Recording(link.case_id, event, sheet.event_id),), sheet.now
    )
    if isinstance(recorded[0].refusal, Refusal):
        return link.case_id
    word = "同意" if said[0] == "approve" else "不同意"
    outcome = Outcome("decided", f"回复审批：{word}", link.case_id)
    inbox.add(sheet.connection, sheet.row(outcome))
    return outcome


def meant_as_decision(sheet: Sheet) -> bool:
    """Whether a reply looks as if its writer thought to decide by it; then they are told how to."""
    text = new_part(sheet.mail.text, sheet.mail.subject).text.strip()
    return len(text) <= SHORT and _TALK.search(text) is not None


def _said(sheet: Sheet) -> tuple[Answer, str] | None:
    """The decision in the words of the reply; None if they are not exactly those asked for."""
    new = new_part(sheet.mail.text, sheet.mail.subject)
    text = new.text.strip()
    if new.forwarded:  # what is passed on are the words of somebody else
        return None
    if text.rstrip("。.！! ").lower() in YES:
        return "approve", ""
    refused = NO.fullmatch(text)
    return ("reject", refused[1].strip()) if refused else None


def _allowed(sheet: Sheet, link: Link) -> datetime | None:
    """Since when the person is asked, if the procedure has them answer by mail."""
    try:
        case, program = load_case(sheet.connection, sheet.desk.store, link.case_id)
    except UnknownName:
        return None
    plan = program.plans.get(link.step)
    if plan is None or not isinstance(plan.step, Approve) or not plan.step.by_reply or plan.step.code:
        return None
    known = (one.asked_at for one in case.assignments.values() if f"{case.id}/{one.id}" == link.assignment_id)
    return next(known, None)
