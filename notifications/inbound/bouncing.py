"""Bouncing: a report about a mail of ours brings the ladder forward, because nobody reads what did not arrive (S-03).

Anybody can write such a report. It counts only if it brings back a Message-ID that we signed, which only whoever had
the mail can know; a report without that proof is set aside, so that nobody can have a step handed to somebody else.
"""

from typing import Final

from sqlalchemy import or_, select, update

from models.tables import LetterRow
from notifications.inbound.bounces import Bounce, bounce_of
from notifications.inbound.desk import Outcome, Sheet
from notifications.inbound.screening import copied
from notifications.inbound.setting_aside import set_aside
from notifications.inbound.writing_down import write_down
from notifications.outbound.bouncing import bounces
from store.cases import record_in
from store.outbox import TO_ADDRESS, Letter, letter_of

_OUTBOX: Final = LetterRow.__table__  # type: ignore[attr-defined]


def bounced(sheet: Sheet) -> Outcome | None:
    """What a report about an undelivered mail causes; None if it is no such report."""
    bounce = bounce_of(sheet.mail)
    if bounce is None:
        return None
    local = _proved(sheet, bounce)
    letters = _letters(sheet, local) if local else []
    if not letters:
        return _unproved(sheet, bounce)
    if not bounce.permanent:
        return write_down(sheet, Outcome("bounced", "投递延迟，邮件服务器仍在重试", letters[0].case_id))
    if not _names(sheet, letters[0], bounce):
        # A mail that the reader has passed on to somebody, or a report by whoever saw its Message-ID in a reply.
        return set_aside(sheet, "退信说的不是这封邮件的收件人，不能据此改派")
    told = _record(sheet, letters, bounce)
    return write_down(sheet, Outcome("bounced", "；".join(told) or "退信，无人因此待办", letters[0].case_id))


def _proved(sheet: Sheet, bounce: Bounce) -> str | None:
    """The left part of the Message-ID that we signed; None if none came back."""
    returned = [value for name, value in bounce.returned if name == "message-id"]
    candidates = [bounce.message_id, *returned, *sheet.mail.in_reply_to, *sheet.mail.references]
    read = (sheet.desk.replies.signed(one) for one in candidates if one)
    return next((one for one in read if one is not None), None)


def _names(sheet: Sheet, letter: Letter, bounce: Bounce) -> bool:
    """Whether the report is about the reader's own address, as far as it names any."""
    person = sheet.company.organisation.people.get(letter.person)
    address = person.email if person else letter.person.removeprefix(TO_ADDRESS)
    named = {one.address.lower() for one in bounce.failures if one.permanent and one.address}
    return not named or address.lower() in named


def _letters(sheet: Sheet, local: str) -> list[Letter]:
    query = select(_OUTBOX).where(or_(_OUTBOX.c.message_id == local, _OUTBOX.c.sent_as == local))
    return [letter_of(row) for row in sheet.connection.execute(query.order_by(_OUTBOX.c.case_id, _OUTBOX.c.id))]


def _record(sheet: Sheet, letters: list[Letter], bounce: Bounce) -> list[str]:
    """Record that letters did not arrive; says what came of it.

    All at once: whoever has one case and the head of the ledger, and then wants another case, waits for somebody who
    has that one and wants the head.
    """
    diagnosis = next((one.diagnosis for one in bounce.failures if one.permanent), "")
    recordings = [one for letter in letters for one in bounces(letter)]
    recorded = record_in(sheet.connection, sheet.desk.store, recordings, sheet.now)
    moved = {(one.recording.case_id, one.recording.event_id) for one in recorded if one.refusal is None}
    sheet.connection.execute(
        update(_OUTBOX)
        .where(_OUTBOX.c.id.in_([letter.id for letter in letters]))
        .values(status="bounced", error=diagnosis[:2000])
    )
    return [_told(sheet, one, any((each.case_id, each.event_id) in moved for each in bounces(one))) for one in letters]


def _told(sheet: Sheet, letter: Letter, moved: bool) -> str:
    people = sheet.company.organisation.people
    name = people[letter.person].name if letter.person in people else "来信人"
    return f"事项 {letter.case_id}：给{name}的邮件未送达" + ("，已请代理人" if moved else "")


def _unproved(sheet: Sheet, bounce: Bounce) -> Outcome:
    if _about_ours(sheet, bounce):
        return copied(sheet) or set_aside(sheet, "退信没有带回可核实的邮件编号，不能据此改派")
    return write_down(sheet, Outcome("bounced", "退信，与本系统发出的邮件无关"))


def _about_ours(sheet: Sheet, bounce: Bounce) -> bool:
    """Whether it claims to be about a mail of ours."""
    domains = {one.rpartition("@")[2].lower() for one in sheet.desk.own}
    named = [bounce.message_id, *(value for name, value in bounce.returned if name == "message-id")]
    return any(one.strip("<> ").rpartition("@")[2].lower() in domains for one in named if one)
